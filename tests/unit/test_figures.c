/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of accounts and persons, against sums made from the usages one by one. */
#include "correlate/calls/usage.h"
#include "correlate/figures/account_figures.h"
#include "correlate/figures/person_figures.h"
#include "correlate/interrupt.h"
#include "correlate/presented/presentations.h"
#include "correlate_world.h"

enum { ACCOUNTS = 12, PERSONS = 4, KEYS = 90, ORGANISATIONS = 5 };

static void test_sums(void)
{
	struct world w;
	struct figures sum = { .paid = PERIOD_NONE, .called = PERIOD_NONE };
	struct figures part = { .gross = 5, .payments = 2, .paid = { period_first(10, false), period_last(20, false) }, .calls = 7, .answered = 3, .long_calls = 1, .victims = 9,
				.presentations = 9, .organisations = 9, .reports = 2, .loss = 8, .called = { period_first(1, false), period_last(2, true) } };
	struct row_buffer rows = { 0 };
	static const char *const columns[] = { FIGURES_COLUMNS };
	static const int64_t expected[] = { 10, 4, 10, 30, 14, 6, 2, 0, 0, 0, 4, 16, 1, 2 };
	bool good = true;

	begin(&w);
	OK(&tap, figures_add(&w.casefile, &sum, &part) == STATUS_OK, "one added");
	part.paid = (struct period){ period_first(12, false), period_last(30, false) };
	OK(&tap, figures_add(&w.casefile, &sum, &part) == STATUS_OK, "and another");
	figures_write(&sum, &rows);
	OK(&tap, rows.count == COUNT(columns) && rows.count == COUNT(expected), "a value for each column");
	for (size_t i = 0; i < rows.count && good; i++)
		good = rows.values[i].type == ROW_VALUE_INTEGER && rows.values[i].value == expected[i];
	OK(&tap, good, "all that adds up, and only that");
	OK(&tap, figures_days(&sum) == PERIOD_DAY_LAST, "the last call is a day");
	row_buffer_clear(&rows);
	figures_write(&(struct figures){ .paid = PERIOD_NONE, .called = PERIOD_NONE }, &rows);
	OK(&tap, rows.values[2].type == ROW_VALUE_NULL && rows.values[3].type == ROW_VALUE_NULL && rows.values[12].type == ROW_VALUE_NULL &&
			 rows.values[13].type == ROW_VALUE_NULL,
	   "no calls and payments have no first and last");
	row_buffer_release(&rows);
	part.gross = WIDE_MOST;
	OK(&tap, figures_add(&w.casefile, &sum, &part) == STATUS_FAILED, "a spend beyond 128 bits: %s", w.casefile.error.text);
	part.gross = 0;
	part.loss = WIDE_MOST;
	OK(&tap, figures_add(&w.casefile, &sum, &part) == STATUS_FAILED, "and a loss");
	end(&w);
}

/* What a row says of a span of times and days: "first last days". */
static void expect_span(const char *name, const int64_t *times, const bool *days, size_t count, const char *expected)
{
	struct period span = PERIOD_NONE;
	struct row_buffer rows = { 0 };
	char got[100];

	for (size_t i = 0; i < count; i++)
		period_take(&span, times[i], days[i]);
	period_write(&span, &rows);
	(void)snprintf(got, sizeof(got), "%lld %lld %u", (long long)rows.values[0].value, (long long)rows.values[1].value,
		       period_days(&span));
	OK(&tap, !strcmp(got, expected), "%s: %s", name, got);
	row_buffer_release(&rows);
}

/* A day may be before all times of it, and after; beside another day it is as its times are. */
static void test_days(void)
{
	enum { D = 86400 };
	const bool days[] = { true, false, false }, all[] = { true, true, true }, last[] = { false, false, true };

	expect_span("a day", (int64_t[]){ D }, days, 1, "86400 86400 3");
	expect_span("a time", (int64_t[]){ D }, days + 1, 1, "86400 86400 0");
	expect_span("a time of that day", (int64_t[]){ D, D + 5 }, days, 2, "86400 86400 3");
	expect_span("its midnight, and its last second", (int64_t[]){ D, D, 2 * D - 1 }, days, 3, "86400 86400 3");
	expect_span("the second before, and the one behind it", (int64_t[]){ D, D - 1, 2 * D }, days, 3, "86399 172800 0");
	expect_span("days", (int64_t[]){ 3 * D, D, 2 * D }, all, 3, "86400 259200 3");
	expect_span("a time first, a day last", (int64_t[]){ D - 1, D + 7, D }, last, 3, "86399 86400 2");
	expect_span("before 1970", (int64_t[]){ -D, -D - 1, -D - 1 }, days, 3, "-86401 -86400 2");
	expect_span("the bounds", (int64_t[]){ -PERIOD_MOST, PERIOD_MOST, 0 }, days, 3, "-300000000000 300000000000 1");
}

/* ---- accounts ---- */

static struct ordered_usage usages[(ACCOUNTS + 1) * KEYS];
static size_t usage_count;

static uint64_t number_at(size_t k)
{
	return 442079460000 + k;
}

static uint32_t person_of(uint32_t slot)
{
	return slot ? 1 + slot % PERSONS : 0;
}

static void make_usages(void)
{
	const struct presented_texts none = { 0 };
	uint64_t state = 4;

	usage_count = 0;
	for (uint32_t slot = 0; slot <= ACCOUNTS; slot++)
		for (size_t k = 0; k < KEYS; k++) {
			struct ordered_usage *usage = &usages[usage_count];
			struct presented_position position;

			if (scratch_random(&state) % 3)
				continue;
			*usage = (struct ordered_usage){ .person = person_of(slot) };
			usage->usage = (struct usage){
				.presented_key = k ? presented_key_of(number_at(k), 0) : 0, .owner = slot,
				.calls = 1 + (uint32_t)(scratch_random(&state) % 50), .answered = (uint32_t)(scratch_random(&state) % 9),
				.long_calls = (uint32_t)(scratch_random(&state) % 5), .reading = (uint32_t)(scratch_random(&state) % 4),
				.called = { period_first(NOON + (int64_t)(scratch_random(&state) % 50), false),
					    period_last(NOON + 50 + (int64_t)(scratch_random(&state) % 50), false) },
				.currency = COST_SAID,
				.cost = slot % 4 ? (i128)(scratch_random(&state) % 1000) : 0,
			};
			(void)presented_texts_position(&none, usage->usage.presented_key, &position);
			usage->order = position.order;
			usage->rank = position.rank;
			usage_count++;
		}
}

static struct figures expected_of(uint32_t slot)
{
	struct figures sum = { .called = PERIOD_NONE };
	bool seen[ORGANISATIONS] = { false };

	for (size_t i = 0; i < usage_count; i++) {
		const struct usage *usage = &usages[i].usage;
		const uint64_t number = presented_key_number(usage->presented_key);

		if (usage->owner != slot)
			continue;
		sum.calls += usage->calls;
		sum.answered += usage->answered;
		sum.long_calls += usage->long_calls;
		sum.presentations += usage->presented_key != 0;
		period_add(&sum.called, usage->called.first, usage->called.last);
		/* Every seventh number is somebody's. */
		if (number && (number - number_at(0)) % 7 == 0 && slot) {
			bool *organisation = &seen[(number - number_at(0)) / 7 % ORGANISATIONS];

			sum.organisations += !*organisation;
			*organisation = true;
		}
	}
	return sum;
}

static bool right(const struct figures *got, uint32_t slot)
{
	const struct figures want = expected_of(slot);

	return got->calls == want.calls && got->answered == want.answered && got->long_calls == want.long_calls &&
	       got->presentations == want.presentations && got->organisations == want.organisations &&
	       got->called.first == want.called.first && got->called.last == want.called.last;
}

struct filled {
	struct directory directory;
	struct spill spill;
	struct sorter usages, presentations;
	struct figures *accounts;
	struct person_counts *counts;      /* of persons */
	enum status status;
};

static void fill(struct world *w, struct filled *f, uint64_t memory)
{
	const struct account_figures_given given = {
		.casefile = &w->casefile, .observer = &w->observer, .directory = &f->directory, .spill = &f->spill, .usages = &f->usages,
		.account_figures = NULL, .person_counts = NULL, .presentations = &f->presentations, .memory = memory,
	};
	struct account_figures_given filled = given;
	struct error error;
	bool good;

	memset(f, 0, sizeof(*f));
	filled.account_figures = f->accounts = figures_new(ACCOUNTS + 1);
	filled.person_counts = f->counts = calloc(PERSONS + 1, sizeof(*f->counts));
	good = f->accounts && f->counts && spill_open(&f->spill, ".") && sorter_open(&f->usages, &ordered_usage_kind, &f->spill, 1 << 20) &&
	       sorter_open(&f->presentations, &presentation_kind, &f->spill, 1 << 20) &&
	       directory_load(&f->directory, &w->casefile, &w->observer) == STATUS_OK;
	for (uint32_t slot = 1; slot <= ACCOUNTS && good; slot++)
		f->accounts[slot].gross = slot % 5 ? 1000 * slot + 7 : 0;
	for (size_t i = usage_count; i-- > 0 && good;)
		good = sorter_put(&f->usages, &usages[i]);
	f->status = good ? account_figures_fill(&filled) : spill_failed(&f->spill, &error);
}

static void filled_close(struct filled *f)
{
	directory_release(&f->directory);
	sorter_close(&f->usages);
	sorter_close(&f->presentations);
	spill_close(&f->spill);
	free(f->accounts);
	free(f->counts);
}

/* What is presented has the spend of its accounts, and calls, all of them. */
static bool presentations_right(struct filled *f)
{
	const struct presentation *item;
	i128 spend[PERSONS + 1] = { 0 };
	uint64_t calls[PERSONS + 1] = { 0 };
	bool good = sorter_begin(&f->presentations);

	while (good && (item = sorter_next(&f->presentations))) {
		good = item->person <= PERSONS && item->presented_key && (!item->person || item->accounts);
		if (!good)
			break;
		spend[item->person] += item->spend;
		calls[item->person] += item->calls;
	}
	for (uint32_t slot = 1; slot <= ACCOUNTS; slot++)
		spend[person_of(slot)] -= figures_spend(&f->accounts[slot]);
	for (size_t i = 0; i < usage_count; i++)
		if (usages[i].usage.presented_key && usages[i].usage.owner)
			calls[usages[i].person] -= usages[i].usage.calls;
	for (uint32_t person = 1; person <= PERSONS; person++)
		good = good && spend[person] == 0 && calls[person] == 0;
	return good && calls[0] == 0 && !sorter_broken(&f->presentations);
}

static void test_accounts(struct world *w, uint64_t memory)
{
	struct filled f;
	bool good;

	fill(w, &f, memory);
	good = f.status == STATUS_OK;
	for (uint32_t slot = 0; slot <= ACCOUNTS && good; slot++)
		good = right(&f.accounts[slot], slot);
	OK(&tap, good, "accounts within %llu bytes", (unsigned long long)memory);
	OK(&tap, good && presentations_right(&f), "and what they presented, with their spend");
	filled_close(&f);
}

static bool stop(void *context)
{
	(void)context;
	return true;
}

static void test_stopped(struct world *w)
{
	struct filled f;
	uint32_t i = 0;
	struct interrupt interrupt = { &w->casefile, &w->observer, 0 };

	w->observer.interrupted = stop;
	while (i < 10000 && interrupt_ask(&interrupt) == STATUS_OK)
		i++;
	OK(&tap, i == 4095 && strstr(w->casefile.error.text, "interrupted"), "asked once in 4,096");
	w->observer.interrupted = NULL;
	fill(w, &f, 1 << 20);
	OK(&tap, f.status == STATUS_OK, "not asked to stop");
	filled_close(&f);
}

/* ---- persons ---- */

static void test_persons(struct world *w)
{
	static uint32_t persons_of[ACCOUNTS + 1];
	struct persons persons = { .accounts = ACCOUNTS, .count = PERSONS, .persons_of = persons_of };
	const struct presented_texts none = { 0 };
	struct report items[3] = {
		{ .matched = true, .loss = 500, .best = { .slot = 5, .presented_key = presented_key_of(number_at(3), 0) } },
		{ .matched = false, .loss = 9999, .best = { .slot = 5, .presented_key = presented_key_of(number_at(3), 0) } },
		{ .matched = true, .loss = 70, .best = { .slot = 0 } },
	};
	const struct reports reports = { .items = items, .count = 3 };
	struct filled f;
	struct report_figures_given given = { .casefile = &w->casefile, .persons = &persons, .reports = &reports, .texts = &none };
	struct figures sum = { 0 };
	uint64_t matched = 0;
	bool good = true;

	for (uint32_t slot = 0; slot <= ACCOUNTS; slot++)
		persons_of[slot] = person_of(slot);
	fill(w, &f, 1 << 20);
	given.spill = &f.spill;
	given.account_figures = f.accounts;
	given.presentations = &f.presentations;
	OK(&tap, f.status == STATUS_OK && report_figures_add(&given, &matched) == STATUS_OK && matched == 2, "reports that matched");
	OK(&tap, f.accounts[5].reports == 1 && f.accounts[5].loss == 500 && f.accounts[0].loss == 70, "go to their accounts");
	f.counts[2].presentations = 9;
	good = persons_group(&persons);
	for (uint32_t person = 0; person <= PERSONS && good; person++) {
		const struct person_figures all = { &persons, f.accounts, f.counts };
		struct figures got;

		good = person_figures_of(&w->casefile, &all, person, &got) == STATUS_OK;
		memset(&sum, 0, sizeof(sum));
		for (uint32_t slot = 0; slot <= ACCOUNTS; slot++) {
			if (person_of(slot) != person)
				continue;
			sum.gross += f.accounts[slot].gross;
			sum.loss += f.accounts[slot].loss;
			sum.calls += f.accounts[slot].calls;
			sum.reports += f.accounts[slot].reports;
		}
		good = good && figures_spend(&got) == sum.gross && got.loss == sum.loss && got.calls == sum.calls &&
		       got.reports == sum.reports && got.presentations == (person == 2 ? 9 : 0);
	}
	OK(&tap, good, "persons have what their accounts have");
	free(persons.members);
	free(persons.starts);
	f.accounts[5].loss = WIDE_MOST;
	OK(&tap, report_figures_add(&given, &matched) == STATUS_FAILED && strstr(w->casefile.error.text, "128 bits"), "a loss beyond 128 bits: %s",
	   w->casefile.error.text);
	filled_close(&f);
}

int main(void)
{
	struct world w;
	char folder[32];

	scratch_enter(folder);
	test_sums();
	test_days();
	begin(&w);
	for (int k = 0; k < KEYS; k += 7) {
		char name[20];

		(void)snprintf(name, sizeof(name), "Example %d", k / 7 % ORGANISATIONS);
		if (k)
			organisation(&w, k + 2, (int64_t)number_at((size_t)k), name, "any");
	}
	make_usages();
	for (uint64_t memory = 65536; memory <= 1 << 26; memory <<= 5)
		test_accounts(&w, memory);
	test_accounts(&w, 4000);
	test_stopped(&w);
	test_persons(&w);
	end(&w);
	scratch_leave(folder);
	return tap_done(&tap);
}
