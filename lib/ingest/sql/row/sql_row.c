/* SPDX-License-Identifier: Apache-2.0 */
/* Rows in brackets, and lines of COPY. */
#include "ingest/sql/row/sql_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"
#include "ingest/format/record.h"
#include "ingest/sql/row/sql_value.h"

/* Room that is kept from one block to the next. */
#define ROOM_KEPT (2 << 20)

bool sql_row_begin(struct sql_row *row, size_t bytes)
{
	const size_t needed = bytes + RECORD_READ;

	if (needed > row->room_size || (row->room_size > ROOM_KEPT && needed <= ROOM_KEPT)) {
		char *room = memory_array(row->room, needed, 1);

		if (!room)
			return false;
		/* Whoever looks at a value reads on behind it. */
		memset(room, 0, needed);
		row->room = room;
		row->room_size = needed;
	}
	row->failed = false;
	return true;
}

void sql_row_release(struct sql_row *row)
{
	free(row->values);
	free(row->room);
	memset(row, 0, sizeof(*row));
}

/* ---- values ---- */

static void clear(struct sql_row *row)
{
	row->count = 0;
	row->nulls = row->odd = false;
	row->why[0] = '\0';
	row->room_at = row->room;
}

static void refuse(struct sql_row *row, const char *why)
{
	if (row->why[0] == '\0')
		(void)snprintf(row->why, sizeof(row->why), "value %zu %s", row->count, why);
}

static bool make_room(struct sql_row *row)
{
	void *values = row->values;

	if (row->count >= SQL_COLUMNS_MOST) {
		(void)snprintf(row->why, sizeof(row->why), "has more than %d values",
			       SQL_COLUMNS_MOST);
		return false;
	}
	row->failed = row->failed || !memory_room_within(&values, &row->capacity, row->count + 1,
							 SQL_COLUMNS_MOST, sizeof(*row->values));
	row->values = values;
	return !row->failed;
}

static inline bool add(struct sql_row *row, struct text value)
{
	if (row->count == row->capacity && !make_room(row))
		return false;
	row->values[row->count++] = value;
	if (value.len > RECORD_VALUE_MOST)
		row->odd = true;
	return true;
}

static bool add_null(struct sql_row *row)
{
	row->nulls = true;
	return add(row, form_null());
}

/* One that was written otherwise, which can be anything. */
static bool add_made(struct sql_row *row, struct text value)
{
	if (value.len > 0 && memchr(value.data, '\0', value.len))
		row->odd = true;
	return add(row, value);
}

/* ---- in brackets ---- */

static struct text between(const char *from, const char *to)
{
	while (from < to && sql_is_blank(*from))
		from++;
	while (to > from && sql_is_blank(to[-1]))
		to--;
	return (struct text){ from, (size_t)(to - from) };
}

static void add_value(struct sql_row *row, const struct sql_manner *manner, struct text text)
{
	struct text value;
	const char *why = sql_value(text, manner, &row->room_at, &value);

	if (form_is_null(value))
		(void)add_null(row);
	else
		(void)add_made(row, value);
	if (why)
		refuse(row, why);
}

/* Where the value that begins at from ends: at a comma or bracket, or at `to`. */
static const char *end_of_value(const struct sql_manner *manner, const char *from, const char *to)
{
	struct sql_skim skim = { 0 };
	unsigned depth = 0;

	for (; from < to; from++) {
		if (skim.where == SQL_QUOTED)
			from = sql_find_quote(from, to, skim.quote, skim.escapes);
		if (from == to)
			break;
		if (sql_skim_byte(&skim, manner, *from) != SQL_BYTE_CODE)
			continue;
		if (*from == ';' || (depth == 0 && (*from == ',' || *from == ')')))
			return from;
		depth += *from == '(';
		depth -= *from == ')';
	}
	return to;
}

/* `()` has no value. */
static bool is_empty(struct text text)
{
	return text.len >= 2 && text.data[text.len - 1] == ')' &&
	       between(text.data + 1, text.data + text.len - 1).len == 0;
}

void sql_row_tuple(struct sql_row *row, const struct sql_manner *manner, struct text text)
{
	const char *to = text.data + text.len;
	const char *at = text.data + 1;
	bool whole = is_empty(text);

	clear(row);
	while (!whole && at <= to && row->count <= SQL_COLUMNS_MOST && !row->failed) {
		const char *end;

		at = between(at, to).data;
		end = end_of_value(manner, at, to);
		add_value(row, manner, between(at, end));
		whole = end < to && *end == ')';
		if (whole || end == to || *end == ';' ||
		    (row->count == SQL_COLUMNS_MOST && row->why[0] != '\0'))
			break;
		at = end + 1;
	}
	if (!whole && row->why[0] == '\0')
		(void)snprintf(row->why, sizeof(row->why), "the statement ends within the row");
}

/* What a value of no quotes ends with; NULL: it is not this simple. */
static inline const char *end_of_word(const char *at, const char *to)
{
	while (at < to && ((*at >= '0' && *at <= '9') || *at == '.' || *at == '-'))
		at++;
	return at < to && (*at == ',' || *at == ')') ? at : NULL;
}

static inline bool ends_value(const char *at, const char *to)
{
	return at < to && (*at == ',' || *at == ')');
}

/* A string that has escapes, or quotes for one. */
static const char *quick_escaped(struct sql_row *row, const struct sql_manner *manner,
				 const char *at, const char *to)
{
	char *room = row->room_at;
	struct text value;
	const char *end = sql_string((struct text){ at, (size_t)(to - at) }, manner, &room, &value);

	if (!end || !ends_value(end, to))
		return NULL;
	row->room_at = room;
	return add_made(row, value) ? end : NULL;
}

static inline const char *quick_quoted(struct sql_row *row, const struct sql_manner *manner,
				       const char *at, const char *to)
{
	const char *end = sql_find_quote(at + 1, to, '\'', manner->escapes);

	if (to - end < 2 || *end != '\'' || !ends_value(end + 1, to))
		return to - end < 2 ? NULL : quick_escaped(row, manner, at, to);
	return add(row, (struct text){ at + 1, (size_t)(end - at) - 1 }) ? end + 1 : NULL;
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline const char *quick_other(struct sql_row *row, const char *at, const char *to)
{
	const char *end;

	if (to - at > 4 && !memcmp(at, "NULL", 4) && (at[4] == ',' || at[4] == ')'))
		return add_null(row) ? at + 4 : NULL;
	end = end_of_word(at, to);
	if (!end || end == at || !is_digit(at[*at == '-']) || memchr(at + 1, '-', (size_t)(end - at) - 1))
		return NULL;
	return add(row, (struct text){ at, (size_t)(end - at) }) ? end : NULL;
}

/* A value that is as simple as nearly all are; else the row is cut up to there, and this one is
 * cut as others are. */
static const char *quick_value(struct sql_row *row, const struct sql_manner *manner,
			       const char *at, const char *to)
{
	const char *end = at < to && *at == '\'' ? quick_quoted(row, manner, at, to)
						 : quick_other(row, at, to);

	if (end || row->failed || row->count >= SQL_COLUMNS_MOST)
		return end;
	end = end_of_value(manner, at, to);
	if (end == to || *end == ';')
		return NULL;
	add_value(row, manner, between(at, end));
	return end;
}

const char *sql_row_quick(struct sql_row *row, const struct sql_manner *manner, struct text text)
{
	const char *to = text.data + text.len;
	const char *at = text.data + 1;

	clear(row);
	for (;;) {
		while (at < to && *at <= ' ' && sql_is_blank(*at))
			at++;
		/* It may have no value at all. */
		if (row->count == 0 && at < to && *at == ')')
			return NULL;
		at = quick_value(row, manner, at, to);
		if (!at)
			return NULL;
		if (*at == ')')
			return at + 1;
		at++;
	}
}

/* ---- lines of COPY ---- */

static int octal(char c)
{
	return c >= '0' && c <= '7' ? c - '0' : -1;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* \ooo and \xhh, of up to three and two digits; 0: it is none. */
static size_t numbered(struct text text, char *out)
{
	const bool hexadecimal = text.data[0] == 'x';
	const size_t most = 3;
	size_t len = hexadecimal;
	unsigned value = 0;

	for (; len < most && len < text.len; len++) {
		const int digit = hexadecimal ? hex(text.data[len]) : octal(text.data[len]);

		if (digit < 0)
			break;
		value = value * (hexadecimal ? 16 : 8) + (unsigned)digit;
	}
	*out = (char)value;
	return len > (size_t)hexadecimal ? len : 0;
}

static size_t unescape(struct text text, char *out)
{
	static const char names[] = "bfnrtv", values[] = "\b\f\n\r\t\v";
	const char *found = text.data[0] ? strchr(names, text.data[0]) : NULL;
	const size_t len = numbered(text, out);

	if (len > 0)
		return len;
	*out = found ? values[found - names] : text.data[0];
	return 1;
}

/* A field with a backslash. */
static bool add_escaped(struct sql_row *row, struct text field)
{
	char *from = row->room_at;

	if (text_is(field, "\\N"))
		return add_null(row);
	while (field.len > 0) {
		size_t len = 1;

		if (field.data[0] == '\\' && field.len > 1)
			len += unescape((struct text){ field.data + 1, field.len - 1 }, row->room_at);
		else
			*row->room_at = field.data[0];
		row->room_at++;
		field.data += len;
		field.len -= len;
	}
	return add_made(row, (struct text){ from, (size_t)(row->room_at - from) });
}

/* Where a field ends: at a TAB without a backslash before it. *plain: it has none. */
static const char *copy_end(const char *at, const char *to, bool *plain)
{
	at = sql_find_quote(at, to, '\t', true);
	*plain = at == to || *at == '\t';
	while (at < to && *at == '\\')
		at = to - at < 2 ? to : sql_find_quote(at + 2, to, '\t', true);
	return at;
}

void sql_row_copy(struct sql_row *row, struct text line)
{
	const char *to = line.data + line.len;
	const char *at = line.data;
	bool good = true;

	clear(row);
	while (good) {
		bool plain;
		const char *end = copy_end(at, to, &plain);

		good = plain ? add(row, (struct text){ at, (size_t)(end - at) })
			     : add_escaped(row, (struct text){ at, (size_t)(end - at) });
		if (end == to)
			break;
		at = end + 1;
	}
}
