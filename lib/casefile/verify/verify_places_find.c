/* SPDX-License-Identifier: Apache-2.0 */
/* Folders in which the files of sources are looked for: which of those there it is. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/sql.h"
#include "casefile/verify/verify_places.h"
#include "casefile/verify/verify_segments.h"

#define SHOWN 300

/* What a file should be. */
struct wanted {
	uint64_t size;
	const char *sha256;
	const char *end;       /* of its path; NULL: whatever it is called */
};

static int compare(const void *a, const void *b)
{
	const struct verify_place *first = a, *second = b;

	if (first->size != second->size)
		return first->size > second->size ? 1 : -1;
	return strcmp(first->path, second->path);
}

static void sort(struct verify_places *places)
{
	if (!places->sorted && places->count)
		qsort(places->files, places->count, sizeof(*places->files), compare);
	places->sorted = true;
}

/* The first file of a size, or the place behind those that are smaller. */
static size_t first_of(const struct verify_places *places, uint64_t size)
{
	size_t from = 0, to = places->count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (places->files[middle].size < size)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static enum status hash(struct verify_places *places, struct verify_place *file)
{
	char shown[SHOWN];
	bool opened;
	int code;

	if (file->hashed)
		return STATUS_OK;
	code = verify_hash_file(file->path, places->observer, file->sha256, &opened);
	if (code == EINTR)
		return error_set(&places->casefile->error, STATUS_INTERRUPTED, "interrupted");
	if (code == ENOMEM)
		return error_memory(&places->casefile->error);
	file->hashed = true;
	if (code == 0)
		return STATUS_OK;
	file->sha256[0] = '\0';
	observer_notice(places->observer, "%s: not looked at: %s", text_escape(text_of(file->path), shown, sizeof(shown)),
			code == VERIFY_NO_FILE ? "no regular file" : strerror(code));
	return STATUS_OK;
}

/* Whether a path is that end, or has it behind a slash. */
static bool ends_with(const char *path, const char *end)
{
	const size_t len = strlen(path), more = strlen(end);

	return len >= more && !strcmp(path + len - more, end) && (len == more || path[len - more - 1] == '/');
}

/* *found: a file that is what is wanted, or NULL. */
static enum status find(struct verify_places *places, const struct wanted *wanted, struct verify_place **found)
{
	size_t i = first_of(places, wanted->size);
	enum status status = STATUS_OK;

	*found = NULL;
	for (; status == STATUS_OK && i < places->count && places->files[i].size == wanted->size && !*found; i++) {
		struct verify_place *file = &places->files[i];

		if (wanted->end && !ends_with(file->path, wanted->end))
			continue;
		status = hash(places, file);
		if (status == STATUS_OK && !strcmp(file->sha256, wanted->sha256))
			*found = file;
	}
	return status;
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* One that has the name too is found without a look at others. */
static enum status find_file(struct verify_places *places, const char *path, sqlite3_stmt *statement,
			     struct verify_place **found)
{
	struct wanted wanted = { (uint64_t)sqlite3_column_int64(statement, 0),
				 (const char *)sqlite3_column_text(statement, 1), name_of(path) };
	enum status status = columns_read(places->casefile, statement);

	*found = NULL;
	if (status != STATUS_OK || !wanted.sha256)
		return status;
	status = find(places, &wanted, found);
	wanted.end = NULL;
	return status == STATUS_OK && !*found ? find(places, &wanted, found) : status;
}

static enum status open_query(struct casefile *casefile, const char *sql, const char *path, sqlite3_stmt **statement)
{
	*statement = casefile_prepare(casefile, sql);
	return *statement ? bind_sought(casefile, *statement, 1, path) : casefile->error.status;
}

enum status verify_places_find(struct verify_places *places, const char *path, struct buf *found, bool *there)
{
	struct verify_place *file = NULL;
	sqlite3_stmt *statement;
	enum status status = open_query(places->casefile, "SELECT size, sha256 FROM source WHERE path = ?"
							  " AND sha256 <> '' AND dropped_by IS NULL ORDER BY id DESC",
					path, &statement);

	sort(places);
	while (status == STATUS_OK && !file && (status = casefile_step(places->casefile, statement)) == STATUS_OK)
		status = find_file(places, path, statement, &file);
	sqlite3_finalize(statement);
	*there = file != NULL;
	if (file) {
		file->used = true;
		buf_text(found, file->path);
	}
	if (found->failed)
		return error_memory(&places->casefile->error);
	return status == STATUS_END ? STATUS_OK : status;
}

/* What stands before the path of a member is that of the folder. */
static enum status find_member(struct verify_places *places, sqlite3_stmt *statement, struct buf *found)
{
	const struct wanted wanted = { (uint64_t)sqlite3_column_int64(statement, 0),
				       (const char *)sqlite3_column_text(statement, 1),
				       (const char *)sqlite3_column_text(statement, 2) };
	struct verify_place *file;
	enum status status = columns_read(places->casefile, statement);

	if (status != STATUS_OK || !wanted.sha256 || !wanted.end)
		return status;
	status = find(places, &wanted, &file);
	if (status == STATUS_OK && file && strlen(file->path) > strlen(wanted.end))
		buf_add(found, file->path, strlen(file->path) - strlen(wanted.end));
	return status;
}

enum status verify_places_find_folder(struct verify_places *places, const char *path, struct buf *found, bool *there)
{
	sqlite3_stmt *statement;
	enum status status = open_query(places->casefile, "SELECT m.size, m.sha256, m.path FROM member m JOIN source s"
							  " ON s.id = m.source WHERE s.path = ? AND s.dropped_by IS"
							  " NULL AND s.compression = 'none' AND m.sha256 <> ''"
							  " ORDER BY m.source, m.number",
					path, &statement);

	sort(places);
	while (status == STATUS_OK && !found->len &&
	       (status = casefile_step(places->casefile, statement)) == STATUS_OK)
		status = find_member(places, statement, found);
	sqlite3_finalize(statement);
	*there = found->len > 0;
	if (found->failed)
		return error_memory(&places->casefile->error);
	return status == STATUS_END ? STATUS_OK : status;
}

const char *verify_places_namesake(struct verify_places *places, const char *path)
{
	sort(places);
	for (size_t i = 0; i < places->count; i++)
		if (!strcmp(places->files[i].name, name_of(path)))
			return places->files[i].path;
	return NULL;
}

bool verify_places_used(const struct verify_places *places, const char *path)
{
	for (size_t i = 0; i < places->count; i++)
		if (places->files[i].given && !strcmp(places->files[i].path, path))
			return places->files[i].used;
	return false;
}
