/* SPDX-License-Identifier: Apache-2.0 */
/* Where the items of an array are, by hash, with open addressing. */
#include "base/table/hash_index.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 64

bool hash_index_grow(struct hash_index *index)
{
	const size_t old = index->slots ? index->mask + 1 : 0;
	struct hash_index wider = { secret_get(), NULL,
				old ? 2 * old - 1 : SLOTS_FIRST - 1,
				index->count };

	if (!wider.secret)
		return false;
	wider.slots = calloc(wider.mask + 1, sizeof(*wider.slots));
	if (!wider.slots)
		return false;
	for (size_t i = 0; i < old; i++) {
		const struct hash_index_slot from = index->slots[i];
		size_t slot = hash_index_begin(&wider, from.hash);

		if (!from.place)
			continue;
		while (wider.slots[slot].place)
			slot = hash_index_next(&wider, slot);
		wider.slots[slot] = from;
	}
	free(index->slots);
	*index = wider;
	return true;
}

void hash_index_empty(struct hash_index *index)
{
	if (index->slots)
		memset(index->slots, 0,
		       (index->mask + 1) * sizeof(*index->slots));
	index->count = 0;
}

void hash_index_release(struct hash_index *index)
{
	free(index->slots);
	memset(index, 0, sizeof(*index));
}
