/* SPDX-License-Identifier: Apache-2.0 */
/* CASE.log read line by line, and its chain checked. */
#include "casefile/custody/log_read.h"

#include <errno.h>
#include <string.h>

#include "casefile/custody/log_file.h"

#define SHOWN 300

static enum status failed(struct log_reader *reader)
{
	char shown[SHOWN];
	const int code = errno;

	return error_set(&reader->error, STATUS_FAILED, "%s: %s",
			 text_escape(text_of(reader->path), shown, sizeof(shown)), strerror(code ? code : EIO));
}

enum status log_reader_open(struct log_reader *reader, const char *path)
{
	struct log_file log;
	enum status status;

	*reader = (struct log_reader){ .path = path };
	status = log_file_open(&log, path, false, &reader->error);
	if (status != STATUS_OK)
		return status;
	reader->file = fdopen(log.file, "rb");
	if (reader->file)
		return STATUS_OK;
	status = failed(reader);
	(void)log_file_close(&log);
	return status;
}

/* Into reader->text, without its line feed; more than any line has is left out, so that it is none. */
static enum status read_line(struct log_reader *reader)
{
	int c;

	buf_clear(&reader->text);
	while ((c = getc(reader->file)) != EOF && c != '\n')
		if (reader->text.len <= LOG_LINE_MOST)
			buf_byte(&reader->text, (char)c);
	if (c == EOF && ferror(reader->file))
		return failed(reader);
	if (reader->text.failed)
		return error_memory(&reader->error);
	reader->at_end = c == EOF;
	return reader->at_end && reader->text.len == 0 ? STATUS_END : STATUS_OK;
}

static void check(struct log_reader *reader, struct text text)
{
	if (!log_line_holds(text, &reader->line))
		reader->broken = "was changed";
	else if (!text_is(reader->line.previous, reader->previous))
		reader->broken = reader->number == 1 ? "is not the first: lines before it are missing"
						     : "follows a line that was changed, or one before it is missing";
}

/* The next line has the hash of a line that is cut as it is. */
static bool look(struct log_reader *reader, struct text text)
{
	reader->cut = !log_line_read(text, &reader->line, &reader->room);
	if (reader->room.failed)
		return false;
	if (!reader->cut) {
		check(reader, text);
		(void)snprintf(reader->previous, sizeof(reader->previous), "%.*s", (int)reader->line.hash.len,
			       reader->line.hash.data);
		return true;
	}
	reader->line = (struct log_line){ .rows = 0 };
	return log_line_cut(text, reader->previous);
}

enum status log_reader_next(struct log_reader *reader)
{
	enum status status = reader->at_end ? STATUS_END : read_line(reader);

	if (status != STATUS_OK)
		return status;
	reader->number++;
	reader->broken = NULL;
	return look(reader, buf_view(&reader->text)) ? STATUS_OK : error_memory(&reader->error);
}

void log_reader_close(struct log_reader *reader)
{
	if (reader->file)
		(void)fclose(reader->file);
	reader->file = NULL;
	buf_release(&reader->text);
	buf_release(&reader->room);
}
