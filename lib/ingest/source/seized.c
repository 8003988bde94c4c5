/* SPDX-License-Identifier: Apache-2.0 */
/* A file as seized, read in blocks that are hashed. */
#include "ingest/source/seized.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "ingest/source/dump.h"

/* What was read is given back to the system in pieces of so many bytes. */
#define PIECE (UINT64_C(8) << 20)
/* An interrupt is looked for so often where there is nothing to read. */
#define WAIT_MS 200

enum status seized_failed(struct seized *seized, const char *text,
			  struct error *error)
{
	if (seized->interrupted)
		return error_set(error, STATUS_INTERRUPTED, "%s: interrupted",
				 seized->shown);
	seized->failed = true;
	return error_set(error, STATUS_FAILED, "%s: %s", seized->shown, text);
}

enum status seized_failed_with(struct seized *seized, int code, struct error *error)
{
	enum status status;

	if (code == ENOMEM && !seized->interrupted)
		return error_memory(error);
	status = seized_failed(seized, strerror(code), error);
	if (status == STATUS_FAILED && error_is_want(code)) {
		seized->failed = false;
		error->fault = true;
	}
	return status;
}

/* Waits until there is something to read; false: it was interrupted. */
static bool wait_readable(const struct seized *seized)
{
	struct pollfd wanted = { .fd = seized->fd, .events = POLLIN };

	while (!observer_interrupted(seized->observer)) {
		int ready = seized->regular ? 1 : poll(&wanted, 1, WAIT_MS);

		/* What cannot be waited for read() tells. */
		if (ready > 0 || (ready < 0 && errno != EINTR))
			return true;
	}
	return false;
}

/* Reads some bytes at a place; -1: errno says why. */
static ssize_t read_at(struct seized *seized, char *data, size_t size, uint64_t at)
{
	ssize_t got;

	seized->interrupted = !wait_readable(seized);
	if (seized->interrupted) {
		errno = EINTR;
		return -1;
	}
	do {
		got = seized->regular
			      ? pread(seized->fd, data, size, (off_t)at)
			      : read(seized->fd, data, size);
	} while (got < 0 && errno == EINTR);
	return got;
}

/* A file that is read once need not stay in memory: the room is for the case,
 * which the next command reads. */
static void let_go(struct seized *seized)
{
	if (!seized->regular || !seized->hashing || seized->stays ||
	    seized->at < seized->let_go + PIECE)
		return;
	(void)posix_fadvise(seized->fd, (off_t)seized->let_go,
			    (off_t)(seized->at - seized->let_go),
			    POSIX_FADV_DONTNEED);
	seized->let_go = seized->at;
}

static void move_on(struct seized *seized, ssize_t got)
{
	seized->at += (uint64_t)got;
	if (seized->at > seized->done)
		seized->done = seized->at;
	let_go(seized);
}

ssize_t seized_next(struct seized *seized)
{
	ssize_t got;

	seized->block = hasher_room(seized->hasher);
	got = read_at(seized, seized->block, HASHER_BLOCK, seized->at);
	if (got <= 0)
		return got;
	move_on(seized, got);
	if (!hasher_add(seized->hasher, (size_t)got)) {
		errno = ENOMEM;
		return -1;
	}
	return got;
}

ssize_t seized_read(struct seized *seized, char *data, size_t size)
{
	const ssize_t got = read_at(seized, data, size, seized->at);

	if (got <= 0)
		return got;
	move_on(seized, got);
	if (!hasher_add_here(seized->hasher, data, (size_t)got)) {
		errno = ENOMEM;
		return -1;
	}
	return got;
}

enum status seized_open(struct seized *seized, bool threaded, struct error *error)
{
	seized->hasher = hasher_new(threaded);
	seized->hashing = true;
	if (!seized->hasher)
		return error_memory(error);
	if (!strcmp(seized->path, "-"))
		seized->fd = STDIN_FILENO;
	else
		seized->fd = open(seized->path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	if (seized->fd < 0 || fstat(seized->fd, &seized->info) != 0)
		return seized_failed_with(seized, errno, error);
	if (S_ISDIR(seized->info.st_mode))
		return seized_failed(seized, "a directory", error);
	/* Standard input may stand anywhere in its file. */
	seized->regular = S_ISREG(seized->info.st_mode) &&
			  seized->fd != STDIN_FILENO;
	return STATUS_OK;
}

void seized_close(struct seized *seized)
{
	hasher_free(seized->hasher);
	if (seized->fd > STDIN_FILENO)
		(void)close(seized->fd);
	seized->hasher = NULL;
	seized->fd = -1;
}

uint64_t seized_total(const struct seized *seized)
{
	return seized->regular ? (uint64_t)seized->info.st_size : 0;
}

void seized_stop_hashing(struct seized *seized)
{
	hasher_stop(seized->hasher);
	seized->hashing = false;
}

static void tell_hashed(const struct seized *seized, uint64_t done)
{
	char step[DUMP_SHOWN + 20];
	struct progress progress = { step, done, seized_total(seized), 0, true };

	(void)snprintf(step, sizeof(step), "hash %s", seized->shown);
	observer_progress(seized->observer, &progress);
}

bool seized_hash(struct seized *seized, char hex[static DIGEST_HEX],
		 enum status *status, struct error *error)
{
	struct digest *digest = NULL;
	char *block = NULL;
	uint64_t at = 0;
	ssize_t got = 1;

	*status = STATUS_OK;
	if (!seized->regular)
		return false;
	digest = digest_new();
	block = memory_array(NULL, HASHER_BLOCK, 1);
	if (!digest || !block)
		*status = error_memory(error);
	while (*status == STATUS_OK && got > 0) {
		got = read_at(seized, block, HASHER_BLOCK, at);
		if (got < 0)
			*status = seized_failed_with(seized, errno, error);
		else if (!digest_add(digest, block, (size_t)got))
			*status = error_memory(error);
		else
			at += (uint64_t)got;
		tell_hashed(seized, at);
	}
	if (*status == STATUS_OK && !digest_end(digest, hex))
		*status = error_memory(error);
	seized->size = at;
	digest_free(digest);
	free(block);
	return *status == STATUS_OK;
}

enum status seized_end(struct seized *seized, char hex[static DIGEST_HEX],
		       struct error *error)
{
	ssize_t got;

	do {
		got = seized_next(seized);
	} while (got > 0);
	if (got < 0)
		return seized_failed_with(seized, errno, error);
	seized->size = seized->done;
	seized->hashing = false;
	return hasher_end(seized->hasher, hex) ? STATUS_OK : error_memory(error);
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* The time of the last change of what the file system has of it cannot be set by who sets
 * that of the last write back. */
static bool same(const struct stat *was, const struct stat *now)
{
	return now->st_size == was->st_size && same_time(now->st_mtim, was->st_mtim) &&
	       same_time(now->st_ctim, was->st_ctim);
}

/* Whether the path is that of another file now; of one that was taken away the content is
 * known all the same. */
static bool is_another(const struct seized *seized)
{
	struct stat now;

	return stat(seized->path, &now) == 0 &&
	       (now.st_dev != seized->info.st_dev || now.st_ino != seized->info.st_ino);
}

enum status seized_unchanged(struct seized *seized, struct error *error)
{
	struct stat now;

	if (!seized->regular)
		return STATUS_OK;
	if (fstat(seized->fd, &now) != 0)
		return seized_failed_with(seized, errno, error);
	if (is_another(seized))
		return seized_failed(seized, "another file was put in its place while it was read; nothing of it is "
					     "kept", error);
	if (!same(&seized->info, &now))
		return seized_failed(seized,
				     "changed while it was read; nothing of it is "
				     "kept", error);
	return STATUS_OK;
}
