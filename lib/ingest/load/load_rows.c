/* SPDX-License-Identifier: Apache-2.0 */
/* Taking the rows of a member: storing, rejecting and counting them. */
#include "ingest/load/load_rows.h"

#include <stdio.h>

#include "base/thread/pipeline.h"
#include "ingest/coverage/load_clock.h"
#include "ingest/load/load_streams.h"
#include "ingest/parse/parse.h"
#include "ingest/tell.h"

static enum status reject(struct load *load, const struct batch *batch,
			  const struct batch_row *row)
{
	struct load_stream *stream = batch->stream->load;
	const struct kind_info *info = kind_info(stream->plan.kind);
	const char *role = row->role < 0 ? "" : info->roles[row->role].name;
	const char *reason = batch_text(batch, row->reason).data;
	const struct text value = batch_text(batch, row->value);
	struct place place = { stream->source.id, batch->member, row->line, row->offset,
			       row->length };

	stream->source.read++;
	stream->source.rejected++;
	stream->role_rejects[row->role < 0 ? ROLES_MOST : row->role]++;
	tell_reject(load, stream, row->line, role, value, reason);
	return reject_writer_put(&load->rejects, &place, role, reason, value,
				 batch_text(batch, row->text));
}

/* A batch being taken. */
struct taking {
	struct load *load;
	const struct batch *batch;
	size_t row;             /* the next of its rows */
	uint32_t taken;         /* those counted */
};

static enum status take_row(struct load *load, const struct batch *batch,
			    const struct batch_row *row)
{
	struct load_stream *stream = batch->stream->load;

	if (row->kind == BATCH_REJECTED)
		return reject(load, batch, row);
	stream->source.read += row->skipped;
	stream->source.skipped += row->skipped;
	if (row->filter > 0)
		stream->filtered[row->filter - 1] += row->skipped;
	if (row->foot && stream->feet++ == 0) {
		stream->foot_member = batch->member;
		stream->foot_line = row->line;
	}
	return STATUS_OK;
}

/* Counts the rows of which so many are taken by their end, and stores those that
 * are rejected. */
static enum status take_until(struct taking *t, uint32_t end, bool last)
{
	struct load *load = t->load;
	const struct batch *batch = t->batch;
	struct load_stream *stream = batch->stream->load;
	enum status status = STATUS_OK;

	status = load_witness_add(load, stream, batch, t->taken, end);
	stream->source.read += end - t->taken;
	stream->source.accepted += end - t->taken;
	t->taken = end;
	stream->local_time = stream->local_time || batch->local_from < end;
	stream->legs = stream->legs || batch->legs_from < end;
	for (; t->row < batch->count && status == STATUS_OK; t->row++) {
		if (!last && batch->rows[t->row].before >= end)
			break;
		status = take_row(load, batch, &batch->rows[t->row]);
	}
	return status;
}

static enum status put_segment(struct load *load, struct pool_segment *segment)
{
	const struct load_stream *stream = segment->stream->load;

	if (!forms_adopt(&load->forms, buf_view(&segment->masks), segment->added))
		return error_memory(&load->casefile->error);
	if (load->options->check)
		return STATUS_OK;
	load->calls.source = stream->source.id;
	return segment_writer_put(&load->calls, &segment->raw);
}

/* A segment with all rows up to its end; it is enough to go on behind. */
static enum status take_segment(struct taking *t, struct pool_segment *segment)
{
	const struct load_place place = { segment->offset, segment->line,
					  t->batch->done,
					  buf_view(&segment->state) };
	enum status status = STATUS_OK;

	if (segment->before > 0)
		status = take_until(t, segment->before, false);
	if (status == STATUS_OK)
		status = put_segment(t->load, segment);
	/* Behind the last one comes the end of the member. */
	if (status != STATUS_OK || t->load->few ||
	    (t->batch->last && segment->before == t->batch->taken))
		return status;
	return load_checkpoint(t->load, &place);
}

static enum status look_around(const struct load *load, uint64_t done)
{
	char step[DUMP_SHOWN + 20];
	struct progress progress = { step, done, dump_total(load->dump),
				     load_read(load), true };

	(void)snprintf(step, sizeof(step), "ingest %s", dump_shown(load->dump));
	observer_progress(load->observer, &progress);
	return observer_interrupted(load->observer) ? STATUS_INTERRUPTED
						    : STATUS_OK;
}

/* Behind as many rows of other kinds as a segment has there is a place to go on too,
 * for no calls wait for their segment there. */
static enum status end_batch(struct load *load, const struct batch *batch)
{
	const struct load_stream *stream = batch->stream->load;
	const struct load_place place = { batch->offset, batch->line, batch->done,
					  buf_view(&batch->state) };

	if (stream->plan.kind == KIND_CALL || batch->last || load->few ||
	    load_read(load) - load->whole_read < SEGMENT_ROWS)
		return STATUS_OK;
	return load_checkpoint(load, &place);
}

static enum status take_rows(struct load *load, struct batch *batch)
{
	struct taking taking = { load, batch, 0, 0 };
	const struct load_stream *stream = batch->stream->load;
	struct row_writer *rows = &load->rows[stream->plan.kind];
	enum status status = STATUS_OK;

	/* Those of a batch that has other rows end before it. */
	for (size_t i = 0; i < batch->segment_count && status == STATUS_OK; i++)
		status = take_segment(&taking, batch->segments[i]);
	if (status == STATUS_OK && batch->found.count > 0 && !batch->numbered)
		row_writer_number(rows, &batch->found, stream->source.id);
	if (status == STATUS_OK && batch->found.count > 0 && !load->options->check)
		status = row_writer_put(rows, &batch->found);
	if (status == STATUS_OK)
		status = take_until(&taking, batch->taken, true);
	return status == STATUS_OK ? end_batch(load, batch) : status;
}

/* A batch without rows of a stream may have the last segment of one. */
enum status load_take_segments(void *context, struct batch *batch)
{
	struct load *load = context;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < batch->segment_count && status == STATUS_OK; i++)
		status = put_segment(load, batch->segments[i]);
	return status;
}

static enum status take_batch(void *context, struct batch *batch)
{
	struct load *load = context;
	enum status status = look_around(load, batch->done);

	if (status != STATUS_OK)
		return status;
	if (!batch->stream || !batch->stream->plan)
		return load_take_segments(load, batch);
	status = load_begin_streams(load, batch->stream->load);
	return status == STATUS_OK ? take_rows(load, batch) : status;
}

/* Rows of streams whose writers were there before all others. */
static void number_batch(void *context, struct batch *batch)
{
	struct load *load = context;
	const struct load_stream *stream =
		batch->stream ? batch->stream->load : NULL;

	if (!stream || !stream->numbers_ahead || batch->found.count == 0)
		return;
	row_writer_number(&load->rows[stream->plan.kind], &batch->found,
			  stream->source.id);
	batch->numbered = true;
}

/* What is read whole by now is not worth a thread. */
static unsigned count_threads(const struct load *load)
{
	const uint64_t threads = load->options->threads;

	if (dump_ended(load->dump) || threads < 1)
		return 1;
	return threads < PIPELINE_WORKERS ? (unsigned)threads : PIPELINE_WORKERS;
}

enum status load_rows(struct load *load)
{
	const struct parse_settings settings = {
		.layout = load->layout,
		.dump = load->dump,
		.offset = load->begin.offset,
		.line = load->begin.line,
		.forms = &load->forms,
		.block = PARSE_BLOCK,
		.threads = count_threads(load),
		.number = number_batch,
		.shared = load->shared,
		.few = load->few,
		.member = load->member,
	};

	return parse_run(&settings, take_batch, load, &load->casefile->error);
}
