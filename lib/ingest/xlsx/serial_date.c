/* SPDX-License-Identifier: Apache-2.0 */
/* Times as workbooks keep them: days since an epoch, of which a part is a time of day. */
#include "ingest/xlsx/serial_date.h"

#include <stdio.h>
#include <string.h>

#define DAY 86400
/* Digits behind the point that are looked at: times 86400 they fit into 64 bits. */
#define PLACES 14
#define PLACES_UNIT UINT64_C(100000000000000)
/* Days to 9999-12-31. */
#define DAYS_MOST 2958465
/* What a double of so many days leaves open of a second, in units of the last place times a day. */
#define OPEN (PLACES_UNIT / 500)

/* ---- styles ---- */

enum number_style style_known(uint64_t id)
{
	if (id == 46)
		return STYLE_ELAPSED;
	if ((id >= 18 && id <= 21) || id == 45 || id == 47)
		return STYLE_TIME;
	/* From 27 on those of Chinese, Japanese and Korean. */
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? STYLE_DATE : STYLE_NUMBER;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t skip_to(struct text format, size_t at, char byte)
{
	while (at < format.len && format.data[at] != byte)
		at++;
	return at;
}

/* What is in brackets is a colour, a currency or a condition, but for [h], [mm] and the like. */
static bool is_elapsed(struct text format, size_t at, size_t end)
{
	const char letter = at < end ? lower(format.data[at]) : '\0';

	for (size_t i = at; i < end; i++)
		if (lower(format.data[i]) != letter)
			return false;
	return letter == 'h' || letter == 'm' || letter == 's';
}

enum number_style style_of(struct text format)
{
	bool day = false, time = false;

	if (text_is_fold(format, "General"))
		return STYLE_NUMBER;
	for (size_t at = 0; at < format.len && format.data[at] != ';'; at++) {
		const char c = lower(format.data[at]);
		size_t end;

		if (c == '"') {
			at = skip_to(format, at + 1, '"');
		} else if (c == '\\' || c == '_' || c == '*') {
			at++;
		} else if (c == '[') {
			end = skip_to(format, at, ']');
			if (is_elapsed(format, at + 1, end))
				return STYLE_ELAPSED;
			at = end;
		}
		day = day || c == 'd' || c == 'y';
		time = time || c == 'h' || c == 's';
		/* A month, or minutes: by itself a month. */
		if (c == 'm' && !time && !memchr(format.data, 's', format.len))
			day = true;
		/* #,##0E+00 and the like have none of these letters. */
	}
	return day ? STYLE_DATE : time ? STYLE_TIME : STYLE_NUMBER;
}

/* ---- numbers ---- */

/* A number of days, in whole ones and parts of them. */
struct days {
	uint64_t whole, part;   /* in PLACES_UNIT */
};

/* Digit by digit at its place; those too far behind are left. */
static bool put_digit(struct days *days, int digit, long place)
{
	uint64_t unit = PLACES_UNIT / 10;

	if (place >= 0) {
		if (days->whole > DAYS_MOST * UINT64_C(1000))
			return digit == 0;
		days->whole = days->whole * 10 + (uint64_t)digit;
		return true;
	}
	if (-place > PLACES)
		return true;
	for (long i = -1; i > place; i--)
		unit /= 10;
	days->part += unit * (uint64_t)digit;
	return true;
}

static bool read_exponent(struct text text, long *exponent)
{
	bool negative = text.len > 0 && text.data[0] == '-';
	uint64_t value;

	if (text.len > 0 && (text.data[0] == '-' || text.data[0] == '+')) {
		text.data++;
		text.len--;
	}
	if (text.len == 0 || !text_to_u64(text, &value) || value > 40)
		return false;
	*exponent = negative ? -(long)value : (long)value;
	return true;
}

/* A decimal number that is not negative. */
static bool read_days(struct text text, struct days *days)
{
	size_t len = 0, point;
	long exponent = 0;

	while (len < text.len && text.data[len] != 'E' && text.data[len] != 'e')
		len++;
	if (len < text.len &&
	    !read_exponent((struct text){ text.data + len + 1, text.len - len - 1 }, &exponent))
		return false;
	for (point = 0; point < len && text.data[point] != '.'; point++)
		;
	*days = (struct days){ 0, 0 };
	for (size_t i = 0; i < len; i++) {
		const long place = (i < point ? (long)(point - i) - 1 : (long)point - (long)i) + exponent;

		if (i == point)
			continue;
		if (text.data[i] < '0' || text.data[i] > '9' || !put_digit(days, text.data[i] - '0', place))
			return false;
	}
	/* Digits that the exponent leaves out. */
	for (long i = (long)len - (long)point - 1 > 0 ? (long)len - (long)point - 1 : 0; i < exponent; i++)
		if (!put_digit(days, 0, 0))
			return false;
	return len > (point < len) && days->whole <= DAYS_MOST;
}

/* ---- and their texts ---- */

/* Days since 1970-01-01 as a date of the Gregorian calendar, after the algorithm in Howard
 * Hinnant's chrono-Compatible Low-Level Date Algorithms. */
static void civil(int64_t days, int *year, int *month, int *day)
{
	const int64_t shifted = days + 719468;
	const int64_t era = shifted / 146097;
	const int64_t of_era = shifted % 146097;
	const int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	const int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
	const int64_t months = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * months + 2) / 5 + 1);
	*month = (int)(months < 10 ? months + 3 : months - 9);
	*year = (int)(years + era * 400 + (*month <= 2));
}

/* Excel counts a day 60 of 1900 that there was not. */
static bool since_1970(uint64_t whole, bool since_1904, int64_t *days)
{
	if (since_1904)
		*days = (int64_t)whole - 24107;
	else
		*days = (int64_t)whole - (whole < 60 ? 25568 : 25569);
	return since_1904 || (whole != 60 && whole != 0);
}

static bool put_date(uint64_t whole, uint64_t second, bool since_1904, char out[SERIAL_DATE_ROOM])
{
	int64_t days;
	int year, month, day;

	if (!since_1970(whole, since_1904, &days))
		return false;
	civil(days, &year, &month, &day);
	if (year > 9999)
		return false;
	(void)snprintf(out, SERIAL_DATE_ROOM, "%04u-%02u-%02u %02u:%02u:%02u", (unsigned)year % 10000,
		       (unsigned)month % 100, (unsigned)day % 100, (unsigned)(second / 3600) % 100,
		       (unsigned)(second / 60 % 60), (unsigned)(second % 60));
	return true;
}

bool serial_date(struct text number, enum number_style style, bool since_1904, char out[SERIAL_DATE_ROOM],
		 bool *exact, bool *seconds)
{
	struct days days;
	uint64_t second, over;

	if (!read_days(number, &days))
		return false;
	second = (days.part * DAY + PLACES_UNIT / 2) / PLACES_UNIT;
	over = (days.part * DAY + PLACES_UNIT / 2) % PLACES_UNIT;
	*exact = over + OPEN > PLACES_UNIT / 2 && over < PLACES_UNIT / 2 + OPEN;
	if (second == DAY) {
		days.whole++;
		second = 0;
	}
	*seconds = second % 60 != 0;
	if (style == STYLE_ELAPSED || (style == STYLE_TIME && days.whole == 0)) {
		(void)snprintf(out, SERIAL_DATE_ROOM, "%llu:%02u:%02u",
			       (unsigned long long)(days.whole * 24 + second / 3600), (unsigned)(second / 60 % 60),
			       (unsigned)(second % 60));
		return true;
	}
	return put_date(days.whole, second, since_1904, out);
}
