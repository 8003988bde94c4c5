/* SPDX-License-Identifier: Apache-2.0 */
/* Views, buffers, escapes and UTF-8; with them the rest of base/ that has no test of its own: memory, errors, notices. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tap.h"

#define VIEW(literal) ((struct text){ (literal), sizeof(literal) - 1 })

static void test_equal(struct tap *tap)
{
	const struct text none = { NULL, 0 };

	OK(tap, text_of(NULL).data == NULL && text_of(NULL).len == 0, "NULL is no value");
	OK(tap, text_of("").data != NULL && text_of("").len == 0, "an empty text is a value");
	OK(tap, text_equal(none, VIEW("")), "no value has the bytes of an empty one");
	OK(tap, text_equal(VIEW("a\0b"), VIEW("a\0b")) && !text_equal(VIEW("a\0b"), VIEW("a\0c")), "a NUL ends nothing");
	OK(tap, !text_equal(VIEW("a"), VIEW("ab")), "a part is not the whole");
	OK(tap, text_is(VIEW("ab"), "ab") && !text_is(VIEW("aB"), "ab") && !text_is(none, "a"), "text_is");
	OK(tap, text_is_fold(VIEW("aBZ@[`{"), "AbZ@[`{"), "letters fold");
	OK(tap, !text_is_fold(VIEW("@"), "`") && !text_is_fold(VIEW("["), "{"), "what stands beside the letters does not");
	OK(tap, !text_is_fold(VIEW("\xc3\x84"), "\xc3\xa4"), "other alphabets do not");
	OK(tap, text_is_fold(none, "") && !text_is_fold(VIEW("ab"), "a"), "folding and lengths");
}

static void test_compare(struct tap *tap)
{
	static const struct {
		struct text a, b;
		int want;
	} rows[] = {
		{ { "a", 1 }, { "b", 1 }, -1 },    { { "b", 1 }, { "a", 1 }, 1 },    { { "a", 1 }, { "a", 1 }, 0 },
		{ { "a", 1 }, { "ab", 2 }, -1 },   { { "ab", 2 }, { "a", 1 }, 1 },   { { NULL, 0 }, { "", 0 }, 0 },
		{ { NULL, 0 }, { "a", 1 }, -1 },   { { "\x7f", 1 }, { "\x80", 1 }, -1 }, { { "\xff", 1 }, { "a", 1 }, 1 },
		{ { "a\0b", 3 }, { "a\0a", 3 }, 1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		OK(tap, text_compare(rows[i].a, rows[i].b) == rows[i].want, "compare %zu", i);
}

static void test_trim(struct tap *tap)
{
	OK(tap, text_is(text_trim(VIEW(" \t\r\n\v\fa b \t\r\n\v\f")), "a b"), "blanks at both ends go");
	OK(tap, text_is(text_trim(VIEW("\b a")), "\b a"), "a backspace is no blank");
	OK(tap, text_trim(VIEW("  ")).len == 0 && text_trim((struct text){ NULL, 0 }).len == 0, "nothing but blanks");
	OK(tap, text_trim(VIEW("\0 ")).len == 1, "a NUL is no blank");
	OK(tap, text_trim(VIEW("\xc2\xa0x")).len == 3, "nor is a no-break space");
}

static void test_numbers(struct tap *tap)
{
	static const struct {
		const char *text;
		uint64_t value;
	} good[] = {
		{ "0", 0 }, { "007", 7 }, { "18446744073709551615", UINT64_MAX }, { "00018446744073709551615", UINT64_MAX },
	};
	static const char *const bad[] = {
		"", "-1", "+1", " 1", "1 ", "1.0", "0x10", "18446744073709551616", "99999999999999999999", "1\xd9\xa1", "/", ":",
	};
	uint64_t value = 42;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		OK(tap, text_to_u64(text_of(good[i].text), &value) && value == good[i].value, "%s is a number", good[i].text);
	value = 42;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		OK(tap, !text_to_u64(text_of(bad[i]), &value) && value == 42, "'%s' is none", bad[i]);
	OK(tap, !text_to_u64(VIEW("1\0"), &value) && !text_to_u64((struct text){ NULL, 0 }, &value), "nor are a NUL and nothing");
}

static void test_buf(struct tap *tap)
{
	struct buf buf = { 0 };
	volatile size_t huge = SIZE_MAX;
	bool ends = true;

	OK(tap, buf_view(&buf).data != NULL && buf_view(&buf).len == 0, "an empty buffer has an empty view");
	buf_add(&buf, NULL, 0);
	OK(tap, buf.data && buf.len == 0 && *buf.data == '\0', "nothing can be added");
	for (unsigned i = 0; i < 10000; i++) {
		buf_format(&buf, "%04u", i);
		ends = ends && buf.data[buf.len] == '\0';
	}
	OK(tap, !buf.failed && buf.len == 40000 && ends && !memcmp(buf.data + 39996, "9999", 4), "it grows and stays terminated");
	buf_add(&buf, "x", huge);
	OK(tap, buf.failed && buf.len == 40000, "what cannot be held fails");
	buf_text(&buf, "more");
	buf_byte(&buf, 'x');
	buf_format(&buf, "%d", 1);
	OK(tap, buf.failed && buf.len == 40000, "and that sticks");
	buf_clear(&buf);
	OK(tap, !buf.failed && buf.len == 0 && buf.capacity > 40000 && *buf.data == '\0', "until it is cleared");
	buf_byte(&buf, '\0');
	buf_text(&buf, "a");
	OK(tap, text_equal(buf_view(&buf), VIEW("\0a")), "a NUL is a byte");
	buf_release(&buf);
	buf_release(&buf);
	buf_clear(&buf);
	OK(tap, !buf.data && !buf.capacity, "released twice and cleared");
}

static void test_escape(struct tap *tap)
{
	static const struct {
		struct text text;
		size_t limit;
		const char *want;
	} rows[] = {
		{ { NULL, 0 }, 0, "" },
		{ { "plain \xc3\xa4 \xe2\x82\xac \xf0\x9f\x93\x9e", 17 }, 0, "plain \xc3\xa4 \xe2\x82\xac \xf0\x9f\x93\x9e" },
		{ { "\x1b[31m", 5 }, 0, "\\x1b[31m" },
		{ { "a\nb\tc\rd\0e", 9 }, 0, "a\\x0ab\\x09c\\x0dd\\x00e" },
		{ { "\x7f", 1 }, 0, "\\x7f" },
		{ { "\xc2\x9b", 2 }, 0, "\\xc2\\x9b" },             /* CSI as a C1 control */
		{ { "\xc2\xa0", 2 }, 0, "\xc2\xa0" },
		{ { "\\x1b", 4 }, 0, "\\\\x1b" },
		{ { "\x9b\xff\xc0\x80", 4 }, 0, "\\x9b\\xff\\xc0\\x80" },
		{ { "\xe2\x82", 2 }, 0, "\\xe2\\x82" },             /* cut off */
		{ { "\xd8\x9c", 2 }, 0, "\\xd8\\x9c" },             /* U+061C, a bidirectional mark */
		{ { "\xe2\x80\x8b\xe2\x80\x90", 6 }, 0, "\\xe2\\x80\\x8b\xe2\x80\x90" },
		{ { "\xe2\x80\xa8\xe2\x80\xae\xe2\x80\xaf", 9 }, 0, "\\xe2\\x80\\xa8\\xe2\\x80\\xae\xe2\x80\xaf" },
		{ { "\xe2\x81\xa6\xe2\x81\xa9", 6 }, 0, "\\xe2\\x81\\xa6\\xe2\\x81\\xa9" },
		{ { "\xef\xbb\xbf", 3 }, 0, "\\xef\\xbb\\xbf" },
		{ { "\xf3\xa0\x80\x81" "a\xf3\xa0\x81\xbf", 9 }, 0, "\\xf3\\xa0\\x80\\x81a\\xf3\\xa0\\x81\\xbf" }, /* tags */
		{ { "\xd9\x85\xe2\x80\x8c", 5 }, 0, "\xd9\x85\\xe2\\x80\\x8c" }, /* a joiner of Persian: it tells names apart */
		{ { "\xe2\x9d\xa4\xef\xb8\x8f", 6 }, 0, "\xe2\x9d\xa4\\xef\\xb8\\x8f" },
		{ { "abcdef", 6 }, 6, "abcdef" },
		{ { "abcdefg", 7 }, 6, "abcdef..." },
		{ { "a\xe2\x82\xac" "b", 5 }, 2, "a\xe2\x82\xac..." }, /* never inside a character */
		{ { "\x01\x02\x03", 3 }, 5, "\\x01\\x02..." },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf buf = { 0 };

		buf_text(&buf, "> ");
		buf_escape(&buf, rows[i].text, rows[i].limit);
		OK(tap, tap_same(buf.data + 2, rows[i].want), "escape %zu", i);
		buf_release(&buf);
	}
}

/* Each end of what is not seen, and the code points beside it, which are. */
static void test_hidden(struct tap *tap)
{
	static const uint32_t ranges[][2] = {
		{ 0x7f, 0x9f },     { 0xad, 0xad },       { 0x34f, 0x34f },     { 0x61c, 0x61c },     { 0x115f, 0x1160 },
		{ 0x17b4, 0x17b5 }, { 0x180b, 0x180f },   { 0x200b, 0x200f },   { 0x2028, 0x202e },   { 0x2060, 0x206f },
		{ 0x3164, 0x3164 }, { 0xfe00, 0xfe0f },   { 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 },   { 0xfff0, 0xfffb },
		{ 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
	};
	uint32_t counted = 0x20;

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		const uint32_t first = ranges[i][0], last = ranges[i][1];

		OK(tap, utf8_is_hidden(first) && utf8_is_hidden(last), "U+%04X to U+%04X are not seen", (unsigned)first, (unsigned)last);
		OK(tap, !utf8_is_hidden(first - 1) && !utf8_is_hidden(last + 1), "what is beside them is");
		counted += last - first + 1;
	}
	for (uint32_t point = 0; point < 0x110000; point++)
		counted -= utf8_is_hidden(point);
	OK(tap, counted == 0 && utf8_is_hidden(0) && utf8_is_hidden(0x1f) && !utf8_is_hidden(' '), "and there are no others");
}

static void test_text_escape(struct tap *tap)
{
	char out[16];
	bool safe = true;

	OK(tap, tap_same(text_escape(VIEW("a\x1b"), out, sizeof out), "a\\x1b"), "into a fixed buffer");
	OK(tap, tap_same(text_escape(VIEW("0123456789abcdef"), out, sizeof out), "01234567..."), "cut there");
	OK(tap, tap_same(text_escape((struct text){ NULL, 0 }, out, sizeof out), ""), "no value is an empty text");
	for (size_t size = 1; size <= sizeof out; size++) {
		memset(out, 'x', sizeof out);
		text_escape(VIEW("\x01\xef\xbb\xbf\xe2\x80\xae\x02\x03\x04"), out, size);
		safe = safe && strlen(out) < size;
	}
	OK(tap, safe, "terminated within every size");
}

/* UTF-8 by the table of RFC 3629, section 4. */
static size_t by_table(const unsigned char *b, size_t len)
{
	static const struct {
		unsigned char lead_from, lead_to, second_from, second_to;
		size_t width;
	} rows[] = {
		{ 0x00, 0x7f, 0, 0, 1 },       { 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (len == 0 || b[0] < rows[i].lead_from || b[0] > rows[i].lead_to)
			continue;
		if (len < rows[i].width)
			return 0;
		for (size_t k = 1; k < rows[i].width; k++)
			if (b[k] < (k == 1 ? rows[i].second_from : 0x80) || b[k] > (k == 1 ? rows[i].second_to : 0xbf))
				return 0;
		return rows[i].width;
	}
	return 0;
}

static void test_utf8_forms(struct tap *tap)
{
	static const unsigned char thirds[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff };
	unsigned wrong = 0;

	for (unsigned lead = 0; lead < 65536; lead++) {
		for (size_t i = 0; i < sizeof thirds * sizeof thirds; i++) {
			const unsigned char b[4] = { (unsigned char)(lead >> 8), (unsigned char)lead, thirds[i / sizeof thirds],
						     thirds[i % sizeof thirds] };

			for (size_t len = 0; len <= 4; len++) {
				uint32_t point;

				wrong += utf8_next((const char *)b, len, &point) != by_table(b, len);
			}
		}
	}
	OK(tap, wrong == 0, "every first and second byte, cut everywhere: as RFC 3629 has it");
}

static size_t encode(uint32_t point, char *out)
{
	static const unsigned char leads[5] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	const size_t width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

	for (size_t i = width; i-- > 1; point >>= 6)
		out[i] = (char)(0x80 | (point & 0x3f));
	out[0] = (char)(leads[width] | point);
	return width;
}

static void test_utf8_points(struct tap *tap)
{
	unsigned wrong = 0;

	for (uint32_t point = 0; point < 0x110000; point++) {
		char b[4], put[4];
		const size_t width = encode(point, b);
		const bool surrogate = point >= 0xd800 && point < 0xe000;
		uint32_t got = 0;

		wrong += utf8_next(b, width, &got) != (surrogate ? 0 : width) || (!surrogate && got != point);
		wrong += utf8_put(point, put) != width || memcmp(put, b, width) != 0;
	}
	OK(tap, wrong == 0, "every code point but the surrogates, and all are written");
}

static void test_memory(struct tap *tap)
{
	volatile size_t huge = SIZE_MAX;
	void *items = NULL;
	void *same;
	size_t capacity = 0;
	char *copy = memory_text("a\0b", 3);
	char *empty = memory_text(NULL, 0);

	OK(tap, copy && !memcmp(copy, "a\0b", 4), "a copy has its NUL");
	OK(tap, empty && *empty == '\0', "a copy of nothing");
	free(copy);
	free(empty);
	OK(tap, memory_array(NULL, huge, 2) == NULL && memory_array(NULL, huge / 8 + 1, 8) == NULL, "products are checked");
	OK(tap, memory_room(&items, &capacity, 1, 8) && capacity >= 1 && items, "room for one");
	same = items;
	OK(tap, memory_room(&items, &capacity, capacity, 8) && items == same, "room that is there");
	OK(tap, !memory_room(&items, &capacity, huge / 2, 8) && items == same, "no room: nothing changed");
	OK(tap, memory_room(&items, &capacity, 1000, 8) && capacity == 1000, "room for many");
	free(items);
}

static void keep(void *context, const char *line)
{
	buf_text(context, line);
}

static bool yes(void *context)
{
	(void)context;
	return true;
}

static void count_rows(void *context, const struct progress *progress)
{
	*(uint64_t *)context = progress->rows;
}

static void test_messages(struct tap *tap)
{
	struct error error = { 0 };
	struct buf said = { 0 };
	const struct observer observer = { &said, keep, NULL, yes };
	uint64_t rows = 0;
	const struct observer counter = { &rows, NULL, count_rows, NULL };
	const struct progress progress = { "step", 1, 2, 3, false };
	char long_text[3000];

	memset(long_text, 'x', sizeof long_text);
	long_text[sizeof long_text - 1] = '\0';
	OK(tap, error_set(&error, STATUS_SKIP, "%s:%d", "f", 3) == STATUS_SKIP && error.status == STATUS_SKIP &&
		tap_same(error.text, "f:3"), "an error has a status and a text");
	OK(tap, error_set(&error, STATUS_FAILED, "%s", long_text) == STATUS_FAILED && strlen(error.text) == sizeof error.text - 1,
	   "a long one is cut");
	OK(tap, error_memory(&error) == STATUS_FAILED && tap_same(error.text, "out of memory"), "out of memory");
	observer_notice(&observer, "%s", "a notice");
	OK(tap, tap_same(said.data, "a notice"), "a notice is passed on");
	buf_clear(&said);
	observer_notice(&observer, "%s", long_text);
	OK(tap, said.len == 1999, "a long one is cut");
	observer_progress(&counter, &progress);
	OK(tap, rows == 3, "progress is passed on");
	OK(tap, observer_interrupted(&observer) && !observer_interrupted(&counter), "an interrupt is asked for");
	observer_notice(NULL, "x");
	observer_notice(&counter, "x");
	observer_progress(NULL, &progress);
	observer_progress(&observer, &progress);
	OK(tap, !observer_interrupted(NULL), "nobody need listen");
	buf_release(&said);
}

int main(void)
{
	struct tap tap = { 0 };

	test_equal(&tap);
	test_compare(&tap);
	test_trim(&tap);
	test_numbers(&tap);
	test_buf(&tap);
	test_escape(&tap);
	test_hidden(&tap);
	test_text_escape(&tap);
	test_utf8_forms(&tap);
	test_utf8_points(&tap);
	test_memory(&tap);
	test_messages(&tap);
	return tap_done(&tap);
}
