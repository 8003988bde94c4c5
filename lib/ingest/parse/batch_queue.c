/* SPDX-License-Identifier: Apache-2.0 */
/* Batches from one thread to another: a ring. */
#include "ingest/parse/batch_queue.h"

#include <string.h>

static struct rowbatch *batch_at(struct handover *handover, uint64_t number)
{
	return &handover->batches[number % handover->count];
}

bool handover_open(struct handover *handover, const struct mapping *mapping)
{
	memset(handover, 0, sizeof(*handover));
	if (pthread_mutex_init(&handover->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&handover->changed, NULL) != 0) {
		(void)pthread_mutex_destroy(&handover->lock);
		return false;
	}
	handover->open = true;
	handover->count = mapping->kind == KIND_CALL ? HANDOVER_CALL_BATCHES
						     : HANDOVER_BATCHES;
	for (size_t i = 0; i < handover->count; i++)
		rowbatch_init(&handover->batches[i], mapping);
	return true;
}

void handover_close(struct handover *handover)
{
	if (!handover->open)
		return;
	for (size_t i = 0; i < handover->count; i++)
		rowbatch_release(&handover->batches[i]);
	(void)pthread_cond_destroy(&handover->changed);
	(void)pthread_mutex_destroy(&handover->lock);
	memset(handover, 0, sizeof(*handover));
}

static bool is_full(const struct handover *handover)
{
	const uint64_t waiting = handover->given - handover->taken;

	return waiting == handover->count ||
	       (waiting > 0 && handover->weight > HANDOVER_BYTES);
}

enum status handover_give(struct handover *handover, struct rowbatch *batch)
{
	bool go;

	(void)pthread_mutex_lock(&handover->lock);
	while (!handover->stopping && is_full(handover))
		(void)pthread_cond_wait(&handover->changed, &handover->lock);
	go = !handover->stopping;
	if (go) {
		struct rowbatch *room = batch_at(handover, handover->given++);
		const struct rowbatch used = *room;

		*room = *batch;
		*batch = used;
		handover->weight += rowbatch_weight(room);
		(void)pthread_cond_signal(&handover->changed);
	}
	(void)pthread_mutex_unlock(&handover->lock);
	return go ? STATUS_OK : STATUS_INTERRUPTED;
}

void handover_end(struct handover *handover)
{
	(void)pthread_mutex_lock(&handover->lock);
	handover->ended = true;
	(void)pthread_cond_signal(&handover->changed);
	(void)pthread_mutex_unlock(&handover->lock);
}

struct rowbatch *handover_take(struct handover *handover)
{
	struct rowbatch *batch = NULL;

	(void)pthread_mutex_lock(&handover->lock);
	while (handover->given == handover->taken && !handover->ended)
		(void)pthread_cond_wait(&handover->changed, &handover->lock);
	if (handover->given > handover->taken)
		batch = batch_at(handover, handover->taken);
	(void)pthread_mutex_unlock(&handover->lock);
	return batch;
}

void handover_release(struct handover *handover)
{
	struct rowbatch *batch = batch_at(handover, handover->taken);
	const size_t weight = rowbatch_weight(batch);

	rowbatch_clear(batch);
	(void)pthread_mutex_lock(&handover->lock);
	handover->weight -= weight;
	handover->taken++;
	(void)pthread_cond_signal(&handover->changed);
	(void)pthread_mutex_unlock(&handover->lock);
}

void handover_stop(struct handover *handover)
{
	(void)pthread_mutex_lock(&handover->lock);
	handover->stopping = true;
	(void)pthread_cond_signal(&handover->changed);
	(void)pthread_mutex_unlock(&handover->lock);
}
