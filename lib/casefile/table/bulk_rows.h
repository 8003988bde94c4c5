/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table that is being filled, as a virtual table has them. */
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

/* While it is there, `incoming()` are the rows: read once, from first to last. */
int bulk_rows_attach(sqlite3 *db, struct bulk_rows *rows);
void bulk_rows_detach(sqlite3 *db);

#endif
