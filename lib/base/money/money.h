/* SPDX-License-Identifier: Apache-2.0 */
/* Money: how many decimals a currency has, and exact conversion at a rate. Amounts are integers of the minor unit. */
#ifndef UNSPOOF_BASE_MONEY_MONEY_H
#define UNSPOOF_BASE_MONEY_MONEY_H

#include <stddef.h>
#include <stdint.h>

#include "base/money/decimal.h"

/*
 * The decimals of the minor unit of the currency `code` (`len` bytes, in capitals), or -1 for an unknown one. Known are
 * the currencies of ISO 4217 that have a minor unit, with those withdrawn since 2020 (ANG, BGN, CUC, HRK, SLL, ZWL), and
 *   BTC, XBT, LTC, BCH, DOGE 8    USDT, USDC 6    XMR 12    ETH 18
 */
int currency_exponent(const char *code, size_t len);
/* The same code, static; NULL for an unknown one. */
const char *currency_code(const char *code, size_t len);
/* The known codes in byte order, from 0; NULL behind the last. */
const char *currency_code_at(size_t i);

/*
 * Converts `minor`, an amount of the base currency in units of 10^-from_exponent, at `rate` (units of the quote currency
 * for one of the base, above zero) into the quote currency in units of 10^-to_exponent, rounded half to even, so that an
 * amount and its negative give the same figure. The product is exact, in 256 bits. The exponents are 0 to
 * DECIMAL_MAX_SCALE. Returns NULL; or a static reason that follows the amount, leaving `*out` alone: the rate is not above
 * zero, or the result is beyond WIDE_MOST.
 */
const char *money_convert(i128 minor, unsigned from_exponent, const struct decimal *rate, unsigned to_exponent, i128 *out);

#endif
