/* SPDX-License-Identifier: Apache-2.0 */
/* The proleptic Gregorian calendar: dates and counts of days. */
#ifndef UNSPOOF_BASE_TIME_CALENDAR_H
#define UNSPOOF_BASE_TIME_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#define SECOND_MS INT64_C(1000)
#define HOUR_MS INT64_C(3600000)
#define DAY_MS INT64_C(86400000)
#define DAY_SECONDS INT64_C(86400)

/* The units, of DAY_SECONDS or another length, from 1970-01-01 to the one that a time is in; negative before. */
static inline int64_t calendar_unit(int64_t time, int64_t unit)
{
	return time / unit - (time % unit < 0);
}

/* Days from 1970-01-01 to a date; month 1 to 12, any day, year -9999 to 99999. */
int64_t calendar_days(int year, unsigned month, unsigned day);

/* The date that lies `days` after 1970-01-01; `days` up to two million either way. */
void calendar_date(int64_t days, int *year, unsigned *month, unsigned *day);

/* Days of a month; month 1 to 12, year -9999 to 99999. */
unsigned calendar_month_days(int year, unsigned month);

/* Whether the calendar has this date, in the years 1 to 9999. Takes any values. */
bool calendar_has(int year, unsigned month, unsigned day);

#endif
