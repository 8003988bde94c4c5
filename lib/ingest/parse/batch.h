/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a block as parsed: what one thread hands to another. */
#ifndef UNSPOOF_INGEST_PARSE_BATCH_H
#define UNSPOOF_INGEST_PARSE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "casefile/kinds.h"
#include "casefile/table/row_buffer.h"
#include "ingest/coverage/seen.h"
#include "ingest/format/record.h"
#include "ingest/format/stream.h"
#include "ingest/parse/row/raw.h"
#include "ingest/parse/segment_pool.h"
#include "ingest/plan/mapping.h"

/* Late: a row, taken or not, with a value that is in no column. */
enum batch_row_kind { BATCH_REJECTED, BATCH_SKIPPED, BATCH_LATE };

/* A text in the bytes of a batch. */
struct slice {
	uint32_t at, len;       /* at SLICE_NONE: no value */
};

#define SLICE_NONE UINT32_MAX
#define BATCH_NONE UINT32_MAX

struct batch_row {
	enum batch_row_kind kind;
	uint32_t before;        /* rows of the batch taken before it */
	uint64_t line, offset, length;
	uint32_t skipped;       /* rows, one after another */
	bool foot;              /* skipped for what it says, alone */
	unsigned filter;        /* that skipped them, from 1; 0: none did */
	/* Of a row rejected. */
	int role;               /* -1: the whole row */
	struct slice reason, value, text;   /* reason ends in a NUL */
};

/* A value of a call that is still to be coded. */
struct batch_value {
	uint32_t row;           /* of the calls */
	unsigned role;
	struct slice text;
};

/* A call that does not span one line. */
struct batch_tall {
	uint32_t row;
	uint64_t lines;
};

/* Zeroed is closed. */
struct batch {
	struct stream *stream;  /* whose rows they are; NULL: there are none */
	uint64_t member;        /* where they stand, as struct place has it */
	/* Rows rejected and skipped, in order. */
	struct batch_row *rows;
	size_t count, capacity;
	struct buf bytes;       /* of those, and of what is still to be coded */
	/* Rows taken, but for calls: as casefile/row_writer.h has them, ids and source
	 * left open. */
	struct row_buffer found;
	size_t columns;         /* of those */
	struct raw_rows raw;    /* rows taken, where the plan takes them as they are */
	int picks[ROLES_MOST];  /* where a role's value is among the mapping's; or -1 */
	size_t role_count;
	struct slice said;      /* the last reason: most are that of the row before */
	uint32_t taken;         /* calls too */
	/* The first of those that has a time without a zone, or a leg's width;
	 * BATCH_NONE: none has. */
	uint32_t local_from, legs_from;
	/* Calls, with what is known of them besides. */
	struct pool_rows *calls;
	struct batch_value *uncoded;
	size_t uncoded_count, uncoded_capacity;
	struct batch_tall *tall;
	size_t tall_count, tall_capacity;
	struct seen seen;       /* of the rows taken */
	/* Segments that end in it. */
	struct pool_segment *segments[SEGMENT_POOL_MOST];
	size_t segment_count;
	/* Where the record behind the batch begins. Lines are counted from where
	 * the batch begins, until that is known. */
	uint64_t line, offset;
	uint64_t place;         /* the offset in bytes of the member, until it is joined */
	struct buf state;       /* of the format behind it, and behind each row */
	bool numbered;          /* rows have their ids */
	bool last;
	uint64_t done;          /* bytes of the dump read by now */
};

void batch_release(struct batch *batch);
/* Forgets all, as batch_clear() does, for rows of a stream, NULL: of none; takes no
 * memory yet. */
void batch_begin(struct batch *batch, struct stream *stream);
/* Forgets the rows, but for calls and segments, and keeps the memory, unless it is
 * much. */
void batch_clear(struct batch *batch);
/* The bytes it takes, but for calls and segments. */
size_t batch_weight(const struct batch *batch);

/* Each adds a row, with a copy of its bytes, of a rejected one as casefile/reject.h says.
 * Taken:
 * values are views of the record, or of anything else. Rejected: role and value
 * as in struct batch_row. */
void batch_take(struct batch *batch, const struct record *record,
		   const struct mapped *values);
/* The same as it is, with its first bytes as they are written, so many at most. */
void batch_take_raw(struct batch *batch, const struct record *record, size_t most);
void batch_reject(struct batch *batch, const struct record *record, int role,
		     const char *reason, struct text value);
void batch_skip(struct batch *batch);
/* The same by a filter of the mapping, from 0. */
void batch_filter(struct batch *batch, unsigned number);
void batch_foot(struct batch *batch, const struct record *record);
/* Notes that the record which comes next has a value in no column, by its name. */
void batch_late(struct batch *batch, const struct record *record, struct text name);
/* Whether there was no memory for one of them, or of what follows. */
bool batch_failed(const struct batch *batch);
/* Notes a value of the call that comes next, and its lines. */
void batch_leave(struct batch *batch, unsigned role, struct text value);
void batch_lines(struct batch *batch, uint64_t lines);

/* Counts all lines from this one on. */
void batch_move(struct batch *batch, uint64_t line);
/* Where the record behind a call begins. */
void batch_behind(const struct batch *batch, uint32_t call,
		     uint64_t first_line, uint64_t *line, uint64_t *offset);

/* A text of the batch, valid until the batch is cleared. */
struct text batch_text(const struct batch *batch, struct slice slice);
#endif
