/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of how a source is written, once all of it is read. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_DIALECT_H
#define UNSPOOF_INGEST_LOAD_LOAD_DIALECT_H

#include "casefile/record/remark.h"
#include "ingest/load/load.h"

/* What nobody would expect of it, lines around the table, and rejected rows that say it
 * is written otherwise. */
enum status load_say_dialect(struct load *load, const struct load_stream *stream,
			     struct remark_writer *writer);

#endif
