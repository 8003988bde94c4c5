/* SPDX-License-Identifier: Apache-2.0 */
/* The costs of accounts that have them in several currencies, each converted at the rate of the
 * day of its call. */
#ifndef UNSPOOF_CORRELATE_CALLS_COST_SCAN_H
#define UNSPOOF_CORRELATE_CALLS_COST_SCAN_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/calls/usage_scan.h"
#include "correlate/figures/figures.h"
#include "correlate/money/rates.h"

struct cost_scan_given {
	struct usage_scan *usages;         /* that was run */
	const struct rates *rates;
	const struct figures *account_figures;   /* by slot, with their spend */
};

/* What a cost is in the currency of the rates: COST_CONVERTED, and *value in 1/10^18 of its major
 * unit, rounded half to even. Else why it is not converted, as usage_cost.h has it; the value is
 * then that of cost_example(). A digit of the unit is as cost_unit() gives it; seconds: the start
 * of the call. */
uint32_t cost_convert(const struct rates *rates, int64_t digits, int64_t unit, int64_t seconds,
		      i128 *value);

/* What shows a cost that is not converted: its day since 1970 and its currency. */
static inline i128 cost_example(int64_t day, uint32_t currency)
{
	return (i128)day * ((i128)1 << 32) + currency;
}

static inline int64_t cost_example_day(i128 example)
{
	return (int64_t)(example >> 32);
}

static inline uint32_t cost_example_currency(i128 example)
{
	return (uint32_t)example;
}

/* Adds to the usages, where accounts with a spend have presented things by costs in several
 * currencies, the sums of these converted; one pass more over the calls, which no other case takes.
 * The same statuses as usage_scan_run(). */
enum status cost_scan_run(const struct cost_scan_given *given);

#endif
