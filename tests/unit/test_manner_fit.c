/* SPDX-License-Identifier: Apache-2.0 */
/* What numbers fit, by hypothesis and count: the numbers of each region of the plan, made here, must speak for it. */
#include "normalise/quality/manner_fit.h"
#include "normalise/quality/prefix_fit.h"
#include "normalise/quality/region_guess.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "tap.h"

static struct tap tap;

enum { NUMBERS = 300, TRIES = 400000, STRICT_BITS = 16 };

static void add(struct number_draw *draw, const char *text)
{
	const uint64_t hash = number_draw_hash(text_of(text));

	if (number_draw_offer(draw, hash) && !number_draw_add(draw, hash, text_of(text), (struct drawn_place){ 0, 1 }, 0))
		abort();
}

/* A text of digits, with the trunk prefix of most regions or without. */
static void make_text(uint64_t *state, char *text)
{
	const unsigned len = 6 + (unsigned)(scratch_random(state) % 6);
	unsigned at = 0;

	if (scratch_random(state) % 2)
		text[at++] = '0';
	for (unsigned i = 0; i < len; i++)
		text[at++] = (char)('0' + scratch_random(state) % 10);
	text[at] = '\0';
}

/* Numbers that tell no country and are valid in a region. */
static size_t make_numbers(const struct numplan *plan, int region, struct number_draw *draw)
{
	uint64_t state = (uint64_t)region;
	size_t made = 0;

	for (int i = 0; i < TRIES && made < NUMBERS; i++) {
		struct reading reading;
		char text[20];

		make_text(&state, text);
		if (!manner_fit_read(plan, text_of(text), (struct number_manner){ region, NULL, NUMBER_BARE_ANY }, &reading) ||
		    reading.rule != NUMBER_RULE_NATIONAL)
			continue;
		add(draw, text);
		made++;
	}
	return made;
}

static struct fit_source source_of(const struct numplan *plan, const struct number_draw *draw, uint32_t *places)
{
	for (uint32_t i = 0; i < draw->count; i++)
		places[i] = i;
	return (struct fit_source){ .plan = plan, .roles = { { draw, places, draw->count } }, .role_count = 1 };
}

/* Whether a region's own numbers would be said to be another's. */
static bool is_mistaken(const struct numplan *plan, int region, bool *tried)
{
	static uint32_t places[NUMBERS];
	struct number_draw draw;
	struct manner_fit best = { .bits = 0 }, own;
	struct region_fits fits;
	struct fit_source source;

	if (!number_draw_open(&draw))
		abort();
	*tried = make_numbers(plan, region, &draw) >= 100;
	if (!*tried || !number_draw_end(&draw)) {
		number_draw_release(&draw);
		return false;
	}
	source = source_of(plan, &draw, places);
	own = manner_fit_of(&source, (struct number_manner){ region, NULL, NUMBER_BARE_ANY });
	manner_fit_regions(&source, (struct number_manner){ 0, NULL, NUMBER_BARE_ANY }, false, &fits);
	for (size_t i = 0; i < fits.count; i++)
		if (fits.items[i].bits > best.bits)
			best = fits.items[i];
	if (best.bits >= own.bits + STRICT_BITS)
		printf("# %s: %lld bits, as %s %lld\n", numplan_region_name(plan, region), (long long)own.bits,
		       numplan_region_name(plan, best.manner.region), (long long)best.bits);
	number_draw_release(&draw);
	return best.bits >= own.bits + STRICT_BITS;
}

static void test_regions(const struct numplan *plan)
{
	unsigned regions = 0, mistaken = 0;

	for (unsigned code = 1; code < 1000; code++) {
		const int region = numplan_main_region(plan, code);
		bool tried = false;

		if (region == 0 || !strcmp(numplan_region_name(plan, region), "001"))
			continue;
		mistaken += is_mistaken(plan, region, &tried);
		regions += tried;
	}
	OK(&tap, regions > 150 && mistaken == 0, "the numbers of %u regions, and %u are taken for another's", regions, mistaken);
}

static void test_prefix(const struct numplan *plan, const char *prefix, const char *expected)
{
	static uint32_t places[NUMBERS];
	const int region = numplan_region(plan, "GB", 2);
	struct number_draw draw;
	struct prefix_fit found;
	struct fit_source source;
	bool good = number_draw_open(&draw);

	for (int i = 0; i < 200 && good; i++) {
		char text[40];

		(void)snprintf(text, sizeof(text), "%s0%s%06d", prefix, i % 2 ? "2079" : "7700", 460000 + i);
		add(&draw, text);
	}
	good = good && number_draw_end(&draw);
	source = source_of(plan, &draw, places);
	good = good && prefix_fit_find(plan, region, &source.roles[0], &found);
	OK(&tap, good && tap_same(found.list, expected), "before them stands '%s'", prefix);
	number_draw_release(&draw);
}

/* Numbers of so many ranges: whether these tell which region is meant. */
static void test_guess(const struct numplan *plan, unsigned ranges, bool alone)
{
	static uint32_t places[NUMBERS];
	struct number_draw draw;
	struct region_fits fits;
	struct region_guess guess;
	struct fit_source source;
	char names[REGION_GUESS_NAMES], value[REGION_GUESS_NAMES];
	bool good = number_draw_open(&draw);

	for (unsigned i = 0; i < 200 && good; i++) {
		char text[40];

		(void)snprintf(text, sizeof(text), "0%u%06u", 1701 + i % ranges * 7 % 90, 100000 + i * 3571);
		add(&draw, text);
	}
	good = good && number_draw_end(&draw);
	source = source_of(plan, &draw, places);
	manner_fit_regions(&source, (struct number_manner){ 0, NULL, NUMBER_BARE_ANY }, false, &fits);
	region_guess_find(&source, 0, &fits, &guess);
	region_guess_names(plan, &guess, names, value);
	OK(&tap, good && (guess.count == 1 && !guess.more) == alone && strstr(names, "DE") != NULL,
	   "%u ranges of German numbers are %s", ranges, names);
	number_draw_release(&draw);
}

static bool is_drawn(const struct number_draw *a, const struct number_draw *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; i < a->count && same; i++)
		same = text_equal(number_draw_text(a, i), number_draw_text(b, i));
	return same;
}

/* The draw is the same in any order, and however often a text comes. */
static void test_draw(void)
{
	struct number_draw a, b;
	bool good = number_draw_open(&a) && number_draw_open(&b);
	char text[20];

	for (int i = 0; i < 100000; i++) {
		(void)snprintf(text, sizeof(text), "%d", i);
		add(&a, text);
		(void)snprintf(text, sizeof(text), "%d", 99999 - i);
		add(&b, text);
		if (i % 3 == 0)
			add(&b, text);
	}
	good = good && number_draw_end(&a) && number_draw_end(&b);
	OK(&tap, good && a.count == NUMBER_DRAW_MOST && is_drawn(&a, &b), "%zu texts of 100000 are drawn", a.count);
	OK(&tap, a.offered == 100000 && number_draw_distinct(&a) > 98000 && number_draw_distinct(&a) < 102000,
	   "and tell of %llu", (unsigned long long)number_draw_distinct(&a));
	number_draw_release(&a);
	number_draw_release(&b);
}

int main(void)
{
	struct numplan *plan = numplan_new();

	if (!plan)
		abort();
	test_regions(plan);
	test_prefix(plan, "9", "9");
	test_prefix(plan, "77788", "77788");
	test_prefix(plan, "88", "88");
	test_prefix(plan, "", "");
	test_guess(plan, 2, false);
	test_guess(plan, 60, true);
	test_draw();
	numplan_free(plan);
	return tap_done(&tap);
}
