/* SPDX-License-Identifier: Apache-2.0 */
/* Understood values as deltas of what was found: most are the digits of a field,
 * times something and with something added, and need not be stored again. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_DELTA_H
#define UNSPOOF_CASEFILE_SEGMENT_DELTA_H

#include <stdbool.h>
#include <stdint.h>

#include "casefile/segment/segment.h"

/* Found values from here on count as 0: nothing made of them can overflow. */
#define DELTA_MOST INT64_C(1000000000000000)

/* Whether a column as understood can be stored as a delta. */
bool delta_can(unsigned column);
/* The found columns that it takes; bit c: column c. */
uint64_t delta_needs(unsigned column);
/* The columns as stored, factors and all, that these understood ones take. */
uint64_t delta_stored(uint64_t understood);

/* The basis of a row for a column: the found value of its role; for READ_STARTED
 * the time that its digits say, in milliseconds since 1970, read as
 * YYYYMMDDHHMMSS, or as seconds (10 digits) or milliseconds (13 digits) since
 * 1970, else 0; for READ_TALK the value of the role that flags name. Columns of
 * values, factors and flags have a row for each of the segment's. */

/* Adds factor * basis to each of the stored values: what the segment says. */
void delta_restore(const struct segment *segment, const int64_t *flags,
		   unsigned column, const int64_t *factors, int64_t *values);
/* The same where all rows have one factor. */
void delta_restore_same(const struct segment *segment, const int64_t *flags,
			unsigned column, int64_t factor, int64_t *values);

/* Values so that values[i] is rest[i] + factor * basis; the factor, of all rows,
 * leaves little of most. */
int64_t delta_split(const struct segment *segment, const int64_t *flags,
		    unsigned column, const int64_t *values, int64_t *rest);

#endif
