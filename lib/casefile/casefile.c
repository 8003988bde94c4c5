/* SPDX-License-Identifier: Apache-2.0 */
/* The case file: one SQLite database, opened, checked, locked. */
#include "casefile/casefile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/table/secret.h"
#include "casefile/file/new_case.h"
#include "casefile/guard/schema_guard.h"
#include "casefile/schema.h"
#include "casefile/sql.h"
#include "casefile/sqlite/disarm.h"
#include "casefile/sqlite/vfs_coalesce.h"
#include "casefile/table/amount.h"
#include "casefile/table/table_digest.h"

#define PATH_SHOWN 300
/* Pages that are written while they are still in the cache of the CPU, and a
 * commit that has little left to write. */
#define CACHE_SIZE "PRAGMA cache_size = -8192;"
#define WATCH_STEPS 20000       /* of SQLite's machine, between two looks */

/* The path as it may be printed. */
static const char *shown(const struct casefile *casefile, char *out)
{
	return text_escape(text_of(casefile->path), out, PATH_SHOWN);
}

void casefile_uncounted(void)
{
	/* It may refuse, and then all is as before. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

const char *casefile_sqlite(void)
{
	return sqlite3_libversion();
}

static int is_interrupted(void *context)
{
	const struct casefile *casefile = context;

	return observer_interrupted(casefile->observer);
}

const struct observer *casefile_watch(struct casefile *casefile,
				      const struct observer *observer)
{
	const struct observer *before = casefile->observer;

	casefile->observer = observer;
	sqlite3_progress_handler(casefile->db, WATCH_STEPS,
				 observer ? is_interrupted : NULL, casefile);
	return before;
}

void casefile_keep_digest(struct casefile *casefile, const char *table,
			  const char hex[static DIGEST_HEX])
{
	struct kept_digest *digest = &casefile->digests[casefile->digest_count];

	/* Without room it is computed from the table. */
	if (casefile->digest_count == CASEFILE_DIGESTS)
		return;
	digest->table = table;
	memcpy(digest->hex, hex, DIGEST_HEX);
	casefile->digest_count++;
}

void casefile_forget_digest(struct casefile *casefile, const char *table)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < casefile->digest_count; i++)
		if (strcmp(casefile->digests[i].table, table) != 0)
			casefile->digests[kept++] = casefile->digests[i];
	casefile->digest_count = kept;
}

const char *casefile_digest(const struct casefile *casefile, const char *table)
{
	for (unsigned i = 0; i < casefile->digest_count; i++)
		if (!strcmp(casefile->digests[i].table, table))
			return casefile->digests[i].hex;
	return table_digest_hex(casefile->table_digests, table);
}

/* A new case is inside a transaction that its first source commits. Not before the
 * lock is held is the file ours, to be removed in the end. */
static enum status begin_created(struct casefile *casefile)
{
	char path[PATH_SHOWN];
	enum status status = casefile_exec(casefile, "BEGIN EXCLUSIVE");

	if (status != STATUS_OK)
		return status;
	if (access(casefile->path, F_OK) != 0) {
		const int code = errno;

		return error_set(&casefile->error, STATUS_FAILED, "%s: %s",
				 shown(casefile, path),
				 code == ENOENT ? "another command removed this "
						  "case as it failed; run the same "
						  "command again"
						: strerror(code));
	}
	casefile->created = casefile->made = casefile->begun = true;
	return STATUS_OK;
}

enum status casefile_begin(struct casefile *casefile)
{
	enum status status;

	if (casefile->created)
		return sqlite3_get_autocommit(casefile->db) ? begin_created(casefile)
							    : STATUS_OK;
	status = casefile_exec(casefile, "BEGIN EXCLUSIVE");
	casefile->begun = casefile->begun || status == STATUS_OK;
	return status;
}

bool casefile_begun(const struct casefile *casefile)
{
	return !sqlite3_get_autocommit(casefile->db);
}

enum status casefile_commit(struct casefile *casefile)
{
	enum status status = casefile_exec(casefile, "COMMIT");

	casefile->digest_count = 0;
	casefile->decided = false;
	if (status == STATUS_OK)
		casefile->begun = casefile->created = casefile->emptied = false;
	return status;
}

void casefile_lose(struct casefile *casefile)
{
	if (casefile->lost.status == STATUS_OK)
		casefile->lost = casefile->error;
}

void casefile_rollback(struct casefile *casefile)
{
	casefile->begun = false;
	casefile->lost.status = STATUS_OK;
	if (sqlite3_get_autocommit(casefile->db))
		return;
	casefile->digest_count = 0;
	casefile->decided = false;
	(void)sqlite3_exec(casefile->db, "ROLLBACK", NULL, NULL, NULL);
	/* A new case is to be as it was when it was opened. */
	if (casefile->created && begin_created(casefile) != STATUS_OK)
		(void)sqlite3_exec(casefile->db, "ROLLBACK", NULL, NULL, NULL);
}

static enum status check_format(struct casefile *casefile)
{
	int64_t application = 0;
	int64_t format = 0;
	char path[PATH_SHOWN];
	enum status status = casefile_integer(
		casefile, "PRAGMA application_id", 0, &application);

	if (status == STATUS_OK)
		status = casefile_integer(casefile, "PRAGMA user_version", 0,
					  &format);
	if (status != STATUS_OK)
		return status;
	shown(casefile, path);
	if (application != CASEFILE_APPLICATION_ID)
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: an SQLite database, but not a case file",
				 path);
	if (format > CASEFILE_FORMAT)
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: made by a newer unspoof: case format %lld, "
				 "and this program knows up to %d", path,
				 (long long)format, CASEFILE_FORMAT);
	if (format < 1)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "%s: the case file is damaged: there is no case "
				 "format %lld", path, (long long)format);
	if (format < CASEFILE_FORMAT)
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: made by an older unspoof (case format %lld; "
				 "this program writes %d): make it anew: unspoof "
				 "ingest NEW SOURCE..., unspoof normalise NEW, "
				 "unspoof correlate NEW", path, (long long)format,
				 CASEFILE_FORMAT);
	return STATUS_OK;
}

/* Other formats have other tables. */
static enum status check(struct casefile *casefile)
{
	const enum status status = check_format(casefile);

	return status == STATUS_OK ? schema_guard(casefile) : status;
}

static enum status empty_file(struct casefile *casefile)
{
	char path[PATH_SHOWN];

	return error_set(&casefile->error, STATUS_FAILED,
			 "%s: an empty file, not a case file",
			 shown(casefile, path));
}

/* What the path is before SQLite sees it, for a message that says so. */
static enum status inspect(struct casefile *casefile, enum casefile_mode mode,
			   bool *absent)
{
	struct stat info;
	char path[PATH_SHOWN];

	shown(casefile, path);
	*absent = stat(casefile->path, &info) != 0;
	if (*absent && errno != ENOENT)
		return error_set(&casefile->error, STATUS_FAILED, "%s: %s", path,
				 strerror(errno));
	if (*absent && mode != CASEFILE_CREATE)
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: no such case file; `unspoof ingest` makes one",
				 path);
	if (!*absent && S_ISDIR(info.st_mode))
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: a directory, not a case file", path);
	if (!*absent && !S_ISREG(info.st_mode))
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: no regular file, so no case file", path);
	if (*absent)
		return STATUS_OK;
	/* Whatever it is, it is not ours to be written to. */
	if (info.st_size == 0)
		return empty_file(casefile);
	if (mode != CASEFILE_READ)
		new_case_tidy(casefile->path);
	return new_case_header(casefile->path, &casefile->error);
}

/* Nothing in the file may run: it may have been through other hands. */
static enum status settle(struct casefile *casefile, enum casefile_mode mode)
{
	(void)sqlite3_extended_result_codes(casefile->db, 1);
	if (!disarm(casefile->db))
		return error_set(&casefile->error, STATUS_FAILED,
				 "this SQLite cannot refuse what a file would run");
	if (amount_register(casefile) != STATUS_OK)
		return casefile->error.status;
	if (mode == CASEFILE_READ)
		return casefile_exec(casefile, "PRAGMA query_only = 1;"
					       "PRAGMA cell_size_check = 1;");
	/* What is committed must outlive a failure of power, however this SQLite
	 * was built. */
	return casefile_exec(casefile, "PRAGMA locking_mode = EXCLUSIVE;"
				       "PRAGMA synchronous = FULL;"
				       "PRAGMA cell_size_check = 1;"
				       "PRAGMA temp_store = MEMORY;"
				       CACHE_SIZE);
}

/* SQLite may take `file:...` and `:memory:` for something else than a path, so
 * that a relative one begins with a point. */
static enum status connect(struct casefile *casefile, enum casefile_mode mode)
{
	int flags = mode == CASEFILE_READ ? SQLITE_OPEN_READONLY
					  : SQLITE_OPEN_READWRITE;
	struct buf name = { 0 };
	int code = SQLITE_NOMEM;

	casefile->coalesce = vfs_coalesce_new();
	if (!casefile->coalesce)
		return error_memory(&casefile->error);
	if (casefile->path[0] != '/')
		buf_text(&name, "./");
	buf_text(&name, casefile->path);
	/* One thread has it: no lock at each value. */
	if (!name.failed)
		code = sqlite3_open_v2(name.data, &casefile->db,
				       flags | SQLITE_OPEN_NOMUTEX,
				       vfs_coalesce_name(casefile->coalesce));
	buf_release(&name);
	return code == SQLITE_OK ? settle(casefile, mode)
				 : casefile_failed(casefile);
}

static void disconnect(struct casefile *casefile)
{
	casefile_finalise_kept(casefile);
	/* What cannot be closed is still in use. */
	if (sqlite3_close(casefile->db) == SQLITE_OK)
		vfs_coalesce_free(casefile->coalesce);
	casefile->db = NULL;
	casefile->coalesce = NULL;
}

/* check(), where a case that a killed command left half written is first put
 * back as it was, which takes a connection that may write. */
static enum status check_for_reading(struct casefile *casefile)
{
	enum status status = check(casefile);

	if (status == STATUS_OK ||
	    sqlite3_extended_errcode(casefile->db) != SQLITE_READONLY_ROLLBACK)
		return status;
	disconnect(casefile);
	status = connect(casefile, CASEFILE_WRITE);
	if (status == STATUS_OK)
		status = check(casefile);
	if (status != STATUS_OK)
		return status;
	disconnect(casefile);
	return connect(casefile, CASEFILE_READ);
}

/* Before anything is made. */
static enum status draw_secret(struct casefile *casefile)
{
	if (secret_get())
		return STATUS_OK;
	return error_set(&casefile->error, STATUS_FAILED,
			 "the system gives no random numbers (getrandom(2)), without "
			 "which evidence could be made to be read slowly");
}

enum status casefile_open(struct casefile *casefile, const char *path,
			  enum casefile_mode mode)
{
	bool absent = false, made = false;
	enum status status;

	memset(casefile, 0, sizeof(*casefile));
	casefile->path = memory_text(path, strlen(path));
	if (!casefile->path)
		return error_memory(&casefile->error);
	status = draw_secret(casefile);
	if (status == STATUS_OK)
		status = inspect(casefile, mode, &absent);
	if (status == STATUS_OK && absent)
		status = new_case_make(casefile->path, &made, &casefile->error);
	if (status == STATUS_OK)
		status = connect(casefile, mode);
	if (status == STATUS_OK)
		status = mode == CASEFILE_READ ? check_for_reading(casefile)
					       : check(casefile);
	if (status != STATUS_OK || mode == CASEFILE_READ)
		return status;
	return made ? begin_created(casefile)
		    : casefile_exec(casefile, "BEGIN EXCLUSIVE; COMMIT;");
}

enum status casefile_scratch(struct casefile *casefile)
{
	enum status status;

	memset(casefile, 0, sizeof(*casefile));
	casefile->path = memory_text("", 0);
	if (!casefile->path)
		return error_memory(&casefile->error);
	status = draw_secret(casefile);
	if (status != STATUS_OK)
		return status;
	/* SQLite has a file of its own for it, where it is not small. */
	if (sqlite3_open_v2("", &casefile->db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				    SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		return casefile_failed(casefile);
	status = new_case_fill(casefile->db, &casefile->error);
	return status == STATUS_OK ? settle(casefile, CASEFILE_WRITE) : status;
}

bool casefile_looks(const char *path)
{
	struct error error;
	struct stat info;

	return stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 &&
	       new_case_header(path, &error) == STATUS_OK;
}

void casefile_close(struct casefile *casefile)
{
	if (casefile->db) {
		(void)sqlite3_exec(casefile->db, "ROLLBACK", NULL, NULL, NULL);
		/* While the lock is held, so that it is not another's file. */
		if (casefile->created || (casefile->made && casefile->emptied))
			(void)unlink(casefile->path);
	}
	disconnect(casefile);
	table_digest_release(casefile->table_digests);
	casefile->table_digests = NULL;
	free(casefile->path);
	casefile->path = NULL;
	casefile->created = casefile->made = false;
}
