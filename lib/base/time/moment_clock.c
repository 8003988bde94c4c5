/* SPDX-License-Identifier: Apache-2.0 */
/* The times of day and the zones of written times. */
#include "base/time/moment_read.h"

#include "base/time/zone_word.h"

#define NO_CLOCK "is no time: no such hour, minute or second"
#define NO_END "is no time: there is more behind it"

/* Goes over what parts date and time; true when a digit of a time follows. */
static bool skip_to_time(struct scan *c, const struct moment_parts *r)
{
	const struct scan start = *c;
	bool parted = scan_take(c, 'T') || scan_take(c, 't') || (r->compact && (scan_take(c, '-') || scan_take(c, '_'))) ||
		      (r->named && scan_take(c, ':'));

	if (!parted) {
		scan_take(c, ',');
		parted = scan_skip_blanks(c);
	}
	if (parted && scan_is_digit(scan_peek(c, 0)))
		return true;
	*c = start;
	return false;
}

/* AM or PM behind a time: hours are then 1 to 12. */
static bool read_half_day(struct scan *c, struct moment_parts *r)
{
	struct scan ahead = *c;
	char half;

	scan_skip_blanks(&ahead);
	half = scan_lower(scan_peek(&ahead, 0));
	if (scan_letters(&ahead) != 2 || (half != 'a' && half != 'p') || scan_lower(scan_peek(&ahead, 1)) != 'm')
		return true;
	if (r->hour < 1 || r->hour > 12)
		return false;
	r->hour = r->hour % 12 + (half == 'p' ? 12 : 0);
	c->at = ahead.at + 2;
	return true;
}

/* The fraction of a second, when there is one. */
const char *moment_read_fraction(struct scan *c, struct moment_parts *r)
{
	size_t run;

	if (scan_peek(c, 0) != '.' && scan_peek(c, 0) != ',')
		return NULL;
	c->at++;
	run = scan_digits(c);
	if (run == 0)
		return MOMENT_NO_FORM;
	for (unsigned i = 0, unit = 100; i < run; i++, unit /= 10)
		r->ms += (unsigned)(*c->at++ - '0') * unit;
	return NULL;
}

const char *moment_read_clock(struct scan *c, struct moment_parts *r)
{
	size_t run = scan_digits(c);
	char mark;

	r->has_time = true;
	if (r->compact && (run == 4 || run == 6)) {
		r->hour = scan_number(c, 2);
		r->minute = scan_number(c, 2);
		r->has_seconds = run == 6;
		r->second = run == 6 ? scan_number(c, 2) : 0;
		return NULL;
	}
	if (!scan_run(c, 1, 2, &r->hour))
		return MOMENT_NO_FORM;
	mark = scan_peek(c, 0) == '.' ? '.' : ':';
	if (!scan_take(c, mark) || scan_digits(c) != 2)
		return MOMENT_NO_FORM;
	r->minute = scan_number(c, 2);
	if (!scan_take(c, mark))
		return NULL;
	if (scan_digits(c) != 2)
		return MOMENT_NO_FORM;
	r->second = scan_number(c, 2);
	r->has_seconds = true;
	return NULL;
}

/* 24:00 is the end of the day, as ISO 8601 has it; :60 is a leap second. */
static bool has_clock(const struct moment_parts *r)
{
	if (r->hour == 24)
		return r->minute == 0 && r->second == 0 && r->ms == 0;
	return r->hour < 24 && r->minute < 60 && r->second <= 60;
}

const char *moment_read_time(struct scan *c, struct moment_parts *r)
{
	const char *reason = NULL;

	if (!r->has_time && skip_to_time(c, r))
		reason = moment_read_clock(c, r);
	if (reason == NULL && r->has_seconds)
		reason = moment_read_fraction(c, r);
	if (reason == NULL && r->has_time && !read_half_day(c, r))
		reason = NO_CLOCK;
	if (reason == NULL && !has_clock(r))
		reason = NO_CLOCK;
	if (r->second == 60) {
		r->second = 59;
		r->ms = 999;
	}
	return reason;
}

bool moment_offset(const char *text, size_t len, int *out)
{
	struct scan c = {text, text + len};
	bool west = scan_peek(&c, 0) == '-';
	unsigned hours, minutes = 0;
	size_t run;

	if (!scan_take(&c, '+') && !scan_take(&c, '-'))
		return false;
	run = scan_digits(&c);
	if (run != 2 && run != 4)
		return false;
	hours = scan_number(&c, 2);
	if (run == 4 || scan_take(&c, ':')) {
		if (scan_digits(&c) != 2)
			return false;
		minutes = scan_number(&c, 2);
	}
	if (c.at != c.end || hours > 15 || minutes > 59)
		return false;
	*out = (int)(hours * 3600 + minutes * 60) * (west ? -1 : 1);
	return true;
}

static bool read_numeric_zone(struct scan *c, struct moment_parts *r)
{
	size_t run = 1;

	while (scan_is_digit(scan_peek(c, run)) || scan_peek(c, run) == ':')
		run++;
	if (!r->has_time || !moment_offset(c->at, run, &r->offset))
		return false;
	c->at += run;
	scan_skip_blanks(c);
	c->at += scan_letters(c);
	return true;
}

static bool read_named_zone(struct scan *c)
{
	static const char *const names[] = {"z", "ut", "utc", "gmt"};
	size_t run = scan_letters(c), same;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		for (same = 0; same < run && names[i][same] == scan_lower(c->at[same]);)
			same++;
		if (same < run || names[i][same] != '\0')
			continue;
		c->at += run;
		return true;
	}
	return false;
}

/* An abbreviation, whose offset is not told here. */
static bool read_zone_word(struct scan *c, struct moment_parts *r)
{
	const size_t run = scan_letters(c);

	r->word = r->has_time ? zone_word_find((struct text){c->at, run}) : 0;
	if (r->word)
		c->at += run;
	return r->word != 0;
}

const char *moment_take_zone(struct scan *c, struct moment_parts *r)
{
	scan_skip_blanks(c);
	if (scan_peek(c, 0) == '+' || scan_peek(c, 0) == '-')
		r->zoned = read_numeric_zone(c, r);
	else if (scan_is_letter(scan_peek(c, 0)))
		r->zoned = read_named_zone(c);
	else
		return NULL;
	return r->zoned || read_zone_word(c, r) ? NULL : MOMENT_NO_OFFSET;
}

const char *moment_read_zone(struct scan *c, struct moment_parts *r)
{
	const char *reason = r->zoned || r->word ? NULL : moment_take_zone(c, r);

	if (reason != NULL)
		return reason;
	scan_skip_blanks(c);
	if ((r->zoned || r->word) && scan_peek(c, 0) == '(' && c->end[-1] == ')')
		return NULL;
	return c->at == c->end ? NULL : NO_END;
}
