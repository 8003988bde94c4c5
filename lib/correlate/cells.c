/* SPDX-License-Identifier: Apache-2.0 */
/* Calls added up by account and what it presented. */
#include "correlate/cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

size_t cells_size(void)
{
	return sizeof(struct cell) + PLACES_SIZE;
}

bool cells_open(struct cells *cells, size_t most)
{
	memset(cells, 0, sizeof(*cells));
	cells->items = calloc(1, sizeof(*cells->items));
	cells->count = cells->capacity = 1;
	cells->most = most < 2 ? 2 : most;
	if (cells->most > UINT32_MAX)
		cells->most = UINT32_MAX;
	return cells->items &&
	       places_room(&cells->places);
}

void cells_close(struct cells *cells)
{
	free(cells->items);
	places_release(&cells->places);
	memset(cells, 0, sizeof(*cells));
}

void cells_empty(struct cells *cells)
{
	cells->count = 1;
	places_empty(&cells->places);
}

static struct cell *add(struct cells *cells, uint32_t owner, uint64_t shows)
{
	static const struct cell none = { .called = SPAN_NONE };
	void *items = cells->items;
	struct cell *cell;

	if (!memory_room_within(&items, &cells->capacity, cells->count + 1,
				cells->most, sizeof(*cell)))
		return NULL;
	cells->items = items;
	cell = &cells->items[cells->count++];
	*cell = none;
	cell->shows = shows;
	cell->owner = owner;
	return cell;
}

struct cell *cells_at(struct cells *cells, uint32_t owner, uint64_t shows,
		      uint64_t hash)
{
	struct places *places = &cells->places;
	struct cell *cell;
	uint32_t place;
	size_t at;

	if (!places_room(places))
		return NULL;
	at = places_seek(places, places_begin(places, hash), hash);
	while ((place = places_at(places, at)) != 0) {
		if (cell_is(&cells->items[place], owner, shows))
			return &cells->items[place];
		at = places_seek(places, places_next(places, at), hash);
	}
	cell = add(cells, owner, shows);
	if (cell)
		places_set(places, at, hash, (uint32_t)(cell - cells->items));
	return cell;
}

bool cells_order(struct cells *cells, const struct showings *showings,
		 const struct people *people)
{
	for (size_t i = 1; i < cells->count; i++) {
		struct cell *cell = &cells->items[i];
		struct showing showing;

		if (!showing_of(showings, cell->shows, &showing))
			return false;
		cell->order = showing.order;
		cell->rank = showing.rank;
		cell->person = people->persons_of[cell->owner];
	}
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct cell *x = a;
	const struct cell *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->rank < y->rank
		       ? -1
		       : x->rank > y->rank;
}

static void combine(void *sum, const void *part)
{
	struct cell *to = sum;
	const struct cell *from = part;

	to->calls += from->calls;
	to->answered += from->answered;
	to->long_calls += from->long_calls;
	to->victims += from->victims;
	to->reading = reading_lower(to->reading, from->reading);
	span_add(&to->called, from->called.first, from->called.last);
	to->cost += from->cost;
}

const struct record_kind cell_kind = { sizeof(struct cell), compare, combine };

size_t cells_settle(struct cells *cells)
{
	return records_settle(&cell_kind, cells->items + 1, cells->count - 1);
}

struct cell *cells_take(struct cells *cells, size_t *count)
{
	struct cell *items = cells->items;

	*count = cells_settle(cells);
	memmove(items, items + 1, *count * sizeof(*items));
	cells->items = NULL;
	cells_close(cells);
	return items;
}
