/* SPDX-License-Identifier: Apache-2.0 */
/* Reports matched to the nearest long call, against a look at every call, in whatever order calls come. */
#include "correlate/reports/report_match.h"
#include "correlate_world.h"

enum { REPORTS = 60, OFFERED = 500, WINDOW = 900 };

static struct report_call offered[OFFERED];

static void make_offered(void)
{
	uint64_t state = 6;

	for (size_t i = 0; i < OFFERED; i++)
		offered[i] = (struct report_call){
			.dialled = 447700900000 + scratch_random(&state) % 12,
			.presented = scratch_random(&state) % 3 ? 442079460000 + scratch_random(&state) % 2 : 0,
			.started = 1000 * (NOON + 100 * (int64_t)(scratch_random(&state) % 90)) + (i % 7 ? 0 : 500),
			.segment = (int64_t)i + 1, .row = (uint32_t)i, .slot = (uint32_t)(i % 7),
		};
}

static void make_reports(struct world *w)
{
	uint64_t state = 2;

	for (int line = 2; line < 2 + REPORTS; line++)
		report_ms(w, line, line % 11 ? 447700900000 + (int64_t)(scratch_random(&state) % 14) : 0,
			  1000 * (NOON + 50 * (int64_t)(scratch_random(&state) % 180)) + (line % 5 ? 0 : 250),
		       line % 3 ? 0 : 442079460000 + (int64_t)(scratch_random(&state) % 2), line % 4 ? 100 * line : -1);
}

/* What must come of a report: its verdict, and the call. */
static const char *verdict_of(const struct report *report, const struct report_call **best)
{
	int64_t least = INT64_MAX;
	unsigned equals = 0;

	for (size_t i = 0; i < OFFERED && report->victim; i++) {
		const int64_t apart = offered[i].started - report->at, gap = apart < 0 ? -apart : apart;

		if (offered[i].dialled != report->victim || gap > 1000 * WINDOW ||
		    (report->presented && offered[i].presented && report->presented != offered[i].presented))
			continue;
		equals = gap == least ? equals + 1 : gap < least ? 1 : equals;
		if (gap < least)
			*best = &offered[i];
		least = gap < least ? gap : least;
	}
	return equals == 0 ? "unmatched" : equals == 1 ? "matched" : "ambiguous";
}

static bool right(struct world *w, const struct report *report)
{
	const struct report_call *best = NULL;
	const char *verdict = verdict_of(report, &best);
	char query[300], expected[200];
	struct buf got = { 0 };
	bool good;

	(void)snprintf(query, sizeof(query), "SELECT verdict, segment, row, loss, key, apart_ms FROM report_match WHERE report = %lld",
		       (long long)report->id);
	if (strcmp(verdict, "matched") != 0)
		(void)snprintf(expected, sizeof(expected), "%s|-|-|-|-|-", verdict);
	else {
		char loss[30] = "-", key[30] = "-";

		if (report->has_loss)
			(void)snprintf(loss, sizeof(loss), "%lld", (long long)report->minor);
		if (best->slot)
			(void)snprintf(key, sizeof(key), "%u", 7 - best->slot);
		(void)snprintf(expected, sizeof(expected), "matched|%lld|%u|%s|%s|%lld", (long long)best->segment, best->row, loss, key,
			       (long long)(report->at - best->started));
	}
	ask(w, query, &got);
	good = tap_same(got.data, expected);
	if (!good)
		printf("# report %lld: %s, not %s\n", (long long)report->id, got.data ? got.data : "", expected);
	buf_release(&got);
	return good;
}

static void test_order(unsigned step)
{
	struct persons persons;
	struct rates rates;
	struct reports reports;
	struct world w;
	size_t matched = 0, ambiguous = 0;
	bool good;

	begin(&w);
	make_reports(&w);
	good = casefile_reset_concluded(&w.casefile) == STATUS_OK && persons_load(&persons, &w.casefile) == STATUS_OK &&
	       rates_load(&rates, &w.casefile, "GBP", 2) == STATUS_OK && reports_load(&reports, &w.casefile, WINDOW, false) == STATUS_OK &&
	       reports.count == REPORTS;
	for (size_t i = 0; i < OFFERED && good; i++)
		reports_offer(&reports, &offered[i * step % OFFERED]);
	if (good) {
		const struct report_match_given given = { .casefile = &w.casefile, .observer = &w.observer, .rates = &rates,
							  .persons = &persons, .reports = &reports };

		OK(&tap, report_match_run(&given) == STATUS_OK, "calls by steps of %u", step);
	}
	for (size_t i = 0; i < REPORTS && good; i++) {
		good = right(&w, &reports.items[i]) && reports.items[i].line == (int64_t)i + 2;
		matched += reports.items[i].matched;
		ambiguous += reports.items[i].tied;
	}
	OK(&tap, good && matched > 10 && ambiguous > 3 && matched + ambiguous < REPORTS - 5, "%zu of %d are matched, %zu ambiguous", matched,
	   (int)REPORTS, ambiguous);
	OK(&tap, good && !reports_want(&reports, 447700909999) && reports_want(&reports, reports.items[0].victim), "whom there is a report about");
	reports_release(&reports);
	reports_release(&reports);
	rates_release(&rates);
	persons_release(&persons);
	end(&w);
}

/* A call that begins just so long before a report, and after it, is near enough; a millisecond more is not. */
static void test_window(void)
{
	static const struct {
		int64_t apart;
		bool near;
	} cases[] = { { 1000 * WINDOW, true }, { -1000 * WINDOW, true }, { 1000 * WINDOW + 1, false }, { -1000 * WINDOW - 1, false } };
	const int64_t at = 1000 * NOON + 777;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reports reports;
		struct world w;

		begin(&w);
		report_ms(&w, 2, 447700900001, at, 0, 100);
		if (reports_load(&reports, &w.casefile, WINDOW, false) == STATUS_OK)
			reports_offer(&reports, &(struct report_call){ .dialled = 447700900001, .started = at + cases[i].apart });
		OK(&tap, (reports.items[0].gap != INT64_MAX) == cases[i].near, "%lld ms from the report", (long long)cases[i].apart);
		reports_release(&reports);
		end(&w);
	}
}

static void test_damage(void)
{
	static const char *const changes[] = { "victim = -1", "victim = 1000000000000000", "presented = -5", "exponent = -1", "exponent = 37",
					       "at_ms = 300000000000001", "at_ms = -300000000000001" };

	for (size_t i = 0; i < COUNT(changes); i++) {
		struct reports reports;
		struct world w;

		begin(&w);
		report(&w, 2, 447700900001, NOON, 0, 100);
		sql(&w, "UPDATE report_read SET %s", changes[i]);
		OK(&tap, reports_load(&reports, &w.casefile, WINDOW, false) == STATUS_INTEGRITY && strstr(w.casefile.error.text, "report 1 of the case is damaged"),
		   "%s: %s", changes[i], w.casefile.error.text);
		reports_release(&reports);
		end(&w);
	}
}

/* The row of a report is gone by the time that it is settled. */
static void test_gone(void)
{
	struct persons persons = { 0 };
	struct rates rates = { 0 };
	struct reports reports;
	struct world w;
	bool good;

	begin(&w);
	report(&w, 2, 447700900001, NOON, 0, 100);
	good = casefile_reset_concluded(&w.casefile) == STATUS_OK && reports_load(&reports, &w.casefile, WINDOW, false) == STATUS_OK;
	sql(&w, "DELETE FROM report");
	if (good) {
		const struct report_match_given given = { .casefile = &w.casefile, .rates = &rates, .persons = &persons, .reports = &reports };

		OK(&tap, report_match_run(&given) == STATUS_INTEGRITY && strstr(w.casefile.error.text, "report 1 is not in the case"), "%s",
		   w.casefile.error.text);
	}
	reports_release(&reports);
	end(&w);
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	make_offered();
	test_order(1);
	test_order(OFFERED - 1);
	test_order(37);
	test_window();
	test_damage();
	test_gone();
	scratch_leave(folder);
	return tap_done(&tap);
}
