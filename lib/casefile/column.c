/* SPDX-License-Identifier: Apache-2.0 */
/* A column of a segment: integers of one narrow fixed width. */
#include "casefile/column.h"

#include <string.h>

#define VALUE_MOST (INT64_C(1) << 62)
/* The widest integer that 8 bytes hold wherever in a byte it begins. */
#define WIDTH_MOST 57
#define SLOTS (2 * COLUMN_LIST_MOST)

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static unsigned bits_for(uint64_t largest)
{
	unsigned width = largest ? 64 - (unsigned)__builtin_clzll(largest) : 0;

	return width > WIDTH_MOST ? 64 : width;
}

static size_t bytes_for(unsigned width, uint32_t rows)
{
	return ((size_t)width * rows + 7) / 8;
}

bool column_is_zero(const int64_t *values, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		if (values[i])
			return false;
	return true;
}

size_t column_size(const struct column *column)
{
	return (size_t)8 * column->list + bytes_for(column->width, column->rows);
}

/* The least and greatest value once the slope is taken off. */
static void extent(const int64_t *values, uint32_t rows, int64_t slope,
		   int64_t *least, int64_t *greatest)
{
	int64_t low = values[0], high = values[0], line = 0;

	for (uint32_t i = 0; i < rows; i++, line += slope) {
		int64_t value = values[i] - line;

		low = value < low ? value : low;
		high = value > high ? value : high;
	}
	*least = low;
	*greatest = high;
}

static int64_t unit_of(const int64_t *values, uint32_t rows, int64_t base)
{
	int64_t unit = 0;

	for (uint32_t i = 0; i < rows && unit != 1; i++) {
		int64_t above = values[i] - base;

		if (unit == 0 || above % unit)
			unit = common_divisor(above, unit);
	}
	return unit ? unit : 1;
}

/* A slope only where it narrows the column, and where neither it nor what is
 * above it can come near the ends of 64 bits. */
static void choose_slope(struct column *column, const int64_t *values)
{
	uint32_t rows = column->rows;
	int64_t least, greatest, flat_least, flat_greatest;
	int64_t slope = (values[rows - 1] - values[0]) / (int64_t)(rows - 1);

	extent(values, rows, 0, &flat_least, &flat_greatest);
	if (slope < 0 || slope > VALUE_MOST / 65536 || flat_least < 0 ||
	    flat_greatest > VALUE_MOST / 2)
		return;
	extent(values, rows, slope, &least, &greatest);
	if (bits_for((uint64_t)(greatest - least)) <
	    bits_for((uint64_t)(flat_greatest - flat_least)))
		column->slope = slope;
}

/* Written out, these two are one load and one store on most machines. */
static inline void store(uint8_t *data, uint64_t value)
{
	data[0] = (uint8_t)value;
	data[1] = (uint8_t)(value >> 8);
	data[2] = (uint8_t)(value >> 16);
	data[3] = (uint8_t)(value >> 24);
	data[4] = (uint8_t)(value >> 32);
	data[5] = (uint8_t)(value >> 40);
	data[6] = (uint8_t)(value >> 48);
	data[7] = (uint8_t)(value >> 56);
}

static inline uint64_t load(const uint8_t *data)
{
	return (uint64_t)data[0] | (uint64_t)data[1] << 8 |
	       (uint64_t)data[2] << 16 | (uint64_t)data[3] << 24 |
	       (uint64_t)data[4] << 32 | (uint64_t)data[5] << 40 |
	       (uint64_t)data[6] << 48 | (uint64_t)data[7] << 56;
}

/* Integers put one after another, bit by bit. */
struct packer {
	uint8_t *data;
	uint64_t bits;
	unsigned filled;
};

static inline void pack(struct packer *packer, uint64_t value, unsigned width)
{
	packer->bits |= value << packer->filled;
	packer->filled += width;
	if (packer->filled < 64)
		return;
	store(packer->data, packer->bits);
	packer->data += 8;
	packer->filled -= 64;
	packer->bits = packer->filled ? value >> (width - packer->filled) : 0;
}

/* Writes up to 8 bytes more than are filled. */
static void pack_end(struct packer *packer)
{
	store(packer->data, packer->bits);
	store(packer->data + (packer->filled + 7) / 8, 0);
}

static void encode_plain(struct column *column, const int64_t *values,
			 enum column_hint hint, uint8_t *data)
{
	const uint32_t rows = column->rows;
	struct packer packer = { data, 0, 0 };
	int64_t greatest, line;

	if (hint == COLUMN_RISING && rows > 1)
		choose_slope(column, values);
	extent(values, rows, column->slope, &column->base, &greatest);
	if (hint == COLUMN_ROUND)
		column->unit = unit_of(values, rows, column->base);
	column->width = bits_for((uint64_t)(greatest - column->base) /
				 (uint64_t)column->unit);
	line = column->base;
	for (uint32_t i = 0; i < rows && column->width; i++, line += column->slope) {
		uint64_t above = (uint64_t)(values[i] - line);

		if (column->unit > 1)
			above /= (uint64_t)column->unit;
		pack(&packer, above, column->width);
	}
	pack_end(&packer);
}

/* The distinct values of a column, in order of first sight. */
struct few {
	int64_t values[COLUMN_LIST_MOST];
	uint16_t slots[SLOTS];      /* place in values and 1; 0: free */
	uint32_t count;
};

/* The place of a value; COLUMN_LIST_MOST when there is no room for it. */
static uint32_t place_of(struct few *few, int64_t value)
{
	uint64_t mix = (uint64_t)value * UINT64_C(0x9e3779b97f4a7c15);
	size_t slot = (size_t)(mix >> 40) % SLOTS;

	for (; few->slots[slot]; slot = (slot + 1) % SLOTS)
		if (few->values[few->slots[slot] - 1] == value)
			return few->slots[slot] - 1U;
	if (few->count == COLUMN_LIST_MOST)
		return COLUMN_LIST_MOST;
	few->values[few->count] = value;
	few->slots[slot] = (uint16_t)++few->count;
	return few->count - 1;
}

static bool gather(struct few *few, const int64_t *values, uint32_t rows)
{
	int64_t last = values[0];

	few->count = 0;
	memset(few->slots, 0, sizeof(few->slots));
	place_of(few, last);
	for (uint32_t i = 1; i < rows; i++) {
		if (values[i] == last)
			continue;
		last = values[i];
		if (place_of(few, last) == COLUMN_LIST_MOST)
			return false;
	}
	return true;
}

static void pack_places(struct packer *packer, struct few *few,
			const int64_t *values, const struct column *column)
{
	int64_t last = few->values[0];
	uint32_t place = 0;

	for (uint32_t i = 0; i < column->rows; i++) {
		if (values[i] != last) {
			last = values[i];
			place = place_of(few, last);
		}
		pack(packer, place, column->width);
	}
}

/* Codes the column with a list where that is shorter. */
static bool encode_list(struct column *column, const int64_t *values,
			uint8_t *data)
{
	struct packer packer;
	struct few few;
	struct column coded = *column;
	int64_t least, greatest;

	extent(values, column->rows, 0, &least, &greatest);
	if (least == greatest || !gather(&few, values, column->rows))
		return false;
	coded.list = few.count;
	coded.width = bits_for(few.count - 1);
	column->width = bits_for((uint64_t)(greatest - least));
	if (column_size(&coded) >= column_size(column))
		return false;
	for (uint32_t i = 0; i < few.count; i++, data += 8)
		store(data, (uint64_t)few.values[i]);
	packer = (struct packer){ data, 0, 0 };
	pack_places(&packer, &few, values, &coded);
	pack_end(&packer);
	*column = coded;
	return true;
}

void column_encode(struct column *column, const int64_t *values, uint32_t rows,
		   enum column_hint hint, uint8_t *data)
{
	memset(column, 0, sizeof(*column));
	column->rows = rows;
	column->unit = 1;
	column->data = data;
	if (hint != COLUMN_FEW || !encode_list(column, values, data))
		encode_plain(column, values, hint, data);
}

/* The integers as they are stored; gives the largest of them. */
static uint64_t unpack(const struct column *column, const uint8_t *data,
		       int64_t *values)
{
	const unsigned width = column->width;
	const uint64_t mask = width < 64 ? (UINT64_C(1) << width) - 1 : UINT64_MAX;
	uint64_t largest = 0;
	size_t at = 0;

	for (uint32_t i = 0; i < column->rows; i++, at += width) {
		uint64_t value = load(data + at / 8) >> at % 8 & mask;

		largest = value > largest ? value : largest;
		values[i] = (int64_t)value;
	}
	return largest;
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

static bool decode_plain(const struct column *column, int64_t *values)
{
	const uint64_t unit = (uint64_t)column->unit;
	uint64_t line = (uint64_t)column->base;

	if (!column->width)
		memset(values, 0, column->rows * sizeof(*values));
	if (!in_range(column, column->width ? unpack(column, column->data, values)
					    : 0))
		return false;
	for (uint32_t i = 0; i < column->rows; i++) {
		values[i] = (int64_t)(line + unit * (uint64_t)values[i]);
		line += (uint64_t)column->slope;
	}
	return true;
}

static bool decode_list(const struct column *column, int64_t *values)
{
	int64_t list[COLUMN_LIST_MOST];

	for (uint32_t k = 0; k < column->list; k++) {
		list[k] = (int64_t)load(column->data + 8 * (size_t)k);
		if (list[k] < -VALUE_MOST || list[k] > VALUE_MOST)
			return false;
	}
	if (unpack(column, column->data + 8 * (size_t)column->list, values) >=
	    column->list)
		return false;
	for (uint32_t i = 0; i < column->rows; i++)
		values[i] = list[values[i]];
	return true;
}

bool column_decode(const struct column *column, size_t len, int64_t *values)
{
	if ((column->width > WIDTH_MOST && column->width != 64) ||
	    column->rows == 0 || column->rows > 65536 ||
	    column->list > COLUMN_LIST_MOST || len != column_size(column))
		return false;
	if (column->unit < 1 || column->slope < 0 ||
	    column->base < -VALUE_MOST || column->base > VALUE_MOST)
		return false;
	return column->list ? decode_list(column, values)
			    : decode_plain(column, values);
}
