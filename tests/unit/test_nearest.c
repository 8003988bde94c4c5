/* SPDX-License-Identifier: Apache-2.0 */
/* The nearest of names, and regions, zones and currencies by the names that people give them. */
#include "base/nearest.h"

#include <limits.h>
#include <string.h>

#include "base/money/currency.h"
#include "base/time/zone.h"
#include "base/time/zone_name.h"
#include "number/plan/region.h"
#include "tap.h"

static struct tap tap;

static void distance(const char *a, const char *b, unsigned expected)
{
	const unsigned got = nearest_distance(text_of(a), text_of(b));

	OK(&tap, got == expected && nearest_distance(text_of(b), text_of(a)) == got, "from '%s' to '%s': %u", a, b, got);
}

static void test_distance(void)
{
	char longest[NEAREST_NAME + 1];

	distance("", "", 0);
	distance("", "GB", 2);
	distance("gb", "GB", 0);
	distance("GPB", "GBP", 1);
	distance("GBPP", "GBP", 1);
	distance("Europe/Londn", "Europe/London", 1);
	distance("kitten", "sitting", 3);
	distance("ca", "abc", 3);
	memset(longest, 'a', NEAREST_NAME);
	longest[NEAREST_NAME] = '\0';
	distance(longest, "a", UINT_MAX);
	longest[NEAREST_NAME - 1] = '\0';
	distance(longest, "a", NEAREST_NAME - 2);
}

static void nearest_is(const char *wanted, const char *const *names, const char *expected)
{
	struct nearest nearest;
	char said[NEAREST_SAID];

	nearest_begin(&nearest, text_of(wanted));
	for (; *names; names++)
		nearest_offer(&nearest, *names);
	OK(&tap, tap_same(nearest_say(&nearest, said), expected), "'%s': %s", wanted, said);
}

static void test_nearest(void)
{
	static const char *const codes[] = { "GD", "ZW", "GB", "GA", "GE", "AZ", "GB", NULL };
	static const char *const names[] = { "London", "Lisbon", NULL };

	nearest_is("GV", codes, "did you mean GA, GB or GD?");
	nearest_is("AZ", codes, "did you mean AZ?");
	nearest_is("AX", codes, "did you mean AZ?");
	nearest_is("XQ", codes, "");
	nearest_is("", codes, "");
	nearest_is("Londn", names, "did you mean London?");
	nearest_is("Lndbon", names, "did you mean Lisbon or London?");
	nearest_is("Tokyo", names, "");
}

static void region_is(const char *given, const char *region, bool renamed, const char *written)
{
	OK(&tap, tap_same(region_given(text_of(given)), region) && region_renamed(text_of(given)) == renamed &&
			 tap_same(region_written(text_of(given)), written), "region '%s'", given);
}

static void test_regions(void)
{
	char problem[REGION_PROBLEM];

	region_is("GB", "GB", false, "GB");
	region_is(" gb\t", "GB", false, "GB");
	region_is("UK", "GB", true, "GB");
	region_is("uk", "GB", true, "GB");
	region_is("GBR", NULL, false, "GB");
	region_is("United States", NULL, false, "US");
	region_is("ZZ", NULL, false, NULL);
	region_is("001", NULL, false, NULL);
	region_is("", NULL, false, NULL);
	region_is("G", NULL, false, NULL);
	OK(&tap, strstr(region_problem(text_of("GBR"), problem), "did you mean GB?"), "GBR %s", problem);
	OK(&tap, strstr(region_problem(text_of("england"), problem), "did you mean GB?"), "england %s", problem);
	OK(&tap, strstr(region_problem(text_of("UKX"), problem), "did you mean"), "UKX %s", problem);
	OK(&tap, strstr(region_problem(text_of("pounds"), problem), "as GB"), "pounds %s", problem);
}

static void zone_is(const char *name, enum status status, const char *said)
{
	char problem[ZONE_PROBLEM];

	OK(&tap, zone_check(name, problem) == status && strstr(problem, said), "zone '%s' %s", name, problem);
}

static void test_zones(void)
{
	zone_is("Europe/London", STATUS_OK, "");
	zone_is("+01:00", STATUS_OK, "");
	zone_is("UTC", STATUS_OK, "");
	zone_is("Europe/Londn", STATUS_USAGE, "; did you mean Europe/London?");
	zone_is("europe/london", STATUS_USAGE, "tz database; did you mean Europe/London?");
	zone_is("Lodnon", STATUS_USAGE, "; did you mean Europe/London?");
	zone_is("BST", STATUS_USAGE, "; did you mean Europe/London?");
	zone_is("GMT+1", STATUS_USAGE, "; did you mean +01:00?");
	zone_is("utc-0330", STATUS_USAGE, "; did you mean -03:30?");
	zone_is("Eurpoe/Berlin", STATUS_USAGE, "; did you mean Europe/Berlin?");
	zone_is("localtime", STATUS_USAGE, "is no name of the tz database");
	zone_is("right/Europe/London", STATUS_USAGE, "is no name of the tz database; did you mean Europe/London?");
	zone_is("", STATUS_USAGE, "is no name of a time zone");
	zone_is("../../etc/passwd", STATUS_USAGE, "is no name of a time zone");
}

static void currency_is(const char *given, const char *code, const char *name, unsigned exponent, unsigned shift)
{
	struct currency c = { NULL, NULL, 0, 0 };
	const bool found = currency_find(text_of(given), &c);

	OK(&tap, found == (code != NULL) && tap_same(c.code, code) && tap_same(c.name, name) && c.exponent == exponent &&
			 c.shift == shift, "currency '%s'", given);
}

static void amount_is(const char *text, const char *currency, int64_t expected, bool cut)
{
	struct decimal decimal;
	struct currency c;
	i128 minor = -1;
	bool rounded = !cut;

	OK(&tap, !decimal_parse(text, strlen(text), &decimal) && currency_find(text_of(currency), &c) &&
			 !currency_minor(&c, &decimal, &minor, &rounded) && minor == expected && rounded == cut,
	   "%s %s", text, currency);
}

static void test_currencies(void)
{
	char problem[CURRENCY_PROBLEM];

	currency_is("GBP", "GBP", "GBP", 2, 0);
	currency_is(" gbp ", "GBP", "GBP", 2, 0);
	currency_is("XBT", "BTC", "BTC", 8, 0);
	currency_is("XXBT", "BTC", "BTC", 8, 0);
	currency_is("ZGBP", "GBP", "GBP", 2, 0);
	currency_is("XETH", "ETH", "ETH", 18, 0);
	currency_is("ZJPY", "JPY", "JPY", 0, 0);
	currency_is("SAT", "BTC", "SAT", 8, 8);
	currency_is("satoshi", "BTC", "SAT", 8, 8);
	currency_is("mBTC", "BTC", "mBTC", 8, 3);
	currency_is("uBTC", "BTC", "uBTC", 8, 6);
	currency_is("\xc2\xb5" "BTC", "BTC", "uBTC", 8, 6);
	currency_is("ZZZZ", NULL, NULL, 0, 0);
	currency_is("", NULL, NULL, 0, 0);
	amount_is("1359725", "SAT", 1359725, false);
	amount_is("13.59725", "mBTC", 1359725, false);
	amount_is("-13597.25", "uBTC", -1359725, false);
	amount_is("0.4", "SAT", 0, true);
	OK(&tap, strstr(currency_problem(text_of("GPB"), problem), "did you mean GBP?"), "GPB %s", problem);
	OK(&tap, strstr(currency_problem(text_of("\xc2\xa3"), problem), "did you mean GBP?"), "a sign %s", problem);
	OK(&tap, strstr(currency_problem(text_of("bitcoin"), problem), "did you mean BTC?"), "bitcoin %s", problem);
	OK(&tap, strstr(currency_problem(text_of("pesetas or so"), problem), "as GBP"), "pesetas %s", problem);
}

int main(void)
{
	test_distance();
	test_nearest();
	test_regions();
	test_zones();
	test_currencies();
	return tap_done(&tap);
}
