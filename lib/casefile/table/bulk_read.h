/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a found table and what is understood of it, some rows at a time: they
 * come out of SQLite by a function of ours, which is much less work than asking
 * for each value. */
#ifndef UNSPOOF_CASEFILE_TABLE_BULK_READ_H
#define UNSPOOF_CASEFILE_TABLE_BULK_READ_H

#include "casefile/sql.h"
#include "casefile/table/row_buffer.h"

struct bulk_read {
	struct casefile *casefile;
	sqlite3_stmt *first;       /* the least id from one on */
	sqlite3_stmt *rows;        /* of ids from one to another */
	int64_t next;              /* id */
	bool ended;
	struct row_buffer *to;        /* while rows are fetched */
};

/* kind: as "payment", for tables payment f and payment_read r; columns: what is
 * read of them, in SQL. One at a time on a case. Call bulk_read_close() also after
 * a failure. */
enum status bulk_read_open(struct bulk_read *read, struct casefile *casefile,
			   const char *kind, const char *columns);
/* Rows, maybe none, in place of those that are there, in order of their ids.
 * STATUS_END: there are no more. */
enum status bulk_read_next(struct bulk_read *read, struct row_buffer *rows);
void bulk_read_close(struct bulk_read *read);

#endif
