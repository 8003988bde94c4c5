/* SPDX-License-Identifier: Apache-2.0 */
/* Filling a table many rows at a time, which is much less work than a statement a
 * row: rows that are there, or rows that are made, and their digest taken, on a
 * thread of their own while SQLite stores them on the caller's. Several tables of a
 * case may be filled at once. */
#ifndef UNSPOOF_CASEFILE_TABLE_BULK_INSERT_H
#define UNSPOOF_CASEFILE_TABLE_BULK_INSERT_H

#include "casefile/sql.h"
#include "casefile/table/bulk_rows.h"
#include "casefile/table/row_buffer.h"

/* Columns of a table at most. */
#define BULK_INSERT_COLUMNS 24

/* ---- rows that are there ---- */

/* Zeroed is closed; it must not move while it is open. */
struct bulk_put {
	struct bulk_rows incoming;    /* first, so that it is found by it */
	struct casefile *casefile;
	const char *table;
	sqlite3_stmt *insert;
	const struct row_buffer *rows;        /* to be put; NULL: none any more */
};

/* Into so many columns of a table, whose name lasts: all, in order, or those that
 * names has, in brackets. Close it also after a failure. */
enum status bulk_put_open(struct bulk_put *put, struct casefile *casefile,
			  const char *table, const char *names, unsigned columns);
/* Puts rows, none or more, with all columns, in order of the key. */
enum status bulk_put_rows(struct bulk_put *put, const struct row_buffer *rows);
/* Closing twice is safe. */
void bulk_put_close(struct bulk_put *put);

/* ---- rows that are made ---- */

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
