/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of few distinct values. */
#include "casefile/column_list.h"

#include <string.h>

#include "base/word.h"
#include "casefile/packing.h"

/* Values so near one another are looked up without hashing. */
#define NEAR 4096
#define SLOTS_LOG 11
#define SLOTS (1 << SLOTS_LOG)
/* Rows whose places are packed at once, and those looked at for new values. */
#define BLOCK 1024
#define GLANCE 64

/* The distinct values of a column, in order of first sight. */
struct few {
	const struct packing *packing;
	const int64_t *values;          /* of the column */
	uint32_t rows;
	size_t size;                    /* which the coded column must be below */
	int64_t least;
	uint32_t count;
	int64_t list[COLUMN_LIST_MOST];
	/* The place and 1 of a value, by what it has above least or, where values
	 * are far from one another, by the slot of its key. 0: none. */
	uint16_t places[NEAR];
	int64_t keys[SLOTS];
};

static size_t size_with(const struct few *few, uint32_t count)
{
	const struct column column = { .width = column_bits(count - 1),
				       .list = count, .rows = few->rows };

	return column_size(&column);
}

/* Puts a value on the list. False: then it is not shorter any more. */
static bool add(struct few *few, int64_t value, uint16_t *place)
{
	if (few->count == COLUMN_LIST_MOST ||
	    size_with(few, few->count + 1) >= few->size)
		return false;
	few->list[few->count] = value;
	*place = (uint16_t)++few->count;
	return true;
}

static bool gather_near(struct few *few, uint32_t from, uint32_t to)
{
	const int64_t *values = few->values;

	for (uint32_t i = from; i < to; i++) {
		uint16_t *place = &few->places[values[i] - few->least];

		if (!*place && !add(few, values[i], place))
			return false;
	}
	return true;
}

/* Where a bit a value will do: only rows among which is a new one are gone
 * through. */
static bool gather_nearest(struct few *few)
{
	uint64_t seen = 0;

	for (uint32_t i = 0; i < few->rows; i += GLANCE) {
		const uint32_t count = few->rows - i < GLANCE ? few->rows - i : GLANCE;
		const uint64_t present =
			few->packing->present(few->values + i, count, few->least);

		if ((present & ~seen) && !gather_near(few, i, i + count))
			return false;
		seen |= present;
	}
	return true;
}

/* The slot where a value is, or the free one where it would be. */
static inline size_t slot_of(const struct few *few, int64_t value)
{
	size_t slot = (size_t)((uint64_t)value * UINT64_C(0x9e3779b97f4a7c15) >>
			       (64 - SLOTS_LOG));

	while (few->places[slot] && few->keys[slot] != value)
		slot = (slot + 1) % SLOTS;
	return slot;
}

static bool gather_far(struct few *few)
{
	for (uint32_t i = 0; i < few->rows; i++) {
		const size_t slot = slot_of(few, few->values[i]);

		if (few->places[slot])
			continue;
		few->keys[slot] = few->values[i];
		if (!add(few, few->values[i], &few->places[slot]))
			return false;
	}
	return true;
}

static void find_near(const struct few *few, const int64_t *values,
		      uint32_t rows, int64_t *places)
{
	for (uint32_t i = 0; i < rows; i++)
		places[i] = few->places[values[i] - few->least];
}

static void find_far(const struct few *few, const int64_t *values, uint32_t rows,
		     int64_t *places)
{
	for (uint32_t i = 0; i < rows; i++)
		places[i] = few->places[slot_of(few, values[i])];
}

static void pack_places(const struct few *few, bool near, unsigned width,
			uint8_t *data)
{
	struct column block = { .base = 1, .unit = 1, .width = width };
	int64_t places[BLOCK];

	for (uint32_t i = 0; i < few->rows; i += block.rows) {
		block.rows = few->rows - i < BLOCK ? few->rows - i : BLOCK;
		if (near)
			find_near(few, few->values + i, block.rows, places);
		else
			find_far(few, few->values + i, block.rows, places);
		few->packing->pack(&block, places, data);
		data += packing_size(&block);
	}
}

/* False: too many for a list to be worth it. */
static bool gather(struct few *few, uint64_t range)
{
	memset(few->places, 0, sizeof(few->places));
	if (range < 64)
		return gather_nearest(few);
	return range < NEAR ? gather_near(few, 0, few->rows) : gather_far(few);
}

bool column_list_encode(struct column *column, const int64_t *values,
			const int64_t ends[2], uint8_t *data)
{
	const uint64_t range = (uint64_t)ends[1] - (uint64_t)ends[0];
	const struct column plain = { .width = column_bits(range),
				      .rows = column->rows };
	struct few few;

	few.packing = packing_fastest();
	few.values = values;
	few.rows = column->rows;
	few.size = column_size(&plain);
	few.least = ends[0];
	few.count = 0;
	if (range == 0 || size_with(&few, 2) >= few.size || !gather(&few, range))
		return false;
	column->list = few.count;
	column->width = column_bits(few.count - 1);
	for (uint32_t i = 0; i < few.count; i++, data += 8)
		word_store(data, (uint64_t)few.list[i]);
	pack_places(&few, range < NEAR, column->width, data);
	return true;
}
