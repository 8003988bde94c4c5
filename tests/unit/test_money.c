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

static const char *convert(int64_t minor, unsigned from, const char *rate_text, unsigned to, int64_t *out)
{
	struct decimal rate;
	const char *reason = decimal_parse(rate_text, strlen(rate_text), &rate);

	return reason != NULL ? reason : money_convert(minor, from, &rate, to, out);
}

static void test_convert(struct tap *tap)
{
	static const struct {
		int64_t minor;
		unsigned from;
		const char *rate;
		unsigned to;
		int64_t want;
	} good[] = {
		{100000000, 8, "31415.92", 2, 3141592}, {189901, 8, "34123.5", 2, 6480}, {1, 8, "1000000", 2, 1},
		{50, 2, "0.01", 2, 0}, {150, 2, "0.01", 2, 2}, {250, 2, "0.01", 2, 2}, {350, 2, "0.01", 2, 4}, {251, 2, "0.01", 2, 3},
		{100, 2, "155.5", 0, 156}, {100, 2, "154.5", 0, 154}, {1, 0, "1", 18, 1000000000000000000}, {0, 8, "30000", 2, 0},
		{0, 8, "340282366920938463463374607431768211455", 36, 0}, {INT64_MAX, 2, "1", 2, INT64_MAX},
		{INT64_MIN, 8, "0.5", 8, -4611686018427387904}, {5, 36, "1", 0, 0}, {INT64_MAX, 36, "1e-36", 0, 0},
		{1000000000, 18, "2e9", 2, 200}, {1, 36, "340282366920938463463374607431768211455", 0, 340},
	};
	static const struct {
		int64_t minor;
		unsigned from;
		const char *rate;
		unsigned to;
		const char *reason;
	} bad[] = {
		{100, 2, "0", 2, "has a rate that is not above zero"}, {100, 2, "-1.5", 2, "has a rate that is not above zero"},
		{INT64_MAX, 2, "2", 2, "is too large in the other currency"}, {INT64_MIN, 2, "1", 2, "is too large in the other currency"},
		{100, 0, "1", 36, "is too large in the other currency"},
		{4, 0, "340282366920938463463374607431768211455", 0, "has a rate with too many digits for an exact product"},
		{INT64_MIN, 8, "1.23456789012345678901", 2, "has a rate with too many digits for an exact product"},
	};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t got = -1, mirrored = -1;
		const char *reason = convert(good[i].minor, good[i].from, good[i].rate, good[i].to, &got);

		OK(tap, reason == NULL && got == good[i].want, "%" PRId64 " e-%u at %s is %" PRId64 " e-%u", good[i].minor,
		   good[i].from, good[i].rate, got, good[i].to);
		if (good[i].minor == INT64_MIN)
			continue;
		reason = convert(-good[i].minor, good[i].from, good[i].rate, good[i].to, &mirrored);
		OK(tap, reason == NULL && mirrored == -good[i].want, "its negative is the negative");
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t got = 5;
		const char *reason = convert(bad[i].minor, bad[i].from, bad[i].rate, bad[i].to, &got);

		OK(tap, tap_same(reason, bad[i].reason) && got == 5, "%" PRId64 " at %s %s", bad[i].minor, bad[i].rate,
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

/* Drops the last `places` digits, rounding half to even; INT64_MAX when it gets larger than that. */
static int64_t round_off(const unsigned char *digits, unsigned places)
{
	bool rest = false;
	uint64_t value = 0;
	unsigned top = places > 0 ? digits[places - 1] : 0;

	for (unsigned i = 0; i + 1 < places; i++)
		rest = rest || digits[i] != 0;
	for (unsigned i = DIGITS; i-- > places;) {
		if (value > ((uint64_t)INT64_MAX - digits[i]) / 10)
			return INT64_MAX;
		value = value * 10 + digits[i];
	}
	if (top > 5 || (top == 5 && (rest || value % 2 == 1)))
		value++;
	return (int64_t)value;
}

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 16;
}

static void test_by_hand(struct tap *tap)
{
	uint64_t state = 17;
	unsigned wrong = 0, done = 0;

	for (unsigned i = 0; i < 20000; i++) {
		const uint64_t amount = next_random(&state) >> (next_random(&state) % 40), rate = next_random(&state) % 100000000 + 1;
		const unsigned decimals = (unsigned)(next_random(&state) % 10), from = 8, to = (unsigned)(next_random(&state) % 4);
		char a[24], b[24], rate_text[DECIMAL_TEXT];
		unsigned char product[DIGITS];
		int64_t want, got = 0;
		const char *reason;

		snprintf(a, sizeof a, "%" PRIu64, i % 4 == 0 ? amount / 1000 * 1000 + 500 : amount);
		snprintf(b, sizeof b, "%" PRIu64, i % 4 == 0 ? rate / 10 * 10 + 10 : rate);
		decimal_format((int64_t)strtoull(b, NULL, 10), decimals, rate_text, sizeof rate_text);
		multiply(a, b, product);
		want = round_off(product, from + decimals - to);
		if (want == INT64_MAX)
			continue;
		done++;
		reason = convert(-(int64_t)strtoull(a, NULL, 10), from, rate_text, to, &got);
		if (reason != NULL || got != -want)
			wrong++;
	}
	OK(tap, done > 15000 && wrong == 0, "%u conversions agree with those by hand (%u do not)", done, wrong);
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
