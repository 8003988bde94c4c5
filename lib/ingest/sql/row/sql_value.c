/* SPDX-License-Identifier: Apache-2.0 */
/* What a value of a SQL dump is, without executing anything. */
#include "ingest/sql/row/sql_value.h"

#include <string.h>

#include "base/utf8.h"
#include "casefile/form/form.h"
#include "ingest/sql/row/sql_escape.h"

#define EXPRESSION "is an expression, which only a database could evaluate"
#define BITS_MOST 64
#define CALLS_MOST 4

/* What is left of a value, and where it goes. */
struct reading {
	struct text left;
	const struct sql_manner *manner;
	char *room;
};

static void skip(struct text *text, size_t len)
{
	text->data += len;
	text->len -= len;
}

/* Blanks and comments. */
static void skip_blanks(struct reading *r)
{
	struct sql_skim skim = { 0 };
	struct text at = r->left;

	while (at.len > 0) {
		const char c = at.data[0];
		const bool opens = skim.where == SQL_CODE &&
				   ((c == '#' && r->manner->sharp) ||
				    (at.len > 1 && ((c == '-' && at.data[1] == '-') ||
						    (c == '/' && at.data[1] == '*'))));

		if (skim.where == SQL_CODE && !opens && !sql_is_blank(c))
			break;
		(void)sql_skim_byte(&skim, r->manner, c);
		skip(&at, 1);
		/* The second byte of a mark. */
		if (opens && c != '#') {
			(void)sql_skim_byte(&skim, r->manner, at.data[0]);
			skip(&at, 1);
		}
	}
	r->left = at;
}

/* ---- strings ---- */

/* Copies what stands in quotes, which the text begins with; false: they do not end. */
static bool copy_quoted(struct reading *r, enum sql_escapes escapes)
{
	const char quote = r->left.data[0];
	const char *end = r->left.data + r->left.len;
	const char *at = r->left.data + 1;

	for (;;) {
		const char *stop = sql_find_quote(at, end, quote, escapes != SQL_ESCAPES_NONE);
		const size_t len = (size_t)(stop - at);

		memmove(r->room, at, len);
		r->room += len;
		if (end - stop < 1 || (*stop == '\\' && *stop != quote && end - stop < 2))
			return false;
		at = stop + 1;
		if (*stop == quote) {
			if (at == end || *at != quote)
				break;
			*r->room++ = quote;
			at++;
			continue;
		}
		at += sql_unescape((struct text){ at, (size_t)(end - at) }, escapes, &r->room);
	}
	skip(&r->left, (size_t)(at - r->left.data));
	return true;
}

static enum sql_escapes escapes_of(const struct sql_manner *manner, char mark)
{
	if (mark == 'e')
		return SQL_ESCAPES_E;
	if (!manner->escapes)
		return SQL_ESCAPES_NONE;
	return manner->dollars ? SQL_ESCAPES_E : SQL_ESCAPES_MYSQL;
}

/* ---- hexadecimal and bits ---- */

static const char *put_hex(struct reading *r, struct text digits)
{
	uint32_t value;

	if (digits.len % 2 != 0) {
		(void)sql_hex_number(digits, 1, &value);
		if (!sql_hex_number(digits, 1, &value))
			return "is no hexadecimal literal";
		*r->room++ = (char)value;
		skip(&digits, 1);
	}
	for (; digits.len > 0; skip(&digits, 2)) {
		if (!sql_hex_number(digits, 2, &value))
			return "is no hexadecimal literal";
		*r->room++ = (char)value;
	}
	return NULL;
}

/* Bits are a number. */
static const char *put_bits(struct reading *r, struct text bits)
{
	uint64_t value = 0;
	char digits[24];
	size_t len = 0;

	if (bits.len > BITS_MOST)
		return "is a bit literal of more than 64 bits";
	for (size_t i = 0; i < bits.len; i++) {
		if (bits.data[i] != '0' && bits.data[i] != '1')
			return "is no bit literal";
		value = value << 1 | (uint64_t)(bits.data[i] - '0');
	}
	do
		digits[len++] = (char)('0' + value % 10);
	while ((value /= 10) > 0);
	while (len > 0)
		*r->room++ = digits[--len];
	return NULL;
}

/* ---- parts of a string ---- */

static struct text take_word(struct text *left)
{
	struct text word = { left->data, 0 };

	while (word.len < left->len && sql_is_word(left->data[word.len]))
		word.len++;
	skip(left, word.len);
	return word;
}

static bool at_quote(const struct reading *r)
{
	return r->left.len > 0 && (r->left.data[0] == '\'' ||
				   (r->left.data[0] == '"' && r->manner->double_strings));
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* X'..' and b'..': what stands in the quotes is read again. */
static const char *take_marked(struct reading *r, char mark)
{
	char *from = r->room;
	struct reading inner = *r;
	const char *why;

	if (!copy_quoted(&inner, SQL_ESCAPES_NONE))
		return EXPRESSION;
	r->left = inner.left;
	/* Bits are no more digits than they were. */
	why = mark == 'x' ? put_hex(r, (struct text){ from, (size_t)(inner.room - from) })
			  : put_bits(r, (struct text){ from, (size_t)(inner.room - from) });
	return why;
}

static bool is_digits_of(struct text word, char mark)
{
	return word.len > 2 && word.data[0] == '0' && fold(word.data[1]) == mark;
}

/* A word that stands before quotes, or is a literal by itself. */
static const char *take_introduced(struct reading *r, struct text word)
{
	const char mark = word.len == 1 ? fold(word.data[0]) : '\0';
	const struct text digits = { word.data + 2, word.len > 2 ? word.len - 2 : 0 };

	if (is_digits_of(word, 'x'))
		return put_hex(r, digits);
	if (is_digits_of(word, 'b'))
		return put_bits(r, digits);
	if (mark && at_quote(r)) {
		if (mark == 'x' || mark == 'b')
			return take_marked(r, mark);
		if (mark == 'n' || mark == 'e')
			return copy_quoted(r, escapes_of(r->manner, mark)) ? NULL : EXPRESSION;
		return EXPRESSION;
	}
	if (word.len > 1 && (word.data[0] == '_' || text_is_fold(word, "timestamp") ||
			     text_is_fold(word, "date") || text_is_fold(word, "time"))) {
		skip_blanks(r);
		if (at_quote(r))
			return copy_quoted(r, escapes_of(r->manner, '\0')) ? NULL : EXPRESSION;
		word = word.data[0] == '_' ? take_word(&r->left) : r->left;
		if (is_digits_of(word, 'x') || is_digits_of(word, 'b') || (word.len == 1 && at_quote(r)))
			return take_introduced(r, word);
	}
	return EXPRESSION;
}

/* $tag$...$tag$ */
static bool copy_dollars(struct reading *r)
{
	const char *close = r->left.len > 1 ? memchr(r->left.data + 1, '$', r->left.len - 1) : NULL;
	const size_t tag = close ? (size_t)(close - r->left.data) + 1 : 0;

	for (size_t at = tag; tag > 0 && at + tag <= r->left.len; at++) {
		if (memcmp(r->left.data + at, r->left.data, tag) != 0)
			continue;
		memmove(r->room, r->left.data + tag, at - tag);
		r->room += at - tag;
		skip(&r->left, at + tag);
		return true;
	}
	return false;
}

/* One part; parts beside one another are one string. */
static const char *take_part(struct reading *r)
{
	if (at_quote(r))
		return copy_quoted(r, escapes_of(r->manner, '\0')) ? NULL : EXPRESSION;
	if (r->left.len > 0 && r->left.data[0] == '$' && r->manner->dollars)
		return copy_dollars(r) ? NULL : EXPRESSION;
	return take_introduced(r, take_word(&r->left));
}

/* ---- calls ---- */

static bool take_mark(struct reading *r, char mark)
{
	skip_blanks(r);
	if (r->left.len == 0 || r->left.data[0] != mark)
		return false;
	skip(&r->left, 1);
	skip_blanks(r);
	return true;
}

/* SQLite's unistr(): \XXXX, \+XXXXXX, \uXXXX, \UXXXXXXXX and \\ in what was copied. */
static bool undo_unistr(char *from, char **to)
{
	const char *end = *to;
	char *out = from;

	while (from < end) {
		struct text left = { from + 1, (size_t)(end - from) - 1 };
		const char mark = left.len > 0 ? left.data[0] : '\0';
		const bool named = mark == 'u' || mark == 'U' || mark == '+';
		const size_t digits = mark == 'U' ? 8 : mark == '+' ? 6 : 4;
		uint32_t point;

		if (*from != '\\') {
			*out++ = *from++;
			continue;
		}
		if (mark == '\\') {
			*out++ = '\\';
			from += 2;
			continue;
		}
		skip(&left, named);
		if (!sql_hex_number(left, digits, &point) || point > 0x10ffff)
			return false;
		out += utf8_put(point, out);
		from += 1 + named + digits;
	}
	*to = out;
	return true;
}

/* Takes `char(10)`; false: it is not there. */
static bool take_char(struct reading *r, char *value)
{
	const struct text word = take_word(&r->left);
	struct text number;

	if (!text_is_fold(word, "char") || !take_mark(r, '('))
		return false;
	number = take_word(&r->left);
	if (text_is(number, "10"))
		*value = '\n';
	else if (text_is(number, "13"))
		*value = '\r';
	else
		return false;
	return take_mark(r, ')');
}

/* Puts a byte where a mark, of one byte or more, stands in what was copied. */
static void replace(char *from, char **to, struct text mark, char value)
{
	const char *end = *to;
	char *out = from;

	while (from < end)
		if ((size_t)(end - from) >= mark.len && !memcmp(from, mark.data, mark.len)) {
			*out++ = value;
			from += mark.len;
		} else {
			*out++ = *from++;
		}
	*to = out;
}

static const char *take_call(struct reading *r, unsigned depth);

/* replace(STRING or another, 'MARK', char(N)) behind its bracket, as SQLite writes line
 * ends. */
static const char *take_replace(struct reading *r, unsigned depth)
{
	char *from = r->room, *to;
	struct text mark;
	char value;
	const char *why = at_quote(r) ? take_part(r) : take_call(r, depth + 1);

	to = r->room;
	if (why)
		return why;
	if (!take_mark(r, ',') || !at_quote(r) || take_part(r) || !take_mark(r, ','))
		return EXPRESSION;
	mark = (struct text){ to, (size_t)(r->room - to) };
	if (mark.len == 0 || !take_char(r, &value) || !take_mark(r, ')'))
		return EXPRESSION;
	replace(from, &to, mark, value);
	r->room = to;
	return NULL;
}

static const char *take_call(struct reading *r, unsigned depth)
{
	char *from = r->room;
	const struct text word = take_word(&r->left);

	if (depth == CALLS_MOST || !take_mark(r, '('))
		return EXPRESSION;
	if (text_is_fold(word, "replace"))
		return take_replace(r, depth);
	if (!text_is_fold(word, "unistr") || !at_quote(r) || take_part(r) || !take_mark(r, ')'))
		return EXPRESSION;
	return undo_unistr(from, &r->room) ? NULL : EXPRESSION;
}

/* ---- all of it ---- */

static bool is_number(struct text text)
{
	bool digit = false;

	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i];
		const bool sign = c == '-' || c == '+';

		if (c >= '0' && c <= '9')
			digit = true;
		else if (sign && i > 0 && fold(text.data[i - 1]) != 'e')
			return false;
		else if (!sign && c != '.' && (fold(c) != 'e' || !digit))
			return false;
	}
	return digit;
}

static bool is_constant(struct text text)
{
	return is_number(text) || text_is_fold(text, "true") || text_is_fold(text, "false");
}

/* A cast of PostgreSQL, `::timestamp without time zone`, changes nothing of what is
 * written. */
static bool take_cast(struct reading *r)
{
	if (r->left.len < 3 || r->left.data[0] != ':' || r->left.data[1] != ':')
		return false;
	for (size_t i = 2; i < r->left.len; i++)
		if (!sql_is_word(r->left.data[i]) && !strchr(" ()[],\".:", r->left.data[i]))
			return false;
	skip(&r->left, r->left.len);
	return true;
}

static bool begins_call(struct text text)
{
	(void)take_word(&text);
	while (text.len > 0 && sql_is_blank(text.data[0]))
		skip(&text, 1);
	return text.len > 0 && text.data[0] == '(';
}

static const char *take_all(struct reading *r)
{
	const char *why = begins_call(r->left) ? take_call(r, 0) : take_part(r);

	skip_blanks(r);
	while (!why && r->left.len > 0 && !take_cast(r)) {
		why = take_part(r);
		skip_blanks(r);
	}
	return why;
}

/* A constant with a comment before or behind it. */
static bool take_commented(struct reading r, struct text *value)
{
	size_t len = 0;

	while (len < r.left.len && !sql_is_blank(r.left.data[len]) && r.left.data[len] != '/')
		len++;
	*value = (struct text){ r.left.data, len };
	skip(&r.left, len);
	skip_blanks(&r);
	if (r.left.len > 0)
		return false;
	if (text_is_fold(*value, "null"))
		*value = form_null();
	return is_constant(*value) || form_is_null(*value);
}

const char *sql_value(struct text text, const struct sql_manner *manner, char **room,
		      struct text *value)
{
	struct reading r = { text, manner, *room };
	const char *why;

	*value = text;
	if (text_is_fold(text, "null")) {
		*value = form_null();
		return NULL;
	}
	if (is_constant(text))
		return NULL;
	if (text.len == 0)
		return "is missing";
	if (text_is_fold(text, "default"))
		return "is DEFAULT, which the row does not say";
	skip_blanks(&r);
	if (take_commented(r, value))
		return NULL;
	why = take_all(&r);
	value->data = *room;
	value->len = (size_t)(r.room - *room);
	*room = r.room;
	return why;
}

const char *sql_string(struct text text, const struct sql_manner *manner, char **room,
		       struct text *value)
{
	struct reading r = { text, manner, *room };

	if (!copy_quoted(&r, escapes_of(manner, '\0')))
		return NULL;
	*value = (struct text){ *room, (size_t)(r.room - *room) };
	*room = r.room;
	return r.left.data;
}
