/* SPDX-License-Identifier: Apache-2.0 */
/* Distinct numbers with marks, in tables with open addressing. */
#include "base/table/number_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/table/dictionary.h"

#define SLOTS_FIRST 256    /* twice NUMBER_SET_HELD and more */
#define ALL_MARKS ((UINT64_C(1) << NUMBER_SET_MARKS) - 1)

bool number_set_open(struct number_set *marked)
{
	memset(marked, 0, sizeof(*marked));
	marked->secret = secret_get();
	if (!marked->secret)
		return false;
	for (; marked->opened < NUMBER_SET_PARTS; marked->opened++) {
		struct number_set_part *part = &marked->parts[marked->opened];

		part->slots = calloc(SLOTS_FIRST, sizeof(*part->slots));
		part->mask = SLOTS_FIRST - 1;
		part->secret = marked->secret;
		if (!part->slots || pthread_mutex_init(&part->lock, NULL) != 0) {
			free(part->slots);
			return false;
		}
	}
	return true;
}

void number_set_close(struct number_set *marked)
{
	for (unsigned i = 0; i < marked->opened; i++) {
		(void)pthread_mutex_destroy(&marked->parts[i].lock);
		free(marked->parts[i].slots);
	}
	marked->opened = 0;
}

static size_t slot_of(const struct number_set_part *part, uint64_t item)
{
	return (size_t)hash_u64(part->secret, item >> NUMBER_SET_MARKS) & part->mask;
}

/* The slot of an item's number, or the free one where it goes. */
static uint64_t *seek(const struct number_set_part *part, uint64_t item)
{
	size_t slot = slot_of(part, item);

	while (part->slots[slot] &&
	       (part->slots[slot] ^ item) >> NUMBER_SET_MARKS != 0)
		slot = (slot + 1) & part->mask;
	return &part->slots[slot];
}

static bool grow(struct number_set_part *part)
{
	struct number_set_part wider = { .secret = part->secret,
				     .mask = 2 * part->mask + 1 };

	wider.slots = calloc(wider.mask + 1, sizeof(*wider.slots));
	if (!wider.slots)
		return false;
	for (size_t i = 0; i <= part->mask; i++)
		if (part->slots[i])
			*seek(&wider, part->slots[i]) = part->slots[i];
	free(part->slots);
	part->slots = wider.slots;
	part->mask = wider.mask;
	return true;
}

/* The slots are asked for together, so that the waits for them overlap. */
static bool add_all(struct number_set_part *part, const uint64_t *items, size_t count)
{
	if (part->count + count > part->mask - part->mask / 4 && !grow(part))
		return false;
	for (size_t i = 0; i < count; i++)
		__builtin_prefetch(&part->slots[slot_of(part, items[i])]);
	for (size_t i = 0; i < count; i++) {
		uint64_t *slot = seek(part, items[i]);

		part->count += *slot == 0;
		*slot |= items[i];
	}
	return true;
}

static bool hand_over(struct number_set *marked, struct number_set_held *held,
		      unsigned number)
{
	struct number_set_part *part = &marked->parts[number];
	bool good;

	(void)pthread_mutex_lock(&part->lock);
	good = add_all(part, held->items[number], held->counts[number]);
	(void)pthread_mutex_unlock(&part->lock);
	held->counts[number] = 0;
	return good;
}

bool number_set_add(struct number_set *marked, struct number_set_held *held,
		 uint64_t number, unsigned marks)
{
	const unsigned part =
		(unsigned)(hash_u64(marked->secret, number) >> (64 - NUMBER_SET_BITS));

	held->items[part][held->counts[part]++] = number << NUMBER_SET_MARKS | marks;
	return held->counts[part] < NUMBER_SET_HELD || hand_over(marked, held, part);
}

bool number_set_flush(struct number_set *marked, struct number_set_held *held)
{
	bool good = true;

	for (unsigned i = 0; i < NUMBER_SET_PARTS; i++)
		good &= hand_over(marked, held, i);
	return good;
}

uint64_t number_set_count(const struct number_set *marked, unsigned marks)
{
	uint64_t count = 0;

	for (unsigned i = 0; i < marked->opened; i++) {
		const struct number_set_part *part = &marked->parts[i];

		for (size_t k = 0; k <= part->mask; k++)
			count += (part->slots[k] & ALL_MARKS & marks) != 0;
	}
	return count;
}

unsigned number_set_marks(const struct number_set *marked, uint64_t number)
{
	const uint64_t part = hash_u64(marked->secret, number) >> (64 - NUMBER_SET_BITS);

	return (unsigned)(*seek(&marked->parts[part], number << NUMBER_SET_MARKS) & ALL_MARKS);
}
