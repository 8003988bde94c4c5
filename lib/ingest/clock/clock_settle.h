/* SPDX-License-Identifier: Apache-2.0 */
/* What the clocks of a source were, by its tally: periods of an offset each. */
#ifndef UNSPOOF_INGEST_CLOCK_CLOCK_SETTLE_H
#define UNSPOOF_INGEST_CLOCK_CLOCK_SETTLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/clock/clock_tally.h"

/* Clocks that changed more often are not believed. */
#define CLOCK_PERIODS 64

/* From the first row to the last of an offset, seconds since 1970-01-01 UTC. */
struct clock_period {
	int64_t from, to;
	uint64_t rows, line, member;    /* and the place of a row */
	int32_t offset;                 /* seconds east of UTC */
};

/* What was measured; count 0: nothing was. */
struct clock_measured {
	struct clock_period periods[CLOCK_PERIODS];
	size_t count;
	uint64_t rows;          /* that agree with the periods */
	uint64_t apart;         /* whose two times contradict each other, or the rows around them */
	uint64_t line, member;  /* of the first of those; line 0: of none */
	bool disbelieved;       /* most contradict it, or clocks would change too often */
};

/* False: no memory. */
bool clock_settle(const struct clock_tally *tally, struct clock_measured *measured);

/* Lines `FROM TO OFFSET ROWS`, as table source has them. */
void clock_measured_write(const struct clock_measured *measured, struct buf *out);
/* For people: `UTC+01:00 from 2022-03-27T01:00:02Z to 2022-10-30T00:59:58Z; UTC+00:00 ...`; of many periods the first. */
void clock_measured_say(const struct clock_measured *measured, struct buf *out);
/* `UTC+01:00` */
void clock_offset_say(int32_t offset, struct buf *out);

/* What of hours that clocks show twice the rows tell, as table source has it: lines `hour FROM UNTIL OFFSET`, local
 * seconds, of an hour whose rows have that offset, unless a line `row MEMBER LINE OFFSET` says another. An hour with no
 * such line is open for rows without one. */
void clock_doubled_write(const struct clock_tally *tally, const struct clock_measured *measured, struct buf *out);

#endif
