/* SPDX-License-Identifier: Apache-2.0 */
/* The calls, added up in one pass over the segments, on several threads. */
#include "correlate/calls/usage_scan.h"

#include <stdlib.h>
#include <string.h>

#include "correlate/calls/call_check.h"
#include "correlate/calls/partition_sample.h"
#include "correlate/calls/call_scan.h"
#include "correlate/calls/usage_worker.h"

/* What long calls may take of the memory, at most (bytes). */
#define LONG_CALLS_MOST (8 << 20)

/* The part of the memory that usages in order are kept in. */
#define USAGES_KEPT 32

/* What the threads add up with. */
struct threads {
	struct usage_worker *workers;
	unsigned count;
};

static void work(void *context, struct call_scan_item *item, unsigned worker)
{
	struct threads *threads = context;

	usage_worker_take(&threads->workers[worker], item);
}

/* Half of the memory is for usages. */
static bool threads_open(struct threads *threads, struct usage_scan *scan)
{
	const size_t usages = (size_t)(scan->given.memory / 2 / threads->count) /
			     USAGE_SIZE;

	threads->workers = calloc(threads->count, sizeof(*threads->workers));
	for (unsigned i = 0; threads->workers && i < threads->count; i++)
		if (!usage_worker_open(&threads->workers[i], scan, usages))
			return false;
	return threads->workers != NULL;
}

static void threads_close(struct threads *threads)
{
	for (unsigned i = 0; threads->workers && i < threads->count; i++)
		usage_worker_close(&threads->workers[i]);
	free(threads->workers);
}

bool usage_scan_order(struct usage_scan *scan, struct usage_table *usages, bool keep)
{
	const struct usage_order_given given = {
		.texts = scan->given.texts,
		.persons = scan->given.persons,
		.usages = &scan->usages,
		.memory = keep ? (size_t)(scan->given.memory / USAGES_KEPT) : 0,
	};
	uint32_t currency;
	bool missing;
	const bool good = usage_table_order(usages, &given, &currency, &missing);

	(void)pthread_mutex_lock(&scan->lock);
	scan->currency = usage_cost_join(scan->currency, currency);
	(void)pthread_mutex_unlock(&scan->lock);
	usage_table_empty(usages);
	return good;
}

/* What the threads have becomes that of the first. */
static bool end_threads(struct usage_scan *scan, struct threads *threads)
{
	struct usage_worker *first = &threads->workers[0];
	bool good = usage_worker_end(first);

	for (unsigned i = 1; i < threads->count && good; i++)
		good = usage_worker_end(&threads->workers[i]) &&
		       usage_worker_join(first, &threads->workers[i]);
	return good && usage_scan_order(scan, &first->usages, true);
}

static enum status run(struct usage_scan *scan, struct threads *threads)
{
	const struct usage_scan_given *given = &scan->given;
	const struct call_scan_given scanned = {
		.casefile = given->casefile,
		.observer = given->observer,
		.step = "add up calls",
		.wanted = USAGE_WANTED,
		.spill = given->spill,
		.threads = threads->count,
		.context = threads,
		.work = work,
	};
	const enum status status = call_scan_run(&scanned, &scan->calls);

	if (status != STATUS_OK)
		return status;
	return end_threads(scan, threads)
		       ? STATUS_OK
		       : spill_failed(given->spill, &given->casefile->error);
}

static enum status pass_over(struct usage_scan *scan)
{
	const struct usage_scan_given *given = &scan->given;
	struct threads threads = { NULL, given->threads };
	const enum status status =
		threads_open(&threads, scan)
			? run(scan, &threads)
			: error_memory(&given->casefile->error);

	threads_close(&threads);
	return status;
}

static enum status part_long_calls(struct usage_scan *scan)
{
	struct casefile *casefile = scan->given.casefile;
	uint64_t *numbers;
	size_t count;
	enum status status =
		partition_sample_read(casefile, scan->long_ms, &numbers, &count);

	if (status == STATUS_OK &&
	    !long_calls_bound(&scan->long_calls, numbers, count))
		status = error_memory(&casefile->error);
	free(numbers);
	return status;
}

enum status usage_scan_run(struct usage_scan *scan, const struct usage_scan_given *given)
{
	const uint64_t share = given->memory / 8;
	enum status status;
	bool opened;

	memset(scan, 0, sizeof(*scan));
	scan->given = *given;
	scan->long_ms = 1000 * given->long_seconds;
	scan->no_call = flags_of_no_call(given->keep_duplicates);
	scan->locks = pthread_mutex_init(&scan->lock, NULL) == 0;
	opened = scan->locks &&
		 sorter_open(&scan->usages, &ordered_usage_kind, given->spill,
			     (size_t)share) &&
		 long_calls_open(&scan->long_calls, given->persons, given->spill,
				 (size_t)(share < LONG_CALLS_MOST ? share
							      : LONG_CALLS_MOST),
				 given->threads);
	status = opened ? part_long_calls(scan)
			: error_memory(&given->casefile->error);
	return status == STATUS_OK ? pass_over(scan) : status;
}

void usage_scan_release_usages(struct usage_scan *scan)
{
	sorter_close(&scan->usages);
}

void usage_scan_close(struct usage_scan *scan)
{
	if (scan->locks)
		(void)pthread_mutex_destroy(&scan->lock);
	scan->locks = false;
	long_calls_close(&scan->long_calls);
	sorter_close(&scan->usages);
}
