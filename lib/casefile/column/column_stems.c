/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of values that begin alike. */
#include "casefile/column/column_stems.h"

#include <string.h>

#include "base/table/secret.h"
#include "base/word.h"
#include "casefile/column/column_list.h"
#include "casefile/column/packing.h"

/* In narrower columns stems save too little to look for them. */
#define WIDTH_LEAST 17
/* Stems that are gathered; with more of them they get shorter. As many as a list has. */
#define GATHER_LOG 13
#define GATHER_MOST (1 << GATHER_LOG)
#define SLOTS_LOG 14
#define SLOTS (1 << SLOTS_LOG)
/* Low bits that a stem loses at once while there are too many. */
#define LOW_STEP 3
_Static_assert(GATHER_MOST == COLUMN_LIST_MOST, "what is gathered is a list");

/* Rows whose places are found and packed at once; a multiple of 8. */
#define BLOCK 1024

/* The stems of values, in order of first sight. */
struct stems {
	const struct secret *secret;    /* of where keys are */
	unsigned low;                   /* bits that are not of a stem */
	uint32_t count;
	int64_t list[GATHER_MOST];
	int64_t keys[SLOTS];
	uint16_t places[SLOTS];         /* and 1; 0: none */
};

static inline int64_t stem_of(const struct stems *stems, int64_t value)
{
	return (int64_t)((uint64_t)value >> stems->low << stems->low);
}

/* The slot where a stem is, or the free one where it would be. */
static inline size_t slot_of(const struct stems *stems, int64_t stem)
{
	size_t slot = (size_t)(((uint64_t)stem ^ stems->secret->add) * stems->secret->times >>
			       (64 - SLOTS_LOG));

	while (stems->places[slot] && stems->keys[slot] != stem)
		slot = (slot + 1) % SLOTS;
	return slot;
}

/* There is room for it where it is new. */
static inline void add(struct stems *stems, size_t slot, int64_t stem)
{
	stems->keys[slot] = stem;
	stems->list[stems->count] = stem;
	stems->places[slot] = (uint16_t)++stems->count;
}

/* Makes them shorter. */
static void shorten(struct stems *stems, unsigned bits)
{
	const uint32_t count = stems->count;

	stems->low += bits;
	stems->count = 0;
	memset(stems->places, 0, sizeof(stems->places));
	for (uint32_t i = 0; i < count; i++) {
		const int64_t stem = stem_of(stems, stems->list[i]);
		const size_t slot = slot_of(stems, stem);

		if (!stems->places[slot])
			add(stems, slot, stem);
	}
}

/* Gathers those of all values. False: there are about as many as there can be in so many bits, so
 * that they will not save any. */
static bool gather(struct stems *stems, const int64_t *values, uint32_t rows, unsigned width)
{
	for (uint32_t i = 0; i < rows; i++) {
		size_t slot = slot_of(stems, stem_of(stems, values[i]));

		if (stems->places[slot])
			continue;
		while (stems->count == GATHER_MOST) {
			if (stems->low + GATHER_LOG + LOW_STEP > width)
				return false;
			shorten(stems, LOW_STEP);
			slot = slot_of(stems, stem_of(stems, values[i]));
		}
		if (!stems->places[slot])
			add(stems, slot, stem_of(stems, values[i]));
	}
	return true;
}

static struct column column_with(const struct stems *stems, uint32_t rows)
{
	return (struct column){
		.unit = (int64_t)(UINT64_C(1) << stems->low),
		.width = column_bits(stems->count - 1) + stems->low,
		.list = stems->count,
		.rows = rows,
	};
}

/* By how many bits stems are to be shorter for the shortest column below size; -1: none is. */
static int best_cut(struct stems *stems, uint32_t rows, unsigned width, size_t size)
{
	const unsigned low = stems->low;
	int best = -1;

	for (; stems->low < width; shorten(stems, 1)) {
		const struct column column = column_with(stems, rows);

		if (column_size(&column) < size) {
			size = column_size(&column);
			best = (int)(stems->low - low);
		}
		if (stems->count == 1)
			break;
	}
	return best;
}

/* The values of a block as places of stems and low bits. */
static void place(const struct stems *stems, const int64_t *values, uint32_t rows, int64_t *placed)
{
	const uint64_t mask = (UINT64_C(1) << stems->low) - 1;

	for (uint32_t i = 0; i < rows; i++) {
		const uint64_t stem = stems->places[slot_of(stems, stem_of(stems, values[i]))] - 1U;

		placed[i] = (int64_t)(stem << stems->low | ((uint64_t)values[i] & mask));
	}
}

static void pack(const struct stems *stems, const struct column *column, const int64_t *values,
		 uint8_t *data)
{
	struct column block = { .unit = 1, .width = column->width };
	int64_t placed[BLOCK];

	for (uint32_t i = 0; i < stems->count; i++, data += 8)
		word_store(data, (uint64_t)stems->list[i]);
	for (uint32_t i = 0; i < column->rows; i += block.rows) {
		block.rows = column->rows - i < BLOCK ? column->rows - i : BLOCK;
		place(stems, values + i, block.rows, placed);
		packing_fastest()->pack(&block, placed, data);
		data += packing_size(&block);
	}
}

bool column_stems_encode(struct column *column, const int64_t *values, unsigned width,
			 uint8_t *data)
{
	const struct column plain = { .width = width, .rows = column->rows };
	struct stems all, cut;
	int bits;

	/* No case is opened without a secret. */
	all.secret = secret_get();
	all.low = 0;
	all.count = 0;
	memset(all.places, 0, sizeof(all.places));
	if (!all.secret || width < WIDTH_LEAST || width > PACKING_WIDTH_MOST ||
	    !gather(&all, values, column->rows, width))
		return false;
	cut = all;
	bits = best_cut(&cut, column->rows, width, column_size(&plain));
	if (bits < 0)
		return false;
	shorten(&all, (unsigned)bits);
	*column = column_with(&all, column->rows);
	column->data = data;
	pack(&all, column, values, data);
	return true;
}
