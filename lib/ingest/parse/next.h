/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of the rows that a format gives one by one. */
#ifndef UNSPOOF_INGEST_PARSE_NEXT_H
#define UNSPOOF_INGEST_PARSE_NEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/format/format.h"
#include "ingest/parse/batch.h"
#include "ingest/parse/segment_fill.h"
#include "ingest/parse/sinks.h"

/* Rows of a batch at most. */
#define NEXT_ROWS 4096
/* Bytes that it has taken when no other comes. */
#define NEXT_BYTES (4 << 20)

/* Members are the module's own. Zeroed is closed. */
struct next {
	struct layout *layout;
	struct dump *dump;
	struct segment_pool *pool;
	struct sinks sinks;
	/* That calls are coded with, while others are put; for merges wait. */
	struct sinks coding;
	/* The record that the next batch begins with. */
	bool waits;
	struct record record;
	struct stream *stream;
	struct buf state;
	uint64_t line, offset;      /* behind the batch before */
};

/* From where a dump stands, which is at offset and line. */
void next_open(struct next *next, struct layout *layout, struct dump *dump,
	       struct segment_pool *pool, uint64_t offset, uint64_t line);
void next_close(struct next *next);

/* Begins a batch and fills it with rows of one stream and state; the last one says
 * so. */
enum status next_fill(struct next *next, struct batch *batch, struct error *error);

/* Shares the calls of a batch out, as segment_fill_batch() does, on any thread. */
bool next_merge(struct next *next, struct segment_fill *fill, struct batch *batch);

#endif
