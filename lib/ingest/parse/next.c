/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of the rows that a format gives one by one. */
#include "ingest/parse/next.h"

#include <string.h>

#include "ingest/plan/plan.h"

void next_open(struct next *next, struct layout *layout, struct dump *dump,
	       uint64_t offset, uint64_t line)
{
	memset(next, 0, sizeof(*next));
	next->layout = layout;
	next->dump = dump;
	next->offset = offset;
	next->line = line;
	dump_follow(dump, offset);
}

void next_close(struct next *next)
{
	buf_release(&next->state);
	memset(next, 0, sizeof(*next));
}

static void put(struct row_sink *sink, const struct record *record)
{
	if (record->blank)
		row_sink_skip(sink);
	else if (record->reason)
		row_sink_reject(sink, record, record->reason);
	else if (!row_sink_put(sink, record))
		row_sink_refuse(sink, record);
}

/* The next record that something is done with waits. STATUS_END: there is none. */
static enum status wait_record(struct next *next, struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && !next->waits) {
		buf_clear(&next->state);
		memset(&next->record, 0, sizeof(next->record));
		status = next->layout->format->next(next->layout, &next->record,
						    &next->stream, &next->state,
						    error);
		if (status == STATUS_OK)
			dump_place(next->dump, &next->record);
		next->waits = status == STATUS_OK && next->stream->plan;
	}
	return status == STATUS_OK && next->state.failed ? error_memory(error)
							 : status;
}

static bool fits(const struct next *next, const struct batch *batch)
{
	return next->stream == batch->stream &&
	       text_equal(buf_view(&next->state), buf_view(&batch->state));
}

/* Keeps records as long as they belong to the batch, the first of which waits. */
static enum status keep_records(struct next *next, struct batch *batch, struct waiting *waiting,
				struct error *error)
{
	enum status status = STATUS_OK;

	for (unsigned n = 0; n < NEXT_ROWS && waiting->len < NEXT_BYTES && status == STATUS_OK &&
			     fits(next, batch); n++) {
		if (!waiting_add(waiting, &next->record))
			return error_memory(error);
		next->offset = next->record.offset + next->record.length;
		next->line = next->record.line + next->record.lines;
		next->waits = false;
		status = wait_record(next, error);
	}
	return batch_failed(batch) ? error_memory(error) : status;
}

enum status next_fill(struct next *next, struct batch *batch, struct waiting *waiting,
		      struct error *error)
{
	const enum status waits = wait_record(next, error);
	const struct text state = buf_view(&next->state);
	enum status status = waits;

	waiting_clear(waiting);
	batch_begin(batch, waits == STATUS_OK ? next->stream : NULL);
	if (status == STATUS_OK) {
		buf_add(&batch->state, state.data, state.len);
		status = keep_records(next, batch, waiting, error);
	}
	batch->line = next->line;
	batch->offset = next->offset;
	batch->done = dump_done(next->dump);
	batch->last = status == STATUS_END;
	return batch->last ? STATUS_OK : status;
}

bool next_put(struct waiting *waiting, struct batch *batch, struct row_sink *sink)
{
	struct record record;

	row_sink_begin(sink, batch, NULL);
	for (size_t i = 0; i < waiting->count && !sink->failed; i++) {
		if (!waiting_give(waiting, i, &record))
			return false;
		put(sink, &record);
	}
	return !sink->failed && !batch_failed(batch);
}
