/* SPDX-License-Identifier: Apache-2.0 */
/* A row of a SQL dump, `(1,'a',NULL)` or a line of COPY, cut into its values. */
#ifndef UNSPOOF_INGEST_SQL_ROW_SQL_ROW_H
#define UNSPOOF_INGEST_SQL_ROW_SQL_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "ingest/sql/row/sql_skim.h"

/* The most values of a row; SQLite's own limit. */
#define SQL_COLUMNS_MOST 32767

/* Zeroed is empty. */
struct sql_row {
	struct text *values;
	size_t count, capacity;
	bool nulls, odd;        /* as a record has them */
	char why[120];          /* why it is none; empty: it is one */
	/* Where values are put that are written otherwise than they are. */
	char *room;
	size_t room_size;
	char *room_at;
	bool failed;            /* no memory */
};

/* What the values of the rows to come may need: those are in so many bytes. False: no
 * memory. */
bool sql_row_begin(struct sql_row *row, size_t bytes);
void sql_row_release(struct sql_row *row);

/* Cuts the row in brackets that stands in the text, as sql_skim_tuple() gives it: whole, or
 * broken. Values are views of text or room, valid until the next row. */
void sql_row_tuple(struct sql_row *row, const struct sql_manner *manner, struct text text);

/* The same of a row that may end in the text; gives where it ends, or NULL: it does not, or
 * it is none that can be cut in one go. */
const char *sql_row_quick(struct sql_row *row, const struct sql_manner *manner, struct text text);

/* Cuts a line of COPY without its end: values with TABs between, \N for NULL. */
void sql_row_copy(struct sql_row *row, struct text line);

#endif
