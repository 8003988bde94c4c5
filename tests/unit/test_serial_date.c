/* SPDX-License-Identifier: Apache-2.0 */
/* Times that workbooks keep as numbers of days, and the formats that say so. */
#include <string.h>

#include "ingest/xlsx/serial_date.h"
#include "tap.h"

static bool is(const char *number, enum number_style style, bool since_1904, const char *wanted)
{
	char room[SERIAL_DATE_ROOM];
	bool exact, seconds;

	if (!serial_date(text_of(number), style, since_1904, room, &exact, &seconds))
		return wanted == NULL;
	return wanted && tap_same(room, wanted);
}

static void test_dates(struct tap *tap)
{
	OK(tap, is("1", STYLE_DATE, false, "1900-01-01 00:00:00"), "the first day");
	OK(tap, is("59", STYLE_DATE, false, "1900-02-28 00:00:00"), "the day before the one that there was not");
	OK(tap, is("60", STYLE_DATE, false, NULL) && is("60.5", STYLE_DATE, false, NULL), "that one");
	OK(tap, is("61", STYLE_DATE, false, "1900-03-01 00:00:00"), "the day behind it");
	OK(tap, is("0", STYLE_DATE, true, "1904-01-01 00:00:00") && is("60", STYLE_DATE, true, "1904-03-01 00:00:00"), "since 1904");
	OK(tap, is("0.5", STYLE_DATE, false, NULL), "a day 0 is none");
	OK(tap, is("44621.4173611111", STYLE_DATE, false, "2022-03-01 10:01:00"), "a time of day");
	OK(tap, is("43890.9999884259", STYLE_DATE, false, "2020-02-29 23:59:59"), "the last second of a day");
	OK(tap, is("43890.9999999", STYLE_DATE, false, "2020-03-01 00:00:00"), "that is rounded to the next");
	OK(tap, is("2958465", STYLE_DATE, false, "9999-12-31 00:00:00") && is("2958466", STYLE_DATE, false, NULL), "the last day");
	OK(tap, is("4.4621E4", STYLE_DATE, false, "2022-03-01 00:00:00") && is("4.4621E+04", STYLE_DATE, false, "2022-03-01 00:00:00"),
	   "with an exponent");
	OK(tap, is("-1", STYLE_DATE, false, NULL) && is("", STYLE_DATE, false, NULL) && is(".", STYLE_DATE, false, NULL) &&
			is("1e99", STYLE_DATE, false, NULL) && is("x", STYLE_DATE, false, NULL) && is("1.2.3", STYLE_DATE, false, NULL),
	   "what is no number of days");
	OK(tap, is("5.7870370370370366E-4", STYLE_ELAPSED, false, "0:00:50") && is("1.5", STYLE_ELAPSED, false, "36:00:00"), "lengths of time");
	OK(tap, is("0.25", STYLE_TIME, false, "6:00:00") && is("44621.25", STYLE_TIME, false, "2022-03-01 06:00:00"), "times alone");
}

static void test_exactness(struct tap *tap)
{
	char room[SERIAL_DATE_ROOM];
	bool exact, seconds;

	OK(tap, serial_date(text_of("44621.4173611111"), STYLE_DATE, false, room, &exact, &seconds) && exact && !seconds, "to the second");
	OK(tap, serial_date(text_of("44621.41736689815"), STYLE_DATE, false, room, &exact, &seconds) && !exact, "half a second is lost");
	OK(tap, serial_date(text_of("44621.4173726852"), STYLE_DATE, false, room, &exact, &seconds) && seconds, "seconds");
}

static void test_styles(struct tap *tap)
{
	static const struct {
		const char *format;
		enum number_style style;
	} formats[] = {
		{ "General", STYLE_NUMBER }, { "0.00E+00", STYLE_NUMBER }, { "#,##0.00\\ \"days\"", STYLE_NUMBER },
		{ "[Red]0.00", STYLE_NUMBER }, { "dd/mm/yyyy\\ hh:mm", STYLE_DATE }, { "yyyy\\-mm\\-dd", STYLE_DATE },
		{ "mmm", STYLE_DATE }, { "[$-409]m/d/yy h:mm AM/PM;@", STYLE_DATE }, { "h:mm:ss", STYLE_TIME },
		{ "mm:ss.0", STYLE_TIME }, { "[h]:mm:ss", STYLE_ELAPSED }, { "[mm]:ss", STYLE_ELAPSED }, { "@", STYLE_NUMBER },
		{ "\"d", STYLE_NUMBER }, { "[", STYLE_NUMBER }, { "", STYLE_NUMBER },
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		OK(tap, style_of(text_of(formats[i].format)) == formats[i].style, "format %s", formats[i].format);
	OK(tap, style_known(14) == STYLE_DATE && style_known(22) == STYLE_DATE && style_known(21) == STYLE_TIME &&
			style_known(46) == STYLE_ELAPSED && style_known(2) == STYLE_NUMBER && style_known(999) == STYLE_NUMBER,
	   "formats that every program knows");
}

int main(void)
{
	struct tap tap = { 0 };

	test_dates(&tap);
	test_exactness(&tap);
	test_styles(&tap);
	return tap_done(&tap);
}
