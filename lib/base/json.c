/* SPDX-License-Identifier: Apache-2.0 */
/* Strings and numbers of JSON. */
#include "base/json.h"

#include "base/scan.h"
#include "base/utf8.h"

static bool is_control(uint32_t point)
{
	return point < 0x20 || point == 0x7f;
}

/* Behind \u stand 16 bits: beyond them, two surrogates (RFC 8259, section 7). */
static void add_point(struct buf *out, uint32_t point)
{
	if (point < 0x10000)
		buf_format(out, "\\u%04x", (unsigned)point);
	else
		buf_format(out, "\\u%04x\\u%04x", (unsigned)(0xd7c0 + (point >> 10)), (unsigned)(0xdc00 + (point & 0x3ff)));
}

/* Bytes of visible ASCII that stand as they are, which is most of what there is. */
static size_t plain_length(struct text text, size_t from)
{
	size_t i = from;

	while (i < text.len && text.data[i] >= ' ' && text.data[i] <= '~' && text.data[i] != '"' &&
	       text.data[i] != '\\')
		i++;
	return i - from;
}

static void add_string(struct buf *out, struct text text, bool (*is_escaped)(uint32_t point))
{
	buf_byte(out, '"');
	for (size_t i = 0; i < text.len;) {
		uint32_t point = 0;
		const size_t plain = plain_length(text, i);
		const size_t width = plain ? plain : utf8_next(text.data + i, text.len - i, &point);

		if (plain)
			buf_add(out, text.data + i, plain);
		else if (width == 0)
			buf_format(out, "\\\\x%02x", (unsigned)(unsigned char)text.data[i]);
		else if (point == '"' || point == '\\')
			buf_format(out, "\\%c", (char)point);
		else if (is_escaped(point))
			add_point(out, point);
		else
			buf_add(out, text.data + i, width);
		i += width ? width : 1;
	}
	buf_byte(out, '"');
}

void json_string(struct buf *out, struct text text)
{
	add_string(out, text, is_control);
}

void json_string_shown(struct buf *out, struct text text)
{
	add_string(out, text, utf8_is_hidden);
}

/* One digit or more. */
static bool take_digits(struct scan *scan)
{
	const size_t digits = scan_digits(scan);

	scan->at += digits;
	return digits > 0;
}

bool json_is_number(struct text text)
{
	struct scan scan = { text.data, text.data };
	size_t digits;

	if (text.len == 0)
		return false;
	scan.end += text.len;
	(void)scan_take(&scan, '-');
	digits = scan_digits(&scan);
	if (digits == 0 || (digits > 1 && *scan.at == '0'))
		return false;
	scan.at += digits;
	if (scan_take(&scan, '.') && !take_digits(&scan))
		return false;
	if (scan_take(&scan, 'e') || scan_take(&scan, 'E')) {
		if (!scan_take(&scan, '-'))
			(void)scan_take(&scan, '+');
		if (!take_digits(&scan))
			return false;
	}
	return scan.at == scan.end;
}

void json_number(struct buf *out, struct text text)
{
	if (json_is_number(text))
		buf_add(out, text.data, text.len);
	else
		json_string_shown(out, text);
}
