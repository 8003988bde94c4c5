/* SPDX-License-Identifier: Apache-2.0 */
/* A number of a cell as it is shown, and what a spreadsheet has done to it. */
#include "ingest/xlsx/sheet_number.h"

#include <string.h>

/* Digits that a double keeps, whatever they are (C11, DBL_DIG). */
#define DIGITS_KEPT 15
/* Those that a number of a telephone has at least. */
#define DIGITS_LONG 9

static struct text date(struct text number, enum number_style style, bool since_1904, uint64_t line,
			struct sheet_findings *findings, char room[SERIAL_DATE_ROOM])
{
	bool exact = true, seconds = false;

	if (!serial_date(number, style, since_1904, room, &exact, &seconds)) {
		if (findings->impossible++ == 0)
			findings->impossible_line = line;
		return number;
	}
	findings->dates++;
	findings->dates_with_seconds += seconds;
	findings->inexact += !exact;
	return text_of(room);
}

struct text sheet_number(struct text number, enum number_style style, bool since_1904, uint64_t line,
			 struct sheet_findings *findings, char room[SERIAL_DATE_ROOM])
{
	const bool exponent = memchr(number.data, 'E', number.len) || memchr(number.data, 'e', number.len);
	const bool point = memchr(number.data, '.', number.len) != NULL;
	const size_t digits = number.len - (number.data[0] == '-');
	bool spoilt;

	if (style != STYLE_NUMBER)
		return date(number, style, since_1904, line, findings, room);
	spoilt = exponent || (!point && digits > DIGITS_KEPT);
	findings->exponents += exponent;
	findings->long_numbers += !exponent && spoilt;
	if (spoilt && findings->spoilt_line == 0)
		findings->spoilt_line = line;
	if (!spoilt && !point && digits >= DIGITS_LONG && findings->whole++ == 0)
		findings->whole_line = line;
	return number;
}
