/* SPDX-License-Identifier: Apache-2.0 */
/* Where a table goes: standard output, or a file that appears when it is whole. */
#include "cmd/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#define SHOWN 300

static bool write_file(void *context, const void *data, size_t len)
{
	struct output *output = context;

	if (fwrite(data, 1, len, output->file) == len)
		return true;
	output->error = errno;
	return false;
}

static enum status file_error(const struct output *output, int error)
{
	char path[SHOWN];

	return command_fail(output->inv, STATUS_FAILED, "%s: %s",
			    text_escape(text_of(output->path), path, sizeof(path)), strerror(error));
}

/* A file that is there is evidence until the user says otherwise. */
static enum status check_path(const struct output *output, const char *case_path)
{
	struct stat there, of_case;
	char path[SHOWN];

	if (stat(output->path, &there) != 0)
		return errno == ENOENT ? STATUS_OK : file_error(output, errno);
	(void)text_escape(text_of(output->path), path, sizeof(path));
	if (!S_ISREG(there.st_mode))
		return command_fail(output->inv, STATUS_FAILED, "%s: is there, and is no regular file", path);
	if (stat(case_path, &of_case) == 0 && of_case.st_dev == there.st_dev && of_case.st_ino == there.st_ino)
		return command_fail(output->inv, STATUS_FAILED, "%s: is the case itself", path);
	if (!output->force)
		return command_fail(output->inv, STATUS_FAILED, "%s: is there; --force overwrites it", path);
	return STATUS_OK;
}

/* One left by a killed run is made anew, and never written through a link. */
static enum status open_partial(struct output *output)
{
	struct buf name = { 0 };
	int file;

	buf_format(&name, "%s.partial", output->path);
	if (name.failed) {
		buf_release(&name);
		return command_fail(output->inv, STATUS_FAILED, "out of memory");
	}
	output->partial = name.data;
	(void)unlink(output->partial);
	file = open(output->partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	output->file = file >= 0 ? fdopen(file, "wb") : NULL;
	if (output->file)
		return STATUS_OK;
	output->error = errno;
	if (file >= 0)
		(void)close(file);
	return file_error(output, output->error);
}

static void release(struct output *output)
{
	if (output->file)
		(void)fclose(output->file);
	if (output->partial)
		(void)unlink(output->partial);
	free(output->partial);
	writer_release(&output->writer);
	memset(output, 0, sizeof(*output));
}

static enum status find_format(const struct output *output, const char *name, struct writer_options *options)
{
	struct buf formats = { 0 };
	char given[60];

	options->format = name ? writer_format_find(name)
			       : writer_format_for(options->terminal ? WRITER_ON_TERMINAL : WRITER_ELSEWHERE);
	if (options->format)
		return STATUS_OK;
	list_formats(&formats);
	(void)command_usage(output->inv, "'%s' is no format; the formats are %s",
			    text_escape(text_of(name), given, sizeof(given)), buf_view(&formats).data);
	buf_release(&formats);
	return STATUS_USAGE;
}

enum status output_open(struct output *output, struct invocation *inv, const char *format, const char *path,
			bool force, const char *case_path)
{
	struct writer_options options = { .write = standard_output };
	enum status status;

	memset(output, 0, sizeof(*output));
	output->inv = inv;
	output->path = path;
	output->force = force;
	if (path) {
		options.write = write_file;
		options.context = output;
	} else {
		options.width = terminal_width();
		options.terminal = options.width > 0;
	}
	status = find_format(output, format, &options);
	if (status == STATUS_OK && path)
		status = check_path(output, case_path);
	if (status == STATUS_OK && path)
		status = open_partial(output);
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

/* The name is on the disk once its directory is. */
static void sync_directory(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *directory = slash ? memory_text(path, slash == path ? 1 : (size_t)(slash - path)) : memory_text(".", 1);
	const int file = directory ? open(directory, O_RDONLY | O_CLOEXEC) : -1;

	if (file >= 0) {
		(void)fsync(file);
		(void)close(file);
	}
	free(directory);
}

/* Without force a file that came up meanwhile is not overwritten: link() does
 * not, where rename() would. */
static bool settle_name(struct output *output)
{
	if (!output->force) {
		if (link(output->partial, output->path) == 0)
			return unlink(output->partial) == 0;
		if (errno == EEXIST)
			return false;
	}
	return rename(output->partial, output->path) == 0;
}

static enum status keep(struct output *output)
{
	FILE *file = output->file;
	bool good = fflush(file) == 0 && fsync(fileno(file)) == 0;

	output->error = errno;
	output->file = NULL;
	if (fclose(file) != 0 && good) {
		good = false;
		output->error = errno;
	}
	if (good && !settle_name(output)) {
		good = false;
		output->error = errno;
	}
	if (!good)
		return file_error(output, output->error);
	sync_directory(output->path);
	free(output->partial);
	output->partial = NULL;
	return STATUS_OK;
}

enum status output_close(struct output *output, enum status status, const struct error *error)
{
	bool broken;

	if (status == STATUS_OK) {
		status = writer_close(&output->writer);
		error = &output->writer.error;
	}
	broken = output->writer.sink.broken && status == STATUS_FAILED;
	if (status == STATUS_OK)
		status = output->path ? keep(output) : STATUS_OK;
	else if (status == STATUS_USAGE)
		(void)command_usage(output->inv, "%s", error->text);
	else if (!broken)
		(void)command_error(output->inv, error);
	else if (output->path)
		(void)file_error(output, output->error);
	/* What is wrong with standard output main() says when it closes it. */
	release(output);
	return status;
}
