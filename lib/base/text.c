/* SPDX-License-Identifier: Apache-2.0 */
/* Views of bytes, and a buffer that grows. */
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

struct text text_of(const char *string)
{
	struct text view = { string, string ? strlen(string) : 0 };

	return view;
}

bool text_equal(struct text a, struct text b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.data, b.data, a.len));
}

bool text_is(struct text a, const char *string)
{
	return text_equal(a, text_of(string));
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

bool text_equal_fold(struct text a, struct text b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (fold(a.data[i]) != fold(b.data[i]))
			return false;
	return true;
}

bool text_is_fold(struct text a, const char *string)
{
	return text_equal_fold(a, text_of(string));
}

int text_compare(struct text a, struct text b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.data, b.data, shorter) : 0;

	if (order)
		return order < 0 ? -1 : 1;
	return a.len < b.len ? -1 : a.len > b.len;
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trim(struct text a)
{
	while (a.len && blank(a.data[0])) {
		a.data++;
		a.len--;
	}
	while (a.len && blank(a.data[a.len - 1]))
		a.len--;
	return a;
}

struct text text_take_line(struct text *rest)
{
	struct text line = *rest;
	const char *end = rest->len ? memchr(rest->data, '\n', rest->len) : NULL;

	line.len = end ? (size_t)(end - rest->data) : rest->len;
	rest->data += line.len + (end != NULL);
	rest->len -= line.len + (end != NULL);
	return line;
}

bool text_to_u64(struct text a, uint64_t *value)
{
	uint64_t sum = 0;

	if (a.len == 0)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		unsigned digit = (unsigned)(unsigned char)a.data[i] - '0';

		if (digit > 9 || sum > (UINT64_MAX - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*value = sum;
	return true;
}

void buf_release(struct buf *buf)
{
	free(buf->data);
	memset(buf, 0, sizeof(*buf));
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->failed = false;
	if (buf->data)
		buf->data[0] = '\0';
}

void buf_pad(struct buf *buf)
{
	static const char zeros[64];
	const size_t len = buf->len;

	buf_add(buf, zeros, sizeof(zeros));
	if (!buf->failed)
		buf->len = len;
}

bool buf_room(struct buf *buf, size_t more)
{
	void *data = buf->data;

	if (buf->failed)
		return false;
	if (more > SIZE_MAX - buf->len - 1 ||
	    !memory_room(&data, &buf->capacity, buf->len + more + 1, 1)) {
		buf->failed = true;
		return false;
	}
	buf->data = data;
	return true;
}

void buf_add(struct buf *buf, const void *data, size_t len)
{
	if (!buf_room(buf, len))
		return;
	if (len)
		memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_text(struct buf *buf, const char *string)
{
	buf_add(buf, string, strlen(string));
}

void buf_format(struct buf *buf, const char *format, ...)
{
	va_list arguments;
	va_list again;
	int len;

	va_start(arguments, format);
	va_copy(again, arguments);
	len = vsnprintf(NULL, 0, format, arguments);
	if (len < 0)
		buf->failed = true;
	else if (buf_room(buf, (size_t)len)) {
		(void)vsnprintf(buf->data + buf->len, (size_t)len + 1, format,
				again);
		buf->len += (size_t)len;
	}
	va_end(again);
	va_end(arguments);
}

struct text buf_view(const struct buf *buf)
{
	struct text view = { buf->data ? buf->data : "", buf->len };

	return view;
}

/* Four bytes of UTF-8, each as \xHH. */
#define ESCAPED_MOST 16

/* What goes out for the code point that text begins with, or for its first byte
 * where it begins with none; *width bytes of text are done. */
static size_t escape_next(struct text text, char out[static ESCAPED_MOST],
			  size_t *width)
{
	static const char digits[] = "0123456789abcdef";
	uint32_t point = 0;
	size_t len = 0;

	*width = utf8_next(text.data, text.len, &point);
	if (*width && !utf8_is_hidden(point) && point != '\\') {
		memcpy(out, text.data, *width);
		return *width;
	}
	if (*width == 1 && point == '\\') {
		out[0] = out[1] = '\\';
		return 2;
	}
	*width += *width == 0;
	for (size_t i = 0; i < *width; i++) {
		const unsigned char byte = (unsigned char)text.data[i];

		out[len++] = '\\';
		out[len++] = 'x';
		out[len++] = digits[byte >> 4];
		out[len++] = digits[byte & 15];
	}
	return len;
}

void buf_escape(struct buf *buf, struct text text, size_t limit)
{
	const size_t start = buf->len;
	char piece[ESCAPED_MOST];
	size_t width;

	for (; text.len > 0; text.data += width, text.len -= width) {
		const size_t len = escape_next(text, piece, &width);

		if (limit && buf->len - start >= limit) {
			buf_text(buf, "...");
			return;
		}
		buf_add(buf, piece, len);
	}
}

/* Without memory of its own, for it is what says that there is none, and what it
 * gives is relied on. */
char *text_escape(struct text text, char *out, size_t size)
{
	const size_t limit = size > 8 ? size - 8 : 1;
	char piece[ESCAPED_MOST];
	size_t used = 0, width;

	for (; text.len > 0; text.data += width, text.len -= width) {
		const bool cut = used >= limit;
		size_t len = escape_next(text, piece, &width);

		if (cut) {
			memcpy(piece, "...", 3);
			len = 3;
		}
		if (len > size - 1 - used)
			len = size - 1 - used;
		memcpy(out + used, piece, len);
		used += len;
		if (cut)
			break;
	}
	out[used] = '\0';
	return out;
}
