/* SPDX-License-Identifier: Apache-2.0 */
/* Tab-separated values: one line a row, whatever the cells hold. */
#include "output/writer_format.h"

static const char *escape_of(char c)
{
	switch (c) {
	case '\t':
		return "\\t";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\\':
		return "\\\\";
	default:
		return NULL;
	}
}

static void add_cell(struct buf *out, struct text cell)
{
	size_t start = 0;

	for (size_t i = 0; i < cell.len; i++) {
		const char *escape = escape_of(cell.data[i]);

		if (!escape)
			continue;
		buf_add(out, cell.data + start, i - start);
		buf_text(out, escape);
		start = i + 1;
	}
	if (cell.len > start)
		buf_add(out, cell.data + start, cell.len - start);
}

static void begin(struct writer *writer)
{
	for (size_t i = 0; i < writer->sheet.count; i++) {
		if (i > 0)
			buf_byte(&writer->sink.out, '\t');
		add_cell(&writer->sink.out, text_of(writer->sheet.columns[i].name));
	}
	buf_byte(&writer->sink.out, '\n');
}

static void row(struct writer *writer, const struct cell *cells)
{
	for (size_t i = 0; i < writer->cells; i++) {
		if (i > 0)
			buf_byte(&writer->sink.out, '\t');
		add_cell(&writer->sink.out, cells[i].text);
	}
	buf_byte(&writer->sink.out, '\n');
}

const struct writer_format writer_tsv = {
	.name = "tsv",
	.about = "tab-separated values",
	.flags = WRITER_RAW,
	.begin = begin,
	.row = row,
};
