/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is going to be a case, or is said to be one, before SQLite sees it. */
#include "casefile/file/new_case.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/partial.h"
#include "casefile/schema.h"

#define SHOWN 300
#define HEADER 100         /* bytes of an SQLite file */
#define APPLICATION_AT 68
#define FORMATS_AT 18      /* one to write, one to read: 1, or with a log */
#define LOGGED 2
#define JOURNAL_HEADER 28

static enum status failed(struct error *error, const char *path, const char *more,
			  const char *why)
{
	char shown[SHOWN];

	return error_set(error, STATUS_FAILED, "%s%s: %s",
			 text_escape(text_of(path), shown, sizeof(shown)), more, why);
}

static enum status logged(struct error *error, const char *path)
{
	char shown[SHOWN];

	return error_set(error, STATUS_INTEGRITY,
			 "%s: another program gave this case a write-ahead log, where changes of it may lie; "
			 "go back to a copy of the case from before, or make it anew from its sources",
			 text_escape(text_of(path), shown, sizeof(shown)));
}

/* Up to so many bytes that a file begins with; false: it cannot be read. */
static bool read_start(const char *path, unsigned char *bytes, size_t most, size_t *len)
{
	const int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	ssize_t got = 1;

	*len = 0;
	if (file < 0)
		return false;
	while (got != 0 && *len < most) {
		got = read(file, bytes + *len, most - *len);
		if (got < 0 && errno != EINTR)
			break;
		*len += got > 0 ? (size_t)got : 0;
	}
	(void)close(file);
	return got >= 0;
}

static uint32_t big_endian(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

enum status new_case_header(const char *path, struct error *error)
{
	unsigned char header[HEADER];
	size_t len;

	if (!read_start(path, header, sizeof(header), &len))
		return STATUS_OK;
	if (len < sizeof(header) || memcmp(header, "SQLite format 3", 16) != 0)
		return failed(error, path, "", "not a case file");
	if (big_endian(header + APPLICATION_AT) != CASEFILE_APPLICATION_ID)
		return failed(error, path, "", "an SQLite database, but not a case file");
	if (header[FORMATS_AT] == LOGGED || header[FORMATS_AT + 1] == LOGGED)
		return logged(error, path);
	return STATUS_OK;
}

/* ---- the bytes of a case without sources ---- */

enum status new_case_fill(struct sqlite3 *db, struct error *error)
{
	struct buf sql = { 0 };
	enum status status = STATUS_OK;

	buf_format(&sql, "PRAGMA page_size = %d; BEGIN; PRAGMA application_id = %d;"
			 "PRAGMA user_version = %d;",
		   CASEFILE_PAGE_SIZE, CASEFILE_APPLICATION_ID, CASEFILE_FORMAT);
	schema_make(LAYER_FOUND, &sql);
	schema_make(LAYER_DECIDED, &sql);
	buf_text(&sql, "COMMIT;");
	if (sql.failed)
		status = error_memory(error);
	else if (sqlite3_exec(db, sql.data, NULL, NULL, NULL) != SQLITE_OK)
		status = sqlite3_errcode(db) == SQLITE_NOMEM
				 ? error_memory(error)
				 : error_set(error, STATUS_FAILED, "a new case: %s",
					     sqlite3_errmsg(db));
	buf_release(&sql);
	return status;
}

/* The caller frees *image by sqlite3_free(). */
static enum status make_image(unsigned char **image, size_t *len, struct error *error)
{
	sqlite3 *db = NULL;
	sqlite3_int64 size = 0;
	enum status status = STATUS_OK;

	*image = NULL;
	if (sqlite3_open_v2(":memory:", &db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				    SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		status = error_memory(error);
	if (status == STATUS_OK)
		status = new_case_fill(db, error);
	if (status == STATUS_OK) {
		*image = sqlite3_serialize(db, "main", &size, 0);
		if (!*image || size <= 0)
			status = error_memory(error);
	}
	*len = (size_t)size;
	(void)sqlite3_close(db);
	return status;
}

/* ---- what stands in the way ---- */

/* What is there of PATH.partial must be what a command that was killed wrote of the same
 * bytes. */
static enum status check_left(const char *path, const unsigned char *image, size_t len,
			      struct error *error)
{
	struct buf name = { 0 };
	struct stat info;
	unsigned char *bytes = NULL;
	bool ours = false;
	size_t got = 0;

	buf_format(&name, "%s.partial", path);
	if (name.failed)
		return error_memory(error);
	if (lstat(name.data, &info) != 0) {
		ours = errno == ENOENT;
	} else if (S_ISREG(info.st_mode) && (uint64_t)info.st_size <= len) {
		bytes = memory_array(NULL, len, 1);
		ours = bytes && read_start(name.data, bytes, len, &got) &&
		       memcmp(bytes, image, got) == 0;
	}
	free(bytes);
	buf_release(&name);
	return ours ? STATUS_OK
		    : failed(error, path, ".partial",
			     "is there, and is not what a command left that was killed as "
			     "it made this case; move it elsewhere");
}

/* Whether a file can begin so that is the journal of a case: before it is synced, and
 * after a commit, zeros stand in place of the magic number. */
static bool is_journal(const unsigned char header[static JOURNAL_HEADER])
{
	static const unsigned char magic[] = { 0xd9, 0xd5, 0x05, 0xf9,
					       0x20, 0xa1, 0x63, 0xd7 };
	static const unsigned char none[sizeof(magic)] = { 0 };
	const uint32_t page_size = big_endian(header + 24);

	return (!memcmp(header, magic, sizeof(magic)) || !memcmp(header, none, sizeof(none))) &&
	       (page_size == CASEFILE_PAGE_SIZE || page_size == 0);
}

/* That of a case whose file is gone would be taken for that of the new one. */
static enum status clear_journal(const char *path, struct error *error)
{
	unsigned char header[JOURNAL_HEADER] = { 0 };
	struct buf name = { 0 };
	bool clear = false;
	size_t len = 0;

	buf_format(&name, "%s-journal", path);
	if (name.failed)
		return error_memory(error);
	if (access(name.data, F_OK) != 0)
		clear = errno == ENOENT;
	else if (read_start(name.data, header, sizeof(header), &len) &&
		 is_journal(header))
		clear = unlink(name.data) == 0;
	buf_release(&name);
	return clear ? STATUS_OK
		     : failed(error, path, "-journal",
			      "is there without its database, and is not the journal of a "
			      "case; move it elsewhere, or give the case another name");
}

void new_case_tidy(const char *path)
{
	struct buf name = { 0 };
	struct stat here, there;

	buf_format(&name, "%s.partial", path);
	if (!name.failed && stat(path, &here) == 0 && lstat(name.data, &there) == 0 &&
	    here.st_dev == there.st_dev && here.st_ino == there.st_ino)
		(void)unlink(name.data);
	buf_release(&name);
}

/* ---- making it ---- */

static enum status open_partial(struct partial *partial, const char *path,
				struct error *error)
{
	const struct stat never = { 0 };

	switch (partial_open(partial, path, &never)) {
	case PARTIAL_OPENED:
		return STATUS_OK;
	case PARTIAL_WRITTEN:
		return failed(error, path, "",
			      "another command is making this case; wait until it has "
			      "ended");
	case PARTIAL_FOREIGN:
		return failed(error, path, ".partial",
			      "is there, and is not what a command left that was killed; "
			      "move it elsewhere");
	case PARTIAL_FAILED:
		break;
	}
	return failed(error, path, "", strerror(errno));
}

static enum status write_case(struct partial *partial, const char *path,
			      const unsigned char *image, size_t len, bool *made,
			      struct error *error)
{
	*made = partial_write(partial, image, len) && partial_keep(partial, path, false);
	return *made || errno == EEXIST ? STATUS_OK
					: failed(error, path, "", strerror(errno));
}

enum status new_case_make(const char *path, bool *made, struct error *error)
{
	struct partial partial = { .file = -1 };
	unsigned char *image = NULL;
	size_t len = 0;
	enum status status = make_image(&image, &len, error);

	*made = false;
	if (status == STATUS_OK)
		status = check_left(path, image, len, error);
	if (status == STATUS_OK)
		status = clear_journal(path, error);
	if (status == STATUS_OK)
		status = open_partial(&partial, path, error);
	if (status == STATUS_OK)
		status = write_case(&partial, path, image, len, made, error);
	partial_close(&partial);
	sqlite3_free(image);
	return status;
}
