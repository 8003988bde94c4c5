/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the tables of one member again, whose rows a format finds, in one pass. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_TABLES_H
#define UNSPOOF_INGEST_REREAD_REREAD_TABLES_H

#include "base/status.h"
#include "ingest/reread/reread.h"
#include "ingest/reread/reread_sources.h"
#include "ingest/source/dump.h"

/* Tables that are read in a pass at most; others are left for the next. */
#define REREAD_TABLES 32

/* Reads the member that a dump stands at to its end, and ends it, as reread_member() does for a
 * candidate whose recipe has a format. */
enum status reread_tables(struct reread *reread, struct dump *dump,
			  struct candidates *list, struct candidate *candidate);

#endif
