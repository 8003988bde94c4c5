/* SPDX-License-Identifier: Apache-2.0 */
/* The cells and victims of struct calls. */
#include "correlate/cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Adds one item to a growing array; NULL: out of memory. Places fit 32 bits
 * because the rows do. */
static void *grow(void **items, size_t *count, size_t *capacity, size_t size)
{
	if (!memory_room(items, capacity, *count + 1, size))
		return NULL;
	return (char *)*items + (*count)++ * size;
}

uint64_t cell_hash(uint64_t shows, uint32_t slot)
{
	return hash_u64(shows + slot * UINT64_C(0x9e3779b97f4a7c15));
}

static uint64_t hash_of_cell(const void *items, uint32_t place)
{
	const struct cell *cell = (const struct cell *)items + place;

	return cell_hash(cell->shows, cell->slot);
}

static uint64_t hash_of_victim(const void *items, uint32_t place)
{
	return hash_u64(((const struct victim *)items)[place].number);
}

/* The place of what a cell shows; 0: unknown. False: out of memory. */
static bool presented_place(struct calls *calls, uint64_t shows, uint32_t *out)
{
	void *items = calls->presented;
	const struct listing *listing;
	struct presented *presented;
	bool added = false;
	uint64_t *place = NULL;

	*out = 0;
	if (!shows)
		return true;
	place = map64_add(&calls->presented_places, shows, &added);
	if (place && added) {
		presented = grow(&items, &calls->presented_count,
				 &calls->presented_capacity, sizeof(*presented));
		if (!presented)
			return false;
		calls->presented = items;
		*place = calls->presented_count - 1;
		memset(presented, 0, sizeof(*presented));
		if (shows & 1)
			presented->shown = (int64_t)(shows >> 1);
		else
			presented->number = shows >> 1;
		listing = presented->number ? directory_find(calls->directory,
							     presented->number)
					    : NULL;
		presented->organisation = listing ? listing->organisation : 0;
		presented->sector = listing ? listing->sector : 0;
	}
	*out = place ? (uint32_t)*place : 0;
	return place != NULL;
}

/* A new cell; NULL: out of memory. */
static struct cell *add_cell(struct calls *calls, uint32_t slot, uint64_t shows)
{
	static const struct cell none = { .called = SPAN_NONE };
	void *items = calls->cells;
	struct cell *cell;
	uint32_t presented;

	if (!presented_place(calls, shows, &presented))
		return NULL;
	cell = grow(&items, &calls->cell_count, &calls->cell_capacity,
		    sizeof(*cell));
	if (!cell)
		return NULL;
	calls->cells = items;
	*cell = none;
	cell->shows = shows;
	cell->slot = slot;
	cell->presented = presented;
	return cell;
}

struct cell *calls_cell(struct calls *calls, uint32_t slot, uint64_t shows)
{
	struct places *places = &calls->cell_places;
	struct cell *cell;
	uint32_t place;
	size_t at;

	if (!places_room(places, calls->cells, hash_of_cell))
		return NULL;
	at = places_begin(places, cell_hash(shows, slot));
	for (; (place = places_at(places, at)) != 0;
	     at = places_next(places, at)) {
		cell = &calls->cells[place];
		if (cell->shows == shows && cell->slot == slot)
			return cell;
	}
	cell = add_cell(calls, slot, shows);
	if (cell)
		places_set(places, at, (uint32_t)(cell - calls->cells));
	return cell;
}

uint32_t calls_victim(const struct calls *calls, uint64_t number)
{
	const struct places *places = &calls->victim_places;
	size_t at = places_begin(places, hash_u64(number));
	uint32_t place;

	while ((place = places_at(places, at)) != 0 &&
	       calls->victims[place].number != number)
		at = places_next(places, at);
	return place;
}

struct victim *calls_add_victim(struct calls *calls, uint64_t number,
				int64_t reading)
{
	static const struct victim none = { .called = SPAN_NONE };
	struct places *places = &calls->victim_places;
	void *items = calls->victims;
	struct victim *victim;
	uint32_t place;
	size_t at;

	if (!places_room(places, calls->victims, hash_of_victim))
		return NULL;
	at = places_begin(places, hash_u64(number));
	for (; (place = places_at(places, at)) != 0;
	     at = places_next(places, at))
		if (calls->victims[place].number == number)
			return &calls->victims[place];
	victim = grow(&items, &calls->victim_count, &calls->victim_capacity,
		      sizeof(*victim));
	if (!victim)
		return NULL;
	calls->victims = items;
	places_set(places, at, (uint32_t)calls->victim_count - 1);
	*victim = none;
	victim->number = number;
	victim->reading = reading;
	return victim;
}

bool calls_begin(struct calls *calls)
{
	static const struct span never = SPAN_NONE;

	calls->presented = calloc(1, sizeof(*calls->presented));
	calls->cells = calloc(1, sizeof(*calls->cells));
	calls->victims = calloc(1, sizeof(*calls->victims));
	calls->presented_count = calls->presented_capacity = 1;
	calls->cell_count = calls->cell_capacity = 1;
	calls->victim_count = calls->victim_capacity = 1;
	if (calls->cells)
		calls->cells->called = never;
	return calls->presented && calls->cells && calls->victims &&
	       places_room(&calls->cell_places, calls->cells, hash_of_cell) &&
	       places_room(&calls->victim_places, calls->victims,
			   hash_of_victim);
}
