/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of values that begin alike. */
#include "casefile/column/column_stems.h"

#include <string.h>

#include "base/sort/radix.h"
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

/* Rows that are packed at once; a multiple of 8. */
#define BLOCK 1024
#define ROWS_MOST 65536

/* The stems of values, in order of first sight. */
struct stems {
	const struct secret *secret;    /* of where they are */
	unsigned low;                   /* bits that are not of a stem, */
	uint64_t mask;                  /* and those that are */
	uint32_t count;
	uint64_t list[GATHER_MOST];
	uint16_t places[SLOTS];         /* on the list, and 1; 0: none */
	uint16_t moved[GATHER_MOST];    /* where shorter ones are of those before */
	uint16_t rows[ROWS_MOST];       /* the place of each row's */
};

static inline uint64_t stem_of(const struct stems *stems, int64_t value)
{
	return (uint64_t)value & stems->mask;
}

/* The slot where a stem is, or the free one where it would be. */
static inline size_t slot_of(const struct stems *stems, uint64_t stem)
{
	size_t slot = (size_t)((stem ^ stems->secret->add) * stems->secret->times >> (64 - SLOTS_LOG));

	while (stems->places[slot] && stems->list[stems->places[slot] - 1] != stem)
		slot = (slot + 1) % SLOTS;
	return slot;
}

/* There is room for it where it is new. */
static inline void add(struct stems *stems, size_t slot, uint64_t stem)
{
	stems->list[stems->count] = stem;
	stems->places[slot] = (uint16_t)++stems->count;
}

/* Makes them shorter, those of the first rows too. */
static void shorten(struct stems *stems, unsigned bits, uint32_t rows)
{
	const uint32_t count = stems->count;

	stems->low += bits;
	stems->mask = UINT64_MAX << stems->low;
	stems->count = 0;
	memset(stems->places, 0, sizeof(stems->places));
	for (uint32_t i = 0; i < count; i++) {
		const uint64_t stem = stem_of(stems, (int64_t)stems->list[i]);
		const size_t slot = slot_of(stems, stem);

		if (!stems->places[slot])
			add(stems, slot, stem);
		stems->moved[i] = (uint16_t)(stems->places[slot] - 1);
	}
	for (uint32_t i = 0; i < rows; i++)
		stems->rows[i] = stems->moved[stems->rows[i]];
}

/* Gathers those of all values. False: there are about as many as there can be in so many bits, so
 * that they will not save any. */
static bool gather(struct stems *stems, const int64_t *values, uint32_t rows, unsigned width)
{
	for (uint32_t i = 0; i < rows; i++) {
		size_t slot = slot_of(stems, stem_of(stems, values[i]));
		const bool known = stems->places[slot] != 0;

		while (!known && stems->count == GATHER_MOST) {
			if (stems->low + GATHER_LOG + LOW_STEP > width)
				return false;
			shorten(stems, LOW_STEP, i);
			slot = slot_of(stems, stem_of(stems, values[i]));
		}
		if (!stems->places[slot])
			add(stems, slot, stem_of(stems, values[i]));
		stems->rows[i] = (uint16_t)(stems->places[slot] - 1);
	}
	return true;
}

/* How many there are of those that are shorter by 0 to 63 bits: two next to one another in order
 * are one once all bits are gone that they differ in. */
static void count_shorter(const struct stems *stems, uint32_t counts[64])
{
	uint64_t list[GATHER_MOST], room[GATHER_MOST];

	memcpy(list, stems->list, stems->count * sizeof(*list));
	radix_sort_in(list, room, stems->count, stems->low);
	memset(counts, 0, 64 * sizeof(*counts));
	for (uint32_t i = 1; i < stems->count; i++)
		counts[63 - (unsigned)__builtin_clzll(list[i] ^ list[i - 1]) - stems->low]++;
	for (unsigned bits = 63; bits-- > 0;)
		counts[bits] += counts[bits + 1];
	for (unsigned bits = 0; bits < 64; bits++)
		counts[bits]++;
}

static struct column column_with(uint32_t count, unsigned low, uint32_t rows)
{
	return (struct column){
		.unit = (int64_t)(UINT64_C(1) << low),
		.width = column_bits(count - 1) + low,
		.list = count,
		.rows = rows,
	};
}

/* By how many bits stems are to be shorter for the shortest column below size; -1: none is. */
static int best_cut(const struct stems *stems, uint32_t rows, unsigned width, size_t size)
{
	uint32_t counts[64];
	int best = -1;

	count_shorter(stems, counts);
	for (unsigned bits = 0; stems->low + bits < width; bits++) {
		const struct column column = column_with(counts[bits], stems->low + bits, rows);

		if (column_size(&column) < size) {
			size = column_size(&column);
			best = (int)bits;
		}
		if (counts[bits] == 1)
			break;
	}
	return best;
}

static void pack(const struct stems *stems, const struct column *column, const int64_t *values,
		 uint8_t *data)
{
	struct column block = { .unit = 1, .width = column->width };
	int64_t placed[BLOCK];

	for (uint32_t i = 0; i < stems->count; i++, data += 8)
		word_store(data, stems->list[i]);
	for (uint32_t i = 0; i < column->rows; i += block.rows) {
		block.rows = column->rows - i < BLOCK ? column->rows - i : BLOCK;
		packing_fastest()->place(stems->rows + i, values + i, stems->low, block.rows, placed);
		packing_fastest()->pack(&block, placed, data);
		data += packing_size(&block);
	}
}

bool column_stems_encode(struct column *column, const int64_t *values, unsigned width,
			 uint8_t *data)
{
	const struct column plain = { .width = width, .rows = column->rows };
	struct stems stems;
	int bits;

	if (width < WIDTH_LEAST || width > PACKING_WIDTH_MOST)
		return false;
	stems.secret = secret_get();
	stems.low = 0;
	stems.mask = UINT64_MAX;
	stems.count = 0;
	memset(stems.places, 0, sizeof(stems.places));
	/* No case is opened without a secret. */
	if (!stems.secret || !gather(&stems, values, column->rows, width))
		return false;
	bits = best_cut(&stems, column->rows, width, column_size(&plain));
	if (bits < 0)
		return false;
	if (bits > 0)
		shorten(&stems, (unsigned)bits, column->rows);
	*column = column_with(stems.count, stems.low, column->rows);
	column->data = data;
	pack(&stems, column, values, data);
	return true;
}
