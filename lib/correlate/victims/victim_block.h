/* SPDX-License-Identifier: Apache-2.0 */
/* Some victims, next to one another in order of number, whose calls several
 * threads add up: half a cache line for each, and an index by hash. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIM_BLOCK_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIM_BLOCK_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/merge.h"
#include "correlate/figures/figures.h"

/* All calls to one number. */
struct victim_calls {
	struct period span;
	int64_t talk;              /* milliseconds, of answered calls */
	uint32_t calls;
};

/* The same, packed: two marks of 40 bits, counted from VICTIM_BLOCK_BEGIN, and below
 * them calls, 24 bits and 8. */
struct victim_block_item {
	uint64_t number;           /* does not change */
	uint64_t first;
	uint64_t last;
	int64_t talk;
};

/* A mark before the year 0000; those of calls lie between it and 2^40 later, as call_check()
 * says. */
#define VICTIM_BLOCK_BEGIN INT64_C(-200000000000)
#define VICTIM_BLOCK_CALLS 24       /* bits */
#define VICTIM_BLOCK_ONES ((UINT64_C(1) << VICTIM_BLOCK_CALLS) - 1)

/* The victims are parted in so many ranges, each with a lock. */
#define VICTIM_BLOCK_RANGES 64
/* The bytes that a victim takes: some two slots of the index are its. */
#define VICTIM_BLOCK_VICTIM (sizeof(struct victim_block_item) + 2 * sizeof(uint32_t))

/* Zeroed is closed. */
struct victim_block {
	struct victim_block_item *items; /* by number; place 0 is not used */
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
	pthread_mutex_t locks[VICTIM_BLOCK_RANGES]; /* of all but numbers */
};

/* Room for most victims. False: no memory; victim_block_close() is safe all the same. */
bool victim_block_open(struct victim_block *block, uint32_t most);
void victim_block_close(struct victim_block *block);
/* Takes the next victims (struct victim) instead of those before, without calls;
 * none are left when count is 0 then. False: see spill_failed(). */
bool victim_block_fill(struct victim_block *block, struct merge *victims);

/* The places of some rows' numbers; 0: no victim's. Needs no lock. */
void victim_block_find(const struct victim_block *block, const int64_t *numbers,
		       const uint32_t *rows, uint32_t count, uint32_t *places);

static inline unsigned victim_block_range(const struct victim_block *block, uint32_t place)
{
	return place >> block->shift;
}

static inline uint64_t victim_block_mark(int64_t mark)
{
	return (uint64_t)(mark - VICTIM_BLOCK_BEGIN) << VICTIM_BLOCK_CALLS;
}

/* Prefetches the victim at a place. */
static inline void victim_block_prefetch(const struct victim_block *block, uint32_t place)
{
	__builtin_prefetch(&block->items[place], 1);
}

/* Adds a call to the victim at a place, with the lock of its range; second: of its start,
 * or of the day that it is; talk of an answered call, else 0. */
static inline void victim_block_add(struct victim_block *block, uint32_t place,
				    int64_t second, bool day, int64_t talk)
{
	struct victim_block_item *item = &block->items[place];
	const int64_t mark = period_first(second, day);
	const uint64_t first = victim_block_mark(mark), last = victim_block_mark(period_last_of(mark, day));

	if (last > item->last)
		item->last = last | (item->last & VICTIM_BLOCK_ONES);
	if ((first | VICTIM_BLOCK_ONES) < item->first)
		item->first = first | (item->first & VICTIM_BLOCK_ONES);
	if ((++item->first & VICTIM_BLOCK_ONES) == 0) {
		item->first -= VICTIM_BLOCK_ONES + 1;
		item->last++;
	}
	if (__builtin_add_overflow(item->talk, talk, &item->talk))
		item->talk = INT64_MAX;
}

/* The calls to the victim at a place. */
struct victim_calls victim_block_calls(const struct victim_block *block, uint32_t place);

#endif
