/* SPDX-License-Identifier: Apache-2.0 */
/* A SHA-256 of blocks as they are read, on a thread of its own: a small ring. */
#include "base/digest/hasher.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/thread/thread.h"

struct hasher {
	struct trail *trail;        /* NULL: it was stopped, or has ended */
	char *blocks;
	size_t lengths[HASHER_BLOCKS];
	bool threaded;              /* there are lock and changed for a thread */
	bool started;               /* it was, and is to be joined */
	pthread_t thread;
	pthread_mutex_t lock;       /* of what follows */
	pthread_cond_t changed;
	uint64_t added, hashed;     /* blocks */
	bool ending;                /* no block follows those added */
	bool failed;
};

static char *block_at(const struct hasher *hasher, uint64_t number)
{
	return hasher->blocks + number % HASHER_BLOCKS * HASHER_BLOCK;
}

static bool prepare(struct hasher *hasher)
{
	if (pthread_mutex_init(&hasher->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&hasher->changed, NULL) == 0)
		return true;
	(void)pthread_mutex_destroy(&hasher->lock);
	return false;
}

struct hasher *hasher_new(bool threaded)
{
	struct hasher *hasher = calloc(1, sizeof(*hasher));

	if (!hasher)
		return NULL;
	hasher->trail = trail_new();
	hasher->blocks = memory_array(NULL, HASHER_BLOCKS, HASHER_BLOCK);
	if (threaded)
		hasher->threaded = prepare(hasher);
	if (hasher->trail && hasher->blocks)
		return hasher;
	hasher_free(hasher);
	return NULL;
}

/* The thread: hashes what was added until no more comes. */
static void *work(void *context)
{
	struct hasher *hasher = context;

	(void)pthread_mutex_lock(&hasher->lock);
	for (;;) {
		uint64_t number = hasher->hashed;
		bool done;

		while (hasher->added == number && !hasher->ending)
			(void)pthread_cond_wait(&hasher->changed, &hasher->lock);
		if (hasher->added == number)
			break;
		(void)pthread_mutex_unlock(&hasher->lock);
		done = trail_add(hasher->trail, block_at(hasher, number),
				  hasher->lengths[number % HASHER_BLOCKS]);
		(void)pthread_mutex_lock(&hasher->lock);
		hasher->failed = hasher->failed || !done;
		hasher->hashed++;
		(void)pthread_cond_broadcast(&hasher->changed);
	}
	(void)pthread_mutex_unlock(&hasher->lock);
	trail_hand_over(hasher->trail);
	return NULL;
}

/* Lets the thread come to its end. */
static void join(struct hasher *hasher)
{
	if (!hasher->started)
		return;
	(void)pthread_mutex_lock(&hasher->lock);
	hasher->ending = true;
	(void)pthread_cond_broadcast(&hasher->changed);
	(void)pthread_mutex_unlock(&hasher->lock);
	(void)pthread_join(hasher->thread, NULL);
	hasher->started = false;
}

void hasher_free(struct hasher *hasher)
{
	if (!hasher)
		return;
	hasher_stop(hasher);
	if (hasher->threaded) {
		(void)pthread_cond_destroy(&hasher->changed);
		(void)pthread_mutex_destroy(&hasher->lock);
	}
	free(hasher->blocks);
	free(hasher);
}

char *hasher_room(struct hasher *hasher)
{
	if (hasher->started) {
		(void)pthread_mutex_lock(&hasher->lock);
		while (hasher->added - hasher->hashed >= HASHER_BLOCKS)
			(void)pthread_cond_wait(&hasher->changed, &hasher->lock);
		(void)pthread_mutex_unlock(&hasher->lock);
	}
	return block_at(hasher, hasher->added);
}

/* Counts a block that was put into the ring; hashed: at once, not by the thread.
 * False: one could not be. */
static bool count(struct hasher *hasher, bool hashed, bool failed)
{
	if (hasher->threaded)
		(void)pthread_mutex_lock(&hasher->lock);
	hasher->added++;
	hasher->hashed += hashed;
	hasher->failed = hasher->failed || failed;
	failed = hasher->failed;
	if (hasher->threaded) {
		(void)pthread_cond_broadcast(&hasher->changed);
		(void)pthread_mutex_unlock(&hasher->lock);
	}
	return !failed;
}

bool hasher_add(struct hasher *hasher, size_t len)
{
	const uint64_t number = hasher->added;
	bool failed;

	/* Most files are one block, which is hashed before a thread starts. */
	if (number == 1 && hasher->threaded && hasher->trail) {
		trail_hand_over(hasher->trail);
		hasher->started =
			thread_start(&hasher->thread, work, hasher);
	}
	hasher->lengths[number % HASHER_BLOCKS] = len;
	if (hasher->started)
		return count(hasher, false, false);
	failed = hasher->trail &&
		 !trail_add(hasher->trail, block_at(hasher, number), len);
	return count(hasher, true, failed);
}

void hasher_hand_over(struct hasher *hasher)
{
	/* Else it is the hasher's own thread that adds to the trail. */
	if (hasher->trail && !hasher->started)
		trail_hand_over(hasher->trail);
}

/* Waits until all that was added by now is hashed. */
static void settle(struct hasher *hasher)
{
	uint64_t added;

	if (!hasher->threaded)
		return;
	(void)pthread_mutex_lock(&hasher->lock);
	added = hasher->added;
	while (hasher->hashed < added)
		(void)pthread_cond_wait(&hasher->changed, &hasher->lock);
	(void)pthread_mutex_unlock(&hasher->lock);
}

bool hasher_mark(struct hasher *hasher, uint64_t least, struct prefix *prefix)
{
	if (!hasher->trail)
		return false;
	if (trail_mark(hasher->trail, least, prefix))
		return true;
	settle(hasher);
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
	done = hasher->trail && !hasher->failed && trail_end(hasher->trail, hex);
	hasher_stop(hasher);
	return done;
}
