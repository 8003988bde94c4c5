/* SPDX-License-Identifier: Apache-2.0 */
/* Victims by person and what was shown. */
#include "correlate/victims/presented_victims.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "correlate/calls/usage.h"

bool shown_open(struct shown *shown, size_t memory)
{
	memset(shown, 0, sizeof(*shown));
	shown->most = memory / (sizeof(*shown->items) + HASH_INDEX_SIZE);
	if (shown->most > UINT32_MAX)
		shown->most = UINT32_MAX;
	if (shown->most < 2 * SHOWN_WAITS)
		shown->most = 2 * SHOWN_WAITS;
	shown->items = calloc(1, sizeof(*shown->items));
	shown->count = shown->capacity = 1;
	return shown->items && hash_index_room(&shown->index);
}

void shown_close(struct shown *shown)
{
	free(shown->items);
	hash_index_release(&shown->index);
	memset(shown, 0, sizeof(*shown));
}

void shown_empty(struct shown *shown)
{
	shown->count = 1;
	shown->waiting = 0;
	hash_index_empty(&shown->index);
}

/* The slot that has the count of one that waits, or the free one where it goes. */
static size_t seek(const struct shown *shown, const struct shown_wait *wait)
{
	const struct hash_index *index = &shown->index;
	size_t at = hash_index_seek(index, hash_index_begin(index, wait->hash),
				    wait->hash);
	uint32_t place;

	while ((place = hash_index_at(index, at)) != 0) {
		const struct shown_count *item = &shown->items[place];

		if (item->shows == wait->shows && item->person == wait->person)
			break;
		at = hash_index_seek(index, hash_index_next(index, at), wait->hash);
	}
	return at;
}

static bool count_one(struct shown *shown, const struct shown_wait *wait)
{
	void *items = shown->items;
	size_t at;

	if (!hash_index_room(&shown->index))
		return false;
	at = seek(shown, wait);
	if (!hash_index_at(&shown->index, at)) {
		if (!memory_room_within(&items, &shown->capacity,
					shown->count + 1, shown->most,
					sizeof(*shown->items)))
			return false;
		shown->items = items;
		shown->items[shown->count] =
			(struct shown_count){ wait->shows, wait->person, 0 };
		hash_index_set(&shown->index, at, wait->hash,
			       (uint32_t)shown->count++);
	}
	shown->items[hash_index_at(&shown->index, at)].victims++;
	return true;
}

bool shown_settle(struct shown *shown)
{
	const struct hash_index *index = &shown->index;
	bool good = true;

	for (unsigned i = 0; i < shown->waiting; i++) {
		const uint64_t hash = shown->waits[i].hash;
		const size_t at =
			hash_index_seek(index, hash_index_begin(index, hash), hash);

		__builtin_prefetch(&shown->items[hash_index_at(index, at)]);
	}
	for (unsigned i = 0; i < shown->waiting && good; i++)
		good = count_one(shown, &shown->waits[i]);
	shown->waiting = 0;
	return good;
}

bool shown_add(struct shown *shown, uint64_t shows, uint32_t person)
{
	struct shown_wait *wait = &shown->waits[shown->waiting++];

	wait->shows = shows;
	wait->person = person;
	wait->hash = cell_hash(&shown->index, shows, person);
	hash_index_fetch(&shown->index, wait->hash);
	return shown->waiting < SHOWN_WAITS || shown_settle(shown);
}
