/* SPDX-License-Identifier: Apache-2.0 */
/* The tables that plangen makes of the numbering plan against PCRE2 on the plan's own patterns.
 *   test_automaton PLAN [MEMBERS]
 * A language of at most MEMBERS members, 20000 unless told, is tried whole; a million takes minutes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draft.h"
#include "number/number.h"
#include "number/plan/number_prefix.h"
#include "number/plan/numplan_tables.h"
#include "plan_truth.h"
#include "tap.h"

#define NSN_MAX 17
#define SHORT_MAX 5         /* all strings of so many digits are tried with every calling code */
#define PREFIX_SHORT_MAX 5  /* all strings of so many digits are tried with every prefix */
#define RANDOM 1000000
#define PREFIX_MEMBERS 4000
#define SHOWN 20

/* One calling code under test. */
struct trial {
	const struct truth *truth;
	const struct truth_row *rows;
	const struct numplan_code *code;
	double small; /* a language with at most so many members is tried whole */
	unsigned long long tried, different;
};

static const struct numplan_output *walk(const struct numplan_code *code, const char *digits, size_t len)
{
	unsigned state = code->root;

	for (size_t i = 0; i < len; i++)
		state = numplan_rows[state][digits[i] - '0'];
	return &numplan_outputs[numplan_state_output[state]];
}

static void compare(struct trial *trial, const char *digits, size_t len)
{
	const struct numplan_output *got = walk(trial->code, digits, len);
	const struct truth_answer want = truth_of(trial->truth, trial->rows, trial->code->count, digits, len);

	trial->tried++;
	if (got->region == want.region && got->type == want.type && got->general == want.general)
		return;
	if (trial->different++ < SHOWN)
		printf("# +%u %.*s: region %d type %u general %x, but PCRE2 has %d %u %x\n",
			(unsigned)trial->code->country_code, (int)len, digits, got->region, (unsigned)got->type,
			(unsigned)got->general, want.region, want.type, (unsigned)want.general);
}

static void compare_draft(struct trial *trial, const struct draft *draft)
{
	compare(trial, draft->at, draft->len > NSN_MAX ? NSN_MAX : draft->len);
}

static void trial_choose(struct trial *trial, unsigned index)
{
	trial->code = &numplan_codes[index];
	trial->rows = trial->truth->rows + trial->code->first;
}

/* The tables must be about the same rows. */
static void test_rows(struct tap *tap, const struct truth *truth)
{
	bool same = truth->plan.count == numplan_record_count;

	for (size_t i = 0; same && i < truth->plan.count; i++) {
		const struct numplan_record *record = &numplan_records[i];
		const struct plan_row *row = &truth->plan.rows[i];

		same = !strcmp(record->region, row->region) && record->order == row->order &&
			record->lengths == row->desc[DESC_GENERAL].lengths && record->local == row->desc[DESC_GENERAL].local &&
			numplan_codes[record->code].country_code == row->country_code;
	}
	OK(tap, same, "the records of the tables are the rows of the plan, in order");
}

static void all_strings(struct trial *trial, char *digits, size_t len, size_t max)
{
	if (len)
		compare(trial, digits, len);
	for (char digit = '0'; len < max && digit <= '9'; digit++) {
		digits[len] = digit;
		all_strings(trial, digits, len + 1, max);
	}
}

static void test_short(struct tap *tap, struct trial *trial)
{
	char digits[SHORT_MAX];

	for (unsigned i = 0; i < numplan_code_count; i++) {
		trial_choose(trial, i);
		all_strings(trial, digits, 0, SHORT_MAX);
	}
	OK(tap, trial->different == 0, "all strings of up to %d digits in every calling code: %llu", SHORT_MAX, trial->tried);
}

/* How many members a pattern has at most. */
static double size_of(const struct pattern *pattern, int index)
{
	const struct node *node = &pattern->nodes[index];
	double size = node->kind == NODE_CHOICE ? 0 : 1, once, power = 1, sum = 0;

	if (node->kind == NODE_CLASS)
		return (double)__builtin_popcount(node->mask);
	for (int child = node->child; child >= 0; child = pattern->nodes[child].next) {
		once = size_of(pattern, child);
		size = node->kind == NODE_CHOICE ? size + once : size * once;
	}
	if (node->kind != NODE_REPEAT)
		return size;
	for (unsigned times = 0; times <= node->max; times++, power *= size)
		sum += times >= node->min ? power : 0;
	return sum;
}

/* Every string that can still become a member, and its neighbours: PCRE2 says which those are. The end of a member asks
 * for the end of the text, so a member too counts as a part. */
static unsigned long long all_members(struct trial *trial, const pcre2_code *pattern, char *digits, size_t len)
{
	unsigned long long members = 0;

	for (char digit = '0'; len < NSN_MAX && digit <= '9'; digit++) {
		int found;

		digits[len] = digit;
		compare(trial, digits, len + 1);
		found = pcre2_match(pattern, (PCRE2_SPTR)digits, len + 1, 0, PCRE2_PARTIAL_HARD, trial->truth->match, NULL);
		if (found == PCRE2_ERROR_PARTIAL) {
			members += truth_match(trial->truth, pattern, digits, len + 1);
			members += all_members(trial, pattern, digits, len + 1);
		} else if (found != PCRE2_ERROR_NOMATCH) {
			plangen_fail("PCRE2 failed on a part of", digits);
		}
	}
	return members;
}

static void walk_small(struct trial *trial, const struct truth_row *row, unsigned long *small, unsigned long *all,
	unsigned long long *members)
{
	for (unsigned d = 0; d < DESC_COUNT; d++) {
		struct pattern pattern;
		char digits[NSN_MAX + 1] = "";

		if (!row->whole[d])
			continue;
		++*all;
		pattern_parse(&pattern, row->row->desc[d].pattern);
		if (size_of(&pattern, pattern.root) <= trial->small) {
			++*small;
			*members += all_members(trial, row->whole[d], digits, 0);
		}
		pattern_free(&pattern);
	}
}

static void test_small(struct tap *tap, struct trial *trial)
{
	unsigned long small = 0, all = 0;
	unsigned long long members = 0;

	for (unsigned i = 0; i < numplan_code_count; i++) {
		trial_choose(trial, i);
		for (unsigned k = 0; k < trial->code->count; k++)
			walk_small(trial, &trial->rows[k], &small, &all, &members);
	}
	OK(tap, trial->different == 0 && small > 0 && members > small,
		"%lu of %lu languages whole, their %llu members: %llu", small, all, members, trial->tried);
}

/* For each state that can be reached, the digits that lead there. */
struct reached {
	bool known;
	uint8_t len;
	char digits[NSN_MAX];
};

/* Goes on from a state as long as it leads anywhere. */
static void wander(struct draft *draft, struct chance *chance, const struct numplan_code *code)
{
	unsigned state = code->root;

	for (size_t i = 0; i < draft->len; i++)
		state = numplan_rows[state][draft->at[i] - '0'];
	while (draft->len < NSN_MAX && numplan_outputs[numplan_state_output[state]].type == NUMBER_TYPE_UNKNOWN) {
		unsigned digit = (unsigned)chance_below(chance, 10);

		if (numplan_rows[state][digit] == state && !chance_of(chance, 50))
			return;
		draft_byte(draft, '0' + digit);
		state = numplan_rows[state][digit];
	}
}

static void take_transitions(struct trial *trial, struct chance *chance, struct reached *reached, uint16_t *queue)
{
	size_t head = 0, tail = 0;

	reached[trial->code->root] = (struct reached){ .known = true };
	queue[tail++] = trial->code->root;
	while (head < tail) {
		const unsigned state = queue[head++];

		for (unsigned digit = 0; digit < 10 && reached[state].len < NSN_MAX; digit++) {
			struct reached *next = &reached[numplan_rows[state][digit]];
			struct draft draft;

			draft.len = 0;
			draft_add(&draft, reached[state].digits, reached[state].len);
			draft_byte(&draft, '0' + digit);
			if (!next->known) {
				*next = (struct reached){ .known = true, .len = (uint8_t)draft.len };
				memcpy(next->digits, draft.at, draft.len);
				queue[tail++] = numplan_rows[state][digit];
			}
			compare_draft(trial, &draft);
			wander(&draft, chance, trial->code);
			compare_draft(trial, &draft);
		}
	}
}

static void test_transitions(struct tap *tap, struct trial *trial)
{
	struct chance chance = { 9 };
	struct reached *reached = calloc(UINT16_MAX + 1u, sizeof(*reached));
	uint16_t *queue = calloc(UINT16_MAX + 1u, sizeof(*queue));

	if (!reached || !queue)
		plangen_fail("out of memory", "states");
	for (unsigned i = 0; i < numplan_code_count; i++) {
		trial_choose(trial, i);
		memset(reached, 0, (UINT16_MAX + 1u) * sizeof(*reached));
		take_transitions(trial, &chance, reached, queue);
	}
	free(queue);
	free(reached);
	OK(tap, trial->different == 0, "every step from every state: %llu", trial->tried);
}

/* A member with a digit changed, cut off, or gone on with; or as it is. */
static void mutate(struct draft *draft, struct chance *chance)
{
	size_t way = chance_below(chance, 6), place = chance_below(chance, draft->len + 1);

	if (way < 2 && place < draft->len)
		draft->at[place] = (char)('0' + chance_below(chance, 10));
	else if (way == 2)
		draft->len = place;
	else if (way == 3)
		draft_digits(draft, chance, 1 + chance_below(chance, 3));
}

/* A pattern and where it belongs, for drawing at random. */
struct source {
	struct pattern pattern;
	unsigned code;
};

static size_t sources_read(const struct truth *truth, struct source *sources)
{
	size_t count = 0;

	for (size_t i = 0; i < truth->plan.count; i++) {
		const struct plan_row *row = &truth->plan.rows[i];

		for (unsigned d = 0; d < DESC_COUNT; d++)
			if (row->desc[d].pattern) {
				pattern_parse(&sources[count].pattern, row->desc[d].pattern);
				sources[count++].code = numplan_records[i].code;
			}
		if (row->leading[0]) {
			pattern_parse(&sources[count].pattern, row->leading);
			sources[count++].code = numplan_records[i].code;
		}
	}
	return count;
}

static void test_random(struct tap *tap, struct trial *trial)
{
	struct chance chance = { 10 };
	struct source *sources = calloc(trial->truth->plan.count * (DESC_COUNT + 1), sizeof(*sources));
	size_t count;

	if (!sources)
		plangen_fail("out of memory", "patterns");
	count = sources_read(trial->truth, sources);
	for (unsigned i = 0; i < RANDOM; i++) {
		const struct source *source = &sources[i % count];
		struct draft draft;

		draft.len = 0;
		draft_member(&draft, &chance, &source->pattern, source->pattern.root);
		if (i / count % 2)
			mutate(&draft, &chance);
		trial_choose(trial, source->code);
		compare_draft(trial, &draft);
	}
	for (size_t i = 0; i < count; i++)
		pattern_free(&sources[i].pattern);
	free(sources);
	OK(tap, trial->different == 0, "members of %zu patterns, and nearly members: %llu", count, trial->tried);
}

/* A prefix pattern and its program. */
struct prefix {
	const char *text;
	const pcre2_code *pattern;
	unsigned program, first;
	struct pattern parsed;
};

struct prefixes {
	const struct truth *truth;
	struct prefix *at;
	size_t count;
	unsigned long long tried, different;
};

/* The group that the program captures: the second where there are two. */
static bool same_match(const struct prefix *prefix, pcre2_match_data *match, const struct number_prefix *got)
{
	const PCRE2_SIZE *place = pcre2_get_ovector_pointer(match);
	const unsigned group = prefix->parsed.groups > 1 ? 2 : 1;
	size_t open = 0, close = 0;

	if (prefix->parsed.groups && place[2 * group] != PCRE2_UNSET) {
		open = place[2 * group];
		close = place[2 * group + 1];
	}
	if (got->end != place[1] || got->close - got->open != close - open)
		return false;
	return open == close || got->open == open;
}

static void compare_prefix(struct prefixes *prefixes, const struct prefix *prefix, const char *digits, size_t len)
{
	struct number_prefix got = { 0, 0, 0, 0 };
	bool want, same, found = number_prefix_match(numplan_programs + prefix->program, digits, len, &got);
	bool can = (prefix->first & PROGRAM_EMPTY) || (len && (prefix->first >> (digits[0] - '0') & 1));

	pcre2_get_ovector_pointer(prefixes->truth->match)[4] = PCRE2_UNSET;
	want = truth_match(prefixes->truth, prefix->pattern, digits, len);
	same = found == want && (!want || (can && same_match(prefix, prefixes->truth->match, &got)));
	prefixes->tried++;
	if (!same && prefixes->different++ < SHOWN)
		printf("# %s on %.*s: %d to %zu, group %zu to %zu\n", prefix->text, (int)len, digits, found, got.end,
			got.open, got.close);
}

/* Whether two programs are the same, word by word; a program ends where it matches. */
static bool same_program(unsigned a, unsigned b)
{
	while (numplan_programs[a] == numplan_programs[b] && numplan_programs[a] != PROGRAM_MATCH) {
		a++;
		b++;
	}
	return numplan_programs[a] == numplan_programs[b];
}

/* Regions with the same pattern have programs of their own, which must be the same. */
static void prefixes_add(struct prefixes *prefixes, const char *text, const pcre2_code *pattern, unsigned program,
	unsigned first)
{
	struct prefix *prefix = &prefixes->at[prefixes->count];

	if (!text[0])
		return;
	for (size_t i = 0; i < prefixes->count; i++)
		if (!strcmp(prefixes->at[i].text, text)) {
			prefixes->different += prefixes->at[i].first != first || !same_program(prefixes->at[i].program, program);
			return;
		}
	prefix->text = text;
	prefix->pattern = pattern;
	prefix->program = program;
	prefix->first = first;
	pattern_parse(&prefix->parsed, text);
	prefixes->count++;
}

static void prefix_strings(struct prefixes *prefixes, const struct prefix *prefix, char *digits, size_t len)
{
	compare_prefix(prefixes, prefix, digits, len);
	for (char digit = '0'; len < PREFIX_SHORT_MAX && digit <= '9'; digit++) {
		digits[len] = digit;
		prefix_strings(prefixes, prefix, digits, len + 1);
	}
}

/* The digits, with each of them changed to every other. */
static void prefix_neighbours(struct prefixes *prefixes, const struct prefix *prefix, struct draft *draft, size_t changed)
{
	compare_prefix(prefixes, prefix, draft->at, draft->len);
	for (size_t i = 0; i < changed; i++) {
		const char kept = draft->at[i];

		for (char digit = '0'; digit <= '9'; digit++) {
			draft->at[i] = digit;
			if (digit != kept)
				compare_prefix(prefixes, prefix, draft->at, draft->len);
		}
		draft->at[i] = kept;
	}
}

/* A member with digits behind it. */
static void prefix_members(struct prefixes *prefixes, const struct prefix *prefix, struct chance *chance, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct draft draft;
		size_t member;

		draft.len = 0;
		draft_member(&draft, chance, &prefix->parsed, prefix->parsed.root);
		member = draft.len;
		draft_digits(&draft, chance, chance_below(chance, 14));
		prefix_neighbours(prefixes, prefix, &draft, member);
	}
}

static void test_prefixes(struct tap *tap, const struct truth *truth)
{
	struct prefixes prefixes = { .truth = truth };
	struct chance chance = { 11 };

	prefixes.at = calloc(truth->plan.count * 2, sizeof(*prefixes.at));
	if (!prefixes.at)
		plangen_fail("out of memory", "prefixes");
	for (size_t i = 0; i < truth->plan.count; i++) {
		const struct truth_row *row = &truth->rows[i];
		const struct numplan_record *record = &numplan_records[i];

		prefixes_add(&prefixes, row->row->idd, row->idd, record->idd, record->idd_first);
		prefixes_add(&prefixes, row->row->national, row->national, record->national, record->national_first);
	}
	for (size_t i = 0; i < prefixes.count; i++) {
		char digits[PREFIX_SHORT_MAX];

		prefix_strings(&prefixes, &prefixes.at[i], digits, 0);
		prefix_members(&prefixes, &prefixes.at[i], &chance, PREFIX_MEMBERS);
		pattern_free(&prefixes.at[i].parsed);
	}
	free(prefixes.at);
	OK(tap, prefixes.different == 0 && prefixes.count > 0,
		"%zu prefix patterns, what they match and capture: %llu", prefixes.count, prefixes.tried);
}

int main(int argc, char **argv)
{
	struct tap tap = { 0, 0 };
	struct truth truth;
	struct trial trial = { .truth = &truth, .small = argc > 2 ? strtod(argv[2], NULL) : 20000 };

	if (argc != 2 && argc != 3)
		plangen_fail("usage", "test_automaton PLAN [MEMBERS]");
	truth_read(&truth, argv[1]);
	test_rows(&tap, &truth);
	test_short(&tap, &trial);
	test_small(&tap, &trial);
	test_transitions(&tap, &trial);
	test_random(&tap, &trial);
	test_prefixes(&tap, &truth);
	truth_free(&truth);
	return tap_done(&tap);
}
