/* SPDX-License-Identifier: Apache-2.0 */
/* What stands behind a backslash. */
#include "ingest/sql/row/sql_escape.h"

#include <string.h>

#include "base/utf8.h"

static char escaped(char c)
{
	static const char names[] = "0ntrbZ", values[] = "\0\n\t\r\b\x1a";
	const char *found = c ? strchr(names, c) : NULL;

	return found ? values[found - names] : c;
}

/* PostgreSQL's E'': it has others, and no \0 and \Z. */
static size_t escaped_e(struct text text, char *out)
{
	static const char names[] = "ntrbf", values[] = "\n\t\r\b\f";
	const char *found = strchr(names, text.data[0]);
	unsigned value = 0;
	size_t len = 0;

	while (len < 3 && len < text.len && text.data[len] >= '0' && text.data[len] <= '7')
		value = value * 8 + (unsigned)(text.data[len++] - '0');
	if (len > 0)
		*out = (char)value;
	else
		*out = found ? values[found - names] : text.data[0];
	return len ? len : 1;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool sql_hex_number(struct text text, size_t digits, uint32_t *value)
{
	*value = 0;
	if (text.len < digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		const int digit = hex_digit(text.data[i]);

		if (digit < 0)
			return false;
		*value = *value << 4 | (uint32_t)digit;
	}
	return true;
}

/* \xHH, \uHHHH or \UHHHHHHHH of E''; 0: it is none. */
static size_t escaped_hex(struct text text, char *out, size_t *put)
{
	const char c = text.data[0];
	struct text rest = { text.data + 1, text.len - 1 };
	const size_t digits = c == 'u' ? 4 : 8;
	uint32_t value;

	if (c == 'x' && sql_hex_number(rest, 1, &value)) {
		const size_t len = sql_hex_number(rest, 2, &value) ? 2 : 1;

		(void)sql_hex_number(rest, len, &value);
		*out = (char)value;
		*put = 1;
		return 1 + len;
	}
	if ((c != 'u' && c != 'U') || !sql_hex_number(rest, digits, &value) || value > 0x10ffff ||
	    (value >= 0xd800 && value < 0xe000))
		return 0;
	*put = utf8_put(value, out);
	return 1 + digits;
}

size_t sql_unescape(struct text text, enum sql_escapes escapes, char **out)
{
	size_t put = 1, len;

	if (escapes == SQL_ESCAPES_E) {
		len = escaped_hex(text, *out, &put);
		if (len == 0)
			len = escaped_e(text, *out);
		*out += put;
		return len;
	}
	/* These are for LIKE, and keep their backslash. */
	if (text.data[0] == '%' || text.data[0] == '_')
		*(*out)++ = '\\';
	*(*out)++ = escaped(text.data[0]);
	return 1;
}
