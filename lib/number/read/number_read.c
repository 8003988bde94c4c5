/* SPDX-License-Identifier: Apache-2.0 */
/* Reading: which of the readings of a text to take, and what it is when there is none. */
#include "number/read/number_read.h"

#include <string.h>

#include "base/text.h"
#include "number/read/number_damage.h"
#include "number/read/number_unwrap.h"
#include "number/read/number_withheld.h"

#define SHORT_DIGITS 6
#define E164_DIGITS 15

static const enum number_rule rules[] = {
	[NUMBER_ORIGIN_NATIONAL] = NUMBER_RULE_NATIONAL,
	[NUMBER_ORIGIN_PLUS] = NUMBER_RULE_PLUS,
	[NUMBER_ORIGIN_IDD] = NUMBER_RULE_IDD,
	[NUMBER_ORIGIN_OWN_CODE] = NUMBER_RULE_OWN_CODE,
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static uint64_t to_integer(const char *digits, size_t len)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len; i++)
		value = value * 10 + (unsigned)(digits[i] - '0');
	return value;
}

/* Takes the reading in out->number. */
static void take(struct reading *out, enum number_rule rule)
{
	const struct number *number = &out->number;

	out->rule = rule;
	out->class = number->valid ? NUMBER_CLASS_NUMBER : NUMBER_CLASS_INVALID;
	if (number->digits_len > E164_DIGITS)
		out->class = NUMBER_CLASS_TOO_LONG;
	else
		out->e164 = to_integer(number->digits, number->digits_len);
}

static void look(struct number_depth *depth, size_t digits)
{
	if (depth && depth->digits < digits)
		depth->digits = digits;
}

/* The digits as if a plus stood before them; no valid or possible reading leaves number alone. */
static bool read_bare(const struct numplan *plan, const struct number_text *text, struct number *number,
	struct number_depth *depth)
{
	struct number_text bare;
	enum number_origin origin;

	if (text->plus || text->keypad || text->len <= SHORT_DIGITS)
		return false;
	look(depth, 1);
	if (text->digits[0] == '0')
		return false;
	bare = *text;
	bare.plus = true;
	number_resolve(plan, &bare, 0, number, &origin, depth);
	return number->possible || number->valid;
}

/* The first valid reading, else the first possible one, else what the text is without one. */
static void take_readings(const struct numplan *plan, const struct number_text *text, int region, struct reading *out,
	struct number_depth *depth)
{
	enum number_origin origin;
	struct number bare;
	bool has_bare;

	number_resolve(plan, text, region, &out->number, &origin, depth);
	if (out->number.valid) {
		take(out, rules[origin]);
		return;
	}
	if (!text->plus && text->len <= SHORT_DIGITS) {
		out->class = NUMBER_CLASS_SHORT_CODE;
		return;
	}
	has_bare = read_bare(plan, text, &bare, depth);
	if (has_bare && (bare.valid || !out->number.possible)) {
		out->number = bare;
		take(out, NUMBER_RULE_BARE_INTERNATIONAL);
	} else if (out->number.possible) {
		take(out, rules[origin]);
	} else {
		out->class = text->len > E164_DIGITS ? NUMBER_CLASS_TOO_LONG : NUMBER_CLASS_INVALID;
		out->unknown_code = out->number.status == NUMBER_INVALID_COUNTRY_CODE && (text->plus || region != 0);
	}
}

/* A number without its class: withheld, or no number after all. */
static void drop(struct reading *out, enum number_class class)
{
	out->number = (struct number){ .status = NUMBER_NOT_A_NUMBER };
	out->class = class;
	out->rule = NUMBER_RULE_NONE;
	out->e164 = 0;
	out->unknown_code = false;
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

static void read_digits(const struct numplan *plan, const struct number_text *text, int region, struct reading *out,
	struct number_depth *depth)
{
	take_readings(plan, text, region, out, depth);
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
static void read_number(const struct numplan *plan, struct text text, int region, struct reading *out)
{
	struct number_text digits;

	if (text.len && text.data[text.len - 1] == '#' && !is_short_code(text))
		text.len--;
	number_text_read(text.data, text.len, &digits);
	if (digits.viable) {
		out->flags |= (digits.keypad ? NUMBER_FLAG_KEYPAD : 0u) | (digits.extension ? NUMBER_FLAG_EXTENSION : 0u);
		read_digits(plan, &digits, region, out, NULL);
		doubt(text, &digits, out);
	} else if (is_short_code(text)) {
		out->class = NUMBER_CLASS_SHORT_CODE;
	}
	if (out->rule == NUMBER_RULE_NONE)
		return;
	if (out->flags & NUMBER_FLAG_TECH_PREFIX)
		out->rule = NUMBER_RULE_TECH_PREFIX;
}

/* Spreadsheet damage and prefixes, then the number. */
static void read_unwrapped(const struct numplan *plan, struct unwrapped *unwrapped, int region, struct reading *out)
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
	read_number(plan, text, region, out);
	if (out->rule == NUMBER_RULE_PLUS && unwrapped->context)
		out->rule = NUMBER_RULE_CONTEXT;
}

/* Everything that is not plain digits. */
static void read_wrapped(const struct numplan *plan, const char *text, size_t len, int region, struct reading *out)
{
	struct unwrapped unwrapped;

	number_unwrap(text, len, &unwrapped);
	out->flags = unwrapped.flags;
	if (number_withheld_words(unwrapped.text) || (unwrapped.text.len == 0 && number_withheld_words(unwrapped.name)))
		out->class = NUMBER_CLASS_WITHHELD;
	else if (unwrapped.text.len > 0)
		read_unwrapped(plan, &unwrapped, region, out);
	else if (!(out->flags & ~(unsigned)(NUMBER_FLAG_NAME | NUMBER_FLAG_QUOTES | NUMBER_FLAG_INVISIBLE)))
		out->class = NUMBER_CLASS_ABSENT;
}

static void clear(struct reading *out)
{
	out->rule = NUMBER_RULE_NONE;
	out->e164 = 0;
	out->flags = 0;
	out->unknown_code = false;
}

void number_read_digits(const struct numplan *plan, const struct number_text *text, int region, struct reading *out,
	struct number_depth *depth)
{
	clear(out);
	read_digits(plan, text, region, out, depth);
}

void number_read(const struct numplan *plan, const char *text, size_t len, int region, struct reading *out)
{
	struct number_text digits;

	clear(out);
	if (number_text_plain(text, len, &digits) && (digits.len + digits.plus == len || !memchr(text, '.', len))) {
		read_digits(plan, &digits, region, out, NULL);
		return;
	}
	out->number = (struct number){ .status = NUMBER_NOT_A_NUMBER };
	out->class = len ? NUMBER_CLASS_NON_NUMBER : NUMBER_CLASS_ABSENT;
	if (len && len <= NUMBER_TEXT_MAX)
		read_wrapped(plan, text, len, region, out);
}

const char *number_class_name(enum number_class class)
{
	static const char *const names[] = { "absent", "number", "invalid", "short-code", "too-long", "lossy", "withheld",
		"non-number" };

	return names[class];
}

const char *number_rule_name(enum number_rule rule)
{
	static const char *const names[] = { "", "plus", "idd", "national", "own-code", "bare-international", "context",
		"tech-prefix" };

	return names[rule];
}
