/* SPDX-License-Identifier: Apache-2.0 */
/* The calls, added up in one pass over the segments, on several threads. */
#include "correlate/calls.h"

#include <stdlib.h>
#include <string.h>

#include "correlate/pass.h"
#include "correlate/tally.h"

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

static bool threads_open(struct threads *threads, struct calls *calls)
{
	const size_t cells = (size_t)(calls->given.memory / 16 / threads->count) /
			     CELL_SIZE;

	threads->tallies = calloc(threads->count, sizeof(*threads->tallies));
	for (unsigned i = 0; threads->tallies && i < threads->count; i++)
		if (!tally_open(&threads->tallies[i], calls, i, cells))
			return false;
	return threads->tallies != NULL;
}

static void threads_close(struct threads *threads)
{
	for (unsigned i = 0; threads->tallies && i < threads->count; i++)
		tally_close(&threads->tallies[i]);
	free(threads->tallies);
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
	enum status status = pass_run(&pass, &calls->calls);
	bool good = true;

	if (status != STATUS_OK)
		return status;
	for (unsigned i = 0; i < threads->count && good; i++)
		good = tally_end(&threads->tallies[i]);
	return good && callees_end_cells(&calls->callees)
		       ? STATUS_OK
		       : spill_failed(given->spill, &given->casefile->error);
}

static enum status pass_over(struct calls *calls)
{
	struct threads threads = { NULL, calls->given.threads };
	const enum status status =
		threads_open(&threads, calls)
			? run(calls, &threads)
			: error_memory(&calls->given.casefile->error);

	threads_close(&threads);
	return status;
}

enum status calls_gather(struct calls *calls, const struct calls_given *given)
{
	bool opened;

	memset(calls, 0, sizeof(*calls));
	calls->given = *given;
	calls->long_ms = 1000 * given->long_seconds;
	calls->locks = pthread_mutex_init(&calls->lock, NULL) == 0;
	opened = calls->locks &&
		 sorter_open(&calls->cells, &ordered_cell_kind, given->spill,
			     (size_t)(given->memory / 8)) &&
		 callees_open(&calls->callees, given->people,
			      given->showings, &calls->cells,
			      (size_t)(given->memory / 16 * 13),
			      (size_t)(given->memory / 8 / given->threads));
	return opened ? pass_over(calls) : error_memory(&given->casefile->error);
}

void calls_close(struct calls *calls)
{
	if (calls->locks)
		(void)pthread_mutex_destroy(&calls->lock);
	calls->locks = false;
	sorter_close(&calls->cells);
	callees_close(&calls->callees);
}
