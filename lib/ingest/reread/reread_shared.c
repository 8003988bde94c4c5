/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the rows of sources with members again, member after member. */
#include "ingest/reread/reread_shared.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"
#include "ingest/reread/judge.h"
#include "ingest/reread/reread_compare.h"
#include "ingest/reread/found/reread_members.h"
#include "ingest/reread/reread_member.h"
#include "ingest/reread/reread_sources.h"
#include "ingest/source/dump.h"

#define SHOWN 300

/* A source being read again. */
struct shared {
	struct reread *reread;
	const char *where;
	int64_t id;
	bool archive;
	char sha256[DIGEST_HEX];    /* of the archive */
	struct reread_source source;
	struct comparison comparison;
	struct reread_members found;        /* where a format finds its rows */
	sqlite3_stmt *members;      /* stands on the next */
	uint64_t missing;           /* members that were not read */
	/* Of an archive: the entry, and those that have the path of a member and are none. */
	uint64_t entry;
	uint64_t *others;
	size_t other_count, other_capacity;
	bool again;                 /* one more of them was found, by reading it */
};

enum { MEMBER_NUMBER, MEMBER_PATH, MEMBER_SHA256, MEMBER_SIZE, MEMBER_ACCEPTED,
       MEMBER_REJECTED, MEMBER_SKIPPED };

static uint64_t column(const struct shared *shared, int place)
{
	return (uint64_t)sqlite3_column_int64(shared->members, place);
}

static struct error *error_of(const struct shared *shared)
{
	return &shared->reread->casefile->error;
}

/* ---- a member ---- */

static void fail(struct shared *shared, const char *shown, const char *what)
{
	shared->reread->verified->failures++;
	observer_notice(shared->reread->observer, "%s: %s", shown, what);
}

/* It is not read, so that nothing is proved of its rows. */
static enum status pass_over(struct shared *shared)
{
	shared->missing++;
	return comparison_pass(&shared->comparison, column(shared, MEMBER_NUMBER),
			       column(shared, MEMBER_ACCEPTED));
}

/* What the case has of it. Of a folder the size is that of the file, once that is read. */
static struct member_sums sums_of(const struct shared *shared, const struct dump *dump)
{
	return (struct member_sums){ shared->archive ? column(shared, MEMBER_SIZE) : dump_member_size(dump),
				     column(shared, MEMBER_ACCEPTED), column(shared, MEMBER_REJECTED),
				     column(shared, MEMBER_SKIPPED) };
}

static enum status compare_delimited(struct shared *shared, struct dump *dump)
{
	struct comparison *c = &shared->comparison;
	struct judge judge = { 0 };
	enum status status;

	comparison_begin(c, column(shared, MEMBER_NUMBER), dump_shown(dump));
	status = judge_open(&judge, &shared->source.recipe, dump_input(dump),
			    error_of(shared));
	if (status == STATUS_OK)
		status = reread_records(shared->reread, dump, &judge, c);
	if (status == STATUS_OK) {
		const struct member_sums sums = sums_of(shared, dump);

		status = comparison_end_member(c, &judge, &sums);
	}
	judge_close(&judge);
	return status;
}

static enum status compare_found(struct shared *shared, struct dump *dump)
{
	const struct member_sums sums = sums_of(shared, dump);
	bool read;
	const enum status status = reread_members_read(&shared->found, dump, column(shared, MEMBER_NUMBER), &sums, &read);

	return status == STATUS_OK && !read ? pass_over(shared) : status;
}

static enum status compare(struct shared *shared, struct dump *dump)
{
	return shared->source.recipe.format ? compare_found(shared, dump) : compare_delimited(shared, dump);
}

/* The hash of a file of a folder, before its rows are compared. */
static enum status hash(struct shared *shared, struct dump *dump, char hex[DIGEST_HEX])
{
	struct peek peek;
	enum status status;

	reread_encode(dump, &shared->source.recipe);
	status = dump_peek(dump, &peek, error_of(shared));
	if (status != STATUS_OK || !dump_ended(dump)) {
		if (status == STATUS_OK)
			(void)dump_hash(dump, hex, &status, error_of(shared));
		return status;
	}
	status = dump_end(dump, error_of(shared));
	if (status == STATUS_OK)
		memcpy(hex, dump_sha256(dump), DIGEST_HEX);
	return status;
}

static enum status check_file(struct shared *shared, struct dump *dump)
{
	char hex[DIGEST_HEX] = "";
	enum status status = hash(shared, dump, hex);

	if (status != STATUS_OK)
		return status;
	shared->reread->verified->sources++;
	if (text_is(column_text(shared->members, MEMBER_SHA256), hex))
		return compare(shared, dump);
	fail(shared, dump_shown(dump), "has changed since it was ingested: its SHA-256 is "
				       "another one");
	return pass_over(shared);
}

/* ---- a folder ---- */

static void tell_absent(const struct shared *shared, const char *path)
{
	char shown[SHOWN];

	shared->reread->verified->absent++;
	shared->reread->verified->files++;
	if (!shared->reread->options->quiet)
		observer_notice(shared->reread->observer,
				"%s: not here, so that its hash is not checked",
				text_escape(text_of(path), shown, sizeof(shown)));
}

static enum status read_file(struct shared *shared, const char *path)
{
	struct reread *reread = shared->reread;
	struct dump *dump = NULL;
	bool there = false;
	enum status status = verify_find(reread->casefile, path, &there);

	if (status == STATUS_OK && !there) {
		tell_absent(shared, path);
		return pass_over(shared);
	}
	if (status == STATUS_OK)
		status = dump_open_as(&dump, path, &reread->options->dumps, false,
				      reread->observer, error_of(shared));
	if (status == STATUS_OK)
		status = dump_next(dump, error_of(shared));
	/* An empty file has no member. */
	if (status == STATUS_END) {
		fail(shared, dump_shown(dump), "has changed since it was ingested: it is "
					       "empty");
		status = pass_over(shared);
	} else if (status == STATUS_OK) {
		status = check_file(shared, dump);
	}
	dump_close(dump);
	return status;
}

static enum status next_file(struct shared *shared)
{
	const struct text member = column_text(shared->members, MEMBER_PATH);
	const size_t len = strlen(shared->where);
	struct buf path = { 0 };
	enum status status;

	buf_text(&path, shared->where);
	if (len > 0 && shared->where[len - 1] != '/')
		buf_byte(&path, '/');
	buf_add(&path, member.data ? member.data : "", member.len);
	status = path.failed ? error_memory(error_of(shared))
			     : read_file(shared, path.data);
	buf_release(&path);
	return status;
}

static enum status next_row(struct shared *shared)
{
	return casefile_step(shared->reread->casefile, shared->members);
}

static enum status read_folder(struct shared *shared)
{
	enum status status;

	while ((status = next_row(shared)) == STATUS_OK) {
		status = next_file(shared);
		if (status != STATUS_OK)
			return status;
	}
	return status;
}

/* ---- an archive ---- */

static bool is_other(const struct shared *shared)
{
	for (size_t i = 0; i < shared->other_count; i++)
		if (shared->others[i] == shared->entry)
			return true;
	return false;
}

static enum status add_other(struct shared *shared)
{
	void *others = shared->others;

	if (!memory_room(&others, &shared->other_capacity, shared->other_count + 1,
			 sizeof(*shared->others)))
		return error_memory(error_of(shared));
	shared->others = others;
	shared->others[shared->other_count++] = shared->entry;
	shared->again = true;
	return STATUS_END;
}

static bool has_hash(const struct shared *shared, const struct dump *dump)
{
	return text_is(column_text(shared->members, MEMBER_SHA256),
		       dump_member_sha256(dump));
}

/* An archive may have a path twice, and one of the two as content that was known. A short
 * entry is told apart before it is compared. */
static enum status is_meant(struct shared *shared, struct dump *dump, bool *meant)
{
	struct peek peek;
	enum status status = STATUS_OK;

	*meant = text_is(column_text(shared->members, MEMBER_PATH), dump_member(dump)) &&
		 !is_other(shared);
	if (*meant)
		reread_encode(dump, &shared->source.recipe);
	if (*meant)
		status = dump_peek(dump, &peek, error_of(shared));
	if (status != STATUS_OK || !*meant || !dump_ended(dump))
		return status;
	status = dump_end(dump, error_of(shared));
	*meant = status == STATUS_OK && has_hash(shared, dump);
	return status;
}

/* A long one behind that, and then all is read again without it. STATUS_END: that is to be. */
static enum status compare_entry(struct shared *shared, struct dump *dump)
{
	const bool ended = dump_ended(dump);
	enum status status = compare(shared, dump);

	if (status == STATUS_OK && !ended)
		status = dump_end(dump, error_of(shared));
	if (status == STATUS_OK && !has_hash(shared, dump))
		return add_other(shared);
	return status == STATUS_OK ? next_row(shared) : status;
}

/* All members of the archive, of which those of the source come in order. STATUS_END:
 * of the source's. */
static enum status read_dump(struct shared *shared, struct dump *dump)
{
	enum status status = next_row(shared);
	bool meant;

	for (shared->entry = 0; status == STATUS_OK; shared->entry++) {
		status = is_meant(shared, dump, &meant);
		if (status == STATUS_OK && meant)
			status = compare_entry(shared, dump);
		if (status == STATUS_OK &&
		    (status = dump_next(dump, error_of(shared))) == STATUS_END) {
			fail(shared, dump_shown(dump),
			     "lacks a member that the case has");
			shared->missing++;
		}
	}
	return status;
}

static enum status read_archive(struct shared *shared)
{
	struct reread *reread = shared->reread;
	struct dump *dump = NULL;
	enum status status = dump_open_as(&dump, shared->where, &reread->options->dumps,
					  reread->options->threaded, reread->observer,
					  error_of(shared));

	if (status == STATUS_OK)
		status = dump_next(dump, error_of(shared));
	if (status == STATUS_OK && (!dump_archive(dump) ||
				    strcmp(dump_sha256(dump), shared->sha256) != 0)) {
		shared->missing++;
		status = STATUS_END;
	}
	if (status == STATUS_OK)
		status = read_dump(shared, dump);
	dump_close(dump);
	return status;
}

/* ---- a source ---- */

static void tell(struct shared *shared)
{
	struct reread *reread = shared->reread;
	char path[SHOWN];

	reread->counts->rows += shared->comparison.compared;
	findings_tell(&shared->comparison.findings, reread);
	text_escape(text_of(shared->where), path, sizeof(path));
	reread_tell_asserted(reread, &shared->source, path);
	if (shared->missing == 0) {
		reread->counts->sources++;
		return;
	}
	reread->counts->unreadable++;
	if (!reread->options->quiet)
		observer_notice(reread->observer,
				"%s: source %lld is not all read again: some of it is "
				"not here, or not what was ingested", path,
				(long long)shared->id);
}

static enum status open_members(struct shared *shared)
{
	struct casefile *casefile = shared->reread->casefile;

	shared->members = casefile_prepare(
		casefile, "SELECT number, path, sha256, size, accepted, rejected,"
			  " skipped FROM member WHERE source = ? ORDER BY number");
	if (!shared->members)
		return casefile->error.status;
	bind_integer(shared->members, 1, shared->id);
	return STATUS_OK;
}

static enum status compare_once(struct shared *shared)
{
	struct reread *reread = shared->reread;
	enum status status = comparison_open(&shared->comparison, reread->casefile,
					     &shared->source, &reread->rows,
					     reread->options, "");

	reread_members_open(&shared->found, reread, &shared->source, &shared->comparison);
	/* Each member has what stands before the first row. */
	shared->comparison.skipped = 0;
	shared->again = false;
	if (status == STATUS_OK)
		status = open_members(shared);
	if (status == STATUS_OK)
		status = shared->archive ? read_archive(shared)
					 : read_folder(shared);
	if (status == STATUS_END) {
		shared->comparison.findings.shown = shared->where;
		status = shared->missing == 0 && !shared->again
				 ? comparison_end_all(&shared->comparison)
				 : STATUS_OK;
	}
	if (status == STATUS_OK && !shared->again)
		tell(shared);
	sqlite3_finalize(shared->members);
	reread_members_close(&shared->found);
	comparison_close(&shared->comparison);
	return status;
}

static enum status compare_all(struct shared *shared)
{
	enum status status;

	do
		status = compare_once(shared);
	while (status == STATUS_OK && shared->again);
	free(shared->others);
	shared->others = NULL;
	return status;
}

static enum status read_source(struct shared *shared)
{
	enum status status = reread_source_load(&shared->source,
						shared->reread->casefile, shared->id);

	if (status == STATUS_OK)
		status = compare_all(shared);
	if (status == STATUS_INTEGRITY) {
		fail(shared, shared->where, error_of(shared)->text);
		status = STATUS_OK;
	}
	reread_source_release(&shared->source);
	return status;
}

/* One of a format that says nothing of how its rows are read. */
static enum status leave_source(const struct shared *shared)
{
	char shown[SHOWN];

	shared->reread->counts->unreadable++;
	if (!shared->reread->options->quiet)
		observer_notice(shared->reread->observer,
				"%s: source %lld is not read again, nor are its files checked: the case "
				"does not say how its rows were read",
				text_escape(text_of(shared->where), shown, sizeof(shown)),
				(long long)shared->id);
	return STATUS_OK;
}

enum status reread_shared(struct reread *reread, const char *path, const char *where,
			  bool *any)
{
	struct casefile *casefile = reread->casefile;
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id, compression <> 'none', sha256, recipe = '' FROM source s"
			  " WHERE path = ? AND dropped_by IS NULL AND member_sha256 <> '' AND EXISTS(SELECT 1"
			  " FROM member m WHERE m.source = s.id) ORDER BY id");
	enum status status;

	*any = false;
	if (!statement)
		return casefile->error.status;
	bind_cstring(statement, 1, path);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		struct shared shared = { .reread = reread, .where = where };
		const struct text sha256 = column_text(statement, 2);

		*any = true;
		shared.id = sqlite3_column_int64(statement, 0);
		shared.archive = sqlite3_column_int(statement, 1) != 0;
		if (sha256.len == DIGEST_HEX - 1)
			memcpy(shared.sha256, sha256.data, sha256.len);
		status = sqlite3_column_int(statement, 3) ? leave_source(&shared)
							  : read_source(&shared);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}
