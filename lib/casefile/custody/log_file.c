/* SPDX-License-Identifier: Apache-2.0 */
/* CASE.log as a file that may be anything. */
#include "casefile/custody/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "casefile/custody/log_line.h"

#define SHOWN 300
#define START_LEAST 13     /* bytes of what a log begins with that nothing else does */
/* How long another command is waited for, which holds the log for as long as a line takes. */
#define WAITS 2500
#define WAIT_NANOSECONDS 2000000

static enum status refuse(struct error *error, const char *path, const char *why)
{
	char shown[SHOWN];

	return error_set(error, STATUS_FAILED, "%s: %s", text_escape(text_of(path), shown, sizeof(shown)), why);
}

/* False, with errno: another command has it for long. */
static bool lock(struct log_file *log)
{
	const struct timespec wait = { 0, WAIT_NANOSECONDS };
	struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	for (int i = 0; i < WAITS; i++) {
		log->locked = fcntl(log->file, F_SETLK, &all) == 0;
		if (log->locked)
			return true;
		if (errno != EAGAIN && errno != EACCES && errno != EINTR)
			return true;
		(void)nanosleep(&wait, NULL);
	}
	return false;
}

/* Whether it begins as a log does; its first line may have been cut short, but not so that it may be anything. */
static bool begins_well(const struct log_file *log, bool *unread)
{
	char start[sizeof(LOG_LINE_START) - 1];
	size_t len = 0;
	const char *end;
	ssize_t got = 1;

	while (len < sizeof(start) && got != 0) {
		got = pread(log->file, start + len, sizeof(start) - len, (off_t)len);
		if (got < 0 && errno != EINTR)
			break;
		len += got > 0 ? (size_t)got : 0;
	}
	*unread = got < 0;
	end = memchr(start, '\n', len);
	if (*unread || len == 0)
		return !*unread;
	len = end ? (size_t)(end - start) : len;
	return len >= START_LEAST && !memcmp(start, LOG_LINE_START, len);
}

static enum status check(struct log_file *log, const char *path, struct error *error)
{
	struct stat info;
	bool unread;

	if (fstat(log->file, &info) != 0)
		return refuse(error, path, strerror(errno));
	if (!S_ISREG(info.st_mode))
		return refuse(error, path, "is no regular file, so no log");
	log->size = (uint64_t)info.st_size;
	if (begins_well(log, &unread))
		return STATUS_OK;
	return refuse(error, path, unread ? strerror(errno) : "is there, and is no log of unspoof");
}

static enum status open_failed(const char *path, bool append, struct error *error)
{
	if (errno == ENOENT && !append)
		return STATUS_END;
	return refuse(error, path, errno == ELOOP ? "is a symbolic link, which is not followed" : strerror(errno));
}

enum status log_file_open(struct log_file *log, const char *path, bool append, struct error *error)
{
	const int flags = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC |
			  (append ? O_RDWR | O_APPEND | O_CREAT : O_RDONLY);
	enum status status = STATUS_OK;

	*log = (struct log_file){ .file = -1 };
	do {
		log->file = open(path, flags, 0600);
	} while (log->file < 0 && errno == EINTR);
	if (log->file < 0)
		return open_failed(path, append, error);
	if (append && !lock(log))
		status = refuse(error, path, "another command holds it");
	if (status == STATUS_OK)
		status = check(log, path, error);
	if (status != STATUS_OK)
		(void)log_file_close(log);
	return status;
}

bool log_file_close(struct log_file *log)
{
	const int file = log->file;

	log->file = -1;
	return file < 0 || close(file) == 0;
}
