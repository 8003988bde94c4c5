/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of a batch show beside their values, for those that are stored: see witness.h. */
#ifndef UNSPOOF_INGEST_COVERAGE_SEEN_H
#define UNSPOOF_INGEST_COVERAGE_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/clock/clock_tally.h"

/* Rows are numbered as they are taken, from 0. Zeroed is empty. */
struct seen_id {
	uint32_t row;
	int64_t id;             /* -1: it is no number */
};

enum seen_status { SEEN_ANSWERED_ZERO, SEEN_UNANSWERED_TALK, SEEN_STATUSES };

struct seen_contradiction {
	uint32_t row;
	enum seen_status what;
	uint64_t line;
};

struct seen {
	struct clock_sighting *clocks;  /* one a row taken, where clocks are measured */
	size_t clock_count, clock_capacity;
	struct seen_id *ids;
	size_t id_count, id_capacity;
	struct seen_contradiction *statuses;
	size_t status_count, status_capacity;
	/* Times of the rows, milliseconds since 1970-01-01 on the clock that they are of. */
	bool times, zoned, open;        /* there are some; that tell a zone; that read both ways */
	int64_t first, last;
	uint64_t line;                  /* of the member, before all lines of these */
	bool failed;                    /* no memory */
};

void seen_clear(struct seen *seen);
void seen_release(struct seen *seen);
size_t seen_weight(const struct seen *seen);
/* Each sets failed where there is no memory. */
void seen_clock(struct seen *seen, const struct clock_sighting *clock);
void seen_id(struct seen *seen, uint32_t row, int64_t id);
void seen_status(struct seen *seen, uint32_t row, enum seen_status what, uint64_t line);
static inline void seen_time(struct seen *seen, int64_t ms, bool zoned)
{
	if (!seen->times || ms < seen->first)
		seen->first = ms;
	if (!seen->times || ms > seen->last)
		seen->last = ms;
	seen->times = true;
	seen->zoned = seen->zoned || zoned;
}

#endif
