/* SPDX-License-Identifier: Apache-2.0 */
/* A table of some victims, which is filled once and then only counted in. */
#include "correlate/victims/victim_block.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table/dictionary.h"
#include "correlate/victims/victims.h"

#define LINE 64        /* bytes of the cache */
#define FOUND 64       /* numbers that are looked for together */
/* So that some bits of the hash are left beside a place. */
#define PLACE_BITS 28

static bool open_index(struct stretch *stretch)
{
	uint32_t slots = 16;

	while (slots / 4 * 3 <= stretch->most)
		slots *= 2;
	stretch->mask = slots - 1;
	stretch->places = slots - 1;
	stretch->index = memory_array(NULL, slots, sizeof(*stretch->index));
	return stretch->index != NULL;
}

bool stretch_open(struct stretch *stretch, uint32_t most)
{
	void *room;

	memset(stretch, 0, sizeof(*stretch));
	stretch->most = most;
	stretch->secret = secret_get();
	if (!stretch->secret || most >> PLACE_BITS ||
	    posix_memalign(&room, LINE,
			   ((size_t)most + 1) * sizeof(*stretch->items)) != 0)
		return false;
	stretch->items = room;
	if (!open_index(stretch))
		return false;
	for (; stretch->opened < STRETCH_RANGES; stretch->opened++)
		if (pthread_mutex_init(&stretch->locks[stretch->opened], NULL) != 0)
			return false;
	return true;
}

void stretch_close(struct stretch *stretch)
{
	for (unsigned i = 0; i < stretch->opened; i++)
		(void)pthread_mutex_destroy(&stretch->locks[i]);
	free(stretch->items);
	free(stretch->index);
	memset(stretch, 0, sizeof(*stretch));
}

/* ---- the index ---- */

static uint32_t slot_of(const struct stretch *stretch, uint64_t hash)
{
	return (uint32_t)hash & stretch->mask;
}

/* The bits of a hash that a slot has beside a place. */
static uint32_t mark_of(const struct stretch *stretch, uint64_t hash)
{
	return (uint32_t)(hash >> 32) & ~stretch->places;
}

/* The next slot from this one on that may be of this hash, or a free one. */
static uint32_t seek(const struct stretch *stretch, uint32_t slot, uint64_t hash)
{
	const uint32_t mark = mark_of(stretch, hash);

	while (stretch->index[slot] &&
	       (stretch->index[slot] & ~stretch->places) != mark)
		slot = (slot + 1) & stretch->mask;
	return slot;
}

/* First is as late as can be, and last as early. */
static void add(struct stretch *stretch, uint64_t number)
{
	const uint64_t hash = hash_u64(stretch->secret, number);
	uint32_t slot = slot_of(stretch, hash);

	while (stretch->index[slot])
		slot = (slot + 1) & stretch->mask;
	stretch->items[++stretch->count] = (struct stretch_item){
		.number = number, .first = ~STRETCH_ONES,
	};
	stretch->index[slot] = stretch->count | mark_of(stretch, hash);
}

bool stretch_fill(struct stretch *stretch, struct merge *victims)
{
	const struct victim *victim;

	memset(stretch->index, 0,
	       ((size_t)stretch->mask + 1) * sizeof(*stretch->index));
	stretch->count = 0;
	while (stretch->count < stretch->most && (victim = merge_next(victims)))
		add(stretch, victim->number);
	if (stretch->count) {
		stretch->low = stretch->items[1].number;
		stretch->high = stretch->items[stretch->count].number;
	}
	stretch->shift = 0;
	while (stretch->count >> stretch->shift >= STRETCH_RANGES)
		stretch->shift++;
	return !victims->failed;
}

/* ---- calls ---- */

/* The place of a number whose search has come to a slot. */
static uint32_t search(const struct stretch *stretch, uint32_t slot, uint64_t hash,
		       uint64_t number)
{
	uint32_t place;

	while ((place = stretch->index[slot] & stretch->places) != 0 &&
	       stretch->items[place].number != number)
		slot = seek(stretch, (slot + 1) & stretch->mask, hash);
	return place;
}

/* Numbers lie all over the memory: they are asked for together, so that the waits
 * for them overlap. */
static void find_some(const struct stretch *stretch, const int64_t *numbers,
		      const uint32_t *rows, uint32_t count, uint32_t *places)
{
	uint64_t hashes[FOUND];
	uint32_t slots[FOUND];

	for (uint32_t i = 0; i < count; i++) {
		hashes[i] = hash_u64(stretch->secret, (uint64_t)numbers[rows[i]]);
		slots[i] = slot_of(stretch, hashes[i]);
		__builtin_prefetch(&stretch->index[slots[i]]);
	}
	for (uint32_t i = 0; i < count; i++) {
		slots[i] = seek(stretch, slots[i], hashes[i]);
		__builtin_prefetch(&stretch->items[stretch->index[slots[i]] &
						   stretch->places]);
	}
	for (uint32_t i = 0; i < count; i++)
		places[i] = search(stretch, slots[i], hashes[i],
				   (uint64_t)numbers[rows[i]]);
}

void stretch_find(const struct stretch *stretch, const int64_t *numbers,
		  const uint32_t *rows, uint32_t count, uint32_t *places)
{
	for (uint32_t i = 0; i < count; i += FOUND)
		find_some(stretch, numbers, rows + i,
			  count - i < FOUND ? count - i : FOUND, places + i);
}

static int64_t second_of(uint64_t packed)
{
	return (int64_t)(packed >> STRETCH_CALLS) + STRETCH_BEGIN;
}

struct called stretch_called(const struct stretch *stretch, uint32_t place)
{
	const struct stretch_item *item = &stretch->items[place];
	const uint64_t upper = item->last & STRETCH_ONES;

	return (struct called){
		.span = { second_of(item->first), second_of(item->last) },
		.talk = item->talk,
		.calls = (uint32_t)(upper << STRETCH_CALLS |
				    (item->first & STRETCH_ONES)),
	};
}
