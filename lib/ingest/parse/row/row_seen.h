/* SPDX-License-Identifier: Apache-2.0 */
/* What a row that is taken shows beside its values: how its clock goes, its number, whether its status fits. */
#ifndef UNSPOOF_INGEST_PARSE_ROW_SEEN_H
#define UNSPOOF_INGEST_PARSE_ROW_SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/time/clock.h"
#include "ingest/coverage/seen.h"
#include "ingest/format/record.h"
#include "ingest/plan/plan.h"

#define ROW_SEEN_STATUSES 16
#define ROW_SEEN_STATUS 32

/* A status met before, and what it means. */
struct seen_word {
	char text[ROW_SEEN_STATUS];
	size_t len;
	int8_t means;           /* 1: answered; -1: not; 0: neither is said */
};

/* Of one thread. */
struct row_seen {
	const struct plan *plan;
	/* Where the values are among those of the mapping, or -1. */
	int time, id, talk, billed, status;
	bool measures;          /* clocks are measured */
	struct clock_day day;
	struct seen_word words[ROW_SEEN_STATUSES];
	size_t word_count;
};

void row_seen_open(struct row_seen *eyes, const struct plan *plan);
/* Notes a row, which is going to be the one of that number. The matcher is the thread's; digits: those of its time, as
 * clock.h has them, or below 0. */
void row_seen_note(struct row_seen *eyes, struct matcher *matcher, const struct record *record,
		   const struct mapped *values, int64_t digits, uint32_t row, struct seen *seen);

#endif
