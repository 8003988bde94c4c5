/* SPDX-License-Identifier: Apache-2.0 */
/* FILE.partial: a file that is being written, and gets its name when it is whole. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE     /* renameat2() */
#endif
#include "base/partial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

/* Others may come and go as often, each with a file of its own. */
#define TRIES 16

/* Takes the lock of all of a file; false: another process has it, or errno is
 * something else than EAGAIN. */
static bool lock(int file)
{
	struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (fcntl(file, F_SETLK, &all) == 0)
		return true;
	if (errno == EACCES)
		errno = EAGAIN;
	return false;
}

/* Whether a name still leads to a file that is open: 1 yes, 0 no, -1 errno. */
static int leads_to(const char *name, int file)
{
	struct stat here, there;

	if (fstat(file, &here) != 0)
		return -1;
	if (lstat(name, &there) != 0)
		return errno == ENOENT ? 0 : -1;
	return here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

static void close_file(int file)
{
	const int code = errno;

	(void)close(file);
	errno = code;
}

/* What stands in the way is removed where a process that was killed left it.
 * PARTIAL_OPENED: the way may be free now. */
static enum partial_open clear_left(const char *name, const struct stat *never)
{
	struct stat info;
	enum partial_open came = PARTIAL_OPENED;
	int file, leads;

	if (lstat(name, &info) != 0)
		return errno == ENOENT ? PARTIAL_OPENED : PARTIAL_FAILED;
	if (S_ISLNK(info.st_mode))
		return unlink(name) == 0 || errno == ENOENT ? PARTIAL_OPENED : PARTIAL_FAILED;
	if (!S_ISREG(info.st_mode) || (info.st_dev == never->st_dev && info.st_ino == never->st_ino))
		return PARTIAL_FOREIGN;
	file = open(name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (file < 0)
		return errno == ENOENT || errno == ELOOP ? PARTIAL_OPENED : PARTIAL_FAILED;
	if (!lock(file)) {
		came = errno == EAGAIN ? PARTIAL_WRITTEN : PARTIAL_FOREIGN;
	} else {
		/* Whoever had the lock may have given the file its name meanwhile. */
		leads = leads_to(name, file);
		if (leads < 0 || (leads == 1 && unlink(name) != 0))
			came = PARTIAL_FAILED;
	}
	close_file(file);
	return came;
}

/* Makes the file; PARTIAL_FOREIGN: another is there. A system without locks writes
 * it without one. */
static enum partial_open make(struct partial *partial)
{
	int leads;

	partial->file = open(partial->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (partial->file < 0)
		return errno == EEXIST ? PARTIAL_FOREIGN : PARTIAL_FAILED;
	if (!lock(partial->file) && errno != EAGAIN)
		return PARTIAL_OPENED;
	/* Before it was locked another may have taken it for one that was left. */
	leads = leads_to(partial->name, partial->file);
	if (leads == 1)
		return PARTIAL_OPENED;
	/* It is the one that was made just now, as far as can be told. */
	if (leads < 0) {
		const int code = errno;

		(void)unlink(partial->name);
		errno = code;
	}
	close_file(partial->file);
	partial->file = -1;
	return leads < 0 ? PARTIAL_FAILED : PARTIAL_FOREIGN;
}

static enum partial_open open_named(struct partial *partial, const struct stat *never)
{
	enum partial_open came = PARTIAL_FOREIGN;

	for (int i = 0; i < TRIES && came == PARTIAL_FOREIGN; i++) {
		came = make(partial);
		if (came == PARTIAL_OPENED || came == PARTIAL_FAILED)
			return came;
		came = clear_left(partial->name, never);
		if (came == PARTIAL_FOREIGN)
			return came;
		if (came == PARTIAL_OPENED)
			came = PARTIAL_FOREIGN;
	}
	return came;
}

enum partial_open partial_open(struct partial *partial, const char *path, const struct stat *never)
{
	struct buf name = { 0 };
	enum partial_open came;

	partial->file = -1;
	partial->name = NULL;
	buf_format(&name, "%s.partial", path);
	if (name.failed) {
		buf_release(&name);
		errno = ENOMEM;
		return PARTIAL_FAILED;
	}
	partial->name = name.data;
	came = open_named(partial, never);
	if (came != PARTIAL_OPENED) {
		const int code = errno;

		/* It is not ours to be removed. */
		free(partial->name);
		partial->name = NULL;
		errno = code;
	}
	return came;
}

bool partial_write(const struct partial *partial, const void *data, size_t len)
{
	const char *bytes = data;

	while (len > 0) {
		const ssize_t written = write(partial->file, bytes, len);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0) {
			errno = written ? errno : ENOSPC;
			return false;
		}
		bytes += written;
		len -= (size_t)written;
	}
	return true;
}

/* The name is on the disk once its directory is. Some systems cannot sync one, and a
 * directory may be written that cannot be read. */
static bool sync_directory(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *directory = slash ? memory_text(path, slash == path ? 1 : (size_t)(slash - path)) : memory_text(".", 1);
	int file;
	bool good;

	if (!directory) {
		errno = ENOMEM;
		return false;
	}
	file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(directory);
	if (file < 0)
		return errno == EACCES;
	good = fsync(file) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
	close_file(file);
	return good;
}

/* Whether an errno says that the file system has no such thing. */
static bool is_unknown(int code)
{
	return code == EPERM || code == ENOSYS || code == EINVAL || code == EOPNOTSUPP ||
	       code == ENOTSUP || code == EMLINK;
}

/* The name is taken by a file of ours before it is given away. */
static bool claim_name(const char *name, const char *path)
{
	const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

	if (file < 0)
		return false;
	(void)close(file);
	if (rename(name, path) == 0)
		return true;
	{
		const int code = errno;

		(void)unlink(path);
		errno = code;
	}
	return false;
}

/* A file that came up meanwhile is not overwritten, where rename() would. */
static bool new_name(const char *name, const char *path)
{
	if (link(name, path) == 0)
		return unlink(name) == 0;
	if (!is_unknown(errno))
		return false;
#ifdef RENAME_NOREPLACE
	if (renameat2(AT_FDCWD, name, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return true;
	if (!is_unknown(errno))
		return false;
#endif
	return claim_name(name, path);
}

static bool settle_name(const struct partial *partial, const char *path, bool force)
{
	return force ? rename(partial->name, path) == 0 : new_name(partial->name, path);
}

/* The lock is held until the file has its name. */
bool partial_keep(struct partial *partial, const char *path, bool force)
{
	int file = partial->file;

	if (fsync(file) != 0 || !settle_name(partial, path, force))
		return false;
	free(partial->name);
	partial->name = NULL;
	partial->file = -1;
	if (close(file) != 0)
		return false;
	return sync_directory(path);
}

void partial_close(struct partial *partial)
{
	if (partial->name)
		(void)unlink(partial->name);
	if (partial->file >= 0)
		(void)close(partial->file);
	free(partial->name);
	partial->name = NULL;
	partial->file = -1;
}
