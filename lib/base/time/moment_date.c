/* SPDX-License-Identifier: Apache-2.0 */
/* The dates of written times: year first, year last in either order, and eight digits. */
#include "base/time/moment_read.h"

#include "base/time/calendar.h"

#define NO_DAY_FIRST "is no time: no such day and month when read day first"
#define NO_MONTH_FIRST "is no time: no such day and month when read month first"

/* Twelve digits may be meant to begin with two of a year and to end with seconds: then these give a year that no call is
 * of, but for a few. */
#define TWELVE_FIRST 1970
#define TWELVE_LAST 2099
#define NO_TWELVE "is no time: twelve digits begin with a year from 1970 to 2099"

/* 2022-06-01: the separator must be the same both times. */
static const char *read_year_first(struct scan *c, struct moment_parts *r)
{
	char mark;

	r->year = (int)scan_number(c, 4);
	mark = scan_peek(c, 0);
	if (mark != '-' && mark != '/' && mark != '.')
		return MOMENT_NO_FORM;
	c->at++;
	if (!scan_run(c, 1, 2, &r->month) || !scan_take(c, mark) || !scan_run(c, 1, 2, &r->day))
		return MOMENT_NO_FORM;
	r->zero_date = r->year == 0 && r->month == 0 && r->day == 0;
	return NULL;
}

bool moment_take_year(struct scan *c, bool allow_short, struct moment_parts *r)
{
	size_t run = scan_digits(c);

	if (run != 4 && !(run == 2 && allow_short))
		return false;
	r->year = (int)scan_number(c, run);
	r->zero_date = r->year == 0;
	if (run == 2)
		r->year += r->year >= 69 ? 1900 : 2000;
	return true;
}

/* Decides which of two numbers is the day. */
static const char *settle_order(unsigned first, unsigned second, enum moment_order order, struct moment_parts *r)
{
	bool day_first = calendar_has(r->year, second, first), month_first = calendar_has(r->year, first, second);

	if (!day_first && !month_first)
		return MOMENT_NO_DATE;
	if (order == MOMENT_ORDER_DMY && !day_first)
		return NO_DAY_FIRST;
	if (order == MOMENT_ORDER_MDY && !month_first)
		return NO_MONTH_FIRST;
	if (first != second)
		r->orders = (day_first ? (unsigned)MOMENT_READS_DMY : 0) | (month_first ? (unsigned)MOMENT_READS_MDY : 0);
	if (order == MOMENT_ORDER_MDY || !day_first) {
		r->month = first;
		r->day = second;
	} else {
		r->month = second;
		r->day = first;
	}
	return NULL;
}

/* 1/6/2022, 01-06-2022, 01.06.2022. */
static const char *read_year_last(struct scan *c, enum moment_order order, struct moment_parts *r)
{
	unsigned first, second;
	char mark;

	if (!scan_run(c, 1, 2, &first))
		return MOMENT_NO_FORM;
	mark = scan_peek(c, 0);
	c->at++;
	if (!scan_run(c, 1, 2, &second) || !scan_take(c, mark) || !moment_take_year(c, mark != '-', r))
		return MOMENT_NO_FORM;
	r->zero_date = r->zero_date && first == 0 && second == 0;
	if (r->zero_date)
		return NULL;
	r->dotted = mark == '.';
	return settle_order(first, second, order, r);
}

/* 20220601, and 202206010905 or 20220601090507 in one run. */
static const char *read_compact(struct scan *c, size_t run, struct moment_parts *r)
{
	r->year = (int)scan_number(c, 4);
	if (run == 12 && (r->year < TWELVE_FIRST || r->year > TWELVE_LAST))
		return NO_TWELVE;
	r->month = scan_number(c, 2);
	r->day = scan_number(c, 2);
	r->zero_date = r->year == 0 && r->month == 0 && r->day == 0;
	r->compact = true;
	if (run >= 12) {
		r->hour = scan_number(c, 2);
		r->minute = scan_number(c, 2);
		r->has_time = true;
	}
	if (run == 14) {
		r->second = scan_number(c, 2);
		r->has_seconds = true;
	}
	return NULL;
}

const char *moment_read_date(struct scan *c, enum moment_order order, struct moment_parts *r)
{
	size_t run = scan_digits(c);
	const char next = scan_peek(c, run);

	if (moment_has_name(c))
		return moment_read_named(c, r);
	if (run == 8 || run == 12 || run == 14)
		return read_compact(c, run, r);
	if (run == 4)
		return read_year_first(c, r);
	if (run < 1 || run > 2 || (next != '/' && next != '.' && next != '-'))
		return MOMENT_NO_FORM;
	return read_year_last(c, order, r);
}
