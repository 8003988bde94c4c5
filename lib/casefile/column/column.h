/* SPDX-License-Identifier: Apache-2.0 */
/* A column of a segment: integers of one narrow fixed width. */
#ifndef UNSPOOF_CASEFILE_COLUMN_COLUMN_H
#define UNSPOOF_CASEFILE_COLUMN_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Entries a list may have. */
#define COLUMN_LIST_MOST 8192
/* Those that one of few values has, and that column_choices() gives. */
#define COLUMN_FEW_MOST 1024
/* Rows of a block. */
#define COLUMN_BLOCK_ROWS 256

/* The data are list integers of 8 bytes, least significant byte first, two's
 * complement, and then an unsigned integer u of width bits for each value, one
 * after another without gaps, the first in the least significant bits of the
 * first byte. With width 0 u is 0 and takes no data. Value i is
 * - where list is 0 base + slope * i + unit * u;
 * - else, where unit is 0, base + slope * i + e / 256 + u: the column is in blocks of
 *   COLUMN_BLOCK_ROWS rows, e, which is not below 0, is entry i / COLUMN_BLOCK_ROWS of the list,
 *   and e modulo 256 the width of the integers of its block, which begin with a byte;
 * - else the sum of entry u / unit of the list and u modulo unit, which is a power of 2. */
struct column {
	int64_t base;
	int64_t slope;
	int64_t unit;
	unsigned width;         /* 0 to 57, or 64 */
	uint32_t list;          /* 0: no list */
	uint32_t rows;
	const uint8_t *data;    /* with 8 readable bytes after its end */
};

/* What the writer may try for a narrower column. */
enum column_hint {
	COLUMN_PLAIN,
	COLUMN_RISING,      /* a slope, and blocks: lines, offsets, times */
	COLUMN_ROUND,       /* a unit that divides all values: times, amounts */
	COLUMN_FEW,         /* a list: forms, flags */
	COLUMN_STEMS        /* a list of what they begin with: numbers, costs */
};

/* Codes rows values (1 to 65,536 of them) into data, which has room for
 * 8 * rows + 8 bytes. The column borrows data. False: one of them is not above
 * -2^62 and below 2^62, so that it could not be read again. */
bool column_encode(struct column *column, const int64_t *values, uint32_t rows,
		   enum column_hint hint, uint8_t *data);

/* The same of values of which the least and the greatest are known. */
bool column_encode_between(struct column *column, const int64_t *values, uint32_t rows,
			   enum column_hint hint, const int64_t ends[2], uint8_t *data);

/* Whether all values are 0; such a column is not stored. */
bool column_is_zero(const int64_t *values, uint32_t rows);

/* The bytes of its data. */
size_t column_size(const struct column *column);

/* All values of a column that was read from a file, into room for rows of
 * them. False, with values of no meaning, when it does not hang together:
 * width, data of len bytes, list, and no value that overflows. */
bool column_decode(const struct column *column, size_t len, int64_t *values);
/* The same for count rows of it alone; the first, from 0, is a multiple of 8. */
bool column_decode_some(const struct column *column, size_t len, uint32_t first,
			uint32_t count, int64_t *values);

/* The values that such a column can have, where it has a list of few or but one value:
 * how many, and which. 0: it has more, or does not hang together. */
uint32_t column_choices(const struct column *column, size_t len,
			int64_t choices[static COLUMN_FEW_MOST]);

#endif
