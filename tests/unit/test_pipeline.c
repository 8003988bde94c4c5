/* SPDX-License-Identifier: Apache-2.0 */
/* Items through a pipeline: every step once, merging and taking in order, on however many threads, and whatever fails when. */
#include <stdint.h>
#include <stdlib.h>

#include "base/thread/pipeline.h"
#include "tap.h"

#define ITEMS 8
#define NEVER UINT64_MAX

struct item {
	uint64_t number, worked, merged, finished;
	unsigned worker;           /* who worked on it */
};

/* What the steps see; a step that runs when it should not makes it wrong. Merging and taking may be at different items at once. */
struct course {
	uint64_t count;            /* items there are */
	uint64_t fill_fails, take_fails;
	uint64_t filled, merged, taken;
	uint64_t sum;
	bool merged_wrong, taken_wrong;
	bool loose;                /* another worker may merge it */
	unsigned workers;
};

static enum status fill(void *context, void *place)
{
	struct course *course = context;
	struct item *item = place;

	if (course->filled == course->fill_fails)
		return STATUS_FAILED;
	if (course->filled == course->count)
		return STATUS_END;
	*item = (struct item){ .number = course->filled++ };
	return STATUS_OK;
}

/* Takes longer for some than for others. */
static void work(void *context, void *place, unsigned worker)
{
	struct course *course = context;
	struct item *item = place;
	volatile uint64_t rounds = (item->number * 7919) % 5000;

	while (rounds > 0)
		rounds = rounds - 1;
	item->worked = worker < course->workers ? item->number + 1 : 0;
	item->worker = worker;
}

static void merge(void *context, void *place, unsigned worker)
{
	struct course *course = context;
	struct item *item = place;

	course->merged_wrong = course->merged_wrong || item->number != course->merged || item->worked != item->number + 1 || worker >= course->workers ||
			       (!course->loose && worker != item->worker);
	course->sum = course->sum * 31 + item->number;
	item->merged = ++course->merged;
}

static void finish(void *context, void *place, unsigned worker)
{
	struct item *item = place;

	(void)context;
	(void)worker;
	item->finished = item->merged;
}

static enum status take(void *context, void *place)
{
	struct course *course = context;
	const struct item *item = place;

	course->taken_wrong = course->taken_wrong || item->number != course->taken || item->finished != item->number + 1;
	if (course->taken++ == course->take_fails)
		return STATUS_INTERRUPTED;
	return STATUS_OK;
}

static bool in_order(const struct course *course)
{
	return !course->merged_wrong && !course->taken_wrong;
}

typedef enum status run_pipeline(const struct pipeline *pipeline, void *const *items, size_t count, unsigned threads);

static enum status run(struct course *course, size_t items, unsigned threads, run_pipeline *how)
{
	struct pipeline pipeline = { course, fill, work, merge, finish, take };
	struct item room[ITEMS];
	void *places[ITEMS];

	for (size_t i = 0; i < ITEMS; i++)
		places[i] = &room[i];
	course->workers = threads;
	course->loose = how == pipeline_run_loose;
	return how(&pipeline, places, items, threads);
}

static void test_order(struct tap *tap, run_pipeline *how)
{
	static const unsigned threads[] = { 1, 2, 3, 7 };
	uint64_t sum = 0;

	for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
		for (size_t items = 1; items <= ITEMS; items++) {
			struct course course = { .count = 300, .fill_fails = NEVER, .take_fails = NEVER };
			enum status status = run(&course, items, threads[t], how);

			sum = t || items > 1 ? sum : course.sum;
			OK(tap, status == STATUS_OK && in_order(&course) && course.taken == 300 && course.merged == 300 && course.sum == sum,
			   "%u threads, %zu items at a time", threads[t], items);
		}
	}
}

static void test_ends(struct tap *tap, run_pipeline *how)
{
	for (unsigned threads = 1; threads <= 4; threads += 3) {
		struct course none = { .fill_fails = NEVER, .take_fails = NEVER };
		struct course first = { .count = 50, .fill_fails = 0, .take_fails = NEVER };
		struct course later = { .count = 50, .fill_fails = 20, .take_fails = NEVER };
		struct course taking = { .count = 50, .fill_fails = NEVER, .take_fails = 20 };

		OK(tap, run(&none, ITEMS, threads, how) == STATUS_OK && none.taken == 0, "%u threads: nothing to do", threads);
		OK(tap, run(&first, ITEMS, threads, how) == STATUS_FAILED && first.taken == 0, "the first cannot be filled");
		OK(tap, run(&later, ITEMS, threads, how) == STATUS_FAILED && later.taken == 20 && in_order(&later), "those before one that cannot be are taken");
		OK(tap, run(&taking, ITEMS, threads, how) == STATUS_INTERRUPTED && taking.taken == 21 && in_order(&taking), "none is taken after one that fails");
	}
}

/* Steps that may be left out. */
static void test_bare(struct tap *tap, run_pipeline *how)
{
	for (unsigned threads = 1; threads <= 4; threads += 3) {
		struct course course = { .count = 40, .fill_fails = NEVER, .take_fails = NEVER, .workers = threads };
		struct pipeline pipeline = { &course, fill, work, NULL, NULL, take };
		struct item room[2];
		void *places[2] = { &room[0], &room[1] };

		OK(tap, how(&pipeline, places, 2, threads) == STATUS_OK && course.taken == 40, "%u threads: no merging", threads);
	}
}

int main(void)
{
	struct tap tap = { 0 };

	for (int loose = 0; loose < 2; loose++) {
		run_pipeline *how = loose ? pipeline_run_loose : pipeline_run;

		test_order(&tap, how);
		test_ends(&tap, how);
		test_bare(&tap, how);
	}
	return tap_done(&tap);
}
