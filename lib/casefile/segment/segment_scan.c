/* SPDX-License-Identifier: Apache-2.0 */
/* The segments, one after another, to several threads. */
#include "casefile/segment/segment_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "casefile/sql.h"

/* A segment that does not hang together is an item where those are wanted. Others
 * can lie behind it where its id was found. */
static enum status fetch(struct segment_scan *scan, struct segment_scan_item *item)
{
	const int64_t last = scan->fetch.last;

	item->fetched = segment_fetch_next(&scan->fetch, &item->raw);
	if (item->fetched != STATUS_INTEGRITY || !scan->given->damaged)
		return item->fetched;
	item->error = scan->given->casefile->error;
	scan->ended = scan->fetch.last == last;
	return STATUS_OK;
}

static enum status fill(void *context, void *place)
{
	struct segment_scan *scan = context;
	const struct segment_scan_given *given = scan->given;
	struct segment_scan_item *item = place;
	enum status status;

	if (scan->ended)
		return STATUS_END;
	if (observer_interrupted(given->observer))
		return error_set(&given->casefile->error, STATUS_INTERRUPTED,
				 "interrupted; the case is as it was before");
	status = fetch(scan, item);
	if (status != STATUS_OK || item->fetched != STATUS_OK)
		return status;
	item->first_row = scan->filled;
	scan->filled += item->raw.rows;
	return given->fetched ? given->fetched(given->context, item) : STATUS_OK;
}

static void work(void *context, void *item, unsigned worker)
{
	const struct segment_scan *scan = context;

	scan->given->work(scan->given->context, item, worker);
}

static enum status take(void *context, void *place)
{
	struct segment_scan *scan = context;
	struct segment_scan_item *item = place;

	if (item->fetched == STATUS_OK) {
		scan->progress.done += item->raw.rows;
		scan->progress.rows = scan->progress.done;
		observer_progress(scan->given->observer, &scan->progress);
	}
	return scan->given->take(scan->given->context, item);
}

static bool open_items(struct segment_scan *scan)
{
	const size_t size = scan->given->item_size;

	scan->item_count = scan->given->threads + SEGMENT_SCAN_MORE;
	scan->items = calloc(scan->item_count, size);
	scan->pointers = memory_array(NULL, scan->item_count,
				      sizeof(*scan->pointers));
	if (!scan->items || !scan->pointers)
		return false;
	for (size_t i = 0; i < scan->item_count; i++)
		scan->pointers[i] = scan->items + i * size;
	return true;
}

enum status segment_scan_open(struct segment_scan *scan,
			      const struct segment_scan_given *given)
{
	struct casefile *casefile = given->casefile;
	int64_t rows = 0;
	enum status status;

	memset(scan, 0, sizeof(*scan));
	scan->given = given;
	status = segment_fetch_open(&scan->fetch, casefile, given->found,
				    given->understood);
	if (status == STATUS_OK)
		status = casefile_integer(casefile,
					  "SELECT sum(rows) FROM segment", 0,
					  &rows);
	if (rows < 0)
		rows = 0;
	scan->progress = (struct progress){
		.step = given->step,
		.total = (uint64_t)rows * (given->passes ? given->passes : 1),
		.done = (uint64_t)rows * given->passed,
	};
	if (status == STATUS_OK && !open_items(scan))
		status = error_memory(&casefile->error);
	return status;
}

enum status segment_scan_run(struct segment_scan *scan)
{
	const struct pipeline pipeline = {
		.context = scan, .fill = fill, .work = work, .take = take,
	};

	return pipeline_run(&pipeline, scan->pointers, scan->item_count,
			    scan->given->threads);
}

void segment_scan_close(struct segment_scan *scan)
{
	for (size_t i = 0; scan->items && scan->pointers && i < scan->item_count; i++) {
		struct segment_scan_item *item = scan->pointers[i];

		raw_segment_release(&item->raw);
	}
	free(scan->items);
	free(scan->pointers);
	segment_fetch_close(&scan->fetch);
	memset(scan, 0, sizeof(*scan));
}
