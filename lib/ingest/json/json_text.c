/* SPDX-License-Identifier: Apache-2.0 */
/* What strings of JSON say. */
#include "ingest/json/json_text.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

#define ESCAPE 6    /* bytes of \uXXXX */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The code unit of \uXXXX; -1: there is none. */
static int32_t unit_at(struct text text, size_t at)
{
	int32_t unit = 0;

	if (text.len - at < ESCAPE || text.data[at] != '\\' || text.data[at + 1] != 'u')
		return -1;
	for (size_t i = 2; i < ESCAPE; i++) {
		const int digit = hex_digit(text.data[at + i]);

		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

/* An escape of a code point; the bytes it takes, 0: it says none. */
static size_t take_point(struct text text, size_t at, char *out, size_t *len, bool *zeros)
{
	const int32_t unit = unit_at(text, at);
	int32_t low = -1;

	if (unit < 0 || (unit >= 0xdc00 && unit < 0xe000))
		return 0;
	*zeros = *zeros || unit == 0;
	if (unit < 0xd800 || unit >= 0xe000) {
		*len += utf8_put((uint32_t)unit, out + *len);
		return ESCAPE;
	}
	low = unit_at(text, at + ESCAPE);
	if (low < 0xdc00 || low >= 0xe000)
		return 0;
	*len += utf8_put(0x10000 + (((uint32_t)unit - 0xd800) << 10) + ((uint32_t)low - 0xdc00), out + *len);
	return 2 * ESCAPE;
}

/* An escape of one byte; false: it is none. */
static bool take_byte(char c, char *out)
{
	static const char names[] = "\"\\/bfnrt";
	static const char bytes[] = "\"\\/\b\f\n\r\t";
	const char *name = c ? strchr(names, c) : NULL;

	if (name)
		*out = bytes[name - names];
	return name != NULL;
}

size_t json_unescape(struct text text, char *out, bool *zeros)
{
	size_t len = 0;

	for (size_t at = 0; at < text.len;) {
		size_t taken = 0;

		if (text.data[at] != '\\' || at + 1 == text.len) {
			out[len++] = text.data[at++];
			continue;
		}
		if (text.data[at + 1] == 'u')
			taken = take_point(text, at, out, &len, zeros);
		else if (take_byte(text.data[at + 1], out + len)) {
			taken = 2;
			len++;
		}
		/* What says nothing stays, both bytes of it: the second may be a backslash. */
		if (taken == 0) {
			out[len++] = text.data[at];
			out[len++] = text.data[at + 1];
			taken = 2;
		}
		at += taken;
	}
	return len;
}
