/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts as people write them, taken apart into minus, unit and number. */
#include "base/money/amount_text.h"

#include <string.h>

#include "base/scan.h"

#define PEELS_MOST 4               /* things around a number: with more it is none */

/* Signs of currencies, the longer before those that they end with or begin with. One that several have names them all. */
static const struct {
	const char *sign;
	const char *codes;         /* the first is meant where the others are not named; with a * none is */
} signs[] = {
	{ "US$", "USD" }, { "CA$", "CAD" }, { "AU$", "AUD" }, { "NZ$", "NZD" }, { "HK$", "HKD" }, { "SG$", "SGD" },
	{ "NT$", "TWD" }, { "MX$", "MXN" }, { "R$", "BRL" }, { "C$", "CAD NIO" }, { "A$", "AUD" }, { "S$", "SGD" },
	{ "$", "* USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU DOP JMD TTD BBD BSD BZD BMD BND KYD FJD GYD LRD NAD SBD SRD XCD" },
	{ "\xc2\xa3", "GBP GIP FKP SHP EGP LBP SYP SDG SSP" },
	{ "\xe2\x82\xac", "EUR" }, { "\xc2\xa5", "* JPY CNY" }, { "\xe2\x82\xbf", "BTC" }, { "\xe2\x82\xb9", "INR" },
	{ "\xe2\x82\xbd", "RUB" }, { "\xe2\x82\xb4", "UAH" }, { "\xe2\x82\xba", "TRY" }, { "\xe2\x82\xa9", "* KRW KPW" },
	{ "\xe2\x82\xaa", "ILS" }, { "\xe2\x82\xa6", "NGN" }, { "\xe2\x82\xab", "VND" }, { "\xe0\xb8\xbf", "THB" },
};

#define SIGNS (sizeof(signs) / sizeof(signs[0]))

static struct text skip(struct text text, size_t bytes)
{
	return (struct text){ text.data + bytes, text.len - bytes };
}

/* ---- what stands around the number ---- */

static bool begins(struct text text, const char *with)
{
	const size_t len = strlen(with);

	return text.len >= len && !memcmp(text.data, with, len);
}

static bool ends(struct text text, const char *with)
{
	const size_t len = strlen(with);

	return text.len >= len && !memcmp(text.data + text.len - len, with, len);
}

/* Without blanks at both ends, the no-break ones too. */
static struct text trim(struct text text)
{
	static const char *const blanks[] = { "\xc2\xa0", "\xe2\x80\xaf" };
	size_t before;

	do {
		before = text.len;
		text = text_trim(text);
		for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
			if (begins(text, blanks[i]))
				text = skip(text, strlen(blanks[i]));
			if (ends(text, blanks[i]))
				text.len -= strlen(blanks[i]);
		}
	} while (text.len < before);
	return text;
}

/* Bytes of a word: ASCII letters, and the micro sign in both its forms. */
static size_t letters_before(struct text text)
{
	size_t len = 0;

	while (len < text.len && (scan_is_letter(text.data[len]) || (len == 0 && (begins(text, "\xc2\xb5") || begins(text, "\xce\xbc")))))
		len += scan_is_letter(text.data[len]) ? 1 : 2;
	return len;
}

static size_t letters_behind(struct text text)
{
	size_t len = 0;

	while (len < text.len && scan_is_letter(text.data[text.len - 1 - len]))
		len++;
	if (len > 0 && (ends((struct text){ text.data, text.len - len }, "\xc2\xb5") ||
			ends((struct text){ text.data, text.len - len }, "\xce\xbc")))
		len += 2;
	return len;
}

static size_t sign_before(struct text text)
{
	for (size_t i = 0; i < SIGNS; i++)
		if (begins(text, signs[i].sign))
			return strlen(signs[i].sign);
	return letters_before(text);
}

static size_t sign_behind(struct text text)
{
	for (size_t i = 0; i < SIGNS; i++)
		if (ends(text, signs[i].sign))
			return strlen(signs[i].sign);
	return letters_behind(text);
}

/* What is left to be read, and what was taken off it. */
struct peel {
	struct text rest;
	struct text unit;
	unsigned minuses, pluses, units;
	bool behind;               /* a minus stood behind */
};

static size_t minus_at(struct text text, bool behind)
{
	static const char *const minuses[] = { "-", "\xe2\x88\x92" };

	for (size_t i = 0; i < sizeof(minuses) / sizeof(minuses[0]); i++)
		if (behind ? ends(text, minuses[i]) : begins(text, minuses[i]))
			return strlen(minuses[i]);
	return 0;
}

/* Takes a minus, a plus or brackets off. */
static bool peel_minus(struct peel *peel)
{
	struct text *rest = &peel->rest;
	const size_t before = minus_at(*rest, false), behind = minus_at(*rest, true);

	if (rest->len >= 2 && rest->data[0] == '(' && rest->data[rest->len - 1] == ')') {
		*rest = (struct text){ rest->data + 1, rest->len - 2 };
		peel->minuses++;
	} else if (before) {
		*rest = skip(*rest, before);
		peel->minuses++;
	} else if (begins(*rest, "+")) {
		*rest = skip(*rest, 1);
		peel->pluses++;
	} else if (behind) {
		rest->len -= behind;
		peel->minuses++;
		peel->behind = true;
	} else {
		return false;
	}
	return true;
}

static bool peel_unit(struct peel *peel)
{
	struct text *rest = &peel->rest;
	const size_t before = sign_before(*rest), behind = before ? 0 : sign_behind(*rest);

	if (before) {
		peel->unit = (struct text){ rest->data, before };
		*rest = skip(*rest, before);
	} else if (behind) {
		rest->len -= behind;
		peel->unit = (struct text){ rest->data + rest->len, behind };
	}
	peel->units += before || behind;
	return before || behind;
}

/* From the outside to the inside, until a number is left. */
static void take_apart(struct peel *peel)
{
	do
		peel->rest = trim(peel->rest);
	while (peel->minuses + peel->pluses + peel->units < PEELS_MOST &&
	       (peel_minus(peel) || peel_unit(peel)));
}

/* ---- the number ---- */

/* Where the only mark of a text is that reads both ways; 0: there is none. */
static size_t either_mark(struct text number)
{
	size_t mark = 0;

	for (size_t i = 0; i < number.len; i++) {
		if (scan_is_digit(number.data[i]))
			continue;
		if ((number.data[i] != '.' && number.data[i] != ',') || i == 0 || mark)
			return 0;
		mark = i;
	}
	return mark >= 1 && mark <= 3 && number.len == mark + 4 && number.data[0] != '0' ? mark : 0;
}

/* Both readings: with the mark as a point, and without it. */
static void read_either(struct text number, size_t mark, enum decimal_mark decimal, struct amount_text *out)
{
	const bool point = number.data[mark] == '.';
	char text[8];
	struct decimal part, whole;

	memcpy(text, number.data, number.len);
	text[mark] = '.';
	(void)decimal_parse(text, number.len, &part);
	memmove(text + mark, text + mark + 1, 3);
	(void)decimal_parse(text, number.len - 1, &whole);
	out->reads = DECIMAL_READS_BOTH;
	/* A point is the decimal one unless the comma is, and a comma is it only then. */
	out->value = (decimal == DECIMAL_MARK_COMMA) == point ? whole : part;
	out->other = (decimal == DECIMAL_MARK_COMMA) == point ? part : whole;
}

/* Which mark the number shows to be the decimal one. */
static unsigned shows(struct text number)
{
	size_t points = 0, commas = 0, point = 0, comma = 0;

	for (size_t i = 0; i < number.len; i++) {
		points += number.data[i] == '.';
		commas += number.data[i] == ',';
		point = number.data[i] == '.' ? i : point;
		comma = number.data[i] == ',' ? i : comma;
	}
	if (points && commas)
		return point > comma ? DECIMAL_READS_POINT : DECIMAL_READS_COMMA;
	if (points > 1 || commas == 1)
		return DECIMAL_READS_COMMA;
	return points == 1 || commas > 1 ? DECIMAL_READS_POINT : 0;
}

static const char *read_number(struct text number, enum decimal_mark mark, struct amount_text *out)
{
	const size_t either = either_mark(number);

	if (either) {
		read_either(number, either, mark, out);
		return NULL;
	}
	out->reads = shows(number);
	return decimal_parse(number.data, number.len, &out->value);
}

static bool is_unit(struct text unit);

const char *amount_text_parse(struct text text, enum decimal_mark mark, struct amount_text *out)
{
	struct peel peel = { .rest = trim(text) };
	struct amount_text read = { .reads = 0 };
	const char *reason;

	if (peel.rest.len == 0)
		return "is empty";
	take_apart(&peel);
	/* `12,-` is no minus. */
	if (peel.rest.len == 0 || (peel.behind && (ends(peel.rest, ",") || ends(peel.rest, "."))) ||
	    (peel.units && !is_unit(peel.unit)))
		return "is not a number";
	if (peel.units > 1)
		return "has more than one unit or code";
	if (peel.minuses + peel.pluses > 1)
		return "has more than one minus or plus";
	if (minus_at(peel.rest, false) || begins(peel.rest, "+"))
		return "is not a number";
	reason = read_number(peel.rest, mark, &read);
	if (reason)
		return reason;
	read.value.negative = peel.minuses > 0 && read.value.mantissa;
	read.other.negative = peel.minuses > 0;
	read.unit = peel.unit;
	*out = read;
	return NULL;
}

/* ---- units ---- */

/* Whether a code is one of a list. */
static bool is_among(const char *codes, const char *code)
{
	const size_t len = strlen(code);

	for (const char *at = codes; (at = strstr(at, code)) != NULL; at += len)
		if ((at == codes || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return true;
	return false;
}

static const char *sign_codes(struct text unit)
{
	for (size_t i = 0; i < SIGNS; i++)
		if (text_is(unit, signs[i].sign))
			return signs[i].codes;
	return NULL;
}

static bool is_unit(struct text unit)
{
	struct currency currency;

	return sign_codes(unit) || currency_find(unit, &currency);
}

#define CONTRADICTS "names another currency than the row does"

static const char *sign_currency(const char *codes, const struct currency *named, bool row, struct currency *out)
{
	const bool open = codes[0] == '*';
	char first[4];

	if (named && is_among(codes, named->code)) {
		*out = *named;
		out->shift = 0;
		out->name = named->code;
		return NULL;
	}
	if (named && row)
		return CONTRADICTS;
	if (open)
		return strstr(codes, "JPY") ? "has a sign of several currencies; say -c JPY or CNY"
		     : strstr(codes, "KRW") ? "has a sign of several currencies; say -c KRW or KPW"
					    : "has a sign of several currencies; say which dollar: -c USD, CAD, AUD or another";
	memcpy(first, codes, 3);
	first[3] = '\0';
	return currency_find(text_of(first), out) ? NULL : "is in a currency that is not known here";
}

const char *amount_unit_currency(struct text unit, struct text named, bool row, struct currency *out)
{
	const char *codes = sign_codes(unit);
	struct currency own, said;
	const bool known = named.len > 0 && currency_find(named, &said);

	if (row && named.len > 0 && !known)
		return "has a unit, and a currency in its row that is not known here";
	if (codes)
		return sign_currency(codes, known ? &said : NULL, row, out);
	if (!currency_find(unit, &own))
		return "has a unit that is no currency known here";
	if (known && row && strcmp(own.code, said.code) != 0)
		return CONTRADICTS;
	*out = own;
	return NULL;
}
