/* SPDX-License-Identifier: Apache-2.0 */
/* Distinct counts: the pairs at hand, seen from other sides. */
#include "correlate/distinct.h"

static uint32_t see(const struct calls *calls, const struct people *people,
		    enum side side, uint32_t cell, uint32_t victim)
{
	const struct cell *from = &calls->cells[cell];

	switch (side) {
	case SIDE_ACCOUNT:
		return from->slot;
	case SIDE_PERSON:
		return people->persons_of[from->slot];
	case SIDE_PRESENTED:
		return from->presented;
	case SIDE_GROUP:
		return from->group;
	case SIDE_ORGANISATION:
		return calls->presented[from->presented].organisation;
	case SIDE_VICTIM:
		break;
	}
	return victim;
}

bool distinct_count(const struct calls *calls, const struct people *people,
		    enum side a, enum side b, size_t owners, uint32_t **counts)
{
	bool victims = a == SIDE_VICTIM || b == SIDE_VICTIM;
	struct pairs_cursor cursor = { &calls->long_pairs, 0 };
	struct pairs pairs = { 0 };
	uint32_t cell = 0;
	uint32_t victim = 0;
	bool counted;

	while (victims ? pairs_next(&cursor, &cell, &victim)
		       : cell < calls->cell_count) {
		uint32_t one = see(calls, people, a, cell, victim);
		uint32_t other = see(calls, people, b, cell, victim);

		if (one && other)
			pairs_add(&pairs, one, other);
		cell += !victims;
	}
	counted = pairs_count(&pairs, owners, counts);
	pairs_release(&pairs);
	return counted;
}
