/* SPDX-License-Identifier: Apache-2.0 */
/* Rows on their way into tables, as a virtual table has them. */
#ifndef UNSPOOF_CASEFILE_TABLE_BULK_ROWS_H
#define UNSPOOF_CASEFILE_TABLE_BULK_ROWS_H

#include <sqlite3.h>

#include "casefile/table/row_buffer.h"

/* Where rows come from. */
struct bulk_rows {
	unsigned columns;
	bool begun;                /* the table may have rows already */
	/* The next rows, valid until the next call; NULL: none, or a failure. */
	const struct row_buffer *(*next)(struct bulk_rows *rows);
	/* After NULL: whether it was a failure. */
	bool failed;
};

/* Once or more for a database: it has `incoming(?1)`, rows that are read once, from
 * first to last. SQLITE_OK, or an error. */
int bulk_rows_install(sqlite3 *db);
/* Says which rows they are in a statement, which must not run without them; they
 * outlive it, and do not move. */
int bulk_rows_bind(sqlite3_stmt *statement, struct bulk_rows *rows);

#endif
