/* SPDX-License-Identifier: Apache-2.0 */
/* Segments: up to 65,536 calls of one source, a BLOB a column. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_SEGMENT_H
#define UNSPOOF_CASEFILE_SEGMENT_SEGMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/column/column.h"
#include "casefile/form/form.h"
#include "casefile/kinds.h"
#include "casefile/segment/call_cost.h"
#include "casefile/segment/call_flag.h"

#define SEGMENT_ROWS 65536
/* Above it the ids of calls, segment * 65,536 + row, would overflow. */
#define SEGMENT_ID_MOST (INT64_MAX / SEGMENT_ROWS - 1)
/* Bytes of heap texts after which a segment ends early: memory and the BLOB of
 * the heap stay bounded, however long the texts of a dump are. */
#define SEGMENT_HEAP_MOST (64 << 20)

/* Columns as found. Those that are 0 in every row are not stored. */
enum found_column {
	FOUND_LINE,         /* from 1, in the member */
	FOUND_OFFSET,       /* bytes from 0, in the member */
	FOUND_LENGTH,       /* bytes, with the line end */
	FOUND_HEAP,         /* not integers: see segment_heap() */
	FOUND_ROLE,         /* the first of two columns a role */
	FOUND_MEMBER = FOUND_ROLE + 2 * CALL_ROLES, /* member.number; 0 where there is but one */
	FOUND_COLUMNS,
	/* Stored instead of others, see instead.h: the offset, the values of talk and billed. */
	FOUND_BEYOND = FOUND_COLUMNS,
	FOUND_TALK_SHORT,
	FOUND_BILLED_SHORT,
	FOUND_STORED
};

/* The columns of a role: its form, and the integer of its digits. */
#define FOUND_FORM(role) (FOUND_ROLE + 2 * (unsigned)(role))
#define FOUND_VALUE(role) (FOUND_FORM(role) + 1)

/* Columns as understood. */
enum understood_column {
	READ_ACCOUNT,       /* account_key.id; 0: the row names no account */
	READ_STARTED,       /* milliseconds since 1970-01-01 UTC */
	READ_TALK,          /* milliseconds; see READ_FLAGS for where from */
	READ_PRESENTED,     /* E.164 as an integer; 0: none */
	READ_PRESENTED_READING, /* reading.id; 0: no text */
	READ_SHOWN,         /* shown.id of a text without E.164; 0: none */
	READ_DIALLED,
	READ_DIALLED_READING,
	READ_COST,          /* the digits, below COST_LIMIT */
	READ_FLAGS,         /* see call_flag.h */
	READ_TWIN,          /* the id of the call that stands for this one, or, where that
			     * stands, of the first that it stands for; 0: none */
	READ_COST_UNIT,     /* what the digits of the cost are of; see call_cost.h */
	READ_COLUMNS
};

/* The column of factors of a column that is a delta of what was found: values are
 * what column c has, and the factor times the basis; see delta.h. */
#define READ_FACTOR(c) (16 + (unsigned)(c))
#define READ_STORED READ_FACTOR(READ_COLUMNS)

/* Calls being gathered for a segment. Zeroed is closed. */
struct segment_rows {
	int64_t *values;               /* FOUND_COLUMNS runs of stride, */
	uint16_t *forms;               /* but for forms: CALL_ROLES runs of what these are above
					* FORM_NULL */
	size_t stride;
	uint32_t count, capacity;
	unsigned roles[CALL_ROLES];    /* that rows may have; others are absent */
	uint16_t *role_forms[CALL_ROLES];      /* of each */
	int64_t *role_values[CALL_ROLES];
	size_t role_count;
	uint64_t columns;              /* bit c: column c may be other than 0 */
};

/* Where a call stands: line from 1, bytes from 0, in the member, whose number is 0
 * but for rows with members. */
struct segment_place {
	uint64_t member, line, offset, length;
};

/* Makes room for rows with these roles; false: no memory. */
bool segment_rows_open(struct segment_rows *rows, const int *roles, size_t count,
		       uint32_t capacity);
void segment_rows_release(struct segment_rows *rows);
/* From here on the rows, of which there are none yet, have members. */
static inline void segment_rows_members(struct segment_rows *rows)
{
	rows->columns |= UINT64_C(1) << FOUND_MEMBER;
}
/* Doubles the room; false: no memory, and nothing changed. */
bool segment_rows_grow(struct segment_rows *rows);
/* Adds rows of others that have the same roles, where there is room, with something added to
 * their lines. */
void segment_rows_copy(struct segment_rows *to, const struct segment_rows *from, uint32_t first,
		       uint32_t count, int64_t line);
/* The values of a column that is none of forms, */
static inline int64_t *segment_rows_column(const struct segment_rows *rows,
					   unsigned column)
{
	return rows->values + column * rows->stride;
}
/* and the forms of a role, above FORM_NULL. */
static inline uint16_t *segment_rows_forms(const struct segment_rows *rows, unsigned role)
{
	return rows->forms + role * rows->stride;
}
_Static_assert(FORM_FIRST + FORM_MOST - FORM_NULL <= UINT16_MAX, "a form has room in 16 bits");
/* Adds a call where there is room: a form and a value for each of their roles. */
static inline void segment_rows_add(struct segment_rows *rows,
				    const struct segment_place *place,
				    const int64_t *forms, const int64_t *values)
{
	const size_t stride = rows->stride, count = rows->role_count;
	const uint32_t row = rows->count++;
	int64_t *to = rows->values + row;

	to[FOUND_LINE * stride] = (int64_t)place->line;
	to[FOUND_OFFSET * stride] = (int64_t)place->offset;
	to[FOUND_LENGTH * stride] = (int64_t)place->length;
	if (rows->columns >> FOUND_MEMBER & 1)
		to[FOUND_MEMBER * stride] = (int64_t)place->member;
	for (size_t i = 0; i < count; i++) {
		rows->role_forms[i][row] = (uint16_t)(forms[i] - FORM_NULL);
		rows->role_values[i][row] = values[i];
	}
}

/* Some rows of a segment, whose lines are counted from a line. */
struct segment_piece {
	const struct segment_rows *rows;
	uint32_t from, count;
	int64_t line;
};

/* The number of a text in the heap of a segment; false: no memory, or over 4 GiB
 * of texts. */
bool segment_heap_add(struct dictionary *heap, struct text text, int64_t *number);
/* Whether a segment of so many rows takes no more. */
static inline bool segment_full(uint32_t rows, const struct dictionary *heap)
{
	return rows == SEGMENT_ROWS || heap->bytes.len >= SEGMENT_HEAP_MOST;
}

struct raw_segment;

/* Writes the calls of one source. */
struct segment_writer {
	struct casefile *casefile;
	struct forms *forms;           /* borrowed */
	int64_t source;
	int64_t id;                    /* of the segment being filled */
	struct segment_rows rows;      /* of segment_writer_add() */
	struct dictionary heap;        /* their texts without a form */
	struct segment_writer_room *room;
};

/* The first segment gets the next free id. Inside a transaction. */
enum status segment_writer_open(struct segment_writer *writer,
				struct casefile *casefile, struct forms *forms,
				int64_t source);
/* fields has CALL_ROLES texts; one without data is absent, and form_null() is SQL's
 * NULL. A text of 4 GiB or more fails, and one over SQLite's own limit
 * (1,000,000,000 bytes) when its segment is written. */
enum status segment_writer_add(struct segment_writer *writer,
			       const struct text *fields,
			       const struct segment_place *place);
/* Writes what is pending. */
enum status segment_writer_flush(struct segment_writer *writer);
/* Writes a segment that was packed elsewhere, of rows that were coded with the
 * same forms; it gets id and source. Nothing is pending. */
enum status segment_writer_put(struct segment_writer *writer,
			       struct raw_segment *raw);
void segment_writer_close(struct segment_writer *writer);

/* The first and the last start of the calls of a segment, in seconds since
 * 1970-01-01 UTC, rounded down. */
struct segment_bounds {
	bool known;            /* a start is understood */
	int64_t first, last;
};

/* Of starts in milliseconds, and flags, of so many rows. */
struct segment_bounds segment_bounds(const int64_t *started, const int64_t *flags,
				     uint32_t rows);

/* A segment in memory, some of its columns. */
struct segment {
	int64_t id;
	int64_t source;
	uint32_t rows;
	/* The values of the rows; NULL: the column was not asked for. */
	const int64_t *found[FOUND_COLUMNS];
	const int64_t *understood[READ_COLUMNS];
	uint64_t stored;               /* bit c: column c of found is not all 0 */
	struct text heap;
};

/* Reads segments in order of id. */
struct segment_reader {
	struct casefile *casefile;
	struct segment segment;        /* the one read last */
	struct segment_reader_room *room;
};

/* The id of a column in tables found and understood. */
#define SEGMENT_COLUMN_ID(segment, column) ((segment) * 256 + (int64_t)(column))
#define SEGMENT_ALL UINT64_MAX
/* The two columns of a role, for found_wanted. */
#define SEGMENT_ROLE(role) (UINT64_C(3) << FOUND_FORM(role))
#define SEGMENT_COLUMN(column) (UINT64_C(1) << (column))

enum status segment_reader_open(struct segment_reader *reader,
				struct casefile *casefile, uint64_t found_wanted,
				uint64_t understood_wanted);
struct segment_proof;
/* From now on segment_reader_seek() holds a segment of which columns are wanted against
 * its digests, see segment_proof.h, once a proof. It is borrowed. */
void segment_reader_prove(struct segment_reader *reader, struct segment_proof *proof);
/* STATUS_END after the last; a segment that does not hang together is
 * STATUS_INTEGRITY. reader->segment is valid until the next call. */
enum status segment_reader_next(struct segment_reader *reader);
/* The same for one segment by its id; STATUS_END when there is none. */
enum status segment_reader_seek(struct segment_reader *reader, int64_t id);
void segment_reader_close(struct segment_reader *reader);

/* The found text of a role in row i: appended to out; that of NULL is empty. False:
 * the row has no such field (or the case is damaged). Needs the role's columns and,
 * for texts in it, FOUND_HEAP. */
bool segment_text(const struct segment *segment, const struct forms *forms,
		  enum call_role role, uint32_t i, struct buf *out);
/* Text number n of the heap: its form is FORM_HEAP, its value n. The heap is
 * the count, then the end of each text, then the texts; 32-bit integers, least
 * significant byte first, ends counted from the first text. */
bool segment_heap(const struct segment *segment, int64_t n, struct text *text);
/* One value; 0 where the column is absent. */
static inline int64_t segment_found(const struct segment *segment,
				    unsigned column, uint32_t i)
{
	return segment->found[column] ? segment->found[column][i] : 0;
}

static inline int64_t segment_understood(const struct segment *segment,
					 unsigned column, uint32_t i)
{
	return segment->understood[column] ? segment->understood[column][i] : 0;
}

/* Whether any row has a field of this role. */
static inline bool segment_has(const struct segment *segment, enum call_role role)
{
	return segment->stored >> FOUND_FORM(role) & 1;
}

#endif
