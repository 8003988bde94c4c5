/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts as people write them: a decimal, perhaps with a sign or code of its currency, the minus before, behind or as
 * brackets. unspoof-ingest(1), AMOUNTS, has the grammar. */
#ifndef UNSPOOF_BASE_MONEY_AMOUNT_TEXT_H
#define UNSPOOF_BASE_MONEY_AMOUNT_TEXT_H

#include "base/money/currency.h"
#include "base/money/decimal.h"
#include "base/text.h"

/* Which of point and comma is the decimal one. */
enum decimal_mark { DECIMAL_MARK_UNKNOWN, DECIMAL_MARK_POINT, DECIMAL_MARK_COMMA };

/* What a text proves of that: with both bits its marks can be either, to different values. */
#define DECIMAL_READS_POINT 1u
#define DECIMAL_READS_COMMA 2u
#define DECIMAL_READS_BOTH (DECIMAL_READS_POINT | DECIMAL_READS_COMMA)

struct amount_text {
	struct decimal value;      /* where the text reads both ways: as the mark says; unknown: as with a decimal point */
	struct decimal other;      /* where it reads both ways: the other value */
	unsigned reads;
	struct text unit;          /* what names the currency, in the text; of no length: nothing */
};

/*
 * Reads all of `text`. Blanks around, between a unit and the number, and inside brackets, are dropped. Returns NULL and fills
 * `*out`, whose unit is borrowed from the text; or a static reason that follows the name of the value, leaving `*out` alone.
 *
 *   number   as decimal_parse() takes it, but a point or a comma that stands alone behind one to three digits, which do not
 *            begin with 0, and before three digits, reads both ways: `1.000`, `1,234`
 *   unit     before or behind, one only: a sign of a currency, or what currency_find() knows
 *   minus    `-` (also U+2212) before or behind the number, inside or outside of the unit, or brackets: one of them
 */
const char *amount_text_parse(struct text text, enum decimal_mark mark, struct amount_text *out);

/*
 * The currency of a unit that stands with an amount, where the row, or else the source, has the currency `named` (of no length:
 * none). A code or name is that of currency_find(). A sign that several currencies have is that of them which `named` is.
 * Returns NULL; or a static reason that follows the amount: the unit is not known, contradicts a currency that `row` says is
 * the row's own, or is a sign that needs one.
 */
const char *amount_unit_currency(struct text unit, struct text named, bool row, struct currency *out);

#endif
