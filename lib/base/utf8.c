/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, RFC 3629: no overlong forms, no surrogates, nothing over U+10FFFF. */
#include "base/utf8.h"

#include <stdbool.h>

static bool follows(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

size_t utf8_next(const char *data, size_t len, uint32_t *point)
{
	const unsigned char *b = (const unsigned char *)data;
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t width;
	uint32_t value;

	if (len == 0)
		return 0;
	if (b[0] < 0x80) {
		*point = b[0];
		return 1;
	}
	width = b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : 2;
	if (b[0] < 0xc2 || b[0] > 0xf4 || width > len)
		return 0;
	value = b[0] & (0x7fu >> width);
	for (size_t i = 1; i < width; i++) {
		if (!follows(b[i]))
			return 0;
		value = value << 6 | (b[i] & 0x3fu);
	}
	if (value < least[width] || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*point = value;
	return width;
}

size_t utf8_put(uint32_t point, char *out)
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		out[0] = (char)(0xc0 | point >> 6);
		out[1] = (char)(0x80 | (point & 0x3f));
		return 2;
	}
	if (point < 0x10000) {
		out[0] = (char)(0xe0 | point >> 12);
		out[1] = (char)(0x80 | (point >> 6 & 0x3f));
		out[2] = (char)(0x80 | (point & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | point >> 18);
	out[1] = (char)(0x80 | (point >> 12 & 0x3f));
	out[2] = (char)(0x80 | (point >> 6 & 0x3f));
	out[3] = (char)(0x80 | (point & 0x3f));
	return 4;
}

/* In order. */
static const struct {
	uint32_t first, last;
} hidden[] = {
	{ 0x0000, 0x001f },
	{ 0x007f, 0x009f },
	{ 0x00ad, 0x00ad },     /* soft hyphen */
	{ 0x034f, 0x034f },     /* combining grapheme joiner */
	{ 0x061c, 0x061c },     /* Arabic letter mark */
	{ 0x115f, 0x1160 },     /* Hangul fillers */
	{ 0x17b4, 0x17b5 },     /* Khmer vowels without a form */
	{ 0x180b, 0x180f },     /* Mongolian selectors and separator */
	{ 0x200b, 0x200f },     /* no width, joiners, marks of direction */
	{ 0x2028, 0x202e },     /* line, paragraph, embeddings, overrides */
	{ 0x2060, 0x206f },     /* word joiner, operators, isolates */
	{ 0x3164, 0x3164 },     /* Hangul filler */
	{ 0xfe00, 0xfe0f },     /* variation selectors */
	{ 0xfeff, 0xfeff },     /* byte order mark */
	{ 0xffa0, 0xffa0 },     /* Hangul filler, half width */
	{ 0xfff0, 0xfffb },
	{ 0x1bca0, 0x1bca3 },   /* shorthand */
	{ 0x1d173, 0x1d17a },   /* beams and slurs */
	{ 0xe0000, 0xe0fff },   /* tags, more variation selectors */
};

bool utf8_is_hidden(uint32_t point)
{
	size_t i = 0;

	if (point >= 0x20 && point < 0x7f)
		return false;
	while (i < sizeof(hidden) / sizeof(hidden[0]) && point > hidden[i].last)
		i++;
	return i < sizeof(hidden) / sizeof(hidden[0]) && point >= hidden[i].first;
}
