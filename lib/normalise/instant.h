/* SPDX-License-Identifier: Apache-2.0 */
/* Times of rows in UTC, by the zone and the order of their source. */
#ifndef UNSPOOF_NORMALISE_INSTANT_H
#define UNSPOOF_NORMALISE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "normalise/source_sense.h"

/* What a text of a time says of UTC in a source. reason NULL: understood. */
struct instant {
	const char *reason;
	bool null;               /* "no time" */
	bool clock;              /* a local time that is twice or never */
	bool day_only;           /* a day: ms is its first second by UTC, whatever the zone */
	bool to_minute;          /* it tells no seconds */
	bool unzoned;            /* read by the zone of the source */
	bool zoned;              /* the text tells its zone */
	int64_t ms;              /* since 1970-01-01 UTC */
	int64_t local_ms;        /* on the clock of the text */
	int64_t other_ms;        /* ms, but where clock: the other that it may be */
};

/* As a time of a role. */
struct instant instant_read(const struct source_sense *source, int role, struct text text);

/* When a day begins, and when the next does, on the clocks of a source: milliseconds of UTC. */
struct day_bounds {
	int64_t from, until;
};

/* Of a day. */
struct day_bounds instant_day(const struct source_sense *source, const struct instant *day);
/* The date of an instant there, as days since 1970-01-01. */
int64_t instant_date(const struct source_sense *source, const struct instant *instant);
/* The same of a time that is read, which is of UTC or of the clock of the role. */
struct instant instant_clock(const struct source_sense *source, int role, bool utc, int64_t ms);
/* Makes a time that clocks show twice what the row's epoch says, where that is known: clock is false then. */
void instant_settle(const struct source_sense *source, uint64_t member, uint64_t line, struct instant *instant);

#endif
