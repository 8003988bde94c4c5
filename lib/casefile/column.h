/* SPDX-License-Identifier: Apache-2.0 */
/* A column of a segment: integers of one narrow fixed width. */
#ifndef UNSPOOF_CASEFILE_COLUMN_H
#define UNSPOOF_CASEFILE_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Value i is base + slope * i + unit * u, where u is the unsigned integer of
 * width bytes (0 to 8), least significant byte first, at width * i in data.
 * Width 0 has no data and u is 0. */
struct column {
	int64_t base;
	int64_t slope;
	int64_t unit;
	unsigned width;
	uint32_t rows;
	const uint8_t *data;    /* with 8 readable bytes after its end */
};

/* What the writer may try for a narrower column. */
enum column_hint {
	COLUMN_PLAIN,
	COLUMN_RISING,      /* a slope: lines and offsets */
	COLUMN_ROUND        /* a unit that divides all values: times, amounts */
};

/* Codes rows values (1 to 65,536 of them, each above -2^62 and below 2^62)
 * into data, which has room for 8 * rows + 8 bytes. The column borrows data. */
void column_encode(struct column *column, const int64_t *values, uint32_t rows,
		   enum column_hint hint, uint8_t *data);

/* All values. */
void column_decode(const struct column *column, int64_t *values);

/* One value; i below rows. */
int64_t column_value(const struct column *column, uint32_t i);

/* Whether what was read from a file hangs together: width, data of len bytes,
 * and no value that overflows. */
bool column_sound(const struct column *column, size_t len);

#endif
