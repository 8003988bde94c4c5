/* SPDX-License-Identifier: Apache-2.0 */
/* The digits of times, against the calendar and against the reader of all times. */
#include "base/time/clock.h"

#include "base/time/moment.h"
#include "scratch.h"
#include "tap.h"

/* What digits say, by the calendar alone. False: no time. */
static bool wanted(int64_t digits, int64_t *ms)
{
	const int64_t year = digits / 10000000000, clock = digits % 1000000;
	const unsigned month = (unsigned)(digits / 100000000 % 100), day = (unsigned)(digits / 1000000 % 100);

	if (digits < 0 || year > 9999 || !calendar_has((int)year, month, day) || clock / 10000 > 23 || clock / 100 % 100 > 59 ||
	    clock % 100 > 59)
		return false;
	*ms = calendar_days((int)year, month, day) * 86400000 +
	      ((clock / 10000 * 60 + clock / 100 % 100) * 60 + clock % 100) * 1000;
	return true;
}

static bool agrees(struct clock_day *day, int64_t digits)
{
	const struct clock_day before = *day;
	int64_t want = 7, got = 7;
	const bool good = wanted(digits, &want);

	if (clock_read(day, digits, &got) != good || got != want)
		return false;
	return good ? digits / 1000000 * 1000000 == day->start : day->start == before.start && day->ms == before.ms;
}

static void test_read(struct tap *tap)
{
	static const int64_t odd[] = { 0, 1, 59, -1, 235959, 999999, 1000000, INT64_MAX, INT64_MIN, 99999999999999, 100000000000000,
				       99991231235959, 10101000000, 10100235959, 20230229120000, 20240229235959, 20240229240000,
				       20240229236000, 20240229235960, 20000101000000, 19991231235959, -20240229000000 };
	struct clock_day day = CLOCK_DAY;
	uint64_t state = 3;
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		for (size_t k = 0; k < sizeof odd / sizeof *odd; k++)
			wrong += !agrees(&day, odd[i]) || !agrees(&day, odd[k]);
	OK(tap, wrong == 0, "odd digits, one after another");
	for (unsigned n = 0; n < 300000; n++) {
		const int64_t date = 20220100 + (int64_t)(scratch_random(&state) % 1300);

		wrong += !agrees(&day, date * 1000000 + (int64_t)(scratch_random(&state) % 245000));
		wrong += !agrees(&day, (int64_t)(scratch_random(&state) >> (1 + n % 60)));
	}
	OK(tap, wrong == 0, "digits at random");
}

/* From the date of which the header says it on, and where clock_is_sure() does, moment_parse() says the same. */
static void test_sure(struct tap *tap)
{
	unsigned wrong = 0, sure = 0, count = 0;

	for (int64_t days = -40000; days < 20000; days += 7)
		for (int64_t second = 0; second < DAY_SECONDS; second += 3599) {
			const int64_t at = days * DAY_SECONDS + second;
			struct clock_day day = CLOCK_DAY;
			struct moment moment = { 0 };
			int64_t digits = 0, ms = 0;
			char text[21];

			count++;
			moment_format_utc(at, text);
			wrong += !clock_digits(text, 19, &digits) || !clock_read(&day, digits, &ms) || ms != at * 1000;
			text[10] = ' ';
			wrong += moment_parse(text, 19, MOMENT_ORDER_UNKNOWN, &moment) != NULL;
			wrong += clock_is_sure(ms) && (moment.null || moment.ms != ms || moment.zoned);
			wrong += digits / CLOCK_DAY_DIGITS >= CLOCK_SURE_DATE && !clock_is_sure(ms);
			sure += clock_is_sure(ms);
		}
	OK(tap, wrong == 0 && sure > count / 4 && sure < count, "%u times that stand for none or may not, %u surely not", count, sure);
}

static void test_digits(struct tap *tap)
{
	static const char *const others[] = { "2022-03-27 00:59:5x", "2022-03-27t00:59:58", "2022/03/27 00:59:58", "2022-03-27 00.59:58",
					      "2022-03-27_00:59:58", "20220327 0000:59:58", "-022-03-27 00:59:58" };
	int64_t digits = 5;
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		wrong += clock_digits(others[i], 19, &digits) || digits != 5;
	wrong += clock_digits("2022-03-27 00:59:58Z", 20, &digits) || clock_digits("2022-03-27 00:59:58", 18, &digits) || digits != 5;
	OK(tap, wrong == 0, "texts that have another form");
	OK(tap, clock_digits("2022-03-27 00:59:58", 19, &digits) && digits == INT64_C(20220327005958), "a blank between the two");
	OK(tap, clock_digits("9999-99-99T99:99:99", 19, &digits) && digits == INT64_C(99999999999999), "a T, and no such time");
}

static void test_units(struct tap *tap)
{
	OK(tap, calendar_unit(0, DAY_MS) == 0 && calendar_unit(DAY_MS - 1, DAY_MS) == 0 && calendar_unit(DAY_MS, DAY_MS) == 1,
	   "days since 1970");
	OK(tap, calendar_unit(-1, HOUR_MS) == -1 && calendar_unit(-HOUR_MS, HOUR_MS) == -1 &&
	   calendar_unit(-HOUR_MS - 1, HOUR_MS) == -2, "hours before it");
}

int main(void)
{
	struct tap tap = { 0 };

	test_read(&tap);
	test_sure(&tap);
	test_digits(&tap);
	test_units(&tap);
	return tap_done(&tap);
}
