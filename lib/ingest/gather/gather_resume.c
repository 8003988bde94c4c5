/* SPDX-License-Identifier: Apache-2.0 */
/* Going on with members of which a part is in the case: those that were loaded come
 * again, in the same order, and are compared with what they were. */
#include <string.h>

#include "casefile/sql.h"
#include "ingest/gather/gather_room.h"
#include "ingest/load/load_keep.h"
#include "ingest/load/load_source.h"
#include "ingest/tell.h"

enum status gather_changed(struct gather *gather, const char *shown)
{
	struct error *error = &gather->load.casefile->error;

	(void)error_set(error, STATUS_FAILED,
			"%s: has changed since its ingest was begun: put back what it "
			"was and run the same command again, or start anew after "
			"`unspoof ingest --discard-unfinished CASE`", shown);
	/* Nothing else is taken, and what is kept has been said. */
	error->fault = true;
	gather->load.kept = false;
	return STATUS_FAILED;
}

/* A member that was loaded. */
struct expected {
	bool there;
	bool same;                  /* it has the path that was sought */
	char sha256[DIGEST_HEX];    /* empty: in part */
	struct source_row counts;
};

static void take_expected(sqlite3_stmt *statement, const char *path,
			  struct expected *expected)
{
	const struct text sha256 = column_text(statement, 1);

	expected->there = true;
	expected->same = text_is(column_text(statement, 0), path);
	if (sha256.len == DIGEST_HEX - 1)
		memcpy(expected->sha256, sha256.data, sha256.len);
	expected->counts.read = (uint64_t)sqlite3_column_int64(statement, 2);
	expected->counts.accepted = (uint64_t)sqlite3_column_int64(statement, 3);
	expected->counts.rejected = (uint64_t)sqlite3_column_int64(statement, 4);
	expected->counts.skipped = (uint64_t)sqlite3_column_int64(statement, 5);
}

static enum status expect(struct gather *gather, size_t source, uint64_t number,
			  struct expected *expected)
{
	struct casefile *casefile = gather->load.casefile;
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT path, sha256, rows_read, accepted, rejected, skipped"
			  " FROM member WHERE source = ? AND number = ?");
	enum status status;

	memset(expected, 0, sizeof(*expected));
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, gather->load.first_id + (int64_t)source);
	bind_integer(statement, 2, (int64_t)number);
	status = casefile_step(casefile, statement);
	if (status == STATUS_OK) {
		take_expected(statement, gather->path ? gather->path : "", expected);
		status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- what the case has ---- */

/* One that was to replace others goes on so, if it is asked to. */
static void take_below(struct load *load)
{
	struct text settings = buf_view(&load->checkpoint.settings);
	uint64_t below = 0;

	while (settings.len > 0) {
		struct text line = text_take_line(&settings);
		const size_t len = sizeof(LOAD_REPLACE "=") - 1;

		if (line.len <= len || memcmp(line.data, LOAD_REPLACE "=", len) != 0)
			continue;
		line.data += len;
		line.len -= len;
		if (!text_to_u64(line, &below) || below > INT64_MAX)
			below = 0;
	}
	load->below = load->options->replace ? (int64_t)below : 0;
	load->replacing = load->below > 0;
}

enum status gather_find_kept(struct gather *gather)
{
	struct load *load = &gather->load;
	struct checkpoint *c = &load->checkpoint;
	struct expected first;
	int64_t sources = 0;
	enum status status = checkpoint_read(load->casefile, c);

	if (status != STATUS_OK)
		return status == STATUS_END ? STATUS_OK : status;
	gather->other = true;
	if (!text_is(buf_view(&c->path), gather->root) || c->member.len > 0)
		return STATUS_OK;
	load->first_id = c->source;
	status = expect(gather, 0, 0, &first);
	if (status != STATUS_OK || !first.there)
		return status;
	gather->other = false;
	if (c->size != gather->size)
		return gather_changed(gather, gather->shown);
	load->resumed = load->kept = gather->catching_up = true;
	take_below(load);
	load->kept_done = c->done;
	status = checkpoint_rows(load->casefile, c->source, &load->kept_read);
	if (status == STATUS_OK)
		status = casefile_integer(load->casefile,
					  "SELECT count(*) FROM checkpoint", 0,
					  &sources);
	gather->sources = (uint64_t)sources;
	return status;
}

static struct gather_plan *plan_of(const struct gather *gather, size_t source)
{
	for (size_t i = 0; i < gather->plan_count; i++)
		if (gather->plans[i]->begun &&
		    gather->plans[i]->stream->index == source)
			return gather->plans[i];
	return NULL;
}

/* How many of a source were met again. */
static uint64_t met(const struct gather *gather, size_t source)
{
	const struct gather_plan *plan = plan_of(gather, source);

	return plan ? plan->members : 0;
}

static enum status begin(struct gather *gather)
{
	struct load *load = &gather->load;
	enum status status;

	gather->catching_up = false;
	status = gather_begin(gather);
	load->whole_read = load_read(load);
	if (status == STATUS_OK)
		tell_resumed(load);
	return status;
}

enum status gather_caught_up(struct gather *gather)
{
	struct expected next;

	for (size_t source = 0; source < gather->sources; source++) {
		const enum status status =
			expect(gather, source, met(gather, source), &next);

		if (status != STATUS_OK || next.there)
			return status;
	}
	return begin(gather);
}

/* ---- a member that comes again ---- */

/* The source that it was loaded for, as the next of its members. The first member of
 * one comes behind that of the one before. */
static enum status seek(struct gather *gather, size_t *source,
			struct expected *expected)
{
	expected->same = false;
	for (*source = 0; *source < gather->sources; ++*source) {
		const enum status status = expect(gather, *source,
						  met(gather, *source), expected);

		if (status != STATUS_OK || expected->same ||
		    *source == gather->load.stream_count)
			return status;
	}
	return STATUS_OK;
}

/* Left out then, for some reason, it is left out again. */
static enum status pass_over(struct gather *gather, const struct peek *peek)
{
	struct load *load = &gather->load;
	struct source_match known = { .id = 0 };
	enum status status = gather_plan_find(gather, peek, &gather->plan);

	if (status == STATUS_OK && !gather->plan)
		return load_member(load->casefile, load->options, load->dump,
				   load->observer, gather->counts);
	if (status == STATUS_OK)
		status = gather_read_through(gather);
	if (status == STATUS_OK)
		status = gather_known(gather, gather->plan, &known);
	if (status != STATUS_OK)
		return status;
	return known.id != 0 ? gather_leave_known(gather, gather->plan, &known)
			     : gather_changed(gather, dump_shown(load->dump));
}

/* Gives the source its plan again, by the first of its members. */
static enum status plan_again(struct gather *gather, const struct peek *peek)
{
	struct load *load = &gather->load;
	enum status status = gather_plan_find(gather, peek, &gather->plan);

	if (status == STATUS_OK && (!gather->plan || gather->plan->begun))
		return gather_changed(gather, dump_shown(load->dump));
	if (status != STATUS_OK)
		return status;
	load->layout = gather->plan->layout;
	status = gather_begin_plan(gather, gather->plan);
	if (status == STATUS_OK)
		tell_plan(load, gather->plan->stream);
	if (status == STATUS_OK)
		status = load_take_stream(load, gather->plan->stream);
	/* With other settings none of the members is taken. */
	load->kept = load->kept && status != STATUS_FAILED;
	load->casefile->error.fault = status == STATUS_FAILED;
	return status;
}

/* It was wholly loaded. */
static enum status pass(struct gather *gather, const struct expected *expected)
{
	const struct dump *dump = gather->load.dump;
	enum status status = gather_read_through(gather);

	if (status == STATUS_OK &&
	    strcmp(expected->sha256, gather->archive ? dump_member_sha256(dump)
						     : dump_sha256(dump)) != 0)
		return gather_changed(gather, dump_shown(dump));
	if (status == STATUS_OK && gather->plan->members == 0)
		status = gather_note_first(gather);
	gather->plan->members++;
	return status;
}

/* It was loaded in part. */
static enum status go_on(struct gather *gather, const struct expected *expected)
{
	struct load *load = &gather->load;
	struct checkpoint *c = &load->checkpoint;
	struct layout *layout = load->layout;
	struct error *error = &load->casefile->error;
	bool same = false;
	enum status status = dump_skip(load->dump, c->offset, &c->prefix,
				       load->kept_read, &same, error);

	if (status == STATUS_OK && (!same || load->stream_count != gather->sources))
		return gather_changed(gather, dump_shown(load->dump));
	load->begin.offset = c->offset;
	load->begin.line = c->line;
	if (status == STATUS_OK)
		status = layout->format->restore(layout, buf_view(&c->state),
						 c->offset, c->line, error);
	if (status == STATUS_INTEGRITY)
		return error_set(error, status,
				 "table checkpoint: its state is none of format %s",
				 layout->format->name);
	gather->before = gather->plan->stream->source;
	gather->before.read -= expected->counts.read;
	gather->before.accepted -= expected->counts.accepted;
	gather->before.rejected -= expected->counts.rejected;
	gather->before.skipped -= expected->counts.skipped;
	if (status == STATUS_OK)
		status = begin(gather);
	return status == STATUS_OK ? gather_rows(gather) : status;
}

enum status gather_catch_up(struct gather *gather, const struct peek *peek)
{
	struct expected expected;
	size_t source;
	enum status status = seek(gather, &source, &expected);

	if (status == STATUS_OK && !expected.same)
		return pass_over(gather, peek);
	gather->plan = plan_of(gather, source);
	if (status == STATUS_OK && !gather->plan)
		status = plan_again(gather, peek);
	if (status != STATUS_OK)
		return status;
	gather->load.layout = gather->plan->layout;
	gather->load.layout->format->rewind(gather->load.layout);
	return expected.sha256[0] ? pass(gather, &expected)
				  : go_on(gather, &expected);
}
