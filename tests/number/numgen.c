/* SPDX-License-Identifier: Apache-2.0 */
/* Number texts by the line, region, TAB and text, made of the numbering plan; the same for the same seed.
 *   numgen [--seed N] [--count N] [--mix trial|calls|examples] [--escape] PLAN
 * trial: what tries the reader; calls: what a call log holds; examples: each example of the plan, twice (--count is
 * not used). --escape writes \\ for a backslash and \xNN for what is not printable ASCII. Digits are drawn over whole
 * plans: no number stands for anybody. */
#include <stdio.h>
#include <stdlib.h>

#include "numgen.h"

struct job {
	struct chance chance;
	unsigned long long count;
	const char *mix;
	bool escape;
};

static const char *region_name(const struct world_row *row)
{
	return row->row->region[2] ? "ZZ" : row->row->region;
}

/* The region that a trial is read in: mostly the number's own. */
static const char *trial_region(const struct world *world, struct chance *chance, const struct world_row *row)
{
	static const char *const odd[] = { "", "ZZ", "001", "gb", "XX", "GBR" };
	size_t way = chance_below(chance, 100);

	if (way < 70)
		return region_name(row);
	if (way < 78)
		return region_name(row - row->row->order);
	if (way < 90)
		return chance_of(chance, 50) ? "GB" : "US";
	if (way < 93)
		return CHANCE_PICK(chance, odd);
	return region_name(&world->rows[chance_below(chance, world->count)]);
}

/* A number nearly of the plan: a digit changed, left out or added, cut off, or gone on with at random. */
static void mutate(struct chance *chance, struct draft *nsn)
{
	size_t place = chance_below(chance, nsn->len + 1), way = chance_below(chance, 10);
	struct draft rest = *nsn;

	if (way < 4 && place < nsn->len) {
		nsn->at[place] = (char)('0' + chance_below(chance, 10));
	} else if (way < 6) {
		nsn->len = place;
	} else if (way < 8) {
		draft_digits(nsn, chance, 1 + chance_below(chance, 3));
	} else {
		nsn->len = place;
		draft_digits(nsn, chance, way == 8 ? 1 : rest.len - place);
		if (way == 8)
			draft_add(nsn, rest.at + place, rest.len - place);
	}
}

void numgen_trial(const struct world *world, struct chance *chance, struct draft *out)
{
	const struct world_row *row = &world->rows[chance_below(chance, world->count)];
	const char *region = trial_region(world, chance, row);
	struct draft nsn, text;
	size_t way = chance_below(chance, 100);

	nsn.len = text.len = 0;
	if (way < 25) {
		numgen_junk(chance, &text);
	} else {
		world_member(row, chance, world_kind(row, chance), &nsn);
		if (way < 50)
			mutate(chance, &nsn);
		numgen_form(row, world_find(world, region), chance, &nsn, &text);
		for (size_t times = way < 70 ? 0 : way < 92 ? 1 : 2; times > 0; times--)
			numgen_dress(chance, &text);
	}
	draft_word(out, region);
	draft_byte(out, '\t');
	draft_add(out, text.at, text.len);
}

/* What is dialled before a national number in British or American logs. */
static void call_prefix(const struct world_row *row, const char *region, struct chance *chance, struct draft *out)
{
	const bool abroad = strcmp(region, row->row->region) != 0;
	size_t way = chance_below(chance, 100);

	if (way < (abroad ? 60u : 45u)) {
		draft_byte(out, '+');
		draft_word(out, row->code);
	} else if (abroad || way < 50) {
		draft_word(out, region[0] == 'G' ? "00" : "011");
		draft_word(out, row->code);
	} else if (way < 80) {
		draft_word(out, row->row->trunk);
	} else if (way < 90) {
		draft_word(out, row->code);
	}
}

void numgen_call(const struct world *world, struct chance *chance, struct draft *out)
{
	static const char *const nobody[] = { "anonymous", "", "999", "101", "112", "unavailable", "0000000000", "123", "*31#" };
	size_t way = chance_below(chance, 100);
	const char *region = way < 45 || (way >= 70 && way % 2) ? "GB" : "US";
	const struct world_row *row = world_find(world, region);
	struct draft nsn;
	size_t split;
	unsigned kind;

	draft_word(out, region);
	draft_byte(out, '\t');
	if (way >= 93) {
		if (chance_of(chance, 40))
			draft_word(out, CHANCE_PICK(chance, nobody));
		else
			draft_digits(out, chance, 3 + chance_below(chance, 15));
		return;
	}
	if (way >= 70 || !row)
		row = &world->rows[chance_below(chance, world->count)];
	kind = chance_of(chance, 45) ? DESC_MOBILE : chance_of(chance, 80) ? DESC_FIXED_LINE : world_kind(row, chance);
	if (!row->row->desc[kind].pattern)
		kind = DESC_GENERAL;
	call_prefix(row, region, chance, out);
	nsn.len = 0;
	world_member(row, chance, kind, &nsn);
	split = nsn.len > 3 && chance_of(chance, 4) ? 3 : 0;
	draft_add(out, nsn.at, split);
	if (split)
		draft_byte(out, ' ');
	draft_add(out, nsn.at + split, nsn.len - split);
}

/* The TAB behind the region stays. */
static void put_escaped(const struct draft *line)
{
	const char *tab = memchr(line->at, '\t', line->len);

	for (size_t i = 0; i < line->len; i++) {
		unsigned char byte = (unsigned char)line->at[i];

		if (byte == '\\')
			fputs("\\\\", stdout);
		else if ((byte >= ' ' && byte < 0x7f) || line->at + i == tab)
			putchar(byte);
		else
			printf("\\x%02x", byte);
	}
}

/* A line has one end. */
static void put_line(const struct job *job, struct draft *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (line->at[i] == '\n')
			line->at[i] = ' ';
	if (job->escape)
		put_escaped(line);
	else
		fwrite(line->at, 1, line->len, stdout);
	putchar('\n');
}

static void put_examples(struct job *job, const struct world *world)
{
	for (size_t i = 0; i < world->count; i++) {
		const struct world_row *row = &world->rows[i];

		for (unsigned d = 0; d < DESC_COUNT; d++) {
			const char *example = row->row->desc[d].example;
			struct draft line;

			if (!example[0])
				continue;
			line.len = 0;
			draft_word(&line, region_name(row));
			draft_word(&line, "\t+");
			draft_word(&line, row->code);
			draft_word(&line, example);
			put_line(job, &line);
			line.len = 0;
			draft_word(&line, region_name(row));
			draft_byte(&line, '\t');
			draft_word(&line, row->row->trunk);
			draft_word(&line, example);
			put_line(job, &line);
		}
	}
}

static void put_lines(struct job *job, const struct world *world)
{
	const bool calls = !strcmp(job->mix, "calls");

	for (unsigned long long i = 0; i < job->count; i++) {
		struct draft line;

		line.len = 0;
		(calls ? numgen_call : numgen_trial)(world, &job->chance, &line);
		put_line(job, &line);
	}
}

static unsigned long long number(const char *text)
{
	char *end;
	unsigned long long value = strtoull(text, &end, 10);

	if (*text < '0' || *text > '9' || *end)
		plangen_fail("not a number", text);
	return value;
}

static const char *options(struct job *job, int argc, char **argv)
{
	const char *plan = NULL;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--seed") && i + 1 < argc)
			job->chance.state = number(argv[++i]);
		else if (!strcmp(argv[i], "--count") && i + 1 < argc)
			job->count = number(argv[++i]);
		else if (!strcmp(argv[i], "--mix") && i + 1 < argc)
			job->mix = argv[++i];
		else if (!strcmp(argv[i], "--escape"))
			job->escape = true;
		else
			plan = argv[i];
	}
	if (!plan || (strcmp(job->mix, "trial") && strcmp(job->mix, "calls") && strcmp(job->mix, "examples")))
		plangen_fail("usage",
			"numgen [--seed N] [--count N] [--mix trial|calls|examples] [--escape] PLAN");
	return plan;
}

int main(int argc, char **argv)
{
	struct job job = { { 1 }, 1000, "trial", false };
	const char *path = options(&job, argc, argv);
	struct world world;

	world_read(&world, path);
	if (!strcmp(job.mix, "examples"))
		put_examples(&job, &world);
	else
		put_lines(&job, &world);
	world_free(&world);
	return fflush(stdout) || ferror(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
