/* SPDX-License-Identifier: Apache-2.0 */
/* The calls, added up in one pass over the segments, on several threads. */
#include "correlate/calls/usage_scan.h"

#include <stdlib.h>
#include <string.h>

#include "correlate/calls/partition_sample.h"
#include "correlate/calls/pass.h"
#include "correlate/calls/usage_worker.h"

/* What contacts may take of the memory, at most (bytes). */
#define CONTACTS_MOST (8 << 20)

/* What the threads add up with. */
struct threads {
	struct tally *tallies;
	unsigned count;
};

static void work(void *context, struct pass_item *item, unsigned worker)
{
	struct threads *threads = context;

	tally_take(&threads->tallies[worker], item);
}

/* Half of the memory is for cells. */
static bool threads_open(struct threads *threads, struct calls *calls)
{
	const size_t cells = (size_t)(calls->given.memory / 2 / threads->count) /
			     CELL_SIZE;

	threads->tallies = calloc(threads->count, sizeof(*threads->tallies));
	for (unsigned i = 0; threads->tallies && i < threads->count; i++)
		if (!tally_open(&threads->tallies[i], calls, cells))
			return false;
	return threads->tallies != NULL;
}

static void threads_close(struct threads *threads)
{
	for (unsigned i = 0; threads->tallies && i < threads->count; i++)
		tally_close(&threads->tallies[i]);
	free(threads->tallies);
}

bool calls_order_cells(struct calls *calls, struct cells *cells, bool keep)
{
	const size_t count = cells->count - 1;
	struct ordered_cell *ordered;
	bool missing, good;

	ordered = cells_order(cells, calls->given.showings, calls->given.people,
			      &missing);
	cells_empty(cells);
	if (ordered && keep)
		return sorter_keep(&calls->cells, ordered, count);
	good = ordered && sorter_spill(&calls->cells, ordered, count);
	free(ordered);
	return good;
}

/* What the threads have becomes that of the first. */
static bool end_threads(struct calls *calls, struct threads *threads)
{
	struct tally *first = &threads->tallies[0];
	bool good = tally_end(first);

	for (unsigned i = 1; i < threads->count && good; i++)
		good = tally_end(&threads->tallies[i]) &&
		       tally_join(first, &threads->tallies[i]);
	return good && calls_order_cells(calls, &first->cells, true);
}

static enum status run(struct calls *calls, struct threads *threads)
{
	const struct calls_given *given = &calls->given;
	const struct pass_given pass = {
		.casefile = given->casefile,
		.observer = given->observer,
		.step = "add up calls",
		.wanted = CALLS_WANTED,
		.spill = given->spill,
		.threads = threads->count,
		.context = threads,
		.work = work,
	};
	const enum status status = pass_run(&pass, &calls->calls);

	if (status != STATUS_OK)
		return status;
	return end_threads(calls, threads)
		       ? STATUS_OK
		       : spill_failed(given->spill, &given->casefile->error);
}

static enum status pass_over(struct calls *calls)
{
	const struct calls_given *given = &calls->given;
	struct threads threads = { NULL, given->threads };
	const enum status status =
		threads_open(&threads, calls)
			? run(calls, &threads)
			: error_memory(&given->casefile->error);

	threads_close(&threads);
	return status;
}

static enum status part_contacts(struct calls *calls)
{
	struct casefile *casefile = calls->given.casefile;
	uint64_t *numbers;
	size_t count;
	enum status status =
		sample_numbers(casefile, calls->long_ms, &numbers, &count);

	if (status == STATUS_OK &&
	    !contacts_bound(&calls->contacts, numbers, count))
		status = error_memory(&casefile->error);
	free(numbers);
	return status;
}

enum status calls_gather(struct calls *calls, const struct calls_given *given)
{
	const uint64_t share = given->memory / 8;
	enum status status;
	bool opened;

	memset(calls, 0, sizeof(*calls));
	calls->given = *given;
	calls->long_ms = 1000 * given->long_seconds;
	calls->locks = pthread_mutex_init(&calls->lock, NULL) == 0;
	opened = calls->locks &&
		 sorter_open(&calls->cells, &ordered_cell_kind, given->spill,
			     (size_t)share) &&
		 contacts_open(&calls->contacts, given->people, given->spill,
			       (size_t)(share < CONTACTS_MOST ? share
							      : CONTACTS_MOST),
			       given->threads);
	status = opened ? part_contacts(calls)
			: error_memory(&given->casefile->error);
	return status == STATUS_OK ? pass_over(calls) : status;
}

void calls_close(struct calls *calls)
{
	if (calls->locks)
		(void)pthread_mutex_destroy(&calls->lock);
	calls->locks = false;
	contacts_close(&calls->contacts);
	sorter_close(&calls->cells);
}
