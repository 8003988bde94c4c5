/* SPDX-License-Identifier: Apache-2.0 */
/* Where the items of an array are, by hash, with open addressing. */
#include "correlate/places.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 64

bool places_room(struct places *places, const void *items,
		 uint64_t (*hash)(const void *items, uint32_t place))
{
	const size_t old = places->slots ? places->mask + 1 : 0;
	struct places wider = { NULL, old ? 2 * old - 1 : SLOTS_FIRST - 1,
				places->count };

	if (places->count < old / 2)
		return true;
	wider.slots = calloc(wider.mask + 1, sizeof(*wider.slots));
	if (!wider.slots)
		return false;
	for (size_t i = 0; i < old; i++) {
		size_t slot;

		if (!places->slots[i])
			continue;
		slot = places_begin(&wider, hash(items, places->slots[i]));
		while (wider.slots[slot])
			slot = places_next(&wider, slot);
		wider.slots[slot] = places->slots[i];
	}
	free(places->slots);
	*places = wider;
	return true;
}

void places_empty(struct places *places)
{
	if (places->slots)
		memset(places->slots, 0,
		       (places->mask + 1) * sizeof(*places->slots));
	places->count = 0;
}

void places_release(struct places *places)
{
	free(places->slots);
	memset(places, 0, sizeof(*places));
}
