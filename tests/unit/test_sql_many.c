/* SPDX-License-Identifier: Apache-2.0 */
/* Where many rows end at once is where they end one by one. */
#include "ingest/sql/row/sql_many.h"

#include <string.h>

#include "ingest/sql/row/sql_place.h"
#include "tap.h"

static bool equal_marks(const struct sql_marks *a, const struct sql_marks *b)
{
	return a->quotes == b->quotes && a->backslashes == b->backslashes && a->opens == b->opens && a->closes == b->closes &&
	       a->odd == b->odd;
}

/* Every byte at every place. */
static void test_marks(struct tap *tap)
{
	unsigned wrong = 0;

	for (unsigned at = 0; at < SQL_MARKED; at++)
		for (unsigned byte = 0; byte < 256; byte++) {
			struct sql_marks plain, fastest;
			char text[SQL_MARKED];

			memset(text, "0(')\\,-x"[(at + byte) % 8], sizeof(text));
			text[at] = (char)byte;
			sql_marks_plain(text, &plain);
			sql_marks_fastest()(text, &fastest);
			wrong += !equal_marks(&plain, &fastest);
		}
	OK(tap, wrong == 0, "the marks of every level are the same");
}

/* What is read at once, and how many bytes of it are rows that are simple. */
static const struct {
	const char *text;
	size_t len;
	bool escapes;
} cases[] = {
	{ "(1,2),(3,4);", 11, true },
	{ "(1,2),\n(3,'a')", 14, true },
	{ "(1,2) ,(3)", 5, true },                /* one by one from there */
	{ "(1,2)(3)", 5, true },
	{ "(1,2),,(3)", 5, true },
	{ "(1,(2)),('(')", 13, true },
	{ "(1,'a''b)'),(NULL)", 18, true },
	{ "('\\'),(1)", 0, true },                /* the string goes on */
	{ "('\\'),(1)", 9, false },
	{ "('\\\\'),(1)", 10, true },
	{ "(-1),(2--3)", 4, true },
	{ "(1),(2-- )\n)", 3, true },
	{ "(1),(/* ) */2)", 3, true },
	{ "(1),(E'\\')')", 3, false },
	{ "(1),(\")\")", 3, true },
	{ "(1),(`)`)", 3, true },
	{ "(1),($$)$$)", 3, true },
	{ "(1),(2;)", 3, true },
	{ "(1,2", 0, true },
	{ "(0123456789,'0123456789012345678901234567890123456789012345678\\'),(1'),(2)", 74, true },
	{ "(0123456789,'012345678901234567890123456789012345678901234567\\\\'),(1),(2)", 73, true },
};

static void test_cases(struct tap *tap)
{
	static sql_marks_of *const levels[] = { sql_marks_plain, NULL };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (size_t k = 0; k < 2; k++) {
			const struct sql_manner manner = { .escapes = cases[i].escapes };
			const char *end = sql_many_rows(levels[k] ? levels[k] : sql_marks_fastest(), &manner, cases[i].text,
							cases[i].text + strlen(cases[i].text));

			OK(tap, (size_t)(end - cases[i].text) == cases[i].len, "case %zu: %zu bytes, not %zu", i,
			   cases[i].len, (size_t)(end - cases[i].text));
		}
}

static uint64_t draw(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005U + 1442695040888963407U;
	return *seed >> 33;
}

static void make_text(char *text, size_t len, uint64_t *seed)
{
	static const char *const parts[] = { "(",   ")", "'", "),(", "),\n(", ",", "1", "NULL", "'a'", "\\", "-", "/", "E", "''",
					     "abcd", ";", "('" };

	for (size_t used = 0; used < len;) {
		const char *part = parts[draw(seed) % (sizeof(parts) / sizeof(parts[0]))];

		for (; *part && used < len; part++)
			text[used++] = *part;
	}
	text[0] = '(';
}

/* How many of the bytes are rows, one by one, as far as they are the same; SIZE_MAX: they are not. */
static size_t one_by_one(const struct sql_manner *manner, const char *from, const char *end, const char *to)
{
	const char *at = from;

	while (at < end) {
		struct sql_skim skim = { 0 };
		enum sql_tuple_end how = SQL_TUPLE_BROKEN;
		unsigned depth = 0;

		if (sql_between(manner, (struct text){ 0 }, &at, to) == SQL_BETWEEN_ROW)
			at = sql_skim_tuple(&skim, manner, &depth, at, to, &how);
		if (how != SQL_TUPLE_WHOLE)
			return SIZE_MAX;
	}
	return (size_t)(at - from);
}

static void test_drawn(struct tap *tap)
{
	uint64_t seed = 1;
	unsigned wrong = 0, rows = 0;

	for (unsigned i = 0; i < 100000; i++) {
		const struct sql_manner manner = { .escapes = i & 1, .dollars = i & 2, .sharp = i & 4 };
		char text[200];
		const size_t len = 1 + draw(&seed) % sizeof(text);
		const char *end, *plain;

		make_text(text, len, &seed);
		plain = sql_many_rows(sql_marks_plain, &manner, text, text + len);
		end = sql_many_rows(sql_marks_fastest(), &manner, text, text + len);
		wrong += end != plain || one_by_one(&manner, text, end, text + len) != (size_t)(end - text);
		rows += end > text;
	}
	OK(tap, wrong == 0 && rows > 1000, "of 100000 drawn texts %u begin with rows, %u are wrong", rows, wrong);
}

int main(void)
{
	struct tap tap = { 0 };

	test_marks(&tap);
	test_cases(&tap);
	test_drawn(&tap);
	return tap_done(&tap);
}
