/* SPDX-License-Identifier: Apache-2.0 */
/* Distinct pairs of small integers, kept in memory, sorted. */
#include "base/table/pair_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/radix.h"

#define PAIRS_FIRST 4096

void pair_set_release(struct pair_set *pairs)
{
	free(pairs->items);
	memset(pairs, 0, sizeof(*pairs));
}

bool pair_set_settle(struct pair_set *pairs)
{
	size_t kept = 0;

	if (pairs->failed || !radix_sort(pairs->items, pairs->count)) {
		pairs->failed = true;
		return false;
	}
	for (size_t i = 0; i < pairs->count; i++)
		if (i == 0 || pairs->items[i] != pairs->items[i - 1])
			pairs->items[kept++] = pairs->items[i];
	pairs->count = kept;
	return true;
}

/* A full room is settled first, and grows only when that gave little. */
static bool make_room(struct pair_set *pairs)
{
	void *items = pairs->items;

	if (pairs->count && !pair_set_settle(pairs))
		return false;
	if (pairs->count < pairs->capacity / 2)
		return true;
	items = pairs->items;
	if (!memory_room(&items, &pairs->capacity,
			 pairs->capacity ? 2 * pairs->capacity : PAIRS_FIRST,
			 sizeof(*pairs->items))) {
		pairs->failed = true;
		return false;
	}
	pairs->items = items;
	return true;
}

void pair_set_add(struct pair_set *pairs, uint32_t a, uint32_t b)
{
	if (pairs->failed)
		return;
	if (pairs->count == pairs->capacity && !make_room(pairs))
		return;
	pairs->items[pairs->count++] = (uint64_t)a << 32 | b;
}

bool pair_set_next(struct pair_set_cursor *cursor, uint32_t *a, uint32_t *b)
{
	uint64_t item;

	if (cursor->next >= cursor->pairs->count)
		return false;
	item = cursor->pairs->items[cursor->next++];
	*a = (uint32_t)(item >> 32);
	*b = (uint32_t)item;
	return true;
}

bool pair_set_next_of(struct pair_set_cursor *cursor, uint32_t a, uint32_t *b)
{
	const struct pair_set *pairs = cursor->pairs;

	while (cursor->next < pairs->count &&
	       pairs->items[cursor->next] >> 32 < a)
		cursor->next++;
	if (cursor->next == pairs->count ||
	    pairs->items[cursor->next] >> 32 != a)
		return false;
	*b = (uint32_t)pairs->items[cursor->next++];
	return true;
}
