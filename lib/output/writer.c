/* SPDX-License-Identifier: Apache-2.0 */
/* The part that all formats share: the table of them, checks, the sink. */
#include "output/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "output/writer_format.h"

#define FLUSH_AT 65536

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

void writer_init(struct writer *writer, const struct writer_options *options)
{
	memset(writer, 0, sizeof(*writer));
	writer->options = *options;
}

void writer_release(struct writer *writer)
{
	if (writer->state && writer->options.format->release)
		writer->options.format->release(writer);
	for (size_t i = 0; writer->safe && i < writer->count; i++)
		buf_release(&writer->safe[i]);
	free(writer->safe);
	free(writer->safe_cells);
	free(writer->types);
	buf_release(&writer->out);
	memset(writer, 0, sizeof(*writer));
}

/* Hands over what has gathered, once it is worth a call. */
static enum status settle(struct writer *writer, size_t at_least)
{
	if (writer->out.failed)
		return error_memory(&writer->error);
	if (writer->broken)
		return error_set(&writer->error, STATUS_FAILED, "the output could not be written");
	if (writer->out.len == 0 || writer->out.len < at_least)
		return STATUS_OK;
	if (!writer->options.write(writer->options.context, writer->out.data, writer->out.len)) {
		writer->broken = true;
		return settle(writer, 0);
	}
	buf_clear(&writer->out);
	return STATUS_OK;
}

static bool make_room(struct writer *writer)
{
	writer->types = memory_array(NULL, writer->count, sizeof(*writer->types));
	if (!writer->types)
		return false;
	for (size_t i = 0; i < writer->count; i++)
		writer->types[i] = writer->columns[i].type;
	if (!writer->options.terminal || !writer->options.format->raw)
		return true;
	writer->safe = calloc(writer->count, sizeof(*writer->safe));
	writer->safe_cells = calloc(writer->count, sizeof(*writer->safe_cells));
	return writer->safe && writer->safe_cells;
}

enum status writer_begin(struct writer *writer, const struct writer_column *columns, size_t count)
{
	if (writer->begun || count == 0)
		return error_set(&writer->error, STATUS_FAILED, "a table needs a column, and begins once");
	writer->columns = columns;
	writer->count = count;
	writer->begun = true;
	if (!make_room(writer))
		writer->out.failed = true;
	else
		writer->options.format->begin(writer);
	return settle(writer, FLUSH_AT);
}

/* The cells as a terminal may see them. */
static const struct text *make_safe(struct writer *writer, const struct text *cells)
{
	for (size_t i = 0; i < writer->count; i++) {
		writer->safe_cells[i] = cells[i];
		if (!cells[i].data)
			continue;
		buf_clear(&writer->safe[i]);
		buf_escape(&writer->safe[i], cells[i], 0);
		if (writer->safe[i].failed)
			writer->out.failed = true;
		writer->safe_cells[i] = buf_view(&writer->safe[i]);
	}
	return writer->safe_cells;
}

enum status writer_row_typed(struct writer *writer, const struct text *cells, const enum cell_type *types)
{
	enum status status = settle(writer, FLUSH_AT);

	if (status != STATUS_OK)
		return status;
	if (!writer->begun)
		return error_set(&writer->error, STATUS_FAILED, "a row before the table has begun");
	if (writer->safe)
		cells = make_safe(writer, cells);
	writer->options.format->row(writer, cells, types);
	writer->rows++;
	return settle(writer, FLUSH_AT);
}

enum status writer_row(struct writer *writer, const struct text *cells)
{
	return writer_row_typed(writer, cells, writer->types);
}

enum status writer_end(struct writer *writer)
{
	enum status status = settle(writer, FLUSH_AT);

	if (status != STATUS_OK || !writer->begun)
		return status;
	writer->options.format->end(writer);
	return settle(writer, 0);
}
