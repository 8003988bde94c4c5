/* SPDX-License-Identifier: Apache-2.0 */
/* By what the spend of an account is shared out. */
#include "correlate/money/share_basis.h"

#include <stdio.h>

#include "base/time/calendar.h"
#include "base/time/moment.h"
#include "correlate/calls/cost_scan.h"

#define EXAMPLE 120    /* bytes */

void share_basis_add(struct share_basis *basis, const struct usage *usage)
{
	const uint32_t currency = usage_cost_join(basis->currency, usage->currency);

	if (usage->currency > COST_CONVERTED &&
	    (currency != basis->currency || (currency == usage->currency && usage->cost < basis->example)))
		basis->example = usage->cost;
	if (usage->cost < 0 && !basis->negative)
		basis->presented_key = usage->presented_key;
	basis->negative |= usage->cost < 0;
	basis->currency = currency;
}

/* Costs in several currencies are all converted where there is a spend. */
enum share_problem share_basis_problem(const struct share_basis *basis)
{
	switch (basis->currency) {
	case COST_OTHER:
	case COST_UNKNOWN:
		return SHARE_UNKNOWN;
	case COST_BEYOND:
	case COST_TOO_LONG:
		return SHARE_TOO_LONG;
	case COST_MIXED:
	case COST_NO_RATE:
		return SHARE_NO_RATE;
	case COST_NO_CURRENCY:
		return SHARE_NO_CURRENCY;
	case COST_TOO_LARGE:
		return SHARE_TOO_LARGE;
	default:
		return basis->negative ? SHARE_NEGATIVE : SHARE_FINE;
	}
}

void share_tally_add(struct share_tally *tally, uint32_t slot, const struct share_basis *basis)
{
	const enum share_problem problem = share_basis_problem(basis);

	if (tally->problems[problem].accounts++ == 0) {
		tally->problems[problem].slot = slot;
		tally->problems[problem].basis = *basis;
	}
}

/* What is said: that accounts have it, and what to do. */
static const struct saying {
	const char *text, *remedy;
} sayings[SHARE_PROBLEMS] = {
	[SHARE_NEGATIVE] = { "costs that add up to less than 0 for something that they presented",
			     "look at the costs of its calls: a charge with a minus is not told from a refund" },
	[SHARE_NO_CURRENCY] = { "costs in a currency and others in none",
				"say the currency of a source by `normalise --currency SOURCE=CODE`" },
	[SHARE_UNKNOWN] = { "costs in a currency that is not known here, and no rate for it",
			    "such costs cannot be converted" },
	[SHARE_TOO_LONG] = { "costs that were not understood", "see `unspoof show CASE call N` of its calls" },
	[SHARE_NO_RATE] = { "costs in several currencies, and no rate for the day of a call",
			    "ingest such rates, and correlate again" },
	[SHARE_TOO_LARGE] = { "costs that are too large when they are converted", "are the rates right?" },
};

static void show_presented(uint64_t presented_key, char out[static EXAMPLE])
{
	const uint64_t number = presented_key_number(presented_key);

	if (number)
		(void)snprintf(out, EXAMPLE, " for +%llu", (unsigned long long)number);
}

static void show_rate(i128 example, const char *to, char out[static EXAMPLE])
{
	char name[COST_NAME], day[21];

	(void)cost_currency_name(cost_example_currency(example), name);
	if (moment_format_utc(cost_example_day(example) * DAY_SECONDS, day))
		(void)snprintf(out, EXAMPLE, ", %s to %s for %.10s", name, to, day);
}

static enum status say(const struct share_tally *tally, enum share_problem problem,
		       const struct persons *persons, const char *currency, struct remark_writer *remarks)
{
	const struct share_basis *basis = &tally->problems[problem].basis;
	const uint64_t accounts = tally->problems[problem].accounts;
	const struct remark remark = { .topic = "shares", .role = "cost", .count = accounts,
				       .remedy = sayings[problem].remedy };
	char example[EXAMPLE] = "", account[60];

	if (problem == SHARE_NEGATIVE)
		show_presented(basis->presented_key, example);
	else if (problem == SHARE_NO_RATE)
		show_rate(basis->example, currency, example);
	return remark_writer_sayf(remarks, &remark,
				  "%llu account%s %s, as %s%s: calls are counted instead to share out the spend",
				  (unsigned long long)accounts, accounts == 1 ? " has" : "s have",
				  sayings[problem].text,
				  text_escape(persons_name(persons, tally->problems[problem].slot), account,
					      sizeof(account)),
				  example);
}

enum status share_tally_say(const struct share_tally *tally, const struct persons *persons,
			    const char *currency, struct remark_writer *remarks)
{
	enum status status = STATUS_OK;

	for (enum share_problem problem = SHARE_FINE + 1; problem < SHARE_PROBLEMS && status == STATUS_OK; problem++)
		if (tally->problems[problem].accounts)
			status = say(tally, problem, persons, currency, remarks);
	return status;
}
