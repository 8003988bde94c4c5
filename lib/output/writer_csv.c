/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated values: RFC 4180 with LF, safe to open in a spreadsheet. */
#include "output/writer_format.h"

static bool only_digits(struct text text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
	return text.len > 0;
}

/* A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV
 * injection"); a ' before it keeps the cell a text. */
static bool is_formula(struct text cell)
{
	const char c = cell.len > 0 ? cell.data[0] : '\0';

	/* A plus and digits compute nothing: a telephone number stays as it is. */
	if (c == '+' && only_digits((struct text){ cell.data + 1, cell.len - 1 }))
		return false;
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool needs_quotes(struct text cell)
{
	if (cell.len == 0)
		return false;
	if (is_blank(cell.data[0]) || is_blank(cell.data[cell.len - 1]))
		return true;
	for (size_t i = 0; i < cell.len; i++) {
		const char c = cell.data[i];

		if (c == ',' || c == '"' || c == '\r' || c == '\n')
			return true;
	}
	return false;
}

static void add_quoted(struct buf *out, struct text cell)
{
	size_t start = 0;

	for (size_t i = 0; i < cell.len; i++) {
		if (cell.data[i] != '"')
			continue;
		buf_add(out, cell.data + start, i + 1 - start);
		start = i;
	}
	buf_add(out, cell.data + start, cell.len - start);
}

static void add_cell(struct buf *out, struct text cell, bool defuse)
{
	const bool formula = defuse && is_formula(cell);
	const bool quotes = needs_quotes(cell);

	if (quotes)
		buf_byte(out, '"');
	if (formula)
		buf_byte(out, '\'');
	if (quotes)
		add_quoted(out, cell);
	else if (cell.len > 0)
		buf_add(out, cell.data, cell.len);
	if (quotes)
		buf_byte(out, '"');
}

static void begin(struct writer *writer)
{
	for (size_t i = 0; i < writer->sheet.count; i++) {
		if (i > 0)
			buf_byte(&writer->sink.out, ',');
		add_cell(&writer->sink.out, text_of(writer->sheet.columns[i].name), false);
	}
	buf_byte(&writer->sink.out, '\n');
}

static void row(struct writer *writer, const struct cell *cells)
{
	/* An empty line would be no row to most readers. */
	if (writer->sheet.count == 1 && cells[0].text.len == 0)
		buf_text(&writer->sink.out, "\"\"");
	for (size_t i = 0; i < writer->sheet.count; i++) {
		if (i > 0)
			buf_byte(&writer->sink.out, ',');
		add_cell(&writer->sink.out, cells[i].text, cells[i].type == CELL_TEXT || cells[i].type == CELL_LIST);
	}
	buf_byte(&writer->sink.out, '\n');
}

const struct writer_format writer_csv = {
	.name = "csv",
	.about = "comma-separated values",
	.flags = WRITER_RAW | WRITER_ELSEWHERE,
	.begin = begin,
	.row = row,
};
