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
