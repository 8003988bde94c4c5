/* SPDX-License-Identifier: Apache-2.0 */
/* The digits of a date and a time of day in one, 20220327005958 for `2022-03-27 00:59:58`: nearly every time of a call
 * log. This is the quick way; moment.h reads what else there is, and says the same. */
#ifndef UNSPOOF_BASE_TIME_CLOCK_H
#define UNSPOOF_BASE_TIME_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time/calendar.h"

/* What the six digits of a time of day are below, and all fourteen. */
#define CLOCK_DAY_DIGITS 1000000
#define CLOCK_DIGITS INT64_C(100000000000000)

/* From this date on no time stands for none; see clock_is_sure(). */
#define CLOCK_SURE_DATE 20010101

/* The day looked up last, for rows lie nearly in the order of time. */
struct clock_day {
	int64_t start; /* as 20220327000000 */
	int64_t ms;    /* its beginning, since 1970-01-01 on the clock of the digits */
};

/* One to begin with. */
#define CLOCK_DAY ((struct clock_day){INT64_C(20000101000000), INT64_C(946684800000)})

/* Looks up the day of a date, as 20220327. False, and nothing changes: there is none in the years 1 to 9999. */
bool clock_find_day(struct clock_day *day, int64_t date);

/* Whether six digits are a time of day. */
static inline bool clock_has(uint32_t clock)
{
	return clock < 240000 && clock / 100 % 100 < 60 && clock % 100 < 60;
}

/* The milliseconds since 1970-01-01 that digits say on their own clock, and their day. False, with neither changed: there
 * is no such day and time in the years 1 to 9999. Takes any value. */
static inline bool clock_read(struct clock_day *day, int64_t digits, int64_t *ms)
{
	const uint64_t within = (uint64_t)digits - (uint64_t)day->start;
	const bool same = within < CLOCK_DAY_DIGITS;
	uint32_t clock = (uint32_t)within;

	if (!same) {
		if ((uint64_t)digits >= (uint64_t)CLOCK_DIGITS)
			return false;
		clock = (uint32_t)(digits % CLOCK_DAY_DIGITS);
	}
	if (!clock_has(clock) || (!same && !clock_find_day(day, digits / CLOCK_DAY_DIGITS)))
		return false;
	*ms = day->ms + (int64_t)(clock / 10000 * 3600 + clock / 100 % 100 * 60 + clock % 100) * SECOND_MS;
	return true;
}

/* Whether no time of that year stands for none, as moment_parse() has it: not before 1971, and not in 2000. */
static inline bool clock_is_sure(int64_t ms)
{
	const int64_t year_1971 = INT64_C(31536000000), year_2000 = INT64_C(946684800000), year_2001 = INT64_C(978307200000);

	return (ms >= year_1971) & ((ms < year_2000) | (ms >= year_2001));
}

/* The digits of a text that has its digits and marks where `2022-03-27 00:59:58` or `2022-03-27T00:59:58` has them.
 * False, with *digits left alone: it has not. */
bool clock_digits(const char *text, size_t len, int64_t *digits);

#endif
