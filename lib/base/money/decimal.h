/* SPDX-License-Identifier: Apache-2.0 */
/* Exact decimals: amounts and rates as text, as integers of a minor unit, never as floating point. */
#ifndef UNSPOOF_BASE_MONEY_DECIMAL_H
#define UNSPOOF_BASE_MONEY_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"

/* Most decimals a `struct decimal` can have. */
#define DECIMAL_MAX_SCALE 36
/* Bytes that hold any text decimal_format() writes, its NUL included. */
#define DECIMAL_TEXT 48

/*
 * The value is mantissa / 10^scale, negated when `negative`. decimal_parse() gives the one shortest form: no trailing
 * zero among the decimals, and zero is 0, scale 0, not negative. Equal values are equal field by field.
 */
struct decimal {
	u128 mantissa;
	unsigned scale;     /* 0 to DECIMAL_MAX_SCALE */
	bool negative;
	signed char beyond; /* of the size as it was read, what rounding took off or put on: 1, more than the mantissa says;
	                     * -1, less; 0, nothing, which is so of any value with 38 digits and DECIMAL_MAX_SCALE decimals */
};

/*
 * Reads all of `text` (`len` bytes, need not end in NUL) as a decimal. Returns NULL and fills `*out`, or returns a
 * static reason that follows the name of the value ("has two points") and leaves `*out` alone.
 *
 * Read are, with blanks, tabs or line ends around, at most 128 bytes within them:
 *   a sign       one `+` or `-` straight before the number
 *   digits       ASCII digits with at most one point: `12` `.5` `0.` `-0.00201`
 *   a comma      as the point when it is the only mark: `0,0624` `12,5` `1234,567`; but one to three digits that do not
 *                begin with 0, a comma and three digits (`1,234`) may be thousands, and are refused
 *   thousands    groups of three parted by commas, points, apostrophes, blanks (also the UTF-8 no-break spaces U+00A0
 *                and U+202F), where nothing else can be meant: `1,234.56` `1.234,56` `1 234.56` `1 234` `1,234,567`
 *   an exponent  `6.24e-05` `6.24E-2` `6,24E-2`; never with thousands, and here a comma is always the point
 * A single point is always the decimal point: `1.234` is one and a bit. Currency signs and codes, parentheses, a sign
 * behind, hexadecimal, `inf` and `nan` are refused, as is a value whose whole part needs more than 128 bits. Decimals
 * beyond DECIMAL_MAX_SCALE are rounded off, half to even, and where all digits need more than 128 bits, those beyond 38.
 */
const char *decimal_parse(const char *text, size_t len, struct decimal *out);

/*
 * Gives `value` times 10^exponent, rounded half to even, in `*out` (WIDE_MOST at most either way), and whether anything was
 * rounded off in `*rounded` (may be NULL). `exponent` is the number of decimals of the currency, 0 to DECIMAL_MAX_SCALE.
 * Returns NULL, or a static reason when the result is beyond that; then the outputs are left alone.
 */
const char *decimal_to_minor(const struct decimal *value, unsigned exponent, i128 *out, bool *rounded);

/* The same within 64 bits, INT64_MAX at most either way: for what is no amount, and the packed costs of calls. */
const char *decimal_to_narrow(const struct decimal *value, unsigned exponent, int64_t *out, bool *rounded);

/* Reads an amount as decimal_format() writes it with exponent 0, and nothing else: digits without zeros in front, a `-`
 * before those of one below zero. False: it is none, or beyond WIDE_MOST. */
bool decimal_read_minor(const char *text, size_t len, i128 *out);

/*
 * Writes `minor` / 10^exponent with all its decimals (`1641.84`, `0.00189901`, `-0.05`; no point when `exponent` is 0)
 * and a NUL. Returns the length without the NUL; or 0, with an empty text, when `size` is too small or `exponent` over
 * DECIMAL_MAX_SCALE. DECIMAL_TEXT bytes are always enough.
 */
size_t decimal_format(i128 minor, unsigned exponent, char *out, size_t size);

/*
 * Gives value * 10^places in `*out`, rounded half to even when `places` is negative, and whether anything was rounded
 * off in `*rounded`. Any `places` is allowed. False, with the outputs left alone, when the result is beyond 128 bits.
 */
bool decimal_shift(u128 value, int places, u128 *out, bool *rounded);

#endif
