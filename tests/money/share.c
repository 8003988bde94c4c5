/* SPDX-License-Identifier: Apache-2.0 */
/* Shares of an account's spend by what its calls cost, else by how many they are. */
#include "model.h"

enum { COST_PLACES = 18, COST_MOST_DIGITS = 28 };

/* Whether the coins of all costs are one, or all are none. */
static bool one_coin(const struct service *service, int account)
{
	int one = NONE;
	bool met = false;
	for (int i = 0; i < service->n_calls; i++) {
		const struct call *call = &service->calls[i];
		if (call->account != account || call->shown == NONE || call->cost[0] == '\0')
			continue;
		if (met && call->coin != one)
			return false;
		one = call->coin;
		met = true;
	}
	return true;
}

bool cost_kept(const struct call *call)
{
	int places;
	struct big digits = big_read(call->cost, &places), limit = big_small(1);
	for (int i = 0; i < 62; i++)
		limit = big_plus(limit, limit);
	digits.negative = false;
	return big_compare(digits, limit) < 0;
}

/* In units of 10 to the power of -18, of the coin of the report where it is to be converted; false where it cannot be. */
static bool cost_weight(const struct service *service, const struct call *call, bool convert, struct big *weight)
{
	int places, rate_places, rated;
	if (!cost_kept(call))
		return false;
	*weight = big_read(call->cost, &places);
	*weight = big_shift(*weight, COST_PLACES - places);
	if (!convert || call->coin == service->coin)
		return true;
	rated = call->coin == NONE ? NONE : rate_day(service, call->coin, day_of(call->at));
	if (rated == NONE)
		return false;
	*weight = big_times(*weight, big_read(service->rates[call->coin][rated].text, &rate_places));
	*weight = big_round(*weight, rate_places);
	return big_compare(*weight, big_shift(big_small(1), COST_MOST_DIGITS)) <= 0;
}

/* False where calls are to be counted. */
static bool weights_by_cost(const struct service *service, int account, struct big weights[SHOWN_MOST])
{
	bool convert = !one_coin(service, account), all_free = true;
	for (int i = 0; i < service->n_calls; i++) {
		const struct call *call = &service->calls[i];
		struct big weight;
		if (call->account != account || call->shown == NONE || call->cost[0] == '\0')
			continue;
		if (!cost_weight(service, call, convert, &weight))
			return false;
		weights[call->shown] = big_plus(weights[call->shown], weight);
	}
	for (int i = 0; i < SHOWN_MOST; i++) {
		if (weights[i].negative)
			return false;
		all_free = all_free && big_is_zero(weights[i]);
	}
	return !all_free;
}

static void weights_by_calls(const struct service *service, int account, struct big weights[SHOWN_MOST])
{
	for (int i = 0; i < SHOWN_MOST; i++)
		weights[i] = big_small(0);
	for (int i = 0; i < service->n_calls; i++) {
		const struct call *call = &service->calls[i];
		if (call->account == account && call->shown != NONE)
			weights[call->shown] = big_plus(weights[call->shown], big_small(1));
	}
}

void shares_add(const struct service *service, int account, struct big spend, struct big shares[SHOWN_MOST])
{
	struct big weights[SHOWN_MOST] = {{0}}, rests[SHOWN_MOST], whole = big_small(0), left = spend;
	bool given[SHOWN_MOST] = {false};
	if (!weights_by_cost(service, account, weights))
		weights_by_calls(service, account, weights);
	for (int i = 0; i < SHOWN_MOST; i++)
		whole = big_plus(whole, weights[i]);
	if (big_is_zero(whole) || spend.negative)
		return;
	for (int i = 0; i < SHOWN_MOST; i++) {
		struct big part = big_over(big_times(spend, weights[i]), whole, &rests[i]);
		shares[i] = big_plus(shares[i], part);
		left = big_plus(left, big_negated(part));
	}
	/* What is left goes to the largest remainders, of equal ones to the first. */
	for (; !big_is_zero(left); left = big_plus(left, big_small(-1))) {
		int best = NONE;
		for (int i = 0; i < SHOWN_MOST; i++)
			if (!given[i] && (best == NONE || big_compare(rests[i], rests[best]) > 0))
				best = i;
		given[best] = true;
		shares[best] = big_plus(shares[best], big_small(1));
	}
}
