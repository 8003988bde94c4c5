/* SPDX-License-Identifier: Apache-2.0 */
/* What a call cost: its unit, its text, sums of costs, and costs converted. */
#include <string.h>

#include "casefile/segment/call_cost.h"
#include "correlate/calls/cost_scan.h"
#include "correlate/calls/usage_cost.h"
#include "tap.h"

static struct tap tap;

#define E18 ((i128)1000000000000000000)

static int64_t unit_of(const char *currency, unsigned decimals, bool negative)
{
	return cost_unit(cost_currency_of(text_of(currency)), decimals, negative);
}

static void test_units(void)
{
	static const char *const names[] = { "GBP", "BTC", "USDT", "DOGE", "A", "ZZZZZZ", "" };
	char name[COST_NAME];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		OK(&tap, cost_currency_name(cost_currency_of(text_of(names[i])), name) == strlen(names[i]) && !strcmp(name, names[i]),
		   "currency '%s'", names[i]);
	OK(&tap, cost_currency_of(text_of(" gBp ")) == cost_currency_of(text_of("GBP")), "case and blanks are no difference");
	OK(&tap, unit_of("GBP", 2, true) == INT64_C(2) * 8589934592 + 4294967296 + 2147483648 + 7248, "as it is written down");
	OK(&tap, cost_currency_of(text_of("CREDITS")) == COST_OTHER && cost_currency_of(text_of("US-D")) == COST_OTHER &&
			 cost_currency_name(COST_OTHER, name) == 0 && !*name,
	   "other names have none");
	OK(&tap, unit_of("ZZZZZZ", COST_DECIMALS_MOST, true) <= COST_UNIT_MOST && unit_of("A", COST_DECIMALS_MOST + 1, false) > COST_UNIT_MOST,
	   "the greatest unit");
	for (unsigned d = 0; d <= COST_DECIMALS_MOST; d++) {
		i128 factor = 1;

		for (unsigned k = d; k < COST_DECIMALS_MOST; k++)
			factor *= 10;
		if (cost_factors[cost_index(unit_of("GBP", d, false))] != factor || cost_factors[cost_index(unit_of("GBP", d, true))] != -factor)
			OK(&tap, false, "the factor of %u decimals", d);
	}
	OK(&tap, true, "factors");
}

static void text_is_(int64_t digits, int64_t unit, const char *text, const char *micro)
{
	char got[COST_TEXT], got_micro[COST_TEXT];

	OK(&tap, cost_text(digits, unit, got) == strlen(text) && !strcmp(got, text), "'%s': %s", text, got);
	OK(&tap, cost_micro_text(digits, unit, got_micro) == strlen(micro) && !strcmp(got_micro, micro), "millionths '%s': %s", micro, got_micro);
}

static void test_texts(void)
{
	text_is_(200, unit_of("GBP", 2, true), "-2.00", "-2000000");
	text_is_(123, unit_of("BTC", 8, false), "0.00000123", "1.23");
	text_is_(1, unit_of("JPY", 0, false), "1", "1000000");
	text_is_(0, unit_of("", 6, false), "0.000000", "0");
	text_is_(1, unit_of("ETH", 18, true), "-0.000000000000000001", "-0.000000000001");
	text_is_(COST_LIMIT - 1, unit_of("X", 0, true), "-4611686018427387903", "-4611686018427387903000000");
	text_is_(5, 0, "", "");
	text_is_(0, cost_unit(COST_BEYOND, 0, false), "", "");
	text_is_(COST_LIMIT, unit_of("X", 0, false), "", "");
	text_is_(1, COST_UNIT_MOST + 1, "", "");
	text_is_(1, -1, "", "");
	text_is_(7, cost_unit(COST_OTHER, 1, false), "0.7", "700000");
}

/* Parts of a sum, in any order and any grouping. */
static void test_sums(void)
{
	const uint32_t gbp = cost_currency_of(text_of("GBP")), usd = cost_currency_of(text_of("USD"));
	const struct {
		uint32_t currency;
		i128 cost;
	} parts[] = { { gbp, 5 }, { gbp, -7 }, { 0, 0 }, { usd, 3 }, { COST_MIXED, 99 }, { COST_CONVERTED, 10 },
		      { COST_CONVERTED, -4 }, { COST_NO_RATE, 8 }, { COST_NO_RATE, 6 }, { COST_UNKNOWN, 1 } };
	const struct {
		size_t from, to;
		uint32_t currency;
		i128 cost;
		bool any;      /* the sum says nothing */
	} sums[] = { { 0, 2, gbp, -2, false },	    { 0, 3, gbp, -2, false },	 { 0, 4, COST_MIXED, 0, true },
		     { 0, 7, COST_CONVERTED, 6, false }, { 3, 9, COST_NO_RATE, 6, false }, { 0, 10, COST_NO_RATE, 6, false },
		     { 2, 3, 0, 0, false } };

	for (size_t s = 0; s < sizeof sums / sizeof *sums; s++)
		for (size_t cut = sums[s].from; cut <= sums[s].to; cut++) {
			uint32_t one = 0, two = 0;
			i128 first = 0, second = 0;

			for (size_t i = sums[s].from; i < cut; i++)
				usage_cost_add(&one, &first, parts[i].currency, parts[i].cost);
			for (size_t i = sums[s].to; i-- > cut;)
				usage_cost_add(&two, &second, parts[i].currency, parts[i].cost);
			usage_cost_add(&two, &second, one, first);
			OK(&tap, two == sums[s].currency && (sums[s].any || second == sums[s].cost), "sum %zu cut at %zu", s, cut);
		}
}

static void converts(const struct rates *rates, int64_t digits, int64_t unit, int64_t seconds, uint32_t currency, i128 value)
{
	i128 got = 0;
	const uint32_t is = cost_convert(rates, digits, unit, seconds, &got);

	OK(&tap, is == currency && got == value, "%lld of %llx at %lld: %x", (long long)digits, (unsigned long long)unit, (long long)seconds, is);
}

static void test_converted(void)
{
	/* The last has more digits than 128 bits hold of a product. */
	struct rate items[] = { { .day = 10, .value = { 33333, 0, false, 0 } }, { .day = 12, .value = { 1, 20, false, 0 } },
				{ .day = 13, .value = { (u128)1 << 120, 36, false, 0 } } };
	size_t starts[] = { 0, 3 };
	struct rates rates = { .currency = "GBP", .exponent = 2, .starts = starts, .items = items, .count = 3 };
	const int64_t btc = unit_of("BTC", 5, false), day = 86400;

	if (dictionary_add(&rates.bases, text_of("BTC")) == DICTIONARY_NONE)
		return;
	converts(&rates, 3, btc, 10 * day, COST_CONVERTED, E18 * 99999 / 100000);
	converts(&rates, 3, unit_of("BTC", 5, true), 11 * day - 1, COST_CONVERTED, -E18 * 99999 / 100000);
	converts(&rates, 3, unit_of("GBP", 1, true), 11 * day, COST_CONVERTED, -E18 * 3 / 10);
	converts(&rates, 3, btc, 11 * day, COST_NO_RATE, cost_example(11, cost_currency(btc)));
	converts(&rates, 3, btc, -1, COST_NO_RATE, cost_example(-1, cost_currency(btc)));
	OK(&tap, cost_example_day(cost_example(-1, cost_currency(btc))) == -1 &&
			 cost_example_currency(cost_example(-1, cost_currency(btc))) == cost_currency(btc),
	   "an example is taken apart");
	/* 10^-20 of 150 and 250 is 1.5 and 2.5 of 10^-18. */
	converts(&rates, 150, unit_of("BTC", 0, false), 12 * day, COST_CONVERTED, 2);
	converts(&rates, 250, unit_of("BTC", 0, true), 12 * day, COST_CONVERTED, -2);
	converts(&rates, 1000000000, unit_of("BTC", 0, false), 10 * day, COST_TOO_LARGE, cost_example(10, cost_currency(btc)));
	/* 2^120 / 10^36 is 1.329227995784915872903807060280344576. */
	converts(&rates, 1000000000, unit_of("BTC", 9, false), 13 * day, COST_CONVERTED, (i128)1329227995784915873);
	converts(&rates, 3, unit_of("", 0, false), 10 * day, COST_NO_CURRENCY, cost_example(10, COST_SAID));
	converts(&rates, 3, unit_of("FOO", 0, false), 10 * day, COST_UNKNOWN, cost_example(10, cost_currency_of(text_of("FOO"))));
	converts(&rates, 3, cost_unit(COST_OTHER, 0, false), 10 * day, COST_UNKNOWN, cost_example(10, COST_OTHER));
	converts(&rates, 0, cost_unit(COST_BEYOND, 0, false), 10 * day, COST_TOO_LONG, cost_example(10, COST_BEYOND));
	dictionary_release(&rates.bases);
}

int main(void)
{
	test_units();
	test_texts();
	test_sums();
	test_converted();
	return tap_done(&tap);
}
