/* SPDX-License-Identifier: Apache-2.0 */
/* An SQLite VFS that knows one database: a member of a dump. */
#include "ingest/sqlite/vfs_dump.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Copies may grow by what putting back and joining writes, and no more: a journal can
 * name any page. */
#define GROWS 4
#define GROWS_BESIDES (64 << 20)

struct vfs_dump {
	sqlite3_vfs vfs;            /* first, so that it is found by it */
	struct dump *dump;
	uint64_t most;              /* bytes that a copy may have */
	char name[40];
};

/* The database, or a copy of what stands beside it. */
struct file {
	sqlite3_file base;          /* first, as above */
	struct vfs_dump *own;
	int copy;                   /* its private copy; -1: the member is read as it is */
	bool beside;
};

static int close_file(sqlite3_file *base)
{
	base->pMethods = NULL;
	return SQLITE_OK;
}

/* Of a copy that is written to there is no count of what was read. */
static bool read_copy(const struct file *file, char *data, size_t size, uint64_t at, size_t *got)
{
	*got = 0;
	while (*got < size) {
		const ssize_t count = pread(file->copy, data + *got, size - *got, (off_t)(at + *got));

		if (count < 0 && errno != EINTR)
			return false;
		if (count == 0)
			break;
		*got += count > 0 ? (size_t)count : 0;
	}
	return true;
}

static int read_file(sqlite3_file *base, void *data, int size, sqlite3_int64 at)
{
	struct file *file = (struct file *)base;
	size_t got = 0;
	const bool good = file->beside
				  ? read_copy(file, data, (size_t)size, (uint64_t)at, &got)
				  : dump_read_at(file->own->dump, data, (size_t)size, (uint64_t)at, &got);

	if (!good)
		return SQLITE_IOERR_READ;
	if (got == (size_t)size)
		return SQLITE_OK;
	memset((char *)data + got, 0, (size_t)size - got);
	return SQLITE_IOERR_SHORT_READ;
}

static int write_file(sqlite3_file *base, const void *data, int size, sqlite3_int64 at)
{
	const struct file *file = (const struct file *)base;
	const char *from = data;
	size_t left = (size_t)size;

	if (file->copy < 0)
		return SQLITE_READONLY;
	if ((uint64_t)at + left > file->own->most)
		return SQLITE_FULL;
	while (left > 0) {
		const ssize_t put = pwrite(file->copy, from, left, (off_t)at);

		if (put < 0 && errno != EINTR)
			return SQLITE_IOERR_WRITE;
		from += put > 0 ? put : 0;
		at += put > 0 ? put : 0;
		left -= put > 0 ? (size_t)put : 0;
	}
	return SQLITE_OK;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
	const struct file *file = (const struct file *)base;

	if (file->copy < 0)
		return SQLITE_READONLY;
	if ((uint64_t)size > file->own->most)
		return SQLITE_FULL;
	return ftruncate(file->copy, (off_t)size) == 0 ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int sync_file(sqlite3_file *base, int flags)
{
	(void)base;
	(void)flags;
	return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size)
{
	const struct file *file = (const struct file *)base;
	struct stat info;

	if (file->copy < 0) {
		*size = (sqlite3_int64)dump_member_size(file->own->dump);
		return SQLITE_OK;
	}
	if (fstat(file->copy, &info) != 0)
		return SQLITE_IOERR_FSTAT;
	*size = info.st_size;
	return SQLITE_OK;
}

static int lock_file(sqlite3_file *base, int level)
{
	(void)base;
	(void)level;
	return SQLITE_OK;
}

static int check_reserved(sqlite3_file *base, int *reserved)
{
	(void)base;
	*reserved = 0;
	return SQLITE_OK;
}

static int control_file(sqlite3_file *base, int what, void *value)
{
	(void)base;
	(void)what;
	(void)value;
	return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *base)
{
	(void)base;
	return 4096;
}

static int characteristics(sqlite3_file *base)
{
	return ((const struct file *)base)->copy < 0 ? SQLITE_IOCAP_IMMUTABLE : 0;
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
	.xUnlock = lock_file,
	.xCheckReservedLock = check_reserved,
	.xFileControl = control_file,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = characteristics,
};

/* ---- names ---- */

/* What a name is of: BESIDE_COUNT where it is of neither kind. */
static enum beside_kind kind_of(const char *name)
{
	int kind = 0;

	while (kind < BESIDE_COUNT &&
	       (strncmp(name, VFS_DUMP_DATABASE, strlen(VFS_DUMP_DATABASE)) != 0 ||
		strcmp(name + strlen(VFS_DUMP_DATABASE), beside_ending((enum beside_kind)kind)) != 0))
		kind++;
	return (enum beside_kind)kind;
}

static struct beside *beside_of(const struct vfs_dump *own, const char *name)
{
	const enum beside_kind kind = kind_of(name);
	struct beside *beside = kind < BESIDE_COUNT ? dump_beside(own->dump, kind) : NULL;

	return beside && beside->copy >= 0 ? beside : NULL;
}

/* Nothing but the database is there, and what stands beside it. */
static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags,
		     int *out)
{
	struct vfs_dump *own = (struct vfs_dump *)vfs;
	struct file *file = (struct file *)base;
	const struct beside *beside = name ? beside_of(own, name) : NULL;

	memset(file, 0, sizeof(*file));
	if (!name || (!(flags & SQLITE_OPEN_MAIN_DB) && !beside))
		return SQLITE_CANTOPEN;
	file->own = own;
	file->beside = beside != NULL;
	file->copy = beside ? beside->copy : -1;
	if (!beside && (dump_beside(own->dump, BESIDE_WAL) || dump_beside(own->dump, BESIDE_JOURNAL)))
		file->copy = dump_copy(own->dump);
	if (out)
		*out = flags;
	file->base.pMethods = &methods;
	return SQLITE_OK;
}

/* A journal that was put back is not there any more. */
static int delete_file(sqlite3_vfs *vfs, const char *name, int sync)
{
	struct beside *beside = beside_of((struct vfs_dump *)vfs, name);

	(void)sync;
	if (beside) {
		(void)close(beside->copy);
		beside->copy = -1;
	}
	return SQLITE_OK;
}

static int access_file(sqlite3_vfs *vfs, const char *name, int flags, int *there)
{
	(void)flags;
	*there = beside_of((struct vfs_dump *)vfs, name) != NULL;
	return SQLITE_OK;
}

static int full_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
	(void)vfs;
	(void)sqlite3_snprintf(size, out, "%s", name);
	return SQLITE_OK;
}

/* ---- the VFS ---- */

static uint64_t most_of(struct dump *dump)
{
	uint64_t bytes = dump_member_size(dump);

	for (int i = 0; i < BESIDE_COUNT; i++) {
		const struct beside *beside = dump_beside(dump, (enum beside_kind)i);

		bytes += beside ? beside->size : 0;
	}
	return GROWS * bytes + GROWS_BESIDES;
}

struct vfs_dump *vfs_dump_new(struct dump *dump)
{
	const sqlite3_vfs *real = sqlite3_vfs_find(NULL);
	struct vfs_dump *own = real ? calloc(1, sizeof(*own)) : NULL;

	if (!own)
		return NULL;
	/* Time, randomness and sleep are those of the real one. */
	own->vfs = *real;
	own->vfs.pNext = NULL;
	own->vfs.xOpen = open_file;
	own->vfs.xDelete = delete_file;
	own->vfs.xAccess = access_file;
	own->vfs.xFullPathname = full_name;
	own->vfs.szOsFile = (int)sizeof(struct file);
	own->vfs.zName = own->name;
	own->dump = dump;
	own->most = most_of(dump);
	/* A name of its own, for there may be several. */
	(void)sqlite3_snprintf(sizeof(own->name), own->name, "unspoof-dump-%p", (void *)own);
	if (sqlite3_vfs_register(&own->vfs, 0) == SQLITE_OK)
		return own;
	free(own);
	return NULL;
}

const char *vfs_dump_name(const struct vfs_dump *vfs)
{
	return vfs->name;
}

void vfs_dump_free(struct vfs_dump *vfs)
{
	if (!vfs)
		return;
	(void)sqlite3_vfs_unregister(&vfs->vfs);
	free(vfs);
}
