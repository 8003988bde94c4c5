/* SPDX-License-Identifier: Apache-2.0 */
/* Where the items of an array are, by hash: 8 bytes a slot, and the items are
 * looked at only where half of the hash agrees. */
#ifndef UNSPOOF_BASE_TABLE_HASH_INDEX_H
#define UNSPOOF_BASE_TABLE_HASH_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/secret.h"

struct hash_index_slot {
	uint32_t place;        /* 0: free */
	uint32_t hash;
};

/* Places count from 1. Zeroed is empty, and finds nothing once hash_index_room()
 * has been called. */
struct hash_index {
	const struct secret *secret;    /* of the hashes; once there are slots */
	struct hash_index_slot *slots;
	size_t mask;           /* slots less one: a power of two less one */
	size_t count;
};

/* The bytes that an item takes in the slots, at most, but for the first few. */
#define HASH_INDEX_SIZE (3 * sizeof(struct hash_index_slot))

bool hash_index_grow(struct hash_index *index);     /* of hash_index_room() */

static inline bool hash_index_full(const struct hash_index *index)
{
	return !index->slots ||
	       index->count > index->mask - index->mask / 4 - 1;
}

/* The bytes of the slots, once there is room for one place more. */
static inline size_t hash_index_size(const struct hash_index *index)
{
	return (index->mask + 1) * sizeof(*index->slots) *
	       (hash_index_full(index) ? 2 : 1);
}

/* Makes room for one place more. To be called before each search that may add.
 * False: out of memory. */
static inline bool hash_index_room(struct hash_index *index)
{
	return !hash_index_full(index) || hash_index_grow(index);
}

void hash_index_release(struct hash_index *index);
/* Forgets all index and keeps the slots. */
void hash_index_empty(struct hash_index *index);

/* A search goes over the slots from hash_index_begin(hash) with hash_index_next(),
 * until hash_index_at() is the item wanted or 0; that slot may then be set. Only
 * the lower half of a hash counts. */
static inline size_t hash_index_begin(const struct hash_index *index, uint64_t hash)
{
	return (size_t)hash & index->mask;
}

static inline size_t hash_index_next(const struct hash_index *index, size_t slot)
{
	return (slot + 1) & index->mask;
}

static inline uint32_t hash_index_at(const struct hash_index *index, size_t slot)
{
	return index->slots[slot].place;
}

/* The next slot from this one on whose item may have this hash; or a free one. */
static inline size_t hash_index_seek(const struct hash_index *index, size_t slot,
				     uint64_t hash)
{
	while (index->slots[slot].place &&
	       index->slots[slot].hash != (uint32_t)hash)
		slot = hash_index_next(index, slot);
	return slot;
}

static inline void hash_index_set(struct hash_index *index, size_t slot, uint64_t hash,
				  uint32_t place)
{
	index->slots[slot].place = place;
	index->slots[slot].hash = (uint32_t)hash;
	index->count++;
}

/* Asks the processor for the slot where a search for this hash begins. */
static inline void hash_index_fetch(const struct hash_index *index, uint64_t hash)
{
	__builtin_prefetch(&index->slots[hash_index_begin(index, hash)]);
}

#endif
