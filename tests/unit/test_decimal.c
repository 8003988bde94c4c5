/* SPDX-License-Identifier: Apache-2.0 */
/* Exact decimals: every form that is read, every reason for refusing, rounding against long division by hand. */
#include <inttypes.h>
#include <stdint.h>

#include "base/money/decimal.h"
#include "tap.h"

struct reading {
	const char *text;
	uint64_t mantissa;
	unsigned scale;
	bool negative;
};

static const struct reading readings[] = {
	{"0", 0, 0, false}, {"-0", 0, 0, false}, {"0.000", 0, 0, false}, {"0.", 0, 0, false}, {".0", 0, 0, false},
	{"12", 12, 0, false}, {"+12", 12, 0, false}, {".5", 5, 1, false}, {"5.", 5, 0, false}, {"-0.00201", 201, 5, true},
	{"  12.50\t", 125, 1, false}, {"0012.3400", 1234, 2, false}, {"1200", 1200, 0, false}, {"1.234", 1234, 3, false},
	{"0.0624000005424023", 624000005424023, 16, false}, {"0,0624", 624, 4, false}, {"12,5", 125, 1, false},
	{",5", 5, 1, false}, {"5,", 5, 0, false}, {"1234,567", 1234567, 3, false}, {"0,123", 123, 3, false},
	{"012,345", 12345, 3, false}, {"1,2345", 12345, 4, false}, {"-12,50", 125, 1, true},
	{"1,234.56", 123456, 2, false}, {"1.234,56", 123456, 2, false}, {"1 234.56", 123456, 2, false},
	{"1 234,56", 123456, 2, false}, {"1 234,567", 1234567, 3, false}, {"1 234", 1234, 0, false},
	{"1,234,567", 1234567, 0, false}, {"1.234.567", 1234567, 0, false}, {"1,234,567.", 1234567, 0, false},
	{"-1,234,567.89", 123456789, 2, true}, {"1.234.567,89", 123456789, 2, false}, {"1'234.50", 12345, 1, false},
	{"12'345'678", 12345678, 0, false}, {"1\xC2\xA0" "234,5", 12345, 1, false},
	{"1\xE2\x80\xAF" "234\xE2\x80\xAF" "567", 1234567, 0, false}, {"1,234.567", 1234567, 3, false},
	{"6.24e-05", 624, 7, false}, {"6.24E-2", 624, 4, false}, {"6,24E-2", 624, 4, false}, {"6,240e1", 624, 1, false},
	{"1e3", 1000, 0, false}, {"1.5e+3", 1500, 0, false}, {"-2E0", 2, 0, true}, {"0e999", 0, 0, false},
	{"0.00e-999", 0, 0, false}, {"120e-1", 12, 0, false}, {"100e-36", 1, 34, false}, {"1e-36", 1, 36, false},
	{"00000000000000000000000000000000000000000000000000000000000000000000000000001.5", 15, 1, false},
	{"1.50000000000000000000000000000000000000000000000000000000000000000000000000000", 15, 1, false},
	/* Decimals beyond 38 digits or 36 decimals are rounded off, half to even. */
	{"1e-37", 0, 0, false}, {"6e-37", 1, 36, false}, {"5e-37", 0, 0, false}, {"15e-37", 2, 36, false}, {"25e-37", 2, 36, false},
	{"0.9999999999999999999999999999999999996", 1, 0, false}, {"-9.9999999999999999999999999999999999996", 10, 0, true},
	{"0.1000000000000000000000000000000000000499999", 1, 1, false}, {"-1e-99", 0, 0, false}, {"1e-999", 0, 0, false},
	{"42345678901234567.0000000000000000000004", UINT64_C(42345678901234567), 0, false},
	{"42345678901234567.9999999999999999999996", UINT64_C(42345678901234568), 0, false},
};

static const struct {
	const char *text;
	const char *reason;
} refusals[] = {
	{"", "is empty"}, {" \t ", "is empty"}, {"+", "is not a number"}, {"-", "is not a number"}, {".", "is not a number"},
	{",", "is not a number"}, {"-.", "is not a number"}, {"abc", "is not a number"}, {"12a", "is not a number"},
	{"--1", "is not a number"}, {"1-", "is not a number"}, {"(1)", "is not a number"}, {"$1", "is not a number"},
	{"1 GBP", "is not a number"}, {"\xC2\xA3" "1", "is not a number"}, {"0x10", "is not a number"},
	{"nan", "is not a number"}, {"inf", "is not a number"}, {"1e", "is not a number"}, {"1e+", "is not a number"},
	{"e5", "is not a number"}, {"1e5.0", "is not a number"}, {"1e5e5", "is not a number"}, {"1e-", "is not a number"},
	{"1.2.3", "has two points"}, {"1..2", "has two points"}, {"192.0.2.1", "has two points"},
	{"0.123.456", "has two points"}, {"1.234.56", "has two points"}, {"1.234.567e1", "has two points"},
	{"1.5,000", "has points that do not part thousands"}, {".,5", "has points that do not part thousands"},
	{"1,23.45", "has commas that do not part thousands"}, {"1,2,3", "has commas that do not part thousands"},
	{"1,,234", "has commas that do not part thousands"}, {"1234,567.8", "has commas that do not part thousands"},
	{"1,234.5e1", "has commas that do not part thousands"}, {"0,123,456", "has commas that do not part thousands"},
	{"1,234.567.890", "has points and commas in no order"}, {"1.234,567,890", "has points and commas in no order"},
	{"1,234", "may be thousands or decimals: a comma before three digits"},
	{"-123,456", "may be thousands or decimals: a comma before three digits"},
	{"1 23", "has blanks or apostrophes that do not part thousands"},
	{"- 5", "has blanks or apostrophes that do not part thousands"},
	{"1  234", "has blanks or apostrophes that do not part thousands"},
	{"1'23", "has blanks or apostrophes that do not part thousands"},
	{"1 234e2", "has blanks or apostrophes that do not part thousands"},
	{"1 234 .5", "has blanks or apostrophes that do not part thousands"}, {"1 234.5 6", "is not a number"},
	{"1 234'567", "has two kinds of thousands marks"}, {"1 234,567.8", "has two kinds of thousands marks"},
	{"1e1000", "has an exponent beyond 999"}, {"1e-99999999999999999999", "has an exponent beyond 999"},
	{"1e39", "is too large"}, {"4e38", "is too large"}, {"1e999", "is too large"},
	{"340282366920938463463374607431768211457", "is too large"},
	{"99999999999999999999999999999999999999999", "is too large"},
	{"340282366920938463463374607431768211456.5", "is too large"},
	{"0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
	 "00000000001", "is too long for a number"},
};

static void test_parse(struct tap *tap)
{
	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		const struct reading *want = &readings[i];
		struct decimal got = {1, 1, true, 0};
		const char *reason = decimal_parse(want->text, strlen(want->text), &got);

		OK(tap, reason == NULL && got.mantissa == want->mantissa && got.scale == want->scale
		   && got.negative == want->negative, "reads \"%s\"", want->text);
	}
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		struct decimal got = {77, 7, true, 0};
		const char *reason = decimal_parse(refusals[i].text, strlen(refusals[i].text), &got);

		OK(tap, tap_same(reason, refusals[i].reason) && got.mantissa == 77 && got.scale == 7 && got.negative,
		   "refuses \"%s\": %s", refusals[i].text, reason != NULL ? reason : "taken");
	}
}

static void test_limits(struct tap *tap)
{
	static const char most[] = "340282366920938463463374607431768211455";
	static const char thirty_three[] = "34567.8949999999999999999999999999";
	struct decimal got;

	OK(tap, decimal_parse(most, strlen(most), &got) == NULL && got.mantissa == ~(u128)0, "reads 2^128 - 1");
	OK(tap, decimal_parse(thirty_three, strlen(thirty_three), &got) == NULL && got.scale == 28 && !got.beyond,
	   "reads 33 digits as they are");
	OK(tap, decimal_parse("0.5", 3, &got) == NULL && got.beyond == 0 &&
			decimal_parse("1e-37", 5, &got) == NULL && got.beyond == 1 &&
			decimal_parse("6e-37", 5, &got) == NULL && got.beyond == -1, "says what was rounded off");
	OK(tap, decimal_parse("1.5xyz", 3, &got) == NULL && got.mantissa == 15, "reads no further than its length");
	OK(tap, tap_same(decimal_parse("1\0002", 3, &got), "is not a number"), "refuses a NUL");
	OK(tap, tap_same(decimal_parse(NULL, 0, &got), "is empty"), "refuses no text");
}

#define WIDE(high, low) ((i128)(high) * (low))

struct minor {
	const char *text;
	unsigned exponent;
	i128 minor;
	bool rounded;
};

static const struct minor minors[] = {
	{"1641.84", 2, 164184, false}, {"0.00189901", 8, 189901, false}, {"-0.05", 2, -5, false}, {"12", 0, 12, false},
	{"0.005", 2, 0, true}, {"0.015", 2, 2, true}, {"0.025", 2, 2, true}, {"0.0250001", 2, 3, true},
	{"-0.005", 2, 0, true}, {"-0.015", 2, -2, true}, {"2.5", 0, 2, true}, {"3.5", 0, 4, true}, {"2.4999", 0, 2, true},
	{"1e-36", 0, 0, true}, {"21000000", 8, 2100000000000000, false}, {"92233720368.54775807", 8, INT64_MAX, false},
	{"-92233720368.54775807", 8, -INT64_MAX, false}, {"9223372036854775807", 0, INT64_MAX, false}, {"0", 36, 0, false},
	{"9.223372036854775807", 18, INT64_MAX, false}, {"9223372036854775807.4", 0, INT64_MAX, true},
	{"9223372036854775808", 0, (i128)INT64_MAX + 1, false}, {"-10", 18, -WIDE(10, 1000000000000000000), false},
	{"170141183460469231731687303715884105727", 0, WIDE_MOST, false},
	{"-170141183460469231731.687303715884105727", 18, -WIDE_MOST, false}, {"1", 36, WIDE(1000000000000000000, 1000000000000000000), false},
	{"170141183460469231731687303715884105727.4", 0, WIDE_MOST, true},
	/* What was rounded off while it was read breaks the tie. */
	{"0.50000000000000000000000000000000000000001", 0, 1, true}, {"0.49999999999999999999999999999999999999999", 0, 0, true},
	{"1.50000000000000000000000000000000000000001", 0, 2, true}, {"1.49999999999999999999999999999999999999999", 0, 1, true},
	{"2.49999999999999999999999999999999999999999", 0, 2, true}, {"0.12500000000000000000000000000000000000001", 2, 13, true},
	{"0.12500000000000000000000000000000000000000", 2, 12, true}, {"0.11999999999999999999999999999999999999999", 2, 12, true},
};

static void test_minor(struct tap *tap)
{
	static const struct minor beyond[] = {
		{"170141183460469231731687303715884105728", 0, 0, false}, {"-170141183460469231731687303715884105728", 0, 0, false},
		{"1701411834604692317316873037158841057.275", 2, 0, false}, {"170141183460469231732", 18, 0, false},
		{"340282366920938463463374607431768211455", 36, 0, false}, {"1", 37, 0, false},
	};
	struct decimal value;
	char shown[DECIMAL_TEXT];

	for (size_t i = 0; i < sizeof minors / sizeof *minors; i++) {
		i128 got = 0;
		bool rounded = !minors[i].rounded;
		const char *reason = decimal_parse(minors[i].text, strlen(minors[i].text), &value);

		if (reason == NULL)
			reason = decimal_to_minor(&value, minors[i].exponent, &got, &rounded);
		(void)decimal_format(got, 0, shown, sizeof shown);
		OK(tap, reason == NULL && got == minors[i].minor && rounded == minors[i].rounded, "%s at %u decimals is %s",
		   minors[i].text, minors[i].exponent, shown);
	}
	for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
		i128 got = 42;
		const char *reason = decimal_parse(beyond[i].text, strlen(beyond[i].text), &value);

		OK(tap, reason == NULL && tap_same(decimal_to_minor(&value, beyond[i].exponent, &got, NULL), "is too large")
		   && got == 42, "%s at %u decimals is too large", beyond[i].text, beyond[i].exponent);
	}
}

static void test_format(struct tap *tap)
{
	static const struct {
		i128 minor;
		unsigned exponent;
		const char *text;
	} formats[] = {
		{164184, 2, "1641.84"}, {189901, 8, "0.00189901"}, {-5, 2, "-0.05"}, {0, 2, "0.00"}, {0, 0, "0"}, {7, 0, "7"},
		{-7, 0, "-7"}, {100, 2, "1.00"}, {10, 1, "1.0"}, {INT64_MAX, 0, "9223372036854775807"},
		{INT64_MIN, 0, "-9223372036854775808"}, {INT64_MIN, 18, "-9.223372036854775808"},
		{INT64_MIN, 36, "-0.000000000000000009223372036854775808"}, {1, 36, "0.000000000000000000000000000000000001"},
		{WIDE_MOST, 0, "170141183460469231731687303715884105727"}, {-WIDE_MOST, 2, "-1701411834604692317316873037158841057.27"},
		{-WIDE_MOST, 36, "-170.141183460469231731687303715884105727"}, {WIDE(10, 1000000000000000000), 18, "10.000000000000000000"},
		{(i128)UINT64_MAX, 0, "18446744073709551615"}, {(i128)UINT64_MAX + 1, 20, "0.18446744073709551616"},
	};
	char text[DECIMAL_TEXT];

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		size_t len = decimal_format(formats[i].minor, formats[i].exponent, text, sizeof text);

		OK(tap, len == strlen(formats[i].text) && strcmp(text, formats[i].text) == 0, "writes %s", text);
	}
	OK(tap, decimal_format(164184, 2, text, 8) == 7 && strcmp(text, "1641.84") == 0, "writes into just enough room");
	OK(tap, decimal_format(164184, 2, text, 7) == 0 && *text == '\0', "writes nothing into too little");
	OK(tap, decimal_format(1, 37, text, sizeof text) == 0 && *text == '\0', "writes no 37 decimals");
	OK(tap, decimal_format(1, 0, text, 0) == 0, "writes nothing into no room");
}

/* Division by ten, one place at a time, remembering what fell off: half, more, less or nothing. */
static u128 slow_shift(u128 value, int places, bool *rounded)
{
	unsigned top = 0;
	bool more = false;

	for (; places < 0; places++) {
		more = more || top != 0;
		top = (unsigned)(value % 10);
		value /= 10;
	}
	*rounded = more || top != 0;
	if (top > 5 || (top == 5 && (more || value % 2 == 1)))
		value++;
	return value;
}

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 16;
}

static void test_shift(struct tap *tap)
{
	uint64_t state = 2022;
	unsigned wrong = 0;
	u128 out = 5;
	bool rounded = false;

	for (unsigned i = 0; i < 20000; i++) {
		u128 value = ((u128)next_random(&state) << 64 | next_random(&state)) >> (next_random(&state) % 110), want;
		int places = -(int)(next_random(&state) % 45);
		bool want_rounded;

		if (i % 3 == 0 && places > -30)
			value = value / 1000 * 1000 + 500;
		want = slow_shift(value, places, &want_rounded);
		if (!decimal_shift(value, places, &out, &rounded) || out != want || rounded != want_rounded)
			wrong++;
	}
	OK(tap, wrong == 0, "20000 divisions agree with division by hand (%u do not)", wrong);
	OK(tap, decimal_shift(0, 1000, &out, &rounded) && out == 0 && !rounded, "0 stays 0");
	OK(tap, decimal_shift(~(u128)0, -39, &out, &rounded) && out == 0 && rounded, "39 places down is nothing");
	out = 5;
	OK(tap, !decimal_shift(1, 39, &out, &rounded) && !decimal_shift(4, 38, &out, &rounded) && out == 5, "beyond 128 bits");
}

static void test_minor_text(struct tap *tap)
{
	static const char *const good[] = {"0", "7", "-7", "9223372036854775808", "170141183460469231731687303715884105727",
		"-170141183460469231731687303715884105727"};
	static const char *const bad[] = {"", "-", "+1", "01", "-01", "-0", "1.0", " 1", "1 ", "1e3",
		"170141183460469231731687303715884105728", "-170141183460469231731687303715884105728", "1x"};
	char text[DECIMAL_TEXT];
	i128 got;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		const bool read = decimal_read_minor(good[i], strlen(good[i]), &got);

		(void)decimal_format(got, 0, text, sizeof text);
		OK(tap, read && tap_same(text, good[i]), "reads %s as it is written", good[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		OK(tap, !decimal_read_minor(bad[i], strlen(bad[i]), &got), "'%s' is not as it is written", bad[i]);
}

static void test_round_trip(struct tap *tap)
{
	uint64_t state = 7;
	unsigned wrong = 0;

	for (unsigned i = 0; i < 20000; i++) {
		u128 size = ((u128)next_random(&state) << 79 ^ (u128)next_random(&state) << 40 ^ next_random(&state)) & (u128)WIDE_MOST;
		i128 minor = (i128)(size >> next_random(&state) % 127) * (i % 2 == 0 ? 1 : -1), back = 0;
		unsigned exponent = (unsigned)(next_random(&state) % 37);
		char text[DECIMAL_TEXT];
		size_t len = decimal_format(minor, exponent, text, sizeof text);
		struct decimal value;
		bool rounded = true;

		if (len == 0 || decimal_parse(text, len, &value) != NULL
		    || decimal_to_minor(&value, exponent, &back, &rounded) != NULL || rounded || back != minor)
			wrong++;
	}
	OK(tap, wrong == 0, "20000 amounts written and read again are the same (%u are not)", wrong);
}

int main(void)
{
	struct tap tap = {0, 0};

	test_parse(&tap);
	test_limits(&tap);
	test_minor(&tap);
	test_format(&tap);
	test_shift(&tap);
	test_minor_text(&tap);
	test_round_trip(&tap);
	return tap_done(&tap);
}
