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
#include "ingest/delimited/reader.h"
#include "ingest/parse/segment_pool.h"
#include "ingest/plan/mapping.h"

enum rowbatch_kind { ROWBATCH_REJECTED, ROWBATCH_SKIPPED };

/* A text in the bytes of a batch. */
struct slice {
	uint32_t at, len;       /* at SLICE_NONE: no value */
};

#define SLICE_NONE UINT32_MAX
#define ROWBATCH_NONE UINT32_MAX

struct rowbatch_row {
	enum rowbatch_kind kind;
	uint32_t before;        /* rows of the batch taken before it */
	uint64_t line, offset, length;
	uint32_t skipped;       /* rows, one after another */
	/* Of a row rejected. */
	int role;               /* -1: the whole row */
	struct slice reason, value, text;   /* reason ends in a NUL */
};

/* A value of a call that is still to be coded. */
struct rowbatch_value {
	uint32_t row;           /* of the calls */
	unsigned role;
	struct slice text;
};

/* A call that spans several lines. */
struct rowbatch_tall {
	uint32_t row;
	uint64_t lines;
};

/* Zeroed is closed. */
struct rowbatch {
	/* Rows rejected and skipped, in order. */
	struct rowbatch_row *rows;
	size_t count, capacity;
	struct buf bytes;       /* of those, and of what is still to be coded */
	/* Rows taken, but for calls: as casefile/row_writer.h has them, ids and source
	 * left open. */
	struct row_buffer found;
	size_t columns;         /* of those */
	int picks[ROLES_MOST];  /* where a role's value is among the mapping's; or -1 */
	size_t role_count;
	struct slice said;      /* the last reason: most are that of the row before */
	uint32_t taken;         /* calls too */
	/* The first of those that has a time without a zone, or a leg's width;
	 * ROWBATCH_NONE: none has. */
	uint32_t local_from, legs_from;
	/* Calls, with what is known of them besides. */
	struct stock_rows *calls;
	struct rowbatch_value *uncoded;
	size_t uncoded_count, uncoded_capacity;
	struct rowbatch_tall *tall;
	size_t tall_count, tall_capacity;
	/* Segments that end in it. */
	struct stock_segment *segments[STOCK_SEGMENTS];
	size_t segment_count;
	/* Where the record behind the batch begins. Lines are counted from where
	 * the batch begins, until that is known. */
	uint64_t line, offset;
	bool header_due;        /* the header is still to come */
	bool last;
	uint64_t done;          /* bytes of the dump read by now */
};

/* For rows of a mapping; takes no memory yet. */
void rowbatch_init(struct rowbatch *batch, const struct mapping *mapping);
void rowbatch_release(struct rowbatch *batch);
/* Forgets the rows, but for calls and segments, and keeps the memory, unless it is
 * much. */
void rowbatch_clear(struct rowbatch *batch);
/* The bytes it takes, but for calls and segments. */
size_t rowbatch_weight(const struct rowbatch *batch);

/* Each adds a row, with a copy of all its bytes. Taken:
 * values are views of the record, or of anything else. Rejected: role and value
 * as in struct rowbatch_row. */
void rowbatch_take(struct rowbatch *batch, const struct record *record,
		   const struct mapped *values);
void rowbatch_reject(struct rowbatch *batch, const struct record *record, int role,
		     const char *reason, struct text value);
void rowbatch_skip(struct rowbatch *batch);
/* Whether there was no memory for one of them, or of what follows. */
bool rowbatch_failed(const struct rowbatch *batch);
/* Notes a value of the call that comes next, and its lines. */
void rowbatch_leave(struct rowbatch *batch, unsigned role, struct text value);
void rowbatch_lines(struct rowbatch *batch, uint64_t lines);

/* Counts all lines from this one on. */
void rowbatch_move(struct rowbatch *batch, uint64_t line);
/* Where the record behind a call begins. */
void rowbatch_behind(const struct rowbatch *batch, uint32_t call,
		     uint64_t first_line, uint64_t *line, uint64_t *offset);

/* A text of the batch, valid until the batch is cleared. */
struct text rowbatch_text(const struct rowbatch *batch, struct slice slice);
#endif
