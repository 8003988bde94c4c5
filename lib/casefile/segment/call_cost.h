/* SPDX-License-Identifier: Apache-2.0 */
/* What a call cost, exactly: column READ_COST is the digits, and column READ_COST_UNIT says what
 * they are of. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_CALL_COST_H
#define UNSPOOF_CASEFILE_SEGMENT_CALL_COST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* A unit is 0 for a call of no cost. Else its bits from the lowest on are
 *   30  the currency: a name of up to six capital letters, each in five bits (A is 1), the
 *       last in the lowest; 0: the cost is in no currency that is named
 *    1  the 30 are one of what follows, and no name
 *    1  always 1
 *    1  the cost is below 0
 *    5  how many of the digits are decimals, 0 to COST_DECIMALS_MOST
 */
#define COST_SAID (UINT32_C(1) << 31)
#define COST_ODD (UINT32_C(1) << 30)
#define COST_SIGN 32
#define COST_DECIMALS 33
#define COST_DECIMALS_MOST 18
#define COST_UNIT_MOST ((INT64_C(2) * COST_DECIMALS_MOST + 2) * (INT64_C(1) << COST_SIGN) - 1)
/* The digits are below it. */
#define COST_LIMIT (INT64_C(1) << 62)

/* A currency as a unit has it: its low 32 bits. */
#define COST_OTHER (COST_SAID | COST_ODD | 1)    /* not known here, and of no such name */
#define COST_BEYOND (COST_SAID | COST_ODD | 2)   /* the cost is not understood: the
						  * digits are 0 */

static inline uint32_t cost_currency(int64_t unit)
{
	return (uint32_t)unit;
}

static inline int64_t cost_unit(uint32_t currency, unsigned decimals, bool negative)
{
	return (int64_t)decimals << COST_DECIMALS | (int64_t)negative << COST_SIGN | (int64_t)currency;
}

static inline unsigned cost_decimals(int64_t unit)
{
	return (unsigned)(unit >> COST_DECIMALS);
}

static inline bool cost_negative(int64_t unit)
{
	return unit >> COST_SIGN & 1;
}

/* Costs are added up in 1/10^18 of the major unit: what the digits of a unit, which is from 0 to
 * COST_UNIT_MOST, are multiplied by for that, by cost_index(); below 0 where the cost is. */
extern const int64_t cost_factors[2 * (COST_DECIMALS_MOST + 1)];

static inline size_t cost_index(int64_t unit)
{
	return (size_t)(unit >> COST_SIGN);
}

/* The currency of a name, without blanks around it, ASCII case aside: COST_OTHER where it is longer
 * or has other than letters; without any bytes that of no currency. */
uint32_t cost_currency_of(struct text name);

#define COST_NAME 8          /* bytes that hold any name, and NUL */

/* The name of a currency; its length, 0 where it has none. */
size_t cost_currency_name(uint32_t currency, char name[static COST_NAME]);

#define COST_TEXT 48         /* bytes that hold any cost, and NUL */

/* The cost as a decimal, with its digits: -2.00. Of no length where there is none, or not all
 * digits are kept, or the two are beyond what they may be. */
size_t cost_text(int64_t digits, int64_t unit, char text[static COST_TEXT]);

/* Millionths of the major unit of a cost that has a text: an integer, or a decimal where they have
 * a fraction: 1.23. Of no length as above. */
size_t cost_micro_text(int64_t digits, int64_t unit, char text[static COST_TEXT]);

#endif
