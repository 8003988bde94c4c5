/* SPDX-License-Identifier: Apache-2.0 */
/* Folders in which the files of sources are looked for: what is in them. */
#include "casefile/verify/verify_places.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "casefile/sql.h"

#define SHOWN 300

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* ---- what is looked for ---- */

static int compare_sizes(const void *a, const void *b)
{
	const uint64_t *first = a, *second = b;

	return (*first > *second) - (*first < *second);
}

static int compare_names(const void *a, const void *b)
{
	const char *const *first = a, *const *second = b;

	return strcmp(*first, *second);
}

static enum status add_size(struct verify_places *places, sqlite3_stmt *statement)
{
	void *sizes = places->sizes;

	if (!memory_room(&sizes, &places->size_capacity, places->size_count + 1, sizeof(*places->sizes)))
		return error_memory(&places->casefile->error);
	places->sizes = sizes;
	places->sizes[places->size_count++] = (uint64_t)sqlite3_column_int64(statement, 0);
	return STATUS_OK;
}

/* Adds a copy of a text to a list of them. */
static enum status add_text(struct verify_places *places, char ***list, size_t *count, size_t *capacity, const char *text)
{
	void *items = *list;
	char *copy = memory_text(text, strlen(text));

	if (!copy || !memory_room(&items, capacity, *count + 1, sizeof(**list))) {
		free(copy);
		return error_memory(&places->casefile->error);
	}
	*list = items;
	(*list)[(*count)++] = copy;
	return STATUS_OK;
}

static enum status add_name(struct verify_places *places, sqlite3_stmt *statement)
{
	const char *path = (const char *)sqlite3_column_text(statement, 0);
	const enum status status = columns_read(places->casefile, statement);

	if (status != STATUS_OK || !path)
		return status;
	return add_text(places, &places->names, &places->name_count, &places->name_capacity, name_of(path));
}

static enum status for_each(struct verify_places *places, const char *sql,
			    enum status (*add)(struct verify_places *places, sqlite3_stmt *statement))
{
	sqlite3_stmt *statement = casefile_prepare(places->casefile, sql);
	enum status status = statement ? STATUS_OK : places->casefile->error.status;

	while (status == STATUS_OK && (status = casefile_step(places->casefile, statement)) == STATUS_OK)
		status = add(places, statement);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status verify_places_open(struct verify_places *places, struct casefile *casefile,
			       const struct observer *observer)
{
	enum status status;

	*places = (struct verify_places){ .casefile = casefile, .observer = observer };
	status = for_each(places, "SELECT size FROM source UNION SELECT size FROM member", add_size);
	if (status == STATUS_OK)
		status = for_each(places, "SELECT DISTINCT path FROM source", add_name);
	if (places->size_count)
		qsort(places->sizes, places->size_count, sizeof(*places->sizes), compare_sizes);
	if (places->name_count)
		qsort(places->names, places->name_count, sizeof(*places->names), compare_names);
	return status;
}

static void release_texts(char **texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(texts[i]);
	free(texts);
}

void verify_places_close(struct verify_places *places)
{
	for (size_t i = 0; i < places->count; i++)
		free(places->files[i].path);
	free(places->files);
	free(places->sizes);
	release_texts(places->names, places->name_count);
	release_texts(places->folders, places->folder_count);
	memset(places, 0, sizeof(*places));
}

/* ---- what is there ---- */

static bool is_sought(const struct verify_places *places, const char *path, uint64_t size)
{
	const char *name = name_of(path);

	return (places->size_count && bsearch(&size, places->sizes, places->size_count, sizeof(size), compare_sizes)) ||
	       (places->name_count && bsearch(&name, places->names, places->name_count, sizeof(name), compare_names));
}

static enum status add_file(struct verify_places *places, const char *path, const struct stat *info, bool given)
{
	struct verify_place file = { .size = (uint64_t)info->st_size, .given = given };
	void *files = places->files;
	struct stat own;

	if (!given && !is_sought(places, path, file.size))
		return STATUS_OK;
	/* To close another descriptor of the case would end the lock on it (fcntl(2)). */
	if (stat(places->casefile->path, &own) == 0 && own.st_dev == info->st_dev && own.st_ino == info->st_ino)
		return STATUS_OK;
	file.path = memory_text(path, strlen(path));
	if (!file.path || !memory_room(&files, &places->capacity, places->count + 1, sizeof(file))) {
		free(file.path);
		return error_memory(&places->casefile->error);
	}
	file.name = name_of(file.path);
	places->files = files;
	places->files[places->count++] = file;
	places->sorted = false;
	return STATUS_OK;
}

static void cannot_read(const struct verify_places *places, const char *path, int code)
{
	char shown[SHOWN];

	observer_notice(places->observer, "%s: not looked through: %s", text_escape(text_of(path), shown, sizeof(shown)),
			strerror(code));
}

/* An entry of a folder. */
static enum status add_entry(struct verify_places *places, const char *path)
{
	struct stat link, info;

	if (lstat(path, &link) != 0 || stat(path, &info) != 0)
		return STATUS_OK;
	if (S_ISDIR(link.st_mode))
		return add_text(places, &places->folders, &places->folder_count, &places->folder_capacity, path);
	return S_ISREG(info.st_mode) ? add_file(places, path, &info, false) : STATUS_OK;
}

static enum status read_entries(struct verify_places *places, const char *path, DIR *folder)
{
	enum status status = STATUS_OK;
	const struct dirent *entry;
	struct buf at = { 0 };

	while (status == STATUS_OK && (errno = 0, entry = readdir(folder)) != NULL) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		buf_clear(&at);
		buf_format(&at, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", entry->d_name);
		status = at.failed ? error_memory(&places->casefile->error) : add_entry(places, at.data);
	}
	if (status == STATUS_OK && errno != 0)
		cannot_read(places, path, errno);
	buf_release(&at);
	return status;
}

static enum status read_folder(struct verify_places *places, const char *path)
{
	DIR *folder;
	enum status status;

	if (observer_interrupted(places->observer))
		return error_set(&places->casefile->error, STATUS_INTERRUPTED, "interrupted");
	folder = opendir(path);
	if (!folder) {
		cannot_read(places, path, errno);
		return STATUS_OK;
	}
	status = read_entries(places, path, folder);
	(void)closedir(folder);
	return status;
}

enum status verify_places_add(struct verify_places *places, const char *path)
{
	struct stat info;
	enum status status;

	if (!*path || stat(path, &info) != 0)
		return STATUS_OK;
	if (!S_ISDIR(info.st_mode))
		return S_ISREG(info.st_mode) ? add_file(places, path, &info, true) : STATUS_OK;
	status = read_folder(places, path);
	while (status == STATUS_OK && places->folder_count) {
		char *next = places->folders[--places->folder_count];

		status = read_folder(places, next);
		free(next);
	}
	return status;
}
