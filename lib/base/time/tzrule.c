/* SPDX-License-Identifier: Apache-2.0 */
/* The TZ string of POSIX: reading it, and the instants it means. */
#include "base/time/tzrule.h"

#include <string.h>

#include "base/scan.h"
#include "base/time/calendar.h"

#define DEFAULT_TIME 7200 /* clocks change at 02:00 where the rule does not say */

/* A name: letters, or letters, digits and signs between < and >; three or more. */
static bool take_name(struct scan *scan, char out[static TZRULE_NAME])
{
	const bool quoted = scan_take(scan, '<');
	size_t n = 0;

	while (scan_is_letter(scan_peek(scan, n))
	       || (quoted && (scan_is_digit(scan_peek(scan, n)) || scan_peek(scan, n) == '+' || scan_peek(scan, n) == '-')))
		n++;
	if (n < TZRULE_NAME)
		memcpy(out, scan->at, n);
	scan->at += n;
	return n >= 3 && (!quoted || scan_take(scan, '>'));
}

/* One part of hh[:mm[:ss]] below 60. */
static bool take_sixtieth(struct scan *scan, int unit, int *seconds)
{
	unsigned value;

	if (!scan_run(scan, 2, 2, &value) || value > 59)
		return false;
	*seconds += (int)value * unit;
	return true;
}

/* [+-]hh[:mm[:ss]] with at most `most` hours. */
static bool take_time(struct scan *scan, unsigned most, int *out)
{
	const bool negative = scan_take(scan, '-');
	unsigned hours;
	int seconds;

	if (!negative)
		scan_take(scan, '+');
	if (!scan_run(scan, 1, 3, &hours) || hours > most)
		return false;
	seconds = (int)hours * 3600;
	if (scan_take(scan, ':')) {
		if (!take_sixtieth(scan, 60, &seconds))
			return false;
		if (scan_take(scan, ':') && !take_sixtieth(scan, 1, &seconds))
			return false;
	}
	*out = negative ? -seconds : seconds;
	return true;
}

/* POSIX counts offsets west of Greenwich. */
static bool take_offset(struct scan *scan, int *out)
{
	int west;

	if (!take_time(scan, 24, &west))
		return false;
	*out = -west;
	return true;
}

static bool take_month_day(struct scan *scan, struct tzrule_day *out)
{
	out->form = 'M';
	return scan_run(scan, 1, 2, &out->month) && out->month >= 1 && out->month <= 12 && scan_take(scan, '.')
	       && scan_run(scan, 1, 1, &out->week) && out->week >= 1 && out->week <= 5 && scan_take(scan, '.')
	       && scan_run(scan, 1, 1, &out->day) && out->day <= 6;
}

/* ,date[/time] */
static bool take_day(struct scan *scan, struct tzrule_day *out)
{
	bool good;

	*out = (struct tzrule_day){.seconds = DEFAULT_TIME};
	if (!scan_take(scan, ','))
		return false;
	if (scan_take(scan, 'M')) {
		good = take_month_day(scan, out);
	} else {
		out->form = scan_take(scan, 'J') ? 'J' : 'N';
		good = scan_run(scan, 1, 3, &out->day) && out->day <= 365 && (out->form == 'N' || out->day >= 1);
	}
	return good && (!scan_take(scan, '/') || take_time(scan, 167, &out->seconds));
}

bool tzrule_parse(const char *text, size_t len, struct tzrule *out)
{
	struct scan scan = {text, text + len};

	*out = (struct tzrule){0};
	if (!take_name(&scan, out->standard_name) || !take_offset(&scan, &out->standard))
		return false;
	if (scan.at == scan.end)
		return true;
	out->changes = true;
	out->summer = out->standard + 3600;
	if (!take_name(&scan, out->summer_name) || (scan_peek(&scan, 0) != ',' && !take_offset(&scan, &out->summer)))
		return false;
	return take_day(&scan, &out->start) && take_day(&scan, &out->end) && scan.at == scan.end;
}

/* The first day of the month that is the right day of the week, then weeks on; the fifth may be the fourth. */
static int64_t month_day(const struct tzrule_day *day, int year)
{
	const int64_t first = calendar_days(year, day->month, 1);
	const unsigned length = calendar_month_days(year, day->month);
	/* 1970-01-01 was a Thursday, 4; 7 * 110000 days before it is earlier than year 1. */
	const unsigned weekday = (unsigned)((first + 4 + 7 * (int64_t)110000) % 7);
	unsigned offset = (day->day + 7 - weekday) % 7 + (day->week - 1) * 7;

	if (offset >= length)
		offset -= 7;
	return first + offset;
}

/* A rule's moment on the local clock. */
static int64_t local_time(const struct tzrule_day *day, int year)
{
	int64_t days;

	if (day->form == 'M')
		days = month_day(day, year);
	else if (day->form == 'J')
		days = calendar_days(year, 1, day->day) + (day->day > 59 && calendar_month_days(year, 2) == 29);
	else
		days = calendar_days(year, 1, day->day + 1);
	return days * DAY_SECONDS + day->seconds;
}

void tzrule_year(const struct tzrule *rule, int year, int64_t *start, int64_t *end)
{
	*start = local_time(&rule->start, year) - rule->standard;
	*end = local_time(&rule->end, year) - rule->summer;
}
