/* SPDX-License-Identifier: Apache-2.0 */
/* What no output may take the place of. */
#include "casefile/mend/guard.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest/digest.h"
#include "base/memory.h"
#include "casefile/sql.h"

#define SHOWN 300
#define BLOCK 65536

/* A file that is about to be written. */
struct output_file {
	const char *path;
	bool there;
	struct stat info;          /* if so */
};

static bool same(const struct output_file *output, const char *path)
{
	struct stat info;

	return output->there && stat(path, &info) == 0 &&
	       info.st_dev == output->info.st_dev && info.st_ino == output->info.st_ino;
}

static enum status refuse(struct casefile *casefile, const struct output_file *output,
			  const char *what)
{
	char shown[SHOWN];

	return error_set(&casefile->error, STATUS_FAILED,
			 "%s: is %s, which nothing is written over, with --force or "
			 "without", text_escape(text_of(output->path), shown, sizeof(shown)),
			 what);
}

/* ---- the case, and what is beside it ---- */

/* The folder of a path as text, which the caller frees. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return memory_text(".", 1);
	return memory_text(path, slash == path ? 1 : (size_t)(slash - path));
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Whether two paths lead to one folder; -1: no memory. */
static int same_folder(const char *a, const char *b)
{
	char *first = folder_of(a), *second = folder_of(b);
	struct stat here, there;
	int is = -1;

	if (first && second)
		is = stat(first, &here) == 0 && stat(second, &there) == 0 &&
		     here.st_dev == there.st_dev && here.st_ino == there.st_ino;
	free(first);
	free(second);
	return is;
}

static enum status check_beside(struct casefile *casefile,
				const struct output_file *output, const char *more,
				const char *what)
{
	struct buf path = { 0 };
	bool taken;
	int folder = 0;

	buf_format(&path, "%s%s", casefile->path, more);
	if (path.failed)
		return error_memory(&casefile->error);
	taken = same(output, path.data);
	/* One that is not there would be made. */
	if (!taken && !strcmp(name_of(output->path), name_of(path.data)))
		folder = same_folder(output->path, path.data);
	buf_release(&path);
	if (folder < 0)
		return error_memory(&casefile->error);
	return taken || folder ? refuse(casefile, output, what) : STATUS_OK;
}

static enum status check_case(struct casefile *casefile, const struct output_file *output)
{
	static const struct {
		const char *more, *what;
	} files[] = {
		{ "", "the case itself" },
		{ "-journal", "the journal of the case" },
		{ "-wal", "the journal of the case" },
		{ "-shm", "the journal of the case" },
		{ ".log", "the log of the case" },
		{ ".partial", "what a new case is made of" },
	};
	enum status status = STATUS_OK;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && status == STATUS_OK; i++)
		status = check_beside(casefile, output, files[i].more, files[i].what);
	return status;
}

/* ---- sources by path ---- */

static bool leads_there(const struct casefile *casefile, const struct output_file *output,
			const char *path, bool *no_memory)
{
	struct buf beside = { 0 };
	char *folder;
	bool is = same(output, path);

	if (is || path[0] == '/')
		return is;
	folder = folder_of(casefile->path);
	if (folder)
		buf_format(&beside, "%s/%s", folder, path);
	*no_memory = !folder || beside.failed;
	if (!*no_memory)
		is = same(output, beside.data);
	free(folder);
	buf_release(&beside);
	return is;
}

/* Files of a folder are members of one source. */
#define PATHS \
	"SELECT path FROM source UNION SELECT s.path || '/' || m.path FROM member m" \
	" JOIN source s ON s.id = m.source"

static enum status check_paths(struct casefile *casefile, const struct output_file *output)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, PATHS);
	bool taken = false, no_memory = false;
	enum status status;

	if (!statement)
		return casefile->error.status;
	while (!taken && (status = casefile_step(casefile, statement)) == STATUS_OK) {
		const unsigned char *path = sqlite3_column_text(statement, 0);

		status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
		taken = path && leads_there(casefile, output, (const char *)path, &no_memory);
		if (no_memory)
			status = error_memory(&casefile->error);
		if (no_memory)
			break;
	}
	sqlite3_finalize(statement);
	if (taken)
		return refuse(casefile, output, "a source of this case");
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- sources by content ---- */

static bool hash(const char *path, char hex[static DIGEST_HEX])
{
	const int file = open(path, O_RDONLY | O_CLOEXEC);
	struct digest *digest = digest_new();
	char block[BLOCK];
	ssize_t got = 1;
	bool good = file >= 0 && digest;

	while (good && got > 0) {
		got = read(file, block, sizeof(block));
		good = got >= 0 && digest_add(digest, block, (size_t)got);
	}
	good = good && digest_end(digest, hex);
	digest_free(digest);
	if (file >= 0)
		(void)close(file);
	return good;
}

#define CONTENTS \
	"SELECT count(*) FROM (SELECT size, sha256 FROM source UNION ALL" \
	" SELECT size, sha256 FROM member) WHERE size = ?1 AND (?2 IS NULL OR sha256 = ?2)"

static enum status count_like(struct casefile *casefile, int64_t size, const char *hex,
			      int64_t *count)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, CONTENTS);
	enum status status;

	*count = 0;
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, size);
	status = bind_sought(casefile, statement, 2, hex);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK)
		*count = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* A file that cannot be read may be one as well. */
static enum status check_content(struct casefile *casefile,
				 const struct output_file *output)
{
	char hex[DIGEST_HEX];
	int64_t like = 0;
	enum status status = count_like(casefile, (int64_t)output->info.st_size, NULL,
					&like);

	if (status != STATUS_OK || like == 0)
		return status;
	if (!hash(output->path, hex))
		return refuse(casefile, output,
			      "as long as a source of this case, and cannot be read");
	status = count_like(casefile, (int64_t)output->info.st_size, hex, &like);
	return status == STATUS_OK && like > 0
		       ? refuse(casefile, output, "a source of this case, by its SHA-256")
		       : status;
}

enum status guard_output(struct casefile *casefile, const char *path)
{
	struct output_file output = { .path = path };
	enum status status;

	output.there = stat(path, &output.info) == 0;
	status = check_case(casefile, &output);
	if (status == STATUS_OK && output.there)
		status = check_paths(casefile, &output);
	if (status == STATUS_OK && output.there && S_ISREG(output.info.st_mode))
		status = check_content(casefile, &output);
	return status;
}
