/* SPDX-License-Identifier: Apache-2.0 */
/* Columns whose values rise, not evenly. */
#include "casefile/column/column_blocks.h"

#include <string.h>

#include "base/word.h"
#include "casefile/column/column_list.h"
#include "casefile/column/packing.h"

/* An entry is the width of a block, and above it what its base has above that of the column. */
#define WIDTH_BITS 8
#define ABOVE_LIMIT (UINT64_C(1) << 54)
#define ROWS COLUMN_BLOCK_ROWS
#define BLOCKS_MOST (65536 / ROWS)

uint32_t column_blocks(uint32_t rows)
{
	return (rows + ROWS - 1) / ROWS;
}

static uint32_t rows_of(const struct column *column, uint32_t block)
{
	const uint32_t left = column->rows - block * ROWS;

	return left < ROWS ? left : ROWS;
}

/* A block as a column of its own, of which the width and what its base has above are given. */
static struct column block_of(const struct column *column, uint32_t block, uint64_t above,
			      unsigned width)
{
	const uint64_t line = (uint64_t)column->slope * block * ROWS;

	return (struct column){
		.base = (int64_t)((uint64_t)column->base + line + above),
		.slope = column->slope,
		.unit = 1,
		.width = width,
		.rows = rows_of(column, block),
	};
}

static uint64_t entry_of(const struct column *column, uint32_t block)
{
	return word_load(column->data + (size_t)8 * block);
}

static struct column block_at(const struct column *column, uint32_t block)
{
	const uint64_t entry = entry_of(column, block);

	return block_of(column, block, entry >> WIDTH_BITS, entry & ((1 << WIDTH_BITS) - 1));
}

size_t column_blocks_size(const struct column *column)
{
	size_t size = (size_t)8 * column->list;

	for (uint32_t b = 0; b < column->list; b++) {
		const struct column block = block_at(column, b);

		size += packing_size(&block);
	}
	return size;
}

/* Writes the entries of a column above least on its slope; the bytes of all. */
static size_t measure(struct column *column, const int64_t *values, int64_t least, uint8_t *data)
{
	size_t size = (size_t)8 * column->list;

	column->base = least;
	for (uint32_t b = 0; b < column->list; b++) {
		struct column block = block_of(column, b, 0, 0);
		int64_t ends[2];

		packing_fastest()->extent(values + (size_t)b * ROWS, block.rows, column->slope, ends);
		block.width = column_bits((uint64_t)(ends[1] - ends[0]));
		word_store(data + (size_t)8 * b,
			   (uint64_t)(ends[0] - block.base) << WIDTH_BITS | block.width);
		size += packing_size(&block);
	}
	return size;
}

/* Writes the entries of the shorter one, with the slope or without. */
static size_t measure_both(struct column *column, const int64_t *values, const int64_t ends[2],
			   const int64_t above[2], uint8_t *data)
{
	uint8_t entries[8 * BLOCKS_MOST];
	struct column level = *column;
	size_t sloping, size;

	level.slope = 0;
	if (column->slope == 0)
		return measure(column, values, ends[0], data);
	sloping = measure(column, values, above[0], data);
	size = measure(&level, values, ends[0], entries);
	if (sloping <= size)
		return sloping;
	memcpy(data, entries, (size_t)8 * column->list);
	*column = level;
	return size;
}

bool column_blocks_encode(struct column *column, const int64_t *values, const int64_t ends[2],
			  const int64_t above[2], uint8_t *data)
{
	const struct column plain = { .width = column_bits((uint64_t)(above[1] - above[0])),
				      .rows = column->rows };
	struct column coded = *column;

	coded.unit = 0;
	coded.list = column_blocks(column->rows);
	coded.data = data;
	if ((uint64_t)(ends[1] - ends[0]) >= ABOVE_LIMIT ||
	    (size_t)8 * coded.list >= packing_size(&plain) ||
	    measure_both(&coded, values, ends, above, data) >= packing_size(&plain))
		return false;
	data += (size_t)8 * coded.list;
	for (uint32_t b = 0; b < coded.list; b++) {
		const struct column block = block_at(&coded, b);

		packing_fastest()->pack(&block, values + (size_t)b * ROWS, data);
		data += packing_size(&block);
	}
	*column = coded;
	return true;
}

/* Whether no value of a block overflows, where none is above largest. */
static bool in_range(const struct column *block, uint64_t largest)
{
	int64_t top;

	return !__builtin_mul_overflow(block->slope, (int64_t)block->rows, &top) &&
	       !__builtin_add_overflow(top, block->base, &top) && largest < ABOVE_LIMIT &&
	       !__builtin_add_overflow(top, (int64_t)largest, &top);
}

/* Entries, and so the size, can be anything. */
static bool hangs_together(const struct column *column, size_t len)
{
	int64_t top;

	if (column->list != column_blocks(column->rows) || len < (size_t)8 * column->list ||
	    __builtin_mul_overflow(column->slope, (int64_t)column->rows, &top) ||
	    __builtin_add_overflow(top, column->base, &top))
		return false;
	for (uint32_t b = 0; b < column->list; b++) {
		const struct column block = block_at(column, b);

		if (block.width > PACKING_WIDTH_MOST || entry_of(column, b) >> WIDTH_BITS >= ABOVE_LIMIT)
			return false;
	}
	return column_blocks_size(column) == len;
}

/* Rows of a block from one on, a multiple of 8. */
static bool decode_block(struct column block, const uint8_t *data, uint32_t from, uint32_t count,
			 int64_t *values)
{
	block.base = (int64_t)((uint64_t)block.base + (uint64_t)block.slope * from);
	block.rows = count;
	return in_range(&block, packing_fastest()->unpack(&block, data + (size_t)block.width * (from / 8),
							  values));
}

bool column_blocks_decode(const struct column *column, size_t len, uint32_t first, uint32_t count,
			  int64_t *values)
{
	const uint8_t *data = column->data + (size_t)8 * column->list;
	uint32_t done = 0;
	bool good = hangs_together(column, len);

	for (uint32_t b = 0; good && done < count; b++) {
		const struct column block = block_at(column, b);
		const uint32_t from = first + done - b * ROWS;

		if (first + done < (b + 1) * ROWS) {
			const uint32_t left = block.rows - from;
			const uint32_t part = left < count - done ? left : count - done;

			good = decode_block(block, data, from, part, values + done);
			done += part;
		}
		data += packing_size(&block);
	}
	return good;
}
