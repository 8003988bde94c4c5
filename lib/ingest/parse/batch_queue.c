/* SPDX-License-Identifier: Apache-2.0 */
/* Batches from one thread to another: a ring. */
#include "ingest/parse/batch_queue.h"

#include <string.h>

/* What a batch weighs while it waits: of those with rows that are no calls so many
 * fill the queue. */
static size_t weigh(const struct batch *batch)
{
	const size_t weight = batch_weight(batch);

	return batch->found.count > 0
		       ? weight + BATCH_QUEUE_BYTES / BATCH_QUEUE_FOUND
		       : weight;
}

bool batch_queue_open(struct batch_queue *queue)
{
	memset(queue, 0, sizeof(*queue));
	queue->open = ring_open(&queue->ring, BATCH_QUEUE_MOST, BATCH_QUEUE_BYTES);
	return queue->open;
}

void batch_queue_close(struct batch_queue *queue)
{
	if (!queue->open)
		return;
	for (size_t i = 0; i < BATCH_QUEUE_MOST; i++)
		batch_release(&queue->batches[i]);
	ring_close(&queue->ring);
	memset(queue, 0, sizeof(*queue));
}

enum status batch_queue_give(struct batch_queue *queue, struct batch *batch)
{
	struct batch used;
	size_t slot;

	if (!ring_room(&queue->ring, &slot))
		return STATUS_INTERRUPTED;
	used = queue->batches[slot];
	queue->batches[slot] = *batch;
	*batch = used;
	ring_give(&queue->ring, weigh(&queue->batches[slot]));
	return STATUS_OK;
}

void batch_queue_end(struct batch_queue *queue)
{
	ring_end(&queue->ring);
}

struct batch *batch_queue_take(struct batch_queue *queue)
{
	return ring_take(&queue->ring, &queue->held) ? &queue->batches[queue->held]
						     : NULL;
}

void batch_queue_release(struct batch_queue *queue)
{
	struct batch *batch = &queue->batches[queue->held];
	const size_t weight = weigh(batch);

	batch_clear(batch);
	ring_release(&queue->ring, weight);
}

void batch_queue_stop(struct batch_queue *queue)
{
	ring_stop(&queue->ring);
}
