/* SPDX-License-Identifier: Apache-2.0 */
/* Where rows in brackets end, told from the marks of 64 bytes at a time: which quotes are escaped, what is between
 * quotes, and which brackets are not. */
#include "ingest/sql/row/sql_many.h"

#include <string.h>

struct walk {
	const char *from;       /* the first row */
	const char *end;        /* behind the last that ended */
	uint64_t quoted;        /* all bits: the byte before is in a string */
	uint64_t escaped;       /* 1: and is a backslash that escapes the next */
	size_t depth;           /* brackets open */
};

static unsigned class_of(char c)
{
	switch (c) {
	case '\'':
		return 1;
	case '\\':
		return 2 | 16;
	case '(':
		return 4;
	case ')':
		return 8;
	default:
		return (c >= '0' && c <= '9') || (c && strchr("., \nNULx", c)) ? 0 : 16;
	}
}

void sql_marks_plain(const char *bytes, struct sql_marks *marks)
{
	memset(marks, 0, sizeof(*marks));
	for (unsigned i = 0; i < SQL_MARKED; i++) {
		const uint64_t class = class_of(bytes[i]);

		marks->quotes |= (class & 1) << i;
		marks->backslashes |= (class >> 1 & 1) << i;
		marks->opens |= (class >> 2 & 1) << i;
		marks->closes |= (class >> 3 & 1) << i;
		marks->odd |= (class >> 4) << i;
	}
}

sql_marks_of *sql_marks_fastest(void)
{
#if CPU_X86
	if (cpu_has(CPU_AVX2))
		return sql_marks_avx2;
#endif
	return sql_marks_plain;
}

static inline uint64_t lowest(uint64_t bits)
{
	return bits & (~bits + 1);
}

/* The bytes behind backslashes that are not escaped themselves. */
static uint64_t find_escaped(struct walk *walk, uint64_t backslashes)
{
	uint64_t escaped = walk->escaped;

	walk->escaped = 0;
	for (backslashes &= ~escaped; backslashes; backslashes &= ~escaped) {
		const uint64_t bit = lowest(backslashes);

		backslashes ^= bit;
		escaped |= bit << 1;
		walk->escaped = bit >> 63;
	}
	return escaped;
}

/* Each bit: whether an odd number of bits up to it, with it, are set. */
static uint64_t parities(uint64_t bits)
{
	for (unsigned by = 1; by < 64; by *= 2)
		bits ^= bits << by;
	return bits;
}

/* A minus before a digit begins no comment. */
static bool is_sign(const char *at, const char *to)
{
	return to - at > 1 && at[0] == '-' && at[1] >= '0' && at[1] <= '9';
}

/* The bytes before the first that is odd; all where there is none. */
static uint64_t before_odd(uint64_t odd, const char *at, const char *to)
{
	while (odd && is_sign(at + __builtin_ctzll(odd), to))
		odd &= odd - 1;
	return odd ? lowest(odd) - 1 : ~UINT64_C(0);
}

/* Whether just a comma, and perhaps a blank, parts a row from the last one. */
static bool follows(const struct walk *walk, const char *at)
{
	const char *end = walk->end;

	return at == walk->from || (at - end == 1 && *end == ',') ||
	       (at - end == 2 && *end == ',' && (end[1] == '\n' || end[1] == ' '));
}

/* Goes over brackets in their order; false: something else stands between rows. */
static bool walk_brackets(struct walk *walk, const char *at, uint64_t opens, uint64_t closes)
{
	for (uint64_t left = opens | closes; left; left &= left - 1) {
		const uint64_t bit = lowest(left);
		const char *here = at + __builtin_ctzll(left);

		if (bit & opens) {
			if (walk->depth == 0 && !follows(walk, here))
				return false;
			walk->depth++;
		} else if (walk->depth == 0) {
			return false;
		} else if (--walk->depth == 0) {
			walk->end = here + 1;
		}
	}
	return true;
}

/* Goes over 64 bytes, those behind `to` zeros; false: no further. */
static bool walk_bytes(struct walk *walk, const struct sql_marks *marks, bool escapes, const char *at, const char *to)
{
	const bool any = escapes && (marks->backslashes | walk->escaped);
	const uint64_t quotes = marks->quotes & ~(any ? find_escaped(walk, marks->backslashes) : 0);
	const uint64_t inside = parities(quotes) ^ walk->quoted;
	const uint64_t code = ~(inside | quotes);
	const uint64_t good = before_odd(marks->odd & code, at, to);

	walk->quoted = (uint64_t)0 - (inside >> 63);
	return walk_brackets(walk, at, marks->opens & code & good, marks->closes & code & good) && good == ~UINT64_C(0);
}

const char *sql_many_rows(sql_marks_of *marks_of, const struct sql_manner *manner, const char *from, const char *to)
{
	struct walk walk = { .from = from, .end = from };
	struct sql_marks marks;
	char rest[SQL_MARKED] = { 0 };
	const char *at = from;

	for (; to - at >= SQL_MARKED; at += SQL_MARKED) {
		marks_of(at, &marks);
		if (!walk_bytes(&walk, &marks, manner->escapes, at, to))
			return walk.end;
	}
	memcpy(rest, at, (size_t)(to - at));
	marks_of(rest, &marks);
	(void)walk_bytes(&walk, &marks, manner->escapes, at, to);
	return walk.end;
}
