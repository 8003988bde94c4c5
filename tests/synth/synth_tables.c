/* SPDX-License-Identifier: Apache-2.0 */
/* The truth's tables, in the columns and the order of the tables they are to be compared with. */
#include "synth.h"

#include <stdlib.h>
#include <string.h>

/* ---- lists ---- */

struct cell {
	uint8_t len;
	char text[NAME_MAX_BYTES];
};

struct list {
	struct cell *cells;
	size_t n, cap;
};

static char *list_room(struct list *list)
{
	list->cells = room(list->cells, list->n, &list->cap, sizeof *list->cells);
	return list->cells[list->n].text;
}

static void list_end(struct list *list, const char *end)
{
	struct cell *cell = &list->cells[list->n++];
	cell->len = (uint8_t)(end - cell->text);
}

static int compare_cells(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	return compare_bytes(x->text, x->len, y->text, y->len);
}

/* Sorted, each once, joined by `;`; empties the list. */
static void out_list(struct out *out, struct list *list)
{
	char *text = make(list->n + 1, 2 * NAME_MAX_BYTES), *p = text;
	if (list->n > 0)
		qsort(list->cells, list->n, sizeof *list->cells, compare_cells);
	for (size_t i = 0; i < list->n; i++) {
		const struct cell *cell = &list->cells[i];
		if (i > 0 && compare_cells(cell, cell - 1) == 0)
			continue;
		if (i > 0)
			*p++ = ';';
		for (size_t j = 0; j < cell->len; j++) {
			if (cell->text[j] == ';' || cell->text[j] == '\\')
				*p++ = '\\';
			*p++ = cell->text[j];
		}
	}
	out_field(out, text, (size_t)(p - text));
	free(text);
	list->n = 0;
}

/* ---- accounts and suspects ---- */

/* Seen accounts by person, and profiles by account: where each one's begin. */
struct index {
	uint32_t *accounts, *accounts_from;
	uint32_t *profiles, *profiles_from;
};

/* Positions of n things by their owner, and where each owner's begin; the caller frees both. */
static uint32_t *group(const uint32_t *owners, size_t n, size_t n_owners, uint32_t **from)
{
	uint32_t *positions = make(n, sizeof *positions), *starts = make(n_owners + 2, sizeof *starts);
	for (size_t i = 0; i < n; i++)
		starts[owners[i] + 2]++;
	for (size_t i = 2; i < n_owners + 2; i++)
		starts[i] += starts[i - 1];
	for (size_t i = 0; i < n; i++)
		positions[starts[owners[i] + 1]++] = (uint32_t)i;
	*from = starts;
	return positions;
}

static struct index index_make(const struct world *world)
{
	struct index index;
	uint32_t *owners = make(world->n_seen > world->n_profiles ? world->n_seen : world->n_profiles, sizeof *owners);
	for (size_t i = 0; i < world->n_seen; i++)
		owners[i] = world->accounts[world->by_text[i]].person;
	index.accounts = group(owners, world->n_seen, world->n_persons, &index.accounts_from);
	for (size_t i = 0; i < world->n_profiles; i++)
		owners[i] = world->profiles[i].account;
	index.profiles = group(owners, world->n_profiles, world->n_accounts, &index.profiles_from);
	free(owners);
	return index;
}

static void index_free(const struct index *index)
{
	free(index->accounts);
	free(index->accounts_from);
	free(index->profiles);
	free(index->profiles_from);
}

static void list_profiles(const struct world *world, const struct index *index, uint32_t account, struct list *logins,
                          struct list *emails)
{
	for (uint32_t i = index->profiles_from[account]; i < index->profiles_from[account + 1]; i++) {
		const struct profile *profile = &world->profiles[index->profiles[i]];
		list_end(logins, put_login(list_room(logins), account));
		if (profile->email != 0)
			list_end(emails, put_email(list_room(emails), profile->email));
	}
}

static void out_suspect(struct out *out, uint32_t person)
{
	char text[16];
	out_field(out, text, (size_t)(put_uint(put_word(text, "S"), person + 1) - text));
}

static void out_money(struct out *out, const struct figures *figures)
{
	out_pence(out, figures->spend);
	out_word(out, "GBP");
	out_uint(out, figures->payments);
}

static void out_calls(struct out *out, const struct figures *figures)
{
	out_uint(out, figures->calls);
	out_uint(out, figures->answered);
	out_uint(out, figures->longs);
	out_uint(out, figures->victims);
	out_uint(out, figures->presentations);
	out_uint(out, figures->organisations);
	out_uint(out, figures->reports);
	out_pence(out, figures->loss);
	out_moment(out, figures->first_call, figures->first_call != 0);
	out_moment(out, figures->last_call, figures->last_call != 0);
	out_end(out);
}

static void write_suspects(const struct world *world, const struct index *index)
{
	struct list accounts = {0}, logins = {0}, emails = {0};
	struct out out;
	table_open(world, &out, "truth/suspects.csv",
	           "suspect,accounts,logins,emails,spend,currency,payments,first_payment,last_payment,calls,answered,long_calls,"
	           "victims,presentations,organisations,reports,loss,first_call,last_call");
	for (uint32_t person = 0; person < world->n_persons; person++) {
		const struct figures *figures = &world->person_figures[person];
		for (uint32_t i = index->accounts_from[person]; i < index->accounts_from[person + 1]; i++) {
			uint32_t account = world->by_text[index->accounts[i]];
			list_end(&accounts, put_text(list_room(&accounts), world->accounts[account].text, world->accounts[account].len));
			list_profiles(world, index, account, &logins, &emails);
		}
		out_suspect(&out, person);
		out_list(&out, &accounts);
		out_list(&out, &logins);
		out_list(&out, &emails);
		out_money(&out, figures);
		out_moment(&out, figures->first_payment, figures->payments > 0);
		out_moment(&out, figures->last_payment, figures->payments > 0);
		out_calls(&out, figures);
	}
	out_close(&out);
	free(accounts.cells);
	free(logins.cells);
	free(emails.cells);
}

static void write_accounts(const struct world *world, const struct index *index)
{
	struct list logins = {0}, emails = {0};
	struct out out;
	table_open(world, &out, "truth/accounts.csv",
	           "account,service,suspect,login,email,spend,currency,payments,calls,answered,long_calls,victims,presentations,"
	           "organisations,reports,loss,first_call,last_call");
	for (size_t i = 0; i < world->n_seen; i++) {
		uint32_t account = world->by_text[i];
		list_profiles(world, index, account, &logins, &emails);
		out_field(&out, world->accounts[account].text, world->accounts[account].len);
		out_word(&out, "");
		out_suspect(&out, world->accounts[account].person);
		out_list(&out, &logins);
		out_list(&out, &emails);
		out_money(&out, &world->account_figures[account]);
		out_calls(&out, &world->account_figures[account]);
	}
	out_close(&out);
	free(logins.cells);
	free(emails.cells);
}

/* ---- presentations and victims ---- */

struct key {
	uint64_t key;
	size_t index;
};

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static void write_presentation(const struct world *world, struct out *out, const struct row *row)
{
	const struct presented *shown = &world->presented[row->presented];
	out_field(out, shown->show, shown->show_len);
	out_word(out, shown->organisation >= 0 ? organisation_name(shown->organisation) : "");
	out_word(out, shown->organisation >= 0 ? organisation_sector(shown->organisation) : "");
	out_suspect(out, row->person);
	out_uint(out, row->accounts);
	out_uint(out, row->calls);
	out_uint(out, row->answered);
	out_uint(out, row->longs);
	out_uint(out, row->victims);
	out_pence(out, row->spend);
	out_word(out, "GBP");
	out_pence(out, row->loss);
	out_moment(out, row->first, true);
	out_moment(out, row->last, true);
	out_end(out);
}

static void write_presentations(const struct world *world)
{
	struct key *keys = make(world->n_rows, sizeof *keys);
	struct out out;
	table_open(world, &out, "truth/presentations.csv",
	           "presented,organisation,sector,suspect,accounts,calls,answered,long_calls,victims,spend,currency,loss,first_call,"
	           "last_call");
	for (size_t i = 0; i < world->n_rows; i++)
		keys[i] = (struct key){(uint64_t)world->presented[world->rows[i].presented].rank << 32 | world->rows[i].person, i};
	qsort(keys, world->n_rows, sizeof *keys, compare_keys);
	for (size_t i = 0; i < world->n_rows; i++)
		write_presentation(world, &out, &world->rows[keys[i].index]);
	out_close(&out);
	free(keys);
}

/* Digits from the top, four bits each, so that numbers compare as their bytes do. */
static uint64_t byte_order(const char *digits, size_t len)
{
	uint64_t key = 0;
	for (size_t i = 0; i < len; i++)
		key |= (uint64_t)(digits[i] - '0' + 1) << (60 - 4 * i);
	return key;
}

static void write_victim(const struct world *world, struct out *out, const struct victim *victim)
{
	const struct dialled *dialled = &world->dialled[victim->dialled];
	struct number number = dialled_number(world, victim->dialled);
	char text[FORM_MAX];
	out_field(out, text, (size_t)(put_e164(text, &number) - text));
	out_word(out, country_name(number.country));
	out_uint(out, dialled->calls);
	out_uint(out, dialled->longs);
	out_uint(out, dialled->seconds);
	out_uint(out, victim->persons);
	out_uint(out, victim->organisations);
	out_uint(out, victim->reports);
	out_pence(out, victim->loss);
	out_moment(out, dialled->first, true);
	out_moment(out, dialled->last, true);
	out_end(out);
}

static void write_victims(const struct world *world)
{
	struct key *keys = make(world->n_victims, sizeof *keys);
	struct out out;
	table_open(world, &out, "truth/victims.csv",
	           "number,country,calls,long_calls,seconds,suspects,organisations,reports,loss,first_call,last_call");
	for (size_t i = 0; i < world->n_victims; i++) {
		struct number number = dialled_number(world, world->victims[i].dialled);
		char text[FORM_MAX];
		keys[i] = (struct key){byte_order(text + 1, (size_t)(put_e164(text, &number) - text) - 1), i};
	}
	qsort(keys, world->n_victims, sizeof *keys, compare_keys);
	for (size_t i = 0; i < world->n_victims; i++)
		write_victim(world, &out, &world->victims[keys[i].index]);
	out_close(&out);
	free(keys);
}

/* ---- summaries ---- */

static void out_key(struct out *out, const char *key, uint64_t value)
{
	out_word(out, key);
	out_uint(out, value);
	out_end(out);
}

static void out_key_pence(struct out *out, const char *key, uint64_t pence)
{
	out_word(out, key);
	out_pence(out, pence);
	out_end(out);
}

/* (last - first) / (calls - 1) in hundredths, half to even; empty for a single call. */
static void out_seconds_between(struct out *out, const struct totals *totals)
{
	out_word(out, "seconds_between_calls");
	if (totals->calls < 2) {
		out_word(out, "");
	} else {
		uint64_t above = (uint64_t)(totals->last - totals->first) * 100, below = totals->calls - 1;
		uint64_t value = above / below, rest = above % below * 2;
		out_pence(out, value + (rest > below || (rest == below && value % 2 == 1)));
	}
	out_end(out);
}

static void out_busiest(const struct world *world, struct out *out, uint32_t since, uint32_t until)
{
	uint32_t start = world->plan.start, best = (since - start) / 3600;
	for (uint32_t hour = best; hour < (until - start) / 3600; hour++)
		if (world->hours[hour] > world->hours[best])
			best = hour;
	out_word(out, "busiest_hour");
	out_moment(out, start + best * 3600, true);
	out_end(out);
}

static void out_call_totals(struct out *out, const struct totals *totals)
{
	out_key(out, "calls", totals->calls);
	out_key(out, "answered", totals->answered);
	out_key(out, "long_calls", totals->longs);
	out_key(out, "victims", totals->victims);
	out_key(out, "country_calls", totals->uk_calls);
	out_key(out, "country_answered", totals->uk_answered);
	out_key(out, "country_long_calls", totals->uk_longs);
	out_key(out, "country_victims", totals->uk_victims);
	out_key(out, "accounts", totals->accounts);
	out_key(out, "suspects", totals->persons);
}

static void out_case_totals(const struct world *world, struct out *out)
{
	uint64_t matched = 0, loss = 0, over = 0;
	for (size_t i = 0; i < world->n_reports; i++) {
		matched += world->reports[i].matched;
		loss += world->reports[i].matched ? world->reports[i].loss : 0;
	}
	for (size_t i = 0; i < world->n_persons; i++)
		over += world->person_figures[i].spend >= THRESHOLD;
	out_key(out, "payers", world->payers);
	out_key_pence(out, "spend", world->spend);
	out_word(out, "currency");
	out_word(out, "GBP");
	out_end(out);
	out_key(out, "over_threshold", over);
	out_key(out, "reports", world->n_reports);
	out_key(out, "reports_matched", matched);
	out_key_pence(out, "loss", loss);
	out_key(out, "rejected", world->n_rejects);
}

static void write_summary(const struct world *world, const char *name, const struct totals *totals, uint32_t since,
                          uint32_t until)
{
	struct out out;
	table_open(world, &out, name, "key,value");
	out_call_totals(&out, totals);
	out_case_totals(world, &out);
	out_busiest(world, &out, since, until);
	out_seconds_between(&out, totals);
	out_close(&out);
}

void tables_write(const struct world *world)
{
	const struct plan *plan = &world->plan;
	struct index index = index_make(world);
	write_suspects(world, &index);
	write_accounts(world, &index);
	write_presentations(world);
	write_victims(world);
	write_summary(world, "truth/summary.csv", &world->whole, plan->start, plan->end);
	write_summary(world, "truth/summary-window.csv", &world->window, plan->since, plan->until);
	index_free(&index);
}
