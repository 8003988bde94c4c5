/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of values that begin alike, as numbers of the same areas do: a list of stems, which are
 * values whose low bits are 0, and for each value its stem's place and the low bits. */
#ifndef UNSPOOF_CASEFILE_COLUMN_COLUMN_STEMS_H
#define UNSPOOF_CASEFILE_COLUMN_COLUMN_STEMS_H

#include "casefile/column/column.h"

/* Codes a column, of which only the rows are set yet, with stems where that takes less than
 * integers of width bits. False: it does not, and column is as it was. */
bool column_stems_encode(struct column *column, const int64_t *values, unsigned width,
			 uint8_t *data);

#endif
