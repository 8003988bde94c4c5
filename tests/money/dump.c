/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the dumps of a service, and how they are to be read. */
#include <stdlib.h>

#include "model.h"

static FILE *dump_open(const char *name, const char *header)
{
	FILE *file = fopen(name, "w");
	if (file == NULL) {
		perror(name);
		exit(2);
	}
	fputs(header, file);
	return file;
}

static void dump_close(FILE *file)
{
	if (fclose(file) != 0) {
		perror("model");
		exit(2);
	}
}

void date_write(int day, char text[16])
{
	static const int months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int month = 0, year = day < 0 ? 2021 : 2022;
	for (day += day < 0 ? 365 : 0; day >= months[month]; month++)
		day -= months[month];
	snprintf(text, 16, "%04d-%02d-%02d", year % 10000, (month + 1) % 100, (day + 1) % 100);
}

void time_write(int64_t at, int offset, char text[40])
{
	int64_t local = at + offset * INT64_C(60000);
	int second = (int)(local / 1000 % 86400), part = (int)(local % 1000), size = offset < 0 ? -offset : offset;
	char date[16], fraction[8] = "", behind[16] = "Z";
	date_write((int)(local / 86400000), date);
	if (part != 0)
		snprintf(fraction, sizeof fraction, ".%03d", part % 1000);
	if (offset != 0)
		snprintf(behind, sizeof behind, "%c%02d:%02d", offset < 0 ? '-' : '+', size / 60 % 100, size % 60);
	snprintf(text, 40, "%sT%02d:%02d:%02d%s%s", date, second / 3600, second / 60 % 60, second % 60, fraction, behind);
}

void shown_write(int shown, char text[24])
{
	static const char *const words[] = {"BANK", "HMRC", "POLICE"};
	if (shown < 400)
		snprintf(text, 24, "+442079460%03d", shown);
	else if (shown < 500)
		snprintf(text, 24, "+121255501%02d", shown - 400);
	else
		snprintf(text, 24, "%s", words[shown - 500]);
}

static void dialled_write(int dialled, char text[24])
{
	snprintf(text, 24, dialled < 1000 ? "+447700900%03d" : "+131255501%02d", dialled % 1000);
}

static const char *code_of(int coin, bool left_out)
{
	return coin == NONE || left_out ? "" : coins[coin].code;
}

/* Those with a date alone are a dump of their own. */
static void payments_dump(const struct service *service, const char *name, bool dates)
{
	FILE *file = dump_open(name, "payment_id,account,paid,amount,currency");
	fputs(service->has_status ? ",status\n" : "\n", file);
	for (int i = 0; i < service->n_payments; i++) {
		const struct payment *payment = &service->payments[i];
		char time[40], date[16];
		time_write(payment->at, payment->offset, time);
		date_write(day_of(payment->at), date);
		if (payment->date_alone != dates)
			continue;
		fprintf(file, "P%06d,a%05d,%s,%s,%s", i, payment->account, dates ? date : time, payment->amount,
			code_of(payment->coin, payment->coin_left_out));
		if (service->has_status)
			fprintf(file, ",%s", payment->status);
		fputc('\n', file);
	}
	dump_close(file);
}

static void calls_dump(const struct service *service)
{
	FILE *file = dump_open("calls.csv", "call_id,started,account,presented,dialled,talk,cost,currency\n");
	for (int i = 0; i < service->n_calls; i++) {
		const struct call *call = &service->calls[i];
		char time[40], shown[24] = "", dialled[24];
		time_write(call->at, 0, time);
		if (call->shown != NONE)
			shown_write(service->shown[service->person[call->account]][call->shown], shown);
		dialled_write(call->dialled, dialled);
		fprintf(file, "C%06d,%s,a%05d,%s,%s,%d,%s,%s\n", i, time, call->account, shown, dialled, call->talk, call->cost,
			code_of(call->coin, call->coin_left_out));
	}
	dump_close(file);
}

static void reports_dump(const struct service *service)
{
	FILE *file = dump_open("reports.csv", "reference,victim,at,loss,currency\n");
	for (int i = 0; i < service->n_reports; i++) {
		const struct report *report = &service->reports[i];
		char time[40], victim[24];
		time_write(report->at, 0, time);
		dialled_write(service->calls[report->call].dialled, victim);
		fprintf(file, "R%06d,%s,%s,%s,%s\n", i, victim, time, report->loss, coins[report->coin].code);
	}
	dump_close(file);
}

/* Other pairs are there too, the same one the other way round among them, and must not be used. */
static void rates_dump(struct service *service)
{
	int line = 1;
	FILE *file = dump_open("rates.csv", "date,base,quote,rate\n");
	const char *quote = coins[service->coin].code, *other = coins[(service->coin + 1) % n_coins].code;
	const char *midnight = service->rate_midnights ? " 00:00:00" : "";
	for (int day = 0; day < DAYS; day++) {
		char date[16];
		date_write(day, date);
		for (int coin = 0; coin < n_coins; coin++) {
			const char *base = coins[coin].code, *text = service->rates[coin][day].text;
			service->rates[coin][day].line = text[0] != '\0' ? ++line : NONE;
			if (text[0] != '\0')
				fprintf(file, "%s%s,%s,%s,%s\n", date, midnight, base, quote, text);
			if (coin != service->coin && day % 3 == coin % 3)
				line += fprintf(file, "%s%s,%s,%s,7.5\n", date, midnight, quote, base) > 0;
			if (coin != service->coin && base != other && day % 2 == 0)
				line += fprintf(file, "%s%s,%s,%s,11.25\n", date, midnight, base, other) > 0;
		}
	}
	dump_close(file);
}

static void accounts_dump(const struct service *service)
{
	FILE *file = dump_open("accounts.csv", "account,email\n");
	for (int i = 0; i < service->accounts; i++)
		fprintf(file, "a%05d,p%05d@example.com\n", i, service->person[i]);
	dump_close(file);
}

/* What the commands are told: one line for each. */
static void source_options(const char *name, int coin, const char *zone, const char *more)
{
	FILE *file = dump_open(name, "");
	if (coin != NONE)
		fprintf(file, "-c %s ", coins[coin].code);
	if (zone != NULL)
		fprintf(file, "-z %s", zone);
	fputs(more, file);
	dump_close(file);
}

static void options_dump(const struct service *service)
{
	FILE *file;
	const char *negative = service->negative_refund ? " -w negative=refund" : "";
	source_options("payments.options", service->payment_coin, NULL, negative);
	source_options("dates.options", service->payment_coin, service->date_zone, negative);
	source_options("calls.options", service->call_coin, NULL, "");
	source_options("rates.options", NONE, service->rate_zone, "");
	file = dump_open("correlate.options", "");
	fprintf(file, "--currency %s --threshold %s", coins[service->coin].code, service->threshold);
	if (service->rate_gap > 0)
		fprintf(file, " --rate-gap %d", service->rate_gap);
	dump_close(file);
}

/* Since and until of each, `-' for none. */
static void windows_dump(const struct service *service)
{
	FILE *file = dump_open("windows", "");
	for (int i = 0; i < WINDOWS; i++) {
		char since[40] = "-", until[40] = "-";
		if (service->windows[i].since != NONE)
			time_write(service->windows[i].since, 0, since);
		if (service->windows[i].until != NONE)
			time_write(service->windows[i].until, 0, until);
		fprintf(file, "%s %s\n", since, until);
	}
	dump_close(file);
}

void service_dump(struct service *service)
{
	payments_dump(service, "payments.csv", false);
	if (service->dates_alone)
		payments_dump(service, "dates.csv", true);
	calls_dump(service);
	reports_dump(service);
	rates_dump(service);
	accounts_dump(service);
	options_dump(service);
	windows_dump(service);
}
