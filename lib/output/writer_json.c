/* SPDX-License-Identifier: Apache-2.0 */
/* JSON: an array of objects, one a line. Also the objects of jsonl. */
#include "base/json.h"
#include "output/writer_format.h"

static void add_list(struct buf *out, struct text list)
{
	struct buf item = { 0 };
	const char *between = "";
	size_t at = 0;

	buf_byte(out, '[');
	while (cell_item(list, &at, &item)) {
		buf_text(out, between);
		between = ",";
		json_string_shown(out, buf_view(&item));
		out->failed = out->failed || item.failed;
	}
	buf_byte(out, ']');
	buf_release(&item);
}

static void add_value(struct buf *out, const struct cell *cell)
{
	if (!cell->text.data)
		buf_text(out, "null");
	else if (cell->type == CELL_LIST)
		add_list(out, cell->text);
	else if (cell->type == CELL_INTEGER || cell->type == CELL_REAL)
		json_number(out, cell->text);
	else
		json_string_shown(out, cell->text);
}

void writer_object(struct writer *writer, const struct cell *cells)
{
	struct buf *out = &writer->sink.out;

	for (size_t i = 0; i < writer->cells && i < writer->sheet.count; i++) {
		buf_byte(out, i == 0 ? '{' : ',');
		json_string_shown(out, text_of(writer->sheet.columns[i].name));
		buf_byte(out, ':');
		add_value(out, &cells[i]);
	}
	buf_byte(out, '}');
}

static void begin(struct writer *writer)
{
	buf_text(&writer->sink.out, "[\n");
}

static void row(struct writer *writer, const struct cell *cells)
{
	if (writer->rows > 0)
		buf_text(&writer->sink.out, ",\n");
	writer_object(writer, cells);
}

static void end(struct writer *writer)
{
	buf_text(&writer->sink.out, writer->rows > 0 ? "\n]\n" : "]\n");
}

const struct writer_format writer_json = {
	.name = "json",
	.about = "one array of objects",
	.begin = begin,
	.row = row,
	.end = end,
};
