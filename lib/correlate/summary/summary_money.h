/* SPDX-License-Identifier: Apache-2.0 */
/* What was paid in a window of time: by whom, and in which currencies. */
#ifndef UNSPOOF_CORRELATE_SUMMARY_SUMMARY_MONEY_H
#define UNSPOOF_CORRELATE_SUMMARY_SUMMARY_MONEY_H

#include <stdint.h>

#include "base/status.h"
#include "base/wide.h"
#include "casefile/casefile.h"
#include "correlate/summary/summary.h"

struct summary_money_given {
	struct casefile *casefile;
	int64_t since, until;      /* seconds since 1970-01-01 UTC, as of struct summary_options */
	i128 threshold;         /* minor units of the currency of the case, as the sums below */
	unsigned exponent;         /* of it */
};

struct summary_money {
	i128 gross, refunds;       /* the spend is the difference */
	uint64_t payers;           /* accounts with a payment, refunds not counted */
	uint64_t over_threshold;   /* suspects whose spend reaches it */
};

/* Adds up the payments that count. coins, empty before, gets what was paid in each currency; the
 * caller frees its items, also after a failure. */
enum status summary_money_run(const struct summary_money_given *given, struct summary_money *money,
			      struct summary_coins *coins);

#endif
