/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of the rows that a format gives one by one. */
#include "ingest/parse/next.h"

#include <string.h>

#include "ingest/plan/plan.h"

void next_open(struct next *next, struct layout *layout, struct dump *dump,
	       struct segment_pool *pool, uint64_t offset, uint64_t line)
{
	memset(next, 0, sizeof(*next));
	next->layout = layout;
	next->dump = dump;
	next->pool = pool;
	next->offset = offset;
	next->line = line;
	dump_follow(dump, offset);
}

void next_close(struct next *next)
{
	sinks_release(&next->sinks);
	sinks_release(&next->coding);
	buf_release(&next->state);
	memset(next, 0, sizeof(*next));
}

/* A batch of the stream and state of the record that waits. */
static struct row_sink *begin(struct next *next, struct batch *batch)
{
	const struct plan *plan = next->stream->plan;
	const struct text state = buf_view(&next->state);
	struct row_sink *sink = sinks_of(&next->sinks, next->stream);

	batch_begin(batch, next->stream);
	buf_add(&batch->state, state.data, state.len);
	if (plan->kind == KIND_CALL)
		batch->calls = segment_pool_rows(next->pool, &plan->mapping);
	if (!sink || (plan->kind == KIND_CALL && !batch->calls))
		return NULL;
	row_sink_begin(sink, batch, NULL);
	return sink;
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

/* Puts records as long as they belong to the batch, the first of which waits. */
static enum status put_records(struct next *next, struct batch *batch,
			       struct row_sink *sink, struct error *error)
{
	enum status status = STATUS_OK;

	for (unsigned n = 0; n < NEXT_ROWS && status == STATUS_OK && !sink->failed &&
			     fits(next, batch) && batch_weight(batch) < NEXT_BYTES; n++) {
		put(sink, &next->record);
		next->offset = next->record.offset + next->record.length;
		next->line = next->record.line + next->record.lines;
		next->waits = false;
		status = wait_record(next, error);
	}
	if (sink->failed || batch_failed(batch))
		return error_memory(error);
	return status;
}

enum status next_fill(struct next *next, struct batch *batch, struct error *error)
{
	struct row_sink *sink;
	enum status status = wait_record(next, error);

	batch_begin(batch, NULL);
	if (status == STATUS_OK) {
		sink = begin(next, batch);
		status = sink ? put_records(next, batch, sink, error)
			      : error_memory(error);
	}
	batch->line = next->line;
	batch->offset = next->offset;
	batch->done = dump_done(next->dump);
	batch->last = status == STATUS_END;
	return batch->last ? STATUS_OK : status;
}

bool next_merge(struct next *next, struct segment_fill *fill, struct batch *batch)
{
	struct row_sink *sink =
		batch->calls ? sinks_of(&next->coding, batch->stream) : NULL;

	return (sink || !batch->calls) && segment_fill_batch(fill, sink, batch, 0);
}
