/* SPDX-License-Identifier: Apache-2.0 */
/* What stands between two rows, and where the values of one belong. */
#ifndef UNSPOOF_INGEST_SQL_ROW_SQL_PLACE_H
#define UNSPOOF_INGEST_SQL_ROW_SQL_PLACE_H

#include "ingest/sql/row/sql_row.h"

enum sql_between {
	SQL_BETWEEN_ROW,        /* a row follows */
	SQL_BETWEEN_MORE,       /* it cannot be told yet */
	SQL_BETWEEN_OTHER       /* something else does */
};

/* Goes from the end of a row, or what stands before the first, to the next of the same
 * statement, or of one that is written as the prefix before its rows; *at is where that
 * begins then. */
enum sql_between sql_between(const struct sql_manner *manner, struct text prefix, const char **at,
			     const char *to);

/* The fields of a row. Zeroed is empty. */
struct sql_placed {
	const struct text *fields;
	size_t count;
	struct text *own;       /* where values are in another order */
	size_t capacity;
	bool nulls;
	bool failed;            /* no memory */
};

/* Values become fields: places as struct sql_target has them. False: no memory. Where it has
 * another number of values than places, row->why says so. */
bool sql_place(struct sql_placed *placed, struct sql_row *row, struct text places, size_t width);
void sql_placed_release(struct sql_placed *placed);

#endif
