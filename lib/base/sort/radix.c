/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting by digit after digit, the least significant first. */
#include "base/sort/radix.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BITS 11
#define DIGITS (1u << BITS)

static size_t digit_of(uint64_t value, unsigned shift)
{
	return (size_t)(value >> shift) & (DIGITS - 1);
}

/* Puts values in the order of one digit; equals stay as they are. False: all
 * have the same, and nothing was put. */
static bool put(const uint64_t *from, size_t count, unsigned shift, uint64_t *to)
{
	size_t places[DIGITS] = { 0 };
	size_t sum = 0;

	for (size_t i = 0; i < count; i++)
		places[digit_of(from[i], shift)]++;
	if (places[digit_of(from[0], shift)] == count)
		return false;
	for (size_t digit = 0; digit < DIGITS; digit++) {
		const size_t here = places[digit];

		places[digit] = sum;
		sum += here;
	}
	for (size_t i = 0; i < count; i++)
		to[places[digit_of(from[i], shift)]++] = from[i];
	return true;
}

bool radix_sort(uint64_t *values, size_t count)
{
	return radix_sort_from(values, count, 0);
}

void radix_sort_in(uint64_t *values, uint64_t *room, size_t count, unsigned first)
{
	uint64_t *from = values, *to = room;

	for (unsigned shift = first; count > 1 && shift < 64; shift += BITS) {
		uint64_t *swap = from;

		if (!put(from, count, shift, to))
			continue;
		from = to;
		to = swap;
	}
	if (from != values)
		memcpy(values, from, count * sizeof(*values));
}

bool radix_sort_from(uint64_t *values, size_t count, unsigned first)
{
	uint64_t *room;

	if (count < 2)
		return true;
	room = memory_array(NULL, count, sizeof(*room));
	if (!room)
		return false;
	radix_sort_in(values, room, count, first);
	free(room);
	return true;
}
