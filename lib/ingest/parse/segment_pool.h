/* SPDX-License-Identifier: Apache-2.0 */
/* What calls are gathered in, used again and again by all threads. */
#ifndef UNSPOOF_INGEST_PARSE_SEGMENT_POOL_H
#define UNSPOOF_INGEST_PARSE_SEGMENT_POOL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/dictionary.h"
#include "base/text.h"
#include "casefile/form/form.h"
#include "casefile/segment/raw_segment.h"
#include "casefile/segment/segment.h"
#include "ingest/plan/mapping.h"

/* Segments that are in use at most, and the bytes of their heaps that let no
 * other begin. A block has STOCK_SEGMENTS - 2 of them or fewer. */
#define STOCK_SEGMENTS 10
#define STOCK_HEAP (2 * (size_t)SEGMENT_HEAP_MOST)

/* The calls of a block. */
struct stock_rows {
	struct segment_rows rows;
	unsigned users;
	struct stock_rows *next, *next_spare;
};

/* A segment on its way: gathered, then packed, then stored. */
struct stock_segment {
	struct segment_piece *pieces;
	struct stock_rows **owners;     /* of each piece */
	size_t piece_count, piece_capacity, owner_capacity;
	uint32_t rows;
	struct dictionary heap;
	size_t weight;                  /* of the heap, once it is known */
	struct raw_segment raw;         /* once it is packed */
	struct buf masks;               /* new forms, for forms_adopt() */
	uint32_t added[FORM_ROLES];
	uint32_t before;                /* rows of its last block up to its end */
	uint64_t line, offset;          /* of the record behind it */
	bool failed;                    /* no memory to pack it */
	struct stock_segment *next, *next_spare;
};

/* Members are the module's own. Zeroed is closed. */
struct stock {
	const struct mapping *mapping;
	bool open;
	pthread_mutex_t lock;           /* of what follows */
	pthread_cond_t returned;
	struct stock_rows *rows, *spare_rows;
	struct stock_segment *segments, *spare_segments;
	size_t lent;                    /* segments */
	size_t heap;                    /* bytes of theirs */
	bool stopping;
};

/* For calls of a mapping, which must outlive it; false: it cannot be. */
bool stock_open(struct stock *stock, const struct mapping *mapping);
/* When nothing of it is in use any more. */
void stock_close(struct stock *stock);
/* Lets nobody wait any more. */
void stock_stop(struct stock *stock);

/* Room for calls, with one user; NULL: no memory. */
struct stock_rows *stock_rows(struct stock *stock);
/* One user more, or less: with the last it is given back. NULL is safe. */
void stock_share(struct stock *stock, struct stock_rows *rows);
void stock_return(struct stock *stock, struct stock_rows *rows);

/* An empty segment; waits until there may be one. NULL: no memory, or it was
 * stopped. */
struct stock_segment *stock_segment(struct stock *stock);
/* Adds rows of a piece, which the segment uses; false: no memory. */
bool stock_add(struct stock *stock, struct stock_segment *segment,
	       struct stock_rows *rows, const struct segment_piece *piece);
/* The segment is complete: its heap has its weight. */
void stock_weigh(struct stock *stock, struct stock_segment *segment);
/* Gives back what was gathered, which is packed. */
void stock_return_pieces(struct stock *stock, struct stock_segment *segment);
void stock_return_segment(struct stock *stock, struct stock_segment *segment);

#endif
