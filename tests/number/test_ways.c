/* SPDX-License-Identifier: Apache-2.0 */
/* Digits that can be read in two ways, in every region, over numbers drawn from its plan.
 *   test_ways PLAN */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number/read/number_carrier.h"
#include "number/number_choose.h"
#include "numgen.h"
#include "tap.h"

#define DRAWN 200   /* of each kind in each region */
#define SHOWN 20
#define E164_DIGITS 15
#define SHORT 6     /* so many digits are a short code */

struct trial {
	const struct numplan *plan;
	const struct world_row *row;
	int region;
	unsigned long long tried, unsure, wrong;
};

static void wrong(struct trial *trial, const char *what, const char *text, const struct reading *got)
{
	if (trial->wrong++ < SHOWN)
		printf("# %s: %s '%s': +%llu by %s, else +%llu by %s\n", trial->row->row->region, what, text,
		       (unsigned long long)got->e164, number_rule_name(got->rule), (unsigned long long)got->other,
		       number_rule_name(got->other_rule));
}

static struct reading read_as(const struct trial *trial, const char *text, enum number_bare bare)
{
	struct reading reading;

	number_read_in(trial->plan, text, strlen(text), (struct number_manner){ trial->region, NULL, bare }, &reading);
	return reading;
}

static bool is_sure(const struct reading *reading)
{
	return !reading->unsure && !reading->other && reading->other_rule == NUMBER_RULE_NONE;
}

static bool has_way(const struct trial *trial, const char *text, enum number_rule rule, uint64_t want)
{
	struct number_way ways[NUMBER_WAYS_MOST];
	const size_t count = number_ways_of(trial->plan, text, strlen(text), trial->region, ways);

	for (size_t i = 0; i < count; i++)
		if (ways[i].rule == rule && ways[i].number.valid && strtoull(ways[i].number.digits, NULL, 10) == want)
			return true;
	return false;
}

/* Begins with the own code: so it is read, unless told otherwise, and unsure exactly where it is a national number too. */
static void try_own_code(struct trial *trial, const char *text, uint64_t want)
{
	const struct reading any = read_as(trial, text, NUMBER_BARE_ANY), own = read_as(trial, text, NUMBER_BARE_OWN_CODE);
	const struct reading national = read_as(trial, text, NUMBER_BARE_NATIONAL);
	const bool two = national.rule == NUMBER_RULE_NATIONAL && national.number.valid && national.e164 != want;

	trial->tried++;
	trial->unsure += any.unsure;
	if (!has_way(trial, text, NUMBER_RULE_OWN_CODE, want) ||
	    (two && !has_way(trial, text, NUMBER_RULE_NATIONAL, national.e164)))
		wrong(trial, "all ways", text, &any);
	if (any.e164 != want || any.rule != NUMBER_RULE_OWN_CODE || any.unsure != two || (two && any.other != national.e164))
		wrong(trial, "own code", text, &any);
	if (own.e164 != want || own.rule != NUMBER_RULE_OWN_CODE || !is_sure(&own))
		wrong(trial, "--bare own-code", text, &own);
	if (!is_sure(&national) || (!two && national.e164 != want))
		wrong(trial, "--bare national", text, &national);
}

/* A national number is read as such, or the reading says that it may be one. */
static void try_national(struct trial *trial, const char *text, uint64_t want)
{
	const struct reading any = read_as(trial, text, NUMBER_BARE_ANY), national = read_as(trial, text, NUMBER_BARE_NATIONAL);

	trial->tried++;
	trial->unsure += any.unsure;
	if (any.e164 != want && (!any.unsure || any.other != want))
		wrong(trial, "national", text, &any);
	if (national.e164 != want)
		wrong(trial, "--bare national", text, &national);
}

/* International without its plus, in the region named: so it is read when told so. */
static void try_international(struct trial *trial, const char *text, uint64_t want)
{
	const struct reading reading = read_as(trial, text, NUMBER_BARE_INTERNATIONAL);

	if (reading.e164 != want || !is_sure(&reading))
		wrong(trial, "--bare international", text, &reading);
}

/* The number as libphonenumber has the text, if it is valid. */
static uint64_t parsed(const struct trial *trial, const char *text)
{
	struct number number;

	number_parse(trial->plan, text, strlen(text), trial->region, &number);
	return number.valid ? strtoull(number.digits, NULL, 10) : 0;
}

static void try_number(struct trial *trial, const char *nsn)
{
	const struct plan_row *row = trial->row->row;
	char text[64];
	uint64_t want;

	(void)snprintf(text, sizeof(text), "+%s%.20s", trial->row->code, nsn);
	want = parsed(trial, text);
	/* The plan takes what begins like a prefix apart: that is another number. */
	if (!want || strlen(text + 1) > E164_DIGITS || want != strtoull(text + 1, NULL, 10))
		return;
	if (strlen(text + 1) > SHORT) {
		try_own_code(trial, text + 1, want);
		try_international(trial, text + 1, want);
	}
	(void)snprintf(text, sizeof(text), "%s%.20s", numplan_has_trunk(trial->plan, trial->region) ? row->trunk : "", nsn);
	if (parsed(trial, text) == want)
		try_national(trial, text, want);
	if (parsed(trial, nsn) == want)
		try_national(trial, nsn, want);
}

static void try_region(struct tap *tap, struct trial *trial, struct chance *chance)
{
	static const unsigned kinds[] = { DESC_FIXED_LINE, DESC_MOBILE };
	const struct plan_row *row = trial->row->row;

	trial->region = numplan_region(trial->plan, row->region, strlen(row->region));
	trial->tried = trial->unsure = trial->wrong = 0;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		for (int i = 0; i < DRAWN && row->desc[kinds[k]].pattern; i++) {
			struct draft nsn = { .len = 0 };

			world_member(trial->row, chance, kinds[k], &nsn);
			nsn.at[nsn.len] = '\0';
			try_number(trial, nsn.at);
		}
	}
	OK(tap, trial->wrong == 0 && trial->tried > 0, "%s: %llu texts, %llu of them unsure", row->region, trial->tried, trial->unsure);
}

int main(int argc, char **argv)
{
	struct tap tap = { 0 };
	struct chance chance = { 12 };
	struct numplan *plan = numplan_new();
	struct trial trial = { .plan = plan };
	struct world world;

	if (argc != 2 || !plan) {
		fprintf(stderr, "usage: test_ways PLAN\n");
		return 2;
	}
	world_read(&world, argv[1]);
	for (size_t i = 0; i < world.count; i++) {
		trial.row = &world.rows[i];
		if (strcmp(trial.row->row->region, "001") != 0)
			try_region(&tap, &trial, &chance);
	}
	world_free(&world);
	numplan_free(plan);
	return tap_done(&tap);
}
