/* SPDX-License-Identifier: Apache-2.0 */
/* The text layer: which part of a text is the number, whether it looks like one, and its digits. */
#include "number/read/number_text.h"

#include <stdint.h>
#include <string.h>

#include "number/read/number_extension.h"
#include "number/read/number_symbols.h"

/* Where the word first occurs in raw[from..len), or len. */
static size_t find(const char *raw, size_t from, size_t len, const char *word)
{
	size_t word_len = strlen(word);

	while (from + word_len <= len) {
		const char *hit = memchr(raw + from, word[0], len - from - word_len + 1);

		if (!hit)
			break;
		from = (size_t)(hit - raw);
		if (!memcmp(hit, word, word_len))
			return from;
		from++;
	}
	return len;
}

/* RFC 3966: a context of digits goes in front of the number, which stands between "tel:" and the context. When "tel:"
 * comes after the context, all that follows it is taken, as libphonenumber does. */
static void read_context(struct symbols *symbols, const char *raw, size_t len, size_t context)
{
	static const char tel[] = "tel:";
	char joined[2 * NUMBER_TEXT_MAX];
	size_t value = context + strlen(";phone-context="), used = 0, start;

	if (value + 1 < len && raw[value] == '+') {
		used = find(raw, value, len, ";") - value;
		memcpy(joined, raw + value, used);
	}
	start = find(raw, 0, len, tel);
	start = start < len ? start + strlen(tel) : 0;
	if (start > context)
		context = len;
	memcpy(joined + used, raw + start, context - start);
	symbols->len = 0;
	symbols_add(symbols, joined, used + context - start);
}

/* Keeps what stands before the last slash, blanks and 'x' of the first line that has them: a second number. */
static void cut_second_number(struct symbols *symbols)
{
	size_t line = 0, slash = SIZE_MAX, cut = SIZE_MAX;

	for (size_t i = 0; i < symbols->len; i++) {
		uint8_t symbol = symbols->at[i];

		if (symbol == SYMBOL_LINE_END) {
			if (cut != SIZE_MAX)
				break;
			line = i + 1;
		}
		if (symbol == 'x' && slash != SIZE_MAX)
			cut = slash;
		if (symbol == '/' || symbol == '\\')
			slash = i;
		else if (symbol != ' ')
			slash = SIZE_MAX;
	}
	if (cut == SIZE_MAX)
		return;
	memmove(symbols->at, symbols->at + line, cut - line);
	symbols->len = cut - line;
}

static void cut_subaddress(struct symbols *symbols)
{
	static const char word[] = ";isub=";
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= symbols->len; i++) {
		if (symbols->at[i] == ';' && !memcmp(symbols->at + i, word, len)) {
			symbols->len = i;
			return;
		}
	}
}

/* Pluses, three digits with anything that separates between them, then digits, separators and letters, and at the end
 * perhaps an extension; or just two digits. */
static bool is_viable(const uint8_t *at, size_t len)
{
	size_t place = 0, body;

	if (len == 2 && symbol_digit(at[0]) >= 0 && symbol_digit(at[1]) >= 0)
		return true;
	while (place < len && at[place] == '+')
		place++;
	for (int digits = 0; digits < 3; digits++) {
		while (place < len && symbol_separates(at[place]))
			place++;
		if (place == len || symbol_digit(at[place]) < 0)
			return false;
		place++;
	}
	for (body = place; body < len; body++)
		if (!symbol_separates(at[body]) && symbol_digit(at[body]) < 0 && !symbol_is_letter(at[body]))
			break;
	return body == len || extension_within(at, len, place, body);
}

static void cut_extension(struct symbols *symbols, struct number_text *out)
{
	size_t start = extension_first(symbols->at, symbols->len);

	if (start < symbols->len && is_viable(symbols->at, start)) {
		symbols->len = start;
		out->extension = true;
	}
}

/* The digit on which a letter stands on a telephone's keys; other symbols but ASCII digits give -1. */
static int keypad_digit(uint8_t symbol)
{
	static const char keys[] = "22233344455566677778889999";

	if (symbol >= '0' && symbol <= '9')
		return symbol - '0';
	if (symbol >= 'A' && symbol <= 'Z')
		return keys[symbol - 'A'] - '0';
	return symbol >= 'a' && symbol <= 'z' ? keys[symbol - 'a'] - '0' : -1;
}

static void take_digits(const struct symbols *symbols, struct number_text *out)
{
	size_t letters = 0, marks = 0;

	for (size_t i = 0; i < symbols->len; i++) {
		letters += symbol_is_letter(symbols->at[i]);
		marks += symbol_digit(symbols->at[i]) < 0 && symbols->at[i] != ' ';
	}
	out->alone = marks == 0;
	out->keypad = letters >= 3;
	for (size_t i = 0; i < symbols->len && out->len < NUMBER_TEXT_DIGITS; i++) {
		int digit = out->keypad ? keypad_digit(symbols->at[i]) : symbol_digit(symbols->at[i]);

		if (digit >= 0)
			out->digits[out->len++] = (char)('0' + digit);
	}
}

/* What a byte is in a text of digits and their commonest separators. */
enum { PLAIN_NOT, PLAIN_DIGIT, PLAIN_SEPARATOR, PLAIN_PLUS };

static unsigned plain_kind(char c)
{
	static const uint8_t kinds[128] = { ['0'] = PLAIN_DIGIT, ['1'] = PLAIN_DIGIT, ['2'] = PLAIN_DIGIT,
		['3'] = PLAIN_DIGIT, ['4'] = PLAIN_DIGIT, ['5'] = PLAIN_DIGIT, ['6'] = PLAIN_DIGIT, ['7'] = PLAIN_DIGIT,
		['8'] = PLAIN_DIGIT, ['9'] = PLAIN_DIGIT, [' '] = PLAIN_SEPARATOR, ['-'] = PLAIN_SEPARATOR,
		['.'] = PLAIN_SEPARATOR, ['('] = PLAIN_SEPARATOR, [')'] = PLAIN_SEPARATOR, ['+'] = PLAIN_PLUS };

	return (unsigned char)c < 128 ? kinds[(unsigned char)c] : PLAIN_NOT;
}

bool number_text_plain(const char *raw, size_t len, struct number_text *out)
{
	size_t at = 0, count = 0;
	unsigned marks = 0;

	if (len > NUMBER_TEXT_DIGITS)
		return false;
	while (at < len && plain_kind(raw[at]) == PLAIN_SEPARATOR)
		marks |= raw[at++] != ' ';
	out->plus = at < len && raw[at] == '+';
	while (at < len && raw[at] == '+')
		at++;
	for (; at < len; at++) {
		unsigned kind = plain_kind(raw[at]);

		if (kind != PLAIN_DIGIT && kind != PLAIN_SEPARATOR)
			return false;
		out->digits[count] = raw[at];
		count += kind == PLAIN_DIGIT;
		marks |= kind == PLAIN_SEPARATOR && raw[at] != ' ';
	}
	out->len = count;
	out->viable = true;
	out->keypad = out->extension = false;
	out->alone = !marks && !out->plus;
	return count >= 3;
}

static void read_exactly(const char *raw, size_t len, struct number_text *out)
{
	struct symbols symbols;
	size_t context;

	context = find(raw, 0, len, ";phone-context=");
	if (context < len) {
		read_context(&symbols, raw, len, context);
	} else {
		symbols_extract(&symbols, raw, len);
		cut_second_number(&symbols);
	}
	cut_subaddress(&symbols);
	if (!is_viable(symbols.at, symbols.len))
		return;
	out->viable = true;
	out->plus = symbols.at[0] == '+';
	cut_extension(&symbols, out);
	take_digits(&symbols, out);
}

void number_text_read(const char *raw, size_t len, struct number_text *out)
{
	if (number_text_plain(raw, len, out))
		return;
	*out = (struct number_text){ .viable = false };
	if (len <= NUMBER_TEXT_MAX)
		read_exactly(raw, len, out);
}
