/* SPDX-License-Identifier: Apache-2.0 */
/* The options that say what files that are read may be, for the commands that read some. */
#include "cmd/common/dumps.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

/* ---- a file that an option names ---- */

static ssize_t read_some(int fd, char *block, size_t size)
{
	ssize_t got;

	do {
		got = read(fd, block, size);
	} while (got < 0 && errno == EINTR);
	return got;
}

/* Its first bytes, one more than most at most; false: errno says why not. */
static bool read_file(const char *path, size_t most, struct buf *out)
{
	char block[4096];
	const int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC) : STDIN_FILENO;
	ssize_t got = 1;
	int code;

	if (fd < 0)
		return false;
	while (got > 0 && out->len <= most && !out->failed) {
		got = read_some(fd, block, sizeof(block));
		if (got > 0)
			buf_add(out, block, (size_t)got);
	}
	code = got < 0 ? errno : ENOMEM;
	memset(block, 0, sizeof(block));
	if (fd > STDIN_FILENO)
		(void)close(fd);
	errno = code;
	return got >= 0 && !out->failed;
}

static bool cannot_read(const struct invocation *inv, const char *option, const char *path, enum status *status)
{
	const char *why = strerror(errno);
	char shown[200];

	*status = command_fail(inv, STATUS_FAILED, "%s %s: %s", option,
			       text_escape(text_of(path), shown, sizeof(shown)), why);
	return false;
}

/* ---- the password ---- */

/* The first line of the file, which is all that is kept of it. */
static bool take_password(const struct invocation *inv, struct dump_options *given, enum status *status)
{
	size_t len;

	if (!read_file(given->password_file, PASSWORD_MOST, &given->password))
		return cannot_read(inv, "--password-file", given->password_file, status);
	len = given->password.len ? strcspn(given->password.data, "\r\n") : 0;
	if (len > 0 && len <= PASSWORD_MOST && (len == given->password.len || given->password.data[len] != '\0')) {
		given->password.data[len] = '\0';
		return true;
	}
	*status = command_usage(inv, "--password-file takes a file with the password in its first line, of 1 to 1024 "
				     "bytes, none of them NUL");
	return false;
}

/* ---- what files may unpack to ---- */

/* A size with K, M, G or T for 2^10 and so on. */
static bool read_size(struct text text, uint64_t *size)
{
	static const char letters[] = "KMGT";
	const char *letter = text.len ? memchr(letters, text.data[text.len - 1], 4) : NULL;
	const unsigned shift = letter ? 10 * (unsigned)(letter - letters + 1) : 0;

	if (letter)
		text.len--;
	if (!text_to_u64(text, size) || *size == 0 || *size > UINT64_MAX >> shift)
		return false;
	*size <<= shift;
	return true;
}

static bool take_expand(const struct invocation *inv, const char *given, struct dump_settings *settings,
			enum status *status)
{
	const char *colon = strchr(given, ':');
	const struct text size = { given, colon ? (size_t)(colon - given) : strlen(given) };
	char shown[80];

	if (read_size(size, &settings->expand_bytes) &&
	    (!colon || (text_to_u64(text_of(colon + 1), &settings->expand_ratio) && settings->expand_ratio > 0)))
		return true;
	*status = command_usage(inv, "--max-expand takes SIZE or SIZE:RATIO, as 500G or 500G:5000, not '%s'",
				text_escape(text_of(given), shown, sizeof(shown)));
	return false;
}

bool dump_options_take(const struct invocation *inv, struct dump_options *given,
		       struct dump_settings *settings, enum status *status)
{
	if (given->password_file && !take_password(inv, given, status))
		return false;
	settings->password = given->password.len ? given->password.data : NULL;
	return !given->max_expand || take_expand(inv, given->max_expand, settings, status);
}

/* ---- a list of files ---- */

/* A path a line, or behind each a NUL where there is any, which are left as ends. */
static size_t cut_lines(struct buf *files)
{
	const bool nul = files->len && memchr(files->data, '\0', files->len);
	size_t count = 0;

	for (size_t i = 0; i < files->len; i++)
		if (!nul && files->data[i] == '\n')
			files->data[i] = '\0';
	for (size_t i = 0; i < files->len; i += strlen(files->data + i) + 1)
		count += files->data[i] != '\0';
	return count;
}

static bool add_files(struct invocation *inv, struct dump_options *given, size_t count)
{
	size_t used = (size_t)inv->operand_count;

	given->operands = memory_array(NULL, used + count + 1, sizeof(*given->operands));
	if (!given->operands)
		return false;
	memcpy(given->operands, inv->operands, used * sizeof(*given->operands));
	for (size_t i = 0; i < given->files.len; i += strlen(given->files.data + i) + 1)
		if (given->files.data[i] != '\0')
			given->operands[used++] = given->files.data + i;
	given->operands[used] = NULL;
	inv->operands = given->operands;
	inv->operand_count = (int)used;
	return true;
}

bool dump_options_list(struct invocation *inv, struct dump_options *given, enum status *status)
{
	size_t count;

	if (!given->files_from)
		return true;
	if (!read_file(given->files_from, FILES_MOST, &given->files))
		return cannot_read(inv, "--files-from", given->files_from, status);
	count = cut_lines(&given->files);
	if (count == 0 || given->files.len > FILES_MOST) {
		*status = command_usage(inv, "--files-from takes a list of files, a path a line, of at most 64 MiB");
		return false;
	}
	if (add_files(inv, given, count))
		return true;
	*status = command_fail(inv, STATUS_FAILED, "out of memory");
	return false;
}

void dump_options_release(struct dump_options *given)
{
	if (given->password.data)
		memset(given->password.data, 0, given->password.len);
	buf_release(&given->password);
	buf_release(&given->files);
	free(given->operands);
	given->operands = NULL;
}
