/* SPDX-License-Identifier: Apache-2.0 */
/* Found columns that are stored instead of others, by a third one, where that takes less: in most
 * dumps a row begins where the one before it ends, but for rows that are in no segment, and talk
 * is the duration but for the seconds of the set-up. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_INSTEAD_H
#define UNSPOOF_CASEFILE_SEGMENT_INSTEAD_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/segment/raw_segment.h"

struct instead {
	unsigned column;        /* that is told */
	unsigned rest;          /* that is stored, whatever it is, for a column of which neither is
				 * stored is 0 */
	unsigned by;            /* the third one */
	bool sum;               /* the rest is what the column has above the sum of that in all
				 * rows before in the segment; else what that has above it */
};

#define INSTEADS 3
extern const struct instead insteads[INSTEADS];

/* The columns as stored, those instead of others and all, that these found ones take. */
uint64_t instead_stored(uint64_t found);

/* The rests of all rows of some pieces, modulo 2^64. */
void instead_split(const struct instead *instead, const struct segment_piece *pieces, size_t count,
		   int64_t *rests);

/* Puts what is told in the place of rests: of so many rows from one on, a multiple of 8 and below
 * raw->rows; by has the third column of these. STATUS_INTEGRITY: that of rows before them does not
 * hang together. */
enum status instead_restore(const struct instead *instead, const struct raw_segment *raw,
			    uint32_t first, uint32_t rows, const int64_t *by, int64_t *rests);

#endif
