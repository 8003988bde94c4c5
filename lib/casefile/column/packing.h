/* SPDX-License-Identifier: Apache-2.0 */
/* The work on every value of a column, many values at a time where the machine can. */
#ifndef UNSPOOF_CASEFILE_COLUMN_PACKING_H
#define UNSPOOF_CASEFILE_COLUMN_PACKING_H

#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"
#include "casefile/column/column.h"

/* The widest integer that 8 bytes hold wherever in a byte it begins; above it
 * only 64 is a width. */
#define PACKING_WIDTH_MOST 57

/* Lists so short that they are gone through, and kept at hand. */
#define PACKING_FEW 4
#define PACKING_PICK 8

struct packing {
	/* Whether all of the values are 0. */
	bool (*is_zero)(const int64_t *values, uint32_t rows);
	/* The least and the greatest values[i] - slope * i, of one row or more. */
	void (*extent)(const int64_t *values, uint32_t rows, int64_t slope,
		       int64_t ends[2]);
	/* Copies values with something added, modulo 2^64, and takes the least and the greatest of
	 * the copies into ends, where these are beyond them. */
	void (*copy)(const int64_t *from, uint32_t rows, int64_t add, int64_t *to,
		     int64_t ends[2]);
	/* The same of values of 16 bits. */
	void (*widen)(const uint16_t *from, uint32_t rows, int64_t add, int64_t *to,
		      int64_t ends[2]);
	/* The places of values on a list of count of them, PACKING_FEW at most:
	 * from 1, and 0 for those that are not on it. Whether all are. */
	bool (*match)(const int64_t *values, uint32_t rows, const int64_t *list,
		      uint32_t count, int64_t *places);
	/* Puts list[values[i]] in the place of each of the values, which are below
	 * PACKING_PICK. */
	void (*pick)(const int64_t list[PACKING_PICK], uint32_t rows,
		     int64_t *values);
	/* Puts the sum of list[values[i] >> low] and the low bits, 1 to 63 of them, of each of the
	 * values in its place. */
	void (*join)(const int64_t *list, unsigned low, uint32_t rows, int64_t *values);
	/* places[i] above the low bits, 1 to 63 of them or none, of each of the values. */
	void (*place)(const uint16_t *places, const int64_t *values, unsigned low,
		      uint32_t rows, int64_t *placed);
	/* Packs values[i] - base - slope * i of a column's rows, which all are
	 * below 2 to the power of width. Writes those bytes and 8 zeros. */
	void (*pack)(const struct column *column, const int64_t *values,
		     uint8_t *data);
	/* Takes out integers u and gives base + slope * i + unit * u, modulo
	 * 2^64; returns the largest u. Reads at most 8 bytes after those of the
	 * integers. */
	uint64_t (*unpack)(const struct column *column, const uint8_t *data,
			   int64_t *values);
};

/* The bytes of a column's integers. */
static inline size_t packing_size(const struct column *column)
{
	return ((size_t)column->width * column->rows + 7) / 8;
}

/* Those for a level that cpu_has(). All give the same. */
const struct packing *packing_choose(enum cpu_level level);
/* The fastest. */
const struct packing *packing_fastest(void);

/* For packing_choose(): the last two where CPU_X86. */
extern const struct packing packing_plain, packing_avx2, packing_avx512;

/* The plain ones from row `first`, a multiple of 8, on: what is left to those
 * that take many rows at a time. data is that of row 0. */
void packing_pack_rest(const struct column *column, const int64_t *values,
		       uint32_t first, uint8_t *data);
uint64_t packing_unpack_rest(const struct column *column, const uint8_t *data,
			     uint32_t first, int64_t *values);

#endif
