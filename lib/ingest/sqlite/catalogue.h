/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a database that was seized, and what of it is no table to be read. */
#ifndef UNSPOOF_INGEST_SQLITE_CATALOGUE_H
#define UNSPOOF_INGEST_SQLITE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/format/stream.h"
#include "ingest/sqlite/database.h"

/* Entries of a schema that are looked at, at most. */
#define CATALOGUE_MOST 20000

/* A table with rows of its own. Its stream is named and has its columns declared. */
struct table {
	struct stream stream;
	struct buf names;           /* "a", "b": as they stand in a statement */
	size_t columns;
	unsigned computed;          /* columns that hold nothing, and are left out */
	const char *rowid;          /* a name of it that no column has; NULL: it has none */
};

/* Zeroed is empty. */
struct catalogue {
	struct table **tables;      /* in the order of the schema */
	size_t count, capacity;
	/* What is left out: names with reasons, the first ones, and how many. */
	struct buf left_out;
	size_t left_count;
	/* Tables whose rows were numbered higher than any that is there. */
	struct buf deleted;
	size_t deleted_count;
};

/* Lists the tables. STATUS_FAILED: the schema has more than CATALOGUE_MOST entries, or
 * nothing of it can be read. Release it also after a failure. */
enum status catalogue_read(struct catalogue *catalogue, struct database *database,
			   struct error *error);
void catalogue_release(struct catalogue *catalogue);

/* Notes a thing that is left out, and why. */
void catalogue_leave_out(struct catalogue *catalogue, struct text name, const char *why);
/* Looks in sqlite_sequence for rows that were deleted at the end of tables. */
enum status catalogue_find_deleted(struct catalogue *catalogue, struct database *database,
				   struct error *error);

#endif
