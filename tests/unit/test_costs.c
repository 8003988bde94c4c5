/* SPDX-License-Identifier: Apache-2.0 */
/* Costs of calls: rows read many together and one by one say the same. */
#include <stdlib.h>
#include <string.h>

#include "normalise/cost/costs.h"
#include "scratch.h"
#include "tap.h"

#define ROWS 1000
#define TURNS 20

static const char *const masks[] = {
	"", "#", "##", "#.##", "##.##", "#.###", "##.####", "#.#######", "-#.##", "#,##", "##########", "free", "GBP",
	"BTC", "gbp", "zz#", "\xc2\xa3#.##", "#.## EUR", "#e#",
};

#define MASKS (sizeof masks / sizeof *masks)
#define CURRENCIES 5   /* of the masks, those from CURRENCY on, and none */
#define CURRENCY 11

struct bench {
	struct forms forms;
	struct form_meanings meanings;
	struct cost_form *plain;
	struct source_sense source;
	int64_t form[ROWS], value[ROWS], currency[ROWS], named[ROWS];
	int64_t digits[2][ROWS], units[2][ROWS], flags[2][ROWS];
};

/* Rows from first on, read as a segment; none has a text in the heap. */
static void read_rows(struct bench *bench, uint32_t first, uint32_t count, unsigned way, struct cost_tally *tally)
{
	struct segment segment = { .id = 7, .rows = count,
				   .stored = SEGMENT_COLUMN(FOUND_FORM(CALL_COST)) };
	const struct costs_job job = {
		&bench->meanings, bench->plain, &segment, &bench->source, bench->digits[way] + first,
		bench->units[way] + first, bench->flags[way] + first, tally
	};

	segment.found[FOUND_FORM(CALL_COST)] = bench->form + first;
	segment.found[FOUND_VALUE(CALL_COST)] = bench->value + first;
	segment.found[FOUND_FORM(CALL_CURRENCY)] = bench->currency + first;
	segment.found[FOUND_VALUE(CALL_CURRENCY)] = bench->named + first;
	costs_read(&job);
}

static void add(struct cost_rows *to, const struct cost_rows *from, uint32_t row)
{
	if (from->count && !to->count) {
		to->call = from->call + row;
		memcpy(to->value, from->value, sizeof(to->value));
	}
	to->count += from->count;
}

/* One by one, each beside another of which nothing is counted, in another currency that is none
 * here, so that the two are not looked at together. */
static void read_one(struct bench *bench, uint32_t row, struct cost_tally *sum)
{
	struct bench *two = calloc(1, sizeof(*two));
	struct cost_tally tally;

	if (!two)
		abort();
	two->meanings = bench->meanings;
	two->plain = bench->plain;
	two->source = bench->source;
	two->form[0] = bench->form[row];
	two->value[0] = bench->value[row];
	two->currency[0] = bench->currency[row];
	two->named[0] = bench->named[row];
	two->currency[1] = FORM_FIRST + MASKS + 1;
	read_rows(two, 0, 2, 0, &tally);
	bench->digits[1][row] = two->digits[0][0];
	bench->units[1][row] = two->units[0][0];
	bench->flags[1][row] = two->flags[0][0];
	sum->assumed += tally.assumed;
	add(&sum->unknown, &tally.unknown, row);
	add(&sum->beyond, &tally.beyond, row);
	free(two);
}

static bool is_same(const struct cost_rows *a, const struct cost_rows *b)
{
	return a->count == b->count && (a->count == 0 || (a->call == b->call && !strcmp(a->value, b->value)));
}

static void fill(struct bench *bench, uint64_t *state)
{
	uint64_t currency = 0;

	for (uint32_t i = 0; i < ROWS; i++) {
		const size_t item = scratch_random(state) % MASKS;
		const int64_t whole = bench->meanings.items[item].whole;

		if (scratch_random(state) % 200 == 0)
			currency = scratch_random(state) % CURRENCIES;
		bench->form[i] = scratch_random(state) % 20 ? FORM_FIRST + (int64_t)item : FORM_ABSENT;
		bench->value[i] = scratch_random(state) % 50 ? (int64_t)(scratch_random(state) % (uint64_t)whole)
							      : (int64_t)scratch_random(state);
		bench->currency[i] = currency ? FORM_FIRST + CURRENCY + (int64_t)currency : FORM_ABSENT;
		bench->named[i] = 0;
	}
}

static bool is_read_alike(struct bench *bench, uint64_t *state, struct cost_tally *sum)
{
	struct cost_tally together, alone = { 0 };

	memset(bench->flags, 0, sizeof(bench->flags));
	fill(bench, state);
	read_rows(bench, 0, ROWS, 0, &together);
	for (uint32_t i = 0; i < ROWS; i++)
		read_one(bench, i, &alone);
	sum->assumed += together.assumed;
	sum->unknown.count += together.unknown.count;
	sum->beyond.count += together.beyond.count;
	return together.assumed == alone.assumed && is_same(&together.unknown, &alone.unknown) &&
	       is_same(&together.beyond, &alone.beyond) &&
	       !memcmp(bench->digits[0], bench->digits[1], sizeof(bench->digits[0])) &&
	       !memcmp(bench->units[0], bench->units[1], sizeof(bench->units[0])) &&
	       !memcmp(bench->flags[0], bench->flags[1], sizeof(bench->flags[0]));
}

static void test_rows(struct tap *tap, struct bench *bench, enum decimal_mark mark)
{
	struct cost_tally sum = { 0 };
	uint64_t state = 5 + (uint64_t)mark;
	unsigned wrong = 0;

	bench->source.mark = mark;
	for (unsigned turn = 0; turn < TURNS; turn++)
		wrong += !is_read_alike(bench, &state, &sum);
	OK(tap, wrong == 0, "mark %d: rows together and one by one", (int)mark);
	OK(tap, sum.assumed && sum.unknown.count && sum.beyond.count, "of all sorts");
}

/* All of one currency and form, so that they are read together. */
static void test_plain(struct tap *tap, struct bench *bench)
{
	const int64_t unit = cost_unit(cost_currency_of(text_of("GBP")), 2, false);
	struct cost_tally tally;
	uint64_t wrong = 0;

	for (uint32_t i = 0; i < ROWS; i++) {
		bench->form[i] = FORM_FIRST + 4;
		bench->value[i] = i;
		bench->currency[i] = FORM_ABSENT;
	}
	read_rows(bench, 0, ROWS, 0, &tally);
	for (uint32_t i = 0; i < ROWS; i++)
		wrong += bench->digits[0][i] != i || bench->units[0][i] != unit;
	OK(tap, wrong == 0 && tally.assumed == ROWS, "hundredths in the currency of the source");
}

/* A dump without costs. */
static void test_none(struct tap *tap, struct bench *bench)
{
	struct segment segment = { .id = 7, .rows = ROWS };
	struct cost_tally tally = { .assumed = 1 };
	uint64_t wrong = 0;

	costs_read(&(struct costs_job){ &bench->meanings, bench->plain, &segment, &bench->source, bench->digits[0],
					bench->units[0], bench->flags[0], &tally });
	for (uint32_t i = 0; i < ROWS; i++)
		wrong += bench->digits[0][i] || bench->units[0][i];
	OK(tap, wrong == 0 && tally.assumed == 0, "no row has a cost");
}

int main(void)
{
	static struct bench bench;
	static char currency[] = "GBP";
	struct tap tap = { 0 };
	struct error error;

	for (size_t i = 0; i < MASKS; i++)
		(void)dictionary_add(&bench.forms.masks, text_of(masks[i]));
	bench.source.currency = currency;
	if (form_meanings_open(&bench.meanings, &bench.forms, &error) != STATUS_OK ||
	    !(bench.plain = cost_forms(&bench.meanings))) {
		printf("Bail out! out of memory\n");
		return 1;
	}
	test_rows(&tap, &bench, DECIMAL_MARK_UNKNOWN);
	test_rows(&tap, &bench, DECIMAL_MARK_POINT);
	test_rows(&tap, &bench, DECIMAL_MARK_COMMA);
	test_plain(&tap, &bench);
	test_none(&tap, &bench);
	free(bench.plain);
	form_meanings_release(&bench.meanings);
	forms_release(&bench.forms);
	return tap_done(&tap);
}
