/* SPDX-License-Identifier: Apache-2.0 */
/* By what the spend of an account is shared out over what it presented: the costs of its calls, or
 * their number where costs do not do. */
#ifndef UNSPOOF_CORRELATE_MONEY_SHARE_BASIS_H
#define UNSPOOF_CORRELATE_MONEY_SHARE_BASIS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/record/remark.h"
#include "correlate/calls/usage.h"
#include "correlate/persons/persons.h"

/* Why the costs of an account do not do. */
enum share_problem {
	SHARE_FINE,
	SHARE_NEGATIVE,        /* those of something that it presented are below 0 together */
	SHARE_NO_CURRENCY,     /* the others: see usage_cost.h */
	SHARE_UNKNOWN,
	SHARE_TOO_LONG,
	SHARE_NO_RATE,
	SHARE_TOO_LARGE,
	SHARE_PROBLEMS
};

/* Of one account. Zeroed is of nothing presented. */
struct share_basis {
	uint32_t currency;         /* of all costs, as usage_cost_join() has it */
	bool negative;
	uint64_t presented_key;    /* whose costs are below 0 first */
	i128 example;              /* see cost_example() */
};

/* Something that the account presented. */
void share_basis_add(struct share_basis *basis, const struct usage *usage);
enum share_problem share_basis_problem(const struct share_basis *basis);

/* Accounts whose calls are counted instead. Zeroed is none. */
struct share_tally {
	struct {
		uint64_t accounts;
		uint32_t slot;             /* of the first */
		struct share_basis basis;  /* the same */
	} problems[SHARE_PROBLEMS];
};

/* An account, in order of persons and slots, with a spend. */
void share_tally_add(struct share_tally *tally, uint32_t slot, const struct share_basis *basis);
/* Says it, a remark a problem; currency: that of the case. */
enum status share_tally_say(const struct share_tally *tally, const struct persons *persons,
			    const char *currency, struct remark_writer *remarks);

#endif
