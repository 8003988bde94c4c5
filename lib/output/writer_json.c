/* SPDX-License-Identifier: Apache-2.0 */
/* JSON: an array of objects, one a line. Also the objects of jsonl. */
#include "base/scan.h"
#include "base/utf8.h"
#include "output/writer_format.h"

/* Whether a code point acts on a terminal or reorders a line of text, so that
 * it goes out as \u and not as itself; buf_escape() knows the same ones. */
static bool is_hidden(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x200b && point <= 0x200f) ||
	       (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
}

/* A byte that is no UTF-8 has no place in JSON: it becomes the text \xHH. */
static void add_string(struct buf *out, struct text text)
{
	buf_byte(out, '"');
	for (size_t i = 0; i < text.len;) {
		uint32_t point = 0;
		const size_t width = utf8_next(text.data + i, text.len - i, &point);

		if (width == 0)
			buf_format(out, "\\\\x%02x", (unsigned)(unsigned char)text.data[i]);
		else if (point == '"' || point == '\\')
			buf_format(out, "\\%c", (char)point);
		else if (is_hidden(point))
			buf_format(out, "\\u%04x", (unsigned)point);
		else
			buf_add(out, text.data + i, width);
		i += width ? width : 1;
	}
	buf_byte(out, '"');
}

/* Splits at each ; that has no backslash before it. */
static void add_list(struct buf *out, struct text list)
{
	struct buf item = { 0 };

	buf_byte(out, '[');
	for (size_t i = 0; i < list.len; i++) {
		if (list.data[i] == ';') {
			add_string(out, buf_view(&item));
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
		add_string(out, buf_view(&item));
	buf_byte(out, ']');
	buf_release(&item);
}

/* The number grammar of RFC 8259 section 6. */
static bool is_number(struct text text)
{
	struct scan scan = { text.data, text.data + text.len };
	size_t digits;

	(void)scan_take(&scan, '-');
	digits = scan_digits(&scan);
	if (digits == 0 || (digits > 1 && *scan.at == '0'))
		return false;
	scan.at += digits;
	if (scan_take(&scan, '.')) {
		digits = scan_digits(&scan);
		scan.at += digits;
		if (digits == 0)
			return false;
	}
	if (scan_take(&scan, 'e') || scan_take(&scan, 'E')) {
		if (!scan_take(&scan, '-'))
			(void)scan_take(&scan, '+');
		digits = scan_digits(&scan);
		scan.at += digits;
		if (digits == 0)
			return false;
	}
	return scan.at == scan.end;
}

static void add_value(struct buf *out, struct text cell, enum cell_type type)
{
	if (!cell.data)
		buf_text(out, "null");
	else if (type == CELL_LIST)
		add_list(out, cell);
	else if ((type == CELL_INTEGER || type == CELL_REAL) && is_number(cell))
		buf_add(out, cell.data, cell.len);
	else
		add_string(out, cell);
}

void writer_object(struct writer *writer, const struct text *cells, const enum cell_type *types)
{
	struct buf *out = &writer->out;

	for (size_t i = 0; i < writer->count; i++) {
		buf_byte(out, i == 0 ? '{' : ',');
		add_string(out, text_of(writer->columns[i].name));
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
