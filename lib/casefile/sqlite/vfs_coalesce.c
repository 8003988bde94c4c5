/* SPDX-License-Identifier: Apache-2.0 */
/* An SQLite VFS that writes more at a time. */
#include "casefile/sqlite/vfs_coalesce.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct vfs_coalesce {
	sqlite3_vfs vfs;           /* first, so that it is found by it */
	sqlite3_vfs *real;
	char name[40];
	bool failed;               /* something could not be read or written */
};

/* A database, with what of it is still to be written; or another file of SQLite's,
 * which is written as it comes. */
struct file {
	sqlite3_file base;         /* first, as above */
	sqlite3_file *real;
	struct vfs_coalesce *wide;
	bool gathers;
	char *bytes;               /* NULL: none yet */
	size_t len;
	sqlite3_int64 from;        /* where they go */
};

static const sqlite3_io_methods *real_of(const struct file *file)
{
	return file->real->pMethods;
}

/* Remembers that a call failed. Where the disk cannot be read SQLite would speak of a
 * damaged file system (SQLITE_IOERR_CORRUPTFS), and then of a damaged database. */
static int noted(const struct file *file, int code)
{
	if (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ)
		return code;
	file->wide->failed = true;
	return code == SQLITE_IOERR_CORRUPTFS ? SQLITE_IOERR_READ : code;
}

/* What cannot be written is lost, as it is when SQLite writes: it gives up the
 * transaction, and puts back what it was. */
static int flush(struct file *file)
{
	const size_t len = file->len;

	file->len = 0;
	return len ? noted(file, real_of(file)->xWrite(file->real, file->bytes,
						       (int)len, file->from))
		   : SQLITE_OK;
}

static int close_file(sqlite3_file *base)
{
	struct file *file = (struct file *)base;
	const int flushed = flush(file);
	const int closed = real_of(file)->xClose(file->real);

	free(file->bytes);
	file->bytes = NULL;
	return flushed == SQLITE_OK ? closed : flushed;
}

static int read_file(sqlite3_file *base, void *data, int size, sqlite3_int64 at)
{
	struct file *file = (struct file *)base;
	const sqlite3_int64 end = file->from + (sqlite3_int64)file->len;

	if (file->len && at >= file->from && at + size <= end) {
		memcpy(data, file->bytes + (at - file->from), (size_t)size);
		return SQLITE_OK;
	}
	/* This error undoes all of a transaction, whatever is being read. */
	if (file->len && at + size > file->from && flush(file) != SQLITE_OK)
		return SQLITE_IOERR_READ;
	return noted(file, real_of(file)->xRead(file->real, data, size, at));
}

static int write_file(sqlite3_file *base, const void *data, int size,
		      sqlite3_int64 at)
{
	struct file *file = (struct file *)base;
	const sqlite3_int64 end = file->from + (sqlite3_int64)file->len;
	int code = SQLITE_OK;

	if (file->gathers && !file->bytes)
		file->bytes = malloc(WIDEWRITE_BYTES);
	if (at != end || (size_t)size > WIDEWRITE_BYTES - file->len)
		code = flush(file);
	if (code != SQLITE_OK)
		return code;
	if (!file->bytes || size > WIDEWRITE_BYTES)
		return noted(file, real_of(file)->xWrite(file->real, data, size,
							 at));
	if (!file->len)
		file->from = at;
	memcpy(file->bytes + file->len, data, (size_t)size);
	file->len += (size_t)size;
	return SQLITE_OK;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
	struct file *file = (struct file *)base;
	const int code = flush(file);

	return code == SQLITE_OK ? real_of(file)->xTruncate(file->real, size) : code;
}

static int sync_file(sqlite3_file *base, int flags)
{
	struct file *file = (struct file *)base;
	const int code = flush(file);

	return code == SQLITE_OK ? real_of(file)->xSync(file->real, flags) : code;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size)
{
	struct file *file = (struct file *)base;
	const int code = flush(file);

	return code == SQLITE_OK
		       ? noted(file, real_of(file)->xFileSize(file->real, size))
		       : code;
}

static int lock_file(sqlite3_file *base, int level)
{
	struct file *file = (struct file *)base;

	return real_of(file)->xLock(file->real, level);
}

static int unlock_file(sqlite3_file *base, int level)
{
	struct file *file = (struct file *)base;
	const int code = flush(file);
	const int unlocked = real_of(file)->xUnlock(file->real, level);

	return code == SQLITE_OK ? unlocked : code;
}

static int check_reserved(sqlite3_file *base, int *reserved)
{
	struct file *file = (struct file *)base;

	return real_of(file)->xCheckReservedLock(file->real, reserved);
}

static int control_file(sqlite3_file *base, int what, void *value)
{
	struct file *file = (struct file *)base;

	return real_of(file)->xFileControl(file->real, what, value);
}

static int sector_size(sqlite3_file *base)
{
	struct file *file = (struct file *)base;

	return real_of(file)->xSectorSize(file->real);
}

static int characteristics(sqlite3_file *base)
{
	struct file *file = (struct file *)base;

	return real_of(file)->xDeviceCharacteristics(file->real);
}

/* Version 1: neither mapped nor, but for one connection alone, with a WAL. */
static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = close_file,
	.xRead = read_file,
	.xWrite = write_file,
	.xTruncate = truncate_file,
	.xSync = sync_file,
	.xFileSize = file_size,
	.xLock = lock_file,
	.xUnlock = unlock_file,
	.xCheckReservedLock = check_reserved,
	.xFileControl = control_file,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = characteristics,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *base,
		     int flags, int *out)
{
	sqlite3_vfs *real = ((struct vfs_coalesce *)vfs)->real;
	struct file *file = (struct file *)base;
	int code;

	memset(file, 0, sizeof(*file));
	file->real = (sqlite3_file *)(file + 1);
	file->wide = (struct vfs_coalesce *)vfs;
	file->gathers = (flags & SQLITE_OPEN_MAIN_DB) != 0;
	code = real->xOpen(real, name, file->real, flags, out);
	/* With methods a file is closed, also one that could not be opened. */
	if (file->real->pMethods)
		file->base.pMethods = &methods;
	return code;
}

struct vfs_coalesce *vfs_coalesce_new(void)
{
	sqlite3_vfs *real = sqlite3_vfs_find(NULL);
	struct vfs_coalesce *wide = real ? calloc(1, sizeof(*wide)) : NULL;

	if (!wide)
		return NULL;
	/* All else is the real one's, which finds its pAppData here too. */
	wide->vfs = *real;
	wide->vfs.pNext = NULL;
	wide->vfs.xOpen = open_file;
	wide->vfs.szOsFile = (int)sizeof(struct file) + real->szOsFile;
	wide->vfs.zName = wide->name;
	wide->real = real;
	/* A name of its own, for there may be several. */
	(void)sqlite3_snprintf(sizeof(wide->name), wide->name, "unspoof-%p",
			       (void *)wide);
	if (sqlite3_vfs_register(&wide->vfs, 0) == SQLITE_OK)
		return wide;
	free(wide);
	return NULL;
}

const char *vfs_coalesce_name(const struct vfs_coalesce *wide)
{
	return wide->name;
}

void vfs_coalesce_free(struct vfs_coalesce *wide)
{
	if (!wide)
		return;
	(void)sqlite3_vfs_unregister(&wide->vfs);
	free(wide);
}

bool vfs_coalesce_failed(const struct vfs_coalesce *wide)
{
	return wide->failed;
}
