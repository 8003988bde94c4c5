/* SPDX-License-Identifier: Apache-2.0 */
/* Loading members that become sources together. */
#include "ingest/gather/gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"
#include "ingest/gather/gather_room.h"
#include "ingest/load/load_keep.h"
#include "ingest/load/load_known.h"
#include "ingest/load/load_rows.h"
#include "ingest/load/load_source.h"
#include "ingest/load/load_streams.h"

struct gather *gather_new(struct casefile *casefile,
			  const struct ingest_options *options,
			  const struct observer *observer,
			  struct ingest_counts *counts)
{
	struct gather *gather = calloc(1, sizeof(*gather));

	if (!gather)
		return NULL;
	gather->load.casefile = casefile;
	gather->load.options = options;
	gather->load.observer = observer;
	gather->load.gather = gather;
	gather->counts = counts;
	return gather;
}

void gather_close(struct gather *gather)
{
	struct load *load = &gather->load;
	const struct load fresh = {
		.casefile = load->casefile, .options = load->options,
		.observer = load->observer, .gather = gather,
		.below = load->below, .replacing = load->below > 0,
	};

	buf_release(&load->left);
	member_writer_close(&gather->writer);
	parse_shared_close(&gather->shared);
	gather_plans_release(gather);
	checkpoint_release(&load->checkpoint);
	buf_release(&gather->mark.forms);
	buf_release(&gather->mark.tally);
	replaced_release(&gather->replaced);
	free(gather->root);
	*gather = (struct gather){ .load = fresh, .counts = gather->counts };
}

void gather_free(struct gather *gather)
{
	if (gather)
		gather_close(gather);
	free(gather);
}

const char *gather_shown(const struct gather *gather)
{
	return gather->shown;
}

const struct load_stream *gather_planned(const struct gather *gather, size_t at)
{
	return at < gather->plan_count ? gather->plans[at]->stream : NULL;
}

/* ---- the root ---- */

enum status gather_open_root(struct gather *gather, const char *root,
			     const struct dump *dump)
{
	if (gather->root)
		return STATUS_OK;
	gather->root = memory_text(root, strlen(root));
	if (!gather->root)
		return error_memory(&gather->load.casefile->error);
	text_escape(text_of(root), gather->shown, sizeof(gather->shown));
	gather->archive = dump_archive(dump);
	(void)snprintf(gather->compression, sizeof(gather->compression), "%s",
		       gather->archive ? dump_packed(dump) : "none");
	if (gather->archive) {
		gather->size = dump_total(dump);
		memcpy(gather->sha256, dump_sha256(dump), DIGEST_HEX);
	}
	return gather_find_kept(gather);
}

/* ---- what the case has already ---- */

/* A content of some size is in the case, or a file of it. */
static enum status has_size(struct gather *gather, uint64_t size, bool *has)
{
	struct casefile *casefile = gather->load.casefile;
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT 1 FROM source WHERE dropped_by IS NULL AND"
			  " (member_size = ?1 OR size = ?1)"
			  " UNION ALL SELECT 1 FROM member WHERE size = ?1 LIMIT 1");
	enum status status;

	*has = false;
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, (int64_t)size);
	status = casefile_step(casefile, statement);
	*has = status == STATUS_OK;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status find(struct gather *gather, const struct gather_plan *plan,
			const char *sha256, struct source_match *match)
{
	const struct source_sought sought = { .sha256 = sha256,
					      .kind = plan->stream->source.kind,
					      .below = gather->load.below,
					      .root = gather->root };

	return source_find(gather->load.casefile, &sought, match);
}

/* Of a file that is not read yet, where that costs a pass over it at most. */
static enum status known_ahead(struct gather *gather, const struct gather_plan *plan,
			       struct source_match *match)
{
	struct dump *dump = gather->load.dump;
	char hex[DIGEST_HEX];
	bool has = false;
	enum status status = STATUS_OK;

	/* What is about to be replaced has them all. */
	if (!gather->archive && gather->load.below == 0)
		status = has_size(gather, dump_total(dump), &has);
	if (status != STATUS_OK || !has ||
	    !dump_hash(dump, hex, &status, &gather->load.casefile->error))
		return status;
	return find(gather, plan, hex, match);
}

static enum status known_behind(struct gather *gather, const struct gather_plan *plan,
				struct source_match *match)
{
	const struct dump *dump = gather->load.dump;
	const char *content = dump_member_sha256(dump), *seized = dump_sha256(dump);
	enum status status = find(gather, plan, content, match);

	/* Members of a folder have the hash of the file as seized. */
	if (status == STATUS_OK && match->id == 0 && !gather->archive &&
	    strcmp(seized, content) != 0)
		status = find(gather, plan, seized, match);
	return status;
}

enum status gather_known(struct gather *gather, const struct gather_plan *plan,
			 struct source_match *match)
{
	bool same;
	enum status status;

	*match = (struct source_match){ .id = 0 };
	status = gather->ended ? known_behind(gather, plan, match)
			       : known_ahead(gather, plan, match);
	if (status != STATUS_OK || match->id == 0 || match->gave)
		return status;
	/* What gave no row may do so in another reading. */
	status = load_known_same(&gather->load, plan->stream, match->id, &same);
	if (!same)
		match->id = 0;
	return status;
}

/* Whether the source as a whole gave no row. */
static enum status is_empty(struct gather *gather, int64_t id, bool *empty)
{
	char sql[100];
	int64_t accepted = 0;
	enum status status;

	(void)snprintf(sql, sizeof(sql), "SELECT accepted FROM source WHERE id = %lld",
		       (long long)id);
	status = casefile_integer(gather->load.casefile, sql, 0, &accepted);
	*empty = status == STATUS_OK && accepted == 0;
	return status;
}

enum status gather_leave_known(struct gather *gather, const struct gather_plan *plan,
			       const struct source_match *match)
{
	bool same, empty = false;
	enum status status =
		load_known_same(&gather->load, plan->stream, match->id, &same);

	if (status != STATUS_OK || !same)
		return status == STATUS_OK ? STATUS_FAILED : status;
	if (!match->gave)
		status = is_empty(gather, match->id, &empty);
	if (status != STATUS_OK || empty)
		return empty ? load_refuse_empty(&gather->load, match->id) : status;
	if (gather->known++ < GATHER_TOLD)
		return load_leave_known(&gather->load, match->id, gather->counts);
	gather->counts->known++;
	return STATUS_OK;
}

/* ---- a member ---- */

enum status gather_begin(struct gather *gather)
{
	struct load *load = &gather->load;
	enum status status;

	if (gather->begun)
		return STATUS_OK;
	gather->begun = true;
	status = load_begin(load);
	if (status == STATUS_OK)
		status = member_writer_open(&gather->writer, load->casefile);
	if (status == STATUS_OK && !parse_shared_open(&gather->shared, &load->forms))
		status = error_memory(&load->casefile->error);
	return status;
}

/* Its members name it from the first on. */
static enum status open_source(struct load *load, struct load_stream *stream)
{
	const enum status status = load_begin_streams(load, stream);

	return status == STATUS_OK ? load_source_store(load, stream, false) : status;
}

enum status gather_begin_plan(struct gather *gather, struct gather_plan *plan)
{
	struct load *load = &gather->load;
	struct load_stream *stream = plan->stream;
	struct source_row *row = &stream->source;

	if (plan->begun)
		return STATUS_OK;
	plan->begun = true;
	load_stream_show(load, stream);
	stream->index = load->stream_count;
	stream->stream->number = (uint32_t)stream->index;
	row->id = load->first_id + (int64_t)stream->index;
	row->path = gather->root;
	row->member = "";
	row->stream_name = stream->stream->name.len ? buf_view(&stream->stream->name).data : NULL;
	row->compression = gather->compression;
	row->size = gather->size;
	memcpy(row->sha256, gather->sha256, DIGEST_HEX);
	load->streams[load->stream_count++] = stream;
	return load->reading ? open_source(load, stream) : STATUS_OK;
}

enum status gather_read_through(struct gather *gather)
{
	struct error *error = &gather->load.casefile->error;
	char *data = memory_array(NULL, DUMP_PEEK, 1);
	enum status status = data ? STATUS_OK : error_memory(error);
	size_t got = 1;

	while (status == STATUS_OK && got > 0 && !gather->ended)
		status = dump_read(gather->load.dump, data, DUMP_PEEK, &got, error);
	free(data);
	if (status == STATUS_OK && !gather->ended)
		status = dump_end(gather->load.dump, error);
	gather->ended = gather->ended || status == STATUS_OK;
	return status;
}

enum status gather_store_member(struct gather *gather)
{
	const struct load *load = &gather->load;
	const struct dump *dump = load->dump;
	const struct source_row *now = &gather->plan->stream->source;
	const struct source_row *before = &gather->before;
	struct member_row row = {
		.source = now->id,
		.number = gather->plan->members,
		.path = gather->path,
		.compression = gather->archive ? NULL : dump_compression(dump),
		.read = now->read - before->read,
		.accepted = now->accepted - before->accepted,
		.rejected = now->rejected - before->rejected,
		.skipped = now->skipped - before->skipped,
	};

	gather->load.odd += dump_odd(dump);
	if (gather->ended) {
		row.size = gather->archive ? dump_member_size(dump) : dump_size(dump);
		memcpy(row.sha256, gather->archive ? dump_member_sha256(dump)
						   : dump_sha256(dump), DIGEST_HEX);
		memcpy(row.content, dump_member_sha256(dump), DIGEST_HEX);
	}
	return member_writer_put(&gather->writer, &row);
}

static void tell_behind(const struct gather *gather)
{
	const struct dump *dump = gather->load.dump;

	if (dump_behind(dump))
		observer_notice(gather->load.observer,
				"%s: %llu byte%s behind the end of the compressed "
				"data %s not read, but hashed", dump_shown(dump),
				(unsigned long long)dump_behind(dump),
				plural(dump_behind(dump)),
				dump_behind(dump) == 1 ? "is" : "are");
}

/* The member is whole. */
static enum status end_member(struct gather *gather)
{
	struct load *load = &gather->load;
	enum status status = gather_store_member(gather);

	tell_behind(gather);
	if (status == STATUS_OK && gather->plan->members == 0)
		status = gather_note_first(gather);
	gather->plan->members++;
	if (status == STATUS_OK && load_read(load) - load->whole_read >= SEGMENT_ROWS)
		status = gather_place(gather);
	return status;
}

/* What a long one comes to is known behind its end. *left: it was taken out again, since the
 * case has it. */
static enum status end_long(struct gather *gather, bool *left)
{
	struct load *load = &gather->load;
	struct source_match known = { .id = 0 };
	enum status status = dump_end(load->dump, &load->casefile->error);

	gather->ended = status == STATUS_OK;
	if (status == STATUS_OK)
		status = gather_known(gather, gather->plan, &known);
	if (status != STATUS_OK || known.id == 0)
		return status;
	status = gather_retreat(gather);
	*left = status == STATUS_OK;
	return *left ? gather_leave_known(gather, gather->plan, &known) : status;
}

enum status gather_rows(struct gather *gather)
{
	struct load *load = &gather->load;
	bool left = false;
	enum status status;

	load->shared = &gather->shared;
	load->member = gather->plan->members;
	load->few = gather->ended;
	status = load_rows(load);
	if (status == STATUS_OK && !gather->ended)
		status = end_long(gather, &left);
	if (left)
		return status;
	return status == STATUS_OK ? end_member(gather) : gather_fail(gather, status);
}

/* What cannot be read to its end leaves nothing; after all else there is no telling
 * what the member left, so that no other is taken. */
enum status gather_fail(struct gather *gather, enum status status)
{
	struct error *error = &gather->load.casefile->error;
	const struct error why = *error;

	if (status != STATUS_FAILED || why.fault)
		return status;
	if (!dump_failed(gather->load.dump)) {
		error->fault = true;
		return status;
	}
	status = gather_retreat(gather);
	if (status != STATUS_OK)
		return status;
	*error = why;
	return why.status;
}

static enum status load_it(struct gather *gather)
{
	struct load *load = &gather->load;
	struct gather_plan *plan = gather->plan;
	enum status status = STATUS_OK;

	if (gather->other)
		return checkpoint_refuse(load->casefile, &load->checkpoint);
	status = gather_begin(gather);
	if (status == STATUS_OK && !gather->ended)
		status = gather_mark(gather);
	if (status == STATUS_OK)
		status = gather_begin_plan(gather, plan);
	gather->before = plan->stream->source;
	if (status == STATUS_OK)
		status = load_start(load, plan->stream);
	return status == STATUS_OK ? gather_rows(gather)
				   : gather_fail(gather, status);
}

/* One that has several tables, or whose format does not say what is written alike, is
 * loaded by itself. */
static enum status load_apart(struct gather *gather, struct dump *dump)
{
	struct load *load = &gather->load;
	struct error *error = &load->casefile->error;
	const enum status before = gather_end(gather);
	const struct error why = *error;
	enum status status;

	if (before != STATUS_OK && (before != STATUS_FAILED || why.fault))
		return before;
	status = load_member(load->casefile, load->options, dump, load->observer,
			     gather->counts);
	if (before == STATUS_OK)
		return status;
	if (status != STATUS_OK) {
		observer_notice(load->observer, "%s", why.text);
		return status;
	}
	*error = why;
	return before;
}

static enum status take(struct gather *gather, const struct peek *peek,
			struct dump *dump)
{
	struct load *load = &gather->load;
	struct error *error = &load->casefile->error;
	struct source_match known = { .id = 0 };
	enum status status = gather_plan_find(gather, peek, &gather->plan);

	if (status == STATUS_OK && !gather->plan)
		return load_apart(gather, dump);
	if (status == STATUS_OK)
		load->layout = gather->plan->layout;
	if (status == STATUS_OK && dump_ended(dump)) {
		status = dump_end(dump, error);
		gather->ended = status == STATUS_OK;
	}
	if (status == STATUS_OK)
		status = gather_known(gather, gather->plan, &known);
	if (status != STATUS_OK)
		return status;
	return known.id != 0 ? gather_leave_known(gather, gather->plan, &known)
			     : load_it(gather);
}

enum status gather_member(struct gather *gather, const char *root, const char *path,
			  struct dump *dump)
{
	struct load *load = &gather->load;
	struct peek peek;
	enum status status;

	/* No more sources can be open at a time. */
	if (load->stream_count == LOAD_STREAMS && load->below > 0)
		return gather_refuse_many(gather);
	status = load->stream_count == LOAD_STREAMS ? gather_end(gather) : STATUS_OK;
	if (status == STATUS_OK)
		status = gather_open_root(gather, root, dump);
	load->dump = dump;
	gather->path = path;
	gather->plan = NULL;
	gather->ended = false;
	if (status == STATUS_OK)
		status = dump_peek(dump, &peek, &load->casefile->error);
	if (status == STATUS_OK && gather->catching_up)
		status = gather_caught_up(gather);
	if (status == STATUS_OK)
		status = gather->catching_up ? gather_catch_up(gather, &peek)
					     : take(gather, &peek, dump);
	if (status == STATUS_END && load_leave_out(load, text_of(path), &load->casefile->error) != STATUS_OK)
		status = load->casefile->error.status;
	load->dump = NULL;
	return status;
}
