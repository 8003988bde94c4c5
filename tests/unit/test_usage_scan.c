/* SPDX-License-Identifier: Apache-2.0 */
/* Calls added up by several threads within a memory, against the calls one by one; and what is wrong with a segment. */
#include "correlate/calls/call_check.h"
#include "correlate/calls/call_scan.h"
#include "correlate/calls/partition_sample.h"
#include "correlate/calls/usage_scan.h"
#include "correlate_world.h"

enum { SEGMENTS = 40, CALLS = SEGMENTS * CALLS_MOST, TEXTS = 20, ACCOUNTS = 6 };

static struct call all[CALLS];

static struct call call_at(uint64_t *state)
{
	const bool number = scratch_random(state) & 1;

	return (struct call){
		.key = (int64_t)(scratch_random(state) % (ACCOUNTS + 1)), .at = NOON + (int64_t)(scratch_random(state) % 100000),
		.talk = (int64_t)(scratch_random(state) % 3) * 60000 + (int64_t)(scratch_random(state) % 2),
		.presented = number ? 442079460000 + (int64_t)(scratch_random(state) % 300) : 0,
		.shown = number ? 0 : (int64_t)(scratch_random(state) % (TEXTS + 1)),
		.dialled = scratch_random(state) % 8 ? 447700900000 + (int64_t)(scratch_random(state) % 999) : 0,
		.reading = 1 + (int64_t)(scratch_random(state) & 1), .cost = (int64_t)(scratch_random(state) % 5000) - 100,
		.flags = (scratch_random(state) % 4 ? ANSWERED : 0) | (scratch_random(state) % 16 ? 0 : CALL_FLAG_LEG),
	};
}

static void fill(struct world *w)
{
	uint64_t state = 8;

	for (int id = 1; id <= TEXTS; id++)
		sql(w, "INSERT INTO shown VALUES(%d, CAST('text %d' AS BLOB))", id, id * 7 % 11 * 100 + id);
	for (size_t i = 0; i < CALLS; i++) {
		all[i] = call_at(&state);
		call(w, all[i]);
		if (w->call_count == CALLS_MOST)
			store_calls(w);
	}
}

static bool counted(const struct call *c)
{
	return !(c->flags & CALL_FLAG_LEG);
}

static bool is_long(const struct call *c)
{
	return counted(c) && (c->flags & ANSWERED) && c->talk > 60000;
}

struct scanned {
	struct persons persons;
	struct presented_texts texts;
	struct reports reports;
	struct spill spill;
	struct usage_scan scan;
	enum status status;
};

static void scan(struct world *w, struct scanned *s, uint64_t memory, unsigned threads)
{
	const struct usage_scan_given given = {
		.casefile = &w->casefile, .observer = &w->observer, .persons = &s->persons, .texts = &s->texts,
		.reports = &s->reports, .spill = &s->spill, .long_seconds = 60, .memory = memory, .threads = threads,
	};

	memset(s, 0, sizeof(*s));
	s->status = spill_open(&s->spill, ".") ? persons_load(&s->persons, &w->casefile) : STATUS_FAILED;
	if (s->status == STATUS_OK) {
		persons_tie(&s->persons, 2, 5);
		persons_number(&s->persons);
		s->status = presented_texts_load(&s->texts, &w->casefile);
	}
	if (s->status == STATUS_OK)
		s->status = reports_load(&s->reports, &w->casefile, 600, false);
	if (s->status == STATUS_OK)
		s->status = usage_scan_run(&s->scan, &given);
}

static void scanned_close(struct scanned *s)
{
	usage_scan_close(&s->scan);
	usage_scan_close(&s->scan);
	reports_release(&s->reports);
	presented_texts_release(&s->texts);
	persons_release(&s->persons);
	spill_close(&s->spill);
}

/* What one account's calls that present one thing add up to. */
static bool right(const struct scanned *s, const struct ordered_usage *got)
{
	const struct usage *usage = &got->usage;
	struct usage sum = { .called = PERIOD_NONE };

	for (size_t i = 0; i < CALLS; i++) {
		const struct call *c = &all[i];

		if (!counted(c) || s->persons.slots[c->key] != usage->owner ||
		    presented_key_of((uint64_t)c->presented, (uint64_t)c->shown) != usage->presented_key)
			continue;
		sum.calls++;
		sum.answered += (c->flags & ANSWERED) != 0;
		sum.long_calls += is_long(c);
		sum.cost += (i128)c->cost * 1000000000000;
		period_take(&sum.called, c->at, (c->flags & CALL_FLAG_DAY) != 0);
	}
	return sum.calls && sum.calls == usage->calls && sum.answered == usage->answered && sum.long_calls == usage->long_calls &&
	       sum.cost == usage->cost && sum.called.first == usage->called.first && sum.called.last == usage->called.last &&
	       got->person == s->persons.persons_of[usage->owner];
}

static bool usages_right(struct scanned *s)
{
	const struct ordered_usage *usage;
	struct ordered_usage last = { 0 };
	uint64_t calls = 0, expected = 0;
	bool good = sorter_begin(&s->scan.usages);

	for (size_t i = 0; i < CALLS; i++)
		expected += counted(&all[i]);
	while (good && (usage = sorter_next(&s->scan.usages))) {
		good = right(s, usage) && (!calls || ordered_usage_kind.compare(&last, usage) < 0);
		calls += usage->usage.calls;
		last = *usage;
	}
	return good && !sorter_broken(&s->scan.usages) && calls == expected && s->scan.calls == expected;
}

/* Each row comes once, in the order of numbers, and is a long call. */
static bool long_calls_right(struct scanned *s)
{
	static bool seen[CALLS];
	struct long_calls_reader reader = { 0 };
	const struct long_call *next;
	uint64_t number = 0;
	size_t count = 0, expected = 0;
	bool good = true;

	memset(seen, 0, sizeof(seen));
	for (size_t i = 0; i < CALLS; i++)
		expected += is_long(&all[i]) && all[i].dialled;
	good = long_calls_count(&s->scan.long_calls) == expected;
	for (unsigned part = 0; part < LONG_CALLS_PARTS && good; part++) {
		good = long_calls_read(&s->scan.long_calls, part, 1 << 20, &reader);
		while (good && (next = long_calls_next(&reader))) {
			const struct call *c = &all[next->row];

			good = next->row < CALLS && !seen[next->row] && is_long(c) && (uint64_t)c->dialled == next->number &&
			       next->number >= number && s->persons.slots[c->key] == next->slot && next->reading == (uint32_t)c->reading &&
			       next->presented_key == presented_key_of((uint64_t)c->presented, (uint64_t)c->shown);
			seen[next->row] = true;
			number = next->number;
			count++;
		}
		good = good && !long_calls_reader_broken(&reader);
		long_calls_reader_close(&reader);
	}
	return good && count == expected;
}

static void test_scan(struct world *w, uint64_t memory, unsigned threads)
{
	struct scanned s;

	scan(w, &s, memory, threads);
	OK(&tap, s.status == STATUS_OK && usages_right(&s), "usages within %llu bytes, %u threads", (unsigned long long)memory, threads);
	OK(&tap, s.status == STATUS_OK && long_calls_right(&s), "and long calls");
	scanned_close(&s);
}

/* ---- the look at some segments ---- */

static int compare_u64(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* With no more segments than are looked at, all long calls' numbers; else those of some. */
static void test_sample(struct world *w, unsigned segments)
{
	static uint64_t expected[CALLS];
	uint64_t *numbers = NULL;
	size_t count = 0, many = 0;
	bool good = partition_sample_read(&w->casefile, 60000, &numbers, &count) == STATUS_OK;

	for (size_t i = 0; i < (size_t)segments * CALLS_MOST; i++)
		if (is_long(&all[i]) && all[i].dialled)
			expected[many++] = (uint64_t)all[i].dialled;
	qsort(expected, many, sizeof(*expected), compare_u64);
	if (count)
		qsort(numbers, count, sizeof(*numbers), compare_u64);
	if (segments <= 8)
		good = good && count == many && (!many || !memcmp(numbers, expected, many * sizeof(*expected)));
	else
		good = good && count > 0 && count < many / 2;
	for (size_t i = 0; i < count && good; i++)
		good = bsearch(&numbers[i], expected, many, sizeof(*expected), compare_u64) != NULL;
	OK(&tap, good, "numbers of %u segments: %zu of %zu", segments, count, many);
	free(numbers);
}

static void test_samples(void)
{
	struct world w;

	begin(&w);
	test_sample(&w, 0);
	for (unsigned i = 1; i <= 8; i++) {
		for (size_t k = 0; k < CALLS_MOST; k++)
			call(&w, all[(i - 1) * CALLS_MOST + k]);
		store_calls(&w);
		if (i == 1 || i == 7 || i == 8)
			test_sample(&w, i);
	}
	end(&w);
}

/* ---- what cannot be ---- */

static void test_ranges(void)
{
	static const struct {
		unsigned column;
		int64_t low, most;
	} ranges[] = {
		{ READ_ACCOUNT, 0, UINT32_MAX - 1 },  { READ_STARTED, -100000000000000, 300000000000000 }, { READ_TALK, 0, INT64_MAX / 2 },
		{ READ_PRESENTED, 0, 999999999999999 }, { READ_DIALLED, 0, 999999999999999 }, { READ_COST, 0, COST_LIMIT - 1 },
		{ READ_COST_UNIT, 0, COST_UNIT_MOST },
		{ READ_DIALLED_READING, 0, UINT32_MAX - 1 }, { READ_FLAGS, 0, INT64_MAX / 2 },
	};
	int64_t values[70] = { 0 };
	bool good = true;

	for (size_t r = 0; r < COUNT(ranges) && good; r++)
		for (uint32_t at = 0; at < 70 && good; at += 23) {
			struct segment segment = { .rows = 70 };

			segment.understood[ranges[r].column] = values;
			values[at] = ranges[r].low;
			good = call_check(&segment, 0, 70);
			values[at] = ranges[r].most;
			good = good && call_check(&segment, 0, 70);
			values[at]++;
			good = good && !call_check(&segment, 0, 70) && call_check(&segment, at + 1, 69 - at) && call_check(&segment, 0, at);
			values[at] = ranges[r].low - 1;
			good = good && !call_check(&segment, at, 1);
			values[at] = 0;
		}
	OK(&tap, good, "the least and greatest values, and those beyond them");
	OK(&tap, seconds_of(-1) == -1 && seconds_of(-1000) == -1 && seconds_of(-1001) == -2 && seconds_of(999) == 0 && seconds_of(1000) == 1,
	   "seconds are rounded down");
}

static void test_wrong(const char *name, struct call wrong, const char *change, enum status status, const char *text)
{
	struct world w;
	struct scanned s;

	for (unsigned threads = 1; threads < 4; threads += 2) {
		begin(&w);
		sql(&w, "INSERT INTO shown VALUES(1, CAST('one' AS BLOB))");
		for (size_t i = 0; i < 3 * CALLS_MOST; i++) {
			call(&w, i == 100 ? wrong : (struct call){ .key = 1, .at = NOON, .shown = 1 });
			if (w.call_count == CALLS_MOST)
				store_calls(&w);
		}
		if (change)
			sql(&w, "%s", change);
		scan(&w, &s, 1 << 20, threads);
		OK(&tap, s.status == status && strstr(w.casefile.error.text, text), "%s: %s", name, w.casefile.error.text);
		scanned_close(&s);
		end(&w);
	}
}

static bool stop(void *context)
{
	(void)context;
	return true;
}

static void test_stop(struct world *w)
{
	struct scanned s;

	w->observer.interrupted = stop;
	scan(w, &s, 1 << 20, 2);
	OK(&tap, s.status == STATUS_INTERRUPTED && strstr(w->casefile.error.text, "the case is as it was before"), "the user can stop it");
	scanned_close(&s);
	w->observer.interrupted = NULL;
}

static void count_rows(void *context, struct call_scan_item *item, unsigned worker)
{
	(void)worker;
	*(uint64_t *)context += item->segment.raw.rows;
	item->calls = 1;
}

static void test_call_scan(struct world *w)
{
	uint64_t rows = 0, calls = 0;
	const struct call_scan_given given = {
		.casefile = &w->casefile, .step = "test", .wanted = SEGMENT_COLUMN(READ_TALK), .threads = 1, .context = &rows, .work = count_rows,
	};

	OK(&tap, call_scan_run(&given, &calls) == STATUS_OK && rows == CALLS && calls == SEGMENTS, "every row, and the sum of the calls");
}

/* Rows that 32 bits do not count are not worked on. */
static void test_rows(void)
{
	struct world w;
	uint64_t rows = 0, calls = 0;
	struct call_scan_given given = {
		.step = "test", .wanted = SEGMENT_COLUMN(READ_TALK), .threads = 2, .context = &rows, .work = count_rows,
	};

	begin(&w);
	given.casefile = &w.casefile;
	sql(&w, "WITH RECURSIVE s(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM s WHERE id < 65536)"
		" INSERT INTO segment SELECT id, 1, 65536, '' FROM s");
	OK(&tap, call_scan_run(&given, &calls) == STATUS_FAILED && strstr(w.casefile.error.text, "more than 4,294,967,294 rows of calls"),
	   "more rows than can be: %s", w.casefile.error.text);
	sql(&w, "UPDATE segment SET rows = 65534 WHERE id = 65536");
	given.threads = 1;
	OK(&tap, call_scan_run(&given, &calls) == STATUS_OK, "just as many as can be");
	sql(&w, "UPDATE segment SET rows = 65535 WHERE id = 65536");
	OK(&tap, call_scan_run(&given, &calls) == STATUS_FAILED, "and one more");
	sql(&w, "UPDATE segment SET rows = 65534 WHERE id = 65536");
	rows = 0;
	OK(&tap, call_scan_run(&given, &calls) == STATUS_OK && rows == UINT32_MAX - 1, "each is worked on: %llu", (unsigned long long)rows);
	end(&w);
}

int main(void)
{
	struct world w;
	char folder[32];

	scratch_enter(folder);
	begin(&w);
	fill(&w);
	for (unsigned threads = 1; threads <= 4; threads++)
		for (uint64_t memory = 65536; memory <= 1 << 26; memory <<= 5)
			test_scan(&w, memory, threads);
	test_sample(&w, SEGMENTS);
	test_stop(&w);
	test_call_scan(&w);
	end(&w);
	test_samples();
	test_rows();
	test_ranges();
	test_wrong("an account that is not there", (struct call){ .key = 7, .at = NOON }, NULL, STATUS_INTEGRITY,
		   "segment 2 names an account that the case has not");
	test_wrong("a text that is not there", (struct call){ .key = 1, .at = NOON, .shown = 2 }, NULL, STATUS_INTEGRITY,
		   "segment 2 shows a text that the case has not");
	test_wrong("a value beyond its range", (struct call){ .key = 1, .at = NOON, .dialled = 1000000000000000 }, NULL, STATUS_INTEGRITY,
		   "segment 2 is damaged");
	test_wrong("a column that is cut", (struct call){ .key = 1, .at = NOON, .shown = 1, .cost = 77 },
		   "UPDATE understood SET data = x'00' WHERE id / 256 = 2 AND length(data) > 1", STATUS_INTEGRITY, "segment 2 is damaged");
	scratch_leave(folder);
	return tap_done(&tap);
}
