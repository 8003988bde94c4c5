/* SPDX-License-Identifier: Apache-2.0 */
/* Flags of presented numbers: every one of the project's table, the two of a call, and tables that are wrong. */
#include <stdlib.h>
#include <string.h>

#include "casefile/segment/segment.h"
#include "normalise/flags.h"
#include "tap.h"

static struct tap tap;
static struct numplan *plan;
static struct flag_table *table;

/* A text read in a region, and the flags that it must have, no others. */
struct expected {
	const char *region, *text, *flags;
};

static const struct expected numbers[] = {
	{ "GB", "0121 234 5678", "" },
	{ "GB", "07400 123456", "" },
	{ "GB", "", "" },
	{ "GB", "anonymous", "withheld" },
	{ "GB", "+266696687", "withheld" },
	{ "GB", "s", "not-a-number" },
	{ "GB", "4.42E+11", "not-a-number" },
	/* calling codes */
	{ "GB", "+999123456", "unknown-country-code" },
	{ "GB", "+388123456", "unknown-country-code" },
	{ "GB", "00999123456", "unknown-country-code" },
	{ "", "+210123456", "unknown-country-code" },
	{ "US", "011 991 1234 5678", "unknown-country-code" },
	{ "", "020 7946 0101", "no-region" },
	{ "", "+882 3421234", "non-geographic" },
	{ "", "+870 301 234567", "non-geographic" },
	/* lengths */
	{ "GB", "+44 2079 4601 0123 4567", "too-long" },
	{ "GB", "123456789012345678", "too-long" },
	{ "GB", "+44 20794601012", "not-possible" },
	{ "GB", "01632 961000", "not-in-plan" },
	/* North America */
	{ "US", "155 555 2345", "nanp-structure,not-in-plan" },
	{ "US", "+1 055 234 5678", "nanp-structure,not-in-plan" },
	{ "US", "+1 291 234 5678", "nanp-structure,not-in-plan" },
	{ "US", "+1 911 234 5678", "nanp-structure,not-in-plan" },
	{ "US", "+1 555 234 5678", "nanp-structure,not-in-plan" },
	{ "US", "+1 202 155 5678", "nanp-structure,not-in-plan" },
	{ "US", "+1 202 911 1234", "nanp-structure" },
	{ "US", "+1 800 911 1234", "toll-free" },
	{ "US", "202-555-0100", "nanp-fiction" },
	{ "US", "202-555-0199", "nanp-fiction" },
	{ "US", "202-555-0099", "" },
	{ "US", "202-555-0200", "" },
	{ "US", "800-555-0199", "nanp-fiction,toll-free" },
	{ "US", "800-555-0198", "toll-free" },
	{ "US", "+1 900 234 5678", "premium-rate" },
	/* Britain */
	{ "GB", "020 7946 0000", "ofcom-fiction" },
	{ "GB", "020 7946 0999", "ofcom-fiction" },
	{ "GB", "0113 496 0500", "ofcom-fiction" },
	{ "GB", "0161 496 0999", "ofcom-fiction" },
	{ "GB", "0191 498 0000", "ofcom-fiction" },
	{ "GB", "028 9649 6999", "ofcom-fiction" },
	{ "GB", "029 2018 0000", "ofcom-fiction" },
	{ "GB", "01632 960999", "not-in-plan,ofcom-fiction" },
	{ "GB", "07700 900000", "not-in-plan,ofcom-fiction" },
	{ "GB", "07700 900999", "not-in-plan,ofcom-fiction" },
	{ "GB", "0808 157 0999", "ofcom-fiction,toll-free" },
	{ "GB", "0909 879 0999", "ofcom-fiction,premium-rate,uk-premium-rate" },
	{ "GB", "03069 990999", "ofcom-fiction" },
	{ "GB", "0901 234 5678", "digit-sequence,premium-rate,uk-premium-rate" },
	{ "GB", "0843 123 4567", "premium-rate" },
	{ "GB", "0800 123 4567", "toll-free" },
	{ "GB", "070 1234 5678", "personal-number" },
	{ "GB", "076 4012 3456", "pager" },
	{ "GB", "08979 000000", "network-inserted,not-in-plan" },
	{ "GB", "020 7946 0101 ext 12", "extension-left,ofcom-fiction" },
	/* codes that are dialled */
	{ "GB", "999", "emergency,short-code" },
	{ "GB", "112", "emergency,short-code" },
	{ "DE", "112", "emergency,short-code" },
	{ "US", "911", "emergency,short-code" },
	{ "US", "411", "service-code,short-code" },
	{ "GB", "411", "short-code" },
	{ "GB", "101", "service-code,short-code" },
	{ "GB", "111", "service-code,short-code" },
	{ "GB", "1471", "service-code,short-code" },
	{ "GB", "118118", "service-code,short-code" },
	{ "GB", "116123", "service-code,short-code" },
	{ "", "999", "short-code" },
	{ "GB", "2001", "short-code" },
	/* patterns */
	{ "GB", "02222 222222", "not-in-plan,repeated-digits" },
	{ "GB", "00000000000", "not-in-plan,repeated-digits" },
	{ "US", "222-222-2222", "not-in-plan,repeated-digits" },
	{ "GB", "01234 567890", "digit-sequence" },
	{ "GB", "1234567", "digit-sequence,not-in-plan" },
	{ "US", "987-654-3210", "digit-sequence,not-in-plan" },
	{ "GB", "02222 222223", "not-in-plan" },
};

static const char *name_of(const struct expected *want)
{
	return *want->text ? want->text : "nothing";
}

static void test_numbers(void)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		const struct expected *want = &numbers[i];
		struct reading reading;
		struct buf names = { 0 };
		const char *got;

		number_read(plan, want->text, strlen(want->text), numplan_region(plan, want->region, strlen(want->region)),
			    &reading);
		flag_table_names(table, flag_table_number(table, &reading), &names);
		got = names.data ? names.data : "";
		if (strcmp(got, want->flags) != 0)
			printf("# got %s\n", got);
		OK(&tap, !strcmp(got, want->flags), "%s %s: %s", want->region, name_of(want), want->flags);
		buf_release(&names);
	}
}

/* Presented, dialled, and what they say of each other. */
static const struct {
	uint64_t presented, dialled;
	int64_t flags;
} pairs[] = {
	{ 0, 0, 0 },
	{ 0, 447700900123, 0 },
	{ 447700900123, 0, 0 },
	{ 447700900123, 447700900123, CALL_FLAG_SAME },
	{ 33123456789, 33123456789, CALL_FLAG_SAME },
	{ 447700900123, 447700900124, 0 },
	{ 12025550123, 12025550199, CALL_FLAG_NEIGHBOUR },
	{ 12025550123, 12015550123, 0 },
	{ 12025550123, 12025550123, CALL_FLAG_SAME },
	{ 442079460123, 442079460999, CALL_FLAG_NEIGHBOUR },
	{ 442079460123, 442896496123, 0 },
	{ 441134960123, 441134960999, CALL_FLAG_NEIGHBOUR },
	{ 441134960123, 441144960123, 0 },
	{ 441214960123, 441214960999, CALL_FLAG_NEIGHBOUR },
	{ 441632960123, 441632969999, CALL_FLAG_NEIGHBOUR },
	{ 441632960123, 441632950123, 0 },
	{ 441632960123, 12025550123, 0 },
	{ 441999999999, 442000000000, 0 },
	{ 999999999999999, 1, 0 },
};

static void test_pairs(void)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const uint64_t a = pairs[i].presented, b = pairs[i].dialled;

		OK(&tap, flag_table_call(table, a, b) == pairs[i].flags && flag_table_call(table, b, a) == pairs[i].flags,
		   "%llu and %llu: %lld", (unsigned long long)a, (unsigned long long)b, (long long)pairs[i].flags);
	}
}

static void test_table(void)
{
	const struct flag *flag, *last = NULL;
	struct buf names = { 0 };
	size_t count = 0;
	bool good = true, same = false, neighbour = false;

	for (; (flag = flag_table_at(table, count)) != NULL; count++) {
		good = good && *flag->name && *flag->source && *flag->words && (!last || strcmp(last->name, flag->name) < 0);
		same = same || (flag->of_call && !strcmp(flag->name, "presented-equals-dialled"));
		neighbour = neighbour || (flag->of_call && !strcmp(flag->name, "neighbour"));
		last = flag;
	}
	OK(&tap, good && count > 20, "every flag has a name, a source and words, in order");
	OK(&tap, same && neighbour, "the two flags of a call have the names that tables show");
	flag_table_names(table, 0, &names);
	OK(&tap, names.len == 0, "no flags, no names");
	flag_table_names(table, 5, &names);
	OK(&tap, names.data && !strcmp(names.data, "digit-sequence,extension-left"), "two names");
	buf_release(&names);
	flag_table_free(NULL);
}

/* Tables that are refused, and a part of what is said. */
static const char *const wrong[][2] = {
	{ "a\tnote\tclass number\tsource", "five fields" },
	{ "a\tnote\tclass number\tsource\twords\tmore", "five fields" },
	{ "a\tgrave\tclass number\ts\tw", "neither impossible" },
	{ "\tnote\tclass number\ts\tw", "byte order" },
	{ "b\tnote\tclass number\ts\tw\na\tnote\tclass invalid\ts\tw", "flags:2: 'a': flags stand in byte order" },
	{ "a\tnote\tclass number\ts\tw\na\timpossible\tclass invalid\ts\tw", "another class" },
	{ "a\tnote\tclass number\ts\tw\na\tnote\tcall equal\ts\tw", "kind of rule" },
	{ "a\tnote\t\ts\tw", "no kind of rule" },
	{ "a\tnote\tclass\ts\tw", "says nothing" },
	{ "a\tnote\tsort number\ts\tw", "no kind of rule" },
	{ "a\tnote\tclass numbers\ts\tw", "no such name" },
	{ "a\tnote\ttype mobile\ts\tw", "no such name" },
	{ "a\tnote\treading all\ts\tw", "no such name" },
	{ "a\tnote\tdigits odd\ts\tw", "neither repeated" },
	{ "a\tnote\tcode 1000\ts\tw", "no calling code" },
	{ "a\tnote\tcode 1,x\ts\tw", "no calling code" },
	{ "a\tnote\trange 1-22\ts\tw", "neither a number" },
	{ "a\tnote\trange 22-21\ts\tw", "neither a number" },
	{ "a\tnote\trange 1x\ts\tw", "neither a number" },
	{ "a\tnote\trange 1234567890123456\ts\tw", "neither a number" },
	{ "a\tnote\tshort 1,,2\ts\tw", "neither a number" },
	{ "a\tnote\tnanp xxxxxxxxx\ts\tw", "ten digits" },
	{ "a\tnote\tnanp xxxxxxxxxxx\ts\tw", "ten digits" },
	{ "a\tnote\tnanp [9-2]xxxxxxxxx\ts\tw", "ten digits" },
	{ "a\tnote\tnanp [2-9xxxxxxxxx\ts\tw", "ten digits" },
	{ "a\tnote\tnanp xxxxxxxxxx not MOBILE\ts\tw", "no `but TYPE`" },
	{ "a\tnote\tnanp xxxxxxxxxx but CAR\ts\tw", "no such type" },
	{ "a\tnote\tcall far\ts\tw", "neither equal nor near" },
	{ "a\tnote\tcall near 1000-1999\ts\tw", "count of digits" },
	{ "a\tnote\tcall near 1000-1999 4\ts\tw", "count of digits" },
	{ "a\tnote\tcall near 1000-1999 0\ts\tw", "count of digits" },
	{ "a\tnote\tcall near 2000-2999 2\ts\tw\na\tnote\tcall near 1000-1999 2\ts\tw", "behind the range before" },
};

static void test_wrong(void)
{
	struct buf many = { 0 };
	struct error error;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct flag_table *made = flag_table_new(wrong[i][0], &error);

		OK(&tap, !made && error.status == STATUS_FAILED && strstr(error.text, wrong[i][1]), "table %zu: %s", i + 1,
		   wrong[i][1]);
		flag_table_free(made);
	}
	for (int i = 0; i <= FLAGS_MOST; i++)
		buf_format(&many, "flag%02d\tnote\tclass number\ts\tw\n", i);
	OK(&tap, !flag_table_new(many.data, &error) && strstr(error.text, "more flags"), "more flags than fit");
	buf_release(&many);
}

static void test_overlap(void)
{
	struct error error;
	struct reading reading;
	struct flag_table *made = flag_table_new("a\tnote\trange 442079460000-442079460199,442079460101\ts\tw\n"
						 "b\tnote\trange 442079460101-442079460101,442079460150-442079460300\ts\tw\n", &error);
	static const uint32_t wanted[] = { 1, 3, 1, 3, 2, 0 };
	static const char *const texts[] = { "+442079460100", "+442079460101", "+442079460102", "+442079460150", "+442079460200",
					     "+442079460301" };
	bool good = made != NULL;

	for (size_t i = 0; good && i < sizeof(texts) / sizeof(texts[0]); i++) {
		number_read(plan, texts[i], strlen(texts[i]), 0, &reading);
		good = flag_table_number(made, &reading) == wanted[i];
	}
	OK(&tap, good, "ranges that overlap");
	flag_table_free(made);
	made = flag_table_new("# nothing\n\n", &error);
	OK(&tap, made && !flag_table_at(made, 0) && flag_table_call(made, 1, 1) == 0, "an empty table");
	flag_table_free(made);
}

int main(void)
{
	struct error error = { 0 };

	plan = numplan_new();
	table = flag_table_new(flags_builtin, &error);
	if (!plan || !table) {
		printf("Bail out! %s\n", error.text);
		return 1;
	}
	test_table();
	test_numbers();
	test_pairs();
	test_wrong();
	test_overlap();
	flag_table_free(table);
	numplan_free(plan);
	return tap_done(&tap);
}
