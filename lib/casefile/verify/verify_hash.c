/* SPDX-License-Identifier: Apache-2.0 */
/* Hashing files. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest/digest.h"
#include "casefile/verify/verify_segments.h"

#define BLOCK 65536
#define SHOWN 300

/* A file being hashed. */
struct hashing {
	const char *path;
	const struct observer *observer;
	struct line_scan *lines;    /* or NULL */
	int fd;
	uint64_t done, total;
};

static void tell_progress(const struct hashing *hashing)
{
	char step[SHOWN + 20] = "hash ";
	struct progress progress = { step, hashing->done, hashing->total, 0,
				     true };

	(void)text_escape(text_of(hashing->path), step + strlen(step), SHOWN);
	observer_progress(hashing->observer, &progress);
}

/* 0, or an errno; EINTR: the user asked to stop. */
static int hash_descriptor(struct hashing *hashing, char hex[static DIGEST_HEX])
{
	struct digest *digest = digest_new();
	unsigned char block[BLOCK];
	ssize_t got = 1;
	int code = digest ? 0 : ENOMEM;

	while (code == 0 && got != 0) {
		got = read(hashing->fd, block, sizeof(block));
		if (observer_interrupted(hashing->observer))
			code = EINTR;
		else if (got < 0 && errno != EINTR)
			code = errno;
		else if (got > 0 && !digest_add(digest, block, (size_t)got))
			code = ENOMEM;
		if (got > 0 && hashing->lines)
			line_scan_add(hashing->lines, (const char *)block, (size_t)got);
		hashing->done += got > 0 ? (uint64_t)got : 0;
		tell_progress(hashing);
	}
	if (code == 0 && !digest_end(digest, hex))
		code = ENOMEM;
	digest_free(digest);
	return code;
}

/* What this process was handed open is no name of something that nobody may write to. */
static bool is_handed(const char *path)
{
	return !strcmp(path, "/dev/stdin") || !strncmp(path, "/dev/fd/", 8) ||
	       !strncmp(path, "/proc/self/fd/", 14);
}

/* 0, or an errno; VERIFY_NO_FILE. A pipe is not waited for until somebody opens it. */
static int open_file(struct hashing *hashing, bool *opened)
{
	struct stat info;

	hashing->fd = open(hashing->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	*opened = hashing->fd >= 0;
	if (!*opened)
		return errno == ENXIO || errno == ENODEV ? VERIFY_NO_FILE : errno;
	if (fstat(hashing->fd, &info) != 0)
		return errno;
	if (S_ISREG(info.st_mode)) {
		hashing->total = (uint64_t)info.st_size;
		return 0;
	}
	if (S_ISDIR(info.st_mode))
		return EISDIR;
	if (!is_handed(hashing->path))
		return VERIFY_NO_FILE;
	return fcntl(hashing->fd, F_SETFL, 0) == 0 ? 0 : errno;
}

int verify_hash_lines(const char *path, const struct observer *observer,
		      struct line_scan *lines, char hex[static DIGEST_HEX], bool *opened)
{
	struct hashing hashing = { .path = path, .observer = observer, .lines = lines };
	int code = open_file(&hashing, opened);

	if (code == 0)
		code = hash_descriptor(&hashing, hex);
	if (*opened)
		(void)close(hashing.fd);
	return code;
}

int verify_hash_file(const char *path, const struct observer *observer,
		     char hex[static DIGEST_HEX], bool *opened)
{
	return verify_hash_lines(path, observer, NULL, hex, opened);
}
