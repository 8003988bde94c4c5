/* SPDX-License-Identifier: Apache-2.0 */
/* Costs of calls added up, and what currency the sum is in. */
#ifndef UNSPOOF_CORRELATE_CALLS_USAGE_COST_H
#define UNSPOOF_CORRELATE_CALLS_USAGE_COST_H

#include <stdint.h>

#include "base/wide.h"
#include "casefile/segment/call_cost.h"

/* Beside those of call_cost.h: what the currency of a sum may be. Each outranks those before it,
 * whose sums are then left out; what cannot be converted has no sum. */
#define COST_MIXED (COST_SAID | COST_ODD | 3)        /* of several: the sum says nothing */
#define COST_CONVERTED (COST_SAID | COST_ODD | 4)    /* the currency of the report */
#define COST_NO_CURRENCY (COST_SAID | COST_ODD | 5)  /* some is in none that is named */
#define COST_UNKNOWN (COST_SAID | COST_ODD | 6)      /* some in one that is not known here */
#define COST_TOO_LONG (COST_SAID | COST_ODD | 7)     /* some has more digits than are kept */
#define COST_NO_RATE (COST_SAID | COST_ODD | 8)      /* some has no rate for the day of the call */
#define COST_TOO_LARGE (COST_SAID | COST_ODD | 9)    /* some is too large once it is converted */

/* The currency of two sums together; 0 is that of none. */
static inline uint32_t usage_cost_join(uint32_t a, uint32_t b)
{
	if (a == b || b == 0)
		return a;
	if (a == 0)
		return b;
	if (a < COST_CONVERTED && b < COST_CONVERTED)
		return COST_MIXED;
	return a > b ? a : b;
}

/* Adds a sum to another. What is not of the currency of both together is left out; for what cannot
 * be converted the least stays, which is no cost but an example. */
static inline void usage_cost_add(uint32_t *to_currency, i128 *to, uint32_t currency, i128 cost)
{
	const uint32_t joined = usage_cost_join(*to_currency, currency);

	if (joined <= COST_MIXED || (*to_currency == currency && joined == COST_CONVERTED))
		*to = (i128)((u128)*to + (u128)cost);
	else if (joined != *to_currency || (joined == currency && cost < *to))
		*to = cost;
	*to_currency = joined;
}

#endif
