/* SPDX-License-Identifier: Apache-2.0 */
/* The calls, added up in one pass over the segments, on several threads. */
#include "correlate/calls.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pipeline.h"
#include "correlate/tally.h"

/* Segments on their way beside those that a thread has. */
#define ITEMS_MORE 2

/* The pass. */
struct pass {
	struct calls *calls;
	struct segment_fetch fetch;
	struct progress progress;
	uint64_t filled;           /* rows */
	struct tally *tallies;     /* of each thread */
	struct tally_item *items;
	void **places;             /* of the items, for the pipeline */
	unsigned threads;
	size_t item_count;
};

static enum status fill(void *context, void *item)
{
	struct pass *pass = context;
	struct tally_item *to = item;
	const struct calls_given *given = &pass->calls->given;
	enum status status;

	if (observer_interrupted(given->observer))
		return error_set(&given->casefile->error, STATUS_INTERRUPTED,
				 "interrupted; the case is as it was before");
	status = segment_fetch_next(&pass->fetch, &to->raw);
	if (status != STATUS_OK)
		return status;
	to->first_row = pass->filled;
	pass->filled += to->raw.rows;
	return pass->filled < UINT32_MAX
		       ? STATUS_OK
		       : error_set(&given->casefile->error, STATUS_FAILED,
				   "more than 4,294,967,294 rows of calls");
}

static void work(void *context, void *item, unsigned worker)
{
	struct pass *pass = context;

	tally_take(&pass->tallies[worker], item);
}

static enum status tell(const struct calls_given *given, enum trouble trouble,
			int64_t segment)
{
	struct error *error = &given->casefile->error;

	switch (trouble) {
	case TROUBLE_NONE:
		break;
	case TROUBLE_DAMAGED:
		return segment_decode_failed(given->casefile, segment,
					     STATUS_INTEGRITY);
	case TROUBLE_ACCOUNT:
		return error_set(error, STATUS_INTEGRITY,
				 "segment %lld names an account that the case "
				 "has not", (long long)segment);
	case TROUBLE_SHOWN:
		return error_set(error, STATUS_INTEGRITY,
				 "segment %lld shows a text that the case has "
				 "not", (long long)segment);
	case TROUBLE_SPILL:
		return spill_failed(given->spill, error);
	}
	return STATUS_OK;
}

static enum status take(void *context, void *item)
{
	struct pass *pass = context;
	const struct tally_item *from = item;
	const struct calls_given *given = &pass->calls->given;

	pass->calls->calls += from->calls;
	pass->progress.done += from->raw.rows;
	pass->progress.rows = pass->progress.done;
	observer_progress(given->observer, &pass->progress);
	return tell(given, from->trouble, from->raw.id);
}

static bool pass_open(struct pass *pass)
{
	const struct calls_given *given = &pass->calls->given;
	const size_t cells = (size_t)(given->memory / 16 / pass->threads) /
			     CELL_SIZE;

	pass->item_count = pass->threads + ITEMS_MORE;
	pass->tallies = calloc(pass->threads, sizeof(*pass->tallies));
	pass->items = calloc(pass->item_count, sizeof(*pass->items));
	pass->places = memory_array(NULL, pass->item_count, sizeof(*pass->places));
	if (!pass->tallies || !pass->items || !pass->places)
		return false;
	for (size_t i = 0; i < pass->item_count; i++)
		pass->places[i] = &pass->items[i];
	for (unsigned i = 0; i < pass->threads; i++)
		if (!tally_open(&pass->tallies[i], pass->calls, i, cells))
			return false;
	return true;
}

static void pass_close(struct pass *pass)
{
	for (unsigned i = 0; pass->tallies && i < pass->threads; i++)
		tally_close(&pass->tallies[i]);
	for (size_t i = 0; pass->items && i < pass->item_count; i++)
		raw_segment_release(&pass->items[i].raw);
	free(pass->tallies);
	free(pass->items);
	free(pass->places);
	segment_fetch_close(&pass->fetch);
}

static enum status run(struct pass *pass)
{
	const struct pipeline pipeline = {
		.context = pass, .fill = fill, .work = work, .take = take,
	};
	const struct calls_given *given = &pass->calls->given;
	enum status status = pipeline_run(&pipeline, pass->places,
					  pass->item_count, pass->threads);
	bool good = true;

	if (status != STATUS_OK)
		return status;
	for (unsigned i = 0; i < pass->threads && good; i++)
		good = tally_end(&pass->tallies[i]);
	return good && callees_end_cells(&pass->calls->callees)
		       ? STATUS_OK
		       : spill_failed(given->spill, &given->casefile->error);
}

static enum status pass_over(struct calls *calls)
{
	struct casefile *casefile = calls->given.casefile;
	struct pass pass = {
		.calls = calls,
		.progress = { .step = "add up calls" },
		.threads = calls->given.threads,
	};
	int64_t rows = 0;
	enum status status = segment_fetch_open(&pass.fetch, casefile, 0,
						CALLS_WANTED);

	if (status == STATUS_OK)
		status = casefile_integer(casefile,
					  "SELECT sum(rows) FROM segment", 0,
					  &rows);
	pass.progress.total = (uint64_t)rows;
	if (status == STATUS_OK)
		status = pass_open(&pass) ? run(&pass)
					  : error_memory(&casefile->error);
	pass_close(&pass);
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
