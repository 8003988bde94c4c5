/* SPDX-License-Identifier: Apache-2.0 */
/* Where a table goes: standard output, or a file that appears when it is whole. */
#include "cmd/common/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest/digest.h"
#include "casefile/mend/guard.h"
#include "casefile/sqlite/calltable.h"

#define SHOWN 300

/* One that fails is gone, which output_close() finds. */
static void hash(struct output *output, const void *data, size_t len)
{
	if (!output->digest || digest_add(output->digest, data, len))
		return;
	digest_free(output->digest);
	output->digest = NULL;
}

static bool write_standard(void *context, const void *data, size_t len)
{
	struct output *output = context;

	hash(output, data, len);
	return standard_output(output->inv, data, len);
}

static bool put(struct output *output, const void *data, size_t len)
{
	hash(output, data, len);
	if (partial_write(&output->partial, data, len))
		return true;
	output->error = errno;
	return false;
}

static bool write_file(void *context, const void *data, size_t len)
{
	struct output *output = context;

	custody_out(output->inv, data, len);
	return put(output, data, len);
}

static enum status file_error(const struct output *output, int error)
{
	char path[SHOWN];

	return command_fail(output->inv, STATUS_FAILED, "%s: %s",
			    text_escape(text_of(output->path), path, sizeof(path)), strerror(error));
}

/* A file that is there is evidence until the user says otherwise, and a source of the case
 * stays evidence. */
static enum status check_path(const struct output *output)
{
	struct stat there;
	char path[SHOWN];

	if (stat(output->path, &there) != 0)
		return errno == ENOENT ? STATUS_OK : file_error(output, errno);
	(void)text_escape(text_of(output->path), path, sizeof(path));
	if (!S_ISREG(there.st_mode))
		return command_fail(output->inv, STATUS_FAILED, "%s: is there, and is no regular file", path);
	if (!output->force)
		return command_fail(output->inv, STATUS_FAILED, "%s: is there; --force overwrites it", path);
	return STATUS_OK;
}

static enum status open_partial(struct output *output, const struct stat *of_case)
{
	char path[SHOWN];

	(void)text_escape(text_of(output->path), path, sizeof(path));
	switch (partial_open(&output->partial, output->path, of_case)) {
	case PARTIAL_OPENED:
		return STATUS_OK;
	case PARTIAL_WRITTEN:
		return command_fail(output->inv, STATUS_FAILED,
				    "%s: another export is writing it; wait until it has ended", path);
	case PARTIAL_FOREIGN:
		return command_fail(output->inv, STATUS_FAILED,
				    "%s.partial: is there, and cannot be told to be what an export left; remove it",
				    path);
	case PARTIAL_FAILED:
		break;
	}
	return file_error(output, errno);
}

/* PATH.partial, of which what is there is removed where it may be what was left, is guarded
 * as PATH is. */
static enum status guard(const struct output *output, struct casefile *casefile)
{
	struct buf partial = { 0 };
	enum status status = guard_output(casefile, output->path);

	buf_format(&partial, "%s.partial", output->path);
	if (partial.failed)
		status = error_memory(&casefile->error);
	if (status == STATUS_OK)
		status = guard_output(casefile, partial.data);
	buf_release(&partial);
	return status == STATUS_OK ? status : command_error(output->inv, &casefile->error);
}

static enum status open_path(struct output *output, struct casefile *casefile)
{
	struct stat of_case;
	enum status status = guard(output, casefile);

	if (status == STATUS_OK && stat(casefile->path, &of_case) != 0)
		return file_error(output, errno);
	if (status == STATUS_OK)
		status = check_path(output);
	return status == STATUS_OK ? open_partial(output, &of_case) : status;
}

static void release(struct output *output)
{
	partial_close(&output->partial);
	digest_free(output->digest);
	writer_release(&output->writer);
	memset(output, 0, sizeof(*output));
	output->partial.file = -1;
}

static enum status find_format(const struct invocation *inv, const char *name, struct writer_options *options)
{
	struct buf formats = { 0 };
	char given[60];

	options->format = name ? writer_format_find(name)
			       : writer_format_for(options->terminal ? WRITER_ON_TERMINAL : WRITER_ELSEWHERE);
	if (options->format)
		return STATUS_OK;
	list_formats(&formats);
	(void)command_usage(inv, "'%s' is no format; the formats are %s",
			    text_escape(text_of(name), given, sizeof(given)), buf_view(&formats).data);
	buf_release(&formats);
	return STATUS_USAGE;
}

enum status output_check(const struct invocation *inv, const char *format)
{
	struct writer_options options = { .format = NULL };

	return find_format(inv, format, &options);
}

static void start(struct output *output, struct invocation *inv, const char *path, bool force)
{
	memset(output, 0, sizeof(*output));
	output->partial.file = -1;
	output->inv = inv;
	output->path = path;
	output->force = force;
}

enum status output_open(struct output *output, struct invocation *inv, const char *format, const char *path,
			bool force, struct casefile *casefile)
{
	struct writer_options options = { .write = write_standard, .context = output };
	enum status status;

	start(output, inv, path, force);
	if (path) {
		options.write = write_file;
	} else {
		options.width = terminal_width();
		options.terminal = options.width > 0;
	}
	status = find_format(inv, format, &options);
	if (status == STATUS_OK && path)
		status = open_path(output, casefile);
	custody_begin_output(inv);
	if (status == STATUS_OK && writer_open(&output->writer, &options) != STATUS_OK)
		status = command_error(inv, &output->writer.error);
	if (status != STATUS_OK) {
		release(output);
		return status;
	}
	/* Progress would be drawn into the table. */
	if (options.terminal)
		inv->observer.progress = NULL;
	return STATUS_OK;
}

static enum status keep(struct output *output)
{
	return partial_keep(&output->partial, output->path, output->force) ? STATUS_OK : file_error(output, errno);
}

void output_hash(struct output *output, char *sha256)
{
	output->sha256 = sha256;
	output->digest = digest_new();
}

/* Of all that was handed on; what is in the buffer of standard output is to be there too. */
static enum status end_hash(struct output *output)
{
	if (!output->sha256)
		return STATUS_OK;
	if (!output->path && fflush(stdout) != 0)
		return STATUS_FAILED;        /* main() says why when it closes it */
	if (output->digest && digest_end(output->digest, output->sha256))
		return STATUS_OK;
	return command_fail(output->inv, STATUS_FAILED, "out of memory");
}

enum status output_open_file(struct output *output, struct invocation *inv, const char *path, bool force,
			     struct casefile *casefile)
{
	enum status status;

	start(output, inv, path, force);
	status = open_path(output, casefile);
	if (status == STATUS_OK && fchmod(output->partial.file, S_IRUSR | S_IWUSR) != 0)
		status = file_error(output, errno);
	if (status != STATUS_OK)
		release(output);
	return status;
}

enum status output_put(struct output *output, const void *data, size_t len)
{
	return put(output, data, len) ? STATUS_OK : file_error(output, output->error);
}

enum status output_close_file(struct output *output, enum status status)
{
	if (status == STATUS_OK)
		status = keep(output);
	release(output);
	return status;
}

enum status output_close(struct output *output, enum status status, const struct error *error)
{
	bool broken;

	output->inv->custody.rows += output->writer.rows;
	if (status == STATUS_OK) {
		status = writer_close(&output->writer);
		error = &output->writer.error;
	}
	broken = output->writer.sink.broken && status == STATUS_FAILED;
	if (status == STATUS_OK) {
		status = end_hash(output);
		if (status == STATUS_OK && output->path)
			status = keep(output);
	} else if (status == STATUS_USAGE) {
		(void)command_usage(output->inv, "%s", error->text);
	} else if (!broken) {
		(void)command_error(output->inv, error);
	} else if (output->path) {
		(void)file_error(output, output->error);
	}
	/* What is wrong with standard output main() says when it closes it. */
	release(output);
	return status;
}

enum status output_tell_read(struct invocation *inv, struct casefile *casefile, bool verbose)
{
	uint64_t all = 0;
	enum status status;

	if (!verbose)
		return STATUS_OK;
	status = calltable_segments(casefile, &all);
	if (status != STATUS_OK)
		return command_error(inv, &casefile->error);
	observer_notice(&inv->observer, "segments: %llu of %llu read", (unsigned long long)casefile->call_segments,
			(unsigned long long)all);
	return STATUS_OK;
}
