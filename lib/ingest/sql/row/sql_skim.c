/* SPDX-License-Identifier: Apache-2.0 */
/* Strings, comments and statements of a SQL dump, told apart byte by byte. */
#include "ingest/sql/row/sql_skim.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Comments with a higher version are run by no server: MariaDB's dumps begin with one. */
#define VERSION_MOST 999998
#define LOWS (~(uint64_t)0 / 255)
#define HIGHS (LOWS << 7)

bool sql_is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

bool sql_is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '$' || c == '@' || ((unsigned char)c & 0x80);
}

/* ---- strings ---- */

/* The high bit of each byte that is that one, and perhaps of some above it. */
static inline uint64_t equal_bytes(uint64_t word, char byte)
{
	const uint64_t differ = word ^ (LOWS * (unsigned char)byte);

	return (differ - LOWS) & ~differ & HIGHS;
}

/* Where in a word the first byte of those stands that are marked. */
static inline size_t first_of(uint64_t marks)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(marks) / 8;
#else
	/* The lowest mark is right, and that is of the last byte. */
	(void)marks;
	return 0;
#endif
}

/* Sixteen bytes at a time, as far as there are so many. *found: at one of the two. */
static inline const char *find_wide(const char *from, const char *to, char quote, char other, bool *found)
{
#ifdef __SSE2__
	const __m128i first = _mm_set1_epi8(quote), second = _mm_set1_epi8(other);

	for (; to - from >= 16; from += 16) {
		const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)from);
		const int marks = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(bytes, first), _mm_cmpeq_epi8(bytes, second)));

		*found = marks != 0;
		if (*found)
			return from + __builtin_ctz((unsigned)marks);
	}
#else
	(void)to;
	(void)quote;
	(void)other;
	(void)found;
#endif
	return from;
}

static inline const char *find_quote(const char *from, const char *to, char quote, bool escapes)
{
	const char other = escapes ? '\\' : quote;
	bool found = false;

	from = find_wide(from, to, quote, other, &found);
	if (found)
		return from;
	while (to - from >= 8) {
		uint64_t word, marks;

		memcpy(&word, from, 8);
		marks = equal_bytes(word, quote) | equal_bytes(word, other);
		if (marks) {
			from += first_of(marks);
			break;
		}
		from += 8;
	}
	while (from < to && *from != quote && *from != other)
		from++;
	return from;
}

const char *sql_find_quote(const char *from, const char *to, char quote, bool escapes)
{
	return find_quote(from, to, quote, escapes);
}

/* A string beside another of the same quotes is the same one, with a quote in it. */
static void open_quote(struct sql_skim *skim, const struct sql_manner *manner, char c)
{
	const bool again = skim->last == c;
	const bool own = c == '\'' && (skim->last == 'E' || skim->last == 'e') &&
			 !sql_is_word(skim->before);

	if (!again)
		skim->escapes = own || (manner->escapes && c != '`' &&
					(c == '\'' || manner->double_strings));
	skim->quote = c;
	skim->where = SQL_QUOTED;
}

static enum sql_byte in_quotes(struct sql_skim *skim, char c)
{
	if (c == skim->quote) {
		skim->where = SQL_CODE;
		skim->before = 0;
		skim->last = c;
	} else if (c == '\\' && skim->escapes) {
		skim->where = SQL_ESCAPED;
	}
	return SQL_BYTE_STRING;
}

/* ---- $tag$ ---- */

static void forget_last(struct sql_skim *skim)
{
	skim->last = skim->before = 0;
}

static enum sql_byte in_tag(struct sql_skim *skim, char c)
{
	const bool full = skim->tag_len == SQL_TAG_MOST;

	if (full || !sql_is_word(c) || (skim->tag_len == 1 && c >= '0' && c <= '9')) {
		skim->where = SQL_CODE;
		skim->before = 0;
		skim->last = c;
		return SQL_BYTE_CODE;
	}
	skim->tag[skim->tag_len++] = c;
	if (c == '$') {
		skim->where = SQL_DOLLARS;
		skim->matched = 0;
	}
	return SQL_BYTE_STRING;
}

static enum sql_byte in_dollars(struct sql_skim *skim, char c)
{
	if (c == skim->tag[skim->matched])
		skim->matched++;
	else
		skim->matched = c == '$';
	if (skim->matched == skim->tag_len) {
		skim->where = SQL_CODE;
		forget_last(skim);
	}
	return SQL_BYTE_STRING;
}

/* ---- comments ---- */

static enum sql_byte open_comment(struct sql_skim *skim, enum sql_where where)
{
	skim->where = (unsigned char)where;
	forget_last(skim);
	return SQL_BYTE_OPENED;
}

static enum sql_byte in_comment(struct sql_skim *skim, char c)
{
	if (skim->where == SQL_LINE)
		skim->where = c == '\n' ? SQL_CODE : SQL_LINE;
	else if (skim->where == SQL_STAR && c == '/')
		skim->where = SQL_CODE;
	else
		skim->where = c == '*' ? SQL_STAR : SQL_BLOCK;
	return SQL_BYTE_NONE;
}

/* Behind its first two bytes. */
static enum sql_byte in_opening(struct sql_skim *skim, char c)
{
	if (c == '!' ) {
		skim->where = SQL_VERSION;
		skim->version = 0;
		return SQL_BYTE_NONE;
	}
	if (c == 'M' && skim->where == SQL_OPEN) {
		skim->where = SQL_OPEN_M;
		return SQL_BYTE_NONE;
	}
	return in_comment(skim, c);
}

/* ---- all of them ---- */

static enum sql_byte in_code(struct sql_skim *skim, const struct sql_manner *manner, char c)
{
	if (c == '\'' || c == '"' || c == '`') {
		open_quote(skim, manner, c);
		return SQL_BYTE_STRING;
	}
	if (c == '-' && skim->last == '-')
		return open_comment(skim, SQL_LINE);
	if (c == '*' && skim->last == '/')
		return open_comment(skim, SQL_OPEN);
	if (c == '/' && skim->last == '*' && skim->versioned) {
		skim->versioned = false;
		return open_comment(skim, SQL_CODE);
	}
	if (c == '#' && manner->sharp) {
		skim->where = SQL_LINE;
		return SQL_BYTE_NONE;
	}
	if (c == '$' && manner->dollars && !sql_is_word(skim->last)) {
		skim->where = SQL_TAG;
		skim->tag[0] = c;
		skim->tag_len = 1;
		return SQL_BYTE_STRING;
	}
	skim->before = skim->last;
	skim->last = c;
	return SQL_BYTE_CODE;
}

static enum sql_byte in_version(struct sql_skim *skim, const struct sql_manner *manner, char c)
{
	if (c >= '0' && c <= '9') {
		if (skim->version <= VERSION_MOST)
			skim->version = skim->version * 10 + (uint32_t)(c - '0');
		return SQL_BYTE_NONE;
	}
	if (skim->version > VERSION_MOST) {
		skim->where = SQL_BLOCK;
		return in_comment(skim, c);
	}
	skim->where = SQL_CODE;
	skim->versioned = true;
	return in_code(skim, manner, c);
}

enum sql_byte sql_skim_byte(struct sql_skim *skim, const struct sql_manner *manner, char c)
{
	switch ((enum sql_where)skim->where) {
	case SQL_CODE:
		return in_code(skim, manner, c);
	case SQL_QUOTED:
		return in_quotes(skim, c);
	case SQL_ESCAPED:
		skim->where = SQL_QUOTED;
		return SQL_BYTE_STRING;
	case SQL_OPEN:
	case SQL_OPEN_M:
		return in_opening(skim, c);
	case SQL_VERSION:
		return in_version(skim, manner, c);
	case SQL_TAG:
		return in_tag(skim, c);
	case SQL_DOLLARS:
		return in_dollars(skim, c);
	case SQL_LINE:
	case SQL_BLOCK:
	case SQL_STAR:
		break;
	}
	return in_comment(skim, c);
}

/* ---- rows ---- */

/* Bytes of numbers and words, and what stands between values: they begin nothing. */
static const bool plain[256] = {
	['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true,
	['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['.'] = true, [','] = true,
	[' '] = true, ['\n'] = true, ['N'] = true, ['U'] = true, ['L'] = true, ['x'] = true,
};

/* A string in single quotes that begins there, as the manner has them; NULL: it does not end,
 * or has a manner of its own. */
static inline const char *skip_string(const struct sql_manner *manner, const char *from, const char *to)
{
	const char before = from[-1];

	if (before == 'E' || before == 'e')
		return NULL;
	for (from++;; from += 2) {
		from = find_quote(from, to, '\'', manner->escapes);
		if (to - from < 2)
			return NULL;
		if (*from == '\'')
			return from + 1;
	}
}

/* Goes on as long as all is as in nearly all rows; the row begins before from. */
static const char *skip_simple(const struct sql_manner *manner, unsigned *depth, const char *from, const char *to)
{
	while (from < to) {
		const char *next = from + 1;

		if (*from == '\'')
			next = skip_string(manner, from, to);
		else if (*from == '(')
			++*depth;
		else if (*from == ')' && *depth > 1)
			--*depth;
		else if (!plain[(unsigned char)*from])
			return from;
		if (!next)
			return from;
		from = next;
	}
	return from;
}

static inline bool is_simple(const struct sql_skim *skim)
{
	return skim->where == SQL_CODE && skim->last != '-' && skim->last != '/' && skim->last != '*' &&
	       skim->last != '\'' && skim->last != 'E' && skim->last != 'e';
}

const char *sql_skim_tuple(struct sql_skim *skim, const struct sql_manner *manner,
			   unsigned *depth, const char *from, const char *to,
			   enum sql_tuple_end *end)
{
	const char *begin = from;

	*end = SQL_TUPLE_MORE;
	while (from < to) {
		const char *simple = from;
		enum sql_byte byte;

		if (skim->where == SQL_QUOTED)
			from = find_quote(from, to, skim->quote, skim->escapes);
		else if (from > begin && is_simple(skim))
			from = skip_simple(manner, depth, from, to);
		if (from > simple && skim->where == SQL_CODE) {
			skim->before = from - simple > 1 ? from[-2] : skim->last;
			skim->last = from[-1];
			/* What follows may be of the same string. */
			if (skim->last == '\'')
				skim->escapes = manner->escapes;
		}
		if (from == to)
			break;
		byte = sql_skim_byte(skim, manner, *from);
		if (byte == SQL_BYTE_CODE && *from == ';') {
			*end = SQL_TUPLE_BROKEN;
			return from;
		}
		if (byte == SQL_BYTE_CODE && *from == '(')
			++*depth;
		from++;
		if (byte == SQL_BYTE_CODE && from[-1] == ')' && --*depth == 0) {
			*end = SQL_TUPLE_WHOLE;
			return from;
		}
	}
	return to;
}
