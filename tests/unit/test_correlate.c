/* SPDX-License-Identifier: Apache-2.0 */
/* The conclusions, each rule on a case made by hand. */
#include "correlate/correlate.h"
#include "correlate/summary/summary.h"
#include "correlate_world.h"

/* ---- persons ---- */

static void test_persons(void)
{
	struct world w;

	begin(&w);
	/* Keys: a 6, b 5, c 4, d 3, e 2, f 1. */
	account(&w, 1, 9, "x@example.com", NULL, "192.0.2.1");
	account(&w, 6, 4, "x@example.com", NULL, "192.0.2.2");
	account(&w, 6, 3, "x@example.com", NULL, NULL);
	account(&w, 3, 5, "d;\\@example.com", "447911123456", "192.0.2.2");
	account(&w, 2, 6, NULL, "447911123456", NULL);
	login(&w, 5, 2, "192.0.2.3", " dev ");
	login(&w, 4, 3, "192.0.2.3", "dev");
	login(&w, 4, 4, "192.0.2.9", "  ");
	login(&w, 1, 5, NULL, "");
	run(&w);
	OK(&tap, w.status == STATUS_OK && w.counts.suspects == 3 && w.counts.links == 5, "three persons, five links");
	expect(&w, "persons in order of their least account", "SELECT key, suspect FROM account_figure ORDER BY key DESC",
	       "6|1\n5|2\n4|2\n3|3\n2|3\n1|1");
	expect(&w, "lists of persons", "SELECT id, accounts, logins, emails FROM suspect",
	       "1|a;f|login1;login6|x@example.com\n2|b;c||\n3|d;e|login2;login3|d\\;\\\\@example.com");
	expect(&w, "links by rule, value, account, with the first row of each side",
	       "SELECT account_a, account_b, rule, value, strength, source_a, row_a, source_b, row_b FROM link ORDER BY id",
	       "5|4|device|dev|decisive|4|2|4|3\n6|1|email|x@example.com|decisive|2|3|2|9\n"
	       "6|3|ip|192.0.2.2|weak|2|4|2|5\n5|4|ip|192.0.2.3|weak|4|2|4|3\n"
	       "3|2|phone|+447911123456|decisive|2|5|2|6");
	w.settings.links = 1u << LINK_IP | 1u << LINK_EMAIL;
	run(&w);
	expect(&w, "rules that are asked for tie, others do not", "SELECT group_concat(accounts, ' ') FROM suspect",
	       "a;d;f b;c e");
	expect(&w, "and are weak", "SELECT rule, strength FROM link ORDER BY id",
	       "device|weak\nemail|decisive\nip|decisive\nip|decisive\nphone|weak");
	w.settings.links = LINKS_DECISIVE;
	payment(&w, 1, 2, NOON, 1, "addr", NULL);
	payment(&w, 5, 3, NOON, 1, "addr", "tx");
	payment(&w, 3, 4, NOON, 1, NULL, "tx");
	sql(&w, "UPDATE payment_read SET confirmed = 0");
	run(&w);
	expect(&w, "addresses and transactions of any status tie, transitively",
	       "SELECT group_concat(accounts, ' ') FROM suspect", "a;b;c;d;e;f");
	w.settings.hub = 1;
	run(&w);
	expect(&w, "a hub ties nothing", "SELECT count(*) FROM suspect", "6");
	expect(&w, "and is listed", "SELECT DISTINCT strength FROM link", "hub");
	notices_are(&w, "and noticed", "address 'addr': shared by 2 accounts, more than 1: a hub, it ties nothing\n", true);
	w.settings.hub = 2;
	run(&w);
	expect(&w, "as many as the limit are none", "SELECT count(*) FROM suspect", "1");
	end(&w);
}

/* ---- money ---- */

static void test_money(void)
{
	struct world w;

	begin(&w);
	rate(&w, 2, DAY, "30000");
	rate(&w, 3, DAY + 1, "12345.678901");
	rate(&w, 4, DAY + 1, "12345.6789010");
	/* 50, 150, 250 satoshi at 30,000 are 1.5, 4.5 and 7.5 pence. */
	payment(&w, 6, 2, NOON, 50, NULL, NULL);
	payment(&w, 6, 3, NOON + 86399, 150, NULL, NULL);
	payment(&w, 6, 4, NOON, 250, NULL, NULL);
	payment(&w, 5, 5, NOON + 86400, 100000000, NULL, NULL);
	payment(&w, 5, 6, NOON, -50, NULL, NULL);
	payment(&w, 5, 7, NOON + 900 * 86400, 5, NULL, NULL);
	sql(&w, "UPDATE payment_read SET confirmed = 0 WHERE payment = 6;"
		"INSERT INTO payment VALUES(7, 3, 0, 8, 0, 1, 'P', 'x', 'when', '', '', '', '', '', '');"
		"INSERT INTO payment_read(payment, key, paid, amount, currency, exponent, rounded, confirmed,"
	" from_address, from_kind, to_address, to_kind, txid) VALUES(7, 4, 0, 10000, 'GBP', 2, 0, 1, NULL, NULL, NULL, NULL, NULL)");
	run(&w);
	expect(&w, "half to even, payment by payment; the rate's row; none for the same currency",
	       "SELECT payment, value, rate FROM payment_value",
	       "1|2|1\n2|4|1\n3|8|1\n4|1234568|2\n5|-2|1\n7|10000|-");
	expect(&w, "sums, confirmed ones only; a refund is no payment",
	       "SELECT key, spend, payments, first_payment, last_payment, gross, refunds"
	       " FROM account_figure WHERE payments ORDER BY key",
	       "4|10000|1|0|0|10000|0\n5|1234566|1|1646179200|1646179200|1234568|2\n6|14|3|1646092800|1646179199|14|0");
	OK(&tap, w.counts.payers == 3 && w.counts.spend == 1244580 && w.counts.over_threshold == 2,
	   "payers, spend, over the threshold");
	w.settings.threshold = 10001;
	run(&w);
	OK(&tap, w.counts.over_threshold == 1, "a penny more is not reached");
	expect(&w, "funnel", "SELECT text, kept, dropped FROM funnel",
	       "all accounts|6|0\naccounts with a call|0|6\nof these, accounts with a confirmed payment|0|0\n"
	       "of these, accounts of persons who spent 100.01 GBP or more|0|0");
	sql(&w, "UPDATE payment_read SET confirmed = 1 WHERE payment = 6");
	fails(&w, "no rate for the day, the nearest is before", STATUS_FAILED,
	      "payments.csv:7: paid 'when': no rate BTC to GBP for 2024-08-17; the nearest is 2022-03-02 (rates.csv:3)");
	sql(&w, "UPDATE payment_read SET paid = 1357092000 WHERE payment = 6");
	fails(&w, "the nearest is after", STATUS_FAILED,
	      "no rate BTC to GBP for 2013-01-02; the nearest is 2022-03-01 (rates.csv:2)");
	sql(&w, "UPDATE payment_read SET currency = 'XMR' WHERE payment = 6");
	fails(&w, "no rate at all", STATUS_FAILED, "no rate XMR to GBP for 2013-01-02, nor for any other day");
	sql(&w, "UPDATE payment_read SET confirmed = 0 WHERE payment = 6");
	rate(&w, 9, DAY, "30000.01");
	fails(&w, "two rates for a day", STATUS_FAILED,
	      "rates.csv:9: a second rate BTC to GBP for 2022-03-01, and not that of rates.csv:2");
	sql(&w, "UPDATE rate_read SET quote = 'USD' WHERE rate = 4;"
		"UPDATE payment_read SET amount = '170141183460469231731687303715884105727', currency = 'GBP', exponent = 2 WHERE payment IN (1, 2)");
	run(&w);
	notices_are(&w, "sums beyond 128 bits", "too large to be counted, alone or with those before: payments.csv:", true);
	OK(&tap, w.status == STATUS_OK, "and the rest is concluded");
	end(&w);
}

/* ---- calls, presentations, victims ---- */

static void fill_calls(struct world *w)
{
	const int64_t gb = 447911123456, us = 12025550123;

	call(w, (struct call){ 6, NOON, 61000, 442079460001, 0, gb, 1, 10, ANSWERED });
	call(w, (struct call){ 6, NOON + 10, 60000, 442079460001, 0, gb, 1, 10, ANSWERED });
	call(w, (struct call){ 6, NOON - 10, 60001, 442079460002, 0, us, 2, 10, ANSWERED });
	call(w, (struct call){ 6, NOON, 99000, 0, 1, us, 2, 0, 0 });
	call(w, (struct call){ 6, NOON, 0, 0, 0, gb, 1, 500, 0 });
	call(w, (struct call){ 5, NOON + 20, 70000, 442079460001, 0, gb, 1, 0, ANSWERED });
	call(w, (struct call){ 5, NOON + 30, 70000, 442079460003, 0, 0, 0, 0, ANSWERED });
	call(w, (struct call){ 5, NOON + 30, 1500, 442079460003, 0, us, 2, 0, ANSWERED });
	call(w, (struct call){ 0, NOON + 40, 80000, 442079460004, 0, us, 2, 0, ANSWERED });
	/* In no figure. */
	call(w, (struct call){ 4, NOON, 80000, 442079460004, 0, us, 2, 0, ANSWERED | CALL_FLAG_LEG });
	call(w, (struct call){ 4, NOON, 80000, 442079460004, 0, us, 2, 0, ANSWERED | CALL_FLAG_UNREAD });
	organisation(w, 2, 442079460001, "Example Bank", "bank");
	organisation(w, 3, 442079460002, " Example Bank ", "bank");
	organisation(w, 4, 442079460004, "Example Tax Office", "tax");
	organisation(w, 5, 442079460001, "Other Bank", "bank");
	organisation(w, 6, 442079460002, "Example Bank", "");
	organisation(w, 7, 442079460004, "Example Tax Office", "tax");
	sql(w, "INSERT INTO shown VALUES(1, CAST('+4 text' AS BLOB))");
}

static void test_calls(void)
{
	struct world w;

	begin(&w);
	fill_calls(&w);
	account(&w, 6, 2, "ab@example.com", NULL, NULL);
	account(&w, 5, 3, "ab@example.com", NULL, NULL);
	/* 10.01 over 20 and 10 and 0 of cost; 0.03 over 1 and 2 calls. */
	rate(&w, 2, DAY, "10000");
	payment(&w, 6, 2, NOON, 100100, NULL, NULL);
	payment(&w, 5, 3, NOON, 300, NULL, NULL);
	run(&w);
	OK(&tap, w.status == STATUS_OK && w.counts.calls == 9 && w.counts.victims == 2 && w.counts.presentations == 4,
	   "legs and unread rows are in no figure");
	expect(&w, "figures of accounts", "SELECT key, calls, answered, long_calls, victims, presentations, organisations,"
					  " first_call - 1646092800, last_call - 1646092800 FROM account_figure"
					  " ORDER BY key DESC LIMIT 3",
	       "6|5|3|2|2|3|1|-10|10\n5|3|3|2|1|2|1|20|30\n4|0|0|0|0|0|0|-|-");
	expect(&w, "of a person: what is distinct is counted once",
	       "SELECT id, calls, answered, long_calls, victims, presentations, organisations, first_call - 1646092800,"
	       " last_call - 1646092800, spend FROM suspect LIMIT 1",
	       "1|8|6|4|2|4|1|-10|30|1004");
	expect(&w, "presentations: spend by cost, or by calls where all was free",
	       "SELECT number, shown, suspect, organisation, sector, accounts, calls, answered, long_calls, victims, spend,"
	       " first_call - 1646092800, last_call - 1646092800 FROM presentation ORDER BY id",
	       "-|1|1|-|-|1|1|0|0|0|0|0|0\n"
	       "442079460001|-|1|Example Bank|bank|2|3|3|2|1|668|0|20\n"
	       "442079460002|-|1|Example Bank|bank|1|1|1|1|1|334|-10|-10\n"
	       "442079460003|-|1|-|-|1|2|2|1|0|2|30|30");
	expect(&w, "victims: all calls to them, also those of no account",
	       "SELECT number, country, calls, long_calls, talk_ms, suspects, organisations, first_call - 1646092800,"
	       " last_call - 1646092800 FROM victim",
	       "12025550123|US|4|2|141501|1|2|-10|40\n447911123456|GB|4|2|191000|1|1|0|20");
	notices_are(&w, "a number given to two", "organisations.csv:5: number '+442079460001': given to 'Other Bank', but "
						 "organisations.csv:2 gives it to 'Example Bank', which holds\n", true);
	notices_are(&w, "a number in two sectors", "organisations.csv:6: number '+442079460002': given to 'Example Bank', but "
						   "organisations.csv:3 gives it to 'Example Bank' in another sector", true);
	notices_are(&w, "the same given twice is none", "organisations.csv:7", false);
	notices_are(&w, "the funnel is noticed", "funnel: accounts with a call: kept 2, dropped 4\n", true);
	w.settings.long_seconds = 70;
	run(&w);
	expect(&w, "a longer long call", "SELECT number, long_calls, suspects FROM victim", "12025550123|1|0");
	end(&w);
}

/* ---- reports ---- */

static void fill_reports(struct world *w)
{
	const int64_t shown = 442079460001, other = 442079460002, victim = 447911123456;

	call(w, (struct call){ 6, NOON, 61000, shown, 0, victim, 1, 0, ANSWERED });
	call(w, (struct call){ 6, NOON + 600, 61000, other, 0, victim, 1, 0, ANSWERED });
	call(w, (struct call){ 6, NOON + 300, 60000, other, 0, victim, 1, 0, ANSWERED });
	call(w, (struct call){ 5, NOON, 61000, 0, 1, victim + 1, 1, 0, ANSWERED });
	call(w, (struct call){ 0, NOON, 61000, 0, 0, victim + 2, 1, 0, ANSWERED });
	sql(w, "INSERT INTO shown VALUES(1, CAST('text' AS BLOB))");
	report(w, 2, victim, NOON + 299, 0, 100);
	report(w, 3, victim, NOON + 301, 0, 200);
	report(w, 4, victim, NOON + 300, 0, 400);
	report(w, 5, victim, NOON + 300, shown, 800);
	report(w, 6, victim, NOON + 300, 442079460009, 1600);
	report(w, 7, victim, NOON - 1800, 0, 3200);
	report(w, 8, victim, NOON - 1801, 0, 6400);
	report(w, 9, victim + 1, NOON - 5, shown, -1);
	report(w, 10, victim + 2, NOON, shown, 12800);
	report(w, 11, victim + 3, NOON, 0, 1);
	report(w, 12, 0, NOON, 0, 1);
}

static void test_reports(void)
{
	struct world w;

	begin(&w);
	fill_reports(&w);
	run(&w);
	OK(&tap, w.counts.reports == 11 && w.counts.matched == 6 && w.counts.loss == 100 + 200 + 800 + 3200 + 12800,
	   "reports, matched, loss");
	expect(&w, "the nearest long call that does not contradict",
	       "SELECT f.line, verdict, m.loss, segment, row, key, apart_ms FROM report_match m"
	       " JOIN report f ON f.id = m.report ORDER BY f.line",
	       "2|matched|100|1|0|6|299000\n3|matched|200|1|1|6|-299000\n4|ambiguous|-|-|-|-|-\n5|matched|800|1|0|6|300000\n"
	       "6|unmatched|-|-|-|-|-\n7|matched|3200|1|0|6|-1800000\n8|unmatched|-|-|-|-|-\n9|matched|-|1|3|5|-5000\n"
	       "10|matched|12800|1|4|-|0\n11|unmatched|-|-|-|-|-\n12|unmatched|-|-|-|-|-");
	expect(&w, "reports and loss of accounts", "SELECT key, reports, loss FROM account_figure WHERE reports", "5|1|0\n6|4|4300");
	expect(&w, "of presentations", "SELECT coalesce(number, 'text'), loss FROM presentation",
	       "442079460001|4100\n442079460002|200\ntext|0");
	expect(&w, "of victims", "SELECT number, reports, loss FROM victim",
	       "447911123456|4|4300\n447911123457|1|0\n447911123458|1|12800");
	notices_are(&w, "ambiguous", "reports.csv:4: victim 'v4': two long calls are equally near, 5 minutes away: ambiguous, "
				     "counted for none\n", true);
	notices_are(&w, "contradicted", "reports.csv:6: victim 'v6': the long calls to it within 30 minutes showed another "
					"number: unmatched\n", true);
	notices_are(&w, "too late", "reports.csv:8: victim 'v8': no long call to it within 30 minutes: unmatched\n", true);
	notices_are(&w, "nobody called", "reports.csv:11: victim 'v11': no long call to it: unmatched\n", true);
	notices_are(&w, "no number", "reports.csv:12: victim 'v12': is no E.164 number: unmatched\n", true);
	for (int line = 20; line < 30; line++)
		report(&w, line, 1, NOON, 0, 1);
	w.settings.report_window = 300;
	run(&w);
	notices_are(&w, "the first ten are said", "reports.csv:25: ", false);
	notices_are(&w, "and the rest counted", "\n5 more unmatched reports; see export reports\n", true);
	sql(&w, "UPDATE report_read SET currency = 'USD' WHERE report = 1");
	fails(&w, "a loss without a rate", STATUS_FAILED,
	      "reports.csv:2: at 'when': no rate USD to GBP for 2022-03-01, nor for any other day");
	sql(&w, "INSERT INTO rate VALUES(NULL, 6, 0, 2, 0, 1, 'd', 'USD', 'GBP', '0.755');"
		"INSERT INTO rate_read VALUES(last_insert_rowid(), %" PRId64 ", 'USD', 'GBP', '0.755')", DAY);
	run(&w);
	expect(&w, "a loss at the rate of its day, half to even", "SELECT loss FROM report_match WHERE report = 1", "76");
	end(&w);
}

/* ---- score ---- */

static void test_scores(void)
{
	struct world w;

	begin(&w);
	w.settings.score = "harm victims 1 7\nevidence accounts 2 3\nevidence devices 1 1\nevidence payments 1 2\n";
	login(&w, 6, 2, NULL, "one");
	login(&w, 5, 3, NULL, "one");
	login(&w, 5, 4, NULL, "two");
	call(&w, (struct call){ 6, NOON, 61000, 442079460001, 0, 447911123456, 1, 0, ANSWERED });
	run(&w);
	expect(&w, "scores", "SELECT id, score, why FROM suspect LIMIT 2",
	       "1|7|harm 7: victims 1 7; evidence 4: accounts 2 3, devices 2 1\n2|0|harm 0; evidence 0");
	expect(&w, "the bands", "SELECT * FROM score_band",
	       "1|1|harm|victims|victims|1|7\n2|2|evidence|accounts|accounts|2|3\n3|3|evidence|devices|devices|1|1\n"
	       "4|4|evidence|payments|payments|1|2");
	expect(&w, "the evidence", "SELECT * FROM evidence LIMIT 2", "1|0|0|0|0|2|2\n2|0|0|0|0|0|1");
	w.settings.score = "nonsense";
	w.settings.score_name = "my\nbands";
	fails(&w, "bands that do not parse", STATUS_FAILED, "my\\x0abands:1: 'nonsense'");
	end(&w);
}

/* ---- summary ---- */

static void summary_is(struct world *w, const char *name, int64_t since, int64_t until, const char *country,
		       const char *expected)
{
	const struct summary_options options = { since, until, country, 3 };
	struct summary summary;
	struct buf got = { 0 };
	enum status status = summary_run(&w->casefile, &options, NULL, &summary);

	for (unsigned key = 0; status == STATUS_OK && key < SUMMARY_GROSS; key++)
		buf_format(&got, "%s%s", key ? "," : "", summary.values[key]);
	summary_release(&summary);
	if (!tap_same(got.data, expected))
		printf("# got      %s\n# expected %s\n", got.data ? got.data : w->casefile.error.text, expected);
	OK(&tap, tap_same(got.data, expected), "summary: %s", name);
	buf_release(&got);
}

static void add_coins(const struct summary_coins *coins, struct buf *out)
{
	for (size_t i = 0; i < coins->count; i++)
		buf_format(out, " %s %s=%s", coins->items[i].currency, coins->items[i].spend, coins->items[i].value);
}

/* Gross and refunds of the case and its coins; those of the window, and its other keys. */
static void window_is(struct world *w, const char *name, int64_t since, int64_t until, const char *expected)
{
	const struct summary_options options = { since, until, NULL, 1 };
	struct summary summary, alone;
	struct buf got = { 0 };
	bool same = true;

	if (summary_run(&w->casefile, &options, NULL, &summary) != STATUS_OK ||
	    summary_run_window(&w->casefile, &options, NULL, &alone) != STATUS_OK)
		buf_text(&got, w->casefile.error.text);
	for (unsigned key = SUMMARY_GROSS; key < SUMMARY_KEYS; key++)
		buf_format(&got, "%s%s", key > SUMMARY_GROSS ? "," : "", summary.values[key]);
	buf_text(&got, ";");
	add_coins(&summary.of_case, &got);
	buf_text(&got, ";");
	add_coins(&summary.of_window, &got);
	for (unsigned key = 0; key < SUMMARY_KEYS; key++)
		same = same && tap_same(alone.values[key], summary_key_of_window((enum summary_key)key) ? summary.values[key] : "");
	if (!tap_same(got.data, expected))
		printf("# got      %s\n# expected %s\n", got.data, expected);
	OK(&tap, same && alone.of_window.count == summary.of_window.count && !alone.of_case.count && tap_same(got.data, expected),
	   "a window: %s", name);
	buf_release(&got);
	summary_release(&summary);
	summary_release(&alone);
}

static void test_windows(void)
{
	const int64_t always = INT64_MIN, ever = INT64_MAX;
	struct world w;

	begin(&w);
	fill_calls(&w);
	rate(&w, 2, DAY, "10000");
	payment(&w, 6, 2, NOON, 100100, NULL, NULL);
	payment(&w, 5, 3, NOON + 60, 1000000, NULL, NULL);
	payment(&w, 5, 4, NOON + 120, -300000, NULL, NULL);
	account(&w, 6, 2, "ab@example.com", NULL, NULL);
	account(&w, 5, 3, "ab@example.com", NULL, NULL);
	report(&w, 2, 447911123456, NOON, 0, 12345);
	report(&w, 3, 1, NOON + 60, 0, 12345);
	w.settings.threshold = 10000;
	run(&w);
	window_is(&w, "all", always, ever,
		  "110.01,30.00,,,110.01,30.00,2,80.01,0,2,123.45; BTC 0.00800100=80.01; BTC 0.00800100=80.01");
	window_is(&w, "its start is in it, its end is not", NOON, NOON + 60,
		  "110.01,30.00,2022-03-01T00:00:00Z,2022-03-01T00:01:00Z,10.01,0.00,1,10.01,0,1,123.45; BTC 0.00800100=80.01;"
		  " BTC 0.00100100=10.01");
	window_is(&w, "where the threshold is reached", NOON + 60, NOON + 120,
		  "110.01,30.00,2022-03-01T00:01:00Z,2022-03-01T00:02:00Z,100.00,0.00,1,100.00,1,1,0.00; BTC 0.00800100=80.01;"
		  " BTC 0.01000000=100.00");
	window_is(&w, "a refund alone", NOON + 120, ever,
		  "110.01,30.00,2022-03-01T00:02:00Z,,0.00,30.00,0,-30.00,0,0,0.00; BTC 0.00800100=80.01; BTC -0.00300000=-30.00");
	window_is(&w, "nothing", NOON + 121, ever,
		  "110.01,30.00,2022-03-01T00:02:01Z,,0.00,0.00,0,0.00,0,0,0.00; BTC 0.00800100=80.01;");
	sql(&w, "UPDATE suspect SET id = 7 WHERE id = 1");
	OK(&tap, summary_run(&w.casefile, &(struct summary_options){ always, ever, NULL, 1 }, NULL, &(struct summary){ .of_case = { NULL, 0 } }) ==
			 STATUS_INTEGRITY, "suspects that are not: %s", w.casefile.error.text);
	end(&w);
}

static void test_summary(void)
{
	const int64_t always = INT64_MIN, ever = INT64_MAX;
	const struct summary_options options = { INT64_MIN, INT64_MAX, NULL, 1 };
	struct summary summary;
	struct world w;

	begin(&w);
	OK(&tap, summary_run(&w.casefile, &options, NULL, &summary) == STATUS_FAILED &&
			 strstr(w.casefile.error.text, "run `unspoof correlate` first"), "summary before correlate");
	run(&w);
	summary_is(&w, "an empty case", always, ever, NULL, "0,0,0,0,,,,,,,0,0,0,0.00,GBP,0,0,0,0.00,0,,,0,0,0,0,,0");
	end(&w);
	begin(&w);
	fill_calls(&w);
	rate(&w, 2, DAY, "10000");
	payment(&w, 6, 2, NOON, 100100, NULL, NULL);
	payment(&w, 5, 3, NOON, 1000000, NULL, NULL);
	account(&w, 6, 2, "ab@example.com", NULL, NULL);
	account(&w, 5, 3, "ab@example.com", NULL, NULL);
	report(&w, 2, 447911123456, NOON, 0, 12345);
	report(&w, 3, 1, NOON, 0, 12345);
	sql(&w, "INSERT INTO reject VALUES(NULL, 1, 0, 9, 0, 1, '', 'why', x'', x'');"
		"INSERT INTO unread VALUES(NULL, 'call', 1, 0, 9, 0, 1, '', 'why', x'')");
	run(&w);
	/* Nine calls in 50 seconds: 6.25 between. */
	summary_is(&w, "the whole case", always, ever, NULL,
		   "9,7,5,2,,,,,,,2,1,2,110.01,GBP,1,2,1,123.45,2,2022-03-01T00:00:00Z,6.25,0,0,0,0,,0");
	summary_is(&w, "of a country", always, ever, "GB",
		   "9,7,5,2,4,3,2,1,0,0,2,1,2,110.01,GBP,1,2,1,123.45,2,2022-03-01T00:00:00Z,6.25,0,0,0,0,0,0");
	summary_is(&w, "of a country nobody called", always, ever, "FR",
		   "9,7,5,2,0,0,0,0,0,0,2,1,2,110.01,GBP,1,2,1,123.45,2,2022-03-01T00:00:00Z,6.25,0,0,0,0,0,0");
	summary_is(&w, "since is included, until is not", NOON, NOON + 30, "US",
		   "5,3,2,1,1,0,0,0,0,0,2,1,2,110.01,GBP,1,2,1,123.45,2,2022-03-01T00:00:00Z,5.00,0,0,0,0,0,0");
	summary_is(&w, "one call, and it is of no account", NOON + 31, ever, NULL,
		   "1,1,1,1,,,,,,,0,0,2,110.01,GBP,1,2,1,123.45,2,2022-03-01T00:00:00Z,,0,0,0,0,,0");
	sql(&w, "INSERT INTO organisation_read(organisation, number) SELECT 900 + rowid, number FROM victim;"
		"INSERT INTO account_read(account, key, phone) SELECT 900, 1, min(number) FROM victim;"
		"INSERT INTO account_read(account, key, phone) VALUES(901, 1, 1), (902, 1, NULL)");
	summary_is(&w, "victims that are known numbers", always, ever, "GB",
		   "9,7,5,2,4,3,2,1,0,0,2,1,2,110.01,GBP,1,2,1,123.45,2,2022-03-01T00:00:00Z,6.25,0,0,0,2,1,0");
	summary_is(&w, "those of a window", NOON, NOON + 30, "US",
		   "5,3,2,1,1,0,0,0,0,0,2,1,2,110.01,GBP,1,2,1,123.45,2,2022-03-01T00:00:00Z,5.00,0,0,0,1,0,0");
	sql(&w, "DELETE FROM account_read WHERE account >= 900; DELETE FROM organisation_read WHERE organisation >= 900");
	call(&w, (struct call){ 6, -1, 0, 0, 0, 0, 0, 0, 0 });
	call(&w, (struct call){ 6, 0, 0, 0, 0, 0, 0, 0, 0 });
	call(&w, (struct call){ 6, 0, 0, 0, 0, 0, 0, 0, 0 });
	call(&w, (struct call){ 6, -3600, 0, 0, 0, 0, 0, 0, 0 });
	run(&w);
	/* 3,600 seconds in three gaps; two hours with two calls. */
	summary_is(&w, "the earliest of equal hours, before 1970", always, 1, NULL,
		   "4,0,0,0,,,,,,,1,1,2,110.01,GBP,1,2,1,123.45,2,1969-12-31T23:00:00Z,1200.00,0,0,0,0,,0");
	end(&w);
}

/* ---- settings, damage, interruption ---- */

static bool interrupt(void *context)
{
	(void)context;
	return true;
}

static void test_settings(void)
{
	struct correlate_settings settings;
	struct text word;
	unsigned links = 0;
	struct world w;

	correlate_settings_init(&settings);
	OK(&tap, settings.threshold == 10000 && settings.report_window == 1800, "the defaults");
	OK(&tap, link_rules_parse(CORRELATE_LINKS, &links, &word) && links == settings.links, "and the rules of them");
	OK(&tap, !correlate_threshold(&settings, text_of("99.50")) && settings.threshold == 9950, "a threshold");
	OK(&tap, correlate_threshold(&settings, text_of("1.005")) && correlate_threshold(&settings, text_of("-1")) &&
			 correlate_threshold(&settings, text_of("x")), "thresholds that are none");
	OK(&tap, link_rules_parse("ip, email", &links, &word) && links == (1u << LINK_IP | 1u << LINK_EMAIL), "rules");
	OK(&tap, !link_rules_parse("email,,ip", &links, &word) && word.len == 0 && !link_rules_parse("", &links, &word) &&
			 !link_rules_parse("email,mail", &links, &word) && text_is(word, "mail"), "rules that are none");
	begin(&w);
	w.settings.links = 1u << LINK_IP | 1u << LINK_EMAIL;
	w.settings.score = "harm spend 1 1";
	w.settings.score_name = "bands";
	run(&w);
	expect(&w, "settings are recorded", "SELECT key, value FROM setting WHERE key <> 'score_sha256' ORDER BY key",
	       "currency|GBP\nduplicates|once\nexponent|2\nhub|20\nlink|email,ip\nlong|60\nrate_gap|0\nreport_window|1800\nscore|bands\nthreshold|100.00");
	w.settings.currency = "XXX";
	fails(&w, "an unknown currency", STATUS_USAGE, "currency 'XXX' is not known");
	w.settings.currency = "GBP";
	w.settings.hub = 0;
	fails(&w, "a hub of none", STATUS_USAGE, "out of its range");
	w.settings.hub = 20;
	w.observer.interrupted = interrupt;
	fails(&w, "interrupted", STATUS_INTERRUPTED, "interrupted");
	w.observer.interrupted = NULL;
	(void)casefile_drop_layers(&w.casefile);
	fails(&w, "nothing understood", STATUS_FAILED, "run `unspoof normalise` first");
	end(&w);
}

static void test_damage(void)
{
	static const struct call bad[] = {
		{ 7, NOON, 0, 0, 0, 0, 0, 0, 0 },
		{ -1, NOON, 0, 0, 0, 0, 0, 0, 0 },
		{ 1, NOON, -1, 0, 0, 0, 0, 0, 0 },
		{ 1, NOON, 0, 1000000000000000, 0, 0, 0, 0, 0 },
		{ 1, NOON, 0, 0, 0, -5, 0, 0, 0 },
		{ 1, NOON, 0, 0, 9, 0, 0, 0, 0 },
		{ 1, INT64_C(1) << 50, 0, 0, 0, 0, 0, 0, 0 },
	};
	static const char *const sqls[] = {
		"UPDATE account_key SET id = 9 WHERE id = 6",
		"INSERT INTO payment VALUES(1, 3, 0, 8, 0, 1, '', '', '', '', '', '', '', '', '');"
		"INSERT INTO payment_read(payment, key, paid, amount, currency, exponent, rounded, confirmed,"
	" from_address, from_kind, to_address, to_kind, txid) VALUES(1, 7, 0, 1, 'GBP', 2, 0, 1, NULL, NULL, NULL, NULL, NULL)",
		"INSERT INTO payment VALUES(1, 3, 0, 8, 0, 1, '', '', '', '', '', '', '', '', '');"
		"INSERT INTO payment_read(payment, key, paid, amount, currency, exponent, rounded, confirmed,"
	" from_address, from_kind, to_address, to_kind, txid) VALUES(1, 1, 0, 1, 'GBP', 99, 0, 1, NULL, NULL, NULL, NULL, NULL)",
		"INSERT INTO payment VALUES(1, 3, 0, 8, 0, 1, '', '', '', '', '', '', '', '', '');"
		"INSERT INTO payment_read(payment, key, paid, amount, currency, exponent, rounded, confirmed)"
		" VALUES(1, 1, 1 << 62, 1, 'GBP', 2, 0, 1)",
		"INSERT INTO report VALUES(1, 5, 0, 8, 0, 1, '', '', '', '', '', '');"
		"INSERT INTO report_read(report, victim, at_ms, duplicate, at_day, day_until) VALUES(1, 7, 0, 0, 1, 1 << 62)",
		"INSERT INTO report VALUES(1, 5, 0, 8, 0, 1, '', '', '', '', '', '');"
		"INSERT INTO report_read(report, victim, at_ms, duplicate) VALUES(1, -7, 0, 0)",
		"INSERT INTO login VALUES(1, 4, 0, 8, 0, 1, '', '', '192.0.2.1', '');"
		"INSERT INTO login_read(login, key, at) VALUES(1, 70, 0)",
		"INSERT INTO login VALUES(1, 4, 0, -8, 0, 1, '', '', '192.0.2.1', '');"
		"INSERT INTO login_read(login, key, at) VALUES(1, 1, 0)",
		"INSERT INTO login VALUES(1, 4, 0, 1 << 40, 0, 1, '', '', '192.0.2.1', '');"
		"INSERT INTO login_read(login, key, at) VALUES(1, 1, 0)",
		"INSERT INTO account VALUES(1, 1 << 23, 0, 8, 0, 1, '', '', '', '', '', '', '', '', '');"
		"INSERT INTO account_read(account, key, email) VALUES(1, 1, 'a@example.com')",
	};
	struct world w;

	for (size_t i = 0; i < COUNT(bad); i++) {
		begin(&w);
		call(&w, bad[i]);
		run(&w);
		OK(&tap, w.status == STATUS_INTEGRITY, "%s", w.casefile.error.text);
		end(&w);
	}
	for (size_t i = 0; i < COUNT(sqls); i++) {
		begin(&w);
		sql(&w, "%s", sqls[i]);
		run(&w);
		OK(&tap, w.status == STATUS_INTEGRITY, "%s", w.casefile.error.text);
		end(&w);
	}
}

/* Concluding again changes nothing. */
static void test_again(void)
{
	static const char dump[] = "SELECT * FROM suspect, presentation, victim, report_match, account_figure";
	struct buf first = { 0 }, second = { 0 };
	struct world w;

	begin(&w);
	fill_calls(&w);
	report(&w, 2, 447911123456, NOON, 0, 12345);
	run(&w);
	ask(&w, dump, &first);
	run(&w);
	ask(&w, dump, &second);
	OK(&tap, first.len > 1000 && tap_same(first.data, second.data), "concluded again, the same %zu bytes", first.len);
	buf_release(&first);
	buf_release(&second);
	end(&w);
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	test_persons();
	test_money();
	test_calls();
	test_reports();
	test_scores();
	test_summary();
	test_windows();
	test_settings();
	test_damage();
	test_again();
	scratch_leave(folder);
	return tap_done(&tap);
}
