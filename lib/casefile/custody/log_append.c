/* SPDX-License-Identifier: Apache-2.0 */
/* A line added to CASE.log, and to the chain of its hashes. */
#include "casefile/custody/log_append.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "casefile/custody/log_file.h"

#define SHOWN 300
#define TAIL (2 * LOG_LINE_MOST)

/* A log that a line is added to. */
struct appending {
	const char *path;
	struct log_file log;
	char *tail;            /* its last bytes */
	size_t len;
	char previous[DIGEST_HEX];
	struct error *error;
};

static enum status failed(const struct appending *a, const char *why)
{
	char shown[SHOWN];

	return error_set(a->error, STATUS_FAILED, "%s: %s", text_escape(text_of(a->path), shown, sizeof(shown)), why);
}

/* The last bytes, in which the last line is whole, and what was cut short behind it. */
static enum status read_tail(struct appending *a)
{
	const size_t want = a->log.size < TAIL ? (size_t)a->log.size : TAIL;
	const uint64_t from = a->log.size - want;
	ssize_t got = 1;

	a->tail = memory_array(NULL, TAIL, 1);
	if (!a->tail)
		return error_memory(a->error);
	while (a->len < want && got != 0) {
		got = pread(a->log.file, a->tail + a->len, want - a->len, (off_t)(from + a->len));
		if (got < 0 && errno != EINTR)
			return failed(a, strerror(errno));
		a->len += got > 0 ? (size_t)got : 0;
	}
	return a->len == want ? STATUS_OK : failed(a, "became shorter while it was read");
}

/* Where the line that ends before `end` begins. */
static size_t line_begin(const struct appending *a, size_t end)
{
	while (end > 0 && a->tail[end - 1] != '\n')
		end--;
	return end;
}

/* The last line that is one; *behind: where what follows it begins, 0: there is none. */
static enum status last_line(struct appending *a, size_t end, struct log_line *last, struct buf *room, size_t *behind)
{
	for (;; end = *behind - 1) {
		*behind = line_begin(a, end);
		if (*behind == 0 && a->log.size > a->len)
			return failed(a, "it has no line of a log where its last ones should be");
		if (log_line_read((struct text){ a->tail + *behind, end - *behind }, last, room)) {
			*behind = end + 1;
			return STATUS_OK;
		}
		if (room->failed)
			return error_memory(a->error);
		if (*behind == 0)
			return STATUS_OK;
	}
}

/* Lines that are none are vouched for by the next one. */
static enum status find_previous(struct appending *a, const struct log_line *next, struct log_found *found)
{
	struct buf room = { 0 };
	struct log_line last;
	size_t end, behind = 0;
	enum status status;

	found->torn = a->tail[a->len - 1] != '\n';
	end = a->len - !found->torn;
	status = last_line(a, end, &last, &room, &behind);
	if (status == STATUS_OK && behind > 0) {
		(void)snprintf(a->previous, sizeof(a->previous), "%.*s", (int)last.hash.len, last.hash.data);
		found->other = last.first.len > 0 && next->first.len > 0 && !text_equal(last.first, next->first);
	}
	for (size_t at = behind; status == STATUS_OK && at < end;) {
		struct text rest = { a->tail + at, end - at };
		const struct text text = text_take_line(&rest);

		if (!log_line_cut(text, a->previous))
			status = error_memory(a->error);
		at += text.len + 1;
	}
	buf_release(&room);
	return status;
}

/* All of it or nothing: what others wrote behind it where there are no locks is not taken back. */
static enum status write_all(const struct appending *a, struct text bytes)
{
	int code = 0;

	while (bytes.len > 0 && !code) {
		const ssize_t written = write(a->log.file, bytes.data, bytes.len);

		if (written > 0) {
			bytes.data += written;
			bytes.len -= (size_t)written;
		} else if (written == 0 || errno != EINTR) {
			code = written ? errno : ENOSPC;
		}
	}
	if (!code)
		return STATUS_OK;
	if (a->log.locked && ftruncate(a->log.file, (off_t)a->log.size) != 0)
		return failed(a, "a line could not be written, nor what was written of it taken back");
	return failed(a, strerror(code));
}

static enum status add_line(struct appending *a, const struct log_line *line, const struct log_found *found)
{
	struct log_line next = *line;
	struct buf bytes = { 0 };
	enum status status;

	next.previous = text_of(a->previous);
	if (found->torn)
		buf_byte(&bytes, '\n');
	log_line_write(&next, &bytes);
	status = bytes.failed ? error_memory(a->error) : write_all(a, buf_view(&bytes));
	buf_release(&bytes);
	return status;
}

enum status log_append(const char *path, const struct log_line *line, struct log_found *found, struct error *error)
{
	struct appending a = { .path = path, .error = error };
	enum status status = log_file_open(&a.log, path, true, error);

	*found = (struct log_found){ .torn = false };
	if (status != STATUS_OK)
		return status;
	if (a.log.size > 0) {
		status = read_tail(&a);
		if (status == STATUS_OK)
			status = find_previous(&a, line, found);
	}
	if (status == STATUS_OK)
		status = add_line(&a, line, found);
	if (!log_file_close(&a.log) && status == STATUS_OK)
		status = failed(&a, strerror(errno));
	free(a.tail);
	return status;
}
