/* SPDX-License-Identifier: Apache-2.0 */
/* A table of some victims, which is filled once and then only counted in. */
#include "correlate/victims/victim_block.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table/dictionary.h"
#include "correlate/victims/victims.h"

#define CACHE_LINE 64  /* bytes */
#define FOUND 64       /* numbers that are looked for together */
/* So that some bits of the hash are left beside a place. */
#define PLACE_BITS 28

static bool open_index(struct victim_block *block)
{
	uint32_t slots = 16;

	while (slots / 4 * 3 <= block->most)
		slots *= 2;
	block->mask = slots - 1;
	block->places = slots - 1;
	block->index = memory_array(NULL, slots, sizeof(*block->index));
	return block->index != NULL;
}

bool victim_block_open(struct victim_block *block, uint32_t most)
{
	void *room;

	memset(block, 0, sizeof(*block));
	block->most = most;
	block->secret = secret_get();
	if (!block->secret || most >> PLACE_BITS ||
	    posix_memalign(&room, CACHE_LINE,
			   ((size_t)most + 1) * sizeof(*block->items)) != 0)
		return false;
	block->items = room;
	if (!open_index(block))
		return false;
	for (; block->opened < VICTIM_BLOCK_RANGES; block->opened++)
		if (pthread_mutex_init(&block->locks[block->opened], NULL) != 0)
			return false;
	return true;
}

void victim_block_close(struct victim_block *block)
{
	for (unsigned i = 0; i < block->opened; i++)
		(void)pthread_mutex_destroy(&block->locks[i]);
	free(block->items);
	free(block->index);
	memset(block, 0, sizeof(*block));
}

/* ---- the index ---- */

static uint32_t slot_of(const struct victim_block *block, uint64_t hash)
{
	return (uint32_t)hash & block->mask;
}

/* The bits of a hash that a slot has beside a place. */
static uint32_t mark_of(const struct victim_block *block, uint64_t hash)
{
	return (uint32_t)(hash >> 32) & ~block->places;
}

/* The next slot from this one on that may be of this hash, or a free one. */
static uint32_t seek(const struct victim_block *block, uint32_t slot, uint64_t hash)
{
	const uint32_t mark = mark_of(block, hash);

	while (block->index[slot] &&
	       (block->index[slot] & ~block->places) != mark)
		slot = (slot + 1) & block->mask;
	return slot;
}

/* First is as late as can be, and last as early. */
static void add(struct victim_block *block, uint64_t number, uint64_t hash)
{
	uint32_t slot = slot_of(block, hash);

	while (block->index[slot])
		slot = (slot + 1) & block->mask;
	block->items[++block->count] = (struct victim_block_item){
		.number = number, .first = ~VICTIM_BLOCK_ONES,
	};
	block->index[slot] = block->count | mark_of(block, hash);
}

/* Adds the next victims, whose slots are prefetched together; false: there are no more, or no
 * room. */
static bool add_some(struct victim_block *block, struct merge *victims)
{
	uint64_t numbers[FOUND], hashes[FOUND];
	uint32_t count = 0, wanted = block->most - block->count;
	const struct victim *victim;

	wanted = wanted < FOUND ? wanted : FOUND;
	while (count < wanted && (victim = merge_next(victims))) {
		numbers[count] = victim->number;
		hashes[count] = hash_u64(block->secret, victim->number);
		__builtin_prefetch(&block->index[slot_of(block, hashes[count])]);
		count++;
	}
	for (uint32_t i = 0; i < count; i++)
		add(block, numbers[i], hashes[i]);
	return count == FOUND;
}

bool victim_block_fill(struct victim_block *block, struct merge *victims)
{
	memset(block->index, 0,
	       ((size_t)block->mask + 1) * sizeof(*block->index));
	block->count = 0;
	while (add_some(block, victims))
		;
	if (block->count) {
		block->low = block->items[1].number;
		block->high = block->items[block->count].number;
	}
	block->shift = 0;
	while (block->count >> block->shift >= VICTIM_BLOCK_RANGES)
		block->shift++;
	return !victims->failed;
}

/* ---- calls ---- */

/* The place of a number whose search has come to a slot. */
static uint32_t search(const struct victim_block *block, uint32_t slot, uint64_t hash,
		       uint64_t number)
{
	uint32_t place;

	while ((place = block->index[slot] & block->places) != 0 &&
	       block->items[place].number != number)
		slot = seek(block, (slot + 1) & block->mask, hash);
	return place;
}

/* Numbers lie all over the memory: they are prefetched together, so that the waits
 * for them overlap. */
static void find_some(const struct victim_block *block, const int64_t *numbers,
		      const uint32_t *rows, uint32_t count, uint32_t *places)
{
	uint64_t hashes[FOUND];
	uint32_t slots[FOUND];

	for (uint32_t i = 0; i < count; i++) {
		hashes[i] = hash_u64(block->secret, (uint64_t)numbers[rows[i]]);
		slots[i] = slot_of(block, hashes[i]);
		__builtin_prefetch(&block->index[slots[i]]);
	}
	for (uint32_t i = 0; i < count; i++) {
		slots[i] = seek(block, slots[i], hashes[i]);
		__builtin_prefetch(&block->items[block->index[slots[i]] &
						 block->places]);
	}
	for (uint32_t i = 0; i < count; i++)
		places[i] = search(block, slots[i], hashes[i],
				   (uint64_t)numbers[rows[i]]);
}

void victim_block_find(const struct victim_block *block, const int64_t *numbers,
		       const uint32_t *rows, uint32_t count, uint32_t *places)
{
	for (uint32_t i = 0; i < count; i += FOUND)
		find_some(block, numbers, rows + i,
			  count - i < FOUND ? count - i : FOUND, places + i);
}

static int64_t mark_at(uint64_t packed)
{
	return (int64_t)(packed >> VICTIM_BLOCK_CALLS) + VICTIM_BLOCK_BEGIN;
}

struct victim_calls victim_block_calls(const struct victim_block *block, uint32_t place)
{
	const struct victim_block_item *item = &block->items[place];
	const uint64_t upper = item->last & VICTIM_BLOCK_ONES;

	return (struct victim_calls){
		.span = { mark_at(item->first), mark_at(item->last) },
		.talk = item->talk,
		.calls = (uint32_t)(upper << VICTIM_BLOCK_CALLS |
				    (item->first & VICTIM_BLOCK_ONES)),
	};
}
