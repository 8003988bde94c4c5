/* SPDX-License-Identifier: Apache-2.0 */
/* Every figure, from what was generated; nothing here reads a dump. */
#include "synth.h"

#include <stdlib.h>
#include <string.h>

static void widen(uint32_t *first, uint32_t *last, uint32_t from, uint32_t until)
{
	if (from != 0 && (*first == 0 || from < *first))
		*first = from;
	if (until > *last)
		*last = until;
}

static void count_total(struct totals *totals, const struct call *call)
{
	bool uk = call->country == GB, answered = call->talk > 0, lasting = call->talk > LONG_SECONDS;
	totals->calls++;
	totals->answered += answered;
	totals->longs += lasting;
	totals->uk_calls += uk;
	totals->uk_answered += uk && answered;
	totals->uk_longs += uk && lasting;
	widen(&totals->first, &totals->last, call->at, call->at);
}

static void count_slot(struct slot *slot, const struct call *call)
{
	slot->calls++;
	slot->answered += call->talk > 0;
	slot->longs += call->talk > LONG_SECONDS;
	slot->cost += call->cost;
	widen(&slot->first, &slot->last, call->at, call->at);
}

void call_count(struct world *world, const struct call *call)
{
	struct dialled *dialled = &world->dialled[call->dialled];
	bool lasting = call->talk > LONG_SECONDS;
	count_slot(&world->slots[call->slot], call);
	dialled->calls++;
	dialled->longs += lasting;
	dialled->window_longs += lasting && call->window;
	dialled->seconds += call->talk;
	widen(&dialled->first, &dialled->last, call->at, call->at);
	world->hours[(call->at - world->plan.start) / 3600]++;
	count_total(&world->whole, call);
	if (call->window) {
		count_total(&world->window, call);
		world->accounts[call->account].in_window = true;
	}
	account_seen(world, call->account, call->at);
	if (!lasting)
		return;
	world->longs = room(world->longs, world->n_longs, &world->cap_longs, sizeof *world->longs);
	world->longs[world->n_longs++] = (struct long_call){call->dialled, call->at, call->slot};
}

/* Satoshi at millionths of a pound for a bitcoin: to pence, half to even. */
static uint64_t pence_of(uint64_t satoshi, uint64_t rate)
{
	const uint64_t unit = UINT64_C(1000000000000); /* 10^8 satoshi, 10^6 millionths, less 10^2 pence */
	u128 product = (u128)satoshi * rate;
	uint64_t pence = (uint64_t)(product / unit), rest = (uint64_t)(product % unit);
	return pence + (rest > unit / 2 || (rest == unit / 2 && pence % 2 == 1));
}

static void count_payments(struct world *world)
{
	for (size_t i = 0; i < world->n_payments; i++) {
		const struct payment *payment = &world->payments[i];
		struct figures *figures = &world->account_figures[payment->account];
		if (payment->status != CONFIRMED)
			continue;
		uint64_t pence = pence_of(payment->satoshi, world->rates[(payment->at - world->plan.start) / DAY]);
		world->payers += figures->payments == 0;
		world->spend += pence;
		figures->payments++;
		figures->spend += pence;
		widen(&figures->first_payment, &figures->last_payment, payment->at, payment->at);
	}
}

static void count_reports(struct world *world)
{
	for (size_t i = 0; i < world->n_reports; i++) {
		const struct report *report = &world->reports[i];
		if (!report->matched)
			continue;
		struct slot *slot = &world->slots[world->longs[report->call].slot];
		slot->loss += report->loss;
		world->account_figures[slot->account].reports++;
		world->account_figures[slot->account].loss += report->loss;
	}
}

static void count_slots(struct world *world)
{
	for (size_t i = 0; i < world->n_slots; i++) {
		const struct slot *slot = &world->slots[i];
		struct figures *figures = &world->account_figures[slot->account];
		figures->calls += slot->calls;
		figures->answered += slot->answered;
		figures->longs += slot->longs;
		figures->presentations += slot->calls > 0 && world->presented[slot->presented].known;
		widen(&figures->first_call, &figures->last_call, slot->first, slot->last);
	}
}

/* One presentation's part in the sharing of an account's spend. */
struct part {
	struct slot *slot;
	uint64_t rest;
	uint32_t rank;
};

/* The largest remainders first; among equals the least presented text. */
static int compare_parts(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	if (x->rest != y->rest)
		return x->rest > y->rest ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

/* By cost, or by calls where nothing was charged. */
static void share_spend(struct world *world, const struct account *account, uint64_t spend)
{
	struct part parts[MAX_SLOTS];
	uint64_t cost = 0, calls = 0, left = spend;
	size_t n = 0;
	for (uint32_t i = 0; i < account->slots; i++) {
		struct slot *slot = &world->slots[account->first_slot + i];
		if (slot->calls == 0 || !world->presented[slot->presented].known)
			continue;
		parts[n++] = (struct part){.slot = slot, .rank = world->presented[slot->presented].rank};
		cost += slot->cost;
		calls += slot->calls;
	}
	for (size_t i = 0; i < n; i++) {
		uint64_t whole = cost > 0 ? cost : calls;
		u128 product = (u128)spend * (cost > 0 ? parts[i].slot->cost : parts[i].slot->calls);
		parts[i].slot->spend = (uint64_t)(product / whole);
		parts[i].rest = (uint64_t)(product % whole);
		left -= parts[i].slot->spend;
	}
	qsort(parts, n, sizeof *parts, compare_parts);
	for (size_t i = 0; i < n && i < left; i++)
		parts[i].slot->spend++;
}

static int compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->presented > y->presented) - (x->presented < y->presented);
}

/* The row of a slot, which is there. */
static uint32_t find_row(const struct world *world, const struct slot *slot)
{
	struct row wanted = {.presented = slot->presented, .person = world->accounts[slot->account].person};
	const struct row *found = bsearch(&wanted, world->rows, world->n_rows, sizeof wanted, compare_rows);
	if (found == NULL)
		die("truth", "a presentation has no row");
	return (uint32_t)(found - world->rows);
}

static void list_rows(struct world *world)
{
	size_t n = 0, kept = 0;
	world->rows = make(world->n_slots, sizeof *world->rows);
	for (size_t i = 0; i < world->n_slots; i++) {
		const struct slot *slot = &world->slots[i];
		if (slot->calls > 0 && world->presented[slot->presented].known)
			world->rows[n++] = (struct row){.presented = slot->presented, .person = world->accounts[slot->account].person};
	}
	qsort(world->rows, n, sizeof *world->rows, compare_rows);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || compare_rows(&world->rows[i], &world->rows[i - 1]) != 0)
			world->rows[kept++] = world->rows[i];
	world->n_rows = kept;
}

static void count_rows(struct world *world)
{
	list_rows(world);
	for (size_t i = 0; i < world->n_slots; i++) {
		struct slot *slot = &world->slots[i];
		if (slot->calls == 0 || !world->presented[slot->presented].known)
			continue;
		slot->row = find_row(world, slot);
		struct row *row = &world->rows[slot->row];
		row->accounts++;
		row->calls += slot->calls;
		row->answered += slot->answered;
		row->longs += slot->longs;
		row->spend += slot->spend;
		row->loss += slot->loss;
		widen(&row->first, &row->last, slot->first, slot->last);
	}
}

/* The last victim, organisation owner or person for whom a thing was counted: counts distinct things in one pass. */
struct stamps {
	uint32_t *accounts, *persons, *rows, *organisations;
};

static bool stamp(uint32_t *last, uint32_t now)
{
	if (*last == now)
		return false;
	*last = now;
	return true;
}

static struct stamps stamps_make(const struct world *world)
{
	return (struct stamps){
		make(world->n_accounts, sizeof(uint32_t)),
		make(world->n_persons, sizeof(uint32_t)),
		make(world->n_rows, sizeof(uint32_t)),
		make(world->n_presented, sizeof(uint32_t)),
	};
}

static void stamps_free(const struct stamps *stamps)
{
	free(stamps->accounts);
	free(stamps->persons);
	free(stamps->rows);
	free(stamps->organisations);
}

static void count_long(struct world *world, const struct stamps *stamps, struct victim *victim, const struct long_call *call)
{
	const struct slot *slot = &world->slots[call->slot];
	const struct presented *shown = &world->presented[slot->presented];
	uint32_t now = victim->dialled + 1, person = world->accounts[slot->account].person;
	if (stamp(&stamps->accounts[slot->account], now))
		world->account_figures[slot->account].victims++;
	if (stamp(&stamps->persons[person], now)) {
		world->person_figures[person].victims++;
		victim->persons++;
	}
	if (shown->known && stamp(&stamps->rows[slot->row], now))
		world->rows[slot->row].victims++;
	if (shown->organisation >= 0 && stamp(&stamps->organisations[shown->organisation], now))
		victim->organisations++;
}

static void count_victims(struct world *world)
{
	struct stamps stamps = stamps_make(world);
	world->victims = make(world->n_dialled, sizeof *world->victims);
	for (uint32_t d = 0; d < world->n_dialled; d++) {
		const struct dialled *dialled = &world->dialled[d];
		bool uk = d < world->pools[GB].size;
		if (dialled->longs == 0)
			continue;
		struct victim *victim = &world->victims[world->n_victims++];
		*victim = (struct victim){.dialled = d};
		for (size_t i = world->longs_from[d]; i < world->longs_from[d + 1]; i++)
			count_long(world, &stamps, victim, &world->longs[i]);
		world->whole.victims++;
		world->whole.uk_victims += uk;
		world->window.victims += dialled->window_longs > 0;
		world->window.uk_victims += uk && dialled->window_longs > 0;
	}
	stamps_free(&stamps);
}

static int compare_victims(const void *a, const void *b)
{
	const struct victim *x = a, *y = b;
	return (x->dialled > y->dialled) - (x->dialled < y->dialled);
}

static void count_victim_losses(struct world *world)
{
	for (size_t i = 0; i < world->n_reports; i++) {
		const struct report *report = &world->reports[i];
		struct victim wanted = {.dialled = report->number};
		if (!report->matched)
			continue;
		struct victim *victim = bsearch(&wanted, world->victims, world->n_victims, sizeof wanted, compare_victims);
		if (victim == NULL)
			die("truth", "a matched report has no victim");
		victim->reports++;
		victim->loss += report->loss;
	}
}

static void count_organisations(struct world *world)
{
	struct stamps stamps = stamps_make(world);
	for (size_t i = 0; i < world->n_slots; i++) {
		const struct slot *slot = &world->slots[i];
		int organisation = world->presented[slot->presented].organisation;
		if (slot->calls > 0 && organisation >= 0 && stamp(&stamps.organisations[organisation], slot->account + 1))
			world->account_figures[slot->account].organisations++;
	}
	memset(stamps.organisations, 0, world->n_presented * sizeof *stamps.organisations);
	for (size_t i = 0; i < world->n_rows; i++) {
		const struct row *row = &world->rows[i];
		int organisation = world->presented[row->presented].organisation;
		world->person_figures[row->person].presentations++;
		if (organisation >= 0 && stamp(&stamps.organisations[organisation], row->person + 1))
			world->person_figures[row->person].organisations++;
	}
	stamps_free(&stamps);
}

/* What adds up over a person's accounts; the rest was counted distinct. */
static void add_accounts(struct world *world)
{
	for (size_t i = 0; i < world->n_seen; i++) {
		const struct account *account = &world->accounts[world->by_text[i]];
		const struct figures *one = &world->account_figures[world->by_text[i]];
		struct figures *sum = &world->person_figures[account->person];
		sum->calls += one->calls;
		sum->answered += one->answered;
		sum->longs += one->longs;
		sum->reports += one->reports;
		sum->loss += one->loss;
		sum->spend += one->spend;
		sum->payments += one->payments;
		widen(&sum->first_call, &sum->last_call, one->first_call, one->last_call);
		widen(&sum->first_payment, &sum->last_payment, one->first_payment, one->last_payment);
	}
}

/* Accounts with a call, in the window and in all, and their persons. */
static void count_callers(struct world *world)
{
	struct stamps all = stamps_make(world), window = stamps_make(world);
	for (size_t i = 0; i < world->n_seen; i++) {
		const struct account *account = &world->accounts[world->by_text[i]];
		if (world->account_figures[world->by_text[i]].calls > 0) {
			world->whole.accounts++;
			world->whole.persons += stamp(&all.persons[account->person], 1);
		}
		if (account->in_window) {
			world->window.accounts++;
			world->window.persons += stamp(&window.persons[account->person], 1);
		}
	}
	stamps_free(&all);
	stamps_free(&window);
}

void truth_count(struct world *world)
{
	persons_make(world);
	world->account_figures = make(world->n_accounts, sizeof *world->account_figures);
	world->person_figures = make(world->n_persons, sizeof *world->person_figures);
	count_payments(world);
	count_reports(world);
	count_slots(world);
	for (size_t i = 0; i < world->n_accounts; i++)
		share_spend(world, &world->accounts[i], world->account_figures[i].spend);
	count_rows(world);
	count_victims(world);
	count_victim_losses(world);
	count_organisations(world);
	add_accounts(world);
	count_callers(world);
}
