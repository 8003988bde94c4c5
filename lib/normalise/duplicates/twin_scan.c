/* SPDX-License-Identifier: Apache-2.0 */
/* The segments that can have a row twice, on several threads. */
#include "normalise/duplicates/twin_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "casefile/segment/raw_segment.h"
#include "normalise/calls/call_absent.h"
#include "normalise/duplicates/twin_filter.h"
#include "normalise/duplicates/twin_runs.h"

#define ITEMS_MORE 2
/* Keys whose words are prefetched together. */
#define PREFETCHED 64

enum trouble { FINE, DAMAGED, NO_MEMORY, SPILL };

/* A segment on its way. */
struct twin_item {
	struct raw_segment raw;
	const struct twin_span *span;
	uint64_t *kept;            /* room for the keys of each kind, or those themselves;
				    * NULL: there is no room */
	enum trouble trouble;
};

/* One thread. */
struct twin_worker {
	struct segment_decoder decoder;
	struct call_absent absent;
	uint64_t *keys;            /* SEGMENT_ROWS of them */
	uint32_t *again;           /* rows whose keys were met again */
};

struct twin_scan {
	const struct twin_scan_given *given;
	struct twin_runs seen;
	const struct twin_keys *keys;
	struct twin_filter filter;
	struct segment_fetch fetch;
	bool by_id, bare;          /* there are segments to be compared so */
	bool ordinary, legs;       /* by id: those whose rows are no legs, and others */
	bool rows;                 /* in the second pass */
	size_t next;               /* of the spans */
	uint64_t **kept;           /* by span, as in struct twin_item; keys that the
				    * second pass need not make again */
	uint64_t room;             /* bytes that are left for them */
	unsigned threads;
	struct twin_worker workers[TWIN_WORKERS];
	struct twin_item items[TWIN_WORKERS + ITEMS_MORE];
};

/* ---- fetching ---- */

/* In how many ways the rows of a segment are compared. */
static size_t kinds_of(const struct twin_scan *scan, const struct twin_span *span)
{
	return (size_t)(span->by_id && scan->ordinary) + (span->by_id && span->legs) +
	       span->bare + span->mixed;
}

/* Without room, or memory, the keys are made again. */
static void make_room(struct twin_scan *scan, struct twin_item *item)
{
	const size_t count = kinds_of(scan, item->span) * item->span->rows;
	const uint64_t bytes = count * sizeof(*item->kept);

	if (bytes > scan->room)
		return;
	item->kept = memory_array(NULL, count, sizeof(*item->kept));
	if (item->kept)
		scan->room -= bytes;
}

static enum status fill(void *context, void *place)
{
	struct twin_scan *scan = context;
	const struct twin_spans *spans = scan->given->spans;
	struct twin_item *item = place;
	enum status status;

	while (scan->next < spans->count && !twin_span_is_chosen(&spans->items[scan->next]))
		scan->next++;
	if (scan->next == spans->count)
		return STATUS_END;
	item->span = &spans->items[scan->next];
	item->kept = scan->kept[scan->next];
	item->trouble = FINE;
	if (!scan->rows)
		make_room(scan, item);
	scan->kept[scan->next++] = item->kept;
	if (scan->rows && item->kept)
		return STATUS_OK;
	status = segment_fetch_seek(&scan->fetch, item->span->segment, &item->raw);
	return status == STATUS_END
		       ? segment_decode_failed(scan->given->casefile, item->span->segment,
					       STATUS_INTEGRITY)
		       : status;
}

/* ---- on threads ---- */

static void meet(struct twin_scan *scan, const uint64_t *keys, uint32_t rows)
{
	for (uint32_t from = 0; from < rows; from += PREFETCHED) {
		const uint32_t end = rows - from < PREFETCHED ? rows : from + PREFETCHED;

		for (uint32_t i = from; i < end; i++)
			twin_filter_prefetch(&scan->filter, keys[i]);
		for (uint32_t i = from; i < end; i++)
			if (keys[i])
				twin_filter_add(&scan->filter, keys[i]);
	}
}

/* The rows whose keys were met again. */
static uint32_t choose(const struct twin_scan *scan, struct twin_worker *worker,
		       const uint64_t *keys, uint32_t rows)
{
	uint32_t count = 0;

	for (uint32_t from = 0; from < rows; from += PREFETCHED) {
		const uint32_t end = rows - from < PREFETCHED ? rows : from + PREFETCHED;

		for (uint32_t i = from; i < end; i++)
			if (twin_filter_full(&scan->filter, keys[i]))
				twin_filter_prefetch(&scan->filter, keys[i]);
		for (uint32_t i = from; i < end; i++) {
			worker->again[count] = i;
			count += keys[i] && twin_filter_again(&scan->filter, keys[i]);
		}
	}
	return count;
}

static enum trouble trouble_of(enum status status)
{
	return status == STATUS_FAILED ? NO_MEMORY : DAMAGED;
}

static enum trouble put_seen(struct twin_scan *scan, struct twin_worker *worker,
			     unsigned number, const struct twin_span *span,
			     const uint64_t *keys)
{
	const uint32_t count = choose(scan, worker, keys, span->rows);

	for (uint32_t k = 0; k < count; k++) {
		const uint32_t i = worker->again[k];
		const struct twin_seen seen = { keys[i], span->segment * SEGMENT_ROWS + i };

		if (!twin_runs_put(&scan->seen, number, &seen))
			return SPILL;
	}
	return FINE;
}

static uint64_t read_of(enum twin_kind kind)
{
	if (kind == TWIN_BARE || kind == TWIN_MIXED)
		return TWIN_BARE_READ;
	return kind == TWIN_LEG ? TWIN_LEG_READ : TWIN_ID_READ;
}

/* The keys of the rows of a segment that are compared in one way. */
static enum trouble make_keys(struct twin_scan *scan, struct twin_worker *worker,
			      const struct twin_item *item, enum twin_kind kind, uint64_t *keys)
{
	struct segment segment;
	const enum status status = segment_decode(
		&worker->decoder, &item->raw,
		kind == TWIN_BARE || kind == TWIN_MIXED ? TWIN_BARE_FOUND : TWIN_ID_FOUND,
		read_of(kind), &segment);

	if (status != STATUS_OK)
		return trouble_of(status);
	if (segment.rows != item->span->rows)
		return DAMAGED;
	call_absent_of(&worker->absent,
		       scan->given->sources->items[item->span->source].absents);
	(void)call_absent_begin(&worker->absent, &item->raw);
	if (!call_absent_hide(&worker->absent, &segment))
		return NO_MEMORY;
	twin_keys_fill(scan->keys, &segment, item->span, kind, keys);
	return FINE;
}

static enum trouble take_kind(struct twin_scan *scan, unsigned number,
			      const struct twin_item *item, enum twin_kind kind, size_t place)
{
	struct twin_worker *worker = &scan->workers[number];
	uint64_t *keys = item->kept ? item->kept + place * item->span->rows : worker->keys;
	enum trouble trouble = FINE;

	if (!scan->rows || !item->kept)
		trouble = make_keys(scan, worker, item, kind, keys);
	if (trouble != FINE)
		return trouble;
	if (scan->rows)
		return put_seen(scan, worker, number, item->span, keys);
	meet(scan, keys, item->span->rows);
	return FINE;
}

static void work(void *context, void *place, unsigned number)
{
	struct twin_scan *scan = context;
	struct twin_item *item = place;
	const struct twin_span *span = item->span;
	const bool takes[] = { [TWIN_LEG] = span->by_id && span->legs,
			       [TWIN_ID] = span->by_id && scan->ordinary,
			       [TWIN_BARE] = span->bare, [TWIN_MIXED] = span->mixed };
	size_t taken = 0;

	for (unsigned kind = 0; kind < sizeof(takes) / sizeof(takes[0]); kind++)
		if (takes[kind] && item->trouble == FINE)
			item->trouble = take_kind(scan, number, item, (enum twin_kind)kind, taken++);
}

/* ---- all ---- */

static enum status take(void *context, void *place)
{
	const struct twin_scan *scan = context;
	const struct twin_item *item = place;
	struct error *error = &scan->given->casefile->error;

	switch (item->trouble) {
	case FINE:
		break;
	case DAMAGED:
		return segment_decode_failed(scan->given->casefile, item->span->segment,
					     STATUS_INTEGRITY);
	case NO_MEMORY:
		return error_memory(error);
	case SPILL:
		return spill_failed(scan->given->spill, error);
	}
	return observer_interrupted(scan->given->observer)
		       ? error_set(error, STATUS_INTERRUPTED,
				   "interrupted; nothing was changed")
		       : STATUS_OK;
}

static enum status pass(struct twin_scan *scan, uint64_t found, uint64_t understood)
{
	const struct pipeline pipeline = { scan, fill, work, NULL, NULL, take };
	void *items[TWIN_WORKERS + ITEMS_MORE];
	enum status status = segment_fetch_open(&scan->fetch, scan->given->casefile, found,
						understood);

	for (size_t i = 0; i < TWIN_WORKERS + ITEMS_MORE; i++)
		items[i] = &scan->items[i];
	scan->next = 0;
	if (status == STATUS_OK)
		status = pipeline_run(&pipeline, items, scan->threads + ITEMS_MORE,
				      scan->threads);
	segment_fetch_close(&scan->fetch);
	return status;
}

/* What the chosen segments are like, and how many rows they have. */
static uint64_t look(struct twin_scan *scan)
{
	const struct twin_spans *spans = scan->given->spans;
	uint64_t rows = 0;

	for (size_t i = 0; i < spans->count; i++) {
		const struct twin_span *span = &spans->items[i];

		rows += span->by_id ? span->ids : 0;
		rows += span->bare ? span->rows - span->ids : 0;
		rows += span->mixed ? span->rows : 0;
		scan->by_id |= span->by_id;
		scan->bare |= span->bare || span->mixed;
		scan->legs |= span->by_id && span->legs;
		scan->ordinary |= span->by_id && !span->legs;
	}
	return rows;
}

static bool open_workers(struct twin_scan *scan)
{
	bool good = true;

	for (unsigned i = 0; i < scan->threads && good; i++) {
		struct twin_worker *worker = &scan->workers[i];

		worker->keys = memory_array(NULL, SEGMENT_ROWS, sizeof(*worker->keys));
		worker->again = memory_array(NULL, SEGMENT_ROWS + 1, sizeof(*worker->again));
		good = worker->keys && worker->again &&
		       call_absent_open(&worker->absent, scan->keys->meanings);
	}
	return good;
}

static void close_all(struct twin_scan *scan)
{
	for (unsigned i = 0; i < TWIN_WORKERS; i++) {
		segment_decoder_release(&scan->workers[i].decoder);
		call_absent_release(&scan->workers[i].absent);
		free(scan->workers[i].keys);
		free(scan->workers[i].again);
	}
	for (size_t i = 0; i < TWIN_WORKERS + ITEMS_MORE; i++)
		raw_segment_release(&scan->items[i].raw);
	for (size_t i = 0; scan->kept && i < scan->given->spans->count; i++)
		free(scan->kept[i]);
	free(scan->kept);
	twin_filter_close(&scan->filter);
	twin_runs_close(&scan->seen);
	free(scan);
}

static enum status run(struct twin_scan *scan)
{
	struct casefile *casefile = scan->given->casefile;
	const uint64_t rows = look(scan);
	const uint64_t found = scan->bare ? TWIN_BARE_FOUND : TWIN_ID_FOUND;
	const uint64_t read = scan->bare   ? TWIN_BARE_READ
			      : scan->legs ? TWIN_LEG_READ
					   : TWIN_ID_READ;
	enum status status;

	scan->kept = calloc(scan->given->spans->count + 1, sizeof(*scan->kept));
	scan->room = scan->given->memory / 4;
	if (!scan->kept || !twin_filter_open(&scan->filter, rows, scan->given->memory / 2) ||
	    !open_workers(scan))
		return error_memory(&casefile->error);
	status = pass(scan, found, read);
	scan->rows = true;
	if (status == STATUS_OK && !twin_filter_end(&scan->filter))
		status = error_memory(&casefile->error);
	if (status == STATUS_OK)
		status = pass(scan, found, read);
	if (status == STATUS_OK && !twin_runs_end(&scan->seen))
		status = spill_failed(scan->given->spill, &casefile->error);
	return status;
}

enum status twin_scan_run(const struct twin_scan_given *given, struct sorter *seen)
{
	struct twin_scan *scan = calloc(1, sizeof(*scan));
	enum status status;

	if (!scan)
		return error_memory(&given->casefile->error);
	scan->given = given;
	scan->keys = given->keys;
	scan->threads = given->threads < TWIN_WORKERS ? (unsigned)given->threads
						      : TWIN_WORKERS;
	twin_runs_open(&scan->seen, seen, given->memory / 4, scan->threads);
	status = run(scan);
	close_all(scan);
	return status;
}
