/* SPDX-License-Identifier: Apache-2.0 */
/* Victims by person and what was shown. */
#include "correlate/shown.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "correlate/cells.h"

bool shown_open(struct shown *shown, size_t memory)
{
	memset(shown, 0, sizeof(*shown));
	shown->most = memory / (sizeof(*shown->items) + PLACES_SIZE);
	if (shown->most > UINT32_MAX)
		shown->most = UINT32_MAX;
	if (shown->most < 2 * SHOWN_WAITS)
		shown->most = 2 * SHOWN_WAITS;
	shown->items = calloc(1, sizeof(*shown->items));
	shown->count = shown->capacity = 1;
	return shown->items && places_room(&shown->places);
}

void shown_close(struct shown *shown)
{
	free(shown->items);
	places_release(&shown->places);
	memset(shown, 0, sizeof(*shown));
}

void shown_empty(struct shown *shown)
{
	shown->count = 1;
	shown->waiting = 0;
	places_empty(&shown->places);
}

/* The slot that has the count of one that waits, or the free one where it goes. */
static size_t seek(const struct shown *shown, const struct shown_wait *wait)
{
	const struct places *places = &shown->places;
	size_t at = places_seek(places, places_begin(places, wait->hash),
				wait->hash);
	uint32_t place;

	while ((place = places_at(places, at)) != 0) {
		const struct shown_count *item = &shown->items[place];

		if (item->shows == wait->shows && item->person == wait->person)
			break;
		at = places_seek(places, places_next(places, at), wait->hash);
	}
	return at;
}

static bool count_one(struct shown *shown, const struct shown_wait *wait)
{
	void *items = shown->items;
	size_t at;

	if (!places_room(&shown->places))
		return false;
	at = seek(shown, wait);
	if (!places_at(&shown->places, at)) {
		if (!memory_room_within(&items, &shown->capacity,
					shown->count + 1, shown->most,
					sizeof(*shown->items)))
			return false;
		shown->items = items;
		shown->items[shown->count] =
			(struct shown_count){ wait->shows, wait->person, 0 };
		places_set(&shown->places, at, wait->hash,
			   (uint32_t)shown->count++);
	}
	shown->items[places_at(&shown->places, at)].victims++;
	return true;
}

bool shown_settle(struct shown *shown)
{
	const struct places *places = &shown->places;
	bool good = true;

	for (unsigned i = 0; i < shown->waiting; i++) {
		const uint64_t hash = shown->waits[i].hash;
		const size_t at =
			places_seek(places, places_begin(places, hash), hash);

		__builtin_prefetch(&shown->items[places_at(places, at)]);
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
	wait->hash = cell_hash(&shown->places, shows, person);
	places_fetch(&shown->places, wait->hash);
	return shown->waiting < SHOWN_WAITS || shown_settle(shown);
}
