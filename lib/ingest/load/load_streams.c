/* SPDX-License-Identifier: Apache-2.0 */
/* The streams of a member being loaded. */
#include "ingest/load/load_streams.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/coverage/load_clock.h"
#include "ingest/coverage/witness.h"
#include "ingest/tell.h"

#define NAME_SHOWN 100
#define LEFT_NAMED 12       /* tables left out that are named */
#define LEFT_MOST 4096      /* bytes kept of their names */

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
	memcpy(stream->filtered, other->filtered, sizeof(stream->filtered));
	stream->local_time = other->local_time;
	stream->legs = other->legs;
}

void load_stream_forget(struct load_stream *stream)
{
	if (stream->witness)
		witness_release(stream->witness);
	free(stream->witness);
	load_clock_free(stream->clock);
	stream->witness = NULL;
	stream->clock = NULL;
}

bool load_stream_testify(struct load_stream *stream, struct text tally, bool *memory)
{
	load_stream_forget(stream);
	stream->witness = calloc(1, sizeof(*stream->witness));
	*memory = !stream->witness;
	return stream->witness && witness_restore(stream->witness, tally, memory);
}

static void drop(struct load_stream *stream)
{
	load_stream_forget(stream);
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
		stream->source.stream = stream->stream->alone ? 0 : stream->stream->number + 1;
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
	return (status == STATUS_NOTHING || status == STATUS_END) && announced->name.len > 0
		       ? load_leave_out(load, buf_view(&announced->name), error)
		       : status;
}

/* ---- tables that are left out ---- */

enum status load_leave_out(struct load *load, struct text name, const struct error *why)
{
	if (load->left_out++ == 0)
		load->why = *why;
	if (load->left.len < LEFT_MOST) {
		buf_escape(&load->left, name, NAME_SHOWN);
		buf_byte(&load->left, '\n');
	}
	return load->left.failed ? error_memory(&load->casefile->error) : STATUS_OK;
}

/* The list may not have all. */
static void list(const struct load *load, struct buf *out)
{
	struct text rest = buf_view(&load->left);
	uint64_t named = 0;

	for (; rest.len > 0 && named < LEFT_NAMED; named++) {
		const struct text name = text_take_line(&rest);

		buf_text(out, named ? ", " : "");
		buf_add(out, name.data, name.len);
	}
	if (named < load->left_out)
		buf_format(out, " and %llu more", (unsigned long long)(load->left_out - named));
}

enum status load_none_left(struct load *load)
{
	struct error *error = &load->casefile->error;
	struct buf names = { 0 };

	list(load, &names);
	if (names.failed)
		(void)error_memory(error);
	else
		(void)error_set(error, load->why.status == STATUS_END ? STATUS_END : STATUS_NOTHING,
				"%s: no table of it can be loaded; the first: %.400s; it has: %.400s",
				load_shown(load), load->why.text, names.data);
	buf_release(&names);
	return error->status;
}

enum status load_say_left(struct load *load, const struct load_stream *stream,
			  struct remark_writer *writer)
{
	struct buf names = { 0 };
	const struct remark remark = {
		.source = stream->source.id, .shown = load_shown(load), .topic = "tables-left-out",
		.count = load->left_out,
		.remedy = "`unspoof sniff` shows them; a profile with a section for each, or --table "
			  "NAME with -k and -m, loads them",
	};
	enum status status = STATUS_OK;

	if (load->left_out == 0 || stream->index > 0)
		return STATUS_OK;
	list(load, &names);
	status = names.failed ? error_memory(&load->casefile->error)
			      : remark_writer_sayf(writer, &remark,
						   "%llu table%s not loaded: %.200s; the first because: %.200s",
						   (unsigned long long)load->left_out,
						   load->left_out == 1 ? " is" : "s are", names.data,
						   load->why.text);
	buf_release(&names);
	return status;
}

void load_streams_release(struct load *load)
{
	for (size_t i = 0; i < load->stream_count; i++)
		drop(load->streams[i]);
	load->stream_count = 0;
	buf_release(&load->left);
	load->left_out = 0;
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
