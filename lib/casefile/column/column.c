/* SPDX-License-Identifier: Apache-2.0 */
/* A column of a segment: integers of one narrow fixed width. */
#include "casefile/column/column.h"

#include <string.h>

#include "base/word.h"
#include "casefile/column/column_blocks.h"
#include "casefile/column/column_list.h"
#include "casefile/column/column_stems.h"
#include "casefile/column/packing.h"

#define VALUE_MOST (INT64_C(1) << 62)
/* Rows of which something is worked out before they are packed, or looked up
 * once they are unpacked; a multiple of 8. */
#define BLOCK 1024

unsigned column_bits(uint64_t largest)
{
	unsigned width = largest ? 64 - (unsigned)__builtin_clzll(largest) : 0;

	return width > PACKING_WIDTH_MOST ? 64 : width;
}

bool column_is_zero(const int64_t *values, uint32_t rows)
{
	return packing_fastest()->is_zero(values, rows);
}

static bool in_blocks(const struct column *column)
{
	return column->list && column->unit == 0;
}

size_t column_size(const struct column *column)
{
	return in_blocks(column) ? column_blocks_size(column)
				 : (size_t)8 * column->list + packing_size(column);
}

/* Division by a unit that divides everything it is used on: a product with the
 * inverse of its odd part modulo 2^64, and a shift for the twos of it. What is
 * not divisible gives more than most. */
struct divisor {
	uint64_t inverse, most;
	unsigned twos;
};

static struct divisor divisor_of(uint64_t unit)
{
	const unsigned twos = (unsigned)__builtin_ctzll(unit);
	const uint64_t odd = unit >> twos;
	struct divisor divisor = { odd, UINT64_MAX / unit, twos };

	/* Newton's method: three bits are right, then twice as many each time. */
	for (unsigned bits = 3; bits < 64; bits *= 2)
		divisor.inverse *= 2 - odd * divisor.inverse;
	return divisor;
}

static inline uint64_t divide(const struct divisor *divisor, uint64_t value)
{
	value *= divisor->inverse;
	return value >> divisor->twos | value << (-divisor->twos & 63);
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
	while (b) {
		const uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* What divides all that values have above base; 1 where they have nothing. */
static int64_t unit_of(const int64_t *values, uint32_t rows, int64_t base)
{
	struct divisor divisor = { 0, 0, 0 };
	uint64_t unit = 0;

	for (uint32_t i = 0; i < rows && unit != 1; i++) {
		const uint64_t above = (uint64_t)(values[i] - base);

		if (above == 0 || (unit && divide(&divisor, above) <= divisor.most))
			continue;
		unit = common_divisor(above, unit);
		divisor = divisor_of(unit);
	}
	return unit ? (int64_t)unit : 1;
}

/* A slope only where it narrows the column, and where neither it nor what is
 * above it can come near the ends of 64 bits. ends are then those above it. */
static void choose_slope(struct column *column, const int64_t *values,
			 int64_t ends[2])
{
	const uint32_t rows = column->rows;
	const int64_t slope = (values[rows - 1] - values[0]) / (int64_t)(rows - 1);
	int64_t above[2];

	if (slope < 0 || slope > VALUE_MOST / 65536 || ends[0] < 0 ||
	    ends[1] > VALUE_MOST / 2)
		return;
	packing_fastest()->extent(values, rows, slope, above);
	if (column_bits((uint64_t)(above[1] - above[0])) >=
	    column_bits((uint64_t)(ends[1] - ends[0])))
		return;
	column->slope = slope;
	memcpy(ends, above, sizeof(above));
}

/* Packs the quotients of a column that has a unit. */
static void pack_quotients(const struct column *column, const int64_t *values,
			   uint8_t *data)
{
	const struct divisor divisor = divisor_of((uint64_t)column->unit);
	struct column block = { .unit = 1, .width = column->width };
	int64_t quotients[BLOCK];

	for (uint32_t i = 0; i < column->rows; i += block.rows) {
		block.rows = column->rows - i < BLOCK ? column->rows - i : BLOCK;
		for (uint32_t k = 0; k < block.rows; k++)
			quotients[k] = (int64_t)divide(
				&divisor, (uint64_t)(values[i + k] - column->base));
		packing_fastest()->pack(&block, quotients, data);
		data += packing_size(&block);
	}
}

static void encode_plain(struct column *column, const int64_t *values,
			 enum column_hint hint, int64_t ends[2], uint8_t *data)
{
	column->base = ends[0];
	if (hint == COLUMN_ROUND)
		column->unit = unit_of(values, column->rows, column->base);
	column->width = column_bits((uint64_t)(ends[1] - ends[0]) /
				    (uint64_t)column->unit);
	if (column->unit > 1)
		pack_quotients(column, values, data);
	else
		packing_fastest()->pack(column, values, data);
}

/* A slope or blocks of rows, or neither. */
static void encode_rising(struct column *column, const int64_t *values, int64_t ends[2],
			  uint8_t *data)
{
	const int64_t level[2] = { ends[0], ends[1] };

	if (column->rows > 1)
		choose_slope(column, values, ends);
	if (!column_blocks_encode(column, values, level, ends, data))
		encode_plain(column, values, COLUMN_RISING, ends, data);
}

static bool encode_listed(struct column *column, const int64_t *values, enum column_hint hint,
			  const int64_t ends[2], uint8_t *data)
{
	const uint64_t range = (uint64_t)(ends[1] - ends[0]);

	return (hint == COLUMN_FEW && column_list_encode(column, values, ends, data)) ||
	       (hint == COLUMN_STEMS &&
		column_stems_encode(column, values, column_bits(range), data));
}

bool column_encode_between(struct column *column, const int64_t *values, uint32_t rows,
			   enum column_hint hint, const int64_t between[2], uint8_t *data)
{
	int64_t ends[2] = { between[0], between[1] };

	memset(column, 0, sizeof(*column));
	column->rows = rows;
	column->unit = 1;
	column->data = data;
	if (ends[0] <= -VALUE_MOST || ends[1] >= VALUE_MOST)
		return false;
	if (hint == COLUMN_RISING)
		encode_rising(column, values, ends, data);
	else if (!encode_listed(column, values, hint, ends, data))
		encode_plain(column, values, hint, ends, data);
	return true;
}

bool column_encode(struct column *column, const int64_t *values, uint32_t rows,
		   enum column_hint hint, uint8_t *data)
{
	int64_t ends[2];

	packing_fastest()->extent(values, rows, 0, ends);
	return column_encode_between(column, values, rows, hint, ends, data);
}

/* Whether no value can overflow, where none is above largest. */
static bool in_range(const struct column *column, uint64_t largest)
{
	int64_t span, top;

	return largest <= INT64_MAX &&
	       !__builtin_mul_overflow((int64_t)largest, column->unit, &span) &&
	       !__builtin_mul_overflow(column->slope, (int64_t)column->rows, &top) &&
	       !__builtin_add_overflow(span, top, &span) &&
	       !__builtin_add_overflow(span, column->base, &span);
}

static void pick_long(const int64_t *list, uint32_t rows, int64_t *values)
{
	for (uint32_t i = 0; i < rows; i++)
		values[i] = list[values[i]];
}

/* The bytes of the integers before that of a row, which is a multiple of 8. */
static size_t before(const struct column *column, uint32_t row)
{
	return (size_t)column->width * (row / 8);
}

/* What integers of a list stand for; largest is the largest of them. False: it is not on it. */
static bool resolve(const struct column *column, const int64_t *list, uint64_t largest,
		    uint32_t rows, int64_t *values)
{
	const unsigned low = (unsigned)__builtin_ctzll((uint64_t)column->unit);

	if (largest >> low >= column->list)
		return false;
	if (low > 0)
		packing_fastest()->join(list, low, rows, values);
	else if (column->list <= PACKING_PICK)
		packing_fastest()->pick(list, rows, values);
	else
		pick_long(list, rows, values);
	return true;
}

/* A block at a time: while the places are near, and before any is used. */
static bool look_up(const struct column *column, const int64_t *list,
		    uint32_t first, uint32_t count, int64_t *values)
{
	const uint8_t *data = column->data + 8 * (size_t)column->list +
			      before(column, first);
	struct column block = { .unit = 1, .width = column->width };

	for (uint32_t i = 0; i < count; i += block.rows) {
		block.rows = count - i < BLOCK ? count - i : BLOCK;
		if (!resolve(column, list, packing_fastest()->unpack(&block, data, values + i),
			     block.rows, values + i))
			return false;
		data += packing_size(&block);
	}
	return true;
}

/* The entries of a list, 0 behind them up to PACKING_PICK. False: one is out of range. */
static bool take_list(const struct column *column, int64_t *list)
{
	int64_t ends[2];

	memset(list, 0, PACKING_PICK * sizeof(*list));
	for (uint32_t k = 0; k < column->list; k++)
		list[k] = (int64_t)word_load(column->data + 8 * (size_t)k);
	packing_fastest()->extent(list, column->list, 0, ends);
	return ends[0] >= -VALUE_MOST && ends[1] <= VALUE_MOST;
}

static bool decode_list(const struct column *column, uint32_t first,
			uint32_t count, int64_t *values)
{
	int64_t list[COLUMN_LIST_MOST];

	return take_list(column, list) && look_up(column, list, first, count, values);
}

/* Whether the unit is one, of a list a power of two. The data of a column in blocks are looked at by
 * who decodes it. */
static bool unit_fits(const struct column *column, size_t len)
{
	if (in_blocks(column))
		return column->width == 0;
	return column->unit >= 1 && len == column_size(column) &&
	       (column->list == 0 || (column->unit & (column->unit - 1)) == 0);
}

static bool hangs_together(const struct column *column, size_t len)
{
	return (column->width <= PACKING_WIDTH_MOST || column->width == 64) &&
	       column->rows > 0 && column->rows <= 65536 &&
	       column->list <= COLUMN_LIST_MOST && unit_fits(column, len) && column->slope >= 0 &&
	       column->base >= -VALUE_MOST && column->base <= VALUE_MOST;
}

bool column_decode_some(const struct column *column, size_t len, uint32_t first,
			uint32_t count, int64_t *values)
{
	struct column part = *column;

	if (!hangs_together(column, len) || first % 8 ||
	    first > column->rows || count > column->rows - first)
		return false;
	if (in_blocks(column))
		return column_blocks_decode(column, len, first, count, values);
	if (column->list)
		return decode_list(column, first, count, values);
	part.base = (int64_t)((uint64_t)column->base +
			      (uint64_t)column->slope * first);
	part.rows = count;
	return in_range(column,
			packing_fastest()->unpack(
				&part, column->data + before(column, first),
				values));
}

bool column_decode(const struct column *column, size_t len, int64_t *values)
{
	return column_decode_some(column, len, 0, column->rows, values);
}

uint32_t column_choices(const struct column *column, size_t len,
			int64_t choices[static COLUMN_FEW_MOST])
{
	if (column->list > COLUMN_FEW_MOST || (size_t)8 * column->list > len ||
	    (column->list && column->unit != 1))
		return 0;
	for (uint32_t k = 0; k < column->list; k++)
		choices[k] = (int64_t)word_load(column->data + 8 * (size_t)k);
	if (column->list || column->width || column->slope)
		return column->list;
	choices[0] = column->base;
	return 1;
}
