/* SPDX-License-Identifier: Apache-2.0 */
/* Calls understood: segments fetched, handed to threads, and stored in order. */
#include "normalise/calls/calls.h"

#include <stdlib.h>
#include <string.h>

#include "base/thread/pipeline.h"
#include "casefile/sql.h"
#include "normalise/absences.h"
#include "normalise/cost/cost_tell.h"

/* More would wait for the thread that reads and writes the case. */
#define WORKERS_MOST 16
/* Segments waiting for a worker or to be stored. */
#define ITEMS_MORE 2

#define PLACE_NEEDS \
	(SEGMENT_COLUMN(FOUND_LINE) | SEGMENT_COLUMN(FOUND_OFFSET) | \
	 SEGMENT_COLUMN(FOUND_LENGTH) | SEGMENT_COLUMN(FOUND_MEMBER) | \
	 SEGMENT_COLUMN(FOUND_HEAP) | SEGMENT_ROLE(CALL_STARTED))

/* The whole of it, on the caller's thread. */
struct calls {
	const struct calls_given *given;
	uint64_t count;                  /* understood */
	struct segment_fetch fetch;
	struct segment_store store;
	sqlite3_stmt *filters;           /* where they are put */
	struct segment_reader places;    /* of rows that are set aside */
	bool places_open;
	struct source_sense *source;     /* of the segment fetched last */
	struct legs *legs;               /* by place of the source */
	uint64_t ordinal;
	struct call_item items[WORKERS_MOST + ITEMS_MORE];
	struct call_worker workers[WORKERS_MOST];
	unsigned worker_count;
	struct progress progress;
};

/* ---- fetching ---- */

/* Legs are let go with the last segment of their source. */
static void let_go(const struct calls *calls, struct legs *legs)
{
	if (legs && legs->segments == 0 &&
	    (!calls->source ||
	     legs != &calls->legs[calls->source - calls->given->sources->items]))
		legs_release(legs);
}

static enum status change_source(struct calls *calls, struct source_sense *source)
{
	const struct source_sense *last = calls->source;
	struct legs *legs = &calls->legs[source - calls->given->sources->items];

	calls->source = source;
	calls->ordinal = 0;
	if (last)
		let_go(calls, &calls->legs[last - calls->given->sources->items]);
	if (!source->legs || legs->words)
		return STATUS_OK;
	return legs_find(legs, &(struct legs_given){ calls->given->casefile,
						    calls->given->observer,
						    calls->given->sense.meanings,
						    source });
}

/* Rows of one source are numbered through all its segments. */
static enum status fill(void *context, void *place)
{
	struct calls *calls = context;
	const struct calls_given *given = calls->given;
	struct call_item *item = place;
	enum status status = segment_fetch_next(&calls->fetch, &item->found);

	if (status != STATUS_OK)
		return status;
	item->source = source_sense_of(given->sources, item->found.source);
	if (!item->source)
		return error_set(&given->casefile->error, STATUS_INTEGRITY,
				 "segment %lld names a source that is not there",
				 (long long)item->found.id);
	if (item->source != calls->source)
		status = change_source(calls, item->source);
	if (status != STATUS_OK)
		return status;
	item->fetched = calls->fetch.found_wanted;
	item->legs = NULL;
	if (item->source->legs) {
		item->legs = &calls->legs[item->source - given->sources->items];
		item->legs->segments++;
	}
	item->ordinal = calls->ordinal;
	calls->ordinal += item->found.rows;
	return STATUS_OK;
}

/* ---- on threads ---- */

static void work(void *context, void *item, unsigned worker)
{
	struct calls *calls = context;

	call_work(&calls->workers[worker], item);
}

static void merge(void *context, void *item, unsigned worker)
{
	struct calls *calls = context;

	call_merge(&calls->workers[worker], item, &calls->given->names);
}

static void finish(void *context, void *item, unsigned worker)
{
	struct calls *calls = context;

	call_finish(&calls->workers[worker], item);
}

/* ---- storing ---- */

static enum status put_aside(struct calls *calls, const struct call_item *item,
			     const struct unread_start *start)
{
	const struct segment *segment = &calls->places.segment;
	const uint32_t i = start->row;
	char room[FORM_LENGTH];
	const struct unread unread = {
		.source = item->source,
		.place = { segment->source,
			   (uint64_t)segment_found(segment, FOUND_MEMBER, i),
			   (uint64_t)segment_found(segment, FOUND_LINE, i),
			   (uint64_t)segment_found(segment, FOUND_OFFSET, i),
			   (uint64_t)segment_found(segment, FOUND_LENGTH, i) },
		.role = "started",
		.reason = start->reason,
		.value = form_meanings_text(calls->given->sense.meanings, segment, CALL_STARTED,
					    i, room),
	};

	return notes_set_aside(calls->given->notes, &unread);
}

/* Sets the rows aside that have no readable start. Few segments have any, so that
 * where their rows stand is read only then. */
static enum status put_all_aside(struct calls *calls, const struct call_item *item)
{
	enum status status = STATUS_OK;

	if (item->unread_count == 0)
		return STATUS_OK;
	if (!calls->places_open)
		status = segment_reader_open(&calls->places, calls->given->casefile,
					     PLACE_NEEDS, 0);
	calls->places_open = true;
	if (status == STATUS_OK)
		status = segment_reader_seek(&calls->places, item->found.id);
	for (size_t i = 0; i < item->unread_count && status == STATUS_OK; i++)
		status = put_aside(calls, item, &item->unread[i]);
	return status;
}

/* Keys that were looked up. */
static void count_joins(const struct call_item *item)
{
	struct source_joins *joins = item->source->joins;

	for (size_t i = 0; joins && i < joins->count; i++)
		join_count_add(&joins->items[i].count, &item->joins[joins->items[i].role]);
}

/* The words that are no value; false: no memory. */
static bool count_absent(const struct call_item *item)
{
	struct source_sense *source = item->source;
	const size_t words = source->absents->count;
	bool good = true;

	for (size_t i = 0; item->absents && i < CALL_ROLES * words && good; i++)
		if (item->absent[i])
			good = absences_add(&source->absences, source->absents,
					    i / words, (unsigned)(i % words) + 1,
					    item->absent[i],
					    item->found.id * SEGMENT_ROWS + item->absent_firsts[i]);
	return good;
}

static enum status tell(struct calls *calls, const struct call_item *item)
{
	const struct calls_given *given = calls->given;

	calls->count += item->calls;
	item->source->unzoned += item->unzoned;
	item->source->by_account += item->by_account;
	cost_tally_add(&item->source->costs, &item->costs);
	count_joins(item);
	day_rows_add(&item->source->days, item->days, item->found.id * SEGMENT_ROWS + item->first_day);
	day_rows_add(&item->source->talk_days, item->talk_days, item->found.id * SEGMENT_ROWS + item->first_talk_day);
	if (!call_tally_add(&item->source->tally, &item->tally) ||
	    !status_batch_add(&item->statuses, item->found.id * SEGMENT_ROWS,
			      &item->source->statuses) ||
	    !count_absent(item))
		return error_memory(&given->casefile->error);
	calls->progress.rows = calls->progress.done += item->found.rows;
	observer_progress(given->observer, &calls->progress);
	if (!observer_interrupted(given->observer))
		return STATUS_OK;
	return error_set(&given->casefile->error, STATUS_INTERRUPTED,
			 "interrupted; nothing was changed");
}

/* The place of the first source of a service. */
static uint32_t service_of(const struct source_senses *sources,
			   const struct source_sense *source)
{
	uint32_t place = 0;

	while (strcmp(sources->items[place].service, source->service))
		place++;
	return place;
}

/* What of a segment tells whether it may have a row twice. */
static enum status add_span(const struct calls *calls, struct call_item *item)
{
	const struct source_senses *sources = calls->given->sources;
	struct twin_span *span = &item->span;

	span->source = (uint32_t)(item->source - sources->items);
	span->service = service_of(sources, item->source);
	span->legs = item->source->legs;
	span->bounds = item->read.bounds;
	return twin_spans_add(calls->given->spans, span)
		       ? STATUS_OK
		       : error_memory(&calls->given->casefile->error);
}

static enum status take(void *context, void *place)
{
	struct calls *calls = context;
	struct call_item *item = place;
	enum status status;

	if (item->legs) {
		item->legs->segments--;
		let_go(calls, item->legs);
	}
	if (item->status != STATUS_OK)
		return segment_decode_failed(calls->given->casefile, item->found.id,
					     item->status);
	if (!item->packed)
		return segment_pack_failed(&item->read, &calls->given->casefile->error);
	status = add_span(calls, item);
	if (status == STATUS_OK)
		status = put_all_aside(calls, item);
	if (status == STATUS_OK)
		status = segment_store_put(&calls->store, &item->read);
	if (status == STATUS_OK)
		status = segment_filter_put(calls->given->casefile, calls->filters, &item->filter);
	return status == STATUS_OK ? tell(calls, item) : status;
}

/* ---- all ---- */

static enum status open_workers(struct calls *calls, int64_t segments)
{
	const struct calls_given *given = calls->given;
	uint64_t count = given->threads;

	if (count > WORKERS_MOST)
		count = WORKERS_MOST;
	if (count > (uint64_t)segments)
		count = (uint64_t)segments;
	if (count < 1)
		count = 1;
	while (calls->worker_count < count)
		if (!call_worker_open(&calls->workers[calls->worker_count++],
				      &given->sense))
			return error_memory(&given->casefile->error);
	return STATUS_OK;
}

/* More columns are fetched where words that are no value may be met in them: some form of
 * the case is one, or there are so many forms that texts may have none. */
static enum status find_needs(const struct calls *calls, uint64_t *needs)
{
	const struct calls_given *given = calls->given;
	const struct form_meanings *meanings = given->sense.meanings;
	struct call_absent absent;
	bool any = meanings->count >= FORM_ROLE_MOST, places = false;
	const bool good = call_absent_open(&absent, meanings);

	for (size_t i = 0; good && i < given->sources->count && !any; i++) {
		call_absent_of(&absent, given->sources->items[i].absents);
		any = absent.any;
	}
	call_absent_release(&absent);
	for (size_t i = 0; i < given->sources->count; i++)
		places = places || doubled_known(&given->sources->items[i].doubled);
	*needs = CALL_NEEDS | (any ? CALL_ABSENT_NEEDS : 0) | (places ? CALL_PLACE_NEEDS : 0);
	return good ? STATUS_OK : error_memory(&given->casefile->error);
}

static enum status open_stores(struct calls *calls)
{
	struct casefile *casefile = calls->given->casefile;
	enum status status = segment_store_open(&calls->store, casefile, true);

	if (status != STATUS_OK)
		return status;
	calls->filters = segment_filter_insert(casefile);
	return calls->filters ? STATUS_OK : casefile->error.status;
}

static enum status open_all(struct calls *calls)
{
	struct casefile *casefile = calls->given->casefile;
	int64_t rows = 0, segments = 0;
	uint64_t needs = 0;
	enum status status = casefile_integer(
		casefile, "SELECT sum(rows) FROM segment", 0, &rows);

	calls->progress = (struct progress){ .step = "normalise",
					     .total = (uint64_t)rows };
	if (status == STATUS_OK)
		status = casefile_integer(casefile, "SELECT count(*) FROM segment",
					  0, &segments);
	if (status == STATUS_OK)
		status = find_needs(calls, &needs);
	if (status == STATUS_OK)
		status = segment_fetch_open(&calls->fetch, casefile, needs, 0);
	if (status == STATUS_OK)
		status = open_stores(calls);
	calls->legs = calloc(calls->given->sources->count + 1, sizeof(*calls->legs));
	if (status == STATUS_OK && !calls->legs)
		status = error_memory(&casefile->error);
	return status == STATUS_OK ? open_workers(calls, segments) : status;
}

static void close_all(struct calls *calls)
{
	segment_fetch_close(&calls->fetch);
	segment_store_close(&calls->store);
	sqlite3_finalize(calls->filters);
	if (calls->places_open)
		segment_reader_close(&calls->places);
	for (size_t i = 0; calls->legs && i < calls->given->sources->count; i++)
		legs_release(&calls->legs[i]);
	free(calls->legs);
	for (size_t i = 0; i < WORKERS_MOST + ITEMS_MORE; i++)
		call_item_release(&calls->items[i]);
	for (unsigned i = 0; i < calls->worker_count; i++)
		call_worker_release(&calls->workers[i]);
	free(calls);
}

enum status calls_understand(const struct calls_given *given, uint64_t *count)
{
	struct calls *calls = calloc(1, sizeof(*calls));
	const struct pipeline pipeline = { calls, fill, work, merge, finish, take };
	void *items[WORKERS_MOST + ITEMS_MORE];
	enum status status;

	if (!calls)
		return error_memory(&given->casefile->error);
	calls->given = given;
	for (size_t i = 0; i < WORKERS_MOST + ITEMS_MORE; i++)
		items[i] = &calls->items[i];
	status = open_all(calls);
	if (status == STATUS_OK)
		status = pipeline_run(&pipeline, items,
				      calls->worker_count + ITEMS_MORE,
				      calls->worker_count);
	*count = calls->count;
	close_all(calls);
	return status;
}
