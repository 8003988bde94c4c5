/* SPDX-License-Identifier: Apache-2.0 */
/* Some victims, next to one another in order of number, whose calls several
 * threads add up: half a line of the cache for each, and an index by hash. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIM_BLOCK_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIM_BLOCK_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/merge.h"
#include "correlate/figures/figures.h"

/* All calls to one number. */
struct called {
	struct period span;
	int64_t talk;              /* milliseconds, of answered calls */
	uint32_t calls;
};

/* The same, packed: two seconds of 39 bits, counted from STRETCH_BEGIN, and below
 * them calls, 25 bits and 7. */
struct stretch_item {
	uint64_t number;           /* does not change */
	uint64_t first;
	uint64_t last;
	int64_t talk;
};

/* Before the year 0000; starts of calls lie between it and 2^39 seconds later, as
 * batch_sound() says. */
#define STRETCH_BEGIN INT64_C(-100000000000)
#define STRETCH_CALLS 25       /* bits */
#define STRETCH_ONES ((UINT64_C(1) << STRETCH_CALLS) - 1)

/* The victims are parted in so many ranges, each with a lock. */
#define STRETCH_RANGES 64
/* The bytes that a victim takes: some two slots of the index are its. */
#define STRETCH_VICTIM (sizeof(struct stretch_item) + 2 * sizeof(uint32_t))

/* Zeroed is closed. */
struct stretch {
	struct stretch_item *items;    /* by number; place 0 is not used */
	uint32_t count;                /* victims, at places 1 to count */
	uint32_t most;
	uint64_t low, high;            /* the first and last number */
	const struct secret *secret;   /* of the hash */
	uint32_t *index;               /* a place, and above it bits of the hash;
					* 0: free */
	uint32_t mask;                 /* slots of the index less one */
	uint32_t places;               /* the bits of a place, all set */
	unsigned shift;                /* place >> shift is the range */
	unsigned opened;               /* locks */
	pthread_mutex_t locks[STRETCH_RANGES];   /* of all but numbers */
};

/* Room for most victims. False: no memory; stretch_close() is safe all the same. */
bool stretch_open(struct stretch *stretch, uint32_t most);
void stretch_close(struct stretch *stretch);
/* Takes the next victims (struct victim) instead of those before, without calls;
 * none are left when count is 0 then. False: see spill_failed(). */
bool stretch_fill(struct stretch *stretch, struct merge *victims);

/* The places of some rows' numbers; 0: no victim's. Needs no lock. */
void stretch_find(const struct stretch *stretch, const int64_t *numbers,
		  const uint32_t *rows, uint32_t count, uint32_t *places);

static inline unsigned stretch_range(const struct stretch *stretch, uint32_t place)
{
	return place >> stretch->shift;
}

/* Adds a call to the victim at a place, with the lock of its range; second: of its
 * start; talk of an answered call, else 0. */
static inline void stretch_add(struct stretch *stretch, uint32_t place,
			       int64_t second, int64_t talk)
{
	struct stretch_item *item = &stretch->items[place];
	const uint64_t at = (uint64_t)(second - STRETCH_BEGIN) << STRETCH_CALLS;

	if (at > item->last)
		item->last = at | (item->last & STRETCH_ONES);
	if ((at | STRETCH_ONES) < item->first)
		item->first = at | (item->first & STRETCH_ONES);
	if ((++item->first & STRETCH_ONES) == 0) {
		item->first -= STRETCH_ONES + 1;
		item->last++;
	}
	if (__builtin_add_overflow(item->talk, talk, &item->talk))
		item->talk = INT64_MAX;
}

/* The calls to the victim at a place. */
struct called stretch_called(const struct stretch *stretch, uint32_t place);

#endif
