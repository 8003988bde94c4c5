/* SPDX-License-Identifier: Apache-2.0 */
/* One read-only statement of the user's over a case. */
#ifndef UNSPOOF_EXPORT_QUERY_H
#define UNSPOOF_EXPORT_QUERY_H

#include "base/observer.h"
#include "casefile/casefile.h"
#include "output/writer.h"

/*
 * Runs one statement that reads and writes its rows through a writer that has
 * not begun; ends it. The virtual table `call` and utc(), e164(), amount() are
 * there. Integers and reals are numbers in JSON, texts are texts, BLOBs are
 * printed as text through buf_escape(). A column counts as numeric for the
 * alignment of format table by its first row.
 * STATUS_USAGE: no statement, more than one, one that SQLite cannot read, one
 * that writes or reaches outside the case (ATTACH, load_extension(), most
 * PRAGMAs, BEGIN); otherwise as export_table(). observer may be NULL.
 */
enum status query_run(struct casefile *casefile, const char *sql, const struct observer *observer,
		      struct writer *writer);

#endif
