/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into a program: lets calls of the C library fail, one or all from one on.
 *
 * FAULT_CALL   what fails: alloc, read, write, sync, truncate, open, close, stat
 * FAULT_AT     which of these calls, from 1; none: they are only counted
 * FAULT_ONWARD set: all that follow fail too
 * FAULT_ERROR  EIO, ENOSPC, EINTR or ENOMEM; SHORT: half of what was asked for is done;
 *              KILL: the program is killed before the call
 * FAULT_PATH   open and stat: only of paths that contain this
 * FAULT_NOEXEC set: no memory that can be executed, so that patterns are interpreted
 * FAULT_COUNT  a file that gets the number of calls when the program ends
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum call { ALLOC, READ, WRITE, SYNC, TRUNCATE, OPEN, CLOSE, STAT, CALLS };

static const char *const names[CALLS] = { "alloc", "read", "write", "sync", "truncate", "open", "close", "stat" };

static const struct {
	const char *name;
	int code;
} errors[] = { { "EIO", EIO }, { "ENOSPC", ENOSPC }, { "EINTR", EINTR }, { "ENOMEM", ENOMEM } };

static struct {
	atomic_bool ready;
	enum call call;
	long at;
	bool onward, halves, noexec, kills;
	int code;
	const char *path, *count;
} plan;

static atomic_long calls;

/* Without an allocation, for it may be the first that asks. */
static void prepare(void)
{
	const char *call = getenv("FAULT_CALL"), *at = getenv("FAULT_AT"), *error = getenv("FAULT_ERROR");

	plan.call = CALLS;
	for (int i = 0; call && i < CALLS; i++)
		if (!strcmp(names[i], call))
			plan.call = (enum call)i;
	plan.at = at ? strtol(at, NULL, 10) : 0;
	plan.onward = getenv("FAULT_ONWARD") != NULL;
	plan.noexec = getenv("FAULT_NOEXEC") != NULL;
	plan.halves = error && !strcmp(error, "SHORT");
	plan.kills = error && !strcmp(error, "KILL");
	plan.code = plan.call == ALLOC ? ENOMEM : EIO;
	for (size_t i = 0; error && i < sizeof(errors) / sizeof(errors[0]); i++)
		if (!strcmp(errors[i].name, error))
			plan.code = errors[i].code;
	plan.path = getenv("FAULT_PATH");
	plan.count = getenv("FAULT_COUNT");
	atomic_store(&plan.ready, true);
}

/* Counts a call; true: it is to fail. */
static bool fails(enum call call)
{
	long number;

	if (!atomic_load(&plan.ready))
		prepare();
	if (call != plan.call)
		return false;
	number = atomic_fetch_add(&calls, 1) + 1;
	if (plan.at <= 0 || (plan.onward ? number < plan.at : number != plan.at))
		return false;
	if (plan.kills)
		(void)raise(SIGKILL);
	errno = plan.code;
	return true;
}

static bool path_fails(enum call call, const char *path)
{
	if (!atomic_load(&plan.ready))
		prepare();
	return (!plan.path || (path && strstr(path, plan.path))) && fails(call);
}

__attribute__((destructor)) static void tell(void)
{
	char text[32];
	int file, len;

	if (!plan.count)
		return;
	len = snprintf(text, sizeof(text), "%ld\n", atomic_load(&calls));
	plan.call = CALLS;
	file = open(plan.count, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (file >= 0 && write(file, text, (size_t)len) != len)
		(void)unlink(plan.count);
	if (file >= 0)
		(void)close(file);
}

/* The function of the C library that stands behind one of these. */
#define REAL(name) \
	static __typeof__(&name) real; \
	if (!real) \
		real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* ---- memory: dlsym() allocates, so that glibc's own names are used; not beside a sanitizer, which has its own ---- */

#ifndef SHIM_NO_MEMORY

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size)
{
	return fails(ALLOC) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails(ALLOC) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fails(ALLOC) ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return fails(ALLOC) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
	if (fails(ALLOC))
		return ENOMEM;
	*out = __libc_memalign(alignment, size);
	return *out ? 0 : ENOMEM;
}

void *mmap(void *address, size_t len, int protection, int flags, int file, off_t at)
{
	REAL(mmap);
	if (!atomic_load(&plan.ready))
		prepare();
	if (plan.noexec && (protection & PROT_EXEC)) {
		errno = EACCES;
		return MAP_FAILED;
	}
	return real(address, len, protection, flags, file, at);
}

#endif

/* ---- reading and writing ---- */

static size_t half(size_t len)
{
	return len > 1 ? (len + 1) / 2 : len;
}

/* A call with a file, bytes and a length: fails, is cut short, or is what it is. */
#define TRANSFER(kind, name, parameters, given, shorter) \
	ssize_t name parameters \
	{ \
		REAL(name); \
		if (file == STDERR_FILENO || !fails(kind)) \
			return real given; \
		return plan.halves ? real shorter : -1; \
	}

TRANSFER(READ, read, (int file, void *data, size_t len), (file, data, len), (file, data, half(len)))
TRANSFER(READ, pread, (int file, void *data, size_t len, off_t at), (file, data, len, at), (file, data, half(len), at))
TRANSFER(READ, pread64, (int file, void *data, size_t len, off64_t at), (file, data, len, at),
	 (file, data, half(len), at))
TRANSFER(WRITE, write, (int file, const void *data, size_t len), (file, data, len), (file, data, half(len)))
TRANSFER(WRITE, pwrite, (int file, const void *data, size_t len, off_t at), (file, data, len, at),
	 (file, data, half(len), at))
TRANSFER(WRITE, pwrite64, (int file, const void *data, size_t len, off64_t at), (file, data, len, at),
	 (file, data, half(len), at))
TRANSFER(WRITE, writev, (int file, const struct iovec *parts, int count), (file, parts, count), (file, parts, 1))

/* What a program calls instead that was built with _FORTIFY_SOURCE. */
ssize_t __read_chk(int file, void *data, size_t len, size_t room)
{
	return len > room ? (abort(), -1) : read(file, data, len);
}

ssize_t __pread_chk(int file, void *data, size_t len, off_t at, size_t room)
{
	return len > room ? (abort(), -1) : pread(file, data, len, at);
}

ssize_t __pread64_chk(int file, void *data, size_t len, off64_t at, size_t room)
{
	return len > room ? (abort(), -1) : pread64(file, data, len, at);
}

/* Where an ordinary file is written to its end, a write that is cut short is an
 * error that the next one tells. */
#define FAILING(kind, result, name, parameters, given) \
	result name parameters \
	{ \
		REAL(name); \
		return fails(kind) ? -1 : real given; \
	}

FAILING(SYNC, int, fsync, (int file), (file))
FAILING(SYNC, int, fdatasync, (int file), (file))
FAILING(TRUNCATE, int, ftruncate, (int file, off_t len), (file, len))
FAILING(TRUNCATE, int, ftruncate64, (int file, off64_t len), (file, len))

/* The descriptor is closed all the same (Linux, close(2)). */
int close(int file)
{
	const bool failing = fails(CLOSE);
	const int code = errno;
	REAL(close);
	const int closed = real(file);

	if (!failing)
		return closed;
	errno = code;
	return -1;
}

/* ---- paths ---- */

#define OPENING(name) \
	int name(const char *path, int flags, ...) \
	{ \
		va_list more; \
		mode_t mode = 0; \
		REAL(name); \
		va_start(more, flags); \
		if (flags & (O_CREAT | O_TMPFILE)) \
			mode = va_arg(more, mode_t); \
		va_end(more); \
		return path_fails(OPEN, path) ? -1 : real(path, flags, mode); \
	}

OPENING(open)
OPENING(open64)

/* ---- streams: glibc reads and writes for them behind read() and write() ---- */

struct stream {
	int file;
};

static ssize_t stream_read(void *cookie, char *data, size_t len)
{
	return read(((struct stream *)cookie)->file, data, len);
}

/* As much as glibc would write; 0 is an error here. */
static ssize_t stream_write(void *cookie, const char *data, size_t len)
{
	size_t done = 0;

	while (done < len) {
		const ssize_t written = write(((struct stream *)cookie)->file, data + done, len - done);

		if (written <= 0)
			return 0;
		done += (size_t)written;
	}
	return (ssize_t)done;
}

static int stream_close(void *cookie)
{
	const int closed = close(((struct stream *)cookie)->file);

	free(cookie);
	return closed;
}

static FILE *stream_of(int file, const char *mode)
{
	const cookie_io_functions_t functions = { stream_read, stream_write, NULL, stream_close };
	struct stream *stream = malloc(sizeof(*stream));

	if (!stream)
		return NULL;
	stream->file = file;
	return fopencookie(stream, mode, functions);
}

/* What a file is read with; other streams are glibc's. */
FILE *fopen(const char *path, const char *mode)
{
	REAL(fopen);
	FILE *stream;
	int file;

	if (*mode != 'r' || strchr(mode, '+'))
		return real(path, mode);
	file = open(path, O_RDONLY | O_CLOEXEC);
	stream = file >= 0 ? stream_of(file, mode) : NULL;
	if (!stream && file >= 0)
		(void)close(file);
	return stream;
}

__attribute__((constructor)) static void take_standard(void)
{
	if (!atomic_load(&plan.ready))
		prepare();
	if (plan.call == READ)
		stdin = stream_of(STDIN_FILENO, "r");
	if (plan.call == WRITE)
		stdout = stream_of(STDOUT_FILENO, "w");
}

#define STATING(name, type) \
	int name(const char *path, struct type *out) \
	{ \
		REAL(name); \
		return path_fails(STAT, path) ? -1 : real(path, out); \
	}

STATING(stat, stat)
STATING(lstat, stat)
STATING(stat64, stat64)
STATING(lstat64, stat64)

#define FILE_STATING(name, type) \
	int name(int file, struct type *out) \
	{ \
		REAL(name); \
		return path_fails(STAT, NULL) ? -1 : real(file, out); \
	}

FILE_STATING(fstat, stat)
FILE_STATING(fstat64, stat64)

int access(const char *path, int mode)
{
	REAL(access);
	return path_fails(STAT, path) ? -1 : real(path, mode);
}
