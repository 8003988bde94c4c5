/* SPDX-License-Identifier: Apache-2.0 */
/* Sharing out a whole so that the parts add up to it. */
#ifndef UNSPOOF_BASE_MONEY_APPORTION_H
#define UNSPOOF_BASE_MONEY_APPORTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"

struct portion {
	u128 weight;
	uint32_t rank;         /* the smaller first where remainders are equal */
	uint32_t owner;        /* the caller's own */
	i128 part;             /* comes out */
	u128 remainder;        /* scratch */
};

/* Shares whole out over count portions in proportion to their weights, which add
 * up to WIDE_MOST at most, by
 * largest remainders (Hamilton): each gets its share rounded down, and what is
 * left goes one by one to the largest remainders. A negative whole is shared
 * as its positive, and negated. The order of portions changes. When all
 * weights are 0 the parts are 0. */
void apportion(i128 whole, struct portion *portions, size_t count);

/* The share of one weight of those that add up to total, rounded down, of a whole
 * of so much, WIDE_MOST at most, and in remainder what it falls short by, times
 * total; 0 and 0 of no total. */
u128 apportion_part(u128 size, u128 weight, u128 total, u128 *remainder);

#endif
