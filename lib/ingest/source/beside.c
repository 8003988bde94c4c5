/* SPDX-License-Identifier: Apache-2.0 */
/* What SQLite keeps beside a database, copied. */
#include "ingest/source/beside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#define NAME "/unspoof-XXXXXX"

const char *beside_ending(enum beside_kind kind)
{
	return kind == BESIDE_WAL ? "-wal" : "-journal";
}

void beside_init(struct beside *beside)
{
	memset(beside, 0, sizeof(*beside));
	beside->copy = beside->file.fd = -1;
}

void beside_release(struct beside *beside)
{
	if (beside->copy >= 0)
		(void)close(beside->copy);
	seized_close(&beside->file);
	free(beside->path);
	beside_init(beside);
}

/* ---- files without a name ---- */

/* mkstemp() makes it for the owner alone. */
int beside_make(const char *folder)
{
	struct buf name = { 0 };
	int file = -1;

	buf_format(&name, "%s%s", folder, NAME);
	if (name.failed)
		errno = ENOMEM;
	else
		file = mkstemp(name.data);
	if (file >= 0) {
		(void)unlink(name.data);
		(void)fcntl(file, F_SETFD, FD_CLOEXEC);
	}
	buf_release(&name);
	return file;
}

bool beside_write(int file, const char *data, size_t len)
{
	while (len > 0) {
		const ssize_t put = write(file, data, len);

		if (put < 0 && errno != EINTR)
			return false;
		data += put > 0 ? put : 0;
		len -= put > 0 ? (size_t)put : 0;
	}
	return true;
}

/* ---- what is there ---- */

static char *path_of(const char *path, enum beside_kind kind)
{
	struct buf out = { 0 };

	buf_format(&out, "%s%s", path, beside_ending(kind));
	if (out.failed)
		buf_release(&out);
	return out.data;
}

bool beside_there(const char *path, enum beside_kind kind, uint64_t *size)
{
	char *at = path_of(path, kind);
	struct stat info;
	const bool there = at && stat(at, &info) == 0 && S_ISREG(info.st_mode) &&
			   info.st_size > 0;

	*size = there ? (uint64_t)info.st_size : 0;
	free(at);
	return there;
}

/* ---- copying ---- */

static enum status no_copy(const char *folder, struct error *error)
{
	const int code = errno;
	char shown[300];
	enum status status = error_set(error, STATUS_FAILED, "%s: no private copy can be made there: %s",
				       text_escape(text_of(folder), shown, sizeof(shown)), strerror(code));

	error->fault = true;
	return status;
}

static enum status copy_bytes(struct beside *beside, const char *folder, struct error *error)
{
	struct seized *file = &beside->file;
	ssize_t got = 1;

	beside->copy = beside_make(folder);
	if (beside->copy < 0)
		return no_copy(folder, error);
	while ((got = seized_next(file)) > 0)
		if (!beside_write(beside->copy, file->block, (size_t)got))
			return no_copy(folder, error);
	if (got < 0)
		return seized_failed_with(file, errno, error);
	return seized_end(file, beside->sha256, error);
}

enum status beside_copy(struct beside *beside, const char *path, enum beside_kind kind,
			const char *folder, const struct observer *observer,
			struct error *error)
{
	uint64_t size;
	enum status status;

	beside_release(beside);
	if (!beside_there(path, kind, &size))
		return STATUS_OK;
	beside->path = path_of(path, kind);
	if (!beside->path)
		return error_memory(error);
	(void)text_escape(text_of(beside->path), beside->shown, sizeof(beside->shown));
	beside->file = (struct seized){ .path = beside->path, .shown = beside->shown,
					.observer = observer, .fd = -1 };
	status = seized_open(&beside->file, false, error);
	if (status == STATUS_OK)
		status = copy_bytes(beside, folder, error);
	beside->size = beside->file.size;
	return status == STATUS_OK ? beside_unchanged(beside, error) : status;
}

enum status beside_unchanged(struct beside *beside, struct error *error)
{
	return beside->path ? seized_unchanged(&beside->file, error) : STATUS_OK;
}
