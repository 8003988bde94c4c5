/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of all blocks, in their order, become segments: what is done one block
 * at a time. */
#ifndef UNSPOOF_INGEST_PARSE_SEGMENT_FILL_H
#define UNSPOOF_INGEST_PARSE_SEGMENT_FILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "casefile/form/form.h"
#include "ingest/parse/batch.h"
#include "ingest/parse/row/row_sink.h"
#include "ingest/parse/segment_pool.h"

/* Segments of as many streams that are open at a time, where members share them: the
 * pool has more than these and those that a block ends. */
#define SEGMENT_FILL_OPEN 4

/* Members are the module's own. Zeroed is closed. */
struct segment_fill {
	struct segment_pool *pool;
	struct forms forms;         /* with those of all calls so far */
	size_t told;                /* forms that segments told of */
	struct pool_segment *segment;  /* the one being filled, or NULL */
	bool shared;                /* members share them: see segment_fill_share() */
	bool copies;
	/* Of other streams, in the order in which they were put aside. */
	struct pool_segment *aside[SEGMENT_FILL_OPEN - 1];
	size_t aside_count;
	/* Where the batch last seen ends. */
	uint64_t line, offset;
	struct buf state;
};

/* forms: what the case has. False: no memory; close it all the same. */
bool segment_fill_open(struct segment_fill *fill, struct segment_pool *pool,
		       const struct forms *forms);
void segment_fill_close(struct segment_fill *fill);

/* Codes by a sink of the batch's stream, which learns from it, what was left uncoded in
 * the calls of the next batch, whose lines count from first_line, and shares the calls
 * out among segments; those that end go to the batch. A segment has calls of one stream:
 * it ends where a batch of another comes. sink is not used where there are no calls.
 * False: no memory, or the pool was stopped. */
bool segment_fill_batch(struct segment_fill *fill, struct row_sink *sink,
			struct batch *batch, uint64_t first_line);

/* From here on segments go on from one member to the next, and a stream's while others
 * come: nothing ends them but that they are full, segment_fill_end(), or that more
 * streams than SEGMENT_FILL_OPEN have one. copies: batches have few rows, which are
 * copied together. */
void segment_fill_share(struct segment_fill *fill, bool copies);
/* Ends all that are open: they go to the batch, which has no rows. False: no memory. */
bool segment_fill_end(struct segment_fill *fill, struct batch *batch);

#endif
