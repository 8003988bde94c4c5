/* SPDX-License-Identifier: Apache-2.0 */
/* Draws a service: its options, rates, persons and what they paid. */
#include <stdlib.h>
#include <string.h>

#include "model.h"

const struct coin coins[] = {
	{"GBP", 2}, {"EUR", 2}, {"USD", 2}, {"JPY", 0}, {"KWD", 3}, {"BHD", 3}, {"USDT", 6}, {"BTC", 8}, {"LTC", 8}, {"ETH", 18},
};
const int n_coins = sizeof coins / sizeof coins[0];

enum { DAY = 86400, PAID_MOST = 8 };

static int below(struct chance *chance, int limit)
{
	return (int)chance_below(chance, (size_t)limit);
}

static char *digits_draw(struct chance *chance, char *at, int count, bool zero_first)
{
	for (int i = 0; i < count; i++)
		*at++ = (char)('0' + (i == 0 && !zero_first ? 1 + below(chance, 9) : below(chance, 10)));
	return at;
}

/* Digits behind the last place: a half, just under or over it, or any. */
static char *rest_draw(struct chance *chance, char *at)
{
	static const char *const rests[] = {"5", "50", "500000", "49999999", "50000001", "4", "6", "99999"};
	const char *rest = CHANCE_PICK(chance, rests);
	size_t length = strlen(rest);
	if (chance_of(chance, 30))
		return digits_draw(chance, at, 1 + below(chance, 6), true);
	memcpy(at, rest, length);
	return at + length;
}

/* whole_digits: at most so many before the point. */
void amount_draw(struct chance *chance, int places, int whole_digits, char *text)
{
	char *at = text;
	int kind = below(chance, 10), usual = 1 + below(chance, 4);
	if (kind == 0) {
		at = digits_draw(chance, at, 1 + below(chance, whole_digits), false);
	} else if (kind == 1) {
		*at++ = '0';
	} else if (kind == 2) {
		at = digits_draw(chance, at, whole_digits, false);
	} else {
		at = digits_draw(chance, at, usual < whole_digits ? usual : whole_digits, false);
	}
	if (kind == 0 || (places == 0 && kind > 5)) {
		*at = '\0';
		return;
	}
	*at++ = '.';
	if (kind == 1) {
		/* Dust. */
		for (int i = 0; i + 1 < places; i++)
			*at++ = '0';
		at = digits_draw(chance, at, 1, false);
	} else {
		at = digits_draw(chance, at, kind > 5 ? 1 + below(chance, places) : places, true);
	}
	if (kind == 3 || kind == 1 || (kind == 2 && chance_of(chance, 30)))
		at = rest_draw(chance, at);
	if (at[-1] == '.')
		*at++ = '0';
	*at = '\0';
}

int64_t time_draw(struct chance *chance)
{
	int64_t at = (int64_t)(2 + below(chance, DAYS - 4)) * DAY;
	int kind = below(chance, 20);
	if (kind == 0)
		at += 0;
	else if (kind == 1)
		at += DAY - 1;
	else
		at += below(chance, DAY);
	return at * 1000 + (chance_of(chance, 5) ? 250 : 0);
}

static void rate_draw(struct chance *chance, char *text)
{
	static const char *const few[] = {"0.5", "1.5", "0.25", "0.125", "2.5", "0.05", "0.005", "1", "3", "0.015"};
	int kind = below(chance, 10), places = 2 + below(chance, 5);
	if (kind < 3) {
		const char *picked = CHANCE_PICK(chance, few);
		memcpy(text, picked, strlen(picked) + 1);
		return;
	}
	char *at = kind < 8 ? digits_draw(chance, text, 1 + below(chance, 5), false) : text;
	if (kind >= 8) {
		memcpy(at, "0.0000000", 9);
		at += 2 + below(chance, 7);
		places = 3 + below(chance, 6);
	} else {
		*at++ = '.';
	}
	at = digits_draw(chance, at, kind == 7 ? 33 - (int)(at - 1 - text) : places, true);
	at = digits_draw(chance, at, 1, false);
	*at = '\0';
}

/* Of one coin no day has a rate. */
static void rates_draw(struct service *service)
{
	struct chance *chance = &service->chance;
	int without = below(chance, n_coins);
	for (int coin = 0; coin < n_coins; coin++) {
		unsigned percent = (unsigned)(20 + 20 * below(chance, 5));
		for (int day = 0; day < DAYS && coin != service->coin && coin != without; day++)
			if (chance_of(chance, percent))
				rate_draw(chance, service->rates[coin][day].text);
	}
}

/* A coin that can be converted on the day, if any_coin is not set. */
static int coin_draw(struct service *service, int day, bool any_coin)
{
	struct chance *chance = &service->chance;
	for (int tries = 0; tries < 5; tries++) {
		int coin = below(chance, n_coins);
		if (any_coin || coin == service->coin || rate_day(service, coin, day) != NONE)
			return coin;
	}
	return service->coin;
}

static int whole_digits(const struct service *service, int coin)
{
	int own = 30 - coins[coin].places, other = 26 - coins[service->coin].places;
	return own < other ? own : other;
}

/* The amounts of these need no rate. */
static const char *idle_status(struct chance *chance, bool *negative)
{
	static const char *const words[] = {"pending", "Expired", "failed", "weird-7", ""};
	static const char *const paid[] = {"paid", "Confirmed", "pending", "weird-7", ""};
	static const char *const back[] = {"refunded", "Refund"};
	int kind = below(chance, 3);
	*negative = kind == 0;
	return kind == 0 ? CHANCE_PICK(chance, paid) : kind == 1 ? CHANCE_PICK(chance, back) : CHANCE_PICK(chance, words);
}

static const char *busy_status(struct chance *chance, bool *negative)
{
	static const char *const paid[] = {"paid", "Confirmed", "COMPLETED", "settled"};
	static const char *const back[] = {"refunded", "refund", "REFUNDED"};
	*negative = chance_of(chance, 15);
	return *negative ? CHANCE_PICK(chance, back) : CHANCE_PICK(chance, paid);
}

static struct payment *payment_new(struct service *service, int account)
{
	static const int offsets[] = {0, 0, 0, 60, -300, 330};
	struct payment *payment = &service->payments[service->n_payments++];
	*payment = (struct payment){.account = account, .at = time_draw(&service->chance)};
	payment->offset = CHANCE_PICK(&service->chance, offsets);
	payment->date_alone = service->dates_alone && chance_of(&service->chance, 30);
	if (payment->date_alone)
		payment->at -= payment->at % (DAY * INT64_C(1000));
	return payment;
}

/* More than 128 bits hold: in its own coin, or only in that of the report; else the amount stays as it is. */
static void beyond_draw(struct service *service, struct payment *payment, bool negative)
{
	struct chance *chance = &service->chance;
	bool own = chance_of(chance, 30);
	char text[64] = "";
	int day = day_of(payment->at);
	struct big value;
	digits_draw(chance, text, own ? 45 : 37 - coins[payment->coin].places, false);
	if (!own && (!value_of(service, minor_read(text, payment->coin), payment->coin, day, &value) || !is_beyond(value)))
		return;
	memcpy(payment->amount + negative, text, sizeof text);
}

/* A negative amount that is nothing in minor units is not drawn: what it says is open. */
static void payment_draw(struct service *service, int account)
{
	struct chance *chance = &service->chance;
	struct payment *payment = payment_new(service, account);
	bool idle = chance_of(chance, 25), negative = false;
	payment->status = idle ? idle_status(chance, &negative) : busy_status(chance, &negative);
	if (!service->has_status) {
		payment->status = NULL;
		negative = idle && chance_of(chance, 30);
		idle = negative && !service->negative_refund;
	} else if (idle && negative && service->negative_refund) {
		payment->status = chance_of(chance, 50) ? "paid" : "pending";
		idle = payment->status[1] == 'e';
	}
	payment->coin = coin_draw(service, day_of(payment->at), idle);
	payment->coin_left_out = payment->coin == service->payment_coin && chance_of(chance, 50);
	do
		amount_draw(chance, coins[payment->coin].places, whole_digits(service, payment->coin), payment->amount + negative);
	while (negative && big_is_zero(minor_read(payment->amount + 1, payment->coin)));
	if (!idle && chance_of(chance, 2))
		beyond_draw(service, payment, negative);
	if (negative)
		payment->amount[0] = '-';
}

/* In the coin of the report, so that the sum is on the threshold or a minor unit beside it. */
static void threshold_paid(struct service *service, int account)
{
	struct chance *chance = &service->chance;
	int places = coins[service->coin].places, beside = below(chance, 3) - 1;
	struct big sum = big_plus(minor_read(service->threshold, service->coin), big_small(beside));
	struct big back = big_small(1 + below(chance, 900));
	bool in_two = service->has_status && chance_of(chance, 50);
	struct payment *payment = payment_new(service, account);
	payment->coin = service->coin;
	payment->status = service->has_status ? "paid" : NULL;
	big_write(in_two ? big_plus(sum, back) : sum, places, payment->amount);
	if (!in_two)
		return;
	payment = payment_new(service, account);
	payment->coin = service->coin;
	payment->status = "refunded";
	big_write(big_negated(back), places, payment->amount);
}

static int compare_shown(const void *a, const void *b)
{
	char x[24], y[24];
	shown_write(*(const int *)a, x);
	shown_write(*(const int *)b, y);
	return strcmp(x, y);
}

/* What a person presents, in byte order, so that the first of equals is the first. */
static void shown_draw(struct service *service, int person)
{
	int *shown = service->shown[person], count = 1 + below(&service->chance, SHOWN_MOST / 2);
	for (int i = 0; i < count; i++) {
		int picked = below(&service->chance, 503);
		for (int k = 0; k < service->n_shown[person]; k++)
			if (shown[k] == picked)
				picked = NONE;
		if (picked != NONE)
			shown[service->n_shown[person]++] = picked;
	}
	qsort(shown, (size_t)service->n_shown[person], sizeof *shown, compare_shown);
}

static void account_draw(struct service *service, int person, bool first)
{
	struct chance *chance = &service->chance;
	int account = service->accounts++, count = below(chance, PAID_MOST - 1);
	service->person[account] = person;
	if (first && chance_of(chance, 10))
		threshold_paid(service, account);
	else
		for (int i = 0; i < count; i++)
			payment_draw(service, account);
	if (chance_of(chance, 90))
		calls_draw(service, account);
}

static void windows_draw(struct service *service)
{
	const int64_t grain = service->dates_alone ? DAY * INT64_C(1000) : 1000;
	for (int i = 0; i < WINDOWS; i++) {
		struct window *window = &service->windows[i];
		int64_t one = service->payments[below(&service->chance, service->n_payments)].at, two = time_draw(&service->chance);
		one -= one % grain;
		two -= two % grain;
		window->since = i == 1 ? NONE : one < two ? one : two;
		window->until = i == 2 ? NONE : (one < two ? two : one) + (one == two ? grain : 0);
	}
}

static const char *zone_draw(struct chance *chance)
{
	static const char *const zones[] = {NULL, NULL, "Asia/Tokyo", "America/New_York"};
	return CHANCE_PICK(chance, zones);
}

static void *room(int count, size_t size)
{
	void *memory = calloc((size_t)count, size);
	if (memory != NULL)
		return memory;
	fputs("model: no memory\n", stderr);
	exit(2);
}

void service_draw(struct service *service)
{
	struct chance *chance = &service->chance;
	*chance = (struct chance){service->options.seed};
	service->coin = below(chance, n_coins);
	service->rate_gap = chance_of(chance, 30) ? 0 : 1 + below(chance, 4);
	service->has_status = chance_of(chance, 90);
	service->negative_refund = chance_of(chance, 30);
	service->dates_alone = chance_of(chance, 30);
	service->date_zone = zone_draw(chance);
	service->rate_zone = zone_draw(chance);
	service->rate_midnights = chance_of(chance, 30);
	service->payment_coin = chance_of(chance, 50) ? below(chance, n_coins) : NONE;
	service->call_coin = chance_of(chance, 50) ? below(chance, n_coins) : NONE;
	digits_draw(chance, service->threshold, 1 + below(chance, 4), false);
	rates_draw(service);
	service->payments = room(ACCOUNTS_MOST * PAID_MOST, sizeof *service->payments);
	service->calls = room(ACCOUNTS_MOST * 16, sizeof *service->calls);
	service->reports = room(PERSONS_MOST, sizeof *service->reports);
	for (int person = 0; person < service->options.persons; person++) {
		shown_draw(service, person);
		account_draw(service, person, true);
		if (chance_of(chance, 30))
			account_draw(service, person, false);
	}
	windows_draw(service);
}
