/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the text layer of numbers: any bytes to digits. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "number/read/number_extension.h"
#include "number/read/number_symbols.h"
#include "number/read/number_text.h"

static bool same(const struct number_text *a, const struct number_text *b)
{
	return a->viable == b->viable && a->plus == b->plus && a->keypad == b->keypad && a->extension == b->extension &&
		a->len == b->len && !memcmp(a->digits, b->digits, a->len);
}

static void check_digits(const struct number_text *text)
{
	FUZZ_MUST(text->len <= NUMBER_TEXT_DIGITS);
	for (size_t i = 0; i < text->len; i++)
		FUZZ_MUST(text->digits[i] >= '0' && text->digits[i] <= '9');
	FUZZ_MUST(!text->viable || text->len >= 2 || text->keypad || text->extension);
	FUZZ_MUST(text->viable || (!text->plus && !text->keypad && !text->extension && text->len == 0));
}

/* A letter in front is dropped, but sends the text the long way: both ways must agree. */
static void check_ways(const char *raw, size_t size, const struct number_text *text)
{
	struct number_text plain, exact;
	char longer[NUMBER_TEXT_DIGITS + 1] = "a";

	if (!number_text_plain(raw, size, &plain))
		return;
	memcpy(longer + 1, raw, size);
	number_text_read(longer, size + 1, &exact);
	FUZZ_MUST(same(&plain, text) && same(&plain, &exact));
}

/* The first place where an extension begins is one where an extension begins, and there is none before it. */
static void check_extension(const char *raw, size_t size)
{
	struct symbols symbols;
	size_t first;

	symbols_extract(&symbols, raw, size);
	FUZZ_MUST(symbols.len <= size);
	first = extension_first(symbols.at, symbols.len);
	FUZZ_MUST(first <= symbols.len);
	if (first == symbols.len) {
		FUZZ_MUST(!extension_within(symbols.at, symbols.len, 0, symbols.len));
		return;
	}
	FUZZ_MUST(extension_within(symbols.at, symbols.len, first, first));
	FUZZ_MUST(first == 0 || !extension_within(symbols.at, symbols.len, 0, first - 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *raw = size ? (const char *)data : "";
	struct number_text text;

	number_text_read(raw, size, &text);
	check_digits(&text);
	check_ways(raw, size, &text);
	if (size <= NUMBER_TEXT_MAX)
		check_extension(raw, size);
	return 0;
}
