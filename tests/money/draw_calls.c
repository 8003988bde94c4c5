/* SPDX-License-Identifier: Apache-2.0 */
/* Draws the calls of an account with what they cost, and reports of them. */
#include <string.h>

#include "model.h"

enum { CALLS_MOST = 14, VICTIMS_REPORTING = 1000 };

/* How the costs of an account are. */
enum { WITHOUT, FREE, EQUAL, ONE_COIN, WITH_SIGNS, TINY, CONVERTED, ANY_COIN, SOME_WITHOUT_COIN, LARGE, MANNERS };

static int below(struct chance *chance, int limit)
{
	return (int)chance_below(chance, (size_t)limit);
}

static int day_coin(struct service *service, int day)
{
	for (int tries = 0; tries < 8; tries++) {
		int coin = below(&service->chance, n_coins);
		if (coin == service->coin || rate_day(service, coin, day) != NONE)
			return coin;
	}
	return service->coin;
}

static void cost_coin(struct service *service, struct call *call, int manner, int one)
{
	struct chance *chance = &service->chance;
	call->coin = one;
	if (manner == CONVERTED)
		call->coin = day_coin(service, day_of(call->at));
	if (manner == ANY_COIN || manner == LARGE)
		call->coin = below(chance, n_coins);
	if (manner == SOME_WITHOUT_COIN && chance_of(chance, 30))
		call->coin = NONE;
	/* Where the source says a coin, a call without one has that. */
	if (call->coin == NONE && service->call_coin != NONE)
		call->coin = service->call_coin;
	call->coin_left_out = call->coin == service->call_coin && chance_of(chance, 50);
}

static void cost_text(struct service *service, struct call *call, int manner)
{
	static const char *const tiny[] = {"0.0000004", "0.0000006", "0.000000000000000001", "0.00000000000000003", "0.5",
		"0.05", "0.000"};
	static const char *const equal[] = {"0.10", "0.1", "0.100"};
	static const char *const large[] = {"1000000000", "999999999.999999999999999999", "123456789.987654321",
		"0.000000000000000007", "4.611686018427387903", "4.611686018427387904", "461168601.8427387904"};
	struct chance *chance = &service->chance;
	bool negative = (manner == WITH_SIGNS && chance_of(chance, 20)) || (manner == CONVERTED && chance_of(chance, 3));
	const char *picked = manner == FREE ? "0.00" : NULL;
	if (manner == EQUAL)
		picked = CHANCE_PICK(chance, equal);
	if (manner == TINY)
		picked = CHANCE_PICK(chance, tiny);
	if (manner == LARGE)
		picked = CHANCE_PICK(chance, large);
	if (manner == WITHOUT || (manner != EQUAL && chance_of(chance, 7)))
		return;
	call->cost[0] = '-';
	if (picked != NULL)
		memcpy(call->cost + negative, picked, strlen(picked) + 1);
	else
		amount_draw(chance, below(chance, 9), 1 + below(chance, 3), call->cost + negative);
}

static void report_draw(struct service *service, int of)
{
	struct chance *chance = &service->chance;
	struct call *call = &service->calls[of];
	struct report *report = &service->reports[service->n_reports];
	if (service->n_reports == VICTIMS_REPORTING)
		return;
	call->dialled = service->n_reports++;
	report->call = of;
	report->matched = call->talk > 60 && chance_of(chance, 90);
	report->at = (call->at / 1000 + (report->matched ? 60 + below(chance, 1200) : 20000 + below(chance, 9000))) * 1000;
	report->coin = day_coin(service, day_of(report->at));
	if (chance_of(chance, 90))
		amount_draw(chance, coins[report->coin].places, 4, report->loss);
}

void calls_draw(struct service *service, int account)
{
	static const int talks[] = {0, 30, 60, 61, 90, 600};
	struct chance *chance = &service->chance;
	const int manner = below(chance, MANNERS);
	int count = 1 + below(chance, CALLS_MOST), one = below(chance, n_coins), person = service->person[account];
	if (chance_of(chance, 20))
		one = NONE;
	for (int i = 0; i < count; i++) {
		struct call *call = &service->calls[service->n_calls];
		*call = (struct call){.account = account, .at = time_draw(chance), .dialled = VICTIMS_REPORTING + below(chance, 100)};
		call->talk = CHANCE_PICK(chance, talks);
		call->shown = manner == EQUAL ? i % service->n_shown[person] : below(chance, service->n_shown[person]);
		if (chance_of(chance, 5))
			call->shown = NONE;
		cost_coin(service, call, manner, one);
		cost_text(service, call, manner);
		if (chance_of(chance, 8))
			report_draw(service, service->n_calls);
		service->n_calls++;
	}
}
