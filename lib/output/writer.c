/* SPDX-License-Identifier: Apache-2.0 */
/* The part that all formats share: the table of them, checks, the sink. */
#include "output/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "output/writer_format.h"

/* The formats, in the order in which they are listed to a user. */
static const struct writer_format *const formats[] = {
	&writer_table, &writer_csv, &writer_tsv, &writer_json, &writer_jsonl,
};

#define FORMATS (sizeof(formats) / sizeof(formats[0]))

const struct writer_format *writer_format_find(const char *name)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

const struct writer_format *writer_format_at(size_t i)
{
	return i < FORMATS ? formats[i] : NULL;
}

const struct writer_format *writer_format_for(enum writer_flag flag)
{
	size_t i = 0;

	while (i < FORMATS - 1 && !(formats[i]->flags & flag))
		i++;
	return formats[i];
}

/* What is kept for the cells of one sheet. */
static void release_cells(struct writer *writer)
{
	for (size_t i = 0; i < writer->safe_count; i++)
		buf_release(&writer->safe[i]);
	for (size_t i = 0; writer->safe_names && i < writer->sheet.count; i++)
		buf_release(&writer->safe_names[i]);
	free(writer->safe);
	free(writer->safe_cells);
	free(writer->safe_names);
	free(writer->safe_columns);
	writer->safe = writer->safe_names = NULL;
	writer->safe_cells = NULL;
	writer->safe_columns = NULL;
	writer->safe_count = 0;
}

void writer_release(struct writer *writer)
{
	if (writer->state && writer->options.format->release)
		writer->options.format->release(writer);
	release_cells(writer);
	sink_release(&writer->sink);
	memset(writer, 0, sizeof(*writer));
}

static enum status settle(struct writer *writer, size_t at_least)
{
	if (writer->failure != STATUS_OK)
		return writer->failure;
	return sink_settle(&writer->sink, at_least, &writer->error);
}

/* Runs a step of the format that it may not have. */
static void step(struct writer *writer, void (*function)(struct writer *writer))
{
	if (function)
		function(writer);
}

/* Whether a call comes in its turn; a failure of before is told first. */
static enum status expect(struct writer *writer, enum writer_phase phase, const char *otherwise)
{
	enum status status = settle(writer, SINK_FULL);

	if (status != STATUS_OK || writer->phase == phase)
		return status;
	return error_set(&writer->error, STATUS_FAILED, "%s", otherwise);
}

enum status writer_open(struct writer *writer, const struct writer_options *options)
{
	memset(writer, 0, sizeof(*writer));
	writer->options = *options;
	writer->sink.write = options->write;
	writer->sink.context = options->context;
	if (options->terminal && (options->format->flags & WRITER_BINARY)) {
		writer->failure = error_set(&writer->error, STATUS_USAGE,
					    "format %s is binary: it goes to a file or a pipe, not to a terminal",
					    options->format->name);
		return writer->failure;
	}
	writer->phase = WRITER_OPEN;
	step(writer, options->format->open);
	return settle(writer, SINK_FULL);
}

/* The names of the columns as a terminal may see them. */
static bool make_safe_names(struct writer *writer)
{
	for (size_t i = 0; i < writer->sheet.count; i++) {
		writer->safe_columns[i] = writer->sheet.columns[i];
		buf_escape(&writer->safe_names[i], text_of(writer->sheet.columns[i].name), 0);
		if (writer->safe_names[i].failed)
			return false;
		writer->safe_columns[i].name = buf_view(&writer->safe_names[i]).data;
	}
	writer->sheet.columns = writer->safe_columns;
	return true;
}

/* Room for so many cells as a terminal may see them. */
static bool make_safe_room(struct writer *writer, size_t count)
{
	struct buf *safe = writer->safe;
	struct cell *cells = writer->safe_cells;

	if (count <= writer->safe_count)
		return true;
	safe = memory_array(safe, count, sizeof(*safe));
	if (safe)
		writer->safe = safe;
	cells = memory_array(cells, count, sizeof(*cells));
	if (cells)
		writer->safe_cells = cells;
	if (!safe || !cells)
		return false;
	memset(safe + writer->safe_count, 0, (count - writer->safe_count) * sizeof(*safe));
	writer->safe_count = count;
	return true;
}

static bool make_room(struct writer *writer)
{
	if (!writer->options.terminal || !(writer->options.format->flags & WRITER_RAW))
		return true;
	writer->safe_names = calloc(writer->sheet.count, sizeof(*writer->safe_names));
	writer->safe_columns = calloc(writer->sheet.count, sizeof(*writer->safe_columns));
	return make_safe_room(writer, writer->sheet.count) && writer->safe_names && writer->safe_columns &&
	       make_safe_names(writer);
}

enum status writer_begin(struct writer *writer, const struct sheet *sheet)
{
	const struct writer_format *format = writer->options.format;
	enum status status = expect(writer, WRITER_OPEN, "a table begins in an open output, and where no other has begun");

	if (status != STATUS_OK)
		return status;
	if (sheet->count == 0)
		return error_set(&writer->error, STATUS_FAILED, "a table needs a column");
	if (writer->sheets > 0 && !(format->flags & WRITER_MANY))
		return error_set(&writer->error, STATUS_USAGE, "format %s holds one table", format->name);
	release_cells(writer);
	writer->sheet = *sheet;
	writer->sheets++;
	writer->rows = 0;
	writer->phase = WRITER_BEGUN;
	if (!make_room(writer))
		writer->sink.out.failed = true;
	else
		step(writer, format->begin);
	return settle(writer, SINK_FULL);
}

/* The cells as a terminal may see them. */
static const struct cell *make_safe(struct writer *writer, const struct cell *cells)
{
	if (!make_safe_room(writer, writer->cells)) {
		writer->sink.out.failed = true;
		return cells;
	}
	for (size_t i = 0; i < writer->cells; i++) {
		writer->safe_cells[i] = cells[i];
		if (!cells[i].text.data)
			continue;
		buf_clear(&writer->safe[i]);
		buf_escape(&writer->safe[i], cells[i].text, 0);
		if (writer->safe[i].failed)
			writer->sink.out.failed = true;
		writer->safe_cells[i].text = buf_view(&writer->safe[i]);
	}
	return writer->safe_cells;
}

enum status writer_row(struct writer *writer, const struct cell *cells)
{
	return writer_row_of(writer, cells, writer->sheet.count);
}

enum status writer_row_of(struct writer *writer, const struct cell *cells, size_t count)
{
	enum status status = expect(writer, WRITER_BEGUN, "a row before a table has begun");

	if (status != STATUS_OK)
		return status;
	writer->cells = count;
	if (writer->safe)
		cells = make_safe(writer, cells);
	writer->options.format->row(writer, cells);
	writer->rows++;
	return settle(writer, SINK_FULL);
}

enum status writer_end(struct writer *writer)
{
	enum status status = expect(writer, WRITER_BEGUN, "no table has begun that could end");

	if (status != STATUS_OK)
		return status;
	step(writer, writer->options.format->end);
	writer->phase = WRITER_OPEN;
	return settle(writer, 0);
}

enum status writer_line(struct writer *writer, struct text line)
{
	enum status status = expect(writer, WRITER_OPEN, "a line comes behind tables");

	if (status != STATUS_OK || !(writer->options.format->flags & WRITER_ON_TERMINAL))
		return status;
	buf_add(&writer->sink.out, line.data, line.len);
	buf_byte(&writer->sink.out, '\n');
	return settle(writer, SINK_FULL);
}

enum status writer_close(struct writer *writer)
{
	enum status status = expect(writer, WRITER_OPEN, "an output is closed once, and behind its tables");

	if (status != STATUS_OK)
		return status;
	step(writer, writer->options.format->close);
	writer->phase = WRITER_CLOSED;
	return settle(writer, 0);
}
