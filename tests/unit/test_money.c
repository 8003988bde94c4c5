/* SPDX-License-Identifier: Apache-2.0 */
/* Minor units of currencies; conversion against multiplication and rounding by hand, digit by digit. */
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/money/money.h"
#include "tap.h"

static void test_currencies(struct tap *tap)
{
	static const struct {
		const char *code;
		int exponent;
	} known[] = {
		{"GBP", 2}, {"EUR", 2}, {"USD", 2}, {"JPY", 0}, {"KRW", 0}, {"ISK", 0}, {"VND", 0}, {"CLP", 0}, {"UGX", 0},
		{"KWD", 3}, {"BHD", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4}, {"XAF", 0}, {"XCG", 2}, {"HRK", 2}, {"AED", 2},
		{"ZWL", 2}, {"BTC", 8}, {"XBT", 8}, {"LTC", 8}, {"BCH", 8}, {"DOGE", 8}, {"XMR", 12}, {"USDT", 6}, {"USDC", 6},
		{"ETH", 18},
	};
	static const char *const unknown[] = {"", "G", "GB", "gbp", "Gbp", "GBPX", "GBPXX", "XAU", "XXX", "XDR", "ZZZ", " GBP", "DEM"};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		OK(tap, currency_exponent(known[i].code, strlen(known[i].code)) == known[i].exponent, "%s has %d decimals",
		   known[i].code, known[i].exponent);
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		OK(tap, currency_exponent(unknown[i], strlen(unknown[i])) == -1, "\"%s\" is unknown", unknown[i]);
	OK(tap, currency_exponent("GBP\0", 4) == -1, "a NUL is no part of a code");
	OK(tap, currency_exponent("GBPEUR", 3) == 2, "the code is as long as its length says");
}

/* Every three letters: the number of currencies, so that a table out of order, which loses some, is noticed. */
static void test_table(struct tap *tap)
{
	unsigned found = 0;

	for (char a = 'A'; a <= 'Z'; a++) {
		for (char b = 'A'; b <= 'Z'; b++) {
			for (char c = 'A'; c <= 'Z'; c++) {
				const char code[] = {a, b, c};

				found += currency_exponent(code, sizeof code) >= 0;
			}
		}
	}
	OK(tap, found == 177, "%u codes of three letters", found);
}

/* Amounts in and out as texts of minor units. */
static const char *convert(const char *minor, unsigned from, const char *rate_text, unsigned to, char out[DECIMAL_TEXT])
{
	struct decimal rate;
	i128 amount = 0, converted;
	const char *reason = decimal_parse(rate_text, strlen(rate_text), &rate);

	if (!decimal_read_minor(minor, strlen(minor), &amount))
		return "is no amount of the test";
	if (reason == NULL)
		reason = money_convert(amount, from, &rate, to, &converted);
	if (reason == NULL)
		(void)decimal_format(converted, 0, out, DECIMAL_TEXT);
	return reason;
}

#define MOST "170141183460469231731687303715884105727"
#define RATE_MOST "340282366920938463463374607431768211455"

static void test_convert(struct tap *tap)
{
	static const struct {
		const char *minor;
		unsigned from;
		const char *rate;
		unsigned to;
		const char *want;
	} good[] = {
		{"100000000", 8, "31415.92", 2, "3141592"}, {"189901", 8, "34123.5", 2, "6480"}, {"1", 8, "1000000", 2, "1"},
		{"50", 2, "0.01", 2, "0"}, {"150", 2, "0.01", 2, "2"}, {"250", 2, "0.01", 2, "2"}, {"350", 2, "0.01", 2, "4"},
		{"251", 2, "0.01", 2, "3"}, {"100", 2, "155.5", 0, "156"}, {"100", 2, "154.5", 0, "154"},
		{"1", 0, "1", 18, "1000000000000000000"}, {"0", 8, "30000", 2, "0"}, {"0", 8, RATE_MOST, 36, "0"},
		{"9223372036854775807", 2, "1", 2, "9223372036854775807"}, {"5", 36, "1", 0, "0"}, {"9223372036854775807", 36, "1e-36", 0, "0"},
		{"1000000000", 18, "2e9", 2, "200"}, {"1", 36, RATE_MOST, 0, "340"},
		/* Products beyond 64 and beyond 128 bits. */
		{"9223372036854775807", 2, "2", 2, "18446744073709551614"}, {"100", 0, "1", 36, "100000000000000000000000000000000000000"},
		{"10000000000000000000", 18, "1234.56", 2, "1234560"}, {MOST, 2, "1", 2, MOST}, {MOST, 18, "0.5", 18, "85070591730234615865843651857942052864"},
		{"9250000000", 8, "34567.8949999999999999999999999999", 2, "319753029"},
		{MOST, 36, RATE_MOST, 0, "57896044618658097711785492504343953926294709965899343556265417396524796608"},
		{MOST, 36, "1234567890123456789.0123456789012345678", 0, "210050841887899482018"},
		{MOST, 36, "1e-36", 0, "0"}, {"15", 36, "1e35", 0, "2"}, {"25", 36, "1e35", 0, "2"}, {"25000000001", 36, "1e26", 0, "3"},
	};
	static const struct {
		const char *minor;
		unsigned from;
		const char *rate;
		unsigned to;
		const char *reason;
	} bad[] = {
		{"100", 2, "0", 2, "has a rate that is not above zero"}, {"100", 2, "-1.5", 2, "has a rate that is not above zero"},
		{MOST, 2, "2", 2, "is too large in the other currency"}, {"1000", 0, "1", 36, "is too large in the other currency"},
		{MOST, 0, RATE_MOST, 0, "is too large in the other currency"}, {MOST, 0, RATE_MOST, 36, "is too large in the other currency"},
		{MOST, 2, "1.0000000000000000000000000000000000000", 3, "is too large in the other currency"},
	};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		char got[DECIMAL_TEXT] = "", mirrored[DECIMAL_TEXT] = "", negative[DECIMAL_TEXT + 1];
		const char *reason = convert(good[i].minor, good[i].from, good[i].rate, good[i].to, got);

		if (strlen(good[i].want) > 39) {
			OK(tap, tap_same(reason, "is too large in the other currency"), "%s is beyond", good[i].want);
			continue;
		}
		OK(tap, reason == NULL && tap_same(got, good[i].want), "%s e-%u at %s is %s e-%u", good[i].minor, good[i].from,
		   good[i].rate, got, good[i].to);
		(void)snprintf(negative, sizeof negative, "-%s", good[i].minor);
		if (!strcmp(good[i].minor, "0") || !strcmp(good[i].want, "0"))
			continue;
		reason = convert(negative, good[i].from, good[i].rate, good[i].to, mirrored);
		OK(tap, reason == NULL && *mirrored == '-' && tap_same(mirrored + 1, good[i].want), "its negative is the negative");
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char got[DECIMAL_TEXT] = "same";
		const char *reason = convert(bad[i].minor, bad[i].from, bad[i].rate, bad[i].to, got);

		OK(tap, tap_same(reason, bad[i].reason) && tap_same(got, "same"), "%s at %s %s", bad[i].minor, bad[i].rate,
		   reason != NULL ? reason : "is taken");
	}
}

/* ---- by hand ---- */

#define DIGITS 120

/* The product of two numbers written in decimal, last digit first. */
static void multiply(const char *a, const char *b, unsigned char out[static DIGITS])
{
	const size_t la = strlen(a), lb = strlen(b);
	unsigned carry = 0;

	memset(out, 0, DIGITS);
	for (size_t i = 0; i < la; i++) {
		for (size_t j = 0; j < lb; j++) {
			unsigned product = (unsigned)(a[la - 1 - i] - '0') * (unsigned)(b[lb - 1 - j] - '0');

			for (size_t k = i + j; product > 0; k++) {
				product += out[k];
				out[k] = (unsigned char)(product % 10);
				product /= 10;
			}
		}
	}
	for (size_t k = 0; k < DIGITS; k++) {
		out[k] = (unsigned char)(out[k] + carry);
		carry = out[k] / 10;
		out[k] %= 10;
	}
}

/* Drops the last `places` digits, rounding half to even, and writes what is left; false when it is beyond WIDE_MOST. */
static bool round_off(const unsigned char *digits, unsigned places, char out[DECIMAL_TEXT])
{
	bool rest = false;
	u128 value = 0;
	unsigned top = places > 0 ? digits[places - 1] : 0;

	for (unsigned i = 0; i + 1 < places; i++)
		rest = rest || digits[i] != 0;
	for (unsigned i = DIGITS; i-- > places;) {
		if (value > ((u128)WIDE_MOST - digits[i]) / 10)
			return false;
		value = value * 10 + digits[i];
	}
	if (top > 5 || (top == 5 && (rest || value % 2 == 1)))
		value++;
	(void)decimal_format((i128)value, 0, out, DECIMAL_TEXT);
	return value <= (u128)WIDE_MOST;
}

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 16;
}

/* Digits from a seed, the first not 0; every fourth ends with a half. */
static void draw(uint64_t *state, size_t digits, bool half, char out[40])
{
	for (size_t i = 0; i < digits; i++)
		out[i] = (char)('0' + next_random(state) % 10);
	if (out[0] == '0')
		out[0] = '1';
	if (half && digits > 3)
		memcpy(out + digits - 3, "500", 3);
	out[digits] = '\0';
}

static void test_by_hand(struct tap *tap)
{
	uint64_t state = 17;
	unsigned wrong = 0, done = 0, beyond = 0;

	for (unsigned i = 0; i < 40000; i++) {
		const unsigned decimals = (unsigned)(next_random(&state) % 30), from = (unsigned)(next_random(&state) % 19), to = (unsigned)(next_random(&state) % 4);
		const size_t rate_digits = 1 + next_random(&state) % 38;
		char a[40], b[40], rate_text[100], want[DECIMAL_TEXT], got[DECIMAL_TEXT] = "";
		unsigned char product[DIGITS];
		const char *reason;

		draw(&state, 1 + next_random(&state) % 38, i % 4 == 0, a);
		draw(&state, rate_digits, false, b);
		if (i % 4 == 0)
			memset(b + 1, '0', rate_digits - 1);
		(void)snprintf(rate_text, sizeof rate_text, "%se-%u", b, decimals);
		if (from + decimals < to)
			continue;
		multiply(a, b, product);
		reason = convert(a, from, rate_text, to, got);
		if (!round_off(product, from + decimals - to, want)) {
			beyond++;
			wrong += reason == NULL;
			continue;
		}
		done++;
		wrong += reason != NULL || strcmp(got, want) != 0;
	}
	OK(tap, done > 15000 && beyond > 1000 && wrong == 0, "%u conversions agree with those by hand, %u are beyond (%u do not)",
	   done, beyond, wrong);
}

int main(void)
{
	struct tap tap = {0, 0};

	test_currencies(&tap);
	test_table(&tap);
	test_convert(&tap);
	test_by_hand(&tap);
	return tap_done(&tap);
}
