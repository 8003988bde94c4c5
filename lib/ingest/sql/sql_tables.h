/* SPDX-License-Identifier: Apache-2.0 */
/* The tables that a SQL dump has named so far, with what is known of their columns. */
#ifndef UNSPOOF_INGEST_SQL_SQL_TABLES_H
#define UNSPOOF_INGEST_SQL_SQL_TABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "ingest/format/stream.h"

/* Tables of a dump, and bytes of the names of all their columns; of others no columns are
 * known. All this is in the state of each block. */
#define SQL_TABLES_MOST 4096
#define SQL_NAMES_MOST (512 << 10)
/* Bytes of the name of a table, and of a database: several times what servers allow. */
#define SQL_NAME_MOST 1024
/* Columns of a table whose names are known. */
#define SQL_NAMED_MOST 4096

struct sql_table {
	struct buf name;
	/* Each column with a byte before its name, `T` where it is a TIMESTAMP or else `-`,
	 * and a NUL behind it. */
	struct buf columns;
	size_t column_count;        /* 0: not known */
	/* Those of a later CREATE TABLE, where they are others or in another order: what its rows
	 * have whose statement names none. */
	struct buf anew;
	struct buf sample;          /* what its rows are told by: see sql_state.h */
	struct stream *stream;      /* once it has rows */
};

/* Zeroed is empty. */
struct sql_tables {
	struct sql_table **items;
	size_t count, capacity;
	size_t bytes;               /* of names of columns */
};

void sql_tables_release(struct sql_tables *tables);
/* That of a name, byte for byte; NULL: there is none. */
struct sql_table *sql_tables_find(const struct sql_tables *tables, struct text name);
/* The same, which is added unless it is there; NULL: no memory, or too many. */
struct sql_table *sql_tables_add(struct sql_tables *tables, struct text name);
/* Its columns become those, or once it has rows what `anew` is; they are taken as buf columns
 * above has them. */
void sql_table_columns(struct sql_tables *tables, struct sql_table *table, struct text columns);

/* The next of the columns, which are taken off; false: there is none. */
bool sql_column_next(struct text *columns, struct text *name, bool *timestamp);
/* The place of a column, ASCII case folded; SIZE_MAX: there is none. */
size_t sql_column_find(struct text columns, struct text name);

#endif
