/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers had from their form and digits, against the readings of their texts. */
#include <stdlib.h>
#include <string.h>

#include "normalise/calls/number_column.h"
#include "number/plan/numplan.h"
#include "scratch.h"
#include "sweep.h"
#include "tap.h"

#define ROWS 600
#define SHOWN 5

/* The forms of numbers in call logs, and some that only look so. */
static const char *const masks[] = {
	"###", "####", "#####", "######", "#######", "########", "#########", "##########", "###########", "############",
	"#############", "##############", "###############", "################", "#################", "##################",
	"+###", "+#######", "+###########", "+############", "+#############", "++############", "+################",
	"(#####) ######", "+## (#)#### ######", "+# (###) ###-####", "+## ## ########", "##### ######", "#-###-###-####",
	"### ### ####", "###.###.####", "###########.0", "###########.#", " ###########", "\"Bank\" <###########>",
	"\"Bank\" <+############>", "Bank <##############>", "\"zoë\" <+## #### ######>", "<###########>", "'###########",
	"=\"###########\"", "tel:+##-###-#######", "\"A\" <tel:+##-###-#######>", "sip:###########@example.net",
	"sip:+############@192.0.2.1", "sip:+############@192.0.2.#", "sip:###########@192.0.2.1:####", "SIP/trunk/###########",
	"PJSIP/+############@trunk", "SIP/###########-0000a1f2", "SIP/###########-####", "iax#/###########", "###########:5060",
	"tel:####;phone-context=+##", "tel:####;phone-context=+44", "%2B############", "###########%##", "9\\####", "*31\\############",
	"***########", "*##########", "########### x###", "########### ext. ##", "########/###########", "###########\\#",
	"###########;cpc=ordinary", "Tel: ###########", "acct###########", "###.###.###.###", "#E+##", "#.##E+##", "-###", "+###-1",
};

#define MASKS (sizeof masks / sizeof *masks)

struct bench {
	struct numplan *plan;
	struct numplan_settled *settled;
	struct flag_table *flags;
	struct forms forms;
	struct form_meanings meanings;
	struct segment segment;
	struct number_column numbers;
	struct readings truth;
	number_blocks_known *known;   /* by which of them */
	int64_t form[ROWS], value[ROWS], e164[ROWS], reading[ROWS];
	uint64_t tried, wrong;
};

static uint64_t random_below(uint64_t *state, uint64_t most)
{
	return scratch_random(state) % most;
}

/* Digits at random, or near those that are read in some way of their own. */
static int64_t random_digits(uint64_t *state, unsigned digits)
{
	static const int64_t known[] = { 447700900000, 7700900000, 2079460000, 442079460000, 12025550100, 2025550199, 18005550199,
					 447911200000, 1112345678, 1111111111, 1234567890, 9876543210, 266696687, 7378742833, 2562533,
					 8566696, 86282452253, 44266696687, 4402079460101, 5491123456789, 521222123456, 800123456,
					 390612345678, 3906123456, 77012345678, 4930123456, 999, 112, 911 };
	const int64_t near[] = { 1, 1000, 100000, 10000000 };
	int64_t most = 1, value;

	while (digits--)
		most *= 10;
	if (random_below(state, 3) == 0)
		return (int64_t)random_below(state, (uint64_t)most);
	value = known[random_below(state, sizeof known / sizeof *known)];
	value += (int64_t)random_below(state, 2 * (uint64_t)near[random_below(state, 4)]);
	if (random_below(state, 2))
		value = value * 10 % most;
	return value % most;
}

static bool open_forms(struct bench *bench, const char *const *list, size_t count)
{
	struct error error;

	dictionary_clear(&bench->forms.masks);
	for (size_t i = 0; i < count; i++)
		(void)dictionary_add(&bench->forms.masks, text_of(list[i]));
	form_meanings_release(&bench->meanings);
	number_column_release(&bench->numbers);
	if (form_meanings_open(&bench->meanings, &bench->forms, &error) != STATUS_OK ||
	    !number_column_open(&bench->numbers, &bench->meanings, bench->plan, bench->settled, bench->flags))
		return false;
	bench->numbers.blocks.known = bench->known;
	return true;
}

/* Reads the rows both ways. */
static void compare(struct bench *bench, struct number_manner manner)
{
	const struct number_column_job column = { &bench->segment, CALL_DIALLED, manner, NULL, NULL, bench->e164, bench->reading };
	uint64_t *counts;

	if (!number_column_read(&bench->numbers, &column) || !number_column_name(&bench->numbers, &bench->truth)) {
		bench->wrong++;
		return;
	}
	counts = calloc((size_t)bench->numbers.most + 1, sizeof(*counts));
	if (!counts) {
		bench->wrong++;
		return;
	}
	number_column_rename(&bench->numbers, bench->reading, ROWS, counts);
	for (uint32_t i = 0; i < ROWS; i++)
		counts[bench->reading[i]]--;
	for (int64_t id = 0; id <= bench->numbers.most; id++)
		bench->wrong += counts[id] != 0;
	free(counts);
	for (uint32_t i = 0; i < ROWS; i++) {
		char room[FORM_LENGTH];
		const struct text text = form_meanings_text(&bench->meanings, &bench->segment, CALL_DIALLED, i, room);
		struct number_seen seen;

		if (!readings_read(&bench->truth, text, manner, &seen))
			bench->wrong++;
		bench->tried++;
		if ((seen.e164 != bench->e164[i] || seen.reading != bench->reading[i]) && bench->wrong++ < SHOWN)
			printf("# '%.*s' in %s: %lld (%lld), not %lld (%lld)\n", (int)text.len, text.data,
			       numplan_region_name(bench->plan, manner.region), (long long)bench->e164[i],
			       (long long)bench->reading[i], (long long)seen.e164, (long long)seen.reading);
	}
}

/* Rows of the forms at hand. */
static void fill(struct bench *bench, uint64_t *state)
{
	for (size_t i = 0; i < ROWS; i++) {
		const size_t item = random_below(state, bench->meanings.count);

		bench->form[i] = FORM_FIRST + (int64_t)item;
		bench->value[i] = random_digits(state, bench->meanings.items[item].digits);
	}
}

static void test_regions(struct tap *tap, struct bench *bench)
{
	const unsigned turns = sweep(4, 8);
	uint64_t state = 3;

	for (int region = 0; region == 0 || strcmp(numplan_region_name(bench->plan, region), "ZZ"); region++) {
		for (unsigned turn = 0; turn < turns; turn++) {
			fill(bench, &state);
			compare(bench, (struct number_manner){ region, NULL, (enum number_bare)(turn % 4) });
		}
	}
	OK(tap, bench->wrong == 0 && bench->tried > 100000 * turns, "%llu numbers in all regions", (unsigned long long)bench->tried);
}

static void test_prefixes(struct tap *tap, struct bench *bench)
{
	const struct number_manner manner = { numplan_region(bench->plan, "GB", 2), "9,77,1222", NUMBER_BARE_ANY };
	uint64_t state = 5;

	bench->wrong = 0;
	for (int turn = 0; turn < 100; turn++) {
		fill(bench, &state);
		compare(bench, manner);
		compare(bench, (struct number_manner){ manner.region, NULL, NUMBER_BARE_ANY });
	}
	OK(tap, bench->wrong == 0, "with prefixes and without");
	/* Of which most are valid numbers as they stand. */
	for (int turn = 0; turn < 100; turn++) {
		fill(bench, &state);
		compare(bench, (struct number_manner){ numplan_region(bench->plan, "DE", 2), "99,0,7,123456,4#", NUMBER_BARE_ANY });
	}
	OK(tap, bench->wrong == 0, "with prefixes of numbers that are valid with them");
}

/* Numbers of few blocks, over and over. */
static void test_blocks(struct tap *tap, struct bench *bench)
{
	const struct number_manner manner = { numplan_region(bench->plan, "US", 2), NULL, NUMBER_BARE_ANY };
	uint64_t state = 9;

	bench->wrong = 0;
	for (int turn = 0; turn < 100; turn++) {
		const int64_t base = random_digits(&state, 12) / 1000 * 1000;

		fill(bench, &state);
		for (size_t i = 0; i < ROWS; i++)
			if (bench->meanings.items[bench->form[i] - FORM_FIRST].digits >= 12)
				bench->value[i] = base + (int64_t)random_below(&state, 1000);
		compare(bench, manner);
	}
	OK(tap, bench->wrong == 0, "numbers that are near one another");
}

/* Masks made of pieces. */
static void test_masks(struct tap *tap, struct bench *bench)
{
	static const char *const pieces[] = { "#", "###", "######", "###########", "+", " ", "-", ".", "(", ")", "<", ">", "\"", "'",
					      "sip:", "tel:", "@", "/", "SIP", "iax#", "h###", ":", ";", ",", "|", "%", "2B", "x", "a",
					      "E", "*", "\\#", "=", ";phone-context=+", "_", "\xc2\xa0", "\xe2\x80\x8e", "~", "\t", "?" };
	static char made[200][80];
	const char *list[200];
	uint64_t state = 11;

	bench->wrong = 0;
	for (int turn = 0; turn < 60; turn++) {
		for (size_t i = 0; i < 200; i++) {
			made[i][0] = '\0';
			for (uint64_t k = 1 + random_below(&state, 6); k > 0; k--)
				(void)snprintf(made[i] + strlen(made[i]), 80 - strlen(made[i]), "%s",
					       pieces[random_below(&state, sizeof pieces / sizeof *pieces)]);
			list[i] = made[i];
		}
		if (!open_forms(bench, list, 200))
			bench->wrong++;
		for (int again = 0; again < 3; again++) {
			fill(bench, &state);
			compare(bench, (struct number_manner){ numplan_region(bench->plan, again ? "GB" : "US", 2), NULL, NUMBER_BARE_ANY });
		}
	}
	OK(tap, bench->wrong == 0, "masks made of pieces");
}

/* Which forms need no text. */
static void test_forms(struct tap *tap, const struct bench *bench)
{
	static const char *const plain[] = { "###########", "+############", "\"Bank\" <###########>", "tel:+##-###-#######",
					     "sip:###########@example.net", "(#####) ######", "PJSIP/+############@trunk" };
	unsigned found = 0;

	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		const uint32_t number = dictionary_find(&bench->forms.masks, text_of(plain[i]));

		found += number != DICTIONARY_NONE && bench->meanings.items[number].number;
	}
	OK(tap, found == sizeof plain / sizeof *plain, "the common forms need no text");
}

/* Values that no ingest wrote. */
static void test_damage(struct tap *tap, struct bench *bench)
{
	uint64_t state = 13;

	bench->wrong = 0;
	fill(bench, &state);
	for (size_t i = 0; i < ROWS; i++)
		bench->value[i] = i % 3 ? (int64_t)(scratch_random(&state) >> 1) : -(int64_t)i;
	for (size_t i = 0; i < ROWS; i += 7)
		bench->form[i] = (int64_t)scratch_random(&state);
	compare(bench, (struct number_manner){ 1, NULL, NUMBER_BARE_ANY });
	OK(tap, bench->wrong == 0, "damaged values");
}

static bool open_bench(struct bench *bench)
{
	struct error error;

	bench->plan = numplan_new();
	bench->settled = numplan_settled_new();
	bench->flags = flag_table_new(flags_builtin, &error);
	bench->truth.plan = bench->plan;
	bench->truth.flags = bench->flags;
	bench->segment.found[FOUND_FORM(CALL_DIALLED)] = bench->form;
	bench->segment.found[FOUND_VALUE(CALL_DIALLED)] = bench->value;
	return bench->plan && bench->settled && bench->flags;
}

static void close_bench(struct bench *bench)
{
	number_column_release(&bench->numbers);
	readings_release(&bench->truth);
	form_meanings_release(&bench->meanings);
	forms_release(&bench->forms);
	flag_table_free(bench->flags);
	numplan_settled_free(bench->settled);
	numplan_free(bench->plan);
}

/* All of it with one way to find what is known. */
static void test_all(struct tap *tap, struct bench *bench, number_blocks_known *known, const char *name)
{
	bench->known = known;
	bench->tried = bench->wrong = 0;
	OK(tap, open_forms(bench, masks, MASKS), "%s:", name);
	test_forms(tap, bench);
	test_regions(tap, bench);
	test_prefixes(tap, bench);
	test_blocks(tap, bench);
	test_damage(tap, bench);
	test_masks(tap, bench);
}

int main(void)
{
	static struct bench bench = { .segment = { .rows = ROWS } };
	struct tap tap = { 0 };

	if (!open_bench(&bench)) {
		printf("Bail out! out of memory\n");
		return 1;
	}
	for (enum cpu_level level = 0; level < CPU_LEVELS; level++) {
		if (cpu_has(level))
			test_all(&tap, &bench, number_blocks_choose(level), cpu_name(level));
		else
			tap_skip(&tap, cpu_name(level), "not on this machine");
	}
	close_bench(&bench);
	return tap_done(&tap);
}
