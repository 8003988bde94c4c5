/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of few distinct values. */
#include "casefile/column/column_list.h"

#include <string.h>

#include "base/table/secret.h"
#include "base/word.h"
#include "casefile/column/packing.h"

/* Values so near one another are looked up without hashing. */
#define NEAR 4096
#define SLOTS_LOG 11
#define SLOTS (1 << SLOTS_LOG)
/* Rows whose places are found and packed at once; a multiple of 8. */
#define BLOCK 1024
/* With more values in a block it is well to know all of them, for a list may
 * turn out not to be shorter. */
#define MANY 64

/* The distinct values of a column, in order of first sight. */
struct few {
	const struct secret *secret;    /* of where keys are */
	uint32_t rows;
	size_t size;                    /* which the coded column must be below */
	int64_t least;
	bool near;
	uint32_t count;
	int64_t list[COLUMN_FEW_MOST];
	/* The place and 1 of a value, by what it has above least or, where values
	 * are far from one another, by the slot of its key. 0: none. */
	uint16_t places[NEAR];
	int64_t keys[SLOTS];
};

static size_t size_with(const struct few *few, uint32_t count)
{
	const struct column column = { .unit = 1, .width = column_bits(count - 1),
				       .list = count, .rows = few->rows };

	return column_size(&column);
}

/* The slot where a value is, or the free one where it would be. */
static inline size_t slot_of(const struct few *few, int64_t value)
{
	size_t slot = (size_t)(((uint64_t)value ^ few->secret->add) *
				       few->secret->times >>
			       (64 - SLOTS_LOG));

	while (few->places[slot] && few->keys[slot] != value)
		slot = (slot + 1) % SLOTS;
	return slot;
}

/* Puts those of a block that are not on the list there. False: then it is not
 * shorter any more. */
static bool gather(struct few *few, const int64_t *values, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++) {
		const size_t slot = few->near ? (size_t)(values[i] - few->least)
					      : slot_of(few, values[i]);

		if (few->places[slot])
			continue;
		if (few->count == COLUMN_FEW_MOST ||
		    size_with(few, few->count + 1) >= few->size)
			return false;
		if (!few->near)
			few->keys[slot] = values[i];
		few->list[few->count] = values[i];
		few->places[slot] = (uint16_t)++few->count;
	}
	return true;
}

/* These give the places of a block, from 1, and whether all have one. */

static bool find_near(const struct few *few, const int64_t *values,
		      uint32_t rows, int64_t *places)
{
	int64_t missing = 0;

	for (uint32_t i = 0; i < rows; i++) {
		places[i] = few->places[values[i] - few->least];
		missing |= places[i] - 1;
	}
	return missing >= 0;
}

static bool find_far(const struct few *few, const int64_t *values, uint32_t rows,
		     int64_t *places)
{
	int64_t missing = 0;

	for (uint32_t i = 0; i < rows; i++) {
		places[i] = few->places[slot_of(few, values[i])];
		missing |= places[i] - 1;
	}
	return missing >= 0;
}

static bool find(const struct few *few, const int64_t *values, uint32_t rows,
		 int64_t *places)
{
	if (few->count <= PACKING_FEW)
		return packing_fastest()->match(values, rows, few->list,
						few->count, places);
	return few->near ? find_near(few, values, rows, places)
			 : find_far(few, values, rows, places);
}

/* Packs the places of all values in as many bits as the last of them needs.
 * Where a block has values that ask for more, it begins again. Gives how many
 * bits; 0: the list would not be shorter. */
static unsigned pack_places(struct few *few, const int64_t *values, uint8_t *data)
{
	struct column block = { .base = 1, .unit = 1 };
	int64_t places[BLOCK];
	uint8_t *to = data;

	for (uint32_t i = 0; i < few->rows;) {
		block.rows = few->rows - i < BLOCK ? few->rows - i : BLOCK;
		if (!find(few, values + i, block.rows, places)) {
			if (!gather(few, values + i, block.rows) ||
			    (few->count > MANY &&
			     !gather(few, values + i, few->rows - i)))
				return 0;
			if (column_bits(few->count - 1) > block.width) {
				block.width = column_bits(few->count - 1);
				to = data;
				i = 0;
			}
			continue;
		}
		packing_fastest()->pack(&block, places, to);
		to += packing_size(&block);
		i += block.rows;
	}
	return block.width;
}

bool column_list_encode(struct column *column, const int64_t *values,
			const int64_t ends[2], uint8_t *data)
{
	const uint64_t range = (uint64_t)ends[1] - (uint64_t)ends[0];
	const struct column plain = { .width = column_bits(range),
				      .rows = column->rows };
	/* The places are put where they are in no list's way, and moved to it. */
	uint8_t *places = data + (size_t)4 * column->rows;
	struct few few;
	unsigned width;

	few.secret = secret_get();
	few.rows = column->rows;
	few.size = column_size(&plain);
	few.least = ends[0];
	few.near = range < NEAR;
	few.count = 0;
	/* No case is opened without a secret. */
	if (!few.secret || range == 0 || size_with(&few, 2) >= few.size)
		return false;
	memset(few.places, 0, sizeof(few.places));
	width = pack_places(&few, values, places);
	if (width == 0)
		return false;
	column->list = few.count;
	column->width = width;
	memmove(data + (size_t)8 * few.count, places, packing_size(column) + 8);
	for (uint32_t i = 0; i < few.count; i++, data += 8)
		word_store(data, (uint64_t)few.list[i]);
	return true;
}
