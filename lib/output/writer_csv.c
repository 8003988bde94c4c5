/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated values: RFC 4180 with LF, safe to open in a spreadsheet. */
#include "output/writer_format.h"

#include <string.h>

#include "base/scan.h"

#define E164_MOST 15            /* digits, ITU-T E.164 section 6.1 */

/* A minus and a decimal: a spreadsheet computes nothing, and behind an apostrophe it
 * would be a text that no sum has in it. */
static bool is_below_zero(struct text text)
{
	struct scan scan = { text.data, text.data + text.len };
	bool good = scan_take(&scan, '-') && scan_digits(&scan) > 0;

	scan.at += scan_digits(&scan);
	if (good && scan_take(&scan, '.')) {
		good = scan_digits(&scan) > 0;
		scan.at += scan_digits(&scan);
	}
	if (good && (scan_take(&scan, 'e') || scan_take(&scan, 'E'))) {
		if (!scan_take(&scan, '-'))
			(void)scan_take(&scan, '+');
		good = scan_digits(&scan) > 0;
		scan.at += scan_digits(&scan);
	}
	return good && scan.at == scan.end;
}

/* A telephone number computes nothing either; of one that is longer a spreadsheet, which
 * has 15 digits, would lose some. */
static bool is_number(struct text text)
{
	struct scan scan = { text.data, text.data + text.len };
	const bool good = scan_take(&scan, '+') && scan_peek(&scan, 0) != '0';
	const size_t digits = scan_digits(&scan);

	return good && digits > 0 && digits <= E164_MOST && scan.at + digits == scan.end;
}

/* = + - @ of full width, which a Japanese spreadsheet may take for those. */
static bool begins_wide(struct text text)
{
	return text.len >= 3 && !memcmp(text.data, "\xef\xbc", 2) && memchr("\x9d\x8b\x8d\xa0", text.data[2], 4);
}

/* A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV injection"), or
 * for the next cell where ; parts them. A ' before it keeps the cell a text, and one
 * before a ' makes it that who takes one away from each cell has what was there. */
static bool is_armed(struct text cell)
{
	if (cell.len == 0 || (!memchr("=+-@;\t\r\n'", cell.data[0], 9) && !begins_wide(cell)))
		return false;
	return !is_number(cell) && !is_below_zero(cell);
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

static void add_cell(struct writer *writer, struct text cell)
{
	struct buf *out = &writer->sink.out;
	const bool armed = !writer->options.exact && is_armed(cell);
	const bool quotes = needs_quotes(cell);

	if (quotes)
		buf_byte(out, '"');
	if (armed)
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
		add_cell(writer, text_of(writer->sheet.columns[i].name));
	}
	buf_byte(&writer->sink.out, '\n');
}

static void row(struct writer *writer, const struct cell *cells)
{
	/* An empty line would be no row to most readers. */
	if (writer->cells == 1 && cells[0].text.len == 0)
		buf_text(&writer->sink.out, "\"\"");
	for (size_t i = 0; i < writer->cells; i++) {
		if (i > 0)
			buf_byte(&writer->sink.out, ',');
		add_cell(writer, cells[i].text);
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
