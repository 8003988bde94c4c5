/* SPDX-License-Identifier: Apache-2.0 */
/* The calendar against a walk through its days; every form of time and duration, what they lose, and what is refused. */
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/time/calendar.h"
#include "base/time/moment.h"
#include "base/time/zone_word.h"
#include "tap.h"

#define DAY_MS INT64_C(86400000)

/* 2022-06-01T00:00:00, by the count of days that the walk below checks: 19144. */
#define JUNE (19144 * DAY_MS)

/* ---- the calendar ---- */

struct date {
	int year;
	unsigned month, day;
	int64_t days;
};

/* The rules of the calendar in words, one day at a time. */
static void next_day(struct date *date)
{
	static const unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned length = lengths[date->month - 1];

	if (date->month == 2 && date->year % 4 == 0 && (date->year % 100 != 0 || date->year % 400 == 0))
		length = 29;
	date->days++;
	date->day = date->day % length + 1;
	if (date->day > 1)
		return;
	date->month = date->month % 12 + 1;
	date->year += date->month == 1;
}

static void two_digits(char *at, unsigned value)
{
	at[0] = (char)('0' + value / 10);
	at[1] = (char)('0' + value % 10);
}

/* Reads and writes one second of a day; the text made without the code under test. */
static bool day_agrees(const struct date *date, unsigned second)
{
	char text[] = "0000-00-00 00:00:00", written[21];
	struct moment got;
	int64_t want = date->days * 86400 + (int64_t)second;

	two_digits(text, (unsigned)date->year / 100);
	two_digits(text + 2, (unsigned)date->year % 100);
	two_digits(text + 5, date->month);
	two_digits(text + 8, date->day);
	two_digits(text + 11, second / 3600);
	two_digits(text + 14, second / 60 % 60);
	two_digits(text + 17, second % 60);
	if (moment_parse(text, 19, MOMENT_ORDER_UNKNOWN, &got) != NULL || got.null || got.zoned || got.orders != 0
	    || got.day_only || got.to_minute || got.ms != want * 1000)
		return false;
	text[10] = 'T';
	return moment_format_utc(want, written) == 20 && memcmp(written, text, 19) == 0 && strcmp(written + 19, "Z") == 0;
}

static void test_calendar(struct tap *tap)
{
	struct date date = {1, 1, 1, -719162};
	unsigned wrong_days = 0, wrong_texts = 0, texts = 0, second = 1;

	for (; date.year < 10000; next_day(&date)) {
		unsigned month, day;
		int year;

		calendar_date(date.days, &year, &month, &day);
		if (calendar_days(date.year, date.month, date.day) != date.days || year != date.year || month != date.month
		    || day != date.day || !calendar_has(year, month, day))
			wrong_days++;
		if ((date.year < 1971 || date.year > 2040) && date.days % 97 != 0)
			continue;
		second = (second * 16807 + 12345) % 86400;
		texts++;
		if (!day_agrees(&date, second))
			wrong_texts++;
	}
	OK(tap, date.days == 2932897 && wrong_days == 0, "the days of 9999 years (%u wrong)", wrong_days);
	OK(tap, texts > 60000 && wrong_texts == 0, "%u times read and written (%u wrong)", texts, wrong_texts);
	OK(tap, !calendar_has(0, 1, 1) && !calendar_has(10000, 1, 1) && !calendar_has(2022, 0, 1) && !calendar_has(2022, 13, 1)
	   && !calendar_has(2022, 1, 0) && !calendar_has(2022, 2, 29) && !calendar_has(1900, 2, 29)
	   && calendar_has(2000, 2, 29) && calendar_has(2024, 2, 29) && !calendar_has(2022, 4, 31), "days that are not");
}

static void test_format(struct tap *tap)
{
	char text[21];

	OK(tap, moment_format_utc(1648342798, text) == 20 && strcmp(text, "2022-03-27T00:59:58Z") == 0, "writes %s", text);
	OK(tap, moment_format_utc(0, text) == 20 && strcmp(text, "1970-01-01T00:00:00Z") == 0, "writes %s", text);
	OK(tap, moment_format_utc(-1, text) == 20 && strcmp(text, "1969-12-31T23:59:59Z") == 0, "writes %s", text);
	OK(tap, moment_format_utc(-62167219200, text) == 20 && strcmp(text, "0000-01-01T00:00:00Z") == 0, "writes %s", text);
	OK(tap, moment_format_utc(253402300799, text) == 20 && strcmp(text, "9999-12-31T23:59:59Z") == 0, "writes %s", text);
	OK(tap, moment_format_utc(-62167219201, text) == 0 && *text == '\0', "writes nothing before year 0");
	OK(tap, moment_format_utc(253402300800, text) == 0 && *text == '\0', "writes nothing after year 9999");
	OK(tap, moment_format_utc(INT64_MIN, text) == 0 && moment_format_utc(INT64_MAX, text) == 0, "writes no extremes");
}

/* ---- forms ---- */

enum { ZONED = 1, DAY = 2, MINUTE = 4 };

struct form {
	const char *text;
	int64_t ms;
	unsigned flags;
	unsigned orders;
};

#define AT(h, m, s) (JUNE + ((h) * 3600 + (m) * 60 + (s)) * INT64_C(1000))

static const struct form forms[] = {
	{"2022-06-01 14:05:07", AT(14, 5, 7), 0, 0}, {"2022-06-01T14:05:07", AT(14, 5, 7), 0, 0},
	{"  2022-06-01 14:05:07\t", AT(14, 5, 7), 0, 0}, {"2022-06-01   14:05:07", AT(14, 5, 7), 0, 0},
	{"2022-06-01 14:05:07.123456", AT(14, 5, 7) + 123, 0, 0}, {"2022-06-01 14:05:07,5", AT(14, 5, 7) + 500, 0, 0},
	{"2022-06-01 14:05:07.905639107", AT(14, 5, 7) + 905, 0, 0}, {"2022-06-01 14:05:07.9999999999999", AT(14, 5, 7) + 999, 0, 0},
	{"2022-06-01T14:05:07Z", AT(14, 5, 7), ZONED, 0}, {"2022-06-01t14:05:07z", AT(14, 5, 7), ZONED, 0},
	{"2022-06-01 14:05:07 UTC", AT(14, 5, 7), ZONED, 0}, {"2022-06-01 14:05:07 GMT", AT(14, 5, 7), ZONED, 0},
	{"2022-06-01 14:05:07+01", AT(13, 5, 7), ZONED, 0}, {"2022-06-01 14:05:07-0530", AT(19, 35, 7), ZONED, 0},
	{"2022-06-01T14:05:07.25+05:30", AT(8, 35, 7) + 250, ZONED, 0}, {"2022-06-01 14:05:07 -00:00", AT(14, 5, 7), ZONED, 0},
	{"2022-06-01T00:30:00+01:00", AT(-1, 30, 0), ZONED, 0}, {"2022-06-01 14:05:07 +0100 BST", AT(13, 5, 7), ZONED, 0},
	{"2022-06-01 14:05:07.123 +0000 UTC", AT(14, 5, 7) + 123, ZONED, 0}, {"2022-06-01 14:05Z", AT(14, 5, 0), ZONED | MINUTE, 0},
	{"2022/6/1 4:05", AT(4, 5, 0), MINUTE, 0}, {"2022/06/01 14:05:07", AT(14, 5, 7), 0, 0}, {"2022.06.01", JUNE, DAY, 0},
	{"2022-06-01", JUNE, DAY, 0}, {"2022-6-1", JUNE, DAY, 0}, {"2022-06-01Z", JUNE, DAY | ZONED, 0},
	{"2022-06-01 UTC", JUNE, DAY | ZONED, 0}, {"2022-06-01 12:00 AM", AT(0, 0, 0), MINUTE, 0},
	{"2022-06-01 12:00 PM", AT(12, 0, 0), MINUTE, 0}, {"2022-06-01 1:02:03pm", AT(13, 2, 3), 0, 0},
	{"2022-06-01 23:59:60", AT(23, 59, 59) + 999, 0, 0}, {"2022-06-01 23:59:60.5Z", AT(23, 59, 59) + 999, ZONED, 0},
	{"13/6/2022", JUNE + 12 * DAY_MS, DAY, MOMENT_READS_DMY}, {"6/13/2022", JUNE + 12 * DAY_MS, DAY, MOMENT_READS_MDY},
	{"06/13/2022 2:05 PM", AT(14, 5, 0) + 12 * DAY_MS, MINUTE, MOMENT_READS_MDY},
	{"06/13/2022 2:05:07\xE2\x80\xAFPM", AT(14, 5, 7) + 12 * DAY_MS, 0, MOMENT_READS_MDY},
	{"13/06/22 14:05", AT(14, 5, 0) + 12 * DAY_MS, MINUTE, MOMENT_READS_DMY}, {"1/6/2022", JUNE, DAY, 3},
	{"01/06/2022, 14:05:07", AT(14, 5, 7), 0, 3}, {"01-06-2022 14:05:07", AT(14, 5, 7), 0, 3},
	{"6/6/2022", JUNE + 5 * DAY_MS, DAY, 0}, {"29/02/2024", 19782 * DAY_MS, DAY, MOMENT_READS_DMY},
	{"13/06/2022 13:02:11 +00:00", AT(13, 2, 11) + 12 * DAY_MS, ZONED, MOMENT_READS_DMY},
	{"13/06/69", -202 * DAY_MS, DAY, MOMENT_READS_DMY}, {"13/06/68", 35958 * DAY_MS, DAY, MOMENT_READS_DMY},
	{"01.06.2022", JUNE, DAY, 3}, {"1.6.2022 14:05:07", AT(14, 5, 7), 0, 3}, {"01.06.22 14:05", AT(14, 5, 0), MINUTE, 3},
	{"13.6.2022", JUNE + 12 * DAY_MS, DAY, MOMENT_READS_DMY}, {"6.13.2022 14.05.07", AT(14, 5, 7) + 12 * DAY_MS, 0, MOMENT_READS_MDY},
	{"20220601", JUNE, DAY, 0}, {"20220601140507", AT(14, 5, 7), 0, 0}, {"202206011405", AT(14, 5, 0), MINUTE, 0},
	{"20220601-140507", AT(14, 5, 7), 0, 0}, {"20220601_140507", AT(14, 5, 7), 0, 0}, {"20220601T140507Z", AT(14, 5, 7), ZONED, 0},
	{"20220601 14:05:07", AT(14, 5, 7), 0, 0}, {"20220601-1405", AT(14, 5, 0), MINUTE, 0},
	{"20220601140507.250", AT(14, 5, 7) + 250, 0, 0}, {"20220601140507+0100", AT(13, 5, 7), ZONED, 0},
	{"Wed, 01 Jun 2022 13:02:11 +0000", AT(13, 2, 11), ZONED, 0}, {"Wed, 1 Jun 2022 13:02:11 GMT", AT(13, 2, 11), ZONED, 0},
	{"1 Jun 2022 13:02:11 -0000 (a comment)", AT(13, 2, 11), ZONED, 0}, {"wednesday 01 june 2022 13:02", AT(13, 2, 0), MINUTE, 0},
	{"01-JUN-2022 13:02:11", AT(13, 2, 11), 0, 0}, {"1 June 2022", JUNE, DAY, 0}, {"30 Sept 2022", 19265 * DAY_MS, DAY, 0},
	{"Jun 1, 2022 14:05:07", AT(14, 5, 7), 0, 0}, {"Jun 1 2022 14:05:07", AT(14, 5, 7), 0, 0}, {"june 1st, 2022", JUNE, DAY, 0},
	{"Jun. 1, 2022, 2:05 PM", AT(14, 5, 0), MINUTE, 0}, {"Jun-01-2022", JUNE, DAY, 0}, {"Jun/01/2022 14:05", AT(14, 5, 0), MINUTE, 0},
	{"Wednesday, June 1, 2022 2:05:07 PM", AT(14, 5, 7), 0, 0}, {"Wed Jun  1 14:05:07 2022", AT(14, 5, 7), 0, 0},
	{"Wed Jun 1 14:05:07 UTC 2022", AT(14, 5, 7), ZONED, 0}, {"Wed Jun 01 14:05:07 +0100 2022", AT(13, 5, 7), ZONED, 0},
	{"Wed Jun 1 14:05:07 2022 +0100", AT(13, 5, 7), ZONED, 0}, {"Jun 1 2022 14:05:07 GMT", AT(14, 5, 7), ZONED, 0},
	{"01-JUN-22 02.05.07 PM", AT(14, 5, 7), 0, 0}, {"01-JUN-22 02.05.07.123456000 PM", AT(14, 5, 7) + 123, 0, 0},
	{"01-JUN-22", JUNE, DAY, 0}, {"01 Jun 22", JUNE, DAY, 0}, {"1 June 22 14:05", AT(14, 5, 0), MINUTE, 0},
	{"01/Jun/2022:14:05:07 +0100", AT(13, 5, 7), ZONED, 0}, {"01JUN2022:14:05:07", AT(14, 5, 7), 0, 0}, {"01Jun2022", JUNE, DAY, 0},
	{"2022-Jun-01 14:05:07", AT(14, 5, 7), 0, 0}, {"2022 June 1", JUNE, DAY, 0},
	{"2022-06-01 14.05.07", AT(14, 5, 7), 0, 0}, {"2022-06-01 24:00:00", AT(24, 0, 0), 0, 0}, {"2022-06-01 24:00", AT(24, 0, 0), MINUTE, 0},
	{"20220601240000", AT(24, 0, 0), 0, 0}, {"2022-06-01T24:00:00.000Z", AT(24, 0, 0), ZONED, 0},
	{"1654092131", 1654092131000, ZONED, 0}, {"1654092131.123456", 1654092131123, ZONED, 0},
	{"1654092131123", 1654092131123, ZONED, 0}, {"1654092131123.0", 1654092131123, ZONED, 0},
	{"1654092131123456", 1654092131123, ZONED, 0}, {"1654092131123456789", 1654092131123, ZONED, 0},
	{"9999999999999999999", 9999999999999, ZONED, 0}, {"/Date(1654092131123)/", 1654092131123, ZONED, 0},
	{"/Date(1654092131123+0100)/", 1654092131123, ZONED, 0}, {"\\/Date(1654092131123)\\/", 1654092131123, ZONED, 0},
	{"/Date(-1)/", -1, ZONED, 0}, {"9999-12-31 23:59:59.999", 253402300799999, 0, 0}, {"1970-01-01 00:00:01", 1000, 0, 0},
	{"1970-01-02", DAY_MS, DAY, 0}, {"2000-01-01 00:00:02", 946684802000, 0, 0}, {"2000-01-02", 946771200000, DAY, 0},
	{"1970-01-01T01:00:00Z", 3600000, ZONED, 0}, {"1969-12-31 11:45:00", -44100000, 0, 0},
	{"1970-01-01 14:15:00", 51300000, 0, 0}, {"1900-01-02", -25566 * DAY_MS, DAY, 0},
};

static const char *const nulls[] = {
	"0000-00-00", "0000-00-00 00:00:00", "0000-00-00 00:00:00.000000", "00/00/0000", "00/00/00 00:00", "00000000",
	"00000000000000", "0", "0000000000", "0000000000000", "0.000000", "1970-01-01", "1970-01-01 00:00:00",
	"1970-01-01T00:00:00Z", "1970-01-01 00:00:00.000", "01/01/1970", "1970-01-01 01:00:00", "1969-12-31 19:00:00",
	"1970-01-01 05:30:00", "1970-01-01 01:00:00+01:00", "1000-01-01", "1000-01-01 00:00:00", "0001-01-01",
	"0001-01-01T00:00:00Z", "0001-01-01 00:00:00 +0000 UTC", "1753-01-01", "1899-12-30", "1900-01-01 00:00:01",
	"2000-01-01", "2000-01-01 00:00:00", "2000-01-01 00:00:01", "/Date(0)/", "/Date(-62135596800000)/",
	"1 Jan 1970 00:00:00 GMT",
};

/* Abbreviations are told, and their offsets left to whoever knows the zone. */
static void test_words(struct tap *tap)
{
	static const struct {
		const char *text, *word;
		int64_t ms;
	} words[] = {
		{"2022-06-01 14:05:07 BST", "BST", AT(14, 5, 7)}, {"2022-06-01T14:05:07bst", "BST", AT(14, 5, 7)},
		{"2022-06-01 14:05:07 CEST (Berlin)", "CEST", AT(14, 5, 7)}, {"2022-06-01 2:05:07 PM EST", "EST", AT(14, 5, 7)},
		{"Wed Jun  1 14:05:07 BST 2022", "BST", AT(14, 5, 7)}, {"1 Jun 2022 14:05:07 IST", "IST", AT(14, 5, 7)},
	};
	static const char *const none[] = {"2022-06-01 14:05:07 GMT", "2022-06-01 14:05:07 +0100 BST", "2022-06-01 14:05:07"};
	struct moment got;
	int64_t utc;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		OK(tap, moment_parse(words[i].text, strlen(words[i].text), MOMENT_ORDER_UNKNOWN, &got) == NULL && got.word != 0 &&
			!got.zoned && got.ms == words[i].ms && text_is(zone_word_text(got.word), words[i].word), "%s", words[i].text);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		OK(tap, moment_parse(none[i], strlen(none[i]), MOMENT_ORDER_UNKNOWN, &got) == NULL && got.word == 0, "none in %s", none[i]);
	OK(tap, moment_parse("1970-01-01 01:00:00 BST", 23, MOMENT_ORDER_UNKNOWN, &got) == NULL && got.null && got.word == 0, "the epoch");
	OK(tap, moment_parse("Wed Jun  1 14:05:07 BST 2022 EST", 32, MOMENT_ORDER_UNKNOWN, &got) != NULL, "not two");
	OK(tap, zone_word_find(text_of("UTC")) == 0 && zone_word_find(text_of("")) == 0 && zone_word_find(text_of("WITAX")) == 0,
	   "what is no abbreviation");
	utc = 7;
	OK(tap, zone_word_utc(zone_word_find(text_of("CEST")), AT(14, 0, 0), &utc) == NULL && utc == AT(12, 0, 0), "one meaning");
	OK(tap, zone_word_utc(zone_word_find(text_of("BST")), AT(14, 0, 0) - 150 * INT64_C(86400000), &utc) != NULL &&
		zone_word_utc(zone_word_find(text_of("NZDT")), AT(14, 0, 0) - 150 * INT64_C(86400000), &utc) == NULL &&
		zone_word_utc(zone_word_find(text_of("NZDT")), AT(14, 0, 0), &utc) != NULL, "summers of both halves");
	OK(tap, tap_same(zone_word_utc(zone_word_find(text_of("ist")), AT(14, 0, 0), &utc),
			 "is no time: IST may be Asia/Kolkata, Asia/Jerusalem or Europe/Dublin: say -z"), "several meanings");
}

static void test_forms(struct tap *tap)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const struct form *want = &forms[i];
		struct moment got = {0};
		const char *reason = moment_parse(want->text, strlen(want->text), MOMENT_ORDER_UNKNOWN, &got);
		const unsigned flags = (got.zoned ? ZONED : 0u) | (got.day_only ? DAY : 0u) | (got.to_minute ? MINUTE : 0u);

		OK(tap, reason == NULL && !got.null && got.ms == want->ms && flags == want->flags && got.orders == want->orders,
		   "reads \"%s\": %" PRId64 " %u %u %s", want->text, got.ms, flags, got.orders, reason != NULL ? reason : "");
	}
	for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) {
		struct moment got = {5, true, false, true, true, 3, true, 1, 7};
		const char *reason = moment_parse(nulls[i], strlen(nulls[i]), MOMENT_ORDER_UNKNOWN, &got);

		OK(tap, reason == NULL && got.null && got.ms == 0 && !got.zoned && !got.day_only && !got.to_minute && got.orders == 0,
		   "\"%s\" is no time", nulls[i]);
	}
}

/* ---- the order of day and month ---- */

static void test_orders(struct tap *tap)
{
	static const char both[] = "03/04/2022 10:00:00", day_first[] = "13/04/2022", month_first[] = "04/13/2022";
	const int64_t april_3 = INT64_C(1648980000000), march_4 = INT64_C(1646388000000);
	struct moment got;

	OK(tap, moment_parse(both, 19, MOMENT_ORDER_UNKNOWN, &got) == NULL && got.ms == april_3 && got.orders == 3,
	   "readable both ways, the order unknown: day first");
	OK(tap, moment_parse(both, 19, MOMENT_ORDER_DMY, &got) == NULL && got.ms == april_3 && got.orders == 3,
	   "readable both ways, day first");
	OK(tap, moment_parse(both, 19, MOMENT_ORDER_MDY, &got) == NULL && got.ms == march_4 && got.orders == 3,
	   "readable both ways, month first");
	OK(tap, moment_parse(day_first, 10, MOMENT_ORDER_DMY, &got) == NULL && got.orders == MOMENT_READS_DMY, "day first only");
	OK(tap, moment_parse(month_first, 10, MOMENT_ORDER_MDY, &got) == NULL && got.orders == MOMENT_READS_MDY,
	   "month first only");
	OK(tap, tap_same(moment_parse(day_first, 10, MOMENT_ORDER_MDY, &got),
			 "is no time: no such day and month when read month first"), "day first, told month first");
	OK(tap, tap_same(moment_parse(month_first, 10, MOMENT_ORDER_DMY, &got),
			 "is no time: no such day and month when read day first"), "month first, told day first");
	OK(tap, moment_parse("03.04.2022", 10, MOMENT_ORDER_MDY, &got) == NULL && got.ms == INT64_C(1646352000000)
	   && got.orders == 3 && got.dotted, "the order holds between dots");
	OK(tap, moment_parse("03.04.2022", 10, MOMENT_ORDER_UNKNOWN, &got) == NULL && got.ms == INT64_C(1648944000000)
	   && got.orders == 3 && got.dotted, "day first between dots, the order unknown");
	OK(tap, moment_parse("Apr 13 2022", 11, MOMENT_ORDER_DMY, &got) == NULL && got.ms == INT64_C(1649808000000)
	   && got.orders == 0 && !got.dotted, "a name needs no order");
	OK(tap, moment_parse("2022-04-03", 10, MOMENT_ORDER_DMY, &got) == NULL && got.ms == INT64_C(1648944000000)
	   && got.orders == 0, "year first needs no order");
}

/* ---- refusals ---- */

#define NO_FORM "is no time: not in a form that is read"
#define NO_DATE "is no time: no such day, month or year"
#define NO_CLOCK "is no time: no such hour, minute or second"
#define NO_ZONE "is no time: its zone tells no offset from UTC"
#define TWELVE "is no time: twelve digits begin with a year from 1970 to 2099"
#define MORE "is no time: there is more behind it"
#define SERIAL "is no time: it looks like a spreadsheet's count of days, which is not read"

static const struct {
	const char *text;
	const char *reason;
} refusals[] = {
	{"", "is empty"}, {" \t", "is empty"}, {"hello", NO_FORM}, {"-1", NO_FORM}, {"12", NO_FORM}, {"123456", NO_FORM},
	{"123456789", NO_FORM}, {"12345678901", NO_FORM}, {"0123456789", NO_FORM}, {"165409213112345", NO_FORM},
	{"12345678901234567890", NO_FORM}, {"1654092131x", NO_FORM}, {"1654092131.", NO_FORM}, {"1654092131.5x", NO_FORM},
	{"0.0.0", NO_FORM}, {".0", NO_FORM}, {"44713.585", SERIAL}, {"44713", SERIAL},
	{"32/13/2022", NO_DATE}, {"31/04/2022", NO_DATE}, {"30/02/2022", NO_DATE}, {"29/02/2022", NO_DATE}, {"13/13/2022", NO_DATE},
	{"00/01/2022", NO_DATE}, {"2022-00-01", NO_DATE}, {"2022-13-01", NO_DATE}, {"2022-02-29 00:00:00", NO_DATE},
	{"1900-02-29", NO_DATE}, {"0000-01-01", NO_DATE}, {"2022-06-00", NO_DATE}, {"20221301", NO_DATE}, {"31.04.2022", NO_DATE},
	{"32 Jan 2022", NO_DATE}, {"29 Feb 2022", NO_DATE}, {"0 Jan 2022", NO_DATE},
	{"2022-06-01 24:00:01", NO_CLOCK}, {"2022-06-01 24:00:00.001", NO_CLOCK}, {"9999-12-31 24:00", NO_DATE}, {"2022-06-01 23:60:00", NO_CLOCK}, {"2022-06-01 23:59:61", NO_CLOCK},
	{"2022-06-01 25:00", NO_CLOCK}, {"2022-06-01 13:00 PM", NO_CLOCK}, {"2022-06-01 0:30 AM", NO_CLOCK},
	{"20220601246060", NO_CLOCK}, {"2022-06-01 99:99:99", NO_CLOCK},
	{"2022-06-01 14:05:07 XST", NO_ZONE}, {"2022-06-01 BST", NO_ZONE}, {"2022-06-01 14:05:07+1", NO_ZONE},
	{"2022-06-01 14:05:07 BSTX", NO_ZONE}, {"2022-06-01 14:05:07 BS", NO_ZONE},
	{"2022-06-01 14:05:07+1600", NO_ZONE}, {"2022-06-01 14:05:07+01:60", NO_ZONE}, {"2022-06-01 14:05:07+01:00:00", NO_ZONE},
	{"2022-06-01 14:05:07+", NO_ZONE}, {"2022-06-01+01:00", NO_ZONE}, {"2022-06-01-05", NO_ZONE},
	{"2022-06-01 utcx", NO_ZONE}, {"2022-06-01 14:05:07 UTC+1", MORE}, {"2022-06-01 14:05:07 x", NO_ZONE},
	{"2022-06-01 14:05:07 (x)", MORE}, {"2022-06-01 14:05:07 Z (x", MORE}, {"2022-06-01 14:05:07:08", MORE},
	{"2022-06-01 14:05.5", MORE}, {"2022-06-01,", MORE}, {"2022-06-01x", NO_ZONE}, {"20220601:", MORE}, {"2022-06-01/", MORE},
	{"2022-06-01 14", NO_FORM}, {"2022-06-01 14:5", NO_FORM}, {"2022-06-01 14:05:7", NO_FORM}, {"2022-06-01 140507", NO_FORM},
	{"2022-06-01 14:05:07.", NO_FORM}, {"2022-06-01 14:05:07.x", NO_FORM}, {"2022-06/01", NO_FORM}, {"2022-06", NO_FORM},
	{"2022-006-01", NO_FORM}, {"2022", NO_FORM}, {"2022x06x01", NO_FORM}, {"22-06-01", NO_FORM}, {"01-06-22", NO_FORM},
	{"1/6-2022", NO_FORM}, {"1/6/202", NO_FORM}, {"1/6/20222", NO_FORM}, {"1/123/2022", NO_FORM}, {"1/6", NO_FORM},
	{"01 Ju 2022", NO_FORM}, {"01 Junx 2022", NO_FORM}, {"01-Jun 2022", NO_FORM}, {"01Jun 2022", NO_FORM}, {"01 Jun 14:05:07", NO_FORM},
	{"01/Jun/14:05:07", NO_FORM}, {"Jun 1 14:05:07", NO_FORM}, {"Jun 1, 22", NO_FORM}, {"Jun 2022", NO_FORM}, {"1xx Jun 2022", NO_FORM},
	{"Wed Jun 1 14:05:07 XYZ 2022", NO_ZONE}, {"Wed Jun 1 14:05:07 UTC 2022 UTC", MORE}, {"2022-Jun/01", NO_FORM}, {"June", NO_FORM},
	{"220601140507", TWELVE}, {"190301010101", TWELVE}, {"2022-06-01 14:05.07", MORE}, {"2022-06-01 14.05:07", MORE}, {"Wednesdays, 01 Jun 2022", NO_FORM}, {"/Date()/", NO_FORM}, {"/Date(x)/", NO_FORM},
	{"/Date(1)", NO_FORM}, {"/Date(1", NO_FORM}, {"/Date(1)/x", NO_FORM}, {"/Date(1+1)/", NO_ZONE},
	{"/Date(999999999999999)/", "is no time: outside the years 1 to 9999"}, {"/Date(1234567890123456)/", NO_FORM},
	{"/Date(-62135596800001)/", "is no time: outside the years 1 to 9999"},
};

static void test_refusals(struct tap *tap)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		struct moment got = {5, false, false, false, false, 9, false, 0, 0};
		const char *reason = moment_parse(refusals[i].text, strlen(refusals[i].text), MOMENT_ORDER_UNKNOWN, &got);

		OK(tap, tap_same(reason, refusals[i].reason) && got.ms == 5 && got.orders == 9, "refuses \"%s\": %s",
		   refusals[i].text, reason != NULL ? reason : "taken");
	}
}

/* Every cut and every changed byte of every form is read within bounds: for the sanitizers, and for no crash. */
static void test_damage(struct tap *tap)
{
	static const char bytes[] = {'\0', '0', '9', '/', '-', '.', ':', ' ', 'Z', '+', '(', '\xE2', '\xFF'};
	unsigned read = 0;

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const size_t len = strlen(forms[i].text);
		struct moment got;
		char *text = malloc(len);

		if (text == NULL)
			break;
		for (size_t cut = 0; cut < len; cut++) {
			memcpy(text + len - cut, forms[i].text, cut);
			read += moment_parse(text + len - cut, cut, MOMENT_ORDER_UNKNOWN, &got) == NULL;
		}
		for (size_t at = 0; at < len; at++) {
			for (size_t b = 0; b < sizeof bytes; b++) {
				memcpy(text, forms[i].text, len);
				text[at] = bytes[b];
				read += moment_parse(text, len, MOMENT_ORDER_MDY, &got) == NULL;
			}
		}
		free(text);
	}
	OK(tap, read > 0, "damaged texts do no harm (%u are times still)", read);
	OK(tap, tap_same(moment_parse(NULL, 0, MOMENT_ORDER_UNKNOWN, &(struct moment){0}), "is empty"), "refuses no text");
}

static void test_offset(struct tap *tap)
{
	int offset = 1;

	OK(tap, moment_offset("+01:00", 6, &offset) && offset == 3600, "offset +01:00");
	OK(tap, moment_offset("-0530", 5, &offset) && offset == -19800, "offset -0530");
	OK(tap, moment_offset("+14", 3, &offset) && offset == 50400, "offset +14");
	OK(tap, !moment_offset("01:00", 5, &offset) && !moment_offset("+1:00", 5, &offset) && !moment_offset("+01:", 4, &offset)
	   && !moment_offset("+16:00", 6, &offset) && !moment_offset("+01:60", 6, &offset) && !moment_offset("+01000", 6, &offset)
	   && !moment_offset("+", 1, &offset) && offset == 50400, "texts that are no offsets");
}

/* ---- durations ---- */

static void test_durations(struct tap *tap)
{
	static const struct {
		const char *text;
		int64_t ms;
	} good[] = {
		{"403", 403000}, {"394.128301", 394128}, {"00:01:10", 70000}, {"1:10", 70000}, {"1m10s", 70000}, {"0", 0},
		{"-100", -100000}, {"+5", 5000}, {" 12 ", 12000}, {"0.9999", 999}, {"-0.0005", -1}, {"-0.001", -1}, {"-1.5", -1500},
		{".5", 500}, {"0,5", 500}, {"6.24e-2", 62}, {"7e1", 70000}, {"0.00000000001", 0}, {"-0.00000000001", -1},
		{"00:01:10.999999", 70999}, {"-0:01.0001", -1001}, {"-0:01.000", -1000}, {"100:00:00", 360000000}, {"0:00", 0},
		{"123:59", 7439000}, {"1h0m0.5s", 3600500}, {"70s", 70000}, {"250ms", 250}, {"1.5m", 90000}, {"1d2h", 93600000},
		{"1h 2m 3s", 3723000}, {"10 s", 10000}, {"999us", 0}, {"1500us", 1}, {"1500\xC2\xB5s", 1}, {"1999999ns", 1}, {"-1ns", -1},
		{"0s", 0}, {"1000000000", 1000000000000}, {"-1000000000.000", -1000000000000}, {"1m10.5s", 70500},
		{"0 days 00:01:10", 70000}, {"0 days 00:01:10.500000", 70500}, {"1 day, 0:00:10", 86410000}, {"2 days", 172800000},
		{"-1 days +23:59:50", -10000}, {"-1 day, 23:59:50.0009", -10000}, {"1 day -00:00:10", 86390000},
		{"0 days -00:00:10.0001", -10001}, {"11574 days 01:46:40", 1000000000000}, {"277777:46:40", 1000000000000}, {"11574d1h46m40s", 1000000000000}, {"999999999.9999", 999999999999}, {"0.0000000000000000000000000000000000001e1", 0},
		{"340.282366920938463463374607431768211455", 340282},
	};
	static const char too_long[] = "is more than 1,000,000,000 seconds";
	static const struct {
		const char *text;
		const char *reason;
	} bad[] = {
		{"", "is empty"}, {"-", "is no duration"}, {"abc", "is no duration"}, {"1:2:3:4", "is no duration"},
		{"1:60", "is no duration: minutes or seconds over 59"}, {"1:", "is no duration"}, {":10", "is no duration"},
		{"1:10.", "is no duration"}, {"1:10x", "is no duration"}, {"1:100", "is no duration"}, {"1:+1", "is no duration"},
		{"1234567890:00", "is no duration"}, {"1s1m", "is no duration"}, {"1m1m", "is no duration"},
		{"1.5m10s", "is no duration"}, {"1x", "is no duration"}, {"m", "is no duration"}, {"1mm", "is no duration"},
		{"1m-10s", "is no duration"}, {"1m10", "is not a number"}, {"--1", "is no duration"}, {"+-1", "is no duration"},
		{"1.2.3s", "is no duration"}, {".s", "is no duration"}, {"12345678901234567890123s", "is no duration"},
		{"1.2.3", "has two points"}, {"1,234", "may be thousands or decimals: a comma before three digits"},
		{"1000000000.0001", too_long}, {"-1000000000.0001", too_long}, {"1000000001", too_long}, {"277777:46:41", too_long},
		{"999999999:59:59", too_long}, {"11574d1h46m41s", too_long}, {"4611686018427388", too_long},
		{"9223372036854775.807", too_long}, {"340282366920938463463374607431768211455", too_long},
		{"9999999999999999999999d", too_long},
	};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t ms = 7;
		const char *reason = seconds_parse(good[i].text, strlen(good[i].text), &ms);

		OK(tap, reason == NULL && ms == good[i].ms, "lasts \"%s\": %" PRId64 " %s", good[i].text, ms, reason ? reason : "");
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t ms = 7;
		const char *reason = seconds_parse(bad[i].text, strlen(bad[i].text), &ms);

		OK(tap, tap_same(reason, bad[i].reason) && ms == 7, "refuses to last \"%s\": %s", bad[i].text,
		   reason != NULL ? reason : "taken");
	}
}

static bool same_moment(const struct moment *a, const struct moment *b)
{
	return a->ms == b->ms && a->zoned == b->zoned && a->null == b->null && a->day_only == b->day_only &&
	       a->to_minute == b->to_minute && a->orders == b->orders;
}

/* The form that is read at a glance, against the same text behind a blank, which is read step by step. */
static void test_common(struct tap *tap)
{
	static const char *const times[] = {"2022-03-27 00:59:58", "2022-03-27T00:59:58", "2024-02-29 23:59:59", "2023-02-29 12:00:00",
					    "1971-12-31 10:10:10", "1970-01-01 00:00:00", "2000-01-01 00:00:01", "9999-12-31 19:29:39", "0000-00-00 00:00:00"};
	unsigned wrong = 0;

	for (size_t t = 0; t < sizeof times / sizeof *times; t++) {
		for (size_t place = 1; place <= 19; place++) {
			for (unsigned byte = 0; byte < 256; byte++) {
				struct moment glance = {.ms = 7}, steps = {.ms = 7};
				char text[21] = " ";

				memcpy(text + 1, times[t], 19);
				text[place] = (char)byte;
				wrong += !tap_same(moment_parse(text + 1, 19, MOMENT_ORDER_UNKNOWN, &glance),
						   moment_parse(text, 20, MOMENT_ORDER_UNKNOWN, &steps)) ||
					 !same_moment(&glance, &steps);
			}
		}
	}
	OK(tap, wrong == 0, "every byte at every place of the common form: %u wrong", wrong);
}

int main(void)
{
	struct tap tap = {0, 0};

	test_calendar(&tap);
	test_format(&tap);
	test_words(&tap);
	test_forms(&tap);
	test_orders(&tap);
	test_refusals(&tap);
	test_damage(&tap);
	test_common(&tap);
	test_offset(&tap);
	test_durations(&tap);
	return tap_done(&tap);
}
