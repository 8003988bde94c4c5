/* SPDX-License-Identifier: Apache-2.0 */
/* The characters of a text as symbols. */
#include "number/read/number_symbols.h"

#include "base/utf8.h"
#include "number/read/number_unicode.h"

struct pair {
	uint32_t point;
	uint8_t symbol;
};

/* Characters beyond ASCII that mean something, but digits and the ranges below. */
static const struct pair pairs[] = {
	{ 0x85, SYMBOL_LINE_END }, { 0xa0, SYMBOL_NBSP }, { 0xad, SYMBOL_PUNCTUATION }, { 0xd3, SYMBOL_O_ACUTE },
	{ 0xf3, SYMBOL_O_ACUTE }, { 0x17f, SYMBOL_LONG_S }, { 0x301, SYMBOL_ACUTE }, { 0x411, SYMBOL_BE },
	{ 0x414, SYMBOL_DE }, { 0x41e, SYMBOL_O }, { 0x431, SYMBOL_BE }, { 0x434, SYMBOL_DE }, { 0x43e, SYMBOL_O },
	{ 0x1c81, SYMBOL_DE }, { 0x1c82, SYMBOL_O }, { 0x200b, SYMBOL_PUNCTUATION }, { 0x2028, SYMBOL_LINE_END },
	{ 0x2029, SYMBOL_LINE_END }, { 0x2053, SYMBOL_PUNCTUATION }, { 0x2060, SYMBOL_PUNCTUATION },
	{ 0x212a, SYMBOL_KELVIN }, { 0x2212, SYMBOL_PUNCTUATION }, { 0x223c, SYMBOL_PUNCTUATION },
	{ 0x3000, SYMBOL_PUNCTUATION }, { 0x30fc, SYMBOL_PUNCTUATION }, { 0xff03, SYMBOL_WIDE_HASH },
	{ 0xff08, SYMBOL_PUNCTUATION }, { 0xff09, SYMBOL_PUNCTUATION }, { 0xff0b, '+' }, { 0xff0d, SYMBOL_PUNCTUATION },
	{ 0xff0e, SYMBOL_WIDE_STOP }, { 0xff0f, SYMBOL_PUNCTUATION }, { 0xff25, SYMBOL_WIDE_E },
	{ 0xff29, SYMBOL_WIDE_I }, { 0xff2e, SYMBOL_WIDE_N }, { 0xff34, SYMBOL_WIDE_T }, { 0xff38, SYMBOL_WIDE_X },
	{ 0xff3b, SYMBOL_PUNCTUATION }, { 0xff3d, SYMBOL_PUNCTUATION }, { 0xff45, SYMBOL_WIDE_E },
	{ 0xff49, SYMBOL_WIDE_I }, { 0xff4e, SYMBOL_WIDE_N }, { 0xff54, SYMBOL_WIDE_T }, { 0xff58, SYMBOL_WIDE_X },
	{ 0xff5e, SYMBOL_WIDE_TILDE },
};

static uint8_t symbol_of_ascii(uint32_t point)
{
	if (point >= 0x0a && point <= 0x0d)
		return SYMBOL_LINE_END;
	return point == '\t' || (point >= 0x20 && point < 0x7f) ? (uint8_t)point : SYMBOL_OTHER;
}

static uint8_t symbol_of(uint32_t point)
{
	int digit;

	if (point < 0x80)
		return symbol_of_ascii(point);
	if (point >= 0x2010 && point <= 0x2015)
		return SYMBOL_PUNCTUATION;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]) && pairs[i].point <= point; i++)
		if (pairs[i].point == point)
			return pairs[i].symbol;
	digit = number_unicode_digit(point);
	return digit < 0 ? SYMBOL_OTHER : (uint8_t)(SYMBOL_DIGIT + digit);
}

int symbol_digit(uint8_t symbol)
{
	if (symbol >= '0' && symbol <= '9')
		return symbol - '0';
	return symbol >= SYMBOL_DIGIT && symbol < SYMBOL_DIGIT + 10 ? symbol - SYMBOL_DIGIT : -1;
}

uint8_t symbol_fold(uint8_t symbol)
{
	if (symbol >= 'A' && symbol <= 'Z')
		return (uint8_t)(symbol + ('a' - 'A'));
	if (symbol == SYMBOL_LONG_S)
		return 's';
	return symbol == SYMBOL_KELVIN ? 'k' : symbol;
}

bool symbol_is_letter(uint8_t symbol)
{
	uint8_t folded = symbol_fold(symbol);

	return folded >= 'a' && folded <= 'z';
}

bool symbol_separates(uint8_t symbol)
{
	switch (symbol) {
	case '-': case 'x': case 'X': case ' ': case '(': case ')': case '.': case '[': case ']': case '/': case '~':
	case '*': case SYMBOL_NBSP: case SYMBOL_PUNCTUATION: case SYMBOL_WIDE_STOP:
		return true;
	default:
		return false;
	}
}

void symbols_add(struct symbols *symbols, const char *raw, size_t len)
{
	for (size_t at = 0; at < len && symbols->len < SYMBOLS_MAX;) {
		uint32_t point;
		size_t step = utf8_next(raw + at, len - at, &point);

		symbols->at[symbols->len++] = step ? symbol_of(point) : SYMBOL_OTHER;
		at += step ? step : 1;
	}
}

/* What ICU and libphonenumber accept in interchange. */
static bool interchangeable(uint32_t point)
{
	if (point < 0x20)
		return point == 0x09 || point == 0x0a || point == 0x0c || point == 0x0d;
	if (point >= 0x7f && point <= 0x9f)
		return false;
	return !(point >= 0xfdd0 && point <= 0xfdef) && (point & 0xfffe) != 0xfffe;
}

void symbols_extract(struct symbols *symbols, const char *raw, size_t len)
{
	size_t kept = 0;

	symbols->len = 0;
	for (size_t at = 0, step; at < len; at += step) {
		uint32_t point;
		uint8_t symbol;

		step = utf8_next(raw + at, len - at, &point);
		if (step == 0 || !interchangeable(point) || symbols->len == SYMBOLS_MAX) {
			symbols->len = 0;
			return;
		}
		symbol = symbol_of(point);
		if (symbols->len == 0 && symbol != '+' && symbol_digit(symbol) < 0)
			continue;
		symbols->at[symbols->len++] = symbol;
		if (point == '#' || number_unicode_letter_or_number(point))
			kept = symbols->len;
	}
	symbols->len = kept;
}
