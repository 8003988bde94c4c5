/* SPDX-License-Identifier: Apache-2.0 */
/* Where the items of an array are, by hash, with open addressing. */
#include "correlate/places.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 64

bool places_grow(struct places *places)
{
	const size_t old = places->slots ? places->mask + 1 : 0;
	struct places wider = { secret_get(), NULL,
				old ? 2 * old - 1 : SLOTS_FIRST - 1,
				places->count };

	if (!wider.secret)
		return false;
	wider.slots = calloc(wider.mask + 1, sizeof(*wider.slots));
	if (!wider.slots)
		return false;
	for (size_t i = 0; i < old; i++) {
		const struct places_slot from = places->slots[i];
		size_t slot = places_begin(&wider, from.hash);

		if (!from.place)
			continue;
		while (wider.slots[slot].place)
			slot = places_next(&wider, slot);
		wider.slots[slot] = from;
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
