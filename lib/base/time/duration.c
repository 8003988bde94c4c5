/* SPDX-License-Identifier: Apache-2.0 */
/* The text of durations: plain seconds, clock-like, or with units. */
#include "base/time/duration.h"

#include <string.h>

#include "base/money/decimal.h"
#include "base/scan.h"
#include "base/text.h"

#define NO_DURATION "is no duration"
#define TOO_LONG "is more than 1,000,000,000 seconds"
#define MS_MOST ((u128)SECONDS_MOST * 1000)

/* A duration without its sign: whole milliseconds, and whether there is more than that. */
struct length {
	u128 ms;
	bool more;
};

/* value / 10^scale * 10^places, rounded down. */
static bool shift_down(u128 value, int places, struct length *out)
{
	u128 back;
	bool rounded;

	if (!decimal_shift(value, places, &out->ms, &out->more))
		return false;
	if (out->more && (!decimal_shift(out->ms, -places, &back, &rounded) || back > value))
		out->ms--;
	return true;
}

/* A plain number of seconds. */
static const char *span_number(const struct scan *c, struct length *out)
{
	struct decimal value;
	const char *reason = decimal_parse(c->at, (size_t)(c->end - c->at), &value);

	if (reason != NULL)
		return reason;
	return shift_down(value.mantissa, 3 - (int)value.scale, out) ? NULL : TOO_LONG;
}

/* 1:10 or 00:01:10.5. */
static const char *span_clock(struct scan *c, struct length *out)
{
	uint64_t seconds = 0;
	unsigned parts = 0;

	do {
		size_t run = scan_digits(c);
		unsigned value;

		if (run < 1 || run > (parts == 0 ? 9 : 2) || ++parts > 3)
			return NO_DURATION;
		value = scan_number(c, run);
		if (parts > 1 && value > 59)
			return "is no duration: minutes or seconds over 59";
		seconds = seconds * 60 + value;
	} while (scan_take(c, ':'));
	out->ms = (u128)seconds * 1000;
	if (scan_take(c, '.')) {
		if (scan_digits(c) == 0)
			return NO_DURATION;
		for (unsigned unit = 100; scan_is_digit(scan_peek(c, 0)); unit /= 10, c->at++) {
			out->ms += (unsigned)(*c->at - '0') * unit;
			out->more = out->more || (unit == 0 && *c->at != '0');
		}
	}
	return c->at == c->end && parts > 1 ? NULL : NO_DURATION;
}

/* The unit at the place as its place among the units and its nanoseconds. */
static bool take_unit(struct scan *c, size_t *place, uint64_t *nanoseconds)
{
	static const struct {
		const char *name;
		size_t place;
		uint64_t nanoseconds;
	} units[] = {
		{"d", 1, 86400000000000}, {"h", 2, 3600000000000}, {"m", 3, 60000000000}, {"s", 4, 1000000000},
		{"ms", 5, 1000000}, {"us", 6, 1000}, {"\xC2\xB5s", 6, 1000}, {"ns", 7, 1},
	};
	size_t run = 0;

	while (scan_peek(c, run) != '\0' && scan_peek(c, run) != ' ' && !scan_is_digit(scan_peek(c, run)))
		run++;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (strlen(units[i].name) != run || memcmp(units[i].name, c->at, run) != 0)
			continue;
		c->at += run;
		*place = units[i].place;
		*nanoseconds = units[i].nanoseconds;
		return true;
	}
	return false;
}

/* One number of 1m10.5s; `len` of it. Only the last may have decimals: `*last` says it had. */
static bool add_unit(const char *number, size_t len, uint64_t nanoseconds, struct length *total, bool *last)
{
	struct decimal value;
	struct length part;

	/* 22 digits times a day of nanoseconds is within 128 bits. */
	if (*last || len > 22 || decimal_parse(number, len, &value) != NULL
	    || !shift_down(value.mantissa * nanoseconds, -(int)value.scale, &part))
		return false;
	*last = value.scale > 0;
	total->ms += part.ms;
	total->more = part.more;
	return true;
}

/* 1m10s: summed in nanoseconds. */
static const char *span_units(struct scan *c, struct length *out)
{
	struct length total = {0, false};
	size_t before = 0, place;
	uint64_t nanoseconds;
	bool last = false;

	while (c->at < c->end) {
		const char *number = c->at;
		size_t run;

		while (scan_is_digit(scan_peek(c, 0)) || scan_peek(c, 0) == '.')
			c->at++;
		run = (size_t)(c->at - number);
		scan_skip_blanks(c);
		if (!take_unit(c, &place, &nanoseconds) || place <= before)
			return NO_DURATION;
		if (!add_unit(number, run, nanoseconds, &total, &last))
			return NO_DURATION;
		before = place;
		scan_skip_blanks(c);
	}
	out->ms = total.ms / 1000000;
	out->more = total.more || total.ms % 1000000 != 0;
	return NULL;
}

/* Goes over whole days, `1 day` or `12 days` and a comma; false, without moving, when there are none. */
static bool take_days(struct scan *c, unsigned *days)
{
	struct scan ahead = *c;
	size_t run;

	if (!scan_run(&ahead, 1, 9, days) || !scan_skip_blanks(&ahead))
		return false;
	run = scan_letters(&ahead);
	if ((run != 3 && run != 4) || strncmp(ahead.at, "days", run) != 0)
		return false;
	ahead.at += run;
	scan_take(&ahead, ',');
	*c = ahead;
	return true;
}

/* 0 days 00:01:10 behind its days, as intervals of PostgreSQL, Python and pandas are written: days and clock have signs of
 * their own. *negative: that of the days, then of all. */
static const char *span_days(struct scan *c, unsigned days, bool *negative, struct length *out)
{
	const int64_t whole = (int64_t)days * 86400000;
	struct length clock = {0, false};
	const char *reason;
	int64_t total;
	bool back;

	if (c->at < c->end && !scan_skip_blanks(c))
		return NO_DURATION;
	back = scan_take(c, '-');
	if (!back)
		scan_take(c, '+');
	reason = c->at < c->end ? span_clock(c, &clock) : NULL;
	if (reason != NULL)
		return reason;
	total = (*negative ? -whole : whole) + (back ? -(int64_t)clock.ms : (int64_t)clock.ms);
	if (back && clock.more)
		total--;
	*negative = total < 0;
	out->ms = (u128)(*negative ? -total : total);
	return NULL;
}

const char *seconds_parse(const char *text, size_t len, int64_t *ms)
{
	const struct text trimmed = text_trim((struct text){text, len});
	struct length span = {0, false};
	struct scan c;
	const char *reason;
	bool negative;
	unsigned days;

	if (trimmed.len == 0)
		return "is empty";
	c = (struct scan){trimmed.data, trimmed.data + trimmed.len};
	negative = scan_take(&c, '-');
	if (!negative)
		scan_take(&c, '+');
	if (!scan_is_digit(scan_peek(&c, 0)) && scan_peek(&c, 0) != '.' && scan_peek(&c, 0) != ',')
		return NO_DURATION;
	if (take_days(&c, &days))
		reason = span_days(&c, days, &negative, &span);
	else if (memchr(c.at, ':', (size_t)(c.end - c.at)) != NULL)
		reason = span_clock(&c, &span);
	else if (scan_is_letter(c.end[-1]))
		reason = span_units(&c, &span);
	else
		reason = span_number(&c, &span);
	if (reason != NULL)
		return reason;
	if (span.ms > MS_MOST || (span.ms == MS_MOST && span.more))
		return TOO_LONG;
	if (negative && span.more)
		span.ms++;
	*ms = negative ? -(int64_t)span.ms : (int64_t)span.ms;
	return NULL;
}
