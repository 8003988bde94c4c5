/* SPDX-License-Identifier: Apache-2.0 */
/* The dates of written times with an English name in them: of the month, or of the day of the week before. */
#include "base/time/moment_read.h"

/* Takes letters that are at least the first three of one of `names`, and a full stop behind fewer than all; gives which,
 * from 1. */
static bool take_name(struct scan *c, const char *const *names, size_t count, unsigned *out)
{
	size_t run = scan_letters(c);

	for (size_t i = 0; i < count && run >= 3; i++) {
		size_t same = 0;

		while (same < run && names[i][same] != '\0' && names[i][same] == scan_lower(c->at[same]))
			same++;
		if (same < run)
			continue;
		c->at += run;
		if (names[i][same] != '\0')
			scan_take(c, '.');
		*out = (unsigned)i + 1;
		return true;
	}
	return false;
}

static bool take_month(struct scan *c, struct moment_parts *r)
{
	static const char *const names[] = {"january", "february", "march", "april", "may", "june", "july", "august",
					    "september", "october", "november", "december"};

	return take_name(c, names, sizeof names / sizeof *names, &r->month);
}

static void skip_weekday(struct scan *c)
{
	static const char *const names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
	unsigned day;

	if (!take_name(c, names, sizeof names / sizeof *names, &day))
		return;
	scan_take(c, ',');
	scan_skip_blanks(c);
}

/* The day of the month, `27` or `27th`. */
static bool take_day(struct scan *c, struct moment_parts *r)
{
	static const char endings[] = "stndrdth";

	if (!scan_run(c, 1, 2, &r->day))
		return false;
	for (size_t i = 0; i < sizeof endings - 1 && scan_letters(c) == 2; i += 2) {
		if (scan_lower(c->at[0]) == endings[i] && scan_lower(c->at[1]) == endings[i + 1])
			c->at += 2;
	}
	return true;
}

/* What parts the parts of a date: a hyphen, a slash, blanks, which may follow a comma, or nothing, which is NUL. */
static char take_mark(struct scan *c)
{
	if (scan_take(c, '-'))
		return '-';
	if (scan_take(c, '/'))
		return '/';
	scan_take(c, ',');
	return scan_skip_blanks(c) ? ' ' : '\0';
}

/* 1 Jun 2022, 01-JUN-22, 01/Jun/2022, 01JUN2022. */
static const char *read_day_first(struct scan *c, struct moment_parts *r)
{
	bool whole;
	char mark;

	if (!take_day(c, r))
		return MOMENT_NO_FORM;
	mark = take_mark(c);
	if (!take_month(c, r) || take_mark(c) != mark)
		return MOMENT_NO_FORM;
	whole = scan_digits(c) == 4;
	/* Where there is no year, hours would be taken for one. */
	return moment_take_year(c, true, r) && (whole || scan_peek(c, 0) != ':') ? NULL : MOMENT_NO_FORM;
}

/* 2022-Jun-01. */
static const char *read_year_first(struct scan *c, struct moment_parts *r)
{
	char mark;

	if (!moment_take_year(c, false, r))
		return MOMENT_NO_FORM;
	mark = take_mark(c);
	return mark != '\0' && take_month(c, r) && take_mark(c) == mark && take_day(c, r) ? NULL : MOMENT_NO_FORM;
}

/* Jun 1, 2022, Jun-01-2022, and with the year last of all, as the C library writes: Jun  1 10:00:00 2022. */
static const char *read_month_first(struct scan *c, struct moment_parts *r)
{
	const char *reason = NULL;
	size_t run;

	if (!take_month(c, r) || take_mark(c) == '\0' || !take_day(c, r) || take_mark(c) == '\0')
		return MOMENT_NO_FORM;
	run = scan_digits(c);
	if (run <= 2 && scan_peek(c, run) == ':') {
		reason = moment_read_clock(c, r);
		if (reason == NULL)
			reason = moment_take_zone(c, r);
		scan_skip_blanks(c);
	}
	if (reason != NULL)
		return reason;
	return moment_take_year(c, false, r) ? NULL : MOMENT_NO_FORM;
}

bool moment_has_name(const struct scan *scan)
{
	struct scan c = *scan;
	const size_t run = scan_digits(&c);

	if (run != 1 && run != 2 && run != 4)
		return run == 0 && scan_letters(&c) > 0;
	c.at += run;
	(void)take_mark(&c);
	return scan_letters(&c) >= 2;
}

const char *moment_read_named(struct scan *c, struct moment_parts *r)
{
	const char *reason;

	skip_weekday(c);
	if (scan_letters(c) > 0)
		reason = read_month_first(c, r);
	else if (scan_digits(c) == 4)
		reason = read_year_first(c, r);
	else
		reason = read_day_first(c, r);
	r->named = true;
	r->zero_date = false;
	return reason;
}
