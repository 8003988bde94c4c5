/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a dump read ahead: a small ring of blocks. */
#include "ingest/ahead.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread.h"

static struct ahead_block *block_at(struct ahead *ahead, uint64_t number)
{
	return &ahead->blocks[number % AHEAD_BLOCKS];
}

static char *bytes_at(const struct ahead *ahead, uint64_t number)
{
	return ahead->bytes + number % AHEAD_BLOCKS * AHEAD_BLOCK;
}

/* Waits for a free block; false: it is to stop. */
static bool wait_free(struct ahead *ahead)
{
	bool go;

	(void)pthread_mutex_lock(&ahead->lock);
	while (!ahead->stopping &&
	       ahead->filled - ahead->emptied == AHEAD_BLOCKS)
		(void)pthread_cond_wait(&ahead->changed, &ahead->lock);
	go = !ahead->stopping;
	(void)pthread_mutex_unlock(&ahead->lock);
	return go;
}

static void *work(void *context)
{
	struct ahead *ahead = context;
	bool more = true;

	for (uint64_t number = 0; more && wait_free(ahead); number++) {
		struct ahead_block block = { .status = STATUS_OK };

		block.status = dump_read(ahead->dump, bytes_at(ahead, number),
					 AHEAD_BLOCK, &block.len, &ahead->error);
		block.done = dump_done(ahead->dump);
		more = block.status == STATUS_OK && block.len > 0;
		(void)pthread_mutex_lock(&ahead->lock);
		*block_at(ahead, number) = block;
		ahead->filled++;
		(void)pthread_cond_signal(&ahead->changed);
		(void)pthread_mutex_unlock(&ahead->lock);
	}
	return NULL;
}

static bool prepare(struct ahead *ahead)
{
	ahead->bytes = memory_array(NULL, AHEAD_BLOCKS, AHEAD_BLOCK);
	if (!ahead->bytes || pthread_mutex_init(&ahead->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&ahead->changed, NULL) == 0)
		return true;
	(void)pthread_mutex_destroy(&ahead->lock);
	return false;
}

static void release(struct ahead *ahead)
{
	(void)pthread_cond_destroy(&ahead->changed);
	(void)pthread_mutex_destroy(&ahead->lock);
	free(ahead->bytes);
	memset(ahead, 0, sizeof(*ahead));
}

bool ahead_start(struct ahead *ahead, struct dump *dump)
{
	memset(ahead, 0, sizeof(*ahead));
	ahead->dump = dump;
	if (!prepare(ahead)) {
		free(ahead->bytes);
		ahead->bytes = NULL;
		return false;
	}
	ahead->started = thread_start(&ahead->thread, work, ahead);
	if (!ahead->started)
		release(ahead);
	return ahead->started;
}

/* Waits until there is a block; false: there will be none. */
static bool wait_filled(struct ahead *ahead)
{
	bool found;

	(void)pthread_mutex_lock(&ahead->lock);
	while (!ahead->stopping && ahead->filled == ahead->emptied)
		(void)pthread_cond_wait(&ahead->changed, &ahead->lock);
	found = !ahead->stopping;
	(void)pthread_mutex_unlock(&ahead->lock);
	return found;
}

static void give_back(struct ahead *ahead)
{
	(void)pthread_mutex_lock(&ahead->lock);
	ahead->emptied++;
	(void)pthread_cond_signal(&ahead->changed);
	(void)pthread_mutex_unlock(&ahead->lock);
}

enum status ahead_read(void *context, char *data, size_t size, size_t *got,
		       struct error *error)
{
	struct ahead *ahead = context;
	const uint64_t number = ahead->emptied;
	struct ahead_block *block = block_at(ahead, number);

	*got = 0;
	if (!wait_filled(ahead))
		return error_set(error, STATUS_INTERRUPTED, "interrupted");
	ahead->done = block->done;
	if (block->status != STATUS_OK) {
		*error = ahead->error;
		return block->status;
	}
	*got = block->len - block->used;
	if (*got > size)
		*got = size;
	memcpy(data, bytes_at(ahead, number) + block->used, *got);
	block->used += *got;
	/* The end stays, to be read again. */
	if (block->len > 0 && block->used == block->len)
		give_back(ahead);
	return STATUS_OK;
}

uint64_t ahead_done(const struct ahead *ahead)
{
	return ahead->done;
}

void ahead_cancel(struct ahead *ahead)
{
	if (!ahead->started)
		return;
	(void)pthread_mutex_lock(&ahead->lock);
	ahead->stopping = true;
	(void)pthread_cond_broadcast(&ahead->changed);
	(void)pthread_mutex_unlock(&ahead->lock);
}

void ahead_stop(struct ahead *ahead)
{
	if (!ahead->started)
		return;
	ahead_cancel(ahead);
	(void)pthread_join(ahead->thread, NULL);
	release(ahead);
}
