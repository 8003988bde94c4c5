/* SPDX-License-Identifier: Apache-2.0 */
/* Batches from one thread to another: a ring. */
#include "ingest/parse/batch_queue.h"

#include <string.h>

static struct batch *batch_at(struct batch_queue *queue, uint64_t number)
{
	return &queue->batches[number % BATCH_QUEUE_MOST];
}

bool batch_queue_open(struct batch_queue *queue)
{
	memset(queue, 0, sizeof(*queue));
	if (pthread_mutex_init(&queue->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&queue->changed, NULL) != 0) {
		(void)pthread_mutex_destroy(&queue->lock);
		return false;
	}
	queue->open = true;
	return true;
}

void batch_queue_close(struct batch_queue *queue)
{
	if (!queue->open)
		return;
	for (size_t i = 0; i < BATCH_QUEUE_MOST; i++)
		batch_release(&queue->batches[i]);
	(void)pthread_cond_destroy(&queue->changed);
	(void)pthread_mutex_destroy(&queue->lock);
	memset(queue, 0, sizeof(*queue));
}

static bool is_full(const struct batch_queue *queue)
{
	const uint64_t waiting = queue->given - queue->taken;

	return waiting == BATCH_QUEUE_MOST || queue->found == BATCH_QUEUE_FOUND ||
	       (waiting > 0 && queue->weight > BATCH_QUEUE_BYTES);
}

enum status batch_queue_give(struct batch_queue *queue, struct batch *batch)
{
	bool go;

	(void)pthread_mutex_lock(&queue->lock);
	while (!queue->stopping && is_full(queue))
		(void)pthread_cond_wait(&queue->changed, &queue->lock);
	go = !queue->stopping;
	if (go) {
		struct batch *room = batch_at(queue, queue->given++);
		const struct batch used = *room;

		*room = *batch;
		*batch = used;
		queue->weight += batch_weight(room);
		queue->found += room->found.count > 0;
		(void)pthread_cond_signal(&queue->changed);
	}
	(void)pthread_mutex_unlock(&queue->lock);
	return go ? STATUS_OK : STATUS_INTERRUPTED;
}

void batch_queue_end(struct batch_queue *queue)
{
	(void)pthread_mutex_lock(&queue->lock);
	queue->ended = true;
	(void)pthread_cond_signal(&queue->changed);
	(void)pthread_mutex_unlock(&queue->lock);
}

struct batch *batch_queue_take(struct batch_queue *queue)
{
	struct batch *batch = NULL;

	(void)pthread_mutex_lock(&queue->lock);
	while (queue->given == queue->taken && !queue->ended)
		(void)pthread_cond_wait(&queue->changed, &queue->lock);
	if (queue->given > queue->taken)
		batch = batch_at(queue, queue->taken);
	(void)pthread_mutex_unlock(&queue->lock);
	return batch;
}

void batch_queue_release(struct batch_queue *queue)
{
	struct batch *batch = batch_at(queue, queue->taken);
	const size_t weight = batch_weight(batch);
	const bool found = batch->found.count > 0;

	batch_clear(batch);
	(void)pthread_mutex_lock(&queue->lock);
	queue->weight -= weight;
	queue->found -= found;
	queue->taken++;
	(void)pthread_cond_signal(&queue->changed);
	(void)pthread_mutex_unlock(&queue->lock);
}

void batch_queue_stop(struct batch_queue *queue)
{
	(void)pthread_mutex_lock(&queue->lock);
	queue->stopping = true;
	(void)pthread_cond_signal(&queue->changed);
	(void)pthread_mutex_unlock(&queue->lock);
}
