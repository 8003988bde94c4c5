/* SPDX-License-Identifier: Apache-2.0 */
/* The segments, one after another, to several threads. */
#include "correlate/calls/pass.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "casefile/sql.h"

/* Segments on their way beside those that a thread has. */
#define ITEMS_MORE 2

struct pass {
	const struct pass_given *given;
	struct segment_fetch fetch;
	struct progress progress;
	uint64_t filled;           /* rows */
	uint64_t *calls;
	struct pass_item *items;
	void **places;             /* of the items, for the pipeline */
	size_t item_count;
};

static enum status fill(void *context, void *item)
{
	struct pass *pass = context;
	struct pass_item *to = item;
	struct error *error = &pass->given->casefile->error;
	enum status status;

	if (observer_interrupted(pass->given->observer))
		return error_set(error, STATUS_INTERRUPTED,
				 "interrupted; the case is as it was before");
	status = segment_fetch_next(&pass->fetch, &to->raw);
	if (status != STATUS_OK)
		return status;
	to->first_row = pass->filled;
	pass->filled += to->raw.rows;
	return pass->filled < UINT32_MAX
		       ? STATUS_OK
		       : error_set(error, STATUS_FAILED,
				   "more than 4,294,967,294 rows of calls");
}

static void work(void *context, void *item, unsigned worker)
{
	const struct pass *pass = context;
	struct pass_item *to = item;

	to->calls = 0;
	to->trouble = TROUBLE_NONE;
	pass->given->work(pass->given->context, to, worker);
}

static enum status tell(const struct pass_given *given, enum trouble trouble,
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
		return given->spill ? spill_failed(given->spill, error)
				    : error_memory(error);
	}
	return STATUS_OK;
}

static enum status take(void *context, void *item)
{
	struct pass *pass = context;
	const struct pass_item *from = item;

	*pass->calls += from->calls;
	pass->progress.done += from->raw.rows;
	pass->progress.rows = pass->progress.done;
	observer_progress(pass->given->observer, &pass->progress);
	return tell(pass->given, from->trouble, from->raw.id);
}

static bool open_items(struct pass *pass)
{
	pass->item_count = pass->given->threads + ITEMS_MORE;
	pass->items = calloc(pass->item_count, sizeof(*pass->items));
	pass->places = memory_array(NULL, pass->item_count, sizeof(*pass->places));
	if (!pass->items || !pass->places)
		return false;
	for (size_t i = 0; i < pass->item_count; i++)
		pass->places[i] = &pass->items[i];
	return true;
}

static void release(struct pass *pass)
{
	for (size_t i = 0; pass->items && i < pass->item_count; i++)
		raw_segment_release(&pass->items[i].raw);
	free(pass->items);
	free(pass->places);
	segment_fetch_close(&pass->fetch);
}

enum status pass_run(const struct pass_given *given, uint64_t *calls)
{
	struct pass pass = {
		.given = given,
		.progress = { .step = given->step },
		.calls = calls,
	};
	const struct pipeline pipeline = {
		.context = &pass, .fill = fill, .work = work, .take = take,
	};
	int64_t rows = 0;
	enum status status = segment_fetch_open(&pass.fetch, given->casefile, 0,
						given->wanted);

	*calls = 0;
	if (status == STATUS_OK)
		status = casefile_integer(given->casefile,
					  "SELECT sum(rows) FROM segment", 0,
					  &rows);
	pass.progress.total = (uint64_t)rows * (given->passes ? given->passes : 1);
	pass.progress.done = (uint64_t)rows * given->passed;
	if (status == STATUS_OK && !open_items(&pass))
		status = error_memory(&given->casefile->error);
	if (status == STATUS_OK)
		status = pipeline_run(&pipeline, pass.places, pass.item_count,
				      given->threads);
	release(&pass);
	return status;
}
