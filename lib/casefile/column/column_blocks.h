/* SPDX-License-Identifier: Apache-2.0 */
/* Columns whose values rise, not evenly: blocks of rows, each with a base and a width. */
#ifndef UNSPOOF_CASEFILE_COLUMN_COLUMN_BLOCKS_H
#define UNSPOOF_CASEFILE_COLUMN_COLUMN_BLOCKS_H

#include "casefile/column/column.h"

/* How many blocks a column has. */
uint32_t column_blocks(uint32_t rows);

/* Codes a column, of which rows and slope are set, in blocks, with the slope or without, where that
 * takes less than integers of one width above the slope. ends are the least and the greatest value,
 * above those of what values have above the slope. False: it does not, and nothing but what data
 * points to has changed. */
bool column_blocks_encode(struct column *column, const int64_t *values, const int64_t ends[2],
			  const int64_t above[2], uint8_t *data);

/* The bytes of its data, as the entries of its blocks say. */
size_t column_blocks_size(const struct column *column);

/* As column_decode_some(), where base, slope and rows are in range. */
bool column_blocks_decode(const struct column *column, size_t len, uint32_t first, uint32_t count,
			  int64_t *values);

#endif
