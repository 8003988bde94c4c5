/* SPDX-License-Identifier: Apache-2.0 */
/* What amounts are worth in the coin of the report. */
#include <string.h>

#include "model.h"

int day_of(int64_t at)
{
	return (int)(at / 86400000);
}

/* Days further and further away: of two equally near the earlier is met first. */
int rate_day(const struct service *service, int coin, int day)
{
	for (int away = 0; away <= service->rate_gap; away++) {
		if (day - away >= 0 && service->rates[coin][day - away].text[0] != '\0')
			return day - away;
		if (day + away < DAYS && service->rates[coin][day + away].text[0] != '\0')
			return day + away;
	}
	return NONE;
}

struct big minor_read(const char *text, int coin)
{
	int places;
	struct big digits = big_read(text, &places);
	if (places <= coins[coin].places)
		return big_shift(digits, coins[coin].places - places);
	return big_round(digits, places - coins[coin].places);
}

bool value_of(const struct service *service, struct big minor, int coin, int day, struct big *value)
{
	int rated, rate_places, more;
	*value = minor;
	if (coin == service->coin)
		return true;
	rated = rate_day(service, coin, day);
	if (rated == NONE)
		return false;
	struct big product = big_times(minor, big_read(service->rates[coin][rated].text, &rate_places));
	/* The product has more decimals than the coin of the report by this. */
	more = coins[coin].places + rate_places - coins[service->coin].places;
	*value = more < 0 ? big_shift(product, -more) : big_round(product, more);
	return true;
}

bool is_beyond(struct big value)
{
	const struct big limit = big_shift(big_small(1), 39);
	value.negative = false;
	return big_compare(value, limit) >= 0;
}

static bool is_one_of(const char *status, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(status, *words) == 0)
			return true;
	return false;
}

/* A payment that is confirmed, or a refund: an amount below zero whose status says so. */
static bool payment_counts(const struct service *service, const struct payment *payment)
{
	static const char *const paid[] = {"paid", "Confirmed", "COMPLETED", "settled", NULL};
	static const char *const back[] = {"refunded", "Refund", "refund", "REFUNDED", NULL};
	if (payment->status == NULL)
		return !payment->minor.negative || service->negative_refund;
	if (payment->minor.negative && service->negative_refund && is_one_of(payment->status, paid))
		return true;
	return is_one_of(payment->status, payment->minor.negative ? back : paid);
}

static bool must_have_value(bool has)
{
	if (!has)
		fputs("model: drew an amount without a rate\n", stderr);
	return has;
}

void values_find(struct service *service)
{
	for (int i = 0; i < service->n_payments; i++) {
		struct payment *payment = &service->payments[i];
		int day = day_of(payment->at);
		payment->minor = minor_read(payment->amount, payment->coin);
		payment->unread = is_beyond(payment->minor);
		payment->counts = !payment->unread && payment_counts(service, payment);
		if (payment->counts)
			payment->counts = must_have_value(value_of(service, payment->minor, payment->coin, day, &payment->value));
		if (payment->counts && is_beyond(payment->value))
			payment->counts = false;
	}
	for (int i = 0; i < service->n_reports; i++) {
		struct report *report = &service->reports[i];
		struct big loss = minor_read(report->loss, report->coin);
		if (report->matched)
			must_have_value(value_of(service, loss, report->coin, day_of(report->at), &report->value));
	}
}
