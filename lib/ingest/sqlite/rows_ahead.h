/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a table read ahead by several threads, each with a connection of its own. */
#ifndef UNSPOOF_INGEST_SQLITE_ROWS_AHEAD_H
#define UNSPOOF_INGEST_SQLITE_ROWS_AHEAD_H

#include "ingest/sqlite/table_rows.h"

/* Rows that a thread takes at a time: parts begin behind whole multiples of it. */
#define AHEAD_ROWS 4096

struct rows_ahead;

/* Reads what is behind a row whose number and place are given, of a table that has rowids;
 * NULL: it cannot be, and one thread does as well. database and table outlive it. */
struct rows_ahead *rows_ahead_new(struct database *database, const struct table *table,
				  sqlite3_int64 last, uint64_t line, unsigned threads);
/* Waits for the threads; NULL is safe. */
void rows_ahead_free(struct rows_ahead *ahead);

/* The next row, as rows_next() gives it; what was found in its part is added to found with
 * the first. STATUS_END: there is none. STATUS_SKIP: what follows is to be read by one thread:
 * it is damaged, large, or something failed, which that will meet again. */
enum status rows_ahead_next(struct rows_ahead *ahead, struct record *record,
			    struct rows_found *found);

#endif
