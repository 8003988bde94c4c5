/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of few distinct values: a list of them, and a place in it a row. */
#ifndef UNSPOOF_CASEFILE_COLUMN_COLUMN_LIST_H
#define UNSPOOF_CASEFILE_COLUMN_COLUMN_LIST_H

#include "casefile/column/column.h"

/* The width of integers up to largest: 0 to 57, or 64. */
unsigned column_bits(uint64_t largest);

/* Codes a column, of which only the rows are set yet, with a list where that
 * takes less than integers above the least of ends, which are the least and the
 * greatest value. False: it does not, and column is as it was. */
bool column_list_encode(struct column *column, const int64_t *values,
			const int64_t ends[2], uint8_t *data);

#endif
