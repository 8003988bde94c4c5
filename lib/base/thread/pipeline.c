/* SPDX-License-Identifier: Apache-2.0 */
/* Items on their way through several threads, and out again in order. */
#include "base/thread/pipeline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/thread/thread.h"

/* Items are numbered from 0 as they are filled. Those below `taken` are free
 * again, those below `begun` a worker has or had. */
struct run {
	const struct pipeline *pipeline;
	void *const *items;
	size_t count;
	bool loose;                 /* whoever comes merges */
	pthread_mutex_t lock;       /* of what follows */
	pthread_cond_t more;        /* to begin or, where it is loose, to merge;
				     * or stopping */
	pthread_cond_t merged_more;
	pthread_cond_t done_more;
	uint64_t filled, begun, merged, taken;
	/* Bit n % 64: item n, not yet merged, waits for it; not yet taken, is
	 * done. */
	uint64_t waiting, done;
	bool merging;               /* some item, where it is loose */
	bool stopping;
};

/* A thread of a run. */
struct worker {
	struct run *run;
	unsigned number;
	pthread_t thread;
};

/* Items at a time, so that each has a bit in `done`. */
#define ITEMS_MOST 64

static void *item_of(const struct run *run, uint64_t number)
{
	return run->items[number % run->count];
}

/* All between filling and taking, with nobody else at work. */
static void work_alone(const struct pipeline *pipeline, void *item)
{
	pipeline->work(pipeline->context, item, 0);
	if (pipeline->merge)
		pipeline->merge(pipeline->context, item, 0);
	if (pipeline->finish)
		pipeline->finish(pipeline->context, item, 0);
}

static enum status run_alone(const struct pipeline *pipeline, void *item)
{
	enum status status = pipeline->fill(pipeline->context, item);

	while (status == STATUS_OK) {
		work_alone(pipeline, item);
		status = pipeline->take(pipeline->context, item);
		if (status == STATUS_OK)
			status = pipeline->fill(pipeline->context, item);
	}
	return status == STATUS_END ? STATUS_OK : status;
}

static uint64_t bit_of(uint64_t number)
{
	return UINT64_C(1) << number % ITEMS_MOST;
}

/* What a worker does next. */
struct task {
	uint64_t number;
	bool merge;                 /* it was worked on */
};

/* Under the lock. What can be merged comes first, for others wait for it. */
static bool find_task(struct run *run, struct task *task)
{
	task->merge = !run->merging && (run->waiting & bit_of(run->merged));
	if (task->merge) {
		run->merging = true;
		run->waiting &= ~bit_of(run->merged);
		task->number = run->merged;
	} else if (run->begun < run->filled) {
		task->number = run->begun++;
	} else {
		return false;
	}
	return true;
}

/* Waits for something to do; false: there is none to come. */
static bool begin_task(struct run *run, struct task *task)
{
	bool found = false;

	(void)pthread_mutex_lock(&run->lock);
	while (!run->stopping && !(found = find_task(run, task)))
		(void)pthread_cond_wait(&run->more, &run->lock);
	(void)pthread_mutex_unlock(&run->lock);
	return found;
}

/* Items are begun in order, so that those before this one come to be merged
 * whatever happens. */
static void await_turn(struct run *run, uint64_t number)
{
	(void)pthread_mutex_lock(&run->lock);
	while (run->merged != number)
		(void)pthread_cond_wait(&run->merged_more, &run->lock);
	(void)pthread_mutex_unlock(&run->lock);
}

static void merge_item(struct run *run, uint64_t number, unsigned worker)
{
	const struct pipeline *pipeline = run->pipeline;

	pipeline->merge(pipeline->context, item_of(run, number), worker);
	(void)pthread_mutex_lock(&run->lock);
	run->merged++;
	run->merging = false;
	if (!run->loose)
		(void)pthread_cond_broadcast(&run->merged_more);
	else if (run->waiting & bit_of(run->merged))
		(void)pthread_cond_signal(&run->more);
	(void)pthread_mutex_unlock(&run->lock);
}

/* Leaves an item to be merged when its turn comes. */
static void leave_item(struct run *run, uint64_t number)
{
	(void)pthread_mutex_lock(&run->lock);
	run->waiting |= bit_of(number);
	(void)pthread_mutex_unlock(&run->lock);
}

static void end_item(struct run *run, uint64_t number)
{
	(void)pthread_mutex_lock(&run->lock);
	run->done |= bit_of(number);
	if (number == run->taken)
		(void)pthread_cond_signal(&run->done_more);
	(void)pthread_mutex_unlock(&run->lock);
}

static void do_task(struct run *run, const struct task *task, unsigned worker)
{
	const struct pipeline *pipeline = run->pipeline;
	void *item = item_of(run, task->number);

	if (!task->merge)
		pipeline->work(pipeline->context, item, worker);
	if (!task->merge && pipeline->merge && run->loose) {
		leave_item(run, task->number);
		return;
	}
	if (!task->merge && pipeline->merge)
		await_turn(run, task->number);
	if (pipeline->merge)
		merge_item(run, task->number, worker);
	if (pipeline->finish)
		pipeline->finish(pipeline->context, item, worker);
	end_item(run, task->number);
}

static void *work(void *context)
{
	const struct worker *worker = context;
	struct task task;

	while (begin_task(worker->run, &task))
		do_task(worker->run, &task, worker->number);
	return NULL;
}

static enum status fill_next(struct run *run)
{
	const struct pipeline *pipeline = run->pipeline;
	enum status status = pipeline->fill(pipeline->context,
					    item_of(run, run->filled));

	if (status != STATUS_OK)
		return status;
	(void)pthread_mutex_lock(&run->lock);
	run->filled++;
	(void)pthread_cond_signal(&run->more);
	(void)pthread_mutex_unlock(&run->lock);
	return STATUS_OK;
}

/* Whether the next item to be taken is done; if told to, waits until it is. */
static bool is_done(struct run *run, bool wait)
{
	const uint64_t bit = bit_of(run->taken);
	bool done;

	(void)pthread_mutex_lock(&run->lock);
	while (wait && !(run->done & bit))
		(void)pthread_cond_wait(&run->done_more, &run->lock);
	done = (run->done & bit) != 0;
	(void)pthread_mutex_unlock(&run->lock);
	return done;
}

static enum status take_next(struct run *run)
{
	const struct pipeline *pipeline = run->pipeline;
	enum status status = pipeline->take(pipeline->context,
					    item_of(run, run->taken));

	(void)pthread_mutex_lock(&run->lock);
	run->done &= ~bit_of(run->taken);
	run->taken++;
	(void)pthread_mutex_unlock(&run->lock);
	return status;
}

/* Keeps the workers busy first, and takes what they have done. */
static enum status drive(struct run *run)
{
	enum status filling = STATUS_OK;
	enum status status = STATUS_OK;

	while (status == STATUS_OK) {
		const bool full = run->filled - run->taken == run->count;

		if (run->filled > run->taken &&
		    is_done(run, full || filling != STATUS_OK))
			status = take_next(run);
		else if (filling == STATUS_OK)
			filling = fill_next(run);
		else
			break;
	}
	if (status == STATUS_OK)
		status = filling;
	return status == STATUS_END ? STATUS_OK : status;
}

static bool prepare(struct run *run)
{
	if (pthread_mutex_init(&run->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&run->more, NULL) == 0) {
		if (pthread_cond_init(&run->merged_more, NULL) == 0) {
			if (pthread_cond_init(&run->done_more, NULL) == 0)
				return true;
			(void)pthread_cond_destroy(&run->merged_more);
		}
		(void)pthread_cond_destroy(&run->more);
	}
	(void)pthread_mutex_destroy(&run->lock);
	return false;
}

static void stop(struct run *run, const struct worker *workers, unsigned started)
{
	(void)pthread_mutex_lock(&run->lock);
	run->stopping = true;
	(void)pthread_cond_broadcast(&run->more);
	(void)pthread_mutex_unlock(&run->lock);
	for (unsigned i = 0; i < started; i++)
		(void)pthread_join(workers[i].thread, NULL);
	(void)pthread_cond_destroy(&run->done_more);
	(void)pthread_cond_destroy(&run->merged_more);
	(void)pthread_cond_destroy(&run->more);
	(void)pthread_mutex_destroy(&run->lock);
}

static enum status run_all(struct run *run, unsigned threads)
{
	struct worker workers[PIPELINE_WORKERS];
	unsigned started = 0;
	enum status status;

	if (run->count > ITEMS_MOST)
		run->count = ITEMS_MOST;
	if (threads < 2 || !prepare(run))
		return run_alone(run->pipeline, run->items[0]);
	for (; started < threads && started < PIPELINE_WORKERS; started++) {
		workers[started].run = run;
		workers[started].number = started;
		if (!thread_start(&workers[started].thread, work,
				  &workers[started]))
			break;
	}
	status = started ? drive(run) : run_alone(run->pipeline, run->items[0]);
	stop(run, workers, started);
	return status;
}

enum status pipeline_run(const struct pipeline *pipeline, void *const *items,
			 size_t count, unsigned threads)
{
	struct run run = { .pipeline = pipeline, .items = items, .count = count };

	return run_all(&run, threads);
}

enum status pipeline_run_loose(const struct pipeline *pipeline,
			       void *const *items, size_t count, unsigned threads)
{
	struct run run = { .pipeline = pipeline, .items = items, .count = count,
			   .loose = true };

	return run_all(&run, threads);
}
