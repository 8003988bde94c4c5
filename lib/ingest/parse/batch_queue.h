/* SPDX-License-Identifier: Apache-2.0 */
/* Batches from the thread that ends them to the one that stores them: so many may
 * wait that a commit holds up nobody. */
#ifndef UNSPOOF_INGEST_PARSE_BATCH_QUEUE_H
#define UNSPOOF_INGEST_PARSE_BATCH_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/thread/ring.h"
#include "ingest/parse/batch.h"

/* Batches that wait at most, and those of them that have rows which are no calls. The
 * others are small: most have no rows but calls, which are in segments. */
#define BATCH_QUEUE_MOST 64
#define BATCH_QUEUE_FOUND 8

/* Bytes of those that wait after which no other comes, for some may be large. */
#define BATCH_QUEUE_BYTES (32 << 20)

/* Members are the module's own. Zeroed is closed. */
struct batch_queue {
	struct batch batches[BATCH_QUEUE_MOST];
	struct ring ring;
	size_t held;                /* the last taken, which is in use */
	bool open;
};

/* False: it cannot be. */
bool batch_queue_open(struct batch_queue *queue);
void batch_queue_close(struct batch_queue *queue);

/* Hands a batch over, which becomes one that can be used again; waits for room.
 * STATUS_INTERRUPTED: it was stopped. */
enum status batch_queue_give(struct batch_queue *queue, struct batch *batch);
/* No more come. */
void batch_queue_end(struct batch_queue *queue);

/* The next batch, until it is released; NULL: there are no more. */
struct batch *batch_queue_take(struct batch_queue *queue);
void batch_queue_release(struct batch_queue *queue);
/* No more are wanted. */
void batch_queue_stop(struct batch_queue *queue);

#endif
