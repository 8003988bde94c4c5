/* SPDX-License-Identifier: Apache-2.0 */
/* Integers of 128 bits, and of 256 for their products: amounts, rates, sums of weights. */
#ifndef UNSPOOF_BASE_WIDE_H
#define UNSPOOF_BASE_WIDE_H

#include <stdbool.h>

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

/* The greatest amount; -WIDE_MOST is the least, so that each has its negative. */
#define WIDE_MOST ((i128)(~(u128)0 >> 1))

/* high * 2^128 + low. */
struct wide {
	u128 high;
	u128 low;
};

/* The size of a number, whatever its sign. */
static inline u128 wide_size(i128 value)
{
	return value < 0 ? 0 - (u128)value : (u128)value;
}

/* The exact product. */
struct wide wide_product(u128 a, u128 b);

/* a / b rounded down, and what is left over in `*rest`. b is above a.high: then the quotient is within 128 bits. */
u128 wide_quotient(struct wide a, u128 b, u128 *rest);

/* value * 10^places, rounded half to even when `places` is negative, in `*out`. False, with `*out` left alone, when that
 * is beyond 128 bits. Any `places` is allowed. */
bool wide_shift(struct wide value, int places, u128 *out);

/* Adds to a sum; false, with the sum left alone, when it would be beyond WIDE_MOST either way. */
static inline bool wide_add(i128 *sum, i128 value)
{
	i128 total;

	if (__builtin_add_overflow(*sum, value, &total) || total < -WIDE_MOST)
		return false;
	*sum = total;
	return true;
}

#endif
