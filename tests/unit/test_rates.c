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
		i128 value = 0, again = 0;
		struct cited_rate cited = { 0, 0 };
		size_t at = 0;

		while (at < COUNT(days) && DAY + days[at] != day)
			at++;
		good = rates_value(&rates, &amount, &value, &cited) == (at < COUNT(days)) &&
		       (at == COUNT(days) || (value == (1000 + (int64_t)at) * 100 && cited.rate == (int64_t)at + 1 && cited.gap == 0)) &&
		       (rates_convert(&rates, &amount, &again, &cited) == STATUS_OK) == (at < COUNT(days)) && (at == COUNT(days) || again == value);
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
	struct cited_rate cited;
	i128 value;

	OK(&tap, rates_convert(rates, &amount, &value, &cited) == STATUS_FAILED && strstr(w->casefile.error.text, text), "%s", w->casefile.error.text);
}

/* Rates of two days, four apart. */
static void test_gap(struct rates *rates)
{
	static const struct {
		int64_t days, gap;     /* behind the first, and what may be between */
		int64_t rate, between; /* 0: none is near enough */
	} wants[] = {
		{ 0, 0, 1, 0 }, { 1, 0, 0, 0 }, { 1, 1, 1, -1 }, { 2, 1, 0, 0 }, { 2, 2, 1, -2 }, { 3, 1, 2, 1 },
		{ 3, 9, 2, 1 }, { 4, 9, 2, 0 }, { 9, 4, 0, 0 }, { 9, 5, 2, -5 }, { -3, 2, 0, 0 }, { -3, 3, 1, 3 },
	};

	for (size_t i = 0; i < COUNT(wants); i++) {
		const struct amount amount = amount_at(DAY + wants[i].days, -3, "BTC");
		struct cited_rate cited = { 0, 0 };
		i128 value = 0;
		bool found;

		rates->gap = wants[i].gap;
		found = rates_value(rates, &amount, &value, &cited);
		OK(&tap, found == (wants[i].rate != 0) && (!found || (cited.rate == wants[i].rate && cited.gap == wants[i].between)),
		   "%d days behind a rate, %d may be between", (int)wants[i].days, (int)wants[i].gap);
	}
	rates->gap = 0;
}

static void test_nearest(void)
{
	struct rates rates;
	struct world w;
	const struct amount pounds = { .currency = text_of("GBP"), .minor = -5, .exponent = 2 }, other = amount_at(DAY, 1, "XMR");
	const struct amount huge = amount_at(DAY, INT64_MAX, "BTC");
	struct cited_rate cited = { 7, 7 };
	i128 value = 0;

	begin(&w);
	rate(&w, 2, DAY, "1000000000000000000000000000000000000");
	rate(&w, 3, DAY + 4, "2");
	OK(&tap, rates_load(&rates, &w.casefile, "GBP", 2) == STATUS_OK, "two rates");
	no_rate(&rates, &w, DAY - 5, "payments.csv:17: paid 'when\\x1b': no rate BTC to GBP for 2022-02-24; the nearest is 2022-03-01 (rates.csv:2)");
	no_rate(&rates, &w, DAY + 2, "the nearest is 2022-03-01");
	no_rate(&rates, &w, DAY + 3, "the nearest is 2022-03-05");
	no_rate(&rates, &w, DAY + 9, "the nearest is 2022-03-05 (rates.csv:3), which --rate-gap 5 takes");
	test_gap(&rates);
	OK(&tap, rates_value(&rates, &pounds, &value, &cited) && value == -5 && cited.rate == 0 && cited.gap == 0, "the currency of the case needs none");
	OK(&tap, rates_convert(&rates, &other, &value, &cited) == STATUS_FAILED && strstr(w.casefile.error.text, "nor for any other day"),
	   "%s", w.casefile.error.text);
	OK(&tap, !rates_value(&rates, &huge, &value, &cited) && rates_convert(&rates, &huge, &value, &cited) == STATUS_FAILED &&
			 strstr(w.casefile.error.text, "payments.csv:17: the amount "),
	   "%s", w.casefile.error.text);
	rates_release(&rates);
	rate(&w, 4, DAY, "1000000000000000000000000000000000001");
	refused(&w, "two rates of a day", "rates.csv:4: a second rate BTC to GBP for 2022-03-01, and not that of rates.csv:2");
	sql(&w, "UPDATE rate_read SET value = '0' WHERE rate = 1");
	refused(&w, "no rate at all", "rates.csv:2: rate '0': is not above zero");
	sql(&w, "UPDATE rate_read SET value = '-1' WHERE rate = 1");
	refused(&w, "below zero", "is not above zero");
	sql(&w, "UPDATE rate_read SET value = 'x' || char(10) WHERE rate = 1");
	refused(&w, "no number", "rates.csv:2: rate 'x\\x0a': ");
	end(&w);
}

static void test_sums(void)
{
	struct world w;
	i128 sum = WIDE_MOST - 1, low = -WIDE_MOST;

	begin(&w);
	OK(&tap, money_add(&w.casefile, &sum, 1) == STATUS_OK && sum == WIDE_MOST, "a sum just within 128 bits");
	OK(&tap, money_add(&w.casefile, &sum, 1) == STATUS_FAILED && sum == WIDE_MOST &&
			 strstr(w.casefile.error.text, "128 bits"), "and beyond: %s", w.casefile.error.text);
	OK(&tap, money_add(&w.casefile, &low, -1) == STATUS_FAILED && low == -WIDE_MOST, "the same below zero");
	end(&w);
}

static void test_payments(void)
{
	struct rates rates;
	struct payments payments = { 0 };
	struct world w;
	struct figures account = { .paid = PERIOD_NONE, .called = PERIOD_NONE };
	struct payment one = { .id = 1, .exponent = 8 };
	struct spill spill;
	bool good = true;

	begin(&w);
	payment(&w, 6, 2, NOON, 1, NULL, NULL);
	rate(&w, 2, DAY, "100");
	good = casefile_reset_concluded(&w.casefile) == STATUS_OK && rates_load(&rates, &w.casefile, "GBP", 2) == STATUS_OK;
	good = good && spill_open(&spill, ".") && payments_open(&payments, &spill);
	for (int64_t i = 1; i <= 50 && good; i++) {
		one.id = i;
		one.amount = amount_at(DAY, i * 1000000, i % 2 ? "BTC" : "GBP");
		one.amount.at = NOON + i * 7919 % 50;
		one.exponent = i % 2 ? 8 : 2;
		good = payments_add(&payments, &rates, &one, &account) == PAYMENT_FINE;
	}
	/* 1, 3, ... 49 pence by 100, and 2, 4, ... 50 times 1,000,000. */
	OK(&tap, good && account.payments == 50 && figures_spend(&account) == 625 * 100 + 650 * 1000000 && account.paid.first == period_first(NOON, false) &&
			 account.paid.last == period_last(NOON + 49, false),
	   "fifty payments: %lld", (long long)figures_spend(&account));
	one.id = 51;
	one.exponent = 2;
	one.amount = amount_at(DAY, -(int64_t)(figures_spend(&account) + 7), "GBP");
	good = good && account.gross == figures_spend(&account) && payments_add(&payments, &rates, &one, &account) == PAYMENT_FINE;
	OK(&tap, good && account.payments == 50 && figures_spend(&account) == -7 && account.refunds == account.gross + 7 &&
			 account.paid.last == period_last(NOON + 49, false),
	   "a refund of more than that is no payment");
	OK(&tap, good && payments_write(&payments, &w.casefile, 2) == STATUS_OK && payments_open(&payments, &spill), "written and forgotten");
	expect(&w, "each with its rate", "SELECT count(*), sum(value), count(rate), sum(gap) FROM payment_value", "51|-7|25|0");
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
	one.amount = amount_at(DAY, 0, "GBP");
	one.exponent = 2;
	one.amount.minor = WIDE_MOST - payments.aside.total;
	OK(&tap, payments_add(&payments, &rates, &one, &account) == PAYMENT_FINE && payments.aside.count == 0 &&
			 payments.aside.total == WIDE_MOST && account.payments == 51, "a sum just within 128 bits");
	one.amount.minor = -1;
	OK(&tap, payments_add(&payments, &rates, &one, &account) == PAYMENT_FINE && payments.aside.count == 1 &&
			 account.payments == 51 && account.gross + account.refunds == WIDE_MOST, "what is beyond is set aside");
	one.amount = amount_at(DAY, 0, "BTC");
	one.amount.minor = WIDE_MOST;
	one.exponent = 0;
	OK(&tap, payments_add(&payments, &rates, &one, &account) == PAYMENT_FINE && payments.aside.count == 1 &&
			 payments.aside.items[0].count == 2 && account.payments == 51, "and what is in the other currency");
	payments_release(&payments);
	payments_release(&payments);
	spill_close(&spill);
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
