/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table of a database that was seized, in the order of their numbers. */
#ifndef UNSPOOF_INGEST_SQLITE_TABLE_ROWS_H
#define UNSPOOF_INGEST_SQLITE_TABLE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/format/record.h"
#include "ingest/sqlite/catalogue.h"
#include "ingest/sqlite/database.h"

/* What was found in rows that nobody would expect. */
struct rows_found {
	uint64_t texts;             /* BLOBs that are texts, and taken for them */
	uint64_t blobs;             /* others, which stand as X'...' */
	uint64_t gaps;              /* damaged places */
};

/* Members are the module's own. Zeroed is closed. */
struct rows {
	struct database *database;
	const struct table *table;
	struct rows_found *found;
	sqlite3_stmt *statement;
	sqlite3_int64 last;         /* the number of the row read last */
	bool any;                   /* there is such a one */
	bool over;                  /* nothing behind it can be read */
	uint64_t line;              /* rows read so far */
	unsigned threads;           /* that may read ahead; 0: as 1 */
	struct rows_ahead *ahead;   /* NULL: one thread reads */
	char reason[160];           /* of a record that is none */
	/* The values of a row, one behind another. */
	char *bytes;
	size_t used, capacity;
	struct text *fields;
	size_t *starts;
};

struct rows_ahead;

/* From the start, or behind a row that is the line-th of its table: with that number, or
 * where rows have none, after so many. Close it also after a failure. */
enum status rows_open(struct rows *rows, struct database *database, const struct table *table,
		      struct rows_found *found, struct error *error);
enum status rows_open_behind(struct rows *rows, struct database *database,
			     const struct table *table, struct rows_found *found,
			     sqlite3_int64 last, uint64_t line, struct error *error);
void rows_close(struct rows *rows);

/*
 * The next row: its offset is the row's number, or where rows have none how many stand
 * before it; its line is the number of the row in the table, from 1. Where pages are
 * damaged there is one record with a reason, and the rows behind the damage follow; the
 * offset of that is where they begin. STATUS_END: there is none.
 */
enum status rows_next(struct rows *rows, struct record *record, struct error *error);

#endif
