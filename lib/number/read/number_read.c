/* SPDX-License-Identifier: Apache-2.0 */
/* Reading: which of the readings of a text to take, and what it is when there is none. */
#include "number/read/number_read.h"

#include <string.h>

#include "base/text.h"
#include "number/number_choose.h"
#include "number/read/number_damage.h"
#include "number/read/number_several.h"
#include "number/read/number_unwrap.h"
#include "number/read/number_withheld.h"

#define SHORT_DIGITS 6

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void look(struct number_depth *depth, size_t digits)
{
	if (depth && depth->digits < digits)
		depth->digits = digits;
}

/* A number without its class: withheld, or no number after all. */
static void drop(struct reading *out, enum number_class class)
{
	out->number = (struct number){ .status = NUMBER_NOT_A_NUMBER };
	out->class = class;
	out->rule = out->other_rule = NUMBER_RULE_NONE;
	out->e164 = out->other = 0;
	out->unknown_code = out->unsure = false;
}

/* ANONYMOUS and its like, spelt on a keypad: behind a plus, alone, or behind an international prefix. Alone the shorter
 * ones may be local numbers. */
static bool is_spelling(const struct number_text *text, const struct number *number, struct number_depth *depth)
{
	const size_t before = text->len > number->digits_len ? text->len - number->digits_len : 0;

	if (depth) {
		look(depth, number_withheld_depth(text->digits, text->len));
		if (before && number->digits_len)
			look(depth, before + number_withheld_depth(number->digits, number->digits_len));
	}
	if ((text->plus || text->len > 8) && number_withheld_digits(text->digits, text->len))
		return true;
	return before && number_withheld_digits(number->digits, number->digits_len);
}

static void read_digits(const struct numplan *plan, const struct number_text *text, struct number_manner manner,
	struct reading *out, struct number_depth *depth)
{
	number_choose(plan, text, manner, out, depth);
	if ((out->class != NUMBER_CLASS_NUMBER || text->plus) && is_spelling(text, &out->number, depth))
		drop(out, NUMBER_CLASS_WITHHELD);
}

/* A few digits and marks of a keypad, nothing else: *60, 15, #31#. Not the placeholders 0 and -1. */
static bool is_short_code(struct text text)
{
	size_t digits = 0;

	if (text_is(text, "0") || text_is(text, "-1"))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (is_digit(text.data[i]))
			digits++;
		else if (!memchr("*#-. ()", text.data[i], 7))
			return false;
	}
	return digits >= 1 && digits <= SHORT_DIGITS;
}

/* Letters that are glued to the digits behind them make a name of them: u10233, acct-7. A label stands apart: "Tel: 020". */
static bool is_name(struct text text)
{
	size_t digit = 0, letter;

	while (digit < text.len && !is_digit(text.data[digit]) && text.data[digit] != '+')
		digit++;
	for (letter = digit; letter > 0 && !is_letter(text.data[letter - 1]) && text.data[letter - 1] != '_';)
		letter--;
	if (digit == text.len || letter == 0)
		return false;
	for (size_t i = letter; i < digit; i++)
		if (text.data[i] == ' ' || text.data[i] == ':' || text.data[i] == '=')
			return false;
	return true;
}

static bool begins_with_letter(struct text text)
{
	for (size_t i = 0; i < text.len && !is_digit(text.data[i]); i++)
		if (is_letter(text.data[i]))
			return true;
	return false;
}

static bool has_letter(struct text text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_letter(text.data[i]))
			return true;
	return false;
}

/* Four groups of digits with full stops between: an address, unless the plan knows the number. */
static bool looks_like_address(struct text text)
{
	size_t stops = 0, run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = is_digit(text.data[i]) ? run + 1 : 0;
		if (run > 3 || (run == 0 && (text.data[i] != '.' || i == 0 || !is_digit(text.data[i - 1]))))
			return false;
		stops += run == 0;
	}
	return stops == 3 && run > 0;
}

/* What the plan does not know needs to look like nothing but a number. */
static void doubt(struct text text, const struct number_text *digits, struct reading *out)
{
	bool lettered = has_letter(text) && (!digits->extension || digits->keypad || begins_with_letter(text));

	if (out->class != NUMBER_CLASS_NUMBER && out->class != NUMBER_CLASS_WITHHELD && (lettered || looks_like_address(text)))
		drop(out, NUMBER_CLASS_NON_NUMBER);
}

/* The text is that of a number, if of anything. */
static void read_number(const struct numplan *plan, struct text text, struct number_manner manner, struct reading *out)
{
	struct number_text digits;

	if (text.len && text.data[text.len - 1] == '#' && !is_short_code(text))
		text.len--;
	number_text_read(text.data, text.len, &digits);
	if (digits.viable) {
		out->flags |= (digits.keypad ? NUMBER_FLAG_KEYPAD : 0u) | (digits.extension ? NUMBER_FLAG_EXTENSION : 0u);
		read_digits(plan, &digits, manner, out, NULL);
		doubt(text, &digits, out);
	} else if (is_short_code(text)) {
		out->class = NUMBER_CLASS_SHORT_CODE;
	}
	if (out->rule == NUMBER_RULE_NONE)
		return;
	if (out->flags & NUMBER_FLAG_TECH_PREFIX)
		out->rule = NUMBER_RULE_TECH_PREFIX;
}

static void clear(struct reading *out)
{
	out->rule = NUMBER_RULE_NONE;
	out->e164 = out->other = 0;
	out->other_rule = NUMBER_RULE_NONE;
	out->flags = 0;
	out->unknown_code = out->unsure = false;
}

/* What is no number as a whole may be one with something behind it. */
static void read_without_tail(const struct numplan *plan, struct text text, struct number_manner manner, struct reading *out)
{
	const unsigned words = number_unwrap_words(&text) ? NUMBER_FLAG_NAME : 0;
	const unsigned tones = number_unwrap_tones(&text) ? NUMBER_FLAG_EXTENSION : 0;
	struct reading reading;

	if (!words && !tones)
		return;
	clear(&reading);
	reading.number = (struct number){ .status = NUMBER_NOT_A_NUMBER };
	reading.class = NUMBER_CLASS_NON_NUMBER;
	reading.flags = (out->flags & ~(unsigned)(NUMBER_FLAG_KEYPAD | NUMBER_FLAG_EXTENSION)) | words | tones;
	read_number(plan, text, manner, &reading);
	if (reading.e164 || reading.class == NUMBER_CLASS_SHORT_CODE)
		*out = reading;
}

/* Spreadsheet damage and prefixes, then the number. */
static void read_unwrapped(const struct numplan *plan, struct unwrapped *unwrapped, struct number_manner manner,
	struct reading *out)
{
	struct text text = unwrapped->text;
	char digits[32];
	size_t count;

	switch (number_damage_exponent(text, digits, &count)) {
	case NUMBER_EXPONENT_LOSSY:
		out->class = NUMBER_CLASS_LOSSY;
		out->flags |= NUMBER_FLAG_SPREADSHEET;
		return;
	case NUMBER_EXPONENT_EXACT:
		text = (struct text){ digits, count };
		out->flags |= NUMBER_FLAG_SPREADSHEET;
		break;
	case NUMBER_EXPONENT_NONE:
		break;
	}
	if (number_damage_unfloat(&text))
		out->flags |= NUMBER_FLAG_SPREADSHEET;
	while (number_unwrap_prefix(&text))
		out->flags |= NUMBER_FLAG_TECH_PREFIX;
	if (is_name(text))
		return;
	read_number(plan, text, manner, out);
	if (out->class != NUMBER_CLASS_NUMBER && out->class != NUMBER_CLASS_WITHHELD)
		read_without_tail(plan, text, manner, out);
	if (out->rule == NUMBER_RULE_PLUS && unwrapped->context)
		out->rule = NUMBER_RULE_CONTEXT;
}

/* Everything that is not plain digits. */
static void read_wrapped(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	struct reading *out)
{
	struct unwrapped unwrapped;

	number_unwrap(text, len, &unwrapped);
	out->flags = unwrapped.flags;
	if (number_withheld_words(unwrapped.text) || (unwrapped.text.len == 0 && number_withheld_words(unwrapped.name)))
		out->class = NUMBER_CLASS_WITHHELD;
	else if (unwrapped.text.len > 0)
		read_unwrapped(plan, &unwrapped, manner, out);
	else if (!(out->flags & ~(unsigned)(NUMBER_FLAG_NAME | NUMBER_FLAG_QUOTES | NUMBER_FLAG_INVISIBLE)))
		out->class = NUMBER_CLASS_ABSENT;
}

void number_read_digits(const struct numplan *plan, const struct number_text *text, struct number_manner manner,
	struct reading *out, struct number_depth *depth)
{
	clear(out);
	read_digits(plan, text, manner, out, depth);
}

/* Whether a text is several numbers, or one several times, which is then read. */
static bool read_several(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	struct reading *out)
{
	uint64_t e164[NUMBER_SEVERAL_MOST];
	struct text once;

	if (number_several(plan, text, len, manner, e164, &once))
		drop(out, NUMBER_CLASS_SEVERAL);
	else if (once.len)
		number_read_in(plan, once.data, once.len, manner, out);
	else
		return false;
	return true;
}

void number_read_in(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	struct reading *out)
{
	struct number_text digits;

	clear(out);
	if (number_text_plain(text, len, &digits) && (digits.len + digits.plus == len || !memchr(text, '.', len))) {
		read_digits(plan, &digits, manner, out, NULL);
		if (digits.len >= NUMBER_SEVERAL_DIGITS && out->class != NUMBER_CLASS_NUMBER)
			(void)read_several(plan, text, len, manner, out);
		return;
	}
	out->number = (struct number){ .status = NUMBER_NOT_A_NUMBER };
	out->class = len ? NUMBER_CLASS_NON_NUMBER : NUMBER_CLASS_ABSENT;
	if (len && len <= NUMBER_TEXT_MAX && !read_several(plan, text, len, manner, out))
		read_wrapped(plan, text, len, manner, out);
}

void number_read(const struct numplan *plan, const char *text, size_t len, int region, struct reading *out)
{
	number_read_in(plan, text, len, (struct number_manner){ region, NULL, NUMBER_BARE_ANY }, out);
}

const char *number_class_name(enum number_class class)
{
	static const char *const names[] = { "absent", "number", "invalid", "short-code", "too-long", "lossy", "withheld",
		"non-number", "several" };

	return names[class];
}

const char *number_rule_name(enum number_rule rule)
{
	static const char *const names[] = { "", "plus", "idd", "national", "own-code", "bare-international", "context",
		"tech-prefix", "country" };

	return names[rule];
}

const char *number_bare_name(enum number_bare bare)
{
	static const char *const names[] = { "any", "own-code", "national", "international" };

	return (size_t)bare < sizeof(names) / sizeof(names[0]) ? names[bare] : NULL;
}

bool number_bare_find(const char *name, size_t len, enum number_bare *bare)
{
	const struct text text = { name, len };

	*bare = NUMBER_BARE_ANY;
	while (len && number_bare_name(*bare) && !text_is(text, number_bare_name(*bare)))
		*bare = (enum number_bare)(*bare + 1);
	return number_bare_name(*bare) != NULL;
}
