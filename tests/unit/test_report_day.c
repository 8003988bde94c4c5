/* SPDX-License-Identifier: Apache-2.0 */
/* Reports and long calls with and without a time of day, against a look at every call, in whatever order calls come. */
#include "correlate/reports/report_match.h"
#include "correlate_world.h"

enum { REPORTS = 90, OFFERED = 160, WINDOW = 14400, FIRST_DAY = 19000, DAYS = 5, ZONE = -5 * 3600 };

static struct report_call offered[OFFERED];

static void make_offered(uint64_t state)
{
	for (size_t i = 0; i < OFFERED; i++) {
		const bool day = scratch_random(&state) % 3 == 0;
		const int64_t date = FIRST_DAY + (int64_t)(scratch_random(&state) % DAYS);

		offered[i] = (struct report_call){
			.dialled = 447700900000 + scratch_random(&state) % 12,
			.presented = scratch_random(&state) % 3 ? 442079460000 + scratch_random(&state) % 2 : 0,
			.started = 1000 * (86400 * date + (day ? 0 : 300 * (int64_t)(scratch_random(&state) % 288))),
			.talk = 1000 * (int64_t)(60 + scratch_random(&state) % 4),
			.day = day, .segment = (int64_t)i + 1, .row = (uint32_t)i, .slot = (uint32_t)(scratch_random(&state) % 3),
		};
	}
}

/* Half of them days, of a clock that is five hours behind UTC. */
static void make_reports(struct world *w, uint64_t state)
{
	for (int line = 2; line < 2 + REPORTS; line++) {
		const int64_t date = FIRST_DAY + (int64_t)(scratch_random(&state) % DAYS);
		const int64_t clock = line % 2 ? 150 * (int64_t)(scratch_random(&state) % 576) : 0;
		const int64_t begin = 86400 * date - ZONE;

		report(w, line, line % 23 ? 447700900000 + (int64_t)(scratch_random(&state) % 14) : 0, line % 2 ? begin + clock : 86400 * date,
		       line % 3 ? 0 : 442079460000 + (int64_t)(scratch_random(&state) % 2), 100 * line);
		sql(w, "UPDATE report_read SET date = %" PRId64 " WHERE report = last_insert_rowid()", date);
		if (line % 2 == 0)
			sql(w, "UPDATE report_read SET at_day = 1, day_from = %" PRId64 ", day_until = %" PRId64 " WHERE report = last_insert_rowid()",
			    begin, begin + 86400);
	}
}

/* What the calls of a report come to. */
struct sums {
	int64_t least;                   /* distance of those with a time, when the report has one, */
	unsigned equals;                 /* how many have that, */
	const struct report_call *near;  /* and one of them */
	unsigned days;                   /* accounts of those that go by the day, a bit each, */
	const struct report_call *longest;
};

static bool longer(const struct report_call *call, const struct report_call *than)
{
	if (!than || call->talk != than->talk)
		return !than || call->talk > than->talk;
	return call->started != than->started ? call->started < than->started : call->segment < than->segment;
}

static void add(struct sums *sums, const struct report *report, const struct report_call *call)
{
	const int64_t gap = llabs((long long)(call->started - report->at));
	const bool in_day = call->day ? call->started == 86400000 * report->date
				      : report->day && call->started >= 1000 * (86400 * report->date - ZONE) &&
						call->started < 1000 * (86400 * report->date - ZONE + 86400);

	if (in_day) {
		sums->days |= 1u << call->slot;
		sums->longest = longer(call, sums->longest) ? call : sums->longest;
	}
	if (call->day || report->day || gap > 1000 * WINDOW)
		return;
	sums->equals = gap == sums->least ? sums->equals + 1 : gap < sums->least ? 1 : sums->equals;
	sums->near = gap < sums->least ? call : sums->near;
	sums->least = gap < sums->least ? gap : sums->least;
}

/* The verdict, the call, and whether it goes by the day. */
static const char *verdict_of(const struct report *report, const struct report_call **best, bool *by_day)
{
	struct sums sums = { .least = INT64_MAX };

	for (size_t i = 0; i < OFFERED && report->victim; i++)
		if (offered[i].dialled == report->victim &&
		    !(report->presented && offered[i].presented && report->presented != offered[i].presented))
			add(&sums, report, &offered[i]);
	*by_day = sums.equals == 0;
	*best = sums.equals ? sums.near : sums.longest;
	if (sums.equals > 1 || (sums.days & (sums.days - 1)) != 0)
		return "ambiguous";
	if (sums.equals && sums.days && sums.days != 1u << sums.near->slot)
		return "ambiguous";
	return sums.equals || sums.days ? "matched" : "unmatched";
}

static bool right(struct world *w, const struct report *report, unsigned *by_days)
{
	const struct report_call *best = NULL;
	bool by_day;
	const char *verdict = verdict_of(report, &best, &by_day);
	char query[200], expected[200], key[30] = "-", apart[30] = "-";
	struct buf got = { 0 };
	bool good;

	(void)snprintf(query, sizeof(query), "SELECT verdict, segment, key, apart_ms FROM report_match WHERE report = %lld", (long long)report->id);
	if (best && best->slot)
		(void)snprintf(key, sizeof(key), "%u", 7 - best->slot);
	if (best && !by_day)
		(void)snprintf(apart, sizeof(apart), "%lld", (long long)(report->at - best->started));
	if (strcmp(verdict, "matched") != 0)
		(void)snprintf(expected, sizeof(expected), "%s|-|-|-", verdict);
	else
		(void)snprintf(expected, sizeof(expected), "matched|%lld|%s|%s", (long long)best->segment, key, apart);
	*by_days += by_day && !strcmp(verdict, "matched");
	ask(w, query, &got);
	good = tap_same(got.data, expected);
	if (!good)
		printf("# report %lld: %s, not %s\n", (long long)report->id, got.data ? got.data : "", expected);
	buf_release(&got);
	return good;
}

static void test_order(uint64_t state, unsigned step)
{
	struct persons persons;
	struct rates rates;
	struct reports reports;
	struct world w;
	unsigned matched = 0, ambiguous = 0, by_days = 0;
	bool good;

	begin(&w);
	make_offered(state);
	make_reports(&w, state + 1);
	good = casefile_reset_concluded(&w.casefile) == STATUS_OK && persons_load(&persons, &w.casefile) == STATUS_OK &&
	       rates_load(&rates, &w.casefile, "GBP", 2) == STATUS_OK && reports_load(&reports, &w.casefile, WINDOW, false) == STATUS_OK &&
	       reports.count == REPORTS;
	for (size_t i = 0; i < OFFERED && good; i++)
		reports_offer(&reports, &offered[i * step % OFFERED]);
	if (good) {
		const struct report_match_given given = { .casefile = &w.casefile, .rates = &rates, .persons = &persons, .reports = &reports };

		good = report_match_run(&given) == STATUS_OK;
	}
	for (size_t i = 0; i < REPORTS && good; i++) {
		good = right(&w, &reports.items[i], &by_days);
		matched += reports.items[i].matched;
		ambiguous += reports.items[i].tied;
	}
	OK(&tap, good && by_days > 5 && matched > by_days && ambiguous > 5 && matched + ambiguous < REPORTS - 5,
	   "calls by steps of %u: %u of %d are matched, %u by the day, %u ambiguous", step, matched, (int)REPORTS, by_days, ambiguous);
	reports_release(&reports);
	rates_release(&rates);
	persons_release(&persons);
	end(&w);
}

/* Bounds of a day that no day has. */
static void test_damage(void)
{
	static const char *const changes[] = { "day_from = 300000000001", "day_until = -300000000001" };

	for (size_t i = 0; i < COUNT(changes); i++) {
		struct reports reports;
		struct world w;

		begin(&w);
		report(&w, 2, 447700900001, NOON, 0, 100);
		sql(&w, "UPDATE report_read SET at_day = 1, %s", changes[i]);
		OK(&tap, reports_load(&reports, &w.casefile, WINDOW, false) == STATUS_INTEGRITY && strstr(w.casefile.error.text, "report 1 of the case is damaged"),
		   "%s: %s", changes[i], w.casefile.error.text);
		reports_release(&reports);
		end(&w);
	}
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	for (uint64_t state = 1; state <= 6; state++) {
		test_order(10 * state, 1);
		test_order(10 * state, OFFERED - 1);
		test_order(10 * state, 37);
	}
	test_damage();
	scratch_leave(folder);
	return tap_done(&tap);
}
