/* SPDX-License-Identifier: Apache-2.0 */
/* The ranges of what was understood of calls. */
#include "correlate/calls/call_check.h"

/* The years 0000 to 9999 and some more, in milliseconds. */
#define START_LEAST INT64_C(-100000000000000)
#define START_MOST INT64_C(300000000000000)

/* The least and greatest value that a column may hold. */
static const struct range {
	int64_t low, most;
} ranges[READ_COLUMNS] = {
	[READ_ACCOUNT] = { 0, UINT32_MAX - 1 },
	[READ_STARTED] = { START_LEAST, START_MOST },
	[READ_TALK] = { 0, INT64_MAX / 2 },
	[READ_PRESENTED] = { 0, NUMBER_MOST },
	[READ_PRESENTED_READING] = { 0, UINT32_MAX - 1 },
	[READ_SHOWN] = { 0, INT64_MAX / 2 },
	[READ_DIALLED] = { 0, NUMBER_MOST },
	[READ_DIALLED_READING] = { 0, UINT32_MAX - 1 },
	[READ_COST] = { 0, COST_LIMIT - 1 },
	[READ_FLAGS] = { 0, INT64_MAX / 2 },
	[READ_TWIN] = { 0, INT64_MAX },
	[READ_COST_UNIT] = { 0, COST_UNIT_MOST },
};

/* All bits of the values together: none is more than that. */
static uint64_t bits_of(const int64_t *values, uint32_t count)
{
	uint64_t bits = 0;
	uint32_t i = 0;

	for (; i + 4 <= count; i += 4)
		bits |= (uint64_t)values[i] | (uint64_t)values[i + 1] |
			(uint64_t)values[i + 2] | (uint64_t)values[i + 3];
	for (; i < count; i++)
		bits |= (uint64_t)values[i];
	return bits;
}

/* No range begins above 0, so that the bits of a column are mostly enough. */
static bool sound(const int64_t *values, uint32_t count, const struct range *range)
{
	bool good = true;

	if (bits_of(values, count) <= (uint64_t)range->most)
		return true;
	for (uint32_t i = 0; i < count; i++)
		good &= values[i] >= range->low && values[i] <= range->most;
	return good;
}

bool call_check(const struct segment *segment, uint32_t from, uint32_t count)
{
	bool good = true;

	for (unsigned c = 0; c < READ_COLUMNS; c++)
		if (segment->understood[c])
			good &= sound(segment->understood[c] + from, count,
				      &ranges[c]);
	return good;
}
