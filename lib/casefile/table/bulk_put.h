/* SPDX-License-Identifier: Apache-2.0 */
/* Rows put into a table some at a time, which is much less work than a statement
 * a row. */
#ifndef UNSPOOF_CASEFILE_TABLE_BULK_PUT_H
#define UNSPOOF_CASEFILE_TABLE_BULK_PUT_H

#include "casefile/sql.h"
#include "casefile/table/bulk_rows.h"
#include "casefile/table/row_buffer.h"

/* One at a time for a case, and not while a table is filled. Zeroed is closed;
 * it must not move while it is open. */
struct bulk_put {
	struct bulk_rows incoming;
	struct casefile *casefile;
	const char *table;
	sqlite3_stmt *insert;
	const struct row_buffer *rows;        /* to be put; NULL: none any more */
};

/* As bulk_insert_prepare(); the name of the table lasts. */
enum status bulk_put_open(struct bulk_put *put, struct casefile *casefile,
			  const char *table, const char *names, unsigned columns);
/* Puts rows, none or more, with all columns, in order of the key. */
enum status bulk_put_rows(struct bulk_put *put, const struct row_buffer *rows);
/* Closing twice is safe. */
void bulk_put_close(struct bulk_put *put);

#endif
