/* SPDX-License-Identifier: Apache-2.0 */
/* Calls added up by account and what it presented. */
#include "correlate/calls/usage.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define LINE 64        /* bytes of the cache */
#define CELLS_FIRST 64

/* Room for half as many cells more, each a line. */
static bool grow(struct cells *cells)
{
	size_t wanted = cells->capacity + cells->capacity / 2;
	void *items;

	if (wanted < CELLS_FIRST)
		wanted = CELLS_FIRST;
	if (wanted > cells->most)
		wanted = cells->most;
	if (wanted > SIZE_MAX / sizeof(struct cell) ||
	    posix_memalign(&items, LINE, wanted * sizeof(struct cell)) != 0)
		return false;
	memcpy(items, cells->items, cells->count * sizeof(struct cell));
	free(cells->items);
	cells->items = items;
	cells->capacity = wanted;
	return true;
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
	       hash_index_room(&cells->index);
}

void cells_close(struct cells *cells)
{
	free(cells->items);
	hash_index_release(&cells->index);
	memset(cells, 0, sizeof(*cells));
}

void cells_empty(struct cells *cells)
{
	cells->count = 1;
	hash_index_empty(&cells->index);
}

static struct cell *add(struct cells *cells, uint32_t owner, uint64_t shows)
{
	static const struct cell none = { .called = PERIOD_NONE };
	struct cell *cell;

	if (cells->count == cells->capacity && !grow(cells))
		return NULL;
	cell = &cells->items[cells->count++];
	*cell = none;
	cell->shows = shows;
	cell->owner = owner;
	return cell;
}

struct cell *cells_at(struct cells *cells, uint32_t owner, uint64_t shows,
		      uint64_t hash)
{
	struct hash_index *index = &cells->index;
	struct cell *cell;
	uint32_t place;
	size_t at;

	if (!hash_index_room(index))
		return NULL;
	at = hash_index_seek(index, hash_index_begin(index, hash), hash);
	while ((place = hash_index_at(index, at)) != 0) {
		if (cell_is(&cells->items[place], owner, shows))
			return &cells->items[place];
		at = hash_index_seek(index, hash_index_next(index, at), hash);
	}
	cell = add(cells, owner, shows);
	if (cell)
		hash_index_set(index, at, hash, (uint32_t)(cell - cells->items));
	return cell;
}

static int compare(const void *a, const void *b)
{
	const struct ordered_cell *x = a;
	const struct ordered_cell *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->cell.owner != y->cell.owner)
		return x->cell.owner < y->cell.owner ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

void cell_add(struct cell *to, const struct cell *from)
{
	to->calls += from->calls;
	to->answered += from->answered;
	to->long_calls += from->long_calls;
	to->reading = reading_lower(to->reading, from->reading);
	period_add(&to->called, from->called.first, from->called.last);
	to->cost += from->cost;
}

static void combine(void *sum, const void *part)
{
	cell_add(&((struct ordered_cell *)sum)->cell,
		 &((const struct ordered_cell *)part)->cell);
}

const struct record_kind ordered_cell_kind = { sizeof(struct ordered_cell),
					       compare, combine };

struct ordered_cell *cells_order(const struct cells *cells,
				 const struct showings *showings,
				 const struct people *people, bool *missing)
{
	const size_t count = cells->count - 1;
	struct ordered_cell *all = memory_array(NULL, count, sizeof(*all));

	*missing = false;
	for (size_t i = 0; all && i < count; i++) {
		struct ordered_cell *to = &all[i];
		struct showing showing;

		to->cell = cells->items[i + 1];
		*missing |= !showing_of(showings, to->cell.shows, &showing);
		to->order = showing.order;
		to->rank = showing.rank;
		to->cell.owner = people->slots[to->cell.owner];
		to->person = people->persons_of[to->cell.owner];
	}
	/* Cells are distinct, and stay so in order. */
	if (all && count)
		qsort(all, count, sizeof(*all), compare);
	if (!*missing)
		return all;
	free(all);
	return NULL;
}
