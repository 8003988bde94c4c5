/* SPDX-License-Identifier: Apache-2.0 */
/* A temporary file that has no name. */
#include "base/sort/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

#define NAME "/unspoof-XXXXXX"

bool spill_open(struct spill *spill, const char *directory)
{
	memset(spill, 0, sizeof(*spill));
	spill->file = -1;
	if (pthread_mutex_init(&spill->lock, NULL) != 0)
		return false;
	spill->directory = directory;
	return true;
}

void spill_close(struct spill *spill)
{
	if (!spill->directory)
		return;
	if (spill->file >= 0)
		(void)close(spill->file);
	(void)pthread_mutex_destroy(&spill->lock);
	spill->directory = NULL;
}

/* With the lock. mkstemp() makes it for the owner alone. */
static bool make(struct spill *spill)
{
	struct buf name = { 0 };

	buf_text(&name, spill->directory);
	buf_text(&name, NAME);
	if (name.failed) {
		buf_release(&name);
		errno = ENOMEM;
		return false;
	}
	spill->file = mkstemp(name.data);
	if (spill->file >= 0) {
		(void)unlink(name.data);
		(void)fcntl(spill->file, F_SETFD, FD_CLOEXEC);
	}
	buf_release(&name);
	return spill->file >= 0;
}

static bool fail(struct spill *spill, int error)
{
	(void)pthread_mutex_lock(&spill->lock);
	if (!spill->error)
		spill->error = error;
	(void)pthread_mutex_unlock(&spill->lock);
	return false;
}

bool spill_reserve(struct spill *spill, uint64_t len, uint64_t *at)
{
	int error = 0;

	(void)pthread_mutex_lock(&spill->lock);
	if (spill->error)
		error = spill->error;
	else if (spill->file < 0 && !make(spill))
		error = errno;
	else if (len > (uint64_t)INT64_MAX - spill->end)
		error = EFBIG;
	*at = spill->end;
	if (!error)
		spill->end += len;
	(void)pthread_mutex_unlock(&spill->lock);
	return error ? fail(spill, error) : true;
}

bool spill_write(struct spill *spill, uint64_t at, const void *data, size_t len)
{
	const char *bytes = data;

	while (len) {
		ssize_t written = pwrite(spill->file, bytes, len, (off_t)at);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return fail(spill, written ? errno : ENOSPC);
		bytes += written;
		at += (uint64_t)written;
		len -= (size_t)written;
	}
	return true;
}

bool spill_read(struct spill *spill, uint64_t at, void *data, size_t len)
{
	char *bytes = data;

	while (len) {
		ssize_t got = pread(spill->file, bytes, len, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail(spill, got ? errno : EIO);
		bytes += got;
		at += (uint64_t)got;
		len -= (size_t)got;
	}
	return true;
}

enum status spill_failed(struct spill *spill, struct error *error)
{
	char directory[300];
	int code;

	(void)pthread_mutex_lock(&spill->lock);
	code = spill->error;
	(void)pthread_mutex_unlock(&spill->lock);
	if (!code || code == ENOMEM)
		return error_memory(error);
	return error_set(error, STATUS_FAILED,
			 "%s: a temporary file: %s%s",
			 text_escape(text_of(spill->directory), directory,
				     sizeof(directory)),
			 strerror(code),
			 code == ENOSPC || code == EDQUOT
				 ? "; give another folder with --temporary, or "
				   "more --memory"
				 : "");
}
