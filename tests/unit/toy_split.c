/* SPDX-License-Identifier: Apache-2.0 */
/* A format by split and parse, with any number of streams. */
#include <stdlib.h>
#include <string.h>

#include "casefile/form/form.h"
#include "ingest/parse/row/row_sink.h"
#include "toy.h"

#define MAGIC "TOY1\n"
#define TABLES 8

struct toy {
	struct layout layout;
	struct stream tables[TABLES];
	struct stream *now;         /* the one that rows are of */
	struct buf lines;           /* `T ...` of all tables, in order of their numbers */
	bool begun;
};

struct toy_parser {
	struct parser parser;
};

size_t toy_fields(struct text line, struct text fields[TOY_FIELDS], bool *nulls)
{
	size_t count = 0;

	*nulls = false;
	while (count < TOY_FIELDS) {
		const char *bar = line.len ? memchr(line.data, '|', line.len) : NULL;
		struct text field = { line.data, bar ? (size_t)(bar - line.data) : line.len };

		if (text_is(field, "\\N")) {
			field = form_null();
			*nulls = true;
		}
		fields[count++] = field;
		if (!bar)
			return count;
		line.len -= (size_t)(bar - line.data) + 1;
		line.data = bar + 1;
	}
	return count;
}

static unsigned bid(const struct peek *peek)
{
	return peek->bytes.len >= 5 && !memcmp(peek->bytes.data, MAGIC, 5) ? 40 : 0;
}

static enum status open_layout(struct layout **out, const struct format_input *input, struct error *error)
{
	struct toy *toy = calloc(1, sizeof *toy);

	*out = toy ? &toy->layout : NULL;
	if (!toy)
		return error_memory(error);
	toy->layout.format = &toy_split;
	toy->layout.input = input;
	return STATUS_OK;
}

static void close_layout(struct layout *layout)
{
	struct toy *toy = (struct toy *)layout;

	if (!toy)
		return;
	for (size_t i = 0; i < TABLES; i++)
		stream_release(&toy->tables[i]);
	buf_release(&toy->lines);
	free(toy);
}

static void describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	(void)layout;
	buf_format(out, "toy table %s", buf_view(&stream->name).data);
}

/* The next word of a line. */
static struct text word(struct text *line)
{
	const char *blank = line->len ? memchr(line->data, ' ', line->len) : NULL;
	const struct text first = { line->data, blank ? (size_t)(blank - line->data) : line->len };

	line->data += first.len + (blank != NULL);
	line->len -= first.len + (blank != NULL);
	return first;
}

static struct stream *find(struct toy *toy, struct text name)
{
	for (uint32_t i = 0; i < toy->layout.streams; i++)
		if (text_equal(buf_view(&toy->tables[i].name), name))
			return &toy->tables[i];
	return NULL;
}

/* A line `T NAME COLUMN...`: the table that rows are of from now on, which is announced where it is new. */
static enum status begin_table(struct toy *toy, struct text line, struct error *error)
{
	struct text columns[TOY_FIELDS];
	struct text rest = line, name;
	struct stream *stream;
	size_t count = 0;

	(void)word(&rest);
	name = word(&rest);
	toy->now = find(toy, name);
	if (toy->now)
		return STATUS_OK;
	if (toy->layout.streams == TABLES)
		return error_set(error, STATUS_FAILED, "too many tables");
	while (rest.len > 0 && count < TOY_FIELDS)
		columns[count++] = word(&rest);
	toy->now = stream = &toy->tables[toy->layout.streams];
	buf_add(&stream->name, name.data, name.len);
	buf_add(&toy->lines, line.data, line.len);
	buf_byte(&toy->lines, '\n');
	if (!stream_declare(stream, columns, count) || stream->name.failed)
		return error_memory(error);
	return layout_announce(&toy->layout, stream, error);
}

static size_t line_length(struct text text)
{
	const char *end = text.len ? memchr(text.data, '\n', text.len) : NULL;

	return end ? (size_t)(end - text.data) : text.len;
}

static enum status restore(struct layout *layout, struct text state, uint64_t offset, uint64_t line, struct error *error)
{
	struct toy *toy = (struct toy *)layout;
	const size_t now = state.len > 0 ? (size_t)(state.data[0] - '0') : TABLES;
	enum status status = STATUS_OK;

	(void)offset;
	(void)line;
	toy->begun = true;
	if (now >= TABLES)
		return STATUS_INTEGRITY;
	state.data++;
	state.len--;
	while (status == STATUS_OK && state.len > 0) {
		const struct text table = { state.data, line_length(state) };

		status = begin_table(toy, table, error);
		state.data += table.len + 1;
		state.len -= table.len + 1;
	}
	toy->now = &toy->tables[now];
	return status == STATUS_OK && now >= layout->streams ? STATUS_INTEGRITY : status;
}

static bool begins_table(struct text text)
{
	return text.len >= 2 && text.data[0] == 'T' && text.data[1] == ' ';
}

/* Up to where the next table begins, or the last line that is whole. */
static size_t find_end(struct text window, bool last)
{
	size_t whole = 0;
	struct text rest = window;

	while (rest.len > 0) {
		const size_t len = line_length(rest);

		if (whole > 0 && begins_table(rest))
			return whole;
		if (len == rest.len && !last)
			break;
		whole += len < rest.len ? len + 1 : len;
		rest.data = window.data + whole;
		rest.len = window.len - whole;
	}
	return whole;
}

static enum status split(struct layout *layout, struct text window, bool last, struct block *block, struct error *error)
{
	struct toy *toy = (struct toy *)layout;
	const struct text first = { window.data, line_length(window) };
	enum status status = STATUS_OK;

	if (!toy->begun) {
		toy->begun = true;
		block->len = 5;
		return STATUS_OK;
	}
	if (first.len == window.len && !last && window.len > 1000)
		return error_set(error, STATUS_FAILED, "a line is too long");
	if (begins_table(window))
		status = begin_table(toy, first, error);
	block->len = find_end(window, last);
	block->stream = toy->now;
	if (toy->now) {
		buf_format(&block->state, "%u", toy->now->number);
		buf_add(&block->state, toy->lines.data, toy->lines.len);
	}
	return status;
}

static struct parser *parser_new(const struct layout *layout)
{
	struct toy_parser *parser = calloc(1, sizeof *parser);

	(void)layout;
	return parser ? &parser->parser : NULL;
}

static void parser_free(struct parser *parser)
{
	free(parser);
}

static void give(struct row_sink *sink, struct record *record)
{
	struct text fields[TOY_FIELDS];

	record->fields = fields;
	record->count = toy_fields(record->text, fields, &record->nulls);
	if (record->text.len == 0)
		row_sink_skip(sink);
	else if (!row_sink_put(sink, record))
		row_sink_refuse(sink, record);
}

static bool parse(struct parser *parser, const struct block *block, struct row_sink *sink, struct buf *state)
{
	struct text rest = { block->bytes, block->len };

	(void)state;
	parser->lines = 0;
	while (rest.len > 0 && !(sink && sink->failed)) {
		const size_t len = line_length(rest);
		const size_t whole = len < rest.len ? len + 1 : len;
		struct record record = { .line = parser->lines, .offset = block->offset + (uint64_t)(rest.data - block->bytes),
					 .length = whole, .lines = 1, .text = { rest.data, len } };

		/* The rest of the line is in the next block. */
		if (whole == len && !block->last)
			break;
		if (sink && !begins_table(rest))
			give(sink, &record);
		rest.data += whole;
		rest.len -= whole;
		parser->lines++;
	}
	parser->unread = rest.len;
	parser->offset = block->offset + (block->len - rest.len);
	return true;
}

const struct format toy_split = {
	.name = "toy",
	.about = "tables one after another",
	.bid = bid,
	.open = open_layout,
	.close = close_layout,
	.describe = describe,
	.restore = restore,
	.split = split,
	.parser_new = parser_new,
	.parser_free = parser_free,
	.parse = parse,
};
