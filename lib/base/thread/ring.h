/* SPDX-License-Identifier: Apache-2.0 */
/* Slots that one thread fills and another empties, in order, again and again. What
 * is in them is the caller's. */
#ifndef UNSPOOF_BASE_THREAD_RING_H
#define UNSPOOF_BASE_THREAD_RING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Members are the module's own. Zeroed is closed. */
struct ring {
	size_t count;               /* of slots */
	size_t most;
	bool open;
	pthread_mutex_t lock;       /* of what follows */
	pthread_cond_t changed;
	uint64_t given, released;   /* slots so far */
	size_t weight;              /* of those given and not yet released */
	bool ended, stopped;
};

/* Slots 0 to count - 1. Where some wait that weigh more than most together, in
 * whatever unit, there is no room for another. False: it cannot be. */
bool ring_open(struct ring *ring, size_t count, size_t most);
/* When no thread is at it any more. */
void ring_close(struct ring *ring);

/* The filling thread's: waits until the next slot is free. It stays the next until
 * it is given. False: it was stopped. */
bool ring_room(struct ring *ring, size_t *slot);
/* That slot is filled. */
void ring_give(struct ring *ring, size_t weight);
/* No more are given. */
void ring_end(struct ring *ring);

/* The emptying thread's: waits for the next slot that is filled, which is its own
 * until it is released. False: all are released, and no more come. */
bool ring_take(struct ring *ring, size_t *slot);
/* That slot is free, and weighed so much. */
void ring_release(struct ring *ring, size_t weight);
/* No more are wanted: the filling thread waits no more. */
void ring_stop(struct ring *ring);

/* Any thread's: waits until all that was given by now is released. */
void ring_settle(struct ring *ring);

#endif
