/* SPDX-License-Identifier: Apache-2.0 */
/* Text to exact decimals and back: finding the point among the marks people write, then integers only. */
#include "base/money/decimal.h"

#include <string.h>

#include "base/scan.h"
#include "base/text.h"

#define MAX_TEXT 128
#define MAX_POWER 38 /* 10^38 is the largest power of ten in 128 bits */
#define NO_NUMBER "is not a number"
#define TOO_LARGE "is too large"

/* A number with its marks sorted out: what remains of the text are digits, `.` for the point and `,` for thousands. */
struct shape {
	char text[MAX_TEXT];
	size_t len;
	int exponent;
	bool has_exponent;
	bool negative;
};

static u128 power_of_ten(unsigned n)
{
	u128 power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

/* Reads what follows the `e`. Four digits are beyond anything that fits, whatever the mantissa. */
static const char *read_exponent(struct scan *scan, struct shape *shape)
{
	const bool negative = scan_take(scan, '-');
	unsigned value;

	if (!negative)
		scan_take(scan, '+');
	if (scan_digits(scan) == 0)
		return NO_NUMBER;
	if (!scan_run(scan, 1, 3, &value))
		return "has an exponent beyond 999";
	if (scan->at != scan->end)
		return NO_NUMBER;
	shape->exponent = negative ? -(int)value : (int)value;
	shape->has_exponent = true;
	return NULL;
}

/* Copies the mantissa with every blank as one ' ', and reads the exponent. */
static const char *take_apart(struct scan *scan, struct shape *shape)
{
	shape->negative = scan_take(scan, '-');
	if (!shape->negative)
		scan_take(scan, '+');
	while (scan->at < scan->end) {
		const size_t blank = scan_blank(scan);
		const char byte = *scan->at;

		if (scan_take(scan, 'e') || scan_take(scan, 'E'))
			return read_exponent(scan, shape);
		if (blank == 0 && !scan_is_digit(byte) && byte != '.' && byte != ',' && byte != '\'')
			return NO_NUMBER;
		shape->text[shape->len++] = blank > 0 ? ' ' : byte;
		scan->at += blank > 0 ? blank : 1;
	}
	return NULL;
}

/* How often `mark` stands in the text, and where first and last. */
struct mark {
	size_t count;
	size_t first;
	size_t last;
};

static struct mark find_mark(const struct shape *shape, char mark)
{
	struct mark found = {0, 0, 0};

	for (size_t i = 0; i < shape->len; i++) {
		if (shape->text[i] != mark)
			continue;
		if (found.count++ == 0)
			found.first = i;
		found.last = i;
	}
	return found;
}

/* Whether the text before `end` is groups of three digits parted by `mark`, the first of one to three and not from 0. */
static bool is_grouped(const struct shape *shape, char mark, size_t end)
{
	size_t run = 0;
	bool first = true;

	if (end == 0 || shape->text[0] == '0')
		return false;
	for (size_t i = 0; i <= end; i++) {
		if (i < end && scan_is_digit(shape->text[i])) {
			run++;
			continue;
		}
		if (i < end && shape->text[i] != mark)
			return false;
		if (first ? run < 1 || run > 3 : run != 3)
			return false;
		first = false;
		run = 0;
	}
	return true;
}

/* Drops the thousands marks before `end`, where the point or the end is. */
static void drop_groups(struct shape *shape, char mark, size_t end)
{
	size_t kept = 0;

	for (size_t i = 0; i < shape->len; i++) {
		if (i >= end || shape->text[i] != mark)
			shape->text[kept++] = shape->text[i];
	}
	shape->len = kept;
}

/* Settles the case of points and commas alone: which of the two is the point, if any, and which parts thousands. */
static const char *settle_pair(struct mark points, struct mark commas, char *point, char *group)
{
	if (points.count > 0 && commas.count > 0) {
		bool comma_last = commas.last > points.last;

		*point = comma_last ? ',' : '.';
		*group = comma_last ? '.' : ',';
		if ((comma_last ? commas.count : points.count) > 1)
			return "has points and commas in no order";
		return NULL;
	}
	if (points.count > 1)
		*group = '.';
	else if (commas.count > 1)
		*group = ',';
	else if (points.count == 1)
		*point = '.';
	else if (commas.count == 1)
		*point = ',';
	return NULL;
}

/* Why a text whose thousands are not groups of three is refused. */
static const char *bad_groups(char group, bool has_point)
{
	if (group == '.')
		return has_point ? "has points that do not part thousands" : "has two points";
	if (group == ',')
		return "has commas that do not part thousands";
	return "has blanks or apostrophes that do not part thousands";
}

/* Leaves digits and at most one '.' in the shape, or says what is wrong with its marks. */
static const char *settle_marks(struct shape *shape)
{
	const struct mark points = find_mark(shape, '.'), commas = find_mark(shape, ',');
	const struct mark blanks = find_mark(shape, ' '), ticks = find_mark(shape, '\'');
	char point = 0, group = 0;
	const char *reason = settle_pair(points, commas, &point, &group);
	size_t end = point == '.' ? points.last : point == ',' ? commas.last : shape->len;

	if (reason != NULL)
		return reason;
	if (blanks.count + ticks.count > 0) {
		if (group != 0 || (blanks.count > 0 && ticks.count > 0))
			return "has two kinds of thousands marks";
		group = blanks.count > 0 ? ' ' : '\'';
	}
	if (group != 0 && (shape->has_exponent || !is_grouped(shape, group, end)))
		return bad_groups(group, point != 0);
	if (point == ',' && group == 0 && !shape->has_exponent && shape->len - end == 4 && is_grouped(shape, ',', shape->len))
		return "may be thousands or decimals: a comma before three digits";
	if (point == ',')
		shape->text[end] = '.';
	if (group != 0)
		drop_groups(shape, group, end);
	return NULL;
}

/* The digits of a shape, without the zeros at either end, times 10^exponent. */
struct digits {
	char text[MAX_TEXT];
	size_t len;
	int exponent;
};

static const char *collect_digits(const struct shape *shape, struct digits *digits)
{
	bool seen = false, after = false;

	digits->len = 0;
	digits->exponent = shape->exponent;
	for (size_t i = 0; i < shape->len; i++) {
		char c = shape->text[i];

		if (c == '.') {
			after = true;
			continue;
		}
		if (!scan_is_digit(c))
			return NO_NUMBER;
		seen = true;
		if (after)
			digits->exponent--;
		if (digits->len > 0 || c != '0')
			digits->text[digits->len++] = c;
	}
	while (digits->len > 0 && digits->text[digits->len - 1] == '0') {
		digits->len--;
		digits->exponent++;
	}
	return seen ? NULL : NO_NUMBER;
}

/* Significant digits that any decimal can have; and of one digit more, 2^128 - 1. */
#define SURE_DIGITS 38
#define MOST_MANTISSA "340282366920938463463374607431768211455"

/* Takes so many digits off the end, rounding half to even, and says which way the rest was. Behind digits that are left the
 * zeros that come of rounding up go too. */
static signed char round_digits(struct digits *digits, size_t off)
{
	const size_t kept = digits->len > off ? digits->len - off : 0;
	const char next = digits->len >= off ? digits->text[kept] : '0';
	bool more = digits->len < off || (next != '5' && next != '0');
	bool up = next > '5';

	for (size_t i = kept + 1; i < digits->len; i++)
		more |= digits->text[i] != '0';
	if (next == '5')
		up = more || (kept > 0 && (digits->text[kept - 1] - '0') % 2 == 1);
	digits->exponent += (int)off;
	digits->len = kept;
	if (up) {
		while (digits->len > 0 && digits->text[digits->len - 1] == '9') {
			digits->len--;
			digits->exponent++;
		}
		if (digits->len == 0)
			digits->text[digits->len++] = '1';
		else
			digits->text[digits->len - 1]++;
	}
	return up ? -1 : 1;
}

static bool fits(const struct digits *digits)
{
	return digits->len <= SURE_DIGITS
		|| (digits->len == SURE_DIGITS + 1 && memcmp(digits->text, MOST_MANTISSA, SURE_DIGITS + 1) <= 0);
}

/* Rounds decimals off that are more than can be kept. */
static signed char fit_digits(struct digits *digits)
{
	size_t off = 0;

	if (digits->exponent < -DECIMAL_MAX_SCALE)
		off = (size_t)(-digits->exponent - DECIMAL_MAX_SCALE);
	if (digits->exponent < 0 && !fits(digits) && digits->len > SURE_DIGITS + off) {
		const size_t longer = digits->len - SURE_DIGITS, decimals = (size_t)-digits->exponent;

		off = longer < decimals ? longer : decimals;
	}
	return off ? round_digits(digits, off) : 0;
}

static const char *to_decimal(struct digits *digits, bool negative, struct decimal *out)
{
	const signed char beyond = fit_digits(digits);
	u128 mantissa = 0;

	while (digits->len > 0 && digits->text[digits->len - 1] == '0') {
		digits->len--;
		digits->exponent++;
	}
	if (digits->len == 0) {
		*out = (struct decimal){ .beyond = beyond };
		return NULL;
	}
	for (size_t i = 0; i < digits->len; i++) {
		unsigned digit = (unsigned)(digits->text[i] - '0');

		if (mantissa > (~(u128)0 - digit) / 10)
			return TOO_LARGE;
		mantissa = mantissa * 10 + digit;
	}
	if (digits->exponent > 0 && !wide_shift((struct wide){0, mantissa}, digits->exponent, &mantissa))
		return TOO_LARGE;
	*out = (struct decimal){mantissa, digits->exponent < 0 ? (unsigned)-digits->exponent : 0, negative, beyond};
	return NULL;
}

const char *decimal_parse(const char *text, size_t len, struct decimal *out)
{
	const struct text trimmed = text_trim((struct text){text, len});
	struct shape shape;
	struct digits digits;
	struct scan scan;
	const char *reason;

	if (trimmed.len == 0)
		return "is empty";
	if (trimmed.len > MAX_TEXT)
		return "is too long for a number";
	scan = (struct scan){trimmed.data, trimmed.data + trimmed.len};
	shape.len = 0;
	shape.exponent = 0;
	shape.has_exponent = false;
	shape.negative = false;
	reason = take_apart(&scan, &shape);
	if (reason == NULL)
		reason = settle_marks(&shape);
	if (reason == NULL)
		reason = collect_digits(&shape, &digits);
	return reason != NULL ? reason : to_decimal(&digits, shape.negative, out);
}

bool decimal_shift(u128 value, int places, u128 *out, bool *rounded)
{
	u128 power, quotient, rest;

	if (value == 0 || places < -MAX_POWER) {
		/* 10^39 is more than twice any value of 128 bits. */
		*rounded = value != 0;
		*out = 0;
		return true;
	}
	if (places > MAX_POWER)
		return false;
	power = power_of_ten((unsigned)(places < 0 ? -places : places));
	if (places >= 0) {
		if (value > ~(u128)0 / power)
			return false;
		*rounded = false;
		*out = value * power;
		return true;
	}
	quotient = value / power;
	rest = value % power;
	if (rest > power - rest || (rest == power - rest && quotient % 2 == 1))
		quotient++;
	*rounded = rest != 0;
	*out = quotient;
	return true;
}

/* What was rounded off before breaks a tie. */
static bool shift_decimal(const struct decimal *value, int places, u128 *out, bool *rounded)
{
	u128 size = value->mantissa, back;
	bool tie;

	if (!decimal_shift(size, places, out, rounded))
		return false;
	if (!value->beyond)
		return true;
	/* Twice the size falls on a whole unit only of what is a half. */
	tie = places < 0 && size <= ~(u128)0 / 2 && decimal_shift(2 * size, places, &back, rounded) && !*rounded
		&& back % 2 == 1;
	*rounded = true;
	if (tie)
		*out = back / 2 + (value->beyond > 0);
	return true;
}

const char *decimal_to_minor(const struct decimal *value, unsigned exponent, i128 *out, bool *rounded)
{
	u128 minor;
	bool cut;

	if (exponent > DECIMAL_MAX_SCALE || !shift_decimal(value, (int)exponent - (int)value->scale, &minor, &cut)
	    || minor > (u128)WIDE_MOST)
		return TOO_LARGE;
	*out = value->negative ? -(i128)minor : (i128)minor;
	if (rounded != NULL)
		*rounded = cut;
	return NULL;
}

const char *decimal_to_narrow(const struct decimal *value, unsigned exponent, int64_t *out, bool *rounded)
{
	i128 minor;
	bool cut;

	if (decimal_to_minor(value, exponent, &minor, &cut) != NULL || wide_size(minor) > INT64_MAX)
		return TOO_LARGE;
	*out = (int64_t)minor;
	if (rounded != NULL)
		*rounded = cut;
	return NULL;
}

bool decimal_read_minor(const char *text, size_t len, i128 *out)
{
	const bool negative = len > 0 && *text == '-';
	u128 size = 0;

	if (len == (size_t)negative || (text[negative] == '0' && len > 1))
		return false;
	for (size_t i = negative; i < len; i++) {
		const unsigned digit = (unsigned)(text[i] - '0');

		if (!scan_is_digit(text[i]) || size > ((u128)WIDE_MOST - digit) / 10)
			return false;
		size = size * 10 + digit;
	}
	*out = negative ? -(i128)size : (i128)size;
	return true;
}

size_t decimal_format(i128 minor, unsigned exponent, char *out, size_t size)
{
	char text[DECIMAL_TEXT];
	size_t at = sizeof text, len;
	u128 rest = wide_size(minor);
	uint64_t narrow;
	unsigned written = 0;

	if (size > 0)
		*out = '\0';
	if (exponent > DECIMAL_MAX_SCALE)
		return 0;
	/* Division of 64 bits is many times faster. */
	for (; rest > UINT64_MAX; written++) {
		if (written > 0 && written == exponent)
			text[--at] = '.';
		text[--at] = (char)('0' + (unsigned)(rest % 10));
		rest /= 10;
	}
	narrow = (uint64_t)rest;
	for (; narrow > 0 || written <= exponent; written++) {
		if (written > 0 && written == exponent)
			text[--at] = '.';
		text[--at] = (char)('0' + narrow % 10);
		narrow /= 10;
	}
	if (minor < 0)
		text[--at] = '-';
	len = sizeof text - at;
	if (len >= size)
		return 0;
	memcpy(out, text + at, len);
	out[len] = '\0';
	return len;
}
