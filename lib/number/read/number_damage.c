/* SPDX-License-Identifier: Apache-2.0 */
/* Spreadsheet damage: numbers kept as formulas, floats, and rounded to an exponent. */
#include "number/read/number_damage.h"

#include <string.h>

#define DIGITS_MAX 31

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool number_damage_unquote(struct text *text)
{
	if (text->len >= 3 && text->data[0] == '=' && text->data[1] == '"' && text->data[text->len - 1] == '"') {
		*text = (struct text){ text->data + 2, text->len - 3 };
		return true;
	}
	if (text->len >= 2 && text->data[0] == '\'') {
		*text = (struct text){ text->data + 1, text->len - 1 };
		return true;
	}
	return false;
}

/* Digits, a point or comma, zeros. A float has no leading zero, and few digits with many zeros are a number written with
 * a full stop: 555.0000. */
bool number_damage_unfloat(struct text *text)
{
	size_t at = text->len && text->data[0] == '+', start = at, whole, zeros;

	while (at < text->len && is_digit(text->data[at]))
		at++;
	whole = at - start;
	if (whole == 0 || text->data[start] == '0' || at == text->len || (text->data[at] != '.' && text->data[at] != ','))
		return false;
	zeros = text->len - at - 1;
	if (zeros == 0 || (zeros > 2 && whole < 8))
		return false;
	for (size_t i = at + 1; i < text->len; i++)
		if (text->data[i] != '0')
			return false;
	text->len = at;
	return true;
}

/* The exponent at data[at..len): "E+11", "e11"; 0 when there is none. *sign tells whether it has a plus. */
static unsigned exponent_at(struct text text, size_t at, bool *sign)
{
	unsigned value = 0;
	size_t digits;

	if (at >= text.len || (text.data[at] != 'E' && text.data[at] != 'e'))
		return 0;
	at++;
	*sign = at < text.len && text.data[at] == '+';
	at += *sign;
	digits = text.len - at;
	if (digits == 0 || digits > 3)
		return 0;
	for (; at < text.len; at++) {
		if (!is_digit(text.data[at]))
			return 0;
		value = value * 10 + (unsigned)(text.data[at] - '0');
	}
	return value;
}

enum number_exponent number_damage_exponent(struct text text, char *digits, size_t *count)
{
	size_t at = text.len && text.data[0] == '+', len = 0;
	unsigned exponent;
	bool sign = false, point;

	if (at >= text.len || text.data[at] < '1' || text.data[at] > '9')
		return NUMBER_EXPONENT_NONE;
	digits[len++] = text.data[at++];
	point = at < text.len && (text.data[at] == '.' || text.data[at] == ',');
	at += point;
	for (; point && at < text.len && is_digit(text.data[at]) && len < DIGITS_MAX; at++)
		digits[len++] = text.data[at];
	exponent = exponent_at(text, at, &sign);
	if (exponent == 0 || (!point && !sign))
		return NUMBER_EXPONENT_NONE;
	*count = (size_t)exponent + 1;
	if (len < *count)
		return NUMBER_EXPONENT_LOSSY;
	for (size_t i = *count; i < len; i++)
		if (digits[i] != '0')
			return NUMBER_EXPONENT_NONE;
	return NUMBER_EXPONENT_EXACT;
}
