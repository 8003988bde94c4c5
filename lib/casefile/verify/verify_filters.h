/* SPDX-License-Identifier: Apache-2.0 */
/* Checking the filters of segments: they are made again, and held against those there are. */
#ifndef UNSPOOF_CASEFILE_VERIFY_VERIFY_FILTERS_H
#define UNSPOOF_CASEFILE_VERIFY_VERIFY_FILTERS_H

#include "casefile/filter/segment_filter.h"

/* Bytes of a row of table segment_filter: its checks, then its filters. */
#define FILTER_PARTS (1 + FILTERED_COLUMNS)

/* What the case has for a segment. One that is longer than can be is not kept. */
struct filter_said {
	bool there;
	size_t lens[FILTER_PARTS];
	uint8_t bytes[FILTER_PARTS][VALUE_FILTER_MOST];
};

/* What a thread makes it again with. Zeroed is empty. */
struct filter_maker {
	struct segment_filter filter;
	struct value_filter scratch;
};

/* NULL: a failure. The columns are those that filter_said_take() takes, of a segment by its id. */
sqlite3_stmt *filter_said_prepare(struct casefile *casefile);
/* Reads it; STATUS_OK also where there is none. */
enum status filter_said_take(struct casefile *casefile, sqlite3_stmt *statement, int64_t id,
			     struct filter_said *said);

/* Whether it is what the segment, fetched and decoded whole, makes it. Of columns as found
 * nothing need be known. False in *good: no memory. */
bool filter_said_same(const struct filter_said *said, const struct raw_segment *raw,
		      const struct segment *segment, struct filter_maker *maker, bool *good);

/* How many rows are of no segment. */
enum status filter_strays(struct casefile *casefile, int64_t *count);

void filter_maker_release(struct filter_maker *maker);

#endif
