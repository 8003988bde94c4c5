/* SPDX-License-Identifier: Apache-2.0 */
/* A SHA-256 of blocks as they are read, on a thread of its own: a small ring. */
#include "base/digest/hasher.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/thread/ring.h"
#include "base/thread/thread.h"

struct hasher {
	struct trail *trail;        /* NULL: it was stopped, or has ended */
	char *blocks;
	size_t lengths[HASHER_BLOCKS];
	struct ring ring;           /* of blocks */
	bool threaded;              /* it may start a thread */
	bool started;               /* it did, and is to be joined */
	pthread_t thread;
	uint64_t added;             /* blocks */
	atomic_bool failed;         /* a block could not be hashed */
};

static char *block_at(const struct hasher *hasher, size_t slot)
{
	return hasher->blocks + slot * HASHER_BLOCK;
}

struct hasher *hasher_new(bool threaded)
{
	struct hasher *hasher = calloc(1, sizeof(*hasher));

	if (!hasher)
		return NULL;
	hasher->threaded = threaded;
	hasher->trail = trail_new();
	hasher->blocks = memory_array(NULL, HASHER_BLOCKS, HASHER_BLOCK);
	if (ring_open(&hasher->ring, HASHER_BLOCKS, SIZE_MAX) && hasher->trail &&
	    hasher->blocks)
		return hasher;
	hasher_free(hasher);
	return NULL;
}

/* Hashes the next block; false: no more comes. */
static bool hash_next(struct hasher *hasher)
{
	size_t slot;

	if (!ring_take(&hasher->ring, &slot))
		return false;
	if (hasher->trail && !trail_add(hasher->trail, block_at(hasher, slot),
					hasher->lengths[slot]))
		atomic_store(&hasher->failed, true);
	ring_release(&hasher->ring, 0);
	return true;
}

static void *work(void *context)
{
	struct hasher *hasher = context;

	while (hash_next(hasher))
		;
	trail_hand_over(hasher->trail);
	return NULL;
}

/* Lets the thread come to its end. */
static void join(struct hasher *hasher)
{
	if (!hasher->started)
		return;
	ring_end(&hasher->ring);
	(void)pthread_join(hasher->thread, NULL);
	hasher->started = false;
}

void hasher_free(struct hasher *hasher)
{
	if (!hasher)
		return;
	hasher_stop(hasher);
	ring_close(&hasher->ring);
	free(hasher->blocks);
	free(hasher);
}

char *hasher_room(struct hasher *hasher)
{
	size_t slot;

	(void)ring_room(&hasher->ring, &slot);
	return block_at(hasher, slot);
}

bool hasher_add(struct hasher *hasher, size_t len)
{
	/* Most files are one block, which is hashed before a thread starts. */
	if (hasher->added == 1 && hasher->threaded && hasher->trail) {
		trail_hand_over(hasher->trail);
		hasher->started =
			thread_start(&hasher->thread, work, hasher);
	}
	hasher->lengths[hasher->added++ % HASHER_BLOCKS] = len;
	ring_give(&hasher->ring, 0);
	if (!hasher->started)
		(void)hash_next(hasher);
	return !atomic_load(&hasher->failed);
}

bool hasher_add_here(struct hasher *hasher, const void *data, size_t len)
{
	join(hasher);
	hasher->threaded = false;
	if (hasher->trail && !trail_add(hasher->trail, data, len))
		atomic_store(&hasher->failed, true);
	return !atomic_load(&hasher->failed);
}

void hasher_hand_over(struct hasher *hasher)
{
	/* Else it is the hasher's own thread that adds to the trail. */
	if (hasher->trail && !hasher->started)
		trail_hand_over(hasher->trail);
}

bool hasher_mark(struct hasher *hasher, uint64_t least, struct prefix *prefix)
{
	if (!hasher->trail)
		return false;
	if (trail_mark(hasher->trail, least, prefix))
		return true;
	ring_settle(&hasher->ring);
	return trail_mark(hasher->trail, least, prefix);
}

void hasher_stop(struct hasher *hasher)
{
	join(hasher);
	trail_free(hasher->trail);
	hasher->trail = NULL;
}

bool hasher_end(struct hasher *hasher, char hex[static DIGEST_HEX])
{
	bool done;

	join(hasher);
	done = hasher->trail && !atomic_load(&hasher->failed) && trail_end(hasher->trail, hex);
	hasher_stop(hasher);
	return done;
}
