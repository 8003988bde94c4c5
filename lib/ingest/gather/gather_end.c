/* SPDX-License-Identifier: Apache-2.0 */
/* The sources of gathered members, once all members are there. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"
#include "ingest/gather/gather_room.h"
#include "ingest/load/load_keep.h"
#include "ingest/load/load_rows.h"
#include "ingest/load/load_streams.h"

enum status gather_note_first(struct gather *gather)
{
	const struct dump *dump = gather->load.dump;
	struct gather_first *first = &gather->plan->first;
	const char *path = dump_path(dump), *member = dump_member(dump);

	load_stream_show(&gather->load, gather->plan->stream);
	first->path = memory_text(path, strlen(path));
	first->member = memory_text(member, strlen(member));
	(void)snprintf(first->compression, sizeof(first->compression), "%s",
		       dump_compression(dump));
	first->size = dump_size(dump);
	first->member_size = dump_member_size(dump);
	memcpy(first->sha256, dump_sha256(dump), DIGEST_HEX);
	memcpy(first->member_sha256, dump_member_sha256(dump), DIGEST_HEX);
	return first->path && first->member
		       ? STATUS_OK
		       : error_memory(&gather->load.casefile->error);
}

/* ---- what a source of members is ---- */

/* Its size, and the hash of the list of members. */
struct listing {
	struct digest *digest;
	struct buf line;
	uint64_t size;
	bool failed;
};

/* `SHA-256  SIZE  PATH`, where a line end in the path is \\n and a backslash two. */
static void list_member(void *context, const struct member_row *row)
{
	struct listing *listing = context;
	const char *path = row->path ? row->path : "";

	buf_clear(&listing->line);
	buf_format(&listing->line, "%s  %" PRIu64 "  ", row->sha256, row->size);
	for (; *path; path++) {
		if (*path == '\n' || *path == '\\')
			buf_byte(&listing->line, '\\');
		buf_byte(&listing->line, *path == '\n' ? 'n' : *path);
	}
	buf_byte(&listing->line, '\n');
	listing->size += row->size;
	listing->failed = listing->failed || listing->line.failed ||
			  !digest_add(listing->digest, listing->line.data,
				      listing->line.len);
}

static enum status settle_members(struct gather *gather, struct source_row *row)
{
	struct casefile *casefile = gather->load.casefile;
	struct listing listing = { .digest = digest_new() };
	enum status status = listing.digest
				     ? member_each(casefile, row->id, list_member,
						   &listing)
				     : error_memory(&casefile->error);

	if (status == STATUS_OK &&
	    (listing.failed || !digest_end(listing.digest, row->member_sha256)))
		status = error_memory(&casefile->error);
	digest_free(listing.digest);
	buf_release(&listing.line);
	row->member_size = listing.size;
	if (gather->archive)
		return status;
	row->size = listing.size;
	memcpy(row->sha256, row->member_sha256, DIGEST_HEX);
	return status;
}

/* What came to have one member is that. */
static enum status settle_one(struct gather *gather, const struct gather_first *first,
			      struct source_row *row)
{
	struct casefile *casefile = gather->load.casefile;
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "DELETE FROM member WHERE source = ?");
	enum status status;

	row->path = first->path;
	row->member = first->member;
	row->compression = first->compression;
	row->size = first->size;
	row->member_size = first->member_size;
	memcpy(row->sha256, first->sha256, DIGEST_HEX);
	memcpy(row->member_sha256, first->member_sha256, DIGEST_HEX);
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, row->id);
	status = casefile_run(casefile, statement);
	sqlite3_finalize(statement);
	return status;
}

static struct gather_plan *plan_of(const struct gather *gather,
				   const struct load_stream *stream)
{
	for (size_t i = 0; i < gather->plan_count; i++)
		if (gather->plans[i]->stream == stream)
			return gather->plans[i];
	return NULL;
}

static enum status settle(struct gather *gather, struct load_stream *stream)
{
	const struct gather_plan *plan = plan_of(gather, stream);

	if (plan->members == 1)
		return settle_one(gather, &plan->first, &stream->source);
	stream->members = plan->members;
	(void)snprintf(stream->shown, sizeof(stream->shown), "%s", gather->shown);
	return settle_members(gather, &stream->source);
}

static enum status settle_all(struct gather *gather)
{
	struct load *load = &gather->load;
	enum status status = parse_shared_end(&gather->shared, load_take_segments, load,
					      &load->casefile->error);

	for (size_t i = 0; i < load->stream_count && status == STATUS_OK; i++)
		status = settle(gather, load->streams[i]);
	member_writer_close(&gather->writer);
	return status == STATUS_OK ? load_finish(load) : status;
}

/* ---- what is said ---- */

static void tell_known(const struct gather *gather)
{
	const uint64_t more = gather->known > GATHER_TOLD ? gather->known - GATHER_TOLD : 0;

	if (more > 0)
		observer_notice(gather->load.observer,
				"%s: %llu more file%s %s in the case already; nothing added of "
				"%s", gather->shown, (unsigned long long)more, plural(more),
				more == 1 ? "is" : "are", more == 1 ? "it" : "them");
}

/* The first failure is what it comes to; the others are told. */
static enum status tell_all(struct gather *gather)
{
	struct load *load = &gather->load;
	struct error *error = &load->casefile->error;
	struct error first = { .status = STATUS_OK };

	for (size_t i = 0; i < load->stream_count; i++) {
		struct load_stream *stream = load->streams[i];
		const enum status status =
			load_tell_stream(load, stream, false, gather->counts);

		if (status != STATUS_OK && first.status != STATUS_OK)
			observer_notice(load->observer, "%s", error->text);
		else if (status != STATUS_OK)
			first = *error;
	}
	if (load->replacing && gather_tell_replaced(gather) != STATUS_OK)
		return error->status;
	if (first.status != STATUS_OK)
		*error = first;
	return first.status;
}

enum status gather_end(struct gather *gather)
{
	enum status status = STATUS_OK;

	if (!gather->root)
		return STATUS_OK;
	tell_known(gather);
	if (gather->catching_up)
		status = gather_caught_up(gather);
	if (status == STATUS_OK && gather->catching_up)
		status = gather_changed(gather, gather->shown);
	else if (status == STATUS_OK && gather->begun)
		status = settle_all(gather);
	if (status != STATUS_OK)
		return gather_stop(gather, status);
	if (gather->begun)
		status = tell_all(gather);
	gather_close(gather);
	return status;
}

/* ---- where it ends before ---- */

static enum status tell_kept(const struct gather *gather, enum status status)
{
	const struct load *load = &gather->load;
	struct error *error = &load->casefile->error;
	const struct error before = *error;
	const unsigned long long rows = load->kept_read;

	if (status == STATUS_INTERRUPTED && !load->kept)
		return error_set(error, status,
				 "%s: interrupted; nothing of it is kept, and the "
				 "same command starts it again", gather->shown);
	if (status == STATUS_INTERRUPTED)
		return error_set(error, status,
				 "%s: interrupted; %llu row%s of it %s kept, and the "
				 "same command goes on", gather->shown, rows, plural(rows),
				 rows == 1 ? "is" : "are");
	if (load->kept && status == STATUS_FAILED)
		(void)error_set(error, status,
				"%s; %llu row%s of %s %s kept, and the same command "
				"goes on", before.text, rows, plural(rows), gather->shown,
				rows == 1 ? "is" : "are");
	error->fault = before.fault;
	return status;
}

/* What is not to stay is taken out again; why is the error, unless that fails. */
static enum status give_back(struct gather *gather, enum status status)
{
	struct load *load = &gather->load;
	struct error *error = &load->casefile->error;
	const struct error why = *error;
	enum status given;

	load_undo(load);
	given = load->kept ? load_discard(load) : STATUS_OK;
	if (given == STATUS_OK)
		*error = why;
	return given == STATUS_OK ? status : given;
}

enum status gather_stop(struct gather *gather, enum status status)
{
	struct load *load = &gather->load;

	if (!gather->root)
		return status;
	if (gather->begun && load->refused) {
		member_writer_close(&gather->writer);
		status = give_back(gather, status);
		gather_close(gather);
		return status;
	}
	if (gather->begun && status == STATUS_INTERRUPTED && load->whole) {
		const enum status kept = load_keep(load);

		status = kept == STATUS_OK ? status : kept;
	}
	member_writer_close(&gather->writer);
	if (gather->begun)
		load_undo(load);
	status = tell_kept(gather, status);
	gather_close(gather);
	return status;
}
