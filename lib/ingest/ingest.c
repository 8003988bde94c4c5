/* SPDX-License-Identifier: Apache-2.0 */
/* Loading dumps into a case file, as found. */
#include "ingest/ingest.h"

#include <string.h>
#include <sys/stat.h>

#include "casefile/checkpoint.h"
#include "casefile/mend/replaced.h"
#include "ingest/gather/gather.h"
#include "ingest/load/load.h"
#include "ingest/load/load_expected.h"
#include "ingest/plan/plan.h"
#include "ingest/source/walk.h"

struct ingest_options ingest_options_none(void)
{
	struct ingest_options options = {
		.separator = -1,
		.quote = -1,
		.header = -1,
		.escape = -1,
		.inner = -1,
		.guard = -1,
		.head = -1,
		.max_rejects = UINT64_MAX,
	};

	return options;
}

/* ---- loading ---- */

struct loading {
	struct casefile *casefile;
	const struct ingest_options *options;
	const struct observer *observer;
	struct ingest_counts *counts;
	struct gather *gather;
	const struct walk *walk;
	bool whole;             /* a folder that is replaced ends once */
	struct gather_survey survey;
};

/* The path of a file below the folder that was given. */
static const char *below(const char *folder, const char *path)
{
	path += strlen(folder);
	while (*path == '/')
		path++;
	return path;
}

/* What is one source with its own members is replaced by itself. */
static enum status refuse_within(const struct loading *loading, const struct dump *dump)
{
	return error_set(&loading->casefile->error, STATUS_FAILED,
			 "%s: is in an archive within a folder that is replaced: give the "
			 "archive itself to --replace too", dump_shown(dump));
}

/* Whether a file of a folder is what SQLite keeps beside a database in it, and is read with
 * that, or holds nothing (-shm is an index of the -wal). */
static bool goes_with(void *context, const char *path)
{
	static const char *const endings[] = { "-shm", "-wal", "-journal" };
	const struct loading *loading = context;
	const size_t len = strlen(path);
	const size_t count = loading->options->with_wal ? 3 : 1;
	struct buf of = { 0 };
	struct stat info;
	bool there = false;

	for (size_t i = 0; i < count && !there; i++) {
		const size_t end = strlen(endings[i]);

		if (len <= end || strcmp(path + len - end, endings[i]) != 0)
			continue;
		buf_add(&of, path, len - end);
		there = of.data && stat(of.data, &info) == 0 && S_ISREG(info.st_mode);
	}
	buf_release(&of);
	return there;
}

static enum status load(void *context, struct dump *dump)
{
	const struct loading *loading = context;
	const char *folder = loading->walk->folder;


	/* That of an archive is known before its first member is read. */
	if (dump_archive(dump) &&
	    load_expected(dump, loading->options, &loading->casefile->error) != STATUS_OK)
		return loading->casefile->error.status;
	if (loading->whole && dump_archive(dump))
		return refuse_within(loading, dump);
	if (dump_archive(dump))
		return gather_member(loading->gather, dump_path(dump),
				     dump_member(dump), dump);
	if (folder)
		return gather_member(loading->gather, folder,
				     below(folder, dump_path(dump)), dump);
	return load_member(loading->casefile, loading->options, dump,
			   loading->observer, loading->counts);
}

static enum status end(void *context)
{
	const struct loading *loading = context;

	return loading->whole && !loading->walk->done ? STATUS_OK
						      : gather_end(loading->gather);
}

/* What ends a walk before its end: wrong options leave what was loaded before, all else a
 * part of it. */
static enum status stop(struct loading *loading, enum status status)
{
	struct error *error = &loading->casefile->error;
	const struct error why = *error;
	enum status ended;

	if (status != STATUS_USAGE && (status != STATUS_FAILED || error->fault))
		return gather_stop(loading->gather, status);
	ended = gather_end(loading->gather);
	if (ended == STATUS_INTERRUPTED || (ended != STATUS_OK && error->fault))
		return ended;
	if (ended != STATUS_OK)
		observer_notice(loading->observer, "%s", error->text);
	*error = why;
	return status;
}

static enum status walk_all(struct loading *loading, struct walk *walk,
			    const char *path, int64_t below)
{
	enum status status;

	loading->gather = gather_new(loading->casefile, loading->options,
				     loading->observer, loading->counts);
	if (!loading->gather)
		return error_memory(&loading->casefile->error);
	if (below > 0)
		gather_replace(loading->gather, below);
	status = walk_source(walk, path);
	if (status != STATUS_OK)
		status = stop(loading, status);
	gather_free(loading->gather);
	return status;
}

/* ---- a folder or archive that is to be replaced ---- */

static enum status survey(void *context, struct dump *dump)
{
	struct loading *loading = context;
	const char *folder = loading->walk->folder;

	if (!folder == !dump_archive(dump))
		return STATUS_OK;
	return gather_survey(loading->gather, folder ? folder : dump_path(dump),
			     folder ? below(folder, dump_path(dump)) : dump_member(dump), dump,
			     &loading->survey);
}

/* Looks whether the members are as the case has them, without a word. */
static enum status survey_all(struct loading *loading, const char *path)
{
	const struct observer silent = { .context = loading->observer->context,
					 .interrupted = loading->observer->interrupted };
	struct walk walk = {
		.visit = survey,
		.ends = true,
		.context = loading,
		.observer = &silent,
		.error = &loading->casefile->error,
		.own = loading->casefile->path,
		.threaded = loading->options->threads > 1,
		.dumps = &loading->options->dumps,
	};
	enum status status;

	loading->gather = gather_new(loading->casefile, loading->options, &silent,
				     loading->counts);
	if (!loading->gather)
		return error_memory(&loading->casefile->error);
	loading->walk = &walk;
	status = walk_source(&walk, path);
	gather_free(loading->gather);
	loading->gather = NULL;
	/* What cannot be taken is told when it is to be loaded. */
	return status == STATUS_INTERRUPTED || loading->casefile->error.fault ? status
									      : STATUS_OK;
}

/* Of what the case has all files that are there some may be gone. */
static enum status tell_gone(struct loading *loading, const char *path)
{
	char shown[300];
	uint64_t files = 0;
	const enum status status = replaced_files(loading->casefile, path, &files);

	if (status == STATUS_OK && files > loading->survey.met)
		observer_notice(loading->observer,
				"%s: %llu file%s of it that the case has %s not here any more, and "
				"%s rows stay in the case",
				text_escape(text_of(path), shown, sizeof(shown)),
				(unsigned long long)(files - loading->survey.met),
				files - loading->survey.met == 1 ? "" : "s",
				files - loading->survey.met == 1 ? "is" : "are",
				files - loading->survey.met == 1 ? "its" : "their");
	return status;
}

/* A folder is no file that has a hash. */
static enum status check_expected(struct casefile *casefile, const struct ingest_options *options,
				  const char *path)
{
	struct stat info;

	if (!options->expected || stat(path, &info) != 0 || !S_ISDIR(info.st_mode))
		return STATUS_OK;
	return error_set(&casefile->error, STATUS_USAGE,
			 "a folder has no SHA-256 that could be expected: give its files one by one");
}

/* *below: sources with a lower id are to be replaced; 0: nothing of it is. */
static enum status prepare(struct loading *loading, const char *path, int64_t *below)
{
	struct source_row next = { .id = 0 };
	struct stat info;
	bool folder;
	enum status status;

	*below = 0;
	if (!loading->options->replace || !strcmp(path, "-") || stat(path, &info) != 0 ||
	    !(S_ISDIR(info.st_mode) || S_ISREG(info.st_mode)))
		return STATUS_OK;
	folder = S_ISDIR(info.st_mode);
	status = survey_all(loading, path);
	if (status == STATUS_OK && loading->survey.differs)
		status = source_next(loading->casefile, &next);
	*below = next.id;
	loading->whole = folder && (loading->survey.differs || loading->survey.replacing);
	if (status == STATUS_OK && !loading->survey.differs && !loading->survey.resumed)
		status = tell_gone(loading, path);
	return status;
}

enum status ingest_source(struct casefile *casefile,
			  const struct ingest_options *options, const char *path,
			  const struct observer *observer,
			  struct ingest_counts *counts)
{
	struct walk walk;
	struct loading loading = { .casefile = casefile, .options = options,
				   .observer = observer, .counts = counts };
	int64_t below = 0;
	enum status status = plan_check(options, &casefile->error);

	walk = (struct walk){
		.visit = load,
		.end = end,
		.goes_with = goes_with,
		.context = &loading,
		.observer = observer,
		.error = &casefile->error,
		.own = casefile->path,
		.threaded = options->threads > 1,
		.dumps = &options->dumps,
	};

	if (status == STATUS_OK)
		status = check_expected(casefile, options, path);
	if (status == STATUS_OK)
		status = prepare(&loading, path, &below);
	loading.walk = &walk;
	if (status == STATUS_OK)
		status = walk_all(&loading, &walk, path, below);
	if (status != STATUS_OK || counts->rejected <= options->max_rejects)
		return status;
	return error_set(&casefile->error, STATUS_REJECTS,
			 "%llu row%s rejected, and --max-rejects allows %llu%s",
			 (unsigned long long)counts->rejected, plural(counts->rejected),
			 (unsigned long long)options->max_rejects,
			 options->check ? ""
					: "; what was accepted is in the case");
}

static void tell_discarded(const struct checkpoint *checkpoint,
			   const struct observer *observer)
{
	char path[300];

	observer_notice(observer,
			"%s: the %llu row%s of it that %s in the case %s taken out again",
			text_escape(buf_view(&checkpoint->path), path, sizeof(path)),
			(unsigned long long)checkpoint->read, plural(checkpoint->read),
			checkpoint->read == 1 ? "was" : "were",
			checkpoint->read == 1 ? "is" : "are");
}

enum status ingest_discard(struct casefile *casefile,
			   const struct observer *observer, bool *found)
{
	struct checkpoint checkpoint = { 0 };
	enum status status = casefile_begin(casefile);

	if (status == STATUS_OK)
		status = checkpoint_read(casefile, &checkpoint);
	*found = status == STATUS_OK;
	if (status == STATUS_OK)
		status = checkpoint_discard(casefile, found);
	if (status == STATUS_OK)
		status = casefile_commit(casefile);
	if (status == STATUS_OK)
		tell_discarded(&checkpoint, observer);
	checkpoint_release(&checkpoint);
	if (status != STATUS_OK)
		casefile_rollback(casefile);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status ingest_check(const struct ingest_options *options, struct error *error)
{
	return plan_check(options, error);
}
