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

static const char *to_decimal(const struct digits *digits, bool negative, struct decimal *out)
{
	u128 mantissa = 0;
	bool rounded = false;

	if (digits->len == 0) {
		*out = (struct decimal){0, 0, false};
		return NULL;
	}
	if (digits->exponent < -DECIMAL_MAX_SCALE)
		return "has too many decimals";
	for (size_t i = 0; i < digits->len; i++) {
		unsigned digit = (unsigned)(digits->text[i] - '0');

		if (mantissa > (~(u128)0 - digit) / 10)
			return "has too many digits";
		mantissa = mantissa * 10 + digit;
	}
	if (digits->exponent > 0 && !decimal_shift(mantissa, digits->exponent, &mantissa, &rounded))
		return TOO_LARGE;
	out->mantissa = mantissa;
	out->scale = digits->exponent < 0 ? (unsigned)-digits->exponent : 0;
	out->negative = negative;
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

const char *decimal_to_minor(const struct decimal *value, unsigned exponent, int64_t *out, bool *rounded)
{
	u128 minor;
	bool cut;

	if (exponent > DECIMAL_MAX_SCALE || !decimal_shift(value->mantissa, (int)exponent - (int)value->scale, &minor, &cut)
	    || minor > INT64_MAX)
		return TOO_LARGE;
	*out = value->negative ? -(int64_t)minor : (int64_t)minor;
	if (rounded != NULL)
		*rounded = cut;
	return NULL;
}

size_t decimal_format(int64_t minor, unsigned exponent, char *out, size_t size)
{
	char text[DECIMAL_TEXT];
	size_t at = sizeof text, len;
	uint64_t rest = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;

	if (size > 0)
		*out = '\0';
	if (exponent > DECIMAL_MAX_SCALE)
		return 0;
	for (unsigned written = 0; rest > 0 || written <= exponent; written++) {
		if (written > 0 && written == exponent)
			text[--at] = '.';
		text[--at] = (char)('0' + rest % 10);
		rest /= 10;
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
