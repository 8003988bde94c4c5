/* SPDX-License-Identifier: Apache-2.0 */
/* A scan over segments: each once, in order, whatever the threads; and what ends it. */
#include "casefile/segment/segment_scan.h"
#include "correlate_world.h"

enum { SEGMENTS = 30 };

struct item {
	struct segment_scan_item segment;
	uint64_t sum;          /* of the cost */
	unsigned worked;
};

struct scan {
	struct casefile *casefile;
	struct segment_decoder decoders[4];
	uint64_t sum, rows;
	unsigned taken, fetched, damaged, progress;
	int64_t last;          /* id */
	int64_t fail_fetched, fail_taken;      /* id at which a hook fails; 0: none */
	int64_t stop_at;       /* fetched segments after which the user stops */
	bool order;
};

static enum status fetched(void *context, struct segment_scan_item *segment)
{
	struct scan *s = context;

	s->fetched++;
	((struct item *)segment)->worked = 0;
	return segment->raw.id == s->fail_fetched ? error_set(&s->casefile->error, STATUS_FAILED, "fetched") : STATUS_OK;
}

static void work(void *context, struct segment_scan_item *segment, unsigned worker)
{
	struct scan *s = context;
	struct item *item = (struct item *)segment;
	struct segment decoded;

	item->worked++;
	item->sum = 0;
	if (segment->fetched == STATUS_OK &&
	    segment_decode(&s->decoders[worker], &segment->raw, 0, SEGMENT_COLUMN(READ_COST), &decoded) == STATUS_OK)
		for (uint32_t i = 0; i < decoded.rows; i++)
			item->sum += (uint64_t)decoded.understood[READ_COST][i];
}

static enum status take(void *context, struct segment_scan_item *segment)
{
	struct scan *s = context;
	const struct item *item = (struct item *)segment;

	if (segment->fetched == STATUS_INTEGRITY) {
		s->damaged += strstr(segment->error.text, "damaged") != NULL;
		return STATUS_OK;
	}
	s->order &= segment->raw.id > s->last && segment->first_row == s->rows && item->worked == 1;
	s->last = segment->raw.id;
	s->rows += segment->raw.rows;
	s->sum += item->sum;
	s->taken++;
	return segment->raw.id == s->fail_taken ? error_set(&s->casefile->error, STATUS_USAGE, "taken") : STATUS_OK;
}

static bool interrupted(void *context)
{
	const struct scan *s = context;

	return s->stop_at && s->fetched >= s->stop_at;
}

static void progress(void *context, const struct progress *at)
{
	struct scan *s = context;

	s->progress += at->done == s->rows + (uint64_t)CALLS_MOST && at->total == (uint64_t)SEGMENTS * CALLS_MOST;
}

static enum status run_scan(struct scan *s, struct casefile *casefile, unsigned threads, bool damaged)
{
	const struct observer observer = { .context = s, .interrupted = interrupted, .progress = progress };
	const struct segment_scan_given given = {
		.casefile = casefile, .observer = &observer, .step = "test", .understood = SEGMENT_COLUMN(READ_COST), .threads = threads,
		.damaged = damaged, .item_size = sizeof(struct item), .context = s, .fetched = fetched, .work = work, .take = take,
	};
	struct segment_scan scan;
	enum status status;

	s->casefile = casefile;
	s->order = true;
	status = segment_scan_open(&scan, &given);
	if (status == STATUS_OK)
		status = segment_scan_run(&scan);
	segment_scan_close(&scan);
	segment_scan_close(&scan);
	for (size_t i = 0; i < COUNT(s->decoders); i++)
		segment_decoder_release(&s->decoders[i]);
	return status;
}

static void test_all(struct world *w, unsigned threads)
{
	struct scan s = { .order = true };
	const enum status status = run_scan(&s, &w->casefile, threads, false);

	OK(&tap, status == STATUS_OK && s.order && s.taken == SEGMENTS && s.fetched == SEGMENTS && s.rows == SEGMENTS * CALLS_MOST,
	   "%u threads: each segment once, in order", threads);
	OK(&tap, s.sum == (uint64_t)SEGMENTS * CALLS_MOST * (SEGMENTS * CALLS_MOST - 1) / 2, "and all its values");
	OK(&tap, s.progress == SEGMENTS, "and the progress is told");
}

static void test_ends(struct world *w, unsigned threads)
{
	struct scan failing = { .fail_fetched = 9 }, taking = { .fail_taken = 5 }, stopped = { .stop_at = 7 };

	OK(&tap, run_scan(&failing, &w->casefile, threads, false) == STATUS_FAILED && failing.taken == 8 && failing.order,
	   "%u threads: what fails once it is fetched ends it, and those before are taken", threads);
	OK(&tap, run_scan(&taking, &w->casefile, threads, false) == STATUS_USAGE && taking.taken == 5, "what fails when it is taken as well");
	OK(&tap, run_scan(&stopped, &w->casefile, threads, false) == STATUS_INTERRUPTED && stopped.taken == 7 &&
			 strstr(w->casefile.error.text, "interrupted"),
	   "and so does the user");
}

static void test_damage(struct world *w, unsigned threads)
{
	struct scan strict = { 0 }, lenient = { 0 };

	OK(&tap, run_scan(&strict, &w->casefile, threads, false) == STATUS_INTEGRITY && strict.taken == 11 && !strict.damaged,
	   "%u threads: a damaged segment ends it", threads);
	OK(&tap, run_scan(&lenient, &w->casefile, threads, true) == STATUS_OK && lenient.taken == SEGMENTS - 2 && lenient.damaged == 2,
	   "or is an item where it is wanted");
}

int main(void)
{
	struct world w;
	struct scan none = { 0 };
	char folder[32];

	scratch_enter(folder);
	begin(&w);
	OK(&tap, run_scan(&none, &w.casefile, 2, false) == STATUS_OK && !none.taken, "no segments");
	for (int64_t i = 0; i < SEGMENTS * CALLS_MOST; i++) {
		call(&w, (struct call){ .at = NOON, .cost = i });
		if (w.call_count == CALLS_MOST)
			store_calls(&w);
	}
	for (unsigned threads = 1; threads <= 4; threads++) {
		test_all(&w, threads);
		test_ends(&w, threads);
	}
	sql(&w, "UPDATE understood SET width = 65 WHERE id = 12 * 256 + %d; UPDATE understood SET width = 65 WHERE id = 20 * 256 + %d",
	    READ_COST, READ_COST);
	for (unsigned threads = 1; threads <= 4; threads++)
		test_damage(&w, threads);
	sql(&w, "DROP TABLE found");
	OK(&tap, run_scan(&none, &w.casefile, 2, true) != STATUS_OK, "a table that is not there: %s", w.casefile.error.text);
	end(&w);
	scratch_leave(folder);
	return tap_done(&tap);
}
