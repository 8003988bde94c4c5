/* SPDX-License-Identifier: Apache-2.0 */
/* Lines that programs write around a table. */
#include "ingest/delimited/foot.h"

#include <string.h>

/* Longer ones are none. */
#define FOOT_MOST 400
#define FRAME_LEAST 3       /* dashes of a frame */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool foot_is_frame(struct text line)
{
	size_t dashes = 0;

	line = text_trim(line);
	for (size_t i = 0; i < line.len; i++) {
		const char c = line.data[i];

		dashes += c == '-' || c == '=';
		if (!memchr("-=+|,;\t ", c, 8))
			return false;
	}
	return dashes >= FRAME_LEAST && dashes * 2 >= line.len;
}

static struct text take(struct text text, size_t len)
{
	text.data += len;
	text.len -= len;
	return text;
}

/* Without what stands before the first letter or digit. */
static struct text bare(struct text line)
{
	line = text_trim(line);
	while (line.len > 0 && !is_letter(line.data[0]) && !is_digit(line.data[0]))
		line = take(line, 1);
	return line;
}

/* Whether a text begins with words, in either case, and no letter follows. */
static bool begins(struct text text, const char *words)
{
	const size_t len = strlen(words);
	const struct text start = { text.data, len };

	return text.len >= len && text_is_fold(start, words) &&
	       (text.len == len || (!is_letter(text.data[len]) &&
				    !is_digit(text.data[len])));
}

/* `12 rows in set`, `12 rows affected`, `12 rows selected.`, `12 record(s)` */
static bool counts(struct text line)
{
	static const char *const what[] = { "row", "rows", "row(s)", "record",
					    "records", "record(s)", "entries",
					    "calls", "lines" };
	size_t digits = 0;

	while (digits < line.len && (is_digit(line.data[digits]) ||
				     (digits > 0 && line.data[digits] == ',')))
		digits++;
	if (digits == 0 || digits == line.len || line.data[digits] != ' ')
		return false;
	line = text_trim(take(line, digits));
	for (size_t i = 0; i < sizeof(what) / sizeof(what[0]); i++)
		if (begins(line, what[i]))
			return true;
	return false;
}

bool foot_is(struct text line)
{
	static const char *const words[] = {
		"total", "totals", "grand total", "subtotal", "sub total", "sum", "end",
		"query ok", "empty set", "row count", "rows", "records",
		"number of rows", "number of records", "record count", "count",
		"generated", "exported", "printed", "empty result set",
	};

	if (line.len == 0 || line.len > FOOT_MOST)
		return false;
	if (foot_is_frame(line))
		return true;
	line = bare(line);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (begins(line, words[i]))
			return true;
	return counts(line);
}
