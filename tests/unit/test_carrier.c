/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of prefixes that are right and wrong, and countries of accounts. The readings behind prefixes are cases of
 * number-cases.tsv. */
#include <string.h>

#include "normalise/countries.h"
#include "number/read/number_carrier.h"
#include "tap.h"

static struct tap tap;

static void test_lists(void)
{
	static const char *const good[] = { "9#", "0044#", "77788", "9#,77788,*31#", "12345678901234567890" };
	static const char *const bad[][2] = {
		{ "", "empty" },
		{ ",", "empty" },
		{ "9#,", "empty" },
		{ "9#,,1", "empty" },
		{ "123456789012345678901", "20 bytes" },
		{ "9 #", "other characters" },
		{ "+44", "other characters" },
	};
	char longest[NUMBER_PREFIXES_MOST + 2];

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		OK(&tap, !number_prefixes_problem(good[i]), "'%s' is a list", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *problem = number_prefixes_problem(bad[i][0]);

		OK(&tap, problem && strstr(problem, bad[i][1]), "'%s': %s", bad[i][0], bad[i][1]);
	}
	for (size_t i = 0; i <= NUMBER_PREFIXES_MOST; i++)
		longest[i] = i % 2 ? ',' : '9';
	longest[NUMBER_PREFIXES_MOST + 1] = '\0';
	OK(&tap, number_prefixes_problem(longest) != NULL, "a list that is too long");
	longest[NUMBER_PREFIXES_MOST - 1] = '\0';
	OK(&tap, !number_prefixes_problem(longest), "and one that is not");
}

/* Lists that were not checked do no harm. */
static void test_any(const struct numplan *plan)
{
	static const char *const lists[] = { ",", ",,9", "9,", "\xff,9", "9" };
	struct reading reading;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		number_read_prefixed(plan, "9447700900123", 13, (struct number_manner){ numplan_region(plan, "GB", 2), lists[i], NUMBER_BARE_ANY }, &reading);
	OK(&tap, reading.e164 == 447700900123, "a prefix behind others");
	number_read_prefixed(plan, "9447700900123", 13, (struct number_manner){ numplan_region(plan, "GB", 2), NULL, NUMBER_BARE_ANY }, &reading);
	OK(&tap, reading.e164 == 0 && !(reading.flags & NUMBER_FLAG_TECH_PREFIX), "no list");
	number_read_prefixed(plan, "", 0, (struct number_manner){ 0, "9", NUMBER_BARE_ANY }, &reading);
	OK(&tap, reading.class == NUMBER_CLASS_ABSENT, "no text");
}

static int region(const struct numplan *plan, const char *name)
{
	return country_region(plan, text_of(name));
}

/* Accounts by their names: 1 is a, 2 is b ... */
static int region_of(struct countries *countries, const char *name, int otherwise)
{
	struct dictionary names = { 0 };
	int found = -1;

	for (char letter = 'a'; letter <= 'h'; letter++)
		(void)dictionary_add(&names, (struct text){ &letter, 1 });
	if (countries_settle(countries, &names))
		found = countries_of(countries, text_of(name), otherwise);
	dictionary_release(&names);
	return found;
}

static void test_countries(const struct numplan *plan)
{
	struct countries countries = { 0 };
	const int gb = numplan_region(plan, "GB", 2), us = numplan_region(plan, "US", 2);
	bool second = true;

	OK(&tap, region(plan, "GB") == gb && region(plan, " gb ") == gb && region(plan, "uk") == gb, "two letters");
	OK(&tap, region(plan, "GBR") == gb && region(plan, "united kingdom") == gb && region(plan, "Usa") == us, "names");
	OK(&tap, !region(plan, "") && !region(plan, "ZZ") && !region(plan, "G1") && !region(plan, "Ruritania"), "none");
	OK(&tap, region_of(&countries, "a", us) == us && region_of(&countries, NULL, 0) == 0 && !countries_known(&countries),
	   "nothing said yet");
	OK(&tap, countries_add(&countries, 7, gb, &second) && !second, "said of an account");
	OK(&tap, region_of(&countries, "g", us) == gb && countries_known(&countries) && region_of(&countries, "f", us) == us &&
		 region_of(&countries, "h", us) == us && region_of(&countries, NULL, us) == us, "and of no other");
	OK(&tap, countries_add(&countries, 9, us, &second) && !second && region_of(&countries, "g", us) == gb, "not one of the names");
	OK(&tap, countries_add(&countries, 7, gb, &second) && !second && region_of(&countries, "g", us) == gb, "said again");
	OK(&tap, countries_add(&countries, 7, us, &second) && second && region_of(&countries, "g", 0) == 0, "contradicted");
	OK(&tap, countries_add(&countries, 7, gb, &second) && second && region_of(&countries, "g", 0) == 0, "for good");
	OK(&tap, !countries_known(&countries), "and then none is known");
	countries_release(&countries);
	countries_release(&countries);
}

int main(void)
{
	struct numplan *plan = numplan_new();

	if (!plan) {
		printf("Bail out! out of memory\n");
		return 1;
	}
	test_lists();
	test_any(plan);
	test_countries(plan);
	numplan_free(plan);
	return tap_done(&tap);
}
