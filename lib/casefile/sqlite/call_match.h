/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a segment that meet conditions, decoded: on any thread. */
#ifndef UNSPOOF_CASEFILE_SQLITE_CALL_MATCH_H
#define UNSPOOF_CASEFILE_SQLITE_CALL_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/segment/raw_segment.h"
#include "casefile/sqlite/call_ask.h"

/* Rows that are looked at together: a multiple of 8. */
#define CALL_WINDOW 2048

/* Zeroed is empty. */
struct call_rows {
	/* As many rows as match; row k of its columns is row at[k] of the segment, or row k
	 * where at is NULL. */
	struct segment segment;
	const uint32_t *at;
	/* The module's own. */
	struct segment_decoder whole, asked, given;
	uint32_t hits[CALL_WINDOW];
	uint32_t *numbers;
	int64_t *values[FOUND_COLUMNS + READ_COLUMNS];
	uint32_t capacity;             /* of values of the columns: */
	uint64_t found, understood;
};

void call_rows_release(struct call_rows *rows);

/* The number in its segment of row k. */
static inline uint32_t call_row_number(const struct call_rows *rows, uint32_t k)
{
	return rows->at ? rows->at[k] : k;
}

/* Decodes the columns that are asked for of the rows that meet all conditions; segment and
 * texts borrow from raw. STATUS_INTEGRITY, STATUS_FAILED: as segment_decode(). */
enum status call_match(struct call_rows *rows, const struct raw_segment *raw,
		       const struct call_ask *ask);
/* The same with the conditions' columns alone in raw: only whether there is any row, then
 * one of no meaning. */
enum status call_match_any(struct call_rows *rows, const struct raw_segment *raw,
			   const struct call_ask *ask);

#endif
