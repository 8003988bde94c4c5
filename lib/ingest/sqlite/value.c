/* SPDX-License-Identifier: Apache-2.0 */
/* Values of SQLite as texts. */
#include "ingest/sqlite/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* ---- numbers ---- */

size_t value_integer(int64_t value, char out[VALUE_NUMBER])
{
	char digits[24];
	size_t count = 0, len = 0;
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do {
		digits[count++] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (value < 0)
		out[len++] = '-';
	while (count > 0)
		out[len++] = digits[--count];
	return len;
}

/* A double in digits d1d2d3... and an exponent: d1.d2d3... times ten to its power. */
struct digits {
	char digits[24];
	int count, exponent;
};

/* No locale is ever set, so that the point is one. */
static void take_digits(double value, struct digits *out)
{
	char text[40];

	for (int precision = 14; precision <= 16; precision++) {
		(void)snprintf(text, sizeof(text), "%.*e", precision, value);
		if (strtod(text, NULL) == value)
			break;
	}
	out->count = 0;
	for (const char *at = text; *at && *at != 'e'; at++)
		if (*at >= '0' && *at <= '9')
			out->digits[out->count++] = *at;
	out->exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10);
	while (out->count > 1 && out->digits[out->count - 1] == '0')
		out->count--;
}

static size_t write_plain(const struct digits *d, char *out)
{
	size_t len = 0;
	const int whole = d->exponent + 1;

	for (int i = whole < 0 ? whole : 0; i < d->count || i < whole; i++) {
		if (i == whole)
			out[len++] = '.';
		out[len++] = i >= 0 && i < d->count ? d->digits[i] : '0';
	}
	return len;
}

/* 0.00123 has no digit before its point, and one zero there. */
static size_t write_decimals(const struct digits *d, char *out)
{
	size_t len;

	if (d->exponent >= 0)
		return write_plain(d, out);
	out[0] = '0';
	len = 1 + write_plain(d, out + 1);
	return len;
}

static size_t write_exponent(const struct digits *d, char *out)
{
	size_t len = 0;

	out[len++] = d->digits[0];
	if (d->count > 1)
		out[len++] = '.';
	for (int i = 1; i < d->count; i++)
		out[len++] = d->digits[i];
	return len + (size_t)snprintf(out + len, 8, "e%d", d->exponent);
}

/*
 * Most reals were decimals of few digits. A whole number below 2^53 and a power of ten are
 * exact, and so is the rounding of their quotient (IEEE 754): if it is the double, those
 * digits are read as it, and no fewer are, for the first power that does is the least.
 */
static bool take_few(double value, struct digits *out)
{
	static const double powers[] = { 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8 };
	char digits[VALUE_NUMBER];
	size_t decimals = 0;

	while (decimals < sizeof(powers) / sizeof(powers[0])) {
		const double whole = value * powers[decimals] + 0.5;

		if (!(whole < 1e15))
			return false;
		if ((double)(int64_t)whole / powers[decimals] == value) {
			out->count = (int)value_integer((int64_t)whole, digits);
			memcpy(out->digits, digits, (size_t)out->count);
			out->exponent = out->count - 1 - (int)decimals;
			return true;
		}
		decimals++;
	}
	return false;
}

size_t value_real(double value, char out[VALUE_NUMBER])
{
	struct digits digits;
	size_t len = 0;

	if (signbit(value) && value != 0)
		out[len++] = '-';
	if (isinf(value)) {
		memcpy(out + len, "Inf", 3);
		return len + 3;
	}
	if (!take_few(fabs(value), &digits))
		take_digits(fabs(value), &digits);
	if (digits.exponent < -15 || digits.exponent > 20)
		return len + write_exponent(&digits, out + len);
	return len + write_decimals(&digits, out + len);
}

/* ---- bytes ---- */

static bool is_control(uint32_t point)
{
	return point == 0x7f || (point < 0x20 && point != '\t' && point != '\n' && point != '\r');
}

bool value_is_text(const char *data, size_t len)
{
	size_t at = 0;

	while (at < len) {
		uint32_t point;
		const size_t more = utf8_next(data + at, len - at, &point);

		if (more == 0 || is_control(point))
			return false;
		at += more;
	}
	return len > 0;
}

void value_hex(const char *data, size_t len, char *out)
{
	static const char digits[] = "0123456789ABCDEF";

	*out++ = 'X';
	*out++ = '\'';
	for (size_t i = 0; i < len; i++) {
		*out++ = digits[(unsigned char)data[i] >> 4];
		*out++ = digits[(unsigned char)data[i] & 15];
	}
	*out = '\'';
}
