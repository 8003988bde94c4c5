/* SPDX-License-Identifier: Apache-2.0 */
/* Loading one member of a dump: its transactions. */
#include "ingest/load/load.h"

#include <stdlib.h>

#include "casefile/sql.h"
#include "ingest/coverage/load_clock.h"
#include "ingest/encoding/encoding.h"
#include "ingest/gather/gather.h"
#include "ingest/load/load_dialect.h"
#include "ingest/load/load_expected.h"
#include "ingest/load/load_keep.h"
#include "ingest/load/load_known.h"
#include "ingest/load/load_remarks.h"
#include "ingest/load/load_rows.h"
#include "ingest/load/load_source.h"
#include "ingest/load/load_streams.h"
#include "ingest/tell.h"

uint64_t load_read(const struct load *load)
{
	uint64_t read = 0;

	for (size_t i = 0; i < load->begun; i++)
		read += load->streams[i]->source.read;
	return read;
}

const char *load_shown(const struct load *load)
{
	return load->gather ? gather_shown(load->gather) : dump_shown(load->dump);
}

/* Whether it has one stream, and can have no other. */
static bool is_single(const struct load *load)
{
	return load->stream_count == 1 && load->streams[0]->stream->name.len == 0;
}

/* Whether there can be calls in it. */
static bool may_have_calls(const struct load *load)
{
	bool calls = load->gather || !is_single(load);

	for (size_t i = 0; i < load->stream_count; i++)
		calls = calls || load->streams[i]->plan.kind == KIND_CALL;
	return calls;
}

static enum status open_forms(struct load *load)
{
	struct casefile *casefile = load->casefile;
	struct checkpoint *c = &load->checkpoint;
	enum status status = STATUS_OK;

	c->first_form = load->resumed ? c->first_form : FORM_FIRST;
	load->calls_possible = may_have_calls(load);
	if (!load->calls_possible)
		return STATUS_OK;
	status = forms_load(&load->forms, casefile);
	if (status == STATUS_OK && !load->resumed)
		c->first_form += (int64_t)load->forms.masks.count;
	else if (status == STATUS_OK &&
		 !forms_restore(&load->forms, buf_view(&c->forms)))
		status = error_set(&casefile->error, STATUS_INTEGRITY,
				   "table checkpoint: its forms are not those of "
				   "a source");
	return status;
}

/* The ids of the sources, those met later following. */
static enum status take_ids(struct load *load)
{
	struct source_row next = { .id = load->first_id };
	enum status status = STATUS_OK;

	if (!load->resumed)
		status = source_next(load->casefile, &next);
	load->first_id = next.id;
	for (size_t i = 0; i < load->stream_count; i++)
		load->streams[i]->source.id = next.id + (int64_t)i;
	return status;
}

/* A new case is in a transaction already, which a failure must not end; so what
 * belongs to the member is inside a savepoint. */
enum status load_begin(struct load *load)
{
	const enum status status = casefile_begin(load->casefile);

	return status == STATUS_OK ? load_begin_within(load) : status;
}

enum status load_begin_within(struct load *load)
{
	enum status status = casefile_exec(load->casefile, "SAVEPOINT member");

	if (status == STATUS_OK)
		status = take_ids(load);
	if (status == STATUS_OK)
		status = casefile_drop_layers(load->casefile);
	if (status == STATUS_OK)
		status = reject_writer_open(&load->rejects, load->casefile);
	if (status == STATUS_OK)
		status = open_forms(load);
	load->begun = 0;
	if (status == STATUS_OK && load->stream_count > 0)
		status = load_begin_streams(
			load, load->streams[load->stream_count - 1]);
	load->reading = true;
	return status;
}

void load_undo(struct load *load)
{
	load_close_writers(load);
	(void)sqlite3_exec(load->casefile->db,
			   "ROLLBACK TO member; RELEASE member", NULL, NULL, NULL);
	casefile_rollback(load->casefile);
}

static enum status store_sources(struct load *load)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < load->begun && status == STATUS_OK; i++)
		status = load_clock_settle(load, load->streams[i]);
	for (size_t i = 0; i < load->begun && status == STATUS_OK; i++)
		status = load_one_header(load, load->streams[i]);
	for (size_t i = 0; i < load->begun && status == STATUS_OK; i++)
		status = load_source_store(load, load->streams[i], true);
	if (status == STATUS_OK && load->gather && load->replacing)
		status = gather_settle_replaced(load->gather);
	for (size_t i = 0; i < load->begun && status == STATUS_OK; i++) {
		status = tell_remarks(load, load->streams[i]);
		if (status == STATUS_OK)
			status = load_remarks(load, load->streams[i]);
	}
	return status;
}

/* Takes out what the member takes the place of; the caller's record of it ends the
 * transaction, so that the seal of the case holds before it and after. */
static enum status commit_replacing(struct load *load)
{
	const struct ingest_options *options = load->options;
	int64_t *ids = NULL;
	size_t count = 0;
	enum status status = load_known_drop(load, &ids, &count);

	if (status == STATUS_OK)
		status = options->replaced(options->stored_context, NULL, 0);
	for (size_t i = 0; i < load->begun && status == STATUS_OK; i++)
		if (options->stored)
			options->stored(options->stored_context,
					&load->streams[i]->source);
	if (status == STATUS_OK)
		status = options->replaced(options->stored_context, ids, count);
	load->recorded = status == STATUS_OK;
	free(ids);
	return status;
}

enum status load_finish(struct load *load)
{
	struct table_digest *digests[KIND_COUNT];
	enum status status = STATUS_OK;

	for (size_t kind = 0; kind < KIND_COUNT; kind++)
		digests[kind] = load->rows[kind].table_digest;
	if (load->calls_possible)
		status = forms_store(&load->forms, load->casefile);
	if (status == STATUS_OK)
		status = store_sources(load);
	if (status == STATUS_OK)
		status = checkpoint_remove(load->casefile);
	load_close_writers(load);
	if (status == STATUS_OK)
		status = casefile_exec(load->casefile, "RELEASE member");
	if (status == STATUS_OK && load->replacing)
		return commit_replacing(load);
	if (status == STATUS_OK)
		status = casefile_commit(load->casefile);
	for (size_t kind = 0; kind < KIND_COUNT && status == STATUS_OK; kind++)
		table_digest_keep(digests[kind]);
	return status;
}

/* All streams that were met are stored, also those without rows. */
static enum status begin_rest(struct load *load)
{
	if (load->stream_count == 0 && load->left_out > 0)
		return load_none_left(load);
	if (load->stream_count == 0)
		return error_set(&load->casefile->error, STATUS_SKIP,
				 "%s: holds no table", dump_shown(load->dump));
	return load_begin_streams(load, load->streams[load->stream_count - 1]);
}

/* *known: the source that has the same content already; 0: none has. */
static enum status read_all(struct load *load, int64_t *known)
{
	enum status status = load_rows(load);

	if (status == STATUS_OK)
		status = dump_end(load->dump, &load->casefile->error);
	if (status == STATUS_OK)
		status = load_expected(load->dump, load->options, &load->casefile->error);
	load->refused = load->refused || status == STATUS_INTEGRITY;
	if (status == STATUS_OK)
		status = begin_rest(load);
	return status == STATUS_OK ? load_known_all(load, known) : status;
}

enum status load_leave_known(const struct load *load, int64_t id,
			       struct ingest_counts *counts)
{
	counts->known++;
	observer_notice(load->observer,
			"%s: already in the case as source %lld; nothing added",
			dump_shown(load->dump), (long long)id);
	return STATUS_OK;
}

enum status load_refuse_empty(const struct load *load, int64_t id)
{
	return error_set(&load->casefile->error, STATUS_FAILED,
			 "%s: is in the case as source %lld, of which no row was accepted; "
			 "nothing added", dump_shown(load->dump), (long long)id);
}

static void add_counts(const struct source_row *source,
		       struct ingest_counts *counts)
{
	counts->sources++;
	counts->read += source->read;
	counts->accepted += source->accepted;
	counts->rejected += source->rejected;
	counts->skipped += source->skipped;
}

enum status load_tell_replaced(struct load *load, const struct load_stream *stream,
				 int64_t id)
{
	struct buf told = { 0 };
	bool read;
	const enum status status = load_known_compare(load, stream, id, &told, &read);

	if (status == STATUS_OK)
		observer_notice(load->observer,
				"%s: source %lld is in the place of source %lld, which is out "
				"of the case%s%s", stream->shown,
				(long long)stream->source.id, (long long)id,
				told.len ? "; read otherwise: " : "", buf_view(&told).data);
	buf_release(&told);
	return status;
}

enum status load_tell_stream(struct load *load, const struct load_stream *stream,
			     bool empty, struct ingest_counts *counts)
{
	add_counts(&stream->source, counts);
	if (load->options->stored && !load->recorded)
		load->options->stored(load->options->stored_context,
				      &stream->source);
	tell_counts(load, stream);
	if (load->replacing && stream->known != 0 &&
	    load_tell_replaced(load, stream, stream->known) != STATUS_OK)
		return load->casefile->error.status;
	/* Of several tables some may be empty. */
	empty = empty || stream->plan.profile.sections > 0;
	return stream->source.accepted || (empty && stream->source.rejected == 0)
		       ? STATUS_OK
		       : tell_none(stream, &load->casefile->error);
}

static enum status tell_stored(struct load *load, struct ingest_counts *counts)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < load->begun; i++) {
		/* Of several tables some may be empty. */
		const enum status told = load_tell_stream(
			load, load->streams[i], load->stream_count > 1, counts);

		status = status == STATUS_OK ? told : status;
	}
	return status;
}

/* The source cannot be taken, so nothing of it is to be in the case; why is the
 * error, unless it cannot be taken out. */
static enum status drop(struct load *load, enum status status)
{
	struct error why = load->casefile->error;
	enum status dropped;

	load_undo(load);
	dropped = load->kept ? load_discard(load) : STATUS_OK;
	if (dropped != STATUS_OK)
		return load_tell_kept(load, dropped);
	load->casefile->error = why;
	return status;
}

/* An interrupt costs what is behind the last whole item, a failure of the case
 * what is not committed. */
static enum status stop(struct load *load, enum status status)
{
	if (status == STATUS_INTERRUPTED && load->whole) {
		enum status kept = load_keep(load);

		status = kept == STATUS_OK ? status : kept;
	}
	load_undo(load);
	return load_tell_kept(load, status);
}

/* Everything inside the transactions. */
static enum status transact(struct load *load, struct ingest_counts *counts)
{
	int64_t known = 0;
	enum status status = load_begin(load);

	if (status == STATUS_OK)
		status = read_all(load, &known);
	if (status == STATUS_OK && known != 0) {
		status = drop(load, status);
		return status == STATUS_OK ? load_leave_known(load, known, counts)
					   : status;
	}
	if (status == STATUS_OK)
		status = load_finish(load);
	if (status == STATUS_OK)
		return tell_stored(load, counts);
	return dump_failed(load->dump) || load->refused ? drop(load, status)
							: stop(load, status);
}

enum status load_start(struct load *load, struct load_stream *stream)
{
	const struct layout *layout = load->layout;
	char before[64];
	size_t len = 0, got = 1;
	uint64_t place = 0;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && got > 0 && len < layout->begin) {
		const size_t left = layout->begin - len;

		status = dump_read(load->dump, before,
				   left < sizeof(before) ? left : sizeof(before),
				   &got, &load->casefile->error);
		len += got;
		place += dump_encoding(load->dump) ? encoding_bytes(dump_encoding(load->dump), before, got) : got;
	}
	load->begin.offset = place;
	load->begin.line = 1 + layout->begin_lines;
	if (layout->begin_lines > 0) {
		stream->source.read += layout->begin_lines;
		stream->source.skipped += layout->begin_lines;
	}
	return status;
}

/* What is in the case of the member: all, part, or nothing. */
static enum status look_up(struct load *load, struct source_match *known)
{
	enum status status = load_find_kept(load);

	*known = (struct source_match){ .id = 0 };
	if (status != STATUS_OK || load->resumed)
		return status;
	/* What of several tables is there is known when all were met. */
	if (is_single(load))
		status = load_known(load, known);
	if (status != STATUS_OK || known->id != 0 || load->checkpoint.source == 0)
		return status;
	/* Another source is to be whole before a new one is taken. */
	if (is_single(load))
		status = load_known_content(load, known);
	if (status == STATUS_OK && known->id == 0)
		return checkpoint_refuse(load->casefile, &load->checkpoint);
	return status;
}

/* What is known of a member with one stream, before its rows are read: known->id is 0 again
 * where it is to be replaced, or gave no row in another reading. */
static enum status settle_known(struct load *load, struct source_match *known)
{
	bool same = false;
	enum status status = load_known_same(load, load->streams[0], known->id, &same);

	if (status == STATUS_OK && same && !known->gave)
		return load_refuse_empty(load, known->id);
	if (status != STATUS_OK || same)
		return status;
	if (known->gave && !load->options->replace)
		return STATUS_FAILED;
	known->id = 0;
	return load->checkpoint.source == 0
		       ? STATUS_OK
		       : checkpoint_refuse(load->casefile, &load->checkpoint);
}

/* Finds out how the member is written. */
static enum status open_layout(struct load *load)
{
	const struct format *const *table = load->options->formats;
	struct error *error = &load->casefile->error;
	const struct format *format;
	enum status status;

	load->input = (struct format_input){ .shown = dump_shown(load->dump),
					     .options = load->options,
					     .dump = load->dump,
					     .announce = load_announce,
					     .context = load };
	status = dump_peek(load->dump, &load->input.peek, error);
	load->input.encoding = dump_encoding(load->dump);
	if (status == STATUS_OK)
		status = format_choose(table ? table : formats, &load->input,
				       &format, error);
	if (status == STATUS_OK)
		status = format->open(&load->layout, &load->input, error);
	return status;
}

static enum status load_all(struct load *load, struct ingest_counts *counts)
{
	struct source_match known;
	enum status status = open_layout(load);

	if (status == STATUS_OK)
		status = look_up(load, &known);
	if (status == STATUS_OK && known.id)
		status = settle_known(load, &known);
	if (status != STATUS_OK)
		return status;
	if (known.id)
		status = load_expected(load->dump, load->options, &load->casefile->error);
	if (known.id && status == STATUS_OK)
		return load_leave_known(load, known.id, counts);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < load->stream_count; i++)
		tell_plan(load, load->streams[i]);
	status = load->resumed ? load_go_on(load)
			       : load_start(load, load->streams[0]);
	return status == STATUS_OK ? transact(load, counts) : status;
}

/* A struct load is too large for some stacks. */
static void release(struct load *load)
{
	if (load->layout)
		load->layout->format->close(load->layout);
	load_streams_release(load);
	checkpoint_release(&load->checkpoint);
	free(load);
}

enum status load_member(struct casefile *casefile,
			const struct ingest_options *options, struct dump *dump,
			const struct observer *observer,
			struct ingest_counts *counts)
{
	struct load *load = calloc(1, sizeof(*load));
	enum status status;

	if (!load)
		return error_memory(&casefile->error);
	load->casefile = casefile;
	load->options = options;
	load->observer = observer;
	load->dump = dump;
	status = load_all(load, counts);
	release(load);
	return status;
}
