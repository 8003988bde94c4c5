/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of some sources as they lie in their files by what the case says: found in the
 * pass that checks the segments, and to be held against the files. */
#ifndef UNSPOOF_CASEFILE_LAID_LAID_ROWS_H
#define UNSPOOF_CASEFILE_LAID_LAID_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "casefile/form/form.h"
#include "casefile/segment/segment.h"
#include "casefile/laid/line_marks.h"

/* Rows chosen, and pieces, that all sources together have at most. */
#define LAID_CHOSEN_MOST 50000
#define LAID_PIECES_MOST 200000

/* A line and its first byte. */
struct laid_start {
	uint64_t line, offset;
};

/* Bytes that are not one accepted row on a line of its own: at most one is among them, of
 * length bytes; the others are of no accepted row. */
struct laid_piece {
	struct laid_start from, row, to;
	uint64_t length;             /* of the row; 0: there is none */
};

/* What lies where, by the rows of a stretch of the source. */
struct laid_found {
	struct line_marks marks;     /* of rows that are one line each */
	struct laid_piece *pieces;   /* all else, in order */
	size_t count, capacity;
	bool broken;                 /* rows that lie over one another, or no memory */
};

/* A row that was chosen: the texts are views of those of the source, without data where
 * there is none. */
struct laid_row {
	struct laid_start start;
	uint64_t length;
	struct text texts[CALL_ROLES];
};

/* A source. */
struct laid_source {
	int64_t id;
	struct laid_start from;      /* where its first record may begin */
	uint64_t *chosen;            /* rows, from 0, in order; its own */
	size_t chosen_count;
	/* Found: */
	uint64_t rows;
	struct laid_found found;     /* but for what follows the last row: */
	struct laid_start last;
	uint64_t last_length;
	struct buf texts;            /* of the chosen rows */
	size_t taken;                /* of those */
};

/* Zeroed is empty. */
struct laid_rows {
	uint64_t key;                /* of the marks */
	struct laid_source *sources; /* in order of id */
	size_t count, capacity;
	uint64_t chosen, pieces;     /* of all */
};

/* A segment of such a source. Zeroed is empty. */
struct laid_part {
	struct laid_source *source;  /* NULL: none of these */
	uint64_t first;              /* its first row */
	struct laid_found found;     /* but for what follows its last row */
	struct laid_start start, last;
	uint64_t rows, start_length, last_length;
	struct buf texts;
	size_t taken;
};

void laid_rows_release(struct laid_rows *laid);
/* Adds a source, behind those with lower ids, that takes over the rows chosen. False: no
 * memory; nothing was taken. */
bool laid_rows_add(struct laid_rows *laid, int64_t id, const struct laid_start *from,
		   uint64_t *chosen, size_t count);
/* NULL: it was not added. */
struct laid_source *laid_rows_find(const struct laid_rows *laid, int64_t id);
/* What is found of all of them is not to be relied on. */
void laid_rows_spoil(struct laid_rows *laid);

/* Before a segment, in their order: which part of what source it is. laid may be NULL. */
void laid_part_begin(struct laid_part *part, struct laid_rows *laid, int64_t source,
		     uint32_t rows);
/* On any thread: what a segment, decoded as found, has. */
void laid_part_find(struct laid_part *part, uint64_t key, const struct segment *segment,
		    const struct forms *forms);
/* In order of the segments; the part is empty then. */
void laid_part_take(struct laid_part *part, struct laid_rows *laid);
void laid_part_release(struct laid_part *part);

/* Behind the last segment: what follows the last row, up to the end of the file. */
void laid_source_end(struct laid_source *source, uint64_t key, uint64_t size);
/* The chosen rows that were found, from *at = 0 on; false: there are no more. */
bool laid_source_next(const struct laid_source *source, size_t *at, struct laid_row *row);

#endif
