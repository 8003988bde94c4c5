/* SPDX-License-Identifier: Apache-2.0 */
/* A column of a segment: integers of one narrow fixed width. */
#include "casefile/column.h"

#include <string.h>

#define VALUE_MOST (INT64_C(1) << 62)

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static unsigned bytes_for(uint64_t largest)
{
	unsigned width = 0;

	for (; largest; largest >>= 8)
		width++;
	return width;
}

/* The least and greatest value once the slope is taken off. */
static void extent(const int64_t *values, uint32_t rows, int64_t slope,
		   int64_t *least, int64_t *greatest)
{
	*least = *greatest = values[0];
	for (uint32_t i = 1; i < rows; i++) {
		int64_t value = values[i] - slope * (int64_t)i;

		if (value < *least)
			*least = value;
		if (value > *greatest)
			*greatest = value;
	}
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
	if (bytes_for((uint64_t)(greatest - least)) <
	    bytes_for((uint64_t)(flat_greatest - flat_least)))
		column->slope = slope;
}

void column_encode(struct column *column, const int64_t *values, uint32_t rows,
		   enum column_hint hint, uint8_t *data)
{
	int64_t greatest;

	memset(column, 0, sizeof(*column));
	column->rows = rows;
	column->unit = 1;
	column->data = data;
	if (hint == COLUMN_RISING && rows > 1)
		choose_slope(column, values);
	extent(values, rows, column->slope, &column->base, &greatest);
	if (hint == COLUMN_ROUND)
		column->unit = unit_of(values, rows, column->base);
	column->width =
		bytes_for((uint64_t)(greatest - column->base) / (uint64_t)column->unit);
	for (uint32_t i = 0; i < rows && column->width; i++) {
		uint64_t above = (uint64_t)(values[i] - column->base -
					    column->slope * (int64_t)i) /
				 (uint64_t)column->unit;

		for (unsigned k = 0; k < column->width; k++, above >>= 8)
			*data++ = (uint8_t)above;
	}
	memset(data, 0, 8);
}

static uint64_t load(const uint8_t *data)
{
	uint64_t value = 0;

	for (unsigned k = 0; k < 8; k++)
		value |= (uint64_t)data[k] << (8 * k);
	return value;
}

static uint64_t mask_of(unsigned width)
{
	return width >= 8 ? UINT64_MAX : (UINT64_C(1) << (8 * width)) - 1;
}

int64_t column_value(const struct column *column, uint32_t i)
{
	int64_t value = column->base + column->slope * (int64_t)i;

	if (column->width)
		value += column->unit *
			 (int64_t)(load(column->data + (size_t)column->width * i) &
				   mask_of(column->width));
	return value;
}

void column_decode(const struct column *column, int64_t *values)
{
	const uint8_t *data = column->data;
	const unsigned width = column->width;
	const uint64_t mask = mask_of(width);
	int64_t base = column->base;

	for (uint32_t i = 0; i < column->rows; i++) {
		uint64_t above = width ? load(data) & mask : 0;

		values[i] = base + column->unit * (int64_t)above;
		base += column->slope;
		data += width;
	}
}

bool column_sound(const struct column *column, size_t len)
{
	uint64_t largest = 0;
	int64_t span, top;

	if (column->width > 8 || column->rows == 0 || column->rows > 65536 ||
	    len != (size_t)column->width * column->rows)
		return false;
	if (column->unit < 1 || column->slope < 0 ||
	    column->base < -VALUE_MOST || column->base > VALUE_MOST)
		return false;
	for (uint32_t i = 0; i < column->rows && column->width; i++) {
		uint64_t above = load(column->data + (size_t)column->width * i) &
				 mask_of(column->width);

		if (above > largest)
			largest = above;
	}
	return largest <= INT64_MAX &&
	       !__builtin_mul_overflow((int64_t)largest, column->unit, &span) &&
	       !__builtin_mul_overflow(column->slope, (int64_t)column->rows, &top) &&
	       !__builtin_add_overflow(span, top, &span) &&
	       !__builtin_add_overflow(span, column->base, &span);
}
