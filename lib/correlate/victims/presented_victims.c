/* SPDX-License-Identifier: Apache-2.0 */
/* Victims by person and what was presented. */
#include "correlate/victims/presented_victims.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "correlate/calls/usage.h"

bool presented_victims_open(struct presented_victims *counts, size_t memory)
{
	memset(counts, 0, sizeof(*counts));
	counts->most = memory / (sizeof(*counts->items) + HASH_INDEX_SIZE);
	if (counts->most > UINT32_MAX)
		counts->most = UINT32_MAX;
	if (counts->most < 2 * PRESENTED_WAITS)
		counts->most = 2 * PRESENTED_WAITS;
	counts->items = calloc(1, sizeof(*counts->items));
	counts->count = counts->capacity = 1;
	return counts->items && hash_index_room(&counts->index);
}

void presented_victims_close(struct presented_victims *counts)
{
	free(counts->items);
	hash_index_release(&counts->index);
	memset(counts, 0, sizeof(*counts));
}

void presented_victims_empty(struct presented_victims *counts)
{
	counts->count = 1;
	counts->waiting = 0;
	hash_index_empty(&counts->index);
}

/* The slot that has the count of one that waits, or the free one where it goes. */
static size_t seek(const struct presented_victims *counts, const struct presented_wait *wait)
{
	const struct hash_index *index = &counts->index;
	size_t at = hash_index_seek(index, hash_index_begin(index, wait->hash),
				    wait->hash);
	uint32_t place;

	while ((place = hash_index_at(index, at)) != 0) {
		const struct presented_count *item = &counts->items[place];

		if (item->presented_key == wait->presented_key && item->person == wait->person)
			break;
		at = hash_index_seek(index, hash_index_next(index, at), wait->hash);
	}
	return at;
}

static bool count_one(struct presented_victims *counts, const struct presented_wait *wait)
{
	void *items = counts->items;
	size_t at;

	if (!hash_index_room(&counts->index))
		return false;
	at = seek(counts, wait);
	if (!hash_index_at(&counts->index, at)) {
		if (!memory_room_within(&items, &counts->capacity,
					counts->count + 1, counts->most,
					sizeof(*counts->items)))
			return false;
		counts->items = items;
		counts->items[counts->count] =
			(struct presented_count){ wait->presented_key, wait->person, 0 };
		hash_index_set(&counts->index, at, wait->hash,
			       (uint32_t)counts->count++);
	}
	counts->items[hash_index_at(&counts->index, at)].victims++;
	return true;
}

bool presented_victims_settle(struct presented_victims *counts)
{
	const struct hash_index *index = &counts->index;
	bool good = true;

	for (unsigned i = 0; i < counts->waiting; i++) {
		const uint64_t hash = counts->waits[i].hash;
		const size_t at =
			hash_index_seek(index, hash_index_begin(index, hash), hash);

		__builtin_prefetch(&counts->items[hash_index_at(index, at)]);
	}
	for (unsigned i = 0; i < counts->waiting && good; i++)
		good = count_one(counts, &counts->waits[i]);
	counts->waiting = 0;
	return good;
}

bool presented_victims_add(struct presented_victims *counts, uint64_t presented_key, uint32_t person)
{
	struct presented_wait *wait = &counts->waits[counts->waiting++];

	wait->presented_key = presented_key;
	wait->person = person;
	wait->hash = usage_hash(&counts->index, presented_key, person);
	hash_index_fetch(&counts->index, wait->hash);
	return counts->waiting < PRESENTED_WAITS || presented_victims_settle(counts);
}
