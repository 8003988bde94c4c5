/* SPDX-License-Identifier: Apache-2.0 */
/* Marking rows, a segment at a time, on several threads. */
#include "normalise/duplicates/twin_mark.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "casefile/segment/raw_segment.h"
#include "normalise/duplicates/twin.h"

#define WORKERS_MOST 16
#define ITEMS_MORE 2

/* A segment on its way. */
struct mark_item {
	struct raw_segment was, is;
	struct twin_outcome *outcomes;
	size_t count, capacity;
	enum status status;        /* of decoding it */
	bool packed;
};

struct mark_worker {
	struct segment_decoder decoder;
	int64_t *flags, *twins;    /* SEGMENT_ROWS of each */
};

struct mark {
	const struct twin_mark_given *given;
	const struct twin_outcome *next;   /* NULL: there are no more */
	struct segment_fetch fetch;
	struct segment_store store;
	unsigned threads;
	struct mark_item items[WORKERS_MOST + ITEMS_MORE];
	struct mark_worker workers[WORKERS_MOST];
};

static enum status spilled(const struct mark *mark)
{
	return spill_failed(mark->given->outcomes->spill, &mark->given->casefile->error);
}

/* The outcomes of the next segment. */
static enum status gather(struct mark *mark, struct mark_item *item, int64_t segment)
{
	item->count = 0;
	while (mark->next && mark->next->call / SEGMENT_ROWS == segment) {
		void *outcomes = item->outcomes;

		if (!memory_room(&outcomes, &item->capacity, item->count + 1,
				 sizeof(*item->outcomes)))
			return error_memory(&mark->given->casefile->error);
		item->outcomes = outcomes;
		item->outcomes[item->count++] = *mark->next;
		mark->next = parts_next(mark->given->outcomes);
	}
	return parts_broken(mark->given->outcomes) ? spilled(mark) : STATUS_OK;
}

static enum status fill(void *context, void *place)
{
	struct mark *mark = context;
	struct mark_item *item = place;
	int64_t segment;
	enum status status;

	if (!mark->next)
		return STATUS_END;
	segment = mark->next->call / SEGMENT_ROWS;
	status = segment_fetch_seek(&mark->fetch, segment, &item->was);
	if (status == STATUS_END)
		return segment_decode_failed(mark->given->casefile, segment,
					     STATUS_INTEGRITY);
	return status == STATUS_OK ? gather(mark, item, segment) : status;
}

static void set(struct mark_worker *worker, const struct twin_outcome *outcome)
{
	const uint32_t row = (uint32_t)(outcome->call % SEGMENT_ROWS);

	worker->flags[row] |= outcome->duplicate ? CALL_FLAG_DUPLICATE : CALL_FLAG_STANDS;
	worker->twins[row] = (int64_t)outcome->twin;
}

static void work(void *context, void *place, unsigned number)
{
	struct mark_worker *worker = &((struct mark *)context)->workers[number];
	struct mark_item *item = place;
	struct segment segment;

	item->packed = false;
	item->status = segment_decode(&worker->decoder, &item->was, 0,
				      SEGMENT_COLUMN(READ_FLAGS), &segment);
	if (item->status != STATUS_OK)
		return;
	memcpy(worker->flags, segment.understood[READ_FLAGS],
	       segment.rows * sizeof(*worker->flags));
	memset(worker->twins, 0, segment.rows * sizeof(*worker->twins));
	for (size_t i = 0; i < item->count; i++)
		set(worker, &item->outcomes[i]);
	item->packed = segment_pack_twins(&item->is, &item->was, worker->flags,
					  worker->twins);
}

static enum status take(void *context, void *place)
{
	struct mark *mark = context;
	const struct mark_item *item = place;
	struct casefile *casefile = mark->given->casefile;

	if (item->status != STATUS_OK)
		return segment_decode_failed(casefile, item->was.id, item->status);
	if (!item->packed)
		return segment_pack_failed(&item->is, &casefile->error);
	if (observer_interrupted(mark->given->observer))
		return error_set(&casefile->error, STATUS_INTERRUPTED,
				 "interrupted; nothing was changed");
	return segment_store_twins(&mark->store, &item->is);
}

static enum status open_all(struct mark *mark)
{
	struct casefile *casefile = mark->given->casefile;
	enum status status =
		segment_fetch_open(&mark->fetch, casefile, 0, SEGMENT_ALL);

	mark->fetch.alone = true;
	for (unsigned i = 0; i < mark->threads && status == STATUS_OK; i++) {
		struct mark_worker *worker = &mark->workers[i];

		worker->flags = memory_array(NULL, SEGMENT_ROWS, sizeof(*worker->flags));
		worker->twins = memory_array(NULL, SEGMENT_ROWS, sizeof(*worker->twins));
		if (!worker->flags || !worker->twins)
			status = error_memory(&casefile->error);
	}
	if (status == STATUS_OK)
		status = segment_store_open(&mark->store, casefile, true);
	if (status != STATUS_OK)
		return status;
	if (!parts_begin(mark->given->outcomes))
		return spilled(mark);
	mark->next = parts_next(mark->given->outcomes);
	return parts_broken(mark->given->outcomes) ? spilled(mark) : STATUS_OK;
}

static void close_all(struct mark *mark)
{
	segment_fetch_close(&mark->fetch);
	segment_store_close(&mark->store);
	for (size_t i = 0; i < WORKERS_MOST + ITEMS_MORE; i++) {
		raw_segment_release(&mark->items[i].was);
		raw_segment_release(&mark->items[i].is);
		free(mark->items[i].outcomes);
	}
	for (unsigned i = 0; i < WORKERS_MOST; i++) {
		segment_decoder_release(&mark->workers[i].decoder);
		free(mark->workers[i].flags);
		free(mark->workers[i].twins);
	}
	free(mark);
}

enum status twin_mark_run(const struct twin_mark_given *given)
{
	struct mark *mark = calloc(1, sizeof(*mark));
	const struct pipeline pipeline = { mark, fill, work, NULL, NULL, take };
	void *items[WORKERS_MOST + ITEMS_MORE];
	enum status status;

	if (!mark)
		return error_memory(&given->casefile->error);
	mark->given = given;
	mark->threads = given->threads < WORKERS_MOST ? (unsigned)given->threads
						      : WORKERS_MOST;
	for (size_t i = 0; i < WORKERS_MOST + ITEMS_MORE; i++)
		items[i] = &mark->items[i];
	status = open_all(mark);
	if (status == STATUS_OK)
		status = pipeline_run(&pipeline, items, mark->threads + ITEMS_MORE,
				      mark->threads);
	close_all(mark);
	return status;
}
