/* SPDX-License-Identifier: Apache-2.0 */
/* From one SOURCE argument to the dumps in it. */
#include "ingest/source/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/text.h"

#define PATH_SHOWN 400

static const char *shown(const char *path, char *out)
{
	return text_escape(text_of(path), out, PATH_SHOWN);
}

/* The first failure is what the walk comes to; the others are told. */
static void remember(struct walk *walk)
{
	if (walk->failures++ == 0)
		walk->first = *walk->error;
	else
		observer_notice(walk->observer, "%s", walk->error->text);
}

/* What becomes of a status within a folder or archive: STATUS_OK goes on. */
static enum status settle(struct walk *walk, enum status status)
{
	switch (status) {
	case STATUS_OK:
		walk->visited++;
		return STATUS_OK;
	case STATUS_FAILED:
		if (walk->error->fault)
			return status;
		/* Fall through. */
	case STATUS_SKIP:
	case STATUS_NOTHING:
		/* What cannot be taken is a failure: a dump that is passed
		 * over in silence loses victims. */
		remember(walk);
		return STATUS_OK;
	case STATUS_END:
		if (walk->ends)
			return status;
		if (walk->unwanted++ == 0)
			walk->why = *walk->error;
		return STATUS_OK;
	default:
		return status;
	}
}

/* The same for a file that was named by itself. */
static enum status settle_alone(struct walk *walk, enum status status)
{
	if (status == STATUS_OK)
		walk->visited++;
	if (status == STATUS_SKIP)
		status = STATUS_FAILED;
	if (status == STATUS_NOTHING || (status == STATUS_END && !walk->ends))
		status = STATUS_USAGE;
	walk->error->status = status;
	return status;
}

/* What comes is of another folder or archive, or nothing. */
static enum status end(struct walk *walk)
{
	enum status status = walk->end ? walk->end(walk->context) : STATUS_OK;

	if (status != STATUS_FAILED || walk->error->fault)
		return status;
	remember(walk);
	return STATUS_OK;
}

static enum status visit_archive(struct walk *walk, struct dump *dump)
{
	enum status status = end(walk);
	enum status next = STATUS_OK;

	while (status == STATUS_OK && next == STATUS_OK) {
		uint64_t failures = walk->failures;

		status = settle(walk, walk->visit(walk->context, dump));
		if (status == STATUS_OK)
			next = dump_next(dump, walk->error);
		/* A damaged archive has been told by its member. */
		if (next == STATUS_FAILED && walk->error->fault)
			status = next;
		else if (next == STATUS_FAILED && walk->failures == failures)
			remember(walk);
		if (next == STATUS_INTERRUPTED || next == STATUS_INTEGRITY)
			status = next;
	}
	if (dump_left_out(dump))
		observer_notice(walk->observer,
				"%s: %llu %s left out", dump_shown(dump),
				(unsigned long long)dump_left_out(dump),
				dump_left_out(dump) == 1 ? "entry that is no file is"
							 : "entries that are no files are");
	return status == STATUS_OK ? end(walk) : status;
}

static enum status cannot(struct walk *walk, const char *path)
{
	const int code = errno;
	char name[PATH_SHOWN];
	enum status status = error_set(walk->error, STATUS_FAILED, "%s: %s",
				       shown(path, name), strerror(code));

	walk->error->fault = error_is_want(code);
	return status;
}

/* *same: whether a path is a file; one that is not there is another. */
static enum status same_file(struct walk *walk, const char *path,
			     const struct stat *info, bool *same)
{
	struct stat other;

	*same = false;
	if (stat(path, &other) == 0)
		*same = other.st_dev == info->st_dev && other.st_ino == info->st_ino;
	else if (errno != ENOENT) {
		(void)cannot(walk, path);
		walk->error->fault = true;
		return STATUS_FAILED;
	}
	return STATUS_OK;
}

/* *own: whether a path is the case or its journal. To open and close the case would
 * end the lock that this process has on it (fcntl(2)), so that a path of which it
 * cannot be told is not opened. */
static enum status is_own(struct walk *walk, const char *path, bool *own)
{
	struct stat info;
	struct buf journal = { 0 };
	enum status status;

	*own = false;
	if (!walk->own || !strcmp(path, "-"))
		return STATUS_OK;
	if (stat(path, &info) != 0)
		return cannot(walk, path);
	buf_format(&journal, "%s-journal", walk->own);
	status = journal.failed ? error_memory(walk->error)
				: same_file(walk, walk->own, &info, own);
	if (status == STATUS_OK && !*own)
		status = same_file(walk, journal.data, &info, own);
	buf_release(&journal);
	return status;
}

/* alone: named by itself, not found in a folder. */
static enum status visit_file(struct walk *walk, const char *path, bool alone)
{
	struct dump *dump = NULL;
	bool archive = false, own;
	char name[PATH_SHOWN];
	enum status status = is_own(walk, path, &own);

	if (status != STATUS_OK)
		return alone ? settle_alone(walk, status) : settle(walk, status);
	if (own) {
		status = error_set(walk->error, STATUS_FAILED,
				   "%s: is the case itself", shown(path, name));
		if (!alone)
			observer_notice(walk->observer, "left out: %s",
					walk->error->text);
		return alone ? status : STATUS_OK;
	}
	status = dump_open_as(&dump, path, walk->dumps, walk->threaded, walk->observer,
			      walk->error);
	if (status == STATUS_OK)
		status = dump_next(dump, walk->error);
	if (status == STATUS_END)
		status = error_set(walk->error, STATUS_SKIP, "%s: %s", dump_shown(dump),
				   dump_nothing(dump));
	else if (status == STATUS_OK) {
		archive = dump_archive(dump);
		status = archive ? visit_archive(walk, dump)
				 : walk->visit(walk->context, dump);
	}
	dump_close(dump);
	if (archive)
		return status;
	return alone ? settle_alone(walk, status) : settle(walk, status);
}

/* The names in a folder, in byte order. */
struct names {
	char **items;
	size_t count, capacity;
};

static void names_release(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
}

static int compare(const void *a, const void *b)
{
	const char *const *x = a;
	const char *const *y = b;

	return strcmp(*x, *y);
}

/* `folder/name`, without a second slash. */
static char *join(const char *folder, const char *name)
{
	struct buf path = { 0 };
	size_t len = strlen(folder);

	buf_text(&path, folder);
	if (len > 0 && folder[len - 1] != '/')
		buf_byte(&path, '/');
	buf_text(&path, name);
	if (path.failed)
		buf_release(&path);
	return path.data;
}

static bool add_name(struct names *names, const char *folder, const char *name)
{
	void *items = names->items;

	if (!memory_room(&items, &names->capacity, names->count + 1,
			 sizeof(*names->items)))
		return false;
	names->items = items;
	names->items[names->count] = join(folder, name);
	return names->items[names->count] && ++names->count;
}

static enum status list(struct walk *walk, const char *path, struct names *names)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	enum status status = STATUS_OK;

	if (!folder)
		return cannot(walk, path);
	for (errno = 0; status == STATUS_OK && (entry = readdir(folder));
	     errno = 0) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (!add_name(names, path, entry->d_name))
			status = error_memory(walk->error);
	}
	if (status == STATUS_OK && errno != 0)
		status = cannot(walk, path);
	(void)closedir(folder);
	if (names->count > 1)
		qsort(names->items, names->count, sizeof(*names->items), compare);
	return status;
}

static enum status visit_folder(struct walk *walk, const char *path, unsigned depth);

/* Links are not followed: what they lead to is not part of the folder. */
static enum status visit_entry(struct walk *walk, const char *path, unsigned depth)
{
	struct stat info;
	char name[PATH_SHOWN];

	if (lstat(path, &info) != 0)
		return settle(walk, cannot(walk, path));
	if (S_ISDIR(info.st_mode) && depth < WALK_DEPTH)
		return visit_folder(walk, path, depth + 1);
	if (S_ISREG(info.st_mode) && walk->goes_with && walk->goes_with(walk->context, path)) {
		observer_notice(walk->observer, "%s: is no dump by itself: it goes with the SQLite database beside it",
				shown(path, name));
		return STATUS_OK;
	}
	if (S_ISREG(info.st_mode))
		return visit_file(walk, path, false);
	(void)error_set(walk->error, STATUS_SKIP, "%s: %s", shown(path, name),
			S_ISDIR(info.st_mode) ? "too deep a folder"
					      : "a link or device");
	return settle(walk, STATUS_SKIP);
}

static enum status visit_folder(struct walk *walk, const char *path, unsigned depth)
{
	struct names names = { 0 };
	enum status status = list(walk, path, &names);

	if (status != STATUS_OK)
		status = settle(walk, status);
	for (size_t i = 0; i < names.count && status == STATUS_OK; i++)
		status = visit_entry(walk, names.items[i], depth);
	names_release(&names);
	return status;
}

/* What a folder or archive comes to. */
static enum status conclude(struct walk *walk, const char *path)
{
	char name[PATH_SHOWN];

	if (walk->failures == 0 && walk->visited == 0 && walk->unwanted > 0)
		return error_set(walk->error, STATUS_USAGE,
				 "%s: has no file that is wanted, of %llu; the first: %.600s",
				 shown(path, name), (unsigned long long)walk->unwanted, walk->why.text);
	if (walk->failures == 0 && walk->visited == 0)
		return error_set(walk->error, STATUS_FAILED,
				 "%s: holds no dump that is known", shown(path, name));
	if (walk->failures == 0)
		return STATUS_OK;
	if (walk->failures == 1)
		return error_set(walk->error, STATUS_FAILED, "%s",
				 walk->first.text);
	return error_set(walk->error, STATUS_FAILED, "%s (and %llu more failed)",
			 walk->first.text,
			 (unsigned long long)walk->failures - 1);
}

enum status walk_source(struct walk *walk, const char *path)
{
	struct stat info;
	enum status status;

	walk->failures = walk->visited = walk->unwanted = 0;
	walk->done = false;
	if (strcmp(path, "-") != 0 && stat(path, &info) != 0)
		return cannot(walk, path);
	walk->folder = NULL;
	if (strcmp(path, "-") != 0 && S_ISDIR(info.st_mode)) {
		walk->folder = path;
		status = visit_folder(walk, path, 0);
		walk->done = true;
		if (status == STATUS_OK)
			status = end(walk);
	} else {
		status = visit_file(walk, path, true);
	}
	return status == STATUS_OK ? conclude(walk, path) : status;
}
