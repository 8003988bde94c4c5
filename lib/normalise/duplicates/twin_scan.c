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
#include "normalise/duplicates/twin_row.h"

#define ITEMS_MORE 2
/* Keys whose words are prefetched together. */
#define PREFETCHED 64

enum trouble { FINE, DAMAGED, NO_MEMORY, SPILL };

/* A segment on its way. */
struct twin_item {
	struct raw_segment raw;
	const struct twin_span *span;
	enum trouble trouble;
};

/* One thread. */
struct twin_worker {
	struct segment_decoder decoder;
	struct call_absent absent;
	struct twin_meaning meaning;
	uint64_t *keys;            /* SEGMENT_ROWS of them */
	uint32_t *again;           /* rows whose keys were met again */
};

struct twin_scan {
	const struct twin_scan_given *given;
	struct parts *seen, *briefs;
	const struct twin_keys *keys;
	struct twin_filter filter;
	struct segment_fetch fetch;
	bool by_id, bare;          /* there are segments to be compared so */
	bool ordinary, legs;       /* by id: those whose rows are no legs, and others */
	bool rows;                 /* in the second pass */
	size_t next;               /* of the spans */
	unsigned threads;
	struct twin_worker workers[TWIN_WORKERS];
	struct twin_item items[TWIN_WORKERS + ITEMS_MORE];
};

/* ---- fetching ---- */

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
	item->trouble = FINE;
	scan->next++;
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
		       uint32_t rows)
{
	const uint64_t *keys = worker->keys;
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

/* Columns of a segment, without what stands for no value. */
static enum trouble decode(struct twin_scan *scan, struct twin_worker *worker,
			   const struct twin_item *item, uint64_t found, uint64_t read,
			   struct segment *segment)
{
	const enum status status =
		segment_decode(&worker->decoder, &item->raw, found, read, segment);

	if (status != STATUS_OK)
		return trouble_of(status);
	if (segment->rows != item->span->rows)
		return DAMAGED;
	call_absent_of(&worker->absent,
		       scan->given->sources->items[item->span->source].absents);
	(void)call_absent_begin(&worker->absent, &item->raw);
	return call_absent_hide(&worker->absent, segment) ? FINE : NO_MEMORY;
}

static enum trouble put_briefs(struct twin_scan *scan, unsigned number,
			       const struct twin_item *item, const struct segment *segment,
			       uint32_t count)
{
	struct twin_worker *worker = &scan->workers[number];

	twin_meaning_of(&worker->meaning, &scan->given->sources->items[item->span->source]);
	for (uint32_t k = 0; k < count; k++) {
		const uint32_t i = worker->again[k];
		const struct twin twin = twin_row_read(scan->keys, &worker->meaning, segment,
						       item->span, i, worker->keys[i]);
		const struct twin_brief brief = twin_row_brief(scan->keys, &twin);

		if (!parts_put(scan->briefs, number, &brief))
			return SPILL;
	}
	return FINE;
}

static enum trouble put_seen(struct twin_scan *scan, unsigned number,
			     const struct twin_span *span, uint32_t count)
{
	const struct twin_worker *worker = &scan->workers[number];

	for (uint32_t k = 0; k < count; k++) {
		const uint32_t i = worker->again[k];
		const struct twin_seen seen = { worker->keys[i],
						span->segment * SEGMENT_ROWS + i };

		if (!parts_put(scan->seen, number, &seen))
			return SPILL;
	}
	return FINE;
}

static bool is_brief(enum twin_kind kind)
{
	return kind == TWIN_ID || kind == TWIN_BARE;
}

/* The columns for one kind: of keys, and in the second pass of what is put aside. */
static uint64_t found_of(const struct twin_scan *scan, enum twin_kind kind)
{
	if (kind == TWIN_ID || kind == TWIN_LEG)
		return scan->rows && is_brief(kind) ? TWIN_ROW_FOUND : TWIN_ID_FOUND;
	return scan->rows && is_brief(kind) ? TWIN_BARE_ROW_FOUND : TWIN_BARE_FOUND;
}

static uint64_t read_of(const struct twin_scan *scan, enum twin_kind kind)
{
	if (scan->rows && is_brief(kind))
		return TWIN_ROW_READ;
	if (kind == TWIN_BARE || kind == TWIN_MIXED)
		return TWIN_BARE_READ;
	return kind == TWIN_LEG ? TWIN_LEG_READ : TWIN_ID_READ;
}

/* The rows of a segment that are compared in one way. */
static enum trouble take_kind(struct twin_scan *scan, unsigned number,
			      const struct twin_item *item, enum twin_kind kind)
{
	struct twin_worker *worker = &scan->workers[number];
	const struct twin_span *span = item->span;
	struct segment segment;
	uint32_t count;
	const enum trouble trouble = decode(scan, worker, item, found_of(scan, kind),
					    read_of(scan, kind), &segment);

	if (trouble != FINE)
		return trouble;
	twin_keys_fill(scan->keys, &segment, span, kind, worker->keys);
	if (!scan->rows) {
		meet(scan, worker->keys, span->rows);
		return FINE;
	}
	count = choose(scan, worker, span->rows);
	return is_brief(kind) ? put_briefs(scan, number, item, &segment, count)
			      : put_seen(scan, number, span, count);
}

static void work(void *context, void *place, unsigned number)
{
	struct twin_scan *scan = context;
	struct twin_item *item = place;
	const struct twin_span *span = item->span;
	const bool takes[] = { [TWIN_LEG] = span->by_id && span->legs,
			       [TWIN_ID] = span->by_id && scan->ordinary,
			       [TWIN_BARE] = span->bare, [TWIN_MIXED] = span->mixed };

	for (unsigned kind = 0; kind < sizeof(takes) / sizeof(takes[0]); kind++)
		if (takes[kind] && item->trouble == FINE)
			item->trouble = take_kind(scan, number, item, (enum twin_kind)kind);
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

/* The columns of whole rows that are put aside in brief. */
static void add_brief_columns(const struct twin_scan *scan, uint64_t *found, uint64_t *read)
{
	*found |= (scan->ordinary ? TWIN_ROW_FOUND : 0) | (scan->bare ? TWIN_BARE_ROW_FOUND : 0);
	*read |= scan->ordinary || scan->bare ? TWIN_ROW_READ : 0;
}

static bool open_workers(struct twin_scan *scan)
{
	bool good = true;

	for (unsigned i = 0; i < scan->threads && good; i++) {
		struct twin_worker *worker = &scan->workers[i];

		worker->keys = memory_array(NULL, SEGMENT_ROWS, sizeof(*worker->keys));
		worker->again = memory_array(NULL, SEGMENT_ROWS + 1, sizeof(*worker->again));
		worker->meaning.forms = scan->keys->meanings;
		worker->meaning.secret = scan->keys->secret;
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
	twin_filter_close(&scan->filter);
	free(scan);
}

static enum status run(struct twin_scan *scan)
{
	struct casefile *casefile = scan->given->casefile;
	const uint64_t rows = look(scan);
	uint64_t found = scan->bare ? TWIN_BARE_FOUND : TWIN_ID_FOUND;
	uint64_t read = scan->bare   ? TWIN_BARE_READ
			      : scan->legs ? TWIN_LEG_READ
					   : TWIN_ID_READ;
	enum status status;

	if (!twin_filter_open(&scan->filter, rows, scan->given->memory) ||
	    !open_workers(scan))
		return error_memory(&casefile->error);
	status = pass(scan, found, read);
	scan->rows = true;
	add_brief_columns(scan, &found, &read);
	if (status == STATUS_OK && !twin_filter_end(&scan->filter))
		status = error_memory(&casefile->error);
	if (status == STATUS_OK)
		status = pass(scan, found, read);
	return status;
}

enum status twin_scan_run(const struct twin_scan_given *given, struct parts *seen,
			  struct parts *briefs)
{
	struct twin_scan *scan = calloc(1, sizeof(*scan));
	enum status status;

	if (!scan)
		return error_memory(&given->casefile->error);
	scan->given = given;
	scan->keys = given->keys;
	scan->threads = given->threads < TWIN_WORKERS ? (unsigned)given->threads
						      : TWIN_WORKERS;
	scan->seen = seen;
	scan->briefs = briefs;
	status = run(scan);
	close_all(scan);
	return status;
}
