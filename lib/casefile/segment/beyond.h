/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets as what they have above the lengths of the rows before them: in most dumps a row begins
 * where the one before it ends, but for rows that are in no segment. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_BEYOND_H
#define UNSPOOF_CASEFILE_SEGMENT_BEYOND_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/segment/raw_segment.h"

/* The columns as stored, those in place of others and all, that these found ones take. */
uint64_t beyond_stored(uint64_t found);

/* What the offsets of all rows of some pieces have above the lengths before them, modulo 2^64. */
void beyond_split(const struct segment_piece *pieces, size_t count, int64_t *rest);

/* Adds the lengths of the rows before each of so many from a row on, a multiple of 8, and below
 * raw->rows, to values, which are rests; lengths are those of the rows from there on.
 * STATUS_INTEGRITY: lengths before them do not hang together. */
enum status beyond_restore(const struct raw_segment *raw, uint32_t first, uint32_t rows,
			   const int64_t *lengths, int64_t *values);

#endif
