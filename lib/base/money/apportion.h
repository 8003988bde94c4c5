/* SPDX-License-Identifier: Apache-2.0 */
/* Sharing out a whole so that the parts add up to it. */
#ifndef UNSPOOF_BASE_MONEY_APPORTION_H
#define UNSPOOF_BASE_MONEY_APPORTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"

/* A weight counts as this at most: 2^32 of them do not overflow 128 bits. */
#define APPORTION_WEIGHT_MOST ((u128)1 << 94)

struct portion {
	u128 weight;
	uint32_t rank;         /* the smaller first where remainders are equal */
	uint32_t owner;        /* the caller's own */
	int64_t part;          /* comes out */
	u128 remainder;        /* scratch */
};

/* Shares whole out over count portions in proportion to their weights, by
 * largest remainders (Hamilton): each gets its share rounded down, and what is
 * left goes one by one to the largest remainders. A negative whole is shared
 * as its positive, and negated. The order of portions changes. When all
 * weights are 0 the parts are 0. Weights that add up to 64 bits or more are
 * halved until they do not. */
void apportion(int64_t whole, struct portion *portions, size_t count);

#endif
