/* SPDX-License-Identifier: Apache-2.0 */
/* Slots from one thread to another, under a lock. */
#include "base/thread/ring.h"

#include <string.h>

bool ring_open(struct ring *ring, size_t count, size_t most)
{
	memset(ring, 0, sizeof(*ring));
	ring->count = count;
	ring->most = most;
	if (pthread_mutex_init(&ring->lock, NULL) != 0)
		return false;
	ring->open = pthread_cond_init(&ring->changed, NULL) == 0;
	if (!ring->open)
		(void)pthread_mutex_destroy(&ring->lock);
	return ring->open;
}

void ring_close(struct ring *ring)
{
	if (!ring->open)
		return;
	(void)pthread_cond_destroy(&ring->changed);
	(void)pthread_mutex_destroy(&ring->lock);
	memset(ring, 0, sizeof(*ring));
}

static void lock(struct ring *ring)
{
	(void)pthread_mutex_lock(&ring->lock);
}

static void unlock(struct ring *ring)
{
	(void)pthread_mutex_unlock(&ring->lock);
}

/* Under the lock. */
static void await(struct ring *ring)
{
	(void)pthread_cond_wait(&ring->changed, &ring->lock);
}

/* Something changed under the lock, which it gives up. */
static void tell(struct ring *ring)
{
	(void)pthread_cond_broadcast(&ring->changed);
	unlock(ring);
}

static bool is_full(const struct ring *ring)
{
	const uint64_t waiting = ring->given - ring->released;

	return waiting == ring->count || (waiting > 0 && ring->weight > ring->most);
}

bool ring_room(struct ring *ring, size_t *slot)
{
	bool stopped;

	lock(ring);
	while (!ring->stopped && is_full(ring))
		await(ring);
	stopped = ring->stopped;
	*slot = (size_t)(ring->given % ring->count);
	unlock(ring);
	return !stopped;
}

void ring_give(struct ring *ring, size_t weight)
{
	lock(ring);
	ring->given++;
	ring->weight += weight;
	tell(ring);
}

void ring_end(struct ring *ring)
{
	lock(ring);
	ring->ended = true;
	tell(ring);
}

bool ring_take(struct ring *ring, size_t *slot)
{
	bool there;

	lock(ring);
	while (ring->given == ring->released && !ring->ended)
		await(ring);
	there = ring->given > ring->released;
	*slot = (size_t)(ring->released % ring->count);
	unlock(ring);
	return there;
}

void ring_release(struct ring *ring, size_t weight)
{
	lock(ring);
	ring->released++;
	ring->weight -= weight;
	tell(ring);
}

void ring_stop(struct ring *ring)
{
	lock(ring);
	ring->stopped = true;
	tell(ring);
}

void ring_settle(struct ring *ring)
{
	uint64_t given;

	lock(ring);
	given = ring->given;
	while (ring->released < given)
		await(ring);
	unlock(ring);
}
