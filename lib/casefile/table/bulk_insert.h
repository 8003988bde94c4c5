/* SPDX-License-Identifier: Apache-2.0 */
/* Filling a table: its rows are made, and their digest is taken, on a thread of
 * their own while SQLite stores them on the caller's. */
#ifndef UNSPOOF_CASEFILE_TABLE_BULK_INSERT_H
#define UNSPOOF_CASEFILE_TABLE_BULK_INSERT_H

#include "casefile/sql.h"
#include "casefile/table/row_buffer.h"

/* Columns of a table at most. */
#define BULK_INSERT_COLUMNS 20

/* A table as its rows are made; the texts last. */
struct bulk_table {
	const char *name;
	const char *const *columns;    /* the names of all, in order */
	unsigned count;                /* of them, BULK_INSERT_COLUMNS at most */
};

/* That of a name and an array of names. */
#define BULK_TABLE(name, columns) \
	{ name, columns, sizeof(columns) / sizeof((columns)[0]) }

struct bulk_insert {
	/* Empty as yet. The first column is its rowid where it is an integer. */
	struct bulk_table table;
	/* Adds rows, or none as yet, in order of the key, with a value for each
	 * column. STATUS_END: there are no more, and none was added. On any
	 * thread, while the caller's uses SQLite; so it must not, and nobody else
	 * uses the error of the case meanwhile. */
	enum status (*more)(void *context, struct row_buffer *rows);
	void *context;
};

/* An INSERT of what `incoming()` has, see bulk_rows.h, into a table and so many
 * columns of it: all, in order, or those that names has, in brackets. NULL on
 * failure. The caller finalises it. */
sqlite3_stmt *bulk_insert_prepare(struct casefile *casefile, const char *table,
				  const char *names, unsigned columns);

/* Stores all rows. The digest of them is the case's from then on, see
 * casefile_digest(). threads: 1: all is done on the caller's. STATUS_INTEGRITY: the
 * table has other columns; STATUS_FAILED: a row has not as many values, or what the
 * case file fails with; else what `more` says. */
enum status bulk_insert_run(struct casefile *casefile, const struct bulk_insert *fill,
			    unsigned threads);

/* The same in several goes, with other statements between them. */
struct bulk_inserting;
/* fill lasts until the end. Call bulk_insert_close() also after a failure. */
enum status bulk_insert_begin(struct bulk_inserting **filling,
			      struct casefile *casefile, const struct bulk_insert *fill);
/* Stores rows until `more` says STATUS_END. */
enum status bulk_insert_go(struct bulk_inserting *filling, unsigned threads);
/* After the last go: the digest is the case's. */
enum status bulk_insert_end(struct bulk_inserting *filling);
/* NULL is closed. */
void bulk_insert_close(struct bulk_inserting *filling);

#endif
