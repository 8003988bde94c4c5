/* SPDX-License-Identifier: Apache-2.0 */
/* Rows and segments of calls on their way, used again and again by all threads. */
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
 * other begin. A block has SEGMENT_POOL_MOST - 2 of them or fewer. */
#define SEGMENT_POOL_MOST 10
#define SEGMENT_POOL_HEAP (2 * (size_t)SEGMENT_HEAP_MOST)

/* The calls of a block. */
struct pool_rows {
	const struct mapping *mapping;
	struct segment_rows rows;
	unsigned users;
	struct pool_rows *next, *next_spare;
};

/* A segment on its way: filled, then packed, then stored. */
struct pool_segment {
	struct segment_piece *pieces;
	struct pool_rows **owners;     /* of each piece */
	size_t piece_count, piece_capacity, owner_capacity;
	uint32_t rows;
	struct pool_rows *copies;      /* owner of the piece that rows are copied to */
	struct dictionary heap;
	size_t weight;                  /* of the heap, once it is known */
	struct raw_segment raw;         /* once it is packed */
	struct buf masks;               /* new forms, for forms_adopt() */
	uint32_t added[FORM_ROLES];
	uint32_t before;                /* rows of its last block up to its end */
	uint64_t line, offset;          /* of the record behind it */
	struct buf state;               /* of the format there */
	struct stream *stream;          /* whose calls they are */
	bool failed;                    /* no memory to pack it */
	struct pool_segment *next, *next_spare;
};

/* Members are the module's own. Zeroed is closed. */
struct segment_pool {
	bool open;
	pthread_mutex_t lock;           /* of what follows */
	pthread_cond_t returned;
	struct pool_rows *rows, *spare_rows;
	struct pool_segment *segments, *spare_segments;
	size_t lent;                    /* segments */
	size_t heap;                    /* bytes of theirs */
	bool stopping;
};

/* False: it cannot be. */
bool segment_pool_open(struct segment_pool *pool);
/* When nothing of it is in use any more. */
void segment_pool_close(struct segment_pool *pool);
/* Lets nobody wait any more; and again, for those that come now. */
void segment_pool_stop(struct segment_pool *pool);
void segment_pool_go_on(struct segment_pool *pool);

/* Room for calls of a mapping, which must outlive the pool, with one user; NULL: no
 * memory. */
struct pool_rows *segment_pool_rows(struct segment_pool *pool,
				    const struct mapping *mapping);
/* One user more, or less: with the last it is given back. NULL is safe. */
void segment_pool_share(struct segment_pool *pool, struct pool_rows *rows);
void segment_pool_return(struct segment_pool *pool, struct pool_rows *rows);

/* An empty segment; waits until there may be one. NULL: no memory, or it was
 * stopped. */
struct pool_segment *segment_pool_segment(struct segment_pool *pool);
/* Adds rows of a piece, which the segment uses; false: no memory. */
bool segment_pool_add(struct segment_pool *pool, struct pool_segment *segment,
	       struct pool_rows *rows, const struct segment_piece *piece);
/* The same with a copy of the rows, so that they are not the segment's: rows of many
 * pieces, each of few, are together then. */
bool segment_pool_copy(struct segment_pool *pool, struct pool_segment *segment,
		       const struct pool_rows *rows, const struct segment_piece *piece);
/* The segment is complete: its heap has its weight. */
void segment_pool_weigh(struct segment_pool *pool, struct pool_segment *segment);
/* Gives back the rows of a segment that is packed. */
void segment_pool_return_pieces(struct segment_pool *pool, struct pool_segment *segment);
void segment_pool_return_segment(struct segment_pool *pool, struct pool_segment *segment);

#endif
