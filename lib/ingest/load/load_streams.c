/* SPDX-License-Identifier: Apache-2.0 */
/* The streams of a member being loaded. */
#include "ingest/load/load_streams.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/tell.h"

#define NAME_SHOWN 100

void load_stream_show(const struct load *load, struct load_stream *stream)
{
	char name[NAME_SHOWN];

	if (stream->stream->name.len == 0)
		(void)snprintf(stream->shown, sizeof(stream->shown), "%s",
			       dump_shown(load->dump));
	else
		(void)snprintf(stream->shown, sizeof(stream->shown),
			       "%s, table %s", dump_shown(load->dump),
			       text_escape(buf_view(&stream->stream->name), name,
					   sizeof(name)));
}

void load_stream_count_as(struct load_stream *stream, const struct load_stream *other)
{
	static const struct load_stream none;

	other = other ? other : &none;
	memcpy(stream->role_rejects, other->role_rejects, sizeof(stream->role_rejects));
	stream->feet = other->feet;
	stream->late = other->late;
	stream->foot_member = other->foot_member;
	stream->foot_line = other->foot_line;
	stream->local_time = other->local_time;
	stream->legs = other->legs;
}

static void drop(struct load_stream *stream)
{
	plan_release(&stream->plan);
	free(stream);
}

static void add(struct load *load, struct load_stream *stream)
{
	stream->index = load->stream_count;
	/* Where rows of one stream are numbered ahead, none of another may be of its
	 * kind. */
	stream->numbers_ahead = stream->stream->name.len == 0;
	if (stream->stream->name.len > 0) {
		stream->source.stream = stream->stream->number + 1;
		stream->source.stream_name = buf_view(&stream->stream->name).data;
	}
	stream->source.kind = kind_info(stream->plan.kind)->name;
	stream->source.id = load->first_id + (int64_t)stream->index;
	stream->stream->plan = &stream->plan;
	stream->stream->load = stream;
	load->streams[load->stream_count++] = stream;
}

enum status load_announce(void *context, struct stream *announced,
			  struct error *error)
{
	struct load *load = context;
	struct load_stream *stream;
	enum status status;

	if (load->stream_count == LOAD_STREAMS)
		return error_set(error, STATUS_FAILED,
				 "%s: has more than %d tables",
				 dump_shown(load->dump), LOAD_STREAMS);
	stream = calloc(1, sizeof(*stream));
	if (!stream)
		return error_memory(error);
	stream->stream = announced;
	load_stream_show(load, stream);
	status = plan_make(&stream->plan, load->options, stream->shown, announced,
			   error);
	if (status == STATUS_OK)
		add(load, stream);
	else
		drop(stream);
	if (status != STATUS_NOTHING || announced->name.len == 0)
		return status;
	if (load->left_out++ == 0)
		load->why = *error;
	return STATUS_OK;
}

void load_streams_release(struct load *load)
{
	for (size_t i = 0; i < load->stream_count; i++)
		drop(load->streams[i]);
	load->stream_count = 0;
}

/* ---- writers ---- */

static enum status open_calls(struct load *load, const struct load_stream *stream)
{
	enum status status;

	if (load->calls_open)
		return STATUS_OK;
	status = segment_writer_open(&load->calls, load->casefile, &load->forms,
				     stream->source.id);
	load->calls_open = status == STATUS_OK;
	return status;
}

static enum status begin_stream(struct load *load, struct load_stream *stream)
{
	const enum kind kind = stream->plan.kind;
	enum status status = STATUS_OK;

	if (kind != KIND_CALL && !load->rows[kind].casefile)
		status = row_writer_open(&load->rows[kind], load->casefile, kind);
	if (status == STATUS_OK && kind == KIND_CALL)
		status = open_calls(load, stream);
	/* What was met as the member was opened has been told. */
	if (status == STATUS_OK && load->reading)
		tell_plan(load, stream);
	return status;
}

enum status load_begin_streams(struct load *load, struct load_stream *last)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && load->begun <= last->index)
		status = begin_stream(load, load->streams[load->begun++]);
	return status;
}

void load_close_writers(struct load *load)
{
	segment_writer_close(&load->calls);
	load->calls_open = false;
	for (size_t kind = 0; kind < KIND_COUNT; kind++)
		if (load->rows[kind].casefile)
			row_writer_close(&load->rows[kind]);
	reject_writer_close(&load->rejects);
	forms_release(&load->forms);
}
