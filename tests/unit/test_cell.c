/* SPDX-License-Identifier: Apache-2.0 */
/* The value that a cell's text says, and the items of a list. */
#include "base/money/decimal.h"
#include "output/cell.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct tap tap;

static void test_values(void)
{
	static const struct {
		enum cell_type type;
		const char *text;
		int64_t value;
		unsigned exponent;
	} samples[] = {
		{ CELL_INTEGER, "0", 0, 0 },
		{ CELL_INTEGER, "-7", -7, 0 },
		{ CELL_INTEGER, "9223372036854775807", INT64_MAX, 0 },
		{ CELL_INTEGER, "-9223372036854775808", INT64_MIN, 0 },
		{ CELL_AMOUNT, "1641.84", 164184, 2 },
		{ CELL_AMOUNT, "-0.05", -5, 2 },
		{ CELL_AMOUNT, "0.00189901", 189901, 8 },
		{ CELL_AMOUNT, "1000", 1000, 0 },
		{ CELL_REAL, "59.500", 59500, 3 },
		{ CELL_TIME, "2022-03-27T00:59:58Z", 1648342798, 0 },
		{ CELL_TIME, "1970-01-01T00:00:00Z", 0, 0 },
		{ CELL_NUMBER, "+442079460101", 442079460101, 0 },
	};

	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct cell cell = cell_read(samples[i].type, text_of(samples[i].text));

		OK(&tap, cell.valued && cell.value == samples[i].value && cell.exponent == samples[i].exponent &&
				 cell.type == samples[i].type && text_is(cell.text, samples[i].text),
		   "%s", samples[i].text);
	}
}

static void test_no_values(void)
{
	static const struct {
		enum cell_type type;
		const char *text;
	} samples[] = {
		{ CELL_TEXT, "12" }, { CELL_LIST, "1;2" }, { CELL_ID, "7" },
		{ CELL_INTEGER, "" }, { CELL_INTEGER, "-" }, { CELL_INTEGER, "1.0" }, { CELL_INTEGER, "+1" },
		{ CELL_INTEGER, " 1" }, { CELL_INTEGER, "9223372036854775808" }, { CELL_INTEGER, "-9223372036854775809" },
		{ CELL_INTEGER, "99999999999999999999" },
		{ CELL_AMOUNT, "1." }, { CELL_AMOUNT, ".5" }, { CELL_AMOUNT, "1,641.84" }, { CELL_AMOUNT, "1e5" },
		{ CELL_AMOUNT, "0.0000000000000000000000000000000000001" },
		{ CELL_REAL, "Inf" }, { CELL_REAL, "1.0e+20" },
		{ CELL_TIME, "2022-03-27" }, { CELL_TIME, "2022-03-27T00:59:58+" }, { CELL_TIME, "2022-02-30T00:59:58Z" },
		{ CELL_TIME, "0001-01-01T00:00:00Z" },
		{ CELL_NUMBER, "442079460101" }, { CELL_NUMBER, "+" }, { CELL_NUMBER, "+0" },
		{ CELL_NUMBER, "+4420794601011234" }, { CELL_NUMBER, "+44 20" }, { CELL_NUMBER, NULL },
		{ CELL_INTEGER, NULL },
	};

	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct cell cell = cell_read(samples[i].type, text_of(samples[i].text));

		OK(&tap, !cell.valued && cell.value == 0 && cell.exponent == 0 && cell.type == samples[i].type,
		   "%s has no value", samples[i].text ? samples[i].text : "what is absent");
	}
}

/* What decimal_format() writes is read back, whatever it is. */
static void test_round_trip(void)
{
	static const int64_t values[] = { INT64_MIN, INT64_MIN + 1, -100, -1, 0, 1, 5, 99, 164184, INT64_MAX };
	bool good = true;

	for (size_t i = 0; i < COUNT(values); i++) {
		for (unsigned exponent = 0; exponent <= DECIMAL_MAX_SCALE; exponent++) {
			char text[DECIMAL_TEXT];
			struct cell cell;

			(void)decimal_format(values[i], exponent, text, sizeof(text));
			cell = cell_read(CELL_AMOUNT, text_of(text));
			good = good && cell.valued && cell.value == values[i] && cell.exponent == exponent;
		}
	}
	OK(&tap, good, "amounts come back with all their decimals");
}

static void is_list(const char *list, const char *expected)
{
	struct buf item = { 0 }, all = { 0 };
	size_t at = 0;

	while (cell_item(text_of(list), &at, &item)) {
		buf_byte(&all, '[');
		buf_add(&all, item.data, item.len);
		buf_byte(&all, ']');
	}
	OK(&tap, text_is(buf_view(&all), expected), "'%s': %s", list, buf_view(&all).data);
	OK(&tap, !cell_item(text_of(list), &at, &item), "and no more");
	buf_release(&item);
	buf_release(&all);
}

int main(void)
{
	test_values();
	test_no_values();
	test_round_trip();
	is_list("", "");
	is_list("a", "[a]");
	is_list("a;b\\;c\\\\d;", "[a][b;c\\d][]");
	is_list(";", "[][]");
	is_list("a\\", "[a\\]");
	return tap_done(&tap);
}
