/* SPDX-License-Identifier: Apache-2.0 */
/* Where the items of an array are, by hash: 8 bytes a slot, and the items are
 * looked at only where half of the hash agrees. */
#ifndef UNSPOOF_CORRELATE_PLACES_H
#define UNSPOOF_CORRELATE_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"

struct places_slot {
	uint32_t place;        /* 0: free */
	uint32_t hash;
};

/* Places count from 1. Zeroed is empty, and finds nothing once places_room()
 * has been called. */
struct places {
	const struct secret *secret;    /* of the hashes; once there are slots */
	struct places_slot *slots;
	size_t mask;           /* slots less one: a power of two less one */
	size_t count;
};

/* The bytes that an item takes in the slots, at most, but for the first few. */
#define PLACES_SIZE (3 * sizeof(struct places_slot))

bool places_grow(struct places *places);     /* of places_room() */

static inline bool places_full(const struct places *places)
{
	return !places->slots ||
	       places->count > places->mask - places->mask / 4 - 1;
}

/* The bytes of the slots, once there is room for one place more. */
static inline size_t places_size(const struct places *places)
{
	return (places->mask + 1) * sizeof(*places->slots) *
	       (places_full(places) ? 2 : 1);
}

/* Makes room for one place more. To be called before each search that may add.
 * False: out of memory. */
static inline bool places_room(struct places *places)
{
	return !places_full(places) || places_grow(places);
}

void places_release(struct places *places);
/* Forgets all places and keeps the slots. */
void places_empty(struct places *places);

/* A search goes over the slots from places_begin(hash) with places_next(),
 * until places_at() is the item wanted or 0; that slot may then be set. Only
 * the lower half of a hash counts. */
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
	return places->slots[slot].place;
}

/* The next slot from this one on whose item may have this hash; or a free one. */
static inline size_t places_seek(const struct places *places, size_t slot,
				 uint64_t hash)
{
	while (places->slots[slot].place &&
	       places->slots[slot].hash != (uint32_t)hash)
		slot = places_next(places, slot);
	return slot;
}

static inline void places_set(struct places *places, size_t slot, uint64_t hash,
			      uint32_t place)
{
	places->slots[slot].place = place;
	places->slots[slot].hash = (uint32_t)hash;
	places->count++;
}

/* Asks the processor for the slot where a search for this hash begins. */
static inline void places_fetch(const struct places *places, uint64_t hash)
{
	__builtin_prefetch(&places->slots[places_begin(places, hash)]);
}

#endif
