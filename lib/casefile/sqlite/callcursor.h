/* SPDX-License-Identifier: Apache-2.0 */
/* Going over calls one by one, in order of id: what `call` is made of. */
#ifndef UNSPOOF_CASEFILE_SQLITE_CALLCURSOR_H
#define UNSPOOF_CASEFILE_SQLITE_CALLCURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/place.h"
#include "casefile/segment/segment.h"
#include "casefile/sql.h"
#include "casefile/sqlite/call_group.h"
#include "casefile/sqlite/text/text_rows.h"

/* The columns of `call`. */
#define CALL_COLUMN(column, name, more) CALL_COLUMN_##column,
enum call_column {
	CALL_COLUMN_ID,
	PLACE_EACH(CALL_COLUMN)
	CALL_COLUMN_ROLE,       /* the first of CALL_ROLES */
	CALL_COLUMN_ACCOUNT_KEY = CALL_COLUMN_ROLE + CALL_ROLES,
	CALL_COLUMN_STARTED_UTC,
	CALL_COLUMN_TALK_MS,
	CALL_COLUMN_PRESENTED_E164,
	CALL_COLUMN_PRESENTED_READING,
	CALL_COLUMN_DIALLED_E164,
	CALL_COLUMN_DIALLED_READING,
	CALL_COLUMN_COST_MICRO,
	CALL_COLUMN_ANSWERED,
	CALL_COLUMN_FLAGS,
	CALL_COLUMN_TWIN,
	CALL_COLUMN_COST_VALUE,
	CALL_COLUMN_COST_CURRENCY,
	CALL_COLUMN_COUNT
};

/* A column as understood: its name, where its value lies, when it is NULL. */
struct call_value {
	const char *name;
	enum understood_column from;
	bool absent_if_zero;
	bool absent_if_unread;
};

/* From CALL_COLUMN_ACCOUNT_KEY on; column is one of these. Static. */
const struct call_value *call_value_of(int column);

/* The found column of CALL_COLUMN_MEMBER to CALL_COLUMN_LENGTH. */
unsigned call_place_of(int column);

/* Zeroed is closed. Errors are set on casefile, which is borrowed, as forms
 * and proof are: cursors of one connection share them. */
struct call_cursor {
	struct casefile *casefile;
	struct forms *forms;
	struct segment_proof *proof;    /* of the segments that it reads */
	unsigned threads;               /* that may read segments, 1 or more */
	uint64_t used;                  /* bit c: column c of enum call_column */
	bool understood;                /* the case has that layer */
	bool reading, scanning;         /* what follows is open: */
	struct segment_reader reader;   /* of one row by its id */
	struct call_ahead ahead;
	bool grouping;                  /* rows come from: */
	struct call_group group;
	bool texting;                   /* rows come in order of a found text, from: */
	struct text_rows texts;
	bool counting;                  /* there are no rows but texts, as often as calls have them: */
	const struct text_item *item;
	uint64_t left;                  /* how often it is still to be given, this time included */
	const struct segment *segment;  /* that the cursor stands in, */
	uint32_t row;                   /* and where */
	const struct call_rows *rows;   /* NULL: all of the segment */
};

/* Opens the cursor for some columns; one that is open for them stays so. */
enum status call_cursor_open(struct call_cursor *cursor, uint64_t used);
/* Reads the masks of the case where there are new ones. */
enum status call_cursor_forms(struct call_cursor *cursor);
/* Goes to the row of an id; to the first row that is asked for, columns aside, for which what
 * the ask borrows stays until the next start or the closing; to the next row. STATUS_END:
 * there is none. grouped: the column in whose order rows come, which then have columns as
 * understood alone, and, where it is a found text, that; 0: in order of id. */
enum status call_cursor_seek(struct call_cursor *cursor, int64_t id);
enum status call_cursor_start(struct call_cursor *cursor, const struct call_ask *ask, int grouped);
enum status call_cursor_next(struct call_cursor *cursor);
/* Goes to the next row where that is in the same segment; what is left to call_cursor_next()
 * else: false. */
static inline bool call_cursor_step(struct call_cursor *cursor)
{
	if (cursor->left > 1) {
		cursor->left--;
		return true;
	}
	if (!cursor->rows || cursor->row + 1 >= cursor->segment->rows)
		return false;
	cursor->row++;
	return true;
}
/* What was borrowed at the last start is used no more, until the next. */
void call_cursor_stop(struct call_cursor *cursor);
/* Frees; the cursor can be opened again. Closing twice is safe. */
void call_cursor_close(struct call_cursor *cursor);

/* Whether rows come in an order that is not theirs, and have no ids. */
static inline bool call_cursor_is_ordered(const struct call_cursor *cursor)
{
	return cursor->grouping || cursor->texting;
}

/* The id of the row the cursor stands on. */
int64_t call_cursor_id(const struct call_cursor *cursor);
/* The found text of a role, appended to out; *absent when the row has no such
 * field, or it is NULL. STATUS_INTEGRITY: the segment is damaged. */
enum status call_cursor_text(struct call_cursor *cursor, enum call_role role, struct buf *out, bool *absent);
/* Whether a column, from CALL_COLUMN_ACCOUNT_KEY on, is of the cost, and no integer. */
static inline bool call_column_is_cost(int column)
{
	return column == CALL_COLUMN_COST_MICRO || column >= CALL_COLUMN_COST_VALUE;
}

/* What such a column says; of no length where it is NULL. */
size_t call_cursor_cost(const struct call_cursor *cursor, int column, char text[static COST_TEXT]);
/* An integer as understood; false where it is NULL. */
bool call_cursor_value(const struct call_cursor *cursor, int column, int64_t *value);

#endif
