/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of accounts from their usages, and what each presented. */
#include "correlate/figures/account_figures.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/money/apportion.h"
#include "correlate/calls/usage.h"
#include "correlate/interrupt.h"
#include "correlate/money/apportion_spill.h"
#include "correlate/money/share_basis.h"
#include "correlate/presented/presentations.h"

/* The usages come by person, account, and what is presented. */
struct walk {
	const struct account_figures_given *given;
	struct interrupt interrupt;
	/* Of an organisation: whose usages named it last. */
	uint32_t *by_slot;
	uint32_t *by_person;
	/* The usages of one account that present something. */
	struct presentation *held;
	struct portion *portions;      /* their shares of its spend */
	size_t count, capacity, portion_capacity;
	size_t most;                   /* of them; the rest goes to: */
	struct apportion_spill shares;
	struct share_basis basis;      /* of the account */
	struct share_tally tally;
	uint32_t slot;
};

static void add_organisation(struct walk *walk, const struct usage *usage,
			     uint32_t person)
{
	const struct account_figures_given *given = walk->given;
	const uint64_t number = presented_key_number(usage->presented_key);
	const struct listing *listing =
		number ? directory_find(given->directory, number) : NULL;

	if (!listing || !usage->owner)
		return;
	if (walk->by_slot[listing->organisation] != usage->owner)
		given->account_figures[usage->owner].organisations++;
	walk->by_slot[listing->organisation] = usage->owner;
	if (walk->by_person[listing->organisation] != person)
		given->person_counts[person].organisations++;
	walk->by_person[listing->organisation] = person;
}

static void add_figures(struct walk *walk, const struct ordered_usage *ordered)
{
	const struct usage *usage = &ordered->usage;
	struct figures *account = &walk->given->account_figures[usage->owner];

	account->calls += usage->calls;
	account->answered += usage->answered;
	account->long_calls += usage->long_calls;
	account->presentations += usage->presented_key != 0;
	period_add(&account->called, usage->called.first, usage->called.last);
	add_organisation(walk, usage, ordered->person);
}

/* What a usage presents; spend: what its calls cost. */
static struct presentation with_figures(const struct ordered_usage *ordered)
{
	const struct presented_position position = { ordered->order, ordered->rank };
	const struct usage *usage = &ordered->usage;
	struct presentation to =
		presentation_of(&position, usage->presented_key, ordered->person);

	to.reading = usage->reading;
	to.called = usage->called;
	to.accounts = 1;
	to.calls = usage->calls;
	to.answered = usage->answered;
	to.long_calls = usage->long_calls;
	to.spend = usage->cost;
	return to;
}

static bool open_shares(struct walk *walk)
{
	const struct account_figures_given *given = walk->given;
	const struct apportion_spill_given shares = {
		.casefile = given->casefile,
		.observer = given->observer,
		.spill = given->spill,
		.presentations = given->presentations,
		.memory = (size_t)(given->memory / 16),
	};

	return apportion_spill_open(&walk->shares, &shares);
}

/* Makes place for one more: those held go to the file when there are many. */
static bool make_place(struct walk *walk)
{
	void *held = walk->held;
	bool good = true;

	if (walk->count == walk->most) {
		good = walk->shares.count || open_shares(walk);
		for (size_t i = 0; i < walk->count && good; i++)
			good = apportion_spill_put(&walk->shares, &walk->held[i]);
		walk->count = 0;
	}
	if (!good || !memory_room_within(&held, &walk->capacity, walk->count + 1,
					 walk->most, sizeof(*walk->held)))
		return false;
	walk->held = held;
	return true;
}

static bool hold(struct walk *walk, const struct ordered_usage *usage)
{
	if (!make_place(walk))
		return false;
	walk->held[walk->count++] = with_figures(usage);
	share_basis_add(&walk->basis, &usage->usage);
	return true;
}

static bool weigh(struct walk *walk, bool by_calls)
{
	void *portions = walk->portions;
	u128 total = 0;

	if (!memory_room(&portions, &walk->portion_capacity, walk->count,
			 sizeof(*walk->portions)))
		return false;
	walk->portions = portions;
	for (size_t i = 0; i < walk->count; i++) {
		walk->portions[i].weight = by_calls ? walk->held[i].calls : (u128)walk->held[i].spend;
		walk->portions[i].rank = (uint32_t)i;
		walk->portions[i].owner = (uint32_t)i;
		total |= walk->portions[i].weight;
	}
	for (size_t i = 0; i < walk->count && !total; i++)
		walk->portions[i].weight = walk->held[i].calls;
	return true;
}

/* What went back is more than what was paid: nothing is left to share. */
static i128 shared(const struct walk *walk)
{
	const i128 spend = figures_spend(&walk->given->account_figures[walk->slot]);

	return spend > 0 ? spend : 0;
}

/* The spend of an account goes to what it presented by cost; by calls when
 * nothing cost anything, or costs do not do. */
static enum status apportion_held(struct walk *walk, bool by_calls)
{
	const struct account_figures_given *given = walk->given;
	enum status status = STATUS_OK;

	if (!weigh(walk, by_calls))
		return error_memory(&given->casefile->error);
	apportion(shared(walk), walk->portions, walk->count);
	for (size_t i = 0; i < walk->count; i++)
		walk->held[walk->portions[i].owner].spend =
			walk->portions[i].part;
	for (size_t i = 0; i < walk->count && status == STATUS_OK; i++)
		status = sorter_put(given->presentations, &walk->held[i])
				 ? interrupt_ask(&walk->interrupt)
				 : spill_failed(given->spill, &given->casefile->error);
	return status;
}

static enum status apportion_spilled(struct walk *walk, bool by_calls)
{
	const struct account_figures_given *given = walk->given;
	enum status status;
	bool good = true;

	for (size_t i = 0; i < walk->count && good; i++)
		good = apportion_spill_put(&walk->shares, &walk->held[i]);
	status = good ? apportion_spill_run(&walk->shares, shared(walk), by_calls)
		      : spill_failed(given->spill, &given->casefile->error);
	apportion_spill_close(&walk->shares);
	return status;
}

/* All that the account presented. */
static enum status put_held(struct walk *walk)
{
	const bool by_calls = share_basis_problem(&walk->basis) != SHARE_FINE;
	enum status status = STATUS_OK;

	if (figures_spend(&walk->given->account_figures[walk->slot]) != 0 && walk->count)
		share_tally_add(&walk->tally, walk->slot, &walk->basis);
	if (walk->shares.count)
		status = apportion_spilled(walk, by_calls);
	else if (walk->count)
		status = apportion_held(walk, by_calls);
	walk->count = 0;
	walk->basis = (struct share_basis){ 0 };
	return status;
}

/* Calls of no account tell how a number was read first, no more. */
static bool put_reading(const struct account_figures_given *given,
			const struct ordered_usage *ordered)
{
	const struct presented_position position = { ordered->order, ordered->rank };
	struct presentation presentation =
		presentation_of(&position, ordered->usage.presented_key, ordered->person);

	presentation.reading = ordered->usage.reading;
	return sorter_put(given->presentations, &presentation);
}

static enum status take(struct walk *walk, const struct ordered_usage *ordered)
{
	const struct usage *usage = &ordered->usage;
	const struct account_figures_given *given = walk->given;
	enum status status = STATUS_OK;
	bool good = true;

	if (usage->owner != walk->slot) {
		status = put_held(walk);
		walk->slot = usage->owner;
	}
	if (status != STATUS_OK)
		return status;
	add_figures(walk, ordered);
	if (usage->presented_key)
		good = usage->owner ? hold(walk, ordered)
				   : put_reading(given, ordered);
	return good ? interrupt_ask(&walk->interrupt)
		    : spill_failed(given->spill, &given->casefile->error);
}

static enum status walk_all(struct walk *walk)
{
	struct sorter *usages = walk->given->usages;
	struct error *error = &walk->given->casefile->error;
	const struct ordered_usage *usage;
	enum status status = STATUS_OK;

	if (!sorter_begin(usages))
		return spill_failed(walk->given->spill, error);
	while (status == STATUS_OK && (usage = sorter_next(usages)))
		status = take(walk, usage);
	if (status == STATUS_OK && sorter_broken(usages))
		status = spill_failed(walk->given->spill, error);
	if (status == STATUS_OK)
		status = put_held(walk);
	return status == STATUS_OK ? share_tally_say(&walk->tally, walk->given->persons,
						     walk->given->currency, walk->given->remarks)
				   : status;
}

enum status account_figures_fill(const struct account_figures_given *given)
{
	const size_t organisations = given->directory->names.count + 1;
	struct walk walk = {
		.given = given,
		.interrupt = { given->casefile, given->observer, 0 },
		.most = (size_t)(given->memory / 16) /
			(sizeof(struct presentation) + sizeof(struct portion)),
	};
	enum status status;

	walk.by_slot = calloc(organisations, sizeof(*walk.by_slot));
	walk.by_person = calloc(organisations, sizeof(*walk.by_person));
	status = walk.by_slot && walk.by_person
			 ? walk_all(&walk)
			 : error_memory(&given->casefile->error);
	free(walk.by_slot);
	free(walk.by_person);
	free(walk.held);
	free(walk.portions);
	apportion_spill_close(&walk.shares);
	return status;
}
