/* SPDX-License-Identifier: Apache-2.0 */
/* The rows that must come of payments, reports and calls, each with the rate that was used. */
#include "model.h"

/* Five columns: the text of the rate, its date, its file, its line, how many days there are from the amount's to it. */
static void rate_write(const struct service *service, int coin, int day, FILE *file)
{
	int rated = coin == service->coin ? NONE : rate_day(service, coin, day);
	const struct day_rate *rate = &service->rates[coin][rated == NONE ? 0 : rated];
	char date[16];
	if (rated == NONE) {
		fputs("\t\t\t\t\n", file);
		return;
	}
	date_write(rated, date);
	fprintf(file, "%s\t%s\trates.csv\t%d\t%d\n", rate->text, date, rate->line, rated - day);
}

static void payment_expect(const struct service *service, int index, FILE *file)
{
	const struct payment *payment = &service->payments[index];
	const char *counts_as = payment->minor.negative ? "refund" : "payment";
	char minor[BIG_TEXT], value[BIG_TEXT];
	big_write(payment->minor, coins[payment->coin].places, minor);
	fprintf(file, "P%06d\ta%05d\tS%d\t%s\t%s\t", index, payment->account, service->person[payment->account] + 1, minor,
		coins[payment->coin].code);
	if (!payment->counts) {
		fputs("\t\t\t\t\t\t\t\n", file);
		return;
	}
	fprintf(file, "%s\t%s\t%s\t", counts_as, amount(service, payment->value, value), coins[service->coin].code);
	rate_write(service, payment->coin, day_of(payment->at), file);
}

static void payments_expect(const struct service *service)
{
	FILE *file = table_open("payments.expected", "payment_id account suspect amount currency",
		" counts_as value value_currency rate rate_date rate_source rate_line rate_gap");
	for (int i = 0; i < service->n_payments; i++)
		if (!service->payments[i].unread)
			payment_expect(service, i, file);
	table_close(file);
}

static void report_expect(const struct service *service, int index, FILE *file)
{
	const struct report *report = &service->reports[index];
	int account = service->calls[report->call].account;
	char loss[BIG_TEXT] = "", value[BIG_TEXT];
	if (report->loss[0] != '\0')
		big_write(minor_read(report->loss, report->coin), coins[report->coin].places, loss);
	fprintf(file, "R%06d\t%s\t%s\t", index, loss, loss[0] != '\0' ? coins[report->coin].code : "");
	if (report->matched)
		fprintf(file, "matched\ta%05d\tS%d\t", account, service->person[account] + 1);
	else
		fputs("unmatched\t\t\t", file);
	if (!report->matched || report->loss[0] == '\0') {
		fputs("\t\t\t\t\t\t\n", file);
		return;
	}
	fprintf(file, "%s\t%s\t", amount(service, report->value, value), coins[service->coin].code);
	rate_write(service, report->coin, day_of(report->at), file);
}

static void reports_expect(const struct service *service)
{
	FILE *file = table_open("reports.expected", "reference loss currency verdict account suspect",
		" value value_currency rate rate_date rate_source rate_line rate_gap");
	for (int i = 0; i < service->n_reports; i++)
		report_expect(service, i, file);
	table_close(file);
}

/* Costs that are kept as they were written, each beside the currency that is its own or its source's. */
static void calls_expect(const struct service *service)
{
	FILE *file = table_open("calls.expected", "line account", " cost currency");
	for (int i = 0; i < service->n_calls; i++) {
		const struct call *call = &service->calls[i];
		bool has = call->cost[0] != '\0' && cost_kept(call);
		fprintf(file, "%d\ta%05d\t%s\t%s\n", i + 2, call->account, has ? call->cost : "",
			has && call->coin != NONE ? coins[call->coin].code : "");
	}
	table_close(file);
}

void rows_expect(const struct service *service)
{
	payments_expect(service);
	reports_expect(service);
	calls_expect(service);
}
