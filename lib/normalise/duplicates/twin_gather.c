/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that may be one call, read a segment at a time, on several threads. */
#include "normalise/calls/call_absent.h"
#include "normalise/duplicates/twin_gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "casefile/segment/raw_segment.h"
#include "normalise/duplicates/twin_row.h"

#define ITEMS_MORE 2

/* A segment on its way. */
struct gather_item {
	struct raw_segment raw;
	const struct twin_span *span;
	struct twin_row *rows;
	size_t count, capacity;
	enum status status;        /* of decoding it */
	bool spilled;              /* see spill_failed() */
};

struct twin_gather {
	const struct twin_gather_given *given;
	struct parts *twins;          /* borrowed */
	const struct twin_row *next;  /* NULL: there are no more */
	size_t place;                  /* among the spans */
	struct segment_fetch fetch;
	unsigned threads;
	struct segment_decoder decoders[TWIN_WORKERS];
	struct call_absent absents[TWIN_WORKERS];   /* those in use are open */
	struct twin_meaning meanings[TWIN_WORKERS];
	struct gather_item items[TWIN_WORKERS + ITEMS_MORE];
};

static enum status spilled(const struct twin_gather *gather)
{
	return spill_failed(gather->given->rows->spill, &gather->given->casefile->error);
}

/* The rows of the next segment. */
static enum status take_rows(struct twin_gather *gather, struct gather_item *item)
{
	item->count = 0;
	while (gather->next && gather->next->call / SEGMENT_ROWS == item->span->segment) {
		void *rows = item->rows;

		if (!memory_room(&rows, &item->capacity, item->count + 1, sizeof(*item->rows)))
			return error_memory(&gather->given->casefile->error);
		item->rows = rows;
		item->rows[item->count++] = *gather->next;
		gather->next = parts_next(gather->given->rows);
	}
	return parts_broken(gather->given->rows) ? spilled(gather) : STATUS_OK;
}

static enum status fill(void *context, void *place)
{
	struct twin_gather *gather = context;
	const struct twin_span *spans = gather->given->spans->items;
	struct gather_item *item = place;
	enum status status;

	if (!gather->next)
		return STATUS_END;
	while (spans[gather->place].segment != gather->next->call / SEGMENT_ROWS)
		gather->place++;
	item->span = &spans[gather->place];
	item->spilled = false;
	status = segment_fetch_seek(&gather->fetch, item->span->segment, &item->raw);
	if (status == STATUS_END)
		return segment_decode_failed(gather->given->casefile, item->span->segment,
					     STATUS_INTEGRITY);
	return status == STATUS_OK ? take_rows(gather, item) : status;
}

static void work(void *context, void *place, unsigned number)
{
	struct twin_gather *gather = context;
	struct gather_item *item = place;
	const struct twin_gather_given *given = gather->given;
	const struct source_sense *source = &given->sources->items[item->span->source];
	struct call_absent *absent = &gather->absents[number];
	struct twin_meaning *meaning = &gather->meanings[number];
	struct segment segment;

	item->status = segment_decode(&gather->decoders[number], &item->raw,
				      item->span->bare ? TWIN_BARE_ROW_FOUND
						       : TWIN_ROW_FOUND,
				      TWIN_ROW_READ, &segment);
	twin_meaning_of(meaning, source);
	call_absent_of(absent, source->absents);
	(void)call_absent_begin(absent, &item->raw);
	if (item->status == STATUS_OK && !call_absent_hide(absent, &segment))
		item->status = STATUS_FAILED;
	for (size_t i = 0; i < item->count && item->status == STATUS_OK && !item->spilled;
	     i++) {
		const struct twin_row *row = &item->rows[i];
		const struct twin twin = twin_row_read(
			given->keys, meaning, &segment, item->span,
			(uint32_t)(row->call % SEGMENT_ROWS), row->key);

		item->spilled = !parts_put(gather->twins, number, &twin);
	}
}

static enum status take(void *context, void *place)
{
	const struct twin_gather *gather = context;
	const struct gather_item *item = place;
	struct casefile *casefile = gather->given->casefile;

	if (item->status != STATUS_OK)
		return segment_decode_failed(casefile, item->raw.id, item->status);
	if (item->spilled)
		return spilled(gather);
	return observer_interrupted(gather->given->observer)
		       ? error_set(&casefile->error, STATUS_INTERRUPTED,
				   "interrupted; nothing was changed")
		       : STATUS_OK;
}

/* The columns of rows with ids, and, if there are such, of others. */
static uint64_t found_wanted(const struct twin_spans *spans)
{
	for (size_t i = 0; i < spans->count; i++)
		if (spans->items[i].bare)
			return TWIN_BARE_ROW_FOUND;
	return TWIN_ROW_FOUND;
}

static enum status run(struct twin_gather *gather)
{
	const struct pipeline pipeline = { gather, fill, work, NULL, NULL, take };
	void *items[TWIN_WORKERS + ITEMS_MORE];
	enum status status = segment_fetch_open(&gather->fetch, gather->given->casefile,
						found_wanted(gather->given->spans),
						TWIN_ROW_READ);

	for (size_t i = 0; i < TWIN_WORKERS + ITEMS_MORE; i++)
		items[i] = &gather->items[i];
	for (unsigned i = 0; i < gather->threads && status == STATUS_OK; i++) {
		gather->meanings[i].forms = gather->given->keys->meanings;
		gather->meanings[i].secret = gather->given->keys->secret;
		if (!call_absent_open(&gather->absents[i], gather->given->keys->meanings))
			status = error_memory(&gather->given->casefile->error);
	}
	if (status == STATUS_OK && !parts_begin(gather->given->rows))
		status = spilled(gather);
	if (status != STATUS_OK)
		return status;
	gather->next = parts_next(gather->given->rows);
	if (parts_broken(gather->given->rows))
		return spilled(gather);
	return pipeline_run(&pipeline, items, gather->threads + ITEMS_MORE, gather->threads);
}

enum status twin_gather_run(const struct twin_gather_given *given, struct parts *twins)
{
	struct twin_gather *gather = calloc(1, sizeof(*gather));
	enum status status;

	if (!gather)
		return error_memory(&given->casefile->error);
	gather->given = given;
	gather->threads = given->threads < TWIN_WORKERS ? (unsigned)given->threads
							: TWIN_WORKERS;
	gather->twins = twins;
	status = run(gather);
	segment_fetch_close(&gather->fetch);
	for (size_t i = 0; i < TWIN_WORKERS + ITEMS_MORE; i++) {
		raw_segment_release(&gather->items[i].raw);
		free(gather->items[i].rows);
	}
	for (unsigned i = 0; i < TWIN_WORKERS; i++) {
		segment_decoder_release(&gather->decoders[i]);
		call_absent_release(&gather->absents[i]);
	}
	free(gather);
	return status;
}
