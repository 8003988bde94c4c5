/* SPDX-License-Identifier: Apache-2.0 */
/* Currencies as people, exchanges and wallets name them: codes, other names, and units of Bitcoin. */
#ifndef UNSPOOF_BASE_MONEY_CURRENCY_H
#define UNSPOOF_BASE_MONEY_CURRENCY_H

#include <stdbool.h>

#include "base/money/decimal.h"
#include "base/nearest.h"
#include "base/text.h"

/* What an amount is in. */
struct currency {
	const char *code;  /* of its currency, as money.h has it; static */
	const char *name;  /* code, or that of a unit of it: SAT, mBTC, uBTC; static */
	unsigned exponent; /* decimals of the currency */
	unsigned shift;    /* the unit is 10^-shift of the currency: SAT 8 */
};

/*
 * The currency of a name, ASCII case and blanks around aside: a code of money.h; XBT, XXBT, ZGBP and the others by which
 * Kraken calls currencies; SAT, SATS and SATOSHI, mBTC, uBTC (also with the micro sign), which are units of BTC. False: it
 * is none.
 */
bool currency_find(struct text name, struct currency *out);

/* decimal_to_minor() of an amount in the unit. */
const char *currency_minor(const struct currency *currency, const struct decimal *amount, i128 *out, bool *rounded);

#define CURRENCY_PROBLEM (NEAREST_SAID + 120)

/* What follows a name that is no currency, in a message: "is no currency known here; did you mean GBP?" Returns out. */
const char *currency_problem(struct text name, char out[CURRENCY_PROBLEM]);

#endif
