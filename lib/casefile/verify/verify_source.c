/* SPDX-License-Identifier: Apache-2.0 */
/* Checking that files are those that were ingested. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest/digest.h"
#include "casefile/sql.h"
#include "casefile/laid/hash_ahead.h"
#include "casefile/verify/verify.h"
#include "casefile/verify/verify_segments.h"

#define SHOWN 300
/* Sources that are still in the case. */
#define WHOLE "SELECT 1 FROM source WHERE dropped_by IS NULL AND "
#define WHOLE_S "SELECT 1 FROM source s WHERE s.dropped_by IS NULL AND "

/* Whether some source has a value in a column; 1 yes, 0 no, -1 failed. */
static int known(struct casefile *casefile, const char *sql, const char *value,
		 const char *other)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status;

	if (!statement)
		return -1;
	status = bind_sought(casefile, statement, 1, value);
	if (status == STATUS_OK && other)
		status = bind_sought(casefile, statement, 2, other);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	sqlite3_finalize(statement);
	return status == STATUS_OK ? 1 : status == STATUS_END ? 0 : -1;
}

static void differs(const char *path, const char *what,
		    const struct observer *observer, struct verify_counts *counts)
{
	char shown[SHOWN];

	counts->failures++;
	observer_notice(observer, "%s: %s",
			text_escape(text_of(path), shown, sizeof(shown)), what);
}

/* Whether an errno says that the name leads to no file that may be read; others say
 * that it could not be found out. */
static bool is_absence(int code)
{
	return code == ENOENT || code == ENOTDIR || code == EACCES ||
	       code == ELOOP || code == ENAMETOOLONG || code == EISDIR;
}

static const char *why_not(int code)
{
	return code == VERIFY_NO_FILE ? "is a pipe, a device or a socket, and no file, so that it is not read"
				      : strerror(code);
}

/* A file of which it was not found out whether it is what it was. */
static enum status unchecked(struct casefile *casefile, const char *path, int code)
{
	char shown[SHOWN];

	if (code == EINTR)
		return error_set(&casefile->error, STATUS_INTERRUPTED,
				 "interrupted");
	return error_set(&casefile->error, STATUS_FAILED,
			 "%s: could not be read to its end, so that it is not "
			 "checked: %s",
			 text_escape(text_of(path), shown, sizeof(shown)),
			 why_not(code));
}

/* Whether the name leads to a file; gives 0, or an errno where it cannot be told. A
 * pipe or a device that now has the name of a source would be waited for. */
static int find(const char *path, bool *there)
{
	struct stat info;

	*there = false;
	if (!strcmp(path, "-"))
		return 0;
	if (stat(path, &info) != 0)
		return is_absence(errno) ? 0 : errno;
	if (!S_ISREG(info.st_mode))
		return 0;
	*there = access(path, R_OK) == 0;
	return *there || is_absence(errno) ? 0 : errno;
}

enum status verify_find(struct casefile *casefile, const char *path, bool *there)
{
	const int code = find(path, there);

	return code == 0 ? STATUS_OK : unchecked(casefile, path, code);
}

enum status verify_find_folder(struct casefile *casefile, const char *path, bool *folder)
{
	struct stat info;
	const bool known = stat(path, &info) == 0;

	*folder = known && S_ISDIR(info.st_mode);
	return known || is_absence(errno) ? STATUS_OK : unchecked(casefile, path, errno);
}

/* Of a member of a folder, else NULL. */
#define FOLDER_PATH \
	"CASE s.compression WHEN 'none' THEN rtrim(s.path, '/') || '/' || m.path END"

/* A path of the case must have the content it had; another path, that of any
 * source. Of a source that is not whole the hash is not known yet. */
enum status verify_hash(struct casefile *casefile, const char *path,
			const char *hex, const struct observer *observer,
			struct verify_counts *counts)
{
	int by_both = known(casefile, WHOLE "sha256 = ?1 AND"
				      " path = ?2 UNION ALL SELECT 1 FROM member m"
				      " JOIN source s ON s.id = m.source WHERE"
				      " s.dropped_by IS NULL AND"
				      " substr(m.sha256, 1, 8) = substr(?1, 1, 8) AND"
				      " +m.sha256 = ?1 AND " FOLDER_PATH " = ?2", hex,
			    path);
	int by_path = by_both ? by_both
			      : known(casefile, WHOLE "path = ?1"
						" UNION ALL SELECT 1 FROM member m"
						" JOIN source s ON s.id = m.source"
						" WHERE s.dropped_by IS NULL AND "
						FOLDER_PATH " = ?1", path,
				      NULL);
	int by_hash = known(casefile, WHOLE "sha256 = ?1 UNION ALL"
				      " SELECT 1 FROM member m JOIN source s"
				      " ON s.id = m.source WHERE s.dropped_by IS NULL"
				      " AND substr(m.sha256, 1, 8) = substr(?1, 1, 8)"
				      " AND +m.sha256 = ?1", hex, NULL);
	int by_part = known(casefile, WHOLE "path = ? AND"
				      " sha256 = ''", path, NULL);

	if (by_both < 0 || by_path < 0 || by_hash < 0 || by_part < 0)
		return casefile->error.status;
	if (by_part && !by_both)
		return STATUS_OK;
	counts->sources++;
	if (by_both || (by_hash && !by_path))
		return STATUS_OK;
	differs(path, by_path ? "has changed since it was ingested: its SHA-256 is "
				"another one"
			      : "is none of the sources of this case, by its SHA-256",
		observer, counts);
	return STATUS_OK;
}

/* *folder: it is one that the case has. */
static enum status verify_given_folder(struct casefile *casefile, const char *path,
				       const struct observer *observer,
				       struct verify_counts *counts, bool *folder)
{
	struct buf recorded = { 0 };
	bool there;
	enum status status = verify_find_folder(casefile, path, &there);

	if (status != STATUS_OK || !there)
		return status;
	status = verify_recorded_path(casefile, path, &recorded);
	/* One that has the place of a file is none of these. */
	if (status == STATUS_OK && recorded.len > 0)
		status = verify_folder_find(casefile, recorded.data, folder);
	if (status == STATUS_OK && *folder)
		status = verify_folder(casefile, recorded.data, path, false, observer,
				       counts);
	buf_release(&recorded);
	return status;
}

/* Hashes a file, unless that was done. */
static int hash_file(const char *at, struct hash_ahead *ahead, const struct observer *observer,
		     char hex[static DIGEST_HEX], bool *opened)
{
	const struct hash_ahead_file *file = hash_ahead_wait(ahead, at);

	if (!file)
		return verify_hash_file(at, observer, hex, opened);
	memcpy(hex, file->sha256, DIGEST_HEX);
	return 0;
}

enum status verify_source(struct casefile *casefile, const char *path, struct hash_ahead *ahead,
			  const struct observer *observer,
			  struct verify_counts *counts)
{
	char sha256[DIGEST_HEX];

	return verify_source_at(casefile, path, path, ahead, observer, counts, sha256);
}

enum status verify_source_at(struct casefile *casefile, const char *path, const char *at,
			     struct hash_ahead *ahead, const struct observer *observer,
			     struct verify_counts *counts, char sha256[DIGEST_HEX])
{
	bool opened, folder = false;
	int code;
	enum status status = verify_given_folder(casefile, path, observer, counts,
						 &folder);

	sha256[0] = '\0';
	if (status != STATUS_OK || folder)
		return status;
	code = hash_file(at, ahead, observer, sha256, &opened);
	if (code == 0) {
		status = verify_hash(casefile, path, sha256, observer, counts);
		return status == STATUS_OK ? verify_beside(casefile, at, sha256, observer, counts) : status;
	}
	sha256[0] = '\0';
	if (code != VERIFY_NO_FILE && (opened ? code != EISDIR : !is_absence(code)))
		return unchecked(casefile, at, code);
	differs(path, why_not(code), observer, counts);
	return STATUS_OK;
}

/* ---- folders ---- */

enum status verify_folder_find(struct casefile *casefile, const char *path, bool *folder)
{
	const int is = known(casefile, WHOLE_S "path = ? AND"
				       " compression = 'none' AND EXISTS(SELECT 1 FROM"
				       " member m WHERE m.source = s.id)", path, NULL);

	*folder = is > 0;
	return is < 0 ? casefile->error.status : STATUS_OK;
}

static enum status recorded_as(struct casefile *casefile, const char *sql,
			       const char *value, struct buf *recorded)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status;

	if (!statement)
		return casefile->error.status;
	status = value ? bind_sought(casefile, statement, 1, value) : STATUS_OK;
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK) {
		const struct text path = column_text(statement, 0);

		buf_add(recorded, path.data ? path.data : "", path.len);
	}
	sqlite3_finalize(statement);
	if (recorded->failed)
		return error_memory(&casefile->error);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status verify_recorded_path(struct casefile *casefile, const char *path,
				 struct buf *recorded)
{
	bool folder;
	enum status status = verify_find_folder(casefile, path, &folder);

	if (status == STATUS_OK)
		status = recorded_as(casefile, "SELECT path FROM source WHERE path = ?"
					       " AND dropped_by IS NULL", path, recorded);
	if (status != STATUS_OK || recorded->len > 0 || !folder)
		return status;
	return recorded_as(casefile, "SELECT min(s.path) FROM source s WHERE compression"
				     " = 'none' AND dropped_by IS NULL AND EXISTS(SELECT 1"
				     " FROM member m WHERE"
				     " m.source = s.id) HAVING count(DISTINCT s.path)"
				     " = 1", NULL, recorded);
}

/* A member of a folder, where that is now. */
static enum status verify_member(struct casefile *casefile, const char *path,
				 const char *sha256, bool quiet,
				 const struct observer *observer,
				 struct verify_counts *counts)
{
	char hex[DIGEST_HEX], shown[SHOWN];
	bool there = false, opened = false;
	int code;
	enum status status = verify_find(casefile, path, &there);

	if (status != STATUS_OK)
		return status;
	if (!there) {
		counts->absent++;
		counts->files++;
		if (!quiet)
			observer_notice(observer,
					"%s: not here, so that its hash is not checked",
					text_escape(text_of(path), shown,
						    sizeof(shown)));
		return STATUS_OK;
	}
	code = verify_hash_file(path, observer, hex, &opened);
	if (code != 0)
		return unchecked(casefile, path, code);
	counts->sources++;
	if (strcmp(hex, sha256) != 0)
		differs(path, "has changed since it was ingested: its SHA-256 is "
			      "another one", observer, counts);
	return STATUS_OK;
}

enum status verify_folder(struct casefile *casefile, const char *path, const char *where,
			  bool quiet, const struct observer *observer,
			  struct verify_counts *counts)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT rtrim(?2, '/') || '/' || m.path, m.sha256 FROM source s"
			  " JOIN member m ON m.source = s.id WHERE s.path = ?1 AND"
			  " s.compression = 'none' AND m.sha256 <> '' AND"
			  " s.dropped_by IS NULL"
			  " ORDER BY m.source, m.number");
	enum status status;

	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, path);
	if (status == STATUS_OK)
		status = bind_sought(casefile, statement, 2, where);
	while (status == STATUS_OK &&
	       (status = casefile_step(casefile, statement)) == STATUS_OK) {
		const char *file = (const char *)sqlite3_column_text(statement, 0);
		const char *hex = (const char *)sqlite3_column_text(statement, 1);

		status = columns_read(casefile, statement);
		if (status == STATUS_OK && file && hex)
			status = verify_member(casefile, file, hex, quiet, observer,
					       counts);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status verify_recorded_folder(struct casefile *casefile, const char *path,
					  struct verify_places *places, bool quiet,
					  const struct observer *observer,
					  struct verify_counts *counts)
{
	struct buf at = { 0 };
	enum status status = verify_locate_folder(casefile, path, places,
						  quiet ? NULL : observer, &at);

	if (status == STATUS_OK)
		status = verify_folder(casefile, path, at.data, quiet, observer, counts);
	buf_release(&at);
	return status;
}

static enum status verify_recorded(struct casefile *casefile, const char *path,
				   struct verify_places *places, struct hash_ahead *ahead, bool quiet,
				   const struct observer *observer,
				   struct verify_counts *counts)
{
	struct buf at = { 0 };
	char shown[300], sha256[DIGEST_HEX];
	bool there = false, folder = false;
	enum status status = verify_folder_find(casefile, path, &folder);

	if (status == STATUS_OK && folder)
		return verify_recorded_folder(casefile, path, places, quiet, observer, counts);
	if (status == STATUS_OK)
		status = verify_locate(casefile, path, places, quiet ? NULL : observer,
				       &at, &there);
	if (status == STATUS_OK && there)
		status = verify_source_at(casefile, path, at.data, ahead, observer, counts, sha256);
	buf_release(&at);
	if (status != STATUS_OK || there)
		return status;
	counts->absent++;
	counts->files += strcmp(path, "-") != 0;
	if (!quiet)
		observer_notice(observer,
				"%s: not here, so that its hash is not checked",
				text_escape(text_of(path), shown, sizeof(shown)));
	return STATUS_OK;
}

enum status verify_sources(struct casefile *casefile, struct verify_places *places,
			   struct hash_ahead *ahead, bool quiet, const struct observer *observer,
			   struct verify_counts *counts)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT DISTINCT path FROM source WHERE dropped_by IS NULL"
			  " ORDER BY path");
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		const unsigned char *path = sqlite3_column_text(statement, 0);

		status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
		if (!path)
			continue;
		status = verify_recorded(casefile, (const char *)path, places, ahead, quiet,
					 observer, counts);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}
