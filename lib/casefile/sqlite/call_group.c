/* SPDX-License-Identifier: Apache-2.0 */
/* Calls in the order of one of their columns. They are read again for each part of its values,
 * which takes less than keeping all of them in order. */
#include "casefile/sqlite/call_group.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/radix.h"

/* Places of held rows in the words they are sorted by; the key has the bits above. */
#define PLACE_BITS 24
#define PLACE_MASK ((UINT64_C(1) << PLACE_BITS) - 1)
#define KEY_BITS (64 - PLACE_BITS)

/* Parts that a range is cut into at most. */
#define PARTS 65536

static enum status no_memory(const struct call_group *group)
{
	return error_memory(&group->ahead->casefile->error);
}

void call_group_release(struct call_group *group)
{
	free(group->ranges);
	for (size_t c = 0; c < READ_COLUMNS; c++)
		free(group->columns[c]);
	free(group->spare);
	free(group->order);
	memset(group, 0, sizeof(*group));
}

/* ---- ranges ---- */

/* Asks for the rows of a range, and of some of their columns. */
static void ask_for(struct call_group *group, const struct call_range *range, uint64_t columns)
{
	struct call_ask ask = group->ask;

	ask.understood = columns;
	ask.conditions[ask.count++] = (struct call_condition){ .column = group->key, .low = range->low,
							       .high = range->high, .mask = range->mask };
	call_ahead_start(group->ahead, &ask);
}

static bool push(struct call_group *group, int64_t low, int64_t high, uint64_t rows)
{
	void *ranges = group->ranges;

	if (rows == 0)
		return true;
	if (!memory_room(&ranges, &group->capacity, group->count + 1, sizeof(*group->ranges)))
		return false;
	group->ranges = ranges;
	group->ranges[group->count++] = (struct call_range){ .low = low, .high = high, .rows = rows };
	return true;
}

/* The least and the greatest key of all, and how many rows there are. */
static enum status measure(struct call_group *group, struct call_range *range)
{
	const struct call_rows *rows;
	enum status status;

	*range = (struct call_range){ .low = INT64_MIN, .high = INT64_MAX };
	ask_for(group, range, SEGMENT_COLUMN(group->key));
	range->low = INT64_MAX;
	range->high = INT64_MIN;
	while ((status = call_ahead_next(group->ahead, &rows)) == STATUS_OK) {
		const int64_t *keys = rows->segment.understood[group->key];

		for (uint32_t i = 0; i < rows->segment.rows; i++) {
			range->low = keys[i] < range->low ? keys[i] : range->low;
			range->high = keys[i] > range->high ? keys[i] : range->high;
		}
		range->rows += rows->segment.rows;
	}
	return status == STATUS_END ? STATUS_OK : status;
}

static unsigned shift_of(const struct call_range *range)
{
	const uint64_t span = (uint64_t)range->high - (uint64_t)range->low;
	unsigned shift = 0;

	while (span >> shift >= PARTS)
		shift++;
	return shift;
}

/* How many rows each part of a range has. */
static enum status count_parts(struct call_group *group, const struct call_range *range, uint64_t *counts)
{
	const unsigned shift = shift_of(range);
	const struct call_rows *rows;
	enum status status;

	ask_for(group, range, SEGMENT_COLUMN(group->key));
	while ((status = call_ahead_next(group->ahead, &rows)) == STATUS_OK) {
		const int64_t *keys = rows->segment.understood[group->key];

		for (uint32_t i = 0; i < rows->segment.rows; i++)
			counts[((uint64_t)keys[i] - (uint64_t)range->low) >> shift]++;
	}
	return status == STATUS_END ? STATUS_OK : status;
}

/* The last value of a part of a range. */
static int64_t part_end(const struct call_range *range, uint64_t part)
{
	const uint64_t span = (uint64_t)range->high - (uint64_t)range->low;
	const uint64_t end = ((part + 1) << shift_of(range)) - 1;

	return (int64_t)((uint64_t)range->low + (end < span ? end : span));
}

/* Puts the parts of a range in its place, as many together as can be held; the last ones
 * first. */
static bool push_parts(struct call_group *group, const struct call_range *range, const uint64_t *counts)
{
	const uint64_t parts = (((uint64_t)range->high - (uint64_t)range->low) >> shift_of(range)) + 1;
	uint64_t last = parts - 1, rows = counts[last];

	for (uint64_t part = parts - 1; part > 0; part--) {
		if (rows + counts[part - 1] <= group->most) {
			rows += counts[part - 1];
			continue;
		}
		if (!push(group, (int64_t)((uint64_t)part_end(range, part - 1) + 1), part_end(range, last), rows))
			return false;
		last = part - 1;
		rows = counts[last];
	}
	return push(group, range->low, part_end(range, last), rows);
}

static enum status split(struct call_group *group, const struct call_range *range)
{
	uint64_t *counts = calloc(PARTS, sizeof(*counts));
	enum status status = counts ? count_parts(group, range, counts) : no_memory(group);

	if (status == STATUS_OK && !push_parts(group, range, counts))
		status = no_memory(group);
	free(counts);
	return status;
}

/* ---- rows that are held ---- */

static bool wants(const struct call_group *group, size_t c)
{
	return group->ask.understood >> c & 1;
}

static bool make_room(struct call_group *group, uint64_t rows)
{
	bool good = true;

	if (group->held >= rows)
		return true;
	free(group->spare);
	free(group->order);
	group->spare = memory_array(NULL, rows, sizeof(*group->spare));
	group->order = memory_array(NULL, rows, sizeof(*group->order));
	for (size_t c = 0; c < READ_COLUMNS; c++) {
		free(group->columns[c]);
		group->columns[c] = wants(group, c) ? memory_array(NULL, rows, sizeof(**group->columns)) : NULL;
		good = good && (group->columns[c] || !wants(group, c));
	}
	good = good && group->spare && group->order;
	group->held = good ? rows : 0;
	return good;
}

/* STATUS_INTEGRITY: there are other rows than were counted, so that the case changes. */
static enum status collect(struct call_group *group, const struct call_range *range)
{
	const struct call_rows *rows;
	uint64_t count = 0;
	enum status status;

	ask_for(group, range, group->ask.understood);
	while ((status = call_ahead_next(group->ahead, &rows)) == STATUS_OK) {
		const uint32_t more = rows->segment.rows;

		if (more > range->rows - count)
			break;
		for (size_t c = 0; c < READ_COLUMNS; c++)
			if (wants(group, c))
				memcpy(group->columns[c] + count, rows->segment.understood[c],
				       more * sizeof(**group->columns));
		count += more;
	}
	if (status != STATUS_OK && status != STATUS_END)
		return status;
	return count == range->rows && status == STATUS_END
		       ? STATUS_OK
		       : error_set(&group->ahead->casefile->error, STATUS_INTEGRITY, "call: its segments change while they are read");
}

static void put_column(struct call_group *group, size_t c, size_t count)
{
	int64_t *from = group->columns[c], *to = group->spare;

	for (size_t i = 0; i < count; i++)
		to[i] = from[group->order[i] & PLACE_MASK];
	group->columns[c] = to;
	group->spare = from;
}

/* Puts the places in the order of the keys: by their lower bits, and where there are more than
 * fit beside a place, by the upper ones. False: no memory. */
static bool sort(struct call_group *group, const struct call_range *range)
{
	const int64_t *keys = group->columns[group->key];
	const uint64_t low = (uint64_t)range->low, rows = range->rows;
	uint64_t *order = group->order;

	for (size_t i = 0; i < rows; i++)
		order[i] = ((uint64_t)keys[i] - low) << PLACE_BITS | i;
	if (!radix_sort_from(order, rows, PLACE_BITS))
		return false;
	if (((uint64_t)range->high - low) >> KEY_BITS == 0)
		return true;
	for (size_t i = 0; i < rows; i++) {
		const uint64_t place = order[i] & PLACE_MASK;

		order[i] = ((uint64_t)keys[place] - low) >> KEY_BITS << PLACE_BITS | place;
	}
	return radix_sort_from(order, rows, PLACE_BITS);
}

/* The rows of a range, sorted. */
static enum status hold(struct call_group *group, const struct call_range *range)
{
	enum status status = make_room(group, range->rows) ? collect(group, range) : no_memory(group);

	if (status == STATUS_OK && !sort(group, range))
		status = no_memory(group);
	if (status != STATUS_OK)
		return status;
	memset(&group->rows.segment, 0, sizeof(group->rows.segment));
	group->rows.segment.rows = (uint32_t)range->rows;
	for (size_t c = 0; c < READ_COLUMNS; c++) {
		if (!wants(group, c))
			continue;
		put_column(group, c, range->rows);
		group->rows.segment.understood[c] = group->columns[c];
	}
	return STATUS_OK;
}

/* ---- giving ---- */

static bool can_hold(const struct call_group *group, const struct call_range *range)
{
	return range->rows <= group->most && !range->mask;
}

/* The next range: given, begun to be given, or cut up. */
static enum status take_range(struct call_group *group)
{
	const struct call_range range = group->ranges[--group->count];

	group->rows.segment.rows = 0;
	if (can_hold(group, &range))
		return hold(group, &range);
	if (!range.mask && range.low < range.high)
		return split(group, &range);
	group->streaming = true;
	ask_for(group, &range, group->ask.understood);
	return STATUS_OK;
}

enum status call_group_next(struct call_group *group, const struct call_rows **rows)
{
	for (;;) {
		enum status status = STATUS_END;

		if (group->streaming)
			status = call_ahead_next(group->ahead, rows);
		if (status != STATUS_END)
			return status;
		group->streaming = false;
		if (group->count == 0)
			return STATUS_END;
		status = take_range(group);
		*rows = &group->rows;
		if (status != STATUS_OK || group->rows.segment.rows > 0)
			return status;
	}
}

static void begin(struct call_group *group, struct call_ahead *ahead, const struct call_ask *ask,
		  enum understood_column key)
{
	const uint64_t before = group->ask.understood;

	group->ahead = ahead;
	group->ask = *ask;
	group->ask.understood |= SEGMENT_COLUMN(key);
	if (group->ask.understood != before)
		group->held = 0;
	group->key = key;
	group->count = 0;
	group->streaming = false;
}

enum status call_group_start(struct call_group *group, struct call_ahead *ahead, const struct call_ask *ask,
			     enum understood_column key, uint64_t words)
{
	struct call_range all;
	enum status status;

	begin(group, ahead, ask, key);
	/* Those that are held, the order twice, and a column that is being put in order. */
	group->most = words / ((unsigned)__builtin_popcountll(group->ask.understood) + 3);
	if (group->most > UINT64_C(1) << PLACE_BITS)
		group->most = UINT64_C(1) << PLACE_BITS;
	status = measure(group, &all);
	if (status == STATUS_OK && !push(group, all.low, all.high, all.rows))
		status = no_memory(group);
	return status;
}

enum status call_group_start_answered(struct call_group *group, struct call_ahead *ahead,
				      const struct call_ask *ask)
{
	static const int64_t groups[][2] = {    /* mask and value, the last one first */
		{ CALL_FLAG_UNREAD | CALL_FLAG_ANSWERED, CALL_FLAG_ANSWERED },
		{ CALL_FLAG_UNREAD | CALL_FLAG_ANSWERED, 0 },
		{ CALL_FLAG_UNREAD, CALL_FLAG_UNREAD },
	};

	begin(group, ahead, ask, READ_FLAGS);
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (!push(group, groups[i][1], groups[i][1], 1))
			return no_memory(group);
		group->ranges[group->count - 1].mask = groups[i][0];
	}
	return STATUS_OK;
}
