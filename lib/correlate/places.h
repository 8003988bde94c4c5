/* SPDX-License-Identifier: Apache-2.0 */
/* Where the items of an array are, by hash: 4 bytes and one miss of the cache
 * an item, since the items themselves hold the keys. */
#ifndef UNSPOOF_CORRELATE_PLACES_H
#define UNSPOOF_CORRELATE_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Places count from 1. Zeroed is empty, and finds nothing once places_room()
 * has been called. */
struct places {
	uint32_t *slots;       /* 0: free */
	size_t mask;           /* slots less one: a power of two less one */
	size_t count;
};

/* Makes room for one place more; hash gives that of the item at a place. To be
 * called before each search that may add. False: out of memory. */
bool places_room(struct places *places, const void *items,
		 uint64_t (*hash)(const void *items, uint32_t place));
void places_release(struct places *places);
/* Forgets all places and keeps the slots. */
void places_empty(struct places *places);

/* A search goes over the slots from places_begin(hash) with places_next(),
 * until places_at() is the item wanted or 0; that slot may then be set. */
static inline size_t places_begin(const struct places *places, uint64_t hash)
{
	return (size_t)hash & places->mask;
}

static inline size_t places_next(const struct places *places, size_t slot)
{
	return (slot + 1) & places->mask;
}

static inline uint32_t places_at(const struct places *places, size_t slot)
{
	return places->slots[slot];
}

static inline void places_set(struct places *places, size_t slot, uint32_t place)
{
	places->slots[slot] = place;
	places->count++;
}

/* Asks the processor for the slot where a search for this hash begins. */
static inline void places_fetch(const struct places *places, uint64_t hash)
{
	__builtin_prefetch(&places->slots[places_begin(places, hash)]);
}

#endif
