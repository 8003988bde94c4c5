/* SPDX-License-Identifier: Apache-2.0 */
/* Strings of JSON of every byte and of code points that act; numbers by their grammar. */
#include "base/json.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(literal) { literal, sizeof(literal) - 1 }

static struct tap tap;

static void is_string(struct text text, const char *recorded, const char *shown)
{
	struct buf out = { 0 };

	json_string(&out, text);
	OK(&tap, text_is(buf_view(&out), recorded), "recorded: %s", recorded);
	buf_clear(&out);
	json_string_shown(&out, text);
	OK(&tap, text_is(buf_view(&out), shown), "shown: %s", shown);
	buf_release(&out);
}

static void test_strings(void)
{
	static const struct {
		struct text text;
		const char *recorded, *shown;
	} samples[] = {
		{ BYTES(""), "\"\"", "\"\"" },
		{ { NULL, 0 }, "\"\"", "\"\"" },
		{ BYTES("a\"b\\c/"), "\"a\\\"b\\\\c/\"", "\"a\\\"b\\\\c/\"" },
		{ BYTES("\0\n\x1f"), "\"\\u0000\\u000a\\u001f\"", "\"\\u0000\\u000a\\u001f\"" },
		{ BYTES("\x7f"), "\"\\u007f\"", "\"\\u007f\"" },
		{ BYTES("\xc2\x9b"), "\"\xc2\x9b\"", "\"\\u009b\"" },
		{ BYTES("\xe2\x80\xae" "x"), "\"\xe2\x80\xae" "x\"", "\"\\u202ex\"" },
		{ BYTES("\xe2\x81\xa6"), "\"\xe2\x81\xa6\"", "\"\\u2066\"" },
		{ BYTES("\xef\xbb\xbf"), "\"\xef\xbb\xbf\"", "\"\\ufeff\"" },
		{ BYTES("\xd8\x9c"), "\"\xd8\x9c\"", "\"\\u061c\"" },
		{ BYTES("\xf3\xa0\x80\x81"), "\"\xf3\xa0\x80\x81\"", "\"\\udb40\\udc01\"" },
		{ BYTES("caf\xc3\xa9 \xf0\x9f\x98\x80"), "\"caf\xc3\xa9 \xf0\x9f\x98\x80\"",
		  "\"caf\xc3\xa9 \xf0\x9f\x98\x80\"" },
		{ BYTES("\xff\xc3"), "\"\\\\xff\\\\xc3\"", "\"\\\\xff\\\\xc3\"" },
		{ BYTES("\xed\xa0\x80"), "\"\\\\xed\\\\xa0\\\\x80\"", "\"\\\\xed\\\\xa0\\\\x80\"" },
		{ BYTES("\xc0\x80"), "\"\\\\xc0\\\\x80\"", "\"\\\\xc0\\\\x80\"" },
	};

	for (size_t i = 0; i < COUNT(samples); i++)
		is_string(samples[i].text, samples[i].recorded, samples[i].shown);
}

/* Whatever is shown, no byte of it acts on a terminal. */
static void test_bytes(void)
{
	bool good = true;

	for (int first = 0; first < 256; first++) {
		for (int second = 0; second < 256; second++) {
			const char bytes[] = { (char)first, (char)second };
			struct buf out = { 0 };

			json_string_shown(&out, (struct text){ bytes, 2 });
			for (size_t i = 0; i < out.len; i++)
				good = good && (unsigned char)out.data[i] >= 0x20 && out.data[i] != 0x7f;
			good = good && out.len >= 3 && out.data[0] == '"' && out.data[out.len - 1] == '"';
			buf_release(&out);
		}
	}
	OK(&tap, good, "any two bytes make a string on one line");
}

static void test_numbers(void)
{
	static const char *const numbers[] = { "0", "-0", "10", "1.50", "1e9", "1.0e+20", "1E-5" };
	static const char *const others[] = { "",   "01", "+1",  "1.",  ".5",  "-",   "1e",
					      "1e+", "1 ", "0x1", "--1", "NaN", "-01", "1.5.2" };
	struct buf out = { 0 };

	for (size_t i = 0; i < COUNT(numbers); i++) {
		buf_clear(&out);
		json_number(&out, text_of(numbers[i]));
		OK(&tap, json_is_number(text_of(numbers[i])) && text_is(buf_view(&out), numbers[i]), "%s", numbers[i]);
	}
	for (size_t i = 0; i < COUNT(others); i++) {
		buf_clear(&out);
		json_number(&out, text_of(others[i]));
		OK(&tap, !json_is_number(text_of(others[i])) && out.data && out.data[0] == '"' &&
				 out.len == strlen(others[i]) + 2, "'%s' is no number", others[i]);
	}
	OK(&tap, !json_is_number((struct text){ NULL, 0 }), "nothing is no number");
	buf_release(&out);
}

int main(void)
{
	test_strings();
	test_bytes();
	test_numbers();
	return tap_done(&tap);
}
