/* SPDX-License-Identifier: Apache-2.0 */
/* Where reading a SQL dump stands between two rows, as a text: first what their values are
 * and where they belong, then all that its statements have said before. */
#ifndef UNSPOOF_INGEST_SQL_SQL_STATE_H
#define UNSPOOF_INGEST_SQL_SQL_STATE_H

#include "ingest/sql/sql_dump.h"

/* The first byte of a state becomes this where what ends the rows of a statement was read:
 * the last line of COPY, or a ; within a row. */
#define SQL_STATE_OVER 'E'

/* What is needed to read rows. Views are of the state. */
struct sql_reading {
	bool inside;            /* the block begins within a row: nothing else is set */
	bool copy;
	bool over;              /* no rows of the statement follow */
	struct sql_manner manner;
	unsigned refused;       /* 0: rows can be taken */
	size_t width;
	struct text places, prefix;
	struct text context;
};

/* Adds that of the rows that follow; or, where a block begins within a row, that it does. */
void sql_state_write(struct sql_dump *dump, bool inside, struct buf *out);
/* False: it is none. */
bool sql_state_read(struct text state, struct sql_reading *reading);
/* Why rows are refused. Static. */
const char *sql_refused(unsigned refused);

enum status sql_restore(struct layout *layout, struct text state, uint64_t offset,
			uint64_t line, struct error *error);

/* Adds a text with its length before it, and takes one off; false: there is none. */
void sql_state_put(struct buf *out, struct text text);
bool sql_state_take(struct text *state, struct text *text);
bool sql_state_number(struct text *state, uint64_t *number);

#endif
