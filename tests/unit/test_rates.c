/* SPDX-License-Identifier: Apache-2.0 */
/* Rates by day, and what payments are worth at them. */
#include "base/money/money.h"
#include "correlate/money/payments.h"
#include "correlate/money/rates.h"
#include "correlate_world.h"

static struct amount amount_at(int64_t day, int64_t satoshi, const char *currency)
{
	return (struct amount){ .currency = text_of(currency), .minor = satoshi, .exponent = 8, .at = day * 86400 + 86399, .source = 3,
				.line = 17, .role = "paid", .time = text_of("when\033") };
}

static void refused(struct world *w, const char *name, const char *text)
{
	struct rates rates;

	OK(&tap, rates_load(&rates, &w->casefile, "GBP", 2) == STATUS_FAILED && strstr(w->casefile.error.text, text), "%s: %s", name,
	   w->casefile.error.text);
	rates_release(&rates);
}

/* Every day from well before the first rate to well after the last. */
static void test_days(void)
{
	static const int64_t days[] = { -3, 0, 1, 5, 6, 100 };
	struct rates rates;
	struct world w;
	bool good;
	unsigned converted = 0;

	begin(&w);
	for (size_t i = 0; i < COUNT(days); i++) {
		char text[20];

		(void)snprintf(text, sizeof(text), "%d", 1000 + (int)i);
		rate(&w, (int)i + 2, DAY + days[i], text);
	}
	rate(&w, 90, DAY, "1001.00");
	good = rates_load(&rates, &w.casefile, "GBP", 2) == STATUS_OK && rates.count == COUNT(days);
	OK(&tap, good, "rates, and one that says the same again");
	for (int64_t day = DAY - 10; day < DAY + 110 && good; day++) {
		const struct amount amount = amount_at(day, 100000000, "BTC");
		int64_t value = 0, row = 0, again = 0;
		size_t at = 0;

		while (at < COUNT(days) && DAY + days[at] != day)
			at++;
		good = rates_value(&rates, &amount, &value, &row) == (at < COUNT(days)) &&
		       (at == COUNT(days) || (value == (1000 + (int64_t)at) * 100 && row == (int64_t)at + 1)) &&
		       (rates_convert(&rates, &amount, &again, &row) == STATUS_OK) == (at < COUNT(days)) && (at == COUNT(days) || again == value);
		converted += at < COUNT(days);
	}
	OK(&tap, good && converted == COUNT(days), "a rate is for its day alone");
	rates_release(&rates);
	rates_release(&rates);
	end(&w);
}

static void no_rate(struct rates *rates, struct world *w, int64_t day, const char *text)
{
	const struct amount amount = amount_at(day, 1, "BTC");
	int64_t value, row;

	OK(&tap, rates_convert(rates, &amount, &value, &row) == STATUS_FAILED && strstr(w->casefile.error.text, text), "%s", w->casefile.error.text);
}

static void test_nearest(void)
{
	struct rates rates;
	struct world w;
	const struct amount pounds = { .currency = text_of("GBP"), .minor = -5, .exponent = 2 }, other = amount_at(DAY, 1, "XMR");
	const struct amount huge = amount_at(DAY, INT64_MAX, "BTC");
	int64_t value = 0, row = 7;

	begin(&w);
	rate(&w, 2, DAY, "10000000000");
	rate(&w, 3, DAY + 4, "2");
	OK(&tap, rates_load(&rates, &w.casefile, "GBP", 2) == STATUS_OK, "two rates");
	no_rate(&rates, &w, DAY - 5, "payments.csv:17: paid 'when\\x1b': no rate BTC to GBP for 2022-02-24; the nearest is 2022-03-01 (rates.csv:2)");
	no_rate(&rates, &w, DAY + 2, "the nearest is 2022-03-01");
	no_rate(&rates, &w, DAY + 3, "the nearest is 2022-03-05");
	no_rate(&rates, &w, DAY + 9, "the nearest is 2022-03-05");
	OK(&tap, rates_value(&rates, &pounds, &value, &row) && value == -5 && row == 0, "the currency of the case needs none");
	OK(&tap, rates_convert(&rates, &other, &value, &row) == STATUS_FAILED && strstr(w.casefile.error.text, "nor for any other day"),
	   "%s", w.casefile.error.text);
	OK(&tap, !rates_value(&rates, &huge, &value, &row) && rates_convert(&rates, &huge, &value, &row) == STATUS_FAILED &&
			 strstr(w.casefile.error.text, "payments.csv:17: the amount "),
	   "%s", w.casefile.error.text);
	rates_release(&rates);
	rate(&w, 4, DAY, "10000000001");
	refused(&w, "two rates of a day", "rates.csv:4: a second rate BTC to GBP for 2022-03-01, and not that of rates.csv:2");
	sql(&w, "UPDATE rate SET rate = '0' WHERE line = 2");
	refused(&w, "no rate at all", "rates.csv:2: rate '0': is not above zero");
	sql(&w, "UPDATE rate SET rate = '-1' WHERE line = 2");
	refused(&w, "below zero", "is not above zero");
	sql(&w, "UPDATE rate SET rate = 'x' || char(10) WHERE line = 2");
	refused(&w, "no number", "rates.csv:2: rate 'x\\x0a': ");
	end(&w);
}

static void test_sums(void)
{
	struct world w;
	int64_t sum = INT64_MAX - 1, value = 0;

	begin(&w);
	OK(&tap, money_add(&w.casefile, &sum, 1) == STATUS_OK && sum == INT64_MAX, "a sum just within 64 bits");
	OK(&tap, money_add(&w.casefile, &sum, 1) == STATUS_FAILED && strstr(w.casefile.error.text, "64 bits"), "and beyond: %s",
	   w.casefile.error.text);
	OK(&tap, money_narrow(&w.casefile, INT64_MIN, &value) == STATUS_OK && value == INT64_MIN &&
			 money_narrow(&w.casefile, (i128)INT64_MIN - 1, &value) == STATUS_FAILED,
	   "the same below zero");
	end(&w);
}

static void test_payments(void)
{
	struct rates rates;
	struct payments payments = { 0 };
	struct world w;
	struct figures account = { .paid = PERIOD_NONE, .called = PERIOD_NONE };
	struct payment one = { .id = 1, .exponent = 8 };
	bool good = true;

	begin(&w);
	payment(&w, 6, 2, NOON, 1, NULL, NULL);
	rate(&w, 2, DAY, "100");
	good = casefile_reset_concluded(&w.casefile) == STATUS_OK && rates_load(&rates, &w.casefile, "GBP", 2) == STATUS_OK;
	for (int64_t i = 1; i <= 50 && good; i++) {
		one.id = i;
		one.amount = amount_at(DAY, i * 1000000, i % 2 ? "BTC" : "GBP");
		one.amount.at = NOON + i * 7919 % 50;
		one.exponent = i % 2 ? 8 : 2;
		good = payments_add(&payments, &rates, &one, &account) == PAYMENT_FINE;
	}
	/* 1, 3, ... 49 pence by 100, and 2, 4, ... 50 times 1,000,000. */
	OK(&tap, good && account.payments == 50 && account.spend == 625 * 100 + 650 * 1000000 && account.paid.first == period_first(NOON, false) &&
			 account.paid.last == period_last(NOON + 49, false),
	   "fifty payments: %lld", (long long)account.spend);
	OK(&tap, good && payments_write(&payments, &w.casefile, 2) == STATUS_OK && payments.count == 0, "written and forgotten");
	expect(&w, "each with its rate", "SELECT count(*), sum(value), count(rate) FROM payment_value", "50|650062500|25");
	one.exponent = 37;
	OK(&tap, payments_add(&payments, &rates, &one, &account) == PAYMENT_DAMAGED &&
			 payments_failed(&w.casefile, &rates, &one, PAYMENT_DAMAGED) == STATUS_INTEGRITY,
	   "an exponent that cannot be: %s", w.casefile.error.text);
	one.exponent = 8;
	one.id = 1;
	one.amount = amount_at(DAY + 1, 1, "BTC");
	OK(&tap, payments_add(&payments, &rates, &one, &account) == PAYMENT_RATE &&
			 payments_failed(&w.casefile, &rates, &one, PAYMENT_RATE) == STATUS_FAILED && strstr(w.casefile.error.text, "paid 'when': no rate"),
	   "no rate: %s", w.casefile.error.text);
	one.amount = amount_at(DAY, INT64_MAX, "GBP");
	one.exponent = 2;
	OK(&tap, payments_add(&payments, &rates, &one, &account) == PAYMENT_SUM &&
			 payments_failed(&w.casefile, &rates, &one, PAYMENT_SUM) == STATUS_FAILED,
	   "beyond 64 bits: %s", w.casefile.error.text);
	payments_release(&payments);
	rates_release(&rates);
	end(&w);
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	test_days();
	test_nearest();
	test_sums();
	test_payments();
	scratch_leave(folder);
	return tap_done(&tap);
}
