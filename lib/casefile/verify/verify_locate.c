/* SPDX-License-Identifier: Apache-2.0 */
/* Where the file of a path that a case names is now. */
#include <string.h>
#include <sys/stat.h>

#include "casefile/sql.h"
#include "casefile/verify/verify.h"
#include "casefile/verify/verify_places.h"

#define SHOWN 300

/* Whether a file has the size that a source of the path had. */
static enum status has_size(struct casefile *casefile, const char *path, const char *at,
			    bool *has)
{
	sqlite3_stmt *statement;
	struct stat info;
	enum status status;

	*has = false;
	if (stat(at, &info) != 0)
		return STATUS_OK;
	statement = casefile_prepare(casefile, "SELECT 1 FROM source WHERE path = ? AND"
					       " size = ? AND dropped_by IS NULL");
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 2, (int64_t)info.st_size);
	status = bind_sought(casefile, statement, 1, path);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	*has = status == STATUS_OK;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Tries the end of a path below the folder of the case. */
static enum status try_beside(struct casefile *casefile, const char *path,
			      const char *end, struct buf *found, bool *there)
{
	const char *slash = strrchr(casefile->path, '/');
	const size_t folder = slash ? (size_t)(slash - casefile->path) + 1 : 0;
	enum status status;

	buf_clear(found);
	buf_add(found, casefile->path, folder);
	buf_text(found, end);
	if (found->failed)
		return error_memory(&casefile->error);
	status = verify_find(casefile, found->data, there);
	return status == STATUS_OK && *there
		       ? has_size(casefile, path, found->data, there)
		       : status;
}

static enum status look_beside(struct casefile *casefile, const char *path,
			       struct buf *found, bool *there)
{
	const char *end = path;
	enum status status = STATUS_OK;

	while (end && *end && status == STATUS_OK && !*there) {
		status = try_beside(casefile, path, end, found, there);
		end = strchr(end, '/');
		while (end && *end == '/')
			end++;
	}
	return status;
}

static void tell(const char *path, const char *what, const char *at, const struct observer *observer)
{
	char shown[SHOWN], there[SHOWN];

	observer_notice(observer, "%s: %s %s", text_escape(text_of(path), shown, sizeof(shown)), what,
			text_escape(text_of(at), there, sizeof(there)));
}

/* Whether something has the name of a file that is none. */
static bool is_other(const char *path)
{
	struct stat info;

	return strcmp(path, "-") != 0 && stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

/* At the path, or beside the case. */
static enum status locate_recorded(struct casefile *casefile, const char *path,
				   const struct observer *observer, struct buf *found, bool *there)
{
	enum status status = verify_find(casefile, path, there);

	buf_text(found, path);
	if (found->failed)
		return error_memory(&casefile->error);
	if (status != STATUS_OK || *there || path[0] == '/' || !strcmp(path, "-"))
		return status;
	status = look_beside(casefile, path, found, there);
	if (status == STATUS_OK && *there)
		tell(path, "not here; beside the case there is", found->data, observer);
	return status;
}

enum status verify_locate(struct casefile *casefile, const char *path, struct verify_places *places,
			  const struct observer *observer, struct buf *found, bool *there)
{
	const char *namesake;
	enum status status = STATUS_OK;

	*there = false;
	if (places)
		status = verify_places_find(places, path, found, there);
	if (*there)
		tell(path, "found as", found->data, observer);
	if (status != STATUS_OK || *there)
		return status;
	status = locate_recorded(casefile, path, observer, found, there);
	if (status == STATUS_OK && !*there && is_other(path))
		tell(path, "is here, but is", "a pipe, a device, a socket or a folder, and no file", observer);
	namesake = places && status == STATUS_OK && !*there ? verify_places_namesake(places, path) : NULL;
	if (namesake)
		tell(path, "has the name, and not the content, of", namesake, observer);
	return status;
}

enum status verify_locate_folder(struct casefile *casefile, const char *path, struct verify_places *places,
				 const struct observer *observer, struct buf *found)
{
	bool there = false;
	enum status status = STATUS_OK;

	if (places)
		status = verify_places_find_folder(places, path, found, &there);
	if (there)
		tell(path, "found as", found->data, observer);
	else
		buf_text(found, path);
	return status == STATUS_OK && found->failed ? error_memory(&casefile->error) : status;
}

enum status verify_is_searched(struct casefile *casefile, const char *path, bool *searched)
{
	struct buf recorded = { 0 };
	enum status status = verify_find_folder(casefile, path, searched);

	if (status != STATUS_OK || !*searched)
		return status;
	/* A folder of the case that has another path now is found in itself. */
	status = verify_recorded_path(casefile, path, &recorded);
	*searched = recorded.len == 0 || strcmp(recorded.data, path) != 0;
	buf_release(&recorded);
	return status;
}
