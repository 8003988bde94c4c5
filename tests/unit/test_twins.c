/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that may be one: which stands, which counts, what is found. */
#include <stdlib.h>
#include <string.h>

#include "normalise/duplicates/twin_filter.h"
#include "normalise/duplicates/twin_judge.h"
#include "normalise/duplicates/twin_span.h"
#include "normalise/rows/payment_twins.h"
#include "tap.h"

#define MOST 32

/* Outcomes in the order in which they come. */
struct told {
	struct twin_outcome items[MOST];
	size_t count;
	bool full;             /* no more are taken */
};

static bool put(void *context, const struct twin_outcome *outcome)
{
	struct told *told = context;

	if (told->full || told->count == MOST)
		return false;
	told->items[told->count++] = *outcome;
	return true;
}

/* The call that stands for a row; 0: none does. */
static int64_t stander_of(const struct told *told, int64_t call)
{
	for (size_t i = 0; i < told->count; i++)
		if (told->items[i].call == call && told->items[i].duplicate)
			return told->items[i].twin;
	return 0;
}

/* Judges rows in any order; false: it could not be done. */
static bool judge(struct twin *rows, size_t count, struct told *told,
		  struct twin_tallies *tallies)
{
	struct twin_judge judge = { .put = put, .context = told, .tallies = tallies };
	bool good = true;

	memset(tallies, 0, 4 * sizeof(*tallies));
	qsort(rows, count, sizeof(*rows), twin_record.compare);
	for (size_t i = 0; i < count && good; i++)
		good = twin_judge_take(&judge, &rows[i]);
	good = good && twin_judge_end(&judge);
	twin_judge_release(&judge);
	return good;
}

static struct twin with_id(int64_t call, uint32_t source, int64_t talk)
{
	return (struct twin){ .key = 4 | TWIN_ID, .second = 7, .call = call, .started = 1000,
			      .presented = 44, .dialled = 45, .talk = talk, .account = 1,
			      .source = source, .shape = 1, .kind = TWIN_ID };
}

static void test_ids(struct tap *tap)
{
	struct told told = { .count = 0 };
	struct twin_tallies tallies[4];
	struct twin rows[] = { with_id(10, 0, 5), with_id(11, 1, 9), with_id(12, 2, 9),
			       with_id(13, 2, 9) };

	rows[3].account = 2;
	OK(tap, judge(rows, 4, &told, tallies), "rows with one id are judged");
	OK(tap, stander_of(&told, 10) == 11 && stander_of(&told, 12) == 11 &&
			stander_of(&told, 11) == 0,
	   "most talk stands, the lowest of equals");
	OK(tap, stander_of(&told, 13) == 0 && tallies[2].of[TWIN_CLASH].count == 1 &&
			tallies[2].of[TWIN_CLASH].call == 13,
	   "another account counts, and is a finding");
	OK(tap, tallies[0].of[TWIN_TALK].count == 1 && tallies[2].of[TWIN_TALK].count == 0,
	   "another talk is a finding");
	rows[0] = with_id(10, 0, 5);
	rows[1] = with_id(11, 0, 5);
	rows[1].shape = 2;
	told.count = 0;
	OK(tap, judge(rows, 2, &told, tallies) && told.count == 0,
	   "one hash of two ids is no call twice");
	told = (struct told){ .full = true };
	rows[1] = with_id(11, 0, 5);
	OK(tap, !judge(rows, 2, &told, tallies), "what cannot be told ends it");
}

static struct twin bare(int64_t call, uint32_t source, uint64_t rest)
{
	return (struct twin){ .key = 8 | TWIN_BARE, .second = rest, .call = call,
			      .account = 1, .source = source, .kind = TWIN_BARE };
}

static void test_bare(struct tap *tap)
{
	struct told told = { .count = 0 };
	struct twin_tallies tallies[4];
	struct twin rows[] = { bare(10, 0, 5), bare(11, 0, 5), bare(20, 1, 5), bare(21, 1, 5),
			       bare(22, 1, 5), bare(30, 2, 5) };

	OK(tap, judge(rows, 6, &told, tallies), "rows without an id are judged");
	OK(tap, stander_of(&told, 20) == 10 && stander_of(&told, 21) == 11 &&
			stander_of(&told, 22) == 0 && stander_of(&told, 30) == 10 &&
			stander_of(&told, 11) == 0,
	   "they count as often as in the source that has most");
	for (size_t i = 0; i < 6; i++)
		rows[i].coarse = true;
	told.count = 0;
	OK(tap, judge(rows, 6, &told, tallies) && told.count == 0 &&
			tallies[1].of[TWIN_COARSE].count == 2,
	   "without seconds all count, and it is a finding");
	rows[0] = bare(10, 0, 5);
	rows[1] = bare(20, 1, 6);
	OK(tap, judge(rows, 2, &told, tallies) && told.count == 0 &&
			tallies[1].of[TWIN_NEAR].count == 1,
	   "another role that differs is a finding");
}

/* Mixed rows, in order, of the sources that their calls begin with. */
static void judge_mixed(const struct twin_seen *rows, size_t count, struct twin_tallies *tallies)
{
	struct twin_judge judge = { .tallies = tallies };

	memset(tallies, 0, 4 * sizeof(*tallies));
	for (size_t i = 0; i < count; i++)
		twin_judge_mixed(&judge, &rows[i], (uint32_t)(rows[i].call / 10 - 1));
	twin_judge_release(&judge);
}

static void test_mixed(struct tap *tap)
{
	const uint64_t has = 16 | TWIN_MIXED, none = has | TWIN_NONE, other = 32 | TWIN_MIXED;
	struct twin_tallies tallies[4];
	struct twin_seen rows[] = { { none, 12 }, { has, 30 }, { none, 20 }, { none, 40 },
				    { has, 11 }, { has, 10 } };
	const struct twin_seen apart[] = { { has, 10 }, { none, 11 }, { other | TWIN_NONE, 20 } };

	qsort(rows, 6, sizeof(*rows), twin_seen_record.compare);
	judge_mixed(rows, 6, tallies);
	OK(tap, tallies[0].of[TWIN_NO_ID].count == 1 && tallies[0].of[TWIN_NO_ID].other == 30,
	   "those with an id of the same source are passed over");
	OK(tap, tallies[1].of[TWIN_NO_ID].count == 1 && tallies[1].of[TWIN_NO_ID].other == 10 &&
			tallies[3].of[TWIN_NO_ID].count == 1 && tallies[2].of[TWIN_NO_ID].count == 0,
	   "rows without an id are a finding");
	judge_mixed(apart, 3, tallies);
	OK(tap, tallies[0].of[TWIN_NO_ID].count == 0 && tallies[1].of[TWIN_NO_ID].count == 0,
	   "neither is a row of one source, nor another key");
}

static void test_equals(struct tap *tap)
{
	const struct twin_brief rows[] = { { 9, 10, 5 }, { 9, 20, 5 }, { 9, 30, 5 } };
	const uint32_t sources[] = { 0, 1, 1 };
	struct told told = { .count = 0 };
	struct twin_tallies tallies[4] = { 0 };
	struct twin_judge judge = { .put = put, .context = &told, .tallies = tallies };

	OK(tap, twin_judge_equals(&judge, rows, sources, 3) && stander_of(&told, 20) == 10 &&
			stander_of(&told, 30) == 10 && stander_of(&told, 10) == 0,
	   "of equal rows the first stands");
	OK(tap, tallies[1].of[TWIN_AGAIN].count == 2 && tallies[1].of[TWIN_AGAIN].other == 10 &&
			tallies[0].of[TWIN_AGAIN].count == 0,
	   "the others are a finding");
	told.count = 0;
	OK(tap, twin_judge_equals(&judge, rows, sources, 1) && told.count == 0, "one row is no finding");
	told.full = true;
	OK(tap, !twin_judge_equals(&judge, rows, sources, 2), "what cannot be told ends it");
}

static void test_legs(struct tap *tap)
{
	struct told told = { .count = 0 };
	struct twin_tallies tallies[4];
	struct twin rows[] = { with_id(10, 0, 5), with_id(11, 1, 9) };

	for (size_t i = 0; i < 2; i++) {
		rows[i].key = 4 | TWIN_LEG;
		rows[i].kind = TWIN_LEG;
		rows[i].legs = true;
		rows[i].dialled = 45 + i;
	}
	OK(tap, judge(rows, 2, &told, tallies) && stander_of(&told, 10) == 11, "legs of two sources are one call");
	OK(tap, tallies[0].of[TWIN_TALK].count == 1 && tallies[0].of[TWIN_STATUS].count == 0,
	   "that their talk differs is a finding");
}

static void test_filter(struct tap *tap)
{
	struct twin_filter filter = { NULL, 0, NULL };
	const uint64_t step = UINT64_C(0x9e3779b97f4a7c15);
	size_t missed = 0, more = 0;

	OK(tap, twin_filter_open(&filter, 10000, 1 << 20), "a filter");
	for (uint64_t i = 1; i <= 10000; i++)
		twin_filter_add(&filter, i * step);
	for (uint64_t i = 1; i <= 10000; i += 10)
		twin_filter_add(&filter, i * step);
	OK(tap, twin_filter_end(&filter), "all keys are met");
	for (uint64_t i = 1; i <= 10000; i++) {
		const bool again = twin_filter_again(&filter, i * step);

		missed += i % 10 == 1 && !again;
		more += i % 10 != 1 && again;
	}
	OK(tap, missed == 0, "no key that was met again is missed");
	OK(tap, more < 500, "few others are taken for one");
	twin_filter_close(&filter);
	twin_filter_close(&filter);
}

static struct twin_span span(int64_t segment, uint32_t source, int64_t first, int64_t low)
{
	return (struct twin_span){ .segment = segment, .source = source, .rows = 10,
				   .ids = 10, .distinct = true, .range_count = 1,
				   .ranges = { { FORM_FIRST, low, low + 9 } },
				   .bounds = { true, first, first + 60 } };
}

/* Whether two segments are compared by their ids. */
static bool meets(struct twin_span a, struct twin_span b)
{
	struct twin_spans spans = { NULL, 0, 0 };
	bool by_id = twin_spans_add(&spans, &a) && twin_spans_add(&spans, &b) &&
		     twin_spans_choose(&spans) && spans.items[0].by_id &&
		     spans.items[1].by_id;

	twin_spans_release(&spans);
	return by_id;
}

static void test_spans(struct tap *tap)
{
	struct twin_span first = span(1, 0, 0, 1), second = span(2, 0, 0, 5);

	OK(tap, meets(span(1, 0, 0, 1), span(2, 1, 0, 5)), "ids and times meet");
	OK(tap, !meets(span(1, 0, 0, 1), span(2, 1, 0, 50)), "ids do not");
	OK(tap, meets(span(1, 0, 0, 1), span(2, 1, TWIN_APART, 5)), "times a day apart");
	OK(tap, !meets(span(1, 0, 0, 1), span(2, 1, 2 * TWIN_APART, 5)), "times further apart");
	OK(tap, meets(first, second), "two segments of a source");
	first.legs = second.legs = true;
	OK(tap, !meets(first, second), "whose legs are one call already");
}

static void test_payments(struct tap *tap)
{
	struct paid_row rows[] = {
		{ .row = { .id = 1 }, .payment_id = 1, .status = 1, .paid = 10, .amount = 5 },
		{ .row = { .id = 2 }, .payment_id = 1, .status = 2, .paid = 20, .amount = 5 },
		{ .row = { .id = 3 }, .payment_id = 1, .status = 2, .paid = 20, .amount = 6 },
		{ .row = { .id = 4 }, .txid = 9, .status = 1, .paid = 30, .amount = 7 },
		{ .row = { .id = 5 }, .payment_id = 2, .txid = 9, .status = 1, .paid = 30, .amount = 7 },
		{ .row = { .id = 6 }, .payment_id = 3, .txid = 9, .status = 1, .paid = 30, .amount = 7 },
	};
	struct row_tallies tallies[1] = { { { { .count = 0 } } } };

	OK(tap, payment_twins_judge(rows, 6, tallies), "payments are judged");
	OK(tap, rows[0].row.duplicate && rows[0].row.twin == 2 && !rows[1].row.duplicate,
	   "a later status replaces the earlier");
	OK(tap, !rows[2].row.duplicate && tallies[0].of[PAYMENT_CLASH].count == 1,
	   "another sum is another payment, and a finding");
	OK(tap, rows[3].row.duplicate && rows[3].row.twin == 5, "one without an id is the first");
	OK(tap, !rows[4].row.duplicate && !rows[5].row.duplicate, "two ids are two payments");
	OK(tap, payment_twins_judge(NULL, 0, tallies), "none");
}

int main(void)
{
	struct tap tap = { 0 };

	test_ids(&tap);
	test_bare(&tap);
	test_mixed(&tap);
	test_equals(&tap);
	test_legs(&tap);
	test_filter(&tap);
	test_spans(&tap);
	test_payments(&tap);
	return tap_done(&tap);
}
