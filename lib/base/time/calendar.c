/* SPDX-License-Identifier: Apache-2.0 */
/* The proleptic Gregorian calendar, counted from a year far enough back for every sum to stay above zero. */
#include "base/time/calendar.h"

#define ERA_YEARS 12000 /* a whole number of cycles of 400 years */
#define ERA_DAYS 4382910
#define EPOCH_DAYS 719162 /* from 0001-01-01 to 1970-01-01 */

static bool is_leap(int year)
{
	/* Of those divisible by 4, one by 100 is by 25, and one by 400 by 25 and 16. */
	return (year & (year % 25 ? 3 : 15)) == 0;
}

unsigned calendar_month_days(int year, unsigned month)
{
	static const unsigned char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int64_t calendar_days(int year, unsigned month, unsigned day)
{
	static const uint16_t before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	const uint32_t past = (uint32_t)(year + ERA_YEARS - 1), centuries = past / 100;
	const uint32_t days = past * 365 + past / 4 - centuries + centuries / 4 + before[month - 1];

	return (int64_t)days + day - 1 + (month > 2 && is_leap(year)) - EPOCH_DAYS - ERA_DAYS;
}

void calendar_date(int64_t days, int *year, unsigned *month, unsigned *day)
{
	int64_t rest = days + EPOCH_DAYS + ERA_DAYS;
	int64_t cycles = rest / 146097, centuries, fours, ones;

	rest %= 146097;
	/* The last day of a leap year that ends a cycle or four years would else begin a fifth. */
	centuries = rest / 36524 - rest / 146096;
	rest -= centuries * 36524;
	fours = rest / 1461;
	rest %= 1461;
	ones = rest / 365 - rest / 1460;
	rest -= ones * 365;
	*year = (int)(cycles * 400 + centuries * 100 + fours * 4 + ones + 1 - ERA_YEARS);
	for (*month = 1; rest >= calendar_month_days(*year, *month); ++*month)
		rest -= calendar_month_days(*year, *month);
	*day = (unsigned)rest + 1;
}

bool calendar_has(int year, unsigned month, unsigned day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= calendar_month_days(year, month);
}
