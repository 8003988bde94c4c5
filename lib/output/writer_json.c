/* SPDX-License-Identifier: Apache-2.0 */
/* JSON: an array of objects, one a line. Also the objects of jsonl. */
#include "base/json.h"
#include "output/writer_format.h"

/* Splits at each ; that has no backslash before it. */
static void add_list(struct buf *out, struct text list)
{
	struct buf item = { 0 };

	buf_byte(out, '[');
	for (size_t i = 0; i < list.len; i++) {
		if (list.data[i] == ';') {
			json_string_shown(out, buf_view(&item));
			buf_byte(out, ',');
			buf_clear(&item);
			continue;
		}
		if (list.data[i] == '\\' && i + 1 < list.len)
			i++;
		buf_byte(&item, list.data[i]);
		out->failed = out->failed || item.failed;
	}
	if (list.len > 0)
		json_string_shown(out, buf_view(&item));
	buf_byte(out, ']');
	buf_release(&item);
}

static void add_value(struct buf *out, struct text cell, enum cell_type type)
{
	if (!cell.data)
		buf_text(out, "null");
	else if (type == CELL_LIST)
		add_list(out, cell);
	else if (type == CELL_INTEGER || type == CELL_REAL)
		json_number(out, cell);
	else
		json_string_shown(out, cell);
}

void writer_object(struct writer *writer, const struct text *cells, const enum cell_type *types)
{
	struct buf *out = &writer->out;

	for (size_t i = 0; i < writer->count; i++) {
		buf_byte(out, i == 0 ? '{' : ',');
		json_string_shown(out, text_of(writer->columns[i].name));
		buf_byte(out, ':');
		add_value(out, cells[i], types[i]);
	}
	buf_byte(out, '}');
}

static void begin(struct writer *writer)
{
	buf_text(&writer->out, "[\n");
}

static void row(struct writer *writer, const struct text *cells, const enum cell_type *types)
{
	if (writer->rows > 0)
		buf_text(&writer->out, ",\n");
	writer_object(writer, cells, types);
}

static void end(struct writer *writer)
{
	buf_text(&writer->out, writer->rows > 0 ? "\n]\n" : "]\n");
}

const struct writer_format writer_json = { "json", "one array of objects", false, begin, row, end, NULL };
