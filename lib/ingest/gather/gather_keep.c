/* SPDX-License-Identifier: Apache-2.0 */
/* Places to go on from between members, and the way back to one. */
#include <stdio.h>
#include <string.h>

#include "casefile/sql.h"
#include "ingest/coverage/witness.h"
#include "ingest/gather/gather_room.h"
#include "ingest/load/load_keep.h"
#include "ingest/load/load_rows.h"
#include "ingest/load/load_streams.h"

enum status gather_place(struct gather *gather)
{
	struct load *load = &gather->load;
	const struct load_place place = { 0, 1, dump_done(load->dump), { "", 0 } };
	enum status status = STATUS_OK;

	if (parse_shared_pending(&gather->shared))
		status = parse_shared_end(&gather->shared, load_take_segments, load,
					  &load->casefile->error);
	return status == STATUS_OK ? load_checkpoint(load, &place) : status;
}

/* ---- before a long member ---- */

static enum status last_id(struct casefile *casefile, const char *table, int64_t *id)
{
	char sql[80];

	(void)sqlite3_snprintf(sizeof(sql), sql, "SELECT max(id) FROM %s", table);
	return casefile_integer(casefile, sql, 0, id);
}

static enum status take_ids(struct casefile *casefile, struct gather_mark *mark)
{
	enum status status = last_id(casefile, "segment", &mark->segment);

	if (status == STATUS_OK)
		status = last_id(casefile, "reject", &mark->reject);
	if (status == STATUS_OK)
		status = last_id(casefile, "form", &mark->form);
	for (int kind = KIND_CALL + 1; kind < KIND_COUNT && status == STATUS_OK; kind++)
		status = last_id(casefile, kind_info((enum kind)kind)->name,
				 &mark->rows[kind]);
	return status;
}

/* A long load is not to lose what was loaded before it, nor to leave some of itself. */
enum status gather_mark(struct gather *gather)
{
	struct load *load = &gather->load;
	struct gather_mark *mark = &gather->mark;
	enum status status = STATUS_OK;

	mark->set = true;
	mark->streams = load->stream_count;
	if (mark->streams == 0)
		return STATUS_OK;
	status = gather_place(gather);
	if (status == STATUS_OK && load->whole)
		status = load_commit(load);
	if (status != STATUS_OK)
		return status;
	mark->stream = *gather->plan->stream;
	buf_clear(&mark->forms);
	buf_clear(&mark->tally);
	forms_state(&load->forms, &mark->forms);
	if (mark->stream.witness)
		witness_write(mark->stream.witness, &mark->tally);
	mark->stream.witness = NULL;
	mark->stream.clock = NULL;
	return mark->forms.failed || mark->tally.failed ? error_memory(&load->casefile->error)
				  : take_ids(load->casefile, mark);
}

/* ---- back to it ---- */

static enum status delete_behind(struct casefile *casefile, const char *what,
				 int64_t number)
{
	char sql[120];

	(void)sqlite3_snprintf(sizeof(sql), sql, "DELETE FROM %s %lld", what,
			       (long long)number);
	return casefile_exec(casefile, sql);
}

static enum status delete_rows(const struct gather *gather)
{
	struct casefile *casefile = gather->load.casefile;
	const struct gather_mark *mark = &gather->mark;
	enum status status = STATUS_OK;
	char what[60];

	for (int kind = KIND_CALL + 1; kind < KIND_COUNT && status == STATUS_OK;
	     kind++) {
		(void)snprintf(what, sizeof(what), "%s WHERE id >",
			       kind_info((enum kind)kind)->name);
		status = delete_behind(casefile, what, mark->rows[kind]);
	}
	return status;
}

static enum status delete_all(const struct gather *gather)
{
	struct casefile *casefile = gather->load.casefile;
	const struct gather_mark *mark = &gather->mark;
	const int64_t next = gather->load.first_id + (int64_t)mark->streams;
	const struct {
		const char *what;
		int64_t number;
	} parts[] = {
		{ "found WHERE id >=", 256 * (mark->segment + 1) },
		{ "segment WHERE id >", mark->segment },
		{ "reject WHERE id >", mark->reject },
		{ "form WHERE id >", mark->form },
		{ "member WHERE sha256 = '' AND source >=", gather->load.first_id },
		{ "member WHERE source >=", next },
		{ "checkpoint WHERE source >=", next },
		{ "source WHERE id >=", next },
	};
	enum status status = delete_rows(gather);

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (status == STATUS_OK)
			status = delete_behind(casefile, parts[i].what,
					       parts[i].number);
	return status;
}

/* The counts of the stream; one that came with the member has no source any more. */
static enum status restore_stream(struct gather *gather)
{
	struct load *load = &gather->load;
	struct gather_plan *plan = gather->plan;
	const struct load_stream *before = &gather->mark.stream;
	struct load_stream *stream = plan->stream;
	bool memory;

	if (load->stream_count > gather->mark.streams) {
		load->stream_count = gather->mark.streams;
		plan->begun = false;
	}
	stream->source = before->source;
	load_stream_count_as(stream, before);
	return load_stream_testify(stream, buf_view(&gather->mark.tally), &memory)
		       ? STATUS_OK
		       : error_memory(&load->casefile->error);
}

static enum status open_again(struct gather *gather)
{
	struct load *load = &gather->load;
	const struct load_place place = { 0, 1, dump_done(load->dump), { "", 0 } };
	const struct text forms = buf_view(&gather->mark.forms);
	const bool resumed = load->resumed;
	enum status status;

	/* What was told of the plans need not be told again. */
	load->reading = false;
	buf_clear(&load->checkpoint.forms);
	buf_add(&load->checkpoint.forms, forms.data, forms.len);
	if (load->checkpoint.forms.failed)
		return error_memory(&load->casefile->error);
	load->resumed = true;
	status = load_begin_within(load);
	load->resumed = resumed;
	if (status == STATUS_OK)
		status = member_writer_open(&gather->writer, load->casefile);
	if (status == STATUS_OK && !parse_shared_open(&gather->shared, &load->forms))
		status = error_memory(&load->casefile->error);
	if (status == STATUS_OK)
		status = load_store_place(load, &place);
	return status == STATUS_OK ? load_commit(load) : status;
}

/* Nothing was there before it: the load begins anew with the next. */
static enum status begin_anew(struct gather *gather)
{
	struct load *load = &gather->load;
	struct load_stream *stream = gather->plan->stream;
	enum status status = load->kept ? load_discard(load) : STATUS_OK;

	memset(&stream->source, 0, sizeof(stream->source));
	stream->source.kind = kind_info(stream->plan.kind)->name;
	load_stream_count_as(stream, NULL);
	load_stream_forget(stream);
	gather->plan->begun = gather->begun = false;
	load->stream_count = load->begun = 0;
	load->reading = load->resumed = load->kept = load->whole = false;
	load->kept_read = load->whole_read = load->items = 0;
	checkpoint_release(&load->checkpoint);
	return status;
}

/* Where the case was before it is not known any more, so that all goes. */
static enum status give_up(struct gather *gather)
{
	struct load *load = &gather->load;
	struct error *error = &load->casefile->error;
	const struct error why = *error;
	const enum status status = load_discard(load);

	if (status != STATUS_OK)
		return status;
	(void)error_set(error, STATUS_FAILED,
			"%.600s; what was kept of %s is taken out again, and the same "
			"command begins anew", why.text, gather->shown);
	error->fault = true;
	return STATUS_FAILED;
}

enum status gather_retreat(struct gather *gather)
{
	struct load *load = &gather->load;
	enum status status;

	member_writer_close(&gather->writer);
	parse_shared_close(&gather->shared);
	load_undo(load);
	load->whole = false;
	if (!gather->mark.set && (load->stream_count > 1 || gather->plan->members > 0)) {
		gather->begun = false;
		return give_up(gather);
	}
	if (gather->mark.streams == 0)
		return begin_anew(gather);
	status = restore_stream(gather);
	if (status == STATUS_OK)
		status = casefile_begin(load->casefile);
	if (status == STATUS_OK)
		status = delete_all(gather);
	if (status == STATUS_OK)
		status = open_again(gather);
	load->whole_read = load_read(load);
	return status;
}
