/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a case file: the one place that says what they are. */
#ifndef UNSPOOF_CASEFILE_SCHEMA_H
#define UNSPOOF_CASEFILE_SCHEMA_H

#include <stdbool.h>

#include "base/text.h"
#include "casefile/casefile.h"

/* "unsp" in ASCII, in the header of the SQLite file. */
#define CASEFILE_APPLICATION_ID 0x756e7370
/* The format of the case file; a program refuses any other. */
#define CASEFILE_FORMAT 8
/* Of the pages of its file, in bytes. */
#define CASEFILE_PAGE_SIZE 16384

/* Which rows of a table the seal of its layer has, see seal.h. Columns of segments
 * are sealed by their digests, which stand in the tables segment and segment_read. */
enum schema_sealed {
	SEALED_NOT,
	SEALED_WHOLE,
	SEALED_SOURCES,        /* those of the sources of the seal */
	SEALED_SOURCE_IDS,     /* the same, by their ids */
	SEALED_FORMS           /* by their ids, up to the last form of the seal */
};

struct schema_table {
	const char *name;
	enum layer layer;
	enum schema_sealed sealed;
	const char *columns;   /* as SQL; NULL: those of the kind of that name */
	const char *key;       /* columns that are the key; NULL: the first one is */
	const char *more;      /* SQL that belongs to the table; NULL: none */
	unsigned unique;       /* indexes that SQLite makes for it by itself */
	/* What of its rows is the same for all who do the same with the same files, as
	 * SQL in the order of the columns; NULL: all of it. */
	const char *shared;
	/* A layer that an older program made may be without it: it only saves time, and is
	 * made again from other tables to be checked. */
	bool optional;
};

/* All of them, each layer in the order in which its tables are made; the last has
 * no name. */
extern const struct schema_table schema_tables[];

/* Appends the SQL that makes the tables of a layer, or drops those there are. */
void schema_make(enum layer layer, struct buf *sql);
void schema_drop(enum layer layer, struct buf *sql);
/* The same of one table: statements that each end with a semicolon, and have none
 * before it. Without the semicolon they are what sqlite_schema has of them. */
void schema_make_table(const struct schema_table *table, struct buf *sql);

#endif
