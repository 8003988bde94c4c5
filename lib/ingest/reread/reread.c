/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the rows of sources again, in the pass that hashes them. */
#include "ingest/reread/reread.h"

#include <string.h>
#include <sys/stat.h>

#include "casefile/sql.h"
#include "ingest/reread/reread_ahead.h"
#include "ingest/reread/reread_laid.h"
#include "ingest/reread/reread_member.h"
#include "ingest/reread/reread_shared.h"
#include "ingest/reread/reread_sources.h"
#include "ingest/source/dump.h"

#define SHOWN 300

/* Why sources cannot be read again. */
enum why { WHY_ABSENT, WHY_CHANGED, WHY_UNFINISHED, WHY_UNSAID, WHY_COUNT };

static const char *const whys[WHY_COUNT] = {
	[WHY_ABSENT] = "its file is not here, so that its hash is not checked",
	[WHY_CHANGED] = "the file is not what was ingested",
	[WHY_UNFINISHED] = "it is not wholly ingested",
	[WHY_UNSAID] = "the case does not say how its rows were read",
};

/* A file being read again. */
struct file {
	struct reread *reread;
	const char *path;           /* as the case has it, if it has */
	const char *at;             /* where it is */
	struct candidates list;
	char sha256[DIGEST_HEX];    /* empty: not known */
	bool damaged;               /* it cannot be read to its end: */
	struct error error;
	/* Its sources that are not read again, and the first of them. */
	uint64_t unread[WHY_COUNT];
	const struct candidate *first[WHY_COUNT];
};

void reread_open(struct reread *reread, struct casefile *casefile,
		 const struct reread_options *options,
		 const struct observer *observer, struct verify_counts *verified,
		 struct reread_counts *counts)
{
	memset(reread, 0, sizeof(*reread));
	reread->casefile = casefile;
	reread->options = options;
	reread->observer = observer;
	reread->verified = verified;
	reread->counts = counts;
	foundrows_open(&reread->rows, casefile);
}

void reread_close(struct reread *reread)
{
	foundrows_close(&reread->rows);
	memset(reread, 0, sizeof(*reread));
}

/* ---- what is told ---- */

/* A source that cannot be read again is counted. */
static void leave(struct file *file, const struct candidate *candidate, enum why why)
{
	file->reread->counts->unreadable++;
	if (file->unread[why]++ == 0)
		file->first[why] = candidate;
}

/* And named: the members of an archive at once. */
static void tell_left(const struct file *file, enum why why)
{
	const struct reread *reread = file->reread;
	const struct candidate *first = file->first[why];
	char path[SHOWN], member[SHOWN];

	if (file->unread[why] == 0 || reread->options->quiet)
		return;
	text_escape(text_of(file->path), path, sizeof(path));
	text_escape(text_of(first->member), member, sizeof(member));
	if (file->unread[why] > 1)
		observer_notice(reread->observer,
				"%s: %llu sources, from source %lld on, are not read "
				"again: %s", path,
				(unsigned long long)file->unread[why],
				(long long)first->id, whys[why]);
	else
		observer_notice(reread->observer,
				"%s%s%s: source %lld is not read again: %s", path,
				*member ? ":" : "", member, (long long)first->id,
				whys[why]);
}

static void tell_all_left(const struct file *file)
{
	for (int why = 0; why < WHY_COUNT; why++)
		tell_left(file, (enum why)why);
}

/* ---- a file ---- */

/* Which of the candidates it is: by the hash of an archive, which is there; of a
 * plain file only where there are several. */
static enum status tell_apart(struct file *file, struct dump *dump)
{
	enum status status = STATUS_OK;

	if (dump_archive(dump))
		memcpy(file->sha256, dump_sha256(dump), DIGEST_HEX);
	else if (!file->sha256[0] && candidates_differ(&file->list))
		(void)dump_hash(dump, file->sha256, &status,
				&file->reread->casefile->error);
	return status;
}

/* All members of the file, as far as there is a candidate for each. */
static enum status read_members(struct file *file, struct dump *dump)
{
	struct error *error = &file->reread->casefile->error;
	enum status status = dump_next(dump, error);

	if (status == STATUS_OK)
		status = tell_apart(file, dump);
	while (status == STATUS_OK) {
		struct candidate *candidate = candidates_find(
			&file->list, file->sha256, dump_member(dump));

		if (candidate)
			status = reread_member(file->reread, dump, &file->list, candidate);
		if (status == STATUS_OK && candidate && !dump_archive(dump))
			memcpy(file->sha256, dump_sha256(dump), DIGEST_HEX);
		if (status == STATUS_OK)
			status = dump_next(dump, error);
	}
	return status == STATUS_END ? STATUS_OK : status;
}

static size_t count_done(const struct candidates *list)
{
	size_t done = 0;

	for (size_t i = 0; i < list->count; i++)
		done += list->items[i].done;
	return done;
}

/* One pass over the file. */
static enum status read_once(struct file *file)
{
	struct reread *reread = file->reread;
	struct dump *dump = NULL;
	enum status status = dump_open_as(&dump, file->at, &reread->options->dumps,
					  reread->options->threaded,
					  reread->observer, &reread->casefile->error);

	if (status == STATUS_OK)
		status = read_members(file, dump);
	if (status == STATUS_FAILED && dump && dump_failed(dump) &&
	    !reread->casefile->error.fault) {
		file->error = reread->casefile->error;
		file->damaged = true;
		status = STATUS_OK;
	}
	dump_close(dump);
	return status;
}

/* One pass is enough, unless a content was ingested as several kinds of row. */
static enum status read_all(struct file *file)
{
	size_t before, after = 0;
	enum status status;

	do {
		before = after;
		file->list.at = 0;
		status = read_once(file);
		after = count_done(&file->list);
	} while (status == STATUS_OK && after > before &&
		 after < file->list.count && !file->damaged);
	return status;
}

static bool has_readable(const struct candidates *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (candidate_readable(&list->items[i]))
			return true;
	return false;
}

static struct hash_ahead *ahead_of(const struct reread *reread)
{
	return reread->options->ahead ? reread->options->ahead->hash : NULL;
}

static bool has_database(const struct candidates *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].database)
			return true;
	return false;
}

/* The hash over the bytes that the rows were read from; where they could not be
 * read to the end, over those that are there. */
static enum status check_hash(struct file *file)
{
	const struct reread *reread = file->reread;
	enum status status;

	if (!file->sha256[0])
		return verify_source_at(reread->casefile, file->path, file->at,
					ahead_of(reread), reread->observer, reread->verified, file->sha256);
	status = verify_hash(reread->casefile, file->path, file->sha256,
			     reread->observer, reread->verified);
	if (status != STATUS_OK || !has_database(&file->list))
		return status;
	return verify_beside(reread->casefile, file->at, file->sha256, reread->observer,
			     reread->verified);
}

/* What became of a source that was not read; unless the path is the recorded one, it
 * may be one of another file of the same size. */
static void settle(struct file *file, const struct candidate *candidate,
		   bool recorded)
{
	struct reread *reread = file->reread;
	const bool same = file->sha256[0] &&
			  !strcmp(candidate->sha256, file->sha256);
	char path[SHOWN];

	if (candidate->done || (!recorded && !same))
		return;
	if (!candidate->member_sha256[0]) {
		leave(file, candidate, WHY_UNFINISHED);
	} else if (!candidate->has_recipe) {
		leave(file, candidate, WHY_UNSAID);
	} else if (!same) {
		leave(file, candidate, WHY_CHANGED);
	} else {
		reread->verified->failures++;
		observer_notice(reread->observer,
				"%s: holds nothing with the SHA-256 that the case "
				"has of source %lld",
				text_escape(text_of(file->path), path, sizeof(path)),
				(long long)candidate->id);
	}
}

/* What could not be read to its end, and has the hash that it had, was not checked. */
static enum status check_file(struct file *file)
{
	struct reread *reread = file->reread;
	const uint64_t failures = reread->verified->failures;
	enum status status = check_hash(file);

	if (status != STATUS_OK || !file->damaged ||
	    reread->verified->failures > failures)
		return status;
	reread->casefile->error = file->error;
	return STATUS_FAILED;
}

/* Where the rows lie, if they are the only ones of the file, else from its beginning. */
static enum status read_rows(struct file *file)
{
	bool holds = false;
	enum status status = STATUS_OK;

	if (file->list.count == 1)
		status = reread_laid(file->reread, file->at, &file->list.items[0], file->sha256,
				     &holds);
	return status == STATUS_OK && !holds ? read_all(file) : status;
}

static enum status read_file(struct file *file, bool recorded)
{
	enum status status = STATUS_OK;

	if (has_readable(&file->list))
		status = read_rows(file);
	if (status == STATUS_OK)
		status = check_file(file);
	for (size_t i = 0; i < file->list.count && status == STATUS_OK; i++)
		settle(file, &file->list.items[i], recorded);
	tell_all_left(file);
	return status;
}

/* A pipe is read once, for its hash, before it is known which source it is. */
static enum status hash_only(struct reread *reread, const char *path)
{
	const uint64_t failures = reread->verified->failures;
	char shown[SHOWN];
	enum status status = verify_source(reread->casefile, path, ahead_of(reread),
					   reread->observer, reread->verified);

	if (status != STATUS_OK || reread->verified->failures > failures)
		return status;
	reread->counts->unreadable++;
	if (!reread->options->quiet)
		observer_notice(reread->observer,
				"%s: is no regular file, so that its rows are not "
				"read again",
				text_escape(text_of(path), shown, sizeof(shown)));
	return STATUS_OK;
}

/* A folder, or an archive whose members share sources, is the one that the case has of
 * this content or path. */
static enum status read_shared(struct reread *reread, const char *path, bool *any)
{
	struct buf recorded = { 0 };
	enum status status = verify_recorded_path(reread->casefile, path, &recorded);

	*any = false;
	if (status == STATUS_OK && recorded.len > 0)
		status = reread_shared(reread, recorded.data, path, any);
	buf_release(&recorded);
	return status;
}

static enum status read_folder(struct reread *reread, const char *path)
{
	bool any;
	const enum status status = read_shared(reread, path, &any);

	return status == STATUS_OK && !any ? hash_only(reread, path) : status;
}

enum status reread_file(struct reread *reread, const char *path)
{
	struct file file = { .reread = reread, .path = path, .at = path };
	struct stat info;
	bool there, any, folder = false;
	enum status status = verify_find(reread->casefile, path, &there);

	if (status == STATUS_OK)
		status = verify_find_folder(reread->casefile, path, &folder);
	if (status != STATUS_OK)
		return status;
	if (folder)
		return read_folder(reread, path);
	if (!there || stat(path, &info) != 0)
		return hash_only(reread, path);
	status = candidates_of_size(&file.list, reread->casefile,
				    (uint64_t)info.st_size);
	if (status == STATUS_OK)
		status = read_file(&file, false);
	candidates_release(&file.list);
	if (status == STATUS_OK)
		status = read_shared(reread, path, &any);
	return status;
}

/* ---- all that the case names ---- */

/* A folder whose files are members is no file. */
static enum status read_recorded_folder(struct reread *reread, const char *path,
					bool *folder)
{
	const struct observer *observer = reread->options->quiet ? NULL : reread->observer;
	struct buf at = { 0 };
	bool any = false;
	enum status status = verify_folder_find(reread->casefile, path, folder);

	if (status != STATUS_OK || !*folder)
		return status;
	status = verify_locate_folder(reread->casefile, path, reread->options->places, observer, &at);
	if (status == STATUS_OK)
		status = reread_shared(reread, path, at.data, &any);
	buf_release(&at);
	return status;
}

static enum status read_recorded(struct reread *reread, const char *path)
{
	struct file file = { .reread = reread, .path = path };
	struct buf at = { 0 };
	bool there = false, folder = false, any;
	enum status status = read_recorded_folder(reread, path, &folder);

	if (status != STATUS_OK || folder)
		return status;
	status = candidates_of_path(&file.list, reread->casefile, path);
	if (status == STATUS_OK)
		status = verify_locate(reread->casefile, path, reread->options->places,
				       reread->options->quiet ? NULL : reread->observer,
				       &at, &there);
	file.at = at.data;
	if (status == STATUS_OK && there) {
		status = read_file(&file, true);
	} else if (status == STATUS_OK) {
		reread->verified->absent++;
		reread->verified->files += strcmp(path, "-") != 0;
		for (size_t i = 0; i < file.list.count; i++)
			leave(&file, &file.list.items[i], WHY_ABSENT);
		tell_all_left(&file);
	}
	candidates_release(&file.list);
	if (status == STATUS_OK && there)
		status = reread_shared(reread, path, at.data, &any);
	buf_release(&at);
	return status;
}

enum status reread_recorded(struct reread *reread)
{
	struct casefile *casefile = reread->casefile;
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT DISTINCT path FROM source WHERE dropped_by IS NULL"
			  " ORDER BY path");
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		const unsigned char *path = sqlite3_column_text(statement, 0);

		if (!path)
			continue;
		status = read_recorded(reread, (const char *)path);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}
