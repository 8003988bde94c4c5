/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a found table and what is understood of it, some rows at a time: they
 * come out of SQLite by a function of ours, which is much less work than asking
 * for each value. */
#ifndef UNSPOOF_CASEFILE_TABLE_BULK_READ_H
#define UNSPOOF_CASEFILE_TABLE_BULK_READ_H

#include "casefile/casefile.h"
#include "casefile/table/row_buffer.h"

struct rowread {
	struct casefile *casefile;
	sqlite3_stmt *first;       /* the least id from one on */
	sqlite3_stmt *rows;        /* of ids from one to another */
	int64_t next;              /* id */
	bool ended;
	struct newrows *to;        /* while rows are fetched */
};

/* kind: as "payment", for tables payment f and payment_read r; columns: what is
 * read of them, in SQL. One at a time on a case. Call rowread_close() also after
 * a failure. */
enum status rowread_open(struct rowread *read, struct casefile *casefile,
			 const char *kind, const char *columns);
/* Rows, maybe none, in place of those that are there, in order of their ids.
 * STATUS_END: there are no more. */
enum status rowread_next(struct rowread *read, struct newrows *rows);
void rowread_close(struct rowread *read);

#endif
