/* SPDX-License-Identifier: Apache-2.0 */
/* The figures that must come, in the columns of the program's tables that hold them. */
#include <stdlib.h>
#include <string.h>

#include "model.h"

FILE *table_open(const char *name, const char *columns, const char *more)
{
	FILE *file = fopen(name, "w");
	if (file == NULL) {
		perror(name);
		exit(2);
	}
	for (; *columns != '\0'; columns++)
		fputc(*columns == ' ' ? '\t' : *columns, file);
	for (; *more != '\0'; more++)
		fputc(*more == ' ' ? '\t' : *more, file);
	fputc('\n', file);
	return file;
}

void table_close(FILE *file)
{
	if (fclose(file) != 0) {
		perror("model");
		exit(2);
	}
}

const char *amount(const struct service *service, struct big value, char text[BIG_TEXT])
{
	big_write(value, coins[service->coin].places, text);
	return text;
}

/* Of the payments and reports of an account, person or window: what is NONE or NULL is any. */
struct choice {
	int account, person;
	const struct window *window;
};

static bool chosen(const struct service *service, const struct choice *choice, int account, int64_t at)
{
	const struct window *window = choice->window;
	if (choice->account != NONE && account != choice->account)
		return false;
	if (choice->person != NONE && service->person[account] != choice->person)
		return false;
	if (window == NULL)
		return true;
	return (window->since == NONE || at >= window->since) && (window->until == NONE || at < window->until);
}

static int victims_of(const struct service *service, const struct choice *choice)
{
	char met[1200] = {0};
	int count = 0;
	for (int i = 0; i < service->n_calls; i++) {
		const struct call *call = &service->calls[i];
		if (call->talk <= 60 || met[call->dialled] != 0 || !chosen(service, choice, call->account, call->at))
			continue;
		met[call->dialled] = 1;
		count++;
	}
	return count;
}

static void paid(struct sums *sums, int64_t at)
{
	if (sums->payments == 0 || at < sums->first)
		sums->first = at;
	if (sums->payments == 0 || at > sums->last)
		sums->last = at;
	sums->payments++;
}

static struct sums sums_of(const struct service *service, struct choice choice)
{
	struct sums sums = {.victims = victims_of(service, &choice), .first = NONE, .last = NONE};
	for (int i = 0; i < service->n_payments; i++) {
		const struct payment *payment = &service->payments[i];
		if (!payment->counts || !chosen(service, &choice, payment->account, payment->at))
			continue;
		sums.spend = big_plus(sums.spend, payment->value);
		if (payment->minor.negative)
			sums.refunds = big_plus(sums.refunds, big_negated(payment->value));
		else
			sums.gross = big_plus(sums.gross, payment->value);
		if (!payment->minor.negative)
			paid(&sums, payment->at);
	}
	for (int i = 0; i < service->n_calls; i++)
		sums.calls += chosen(service, &choice, service->calls[i].account, service->calls[i].at);
	for (int i = 0; i < service->n_reports; i++) {
		const struct report *report = &service->reports[i];
		if (!report->matched || !chosen(service, &choice, service->calls[report->call].account, report->at))
			continue;
		sums.reports++;
		sums.loss = big_plus(sums.loss, report->value);
	}
	return sums;
}

/* What accounts and suspects have both. */
static const char *const common = " spend currency payments calls victims reports loss gross refunds";

static void common_write(const struct service *service, const struct sums *sums, FILE *file)
{
	char spend[BIG_TEXT], loss[BIG_TEXT], gross[BIG_TEXT], refunds[BIG_TEXT];
	fprintf(file, "\t%s\t%s", amount(service, sums->spend, spend), coins[service->coin].code);
	fprintf(file, "\t%d\t%d\t%d\t%d", sums->payments, sums->calls, sums->victims, sums->reports);
	fprintf(file, "\t%s\t%s\t%s", amount(service, sums->loss, loss), amount(service, sums->gross, gross),
		amount(service, sums->refunds, refunds));
}

static void accounts_expect(const struct service *service)
{
	FILE *file = table_open("accounts.expected", "account suspect", common);
	for (int i = 0; i < service->accounts; i++) {
		struct sums sums = sums_of(service, (struct choice){i, NONE, NULL});
		fprintf(file, "a%05d\tS%d", i, service->person[i] + 1);
		common_write(service, &sums, file);
		fputc('\n', file);
	}
	table_close(file);
}

/* Whether a person comes before another: by spend, victims, calls, loss, and then by number. */
static bool comes_before(const struct sums *sums, int one, int other)
{
	const struct sums *a = &sums[one], *b = &sums[other];
	int spend = big_compare(a->spend, b->spend), loss = big_compare(a->loss, b->loss);
	if (spend != 0)
		return spend > 0;
	if (a->victims != b->victims)
		return a->victims > b->victims;
	if (a->calls != b->calls)
		return a->calls > b->calls;
	return loss != 0 ? loss > 0 : one < other;
}

static void suspect_expect(const struct service *service, const struct sums *sums, int person, FILE *file)
{
	const struct sums *own = &sums[person];
	char first[40] = "", last[40] = "";
	int rank = 1;
	for (int i = 0; i < service->options.persons; i++)
		rank += i != person && comes_before(sums, i, person);
	fprintf(file, "S%d\t%d", person + 1, rank);
	common_write(service, own, file);
	if (own->payments > 0) {
		time_write(own->first / 1000 * 1000, 0, first);
		time_write(own->last / 1000 * 1000, 0, last);
	}
	if (!service->dates_alone)
		fprintf(file, "\t%s\t%s", first, last);
	fputc('\n', file);
}

/* over: only those who reached the threshold. */
static void suspects_expect(const struct service *service, const struct sums *sums, const char *name, bool over)
{
	const struct big threshold = minor_read(service->threshold, service->coin);
	char columns[160];
	snprintf(columns, sizeof columns, "%s%s", common, service->dates_alone ? "" : " first_payment last_payment");
	FILE *file = table_open(name, "suspect rank", columns);
	for (int i = 0; i < service->options.persons; i++)
		if (!over || big_compare(sums[i].spend, threshold) >= 0)
			suspect_expect(service, sums, i, file);
	table_close(file);
}

/* How many calls showed it, and what was lost through them. */
static int calls_showing(const struct service *service, int person, int shown, struct big *loss)
{
	int count = 0;
	*loss = big_small(0);
	for (int i = 0; i < service->n_calls; i++)
		count += service->person[service->calls[i].account] == person && service->calls[i].shown == shown;
	for (int i = 0; i < service->n_reports; i++) {
		const struct call *call = &service->calls[service->reports[i].call];
		if (service->reports[i].matched && service->person[call->account] == person && call->shown == shown)
			*loss = big_plus(*loss, service->reports[i].value);
	}
	return count;
}

static int accounts_showing(const struct service *service, int person, int shown)
{
	bool met[ACCOUNTS_MOST] = {false};
	int count = 0;
	for (int i = 0; i < service->n_calls; i++) {
		const struct call *call = &service->calls[i];
		if (service->person[call->account] != person || call->shown != shown || met[call->account])
			continue;
		met[call->account] = true;
		count++;
	}
	return count;
}

static void presentations_of(const struct service *service, int person, FILE *file)
{
	struct big shares[SHOWN_MOST] = {{0}}, loss;
	for (int account = 0; account < service->accounts; account++)
		if (service->person[account] == person)
			shares_add(service, account, sums_of(service, (struct choice){account, NONE, NULL}).spend, shares);
	for (int i = 0; i < service->n_shown[person]; i++) {
		char shown[24], share[BIG_TEXT], lost[BIG_TEXT];
		int calls = calls_showing(service, person, i, &loss);
		shown_write(service->shown[person][i], shown);
		if (calls > 0)
			fprintf(file, "%s\tS%d\t%d\t%d\t%s\t%s\t%s\n", shown, person + 1, accounts_showing(service, person, i), calls,
				amount(service, shares[i], share),
				coins[service->coin].code, amount(service, loss, lost));
	}
}

static void presentations_expect(const struct service *service)
{
	FILE *file = table_open("presentations.expected", "presented suspect", " accounts calls spend currency loss");
	for (int person = 0; person < service->options.persons; person++)
		presentations_of(service, person, file);
	table_close(file);
}

static int payers(const struct service *service, const struct window *window)
{
	int count = 0;
	for (int i = 0; i < service->accounts; i++)
		count += sums_of(service, (struct choice){i, NONE, window}).payments > 0;
	return count;
}

static int over_threshold(const struct service *service, const struct window *window)
{
	const struct big threshold = minor_read(service->threshold, service->coin);
	int count = 0;
	for (int i = 0; i < service->options.persons; i++)
		count += big_compare(sums_of(service, (struct choice){NONE, i, window}).spend, threshold) >= 0;
	return count;
}

static int unread(const struct service *service)
{
	int count = 0;
	for (int i = 0; i < service->n_payments; i++)
		count += service->payments[i].unread;
	return count;
}

/* Matched or not. */
static int reports_in(const struct service *service, const struct window *window)
{
	const struct choice choice = {NONE, NONE, window};
	int count = 0;
	for (int i = 0; i < service->n_reports; i++)
		count += chosen(service, &choice, 0, service->reports[i].at);
	return count;
}

/* What was spent in a coin, in itself and in that of the report, where something was. */
static void coin_expect(const struct service *service, const struct choice *choice, int coin, const char *before, FILE *file)
{
	struct big own = big_small(0), value = big_small(0);
	char text[BIG_TEXT];
	bool met = false;
	for (int i = 0; i < service->n_payments; i++) {
		const struct payment *payment = &service->payments[i];
		if (!payment->counts || payment->coin != coin || !chosen(service, choice, payment->account, payment->at))
			continue;
		own = big_plus(own, payment->minor);
		value = big_plus(value, payment->value);
		met = true;
	}
	if (!met)
		return;
	big_write(own, coins[coin].places, text);
	fprintf(file, "%sspend_%s\t%s\n", before, coins[coin].code, text);
	fprintf(file, "%sspend_%s_value\t%s\n", before, coins[coin].code, amount(service, value, text));
}

/* Gross, refunds, and coin by coin; before stands before the names of the keys. */
static void parts_expect(const struct service *service, const struct window *window, const char *before, FILE *file)
{
	const struct choice choice = {NONE, NONE, window};
	struct sums sums = sums_of(service, choice);
	char text[BIG_TEXT];
	fprintf(file, "%sgross\t%s\n", before, amount(service, sums.gross, text));
	fprintf(file, "%srefunds\t%s\n", before, amount(service, sums.refunds, text));
	for (int coin = 0; coin < n_coins; coin++)
		coin_expect(service, &choice, coin, before, file);
}

static void window_payments(const struct service *service, const struct window *window, FILE *file)
{
	char text[BIG_TEXT];
	struct sums in = sums_of(service, (struct choice){NONE, NONE, window});
	fprintf(file, "window_payers\t%d\nwindow_spend\t%s\n", payers(service, window), amount(service, in.spend, text));
	fprintf(file, "window_over_threshold\t%d\n", over_threshold(service, window));
	parts_expect(service, window, "window_", file);
}

static void summary_expect(const struct service *service, int index)
{
	const struct window *window = &service->windows[index];
	struct sums all = sums_of(service, (struct choice){NONE, NONE, NULL});
	struct sums in = sums_of(service, (struct choice){NONE, NONE, window});
	char name[40], text[BIG_TEXT];
	snprintf(name, sizeof name, "summary-%d.expected", index);
	FILE *file = table_open(name, "key", " value");
	fprintf(file, "calls\t%d\nvictims\t%d\nrejected\t%d\n", in.calls, in.victims, unread(service));
	fprintf(file, "payers\t%d\nspend\t%s\n", payers(service, NULL), amount(service, all.spend, text));
	fprintf(file, "currency\t%s\n", coins[service->coin].code);
	fprintf(file, "over_threshold\t%d\nreports\t%d\n", over_threshold(service, NULL), service->n_reports);
	fprintf(file, "reports_matched\t%d\nloss\t%s\n", all.reports, amount(service, all.loss, text));
	parts_expect(service, NULL, "", file);
	fprintf(file, "window_reports\t%d\n", reports_in(service, window));
	fprintf(file, "window_loss\t%s\n", amount(service, in.loss, text));
	/* Whether a date of another zone is in a window is not for the model to say. */
	if (!service->dates_alone || service->date_zone == NULL)
		window_payments(service, window, file);
	table_close(file);
}

void tables_expect(const struct service *service)
{
	struct sums *sums = calloc((size_t)service->options.persons, sizeof *sums);
	if (sums == NULL) {
		fputs("model: no memory\n", stderr);
		exit(2);
	}
	for (int i = 0; i < service->options.persons; i++)
		sums[i] = sums_of(service, (struct choice){NONE, i, NULL});
	suspects_expect(service, sums, "suspects.expected", false);
	suspects_expect(service, sums, "over.expected", true);
	free(sums);
	accounts_expect(service);
	presentations_expect(service);
	rows_expect(service);
	for (int i = 0; i < WINDOWS; i++)
		summary_expect(service, i);
}
