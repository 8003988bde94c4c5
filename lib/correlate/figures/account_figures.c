/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of accounts from their cells, and what each presented. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/money/apportion.h"
#include "correlate/correlation.h"
#include "correlate/money/apportion_spill.h"

/* The cells come by person, account, and what is shown. */
struct walk {
	struct correlation *c;
	/* Of an organisation: whose cells named it last. */
	uint32_t *by_slot;
	uint32_t *by_person;
	/* The cells of one account that present something. */
	struct presentation *held;
	struct portion *portions;      /* their shares of its spend */
	size_t count, capacity, portion_capacity;
	size_t most;                   /* of them; the rest goes to: */
	struct wide wide;
	uint32_t slot;
};

static void add_organisation(struct walk *walk, const struct cell *cell,
			     uint32_t person)
{
	struct correlation *c = walk->c;
	const uint64_t number = shows_number(cell->shows);
	const struct listing *listing =
		number ? directory_find(&c->directory, number) : NULL;

	if (!listing || !cell->owner)
		return;
	if (walk->by_slot[listing->organisation] != cell->owner)
		c->accounts[cell->owner].organisations++;
	walk->by_slot[listing->organisation] = cell->owner;
	if (walk->by_person[listing->organisation] != person)
		c->persons[person].organisations++;
	walk->by_person[listing->organisation] = person;
}

static void add_figures(struct walk *walk, const struct ordered_cell *ordered)
{
	const struct cell *cell = &ordered->cell;
	struct party *account = &walk->c->accounts[cell->owner];

	account->calls += cell->calls;
	account->answered += cell->answered;
	account->long_calls += cell->long_calls;
	account->presentations += cell->shows != 0;
	period_add(&account->called, cell->called.first, cell->called.last);
	add_organisation(walk, cell, ordered->person);
}

/* What a cell presents; spend: what its calls cost. A refund that is more than
 * what was paid counts as no cost. */
static struct presentation with_figures(const struct ordered_cell *ordered)
{
	const struct showing showing = { ordered->order, ordered->rank };
	const struct cell *cell = &ordered->cell;
	struct presentation to =
		presentation_of(&showing, cell->shows, ordered->person);

	to.reading = cell->reading;
	to.called = cell->called;
	to.accounts = 1;
	to.calls = cell->calls;
	to.answered = cell->answered;
	to.long_calls = cell->long_calls;
	to.spend = cell->cost > 0 ? cell->cost : 0;
	return to;
}

/* Makes place for one more: those held go to the file when there are many. */
static bool make_place(struct walk *walk)
{
	void *held = walk->held;
	bool good = true;

	if (walk->count == walk->most) {
		good = walk->wide.count || wide_open(&walk->wide, walk->c);
		for (size_t i = 0; i < walk->count && good; i++)
			good = wide_put(&walk->wide, &walk->held[i]);
		walk->count = 0;
	}
	if (!good || !memory_room_within(&held, &walk->capacity, walk->count + 1,
					 walk->most, sizeof(*walk->held)))
		return false;
	walk->held = held;
	return true;
}

static bool hold(struct walk *walk, const struct ordered_cell *cell)
{
	if (!make_place(walk))
		return false;
	walk->held[walk->count++] = with_figures(cell);
	return true;
}

static bool weigh(struct walk *walk)
{
	void *portions = walk->portions;
	u128 total = 0;

	if (!memory_room(&portions, &walk->portion_capacity, walk->count,
			 sizeof(*walk->portions)))
		return false;
	walk->portions = portions;
	for (size_t i = 0; i < walk->count; i++) {
		walk->portions[i].weight = (u128)walk->held[i].spend;
		walk->portions[i].rank = (uint32_t)i;
		walk->portions[i].owner = (uint32_t)i;
		total |= walk->portions[i].weight;
	}
	for (size_t i = 0; i < walk->count && !total; i++)
		walk->portions[i].weight = walk->held[i].calls;
	return true;
}

/* The spend of an account goes to what it presented by cost; by calls when
 * nothing cost anything. */
static enum status share(struct walk *walk)
{
	struct correlation *c = walk->c;
	enum status status = STATUS_OK;

	if (!weigh(walk))
		return error_memory(&c->casefile->error);
	apportion(c->accounts[walk->slot].spend, walk->portions, walk->count);
	for (size_t i = 0; i < walk->count; i++)
		walk->held[walk->portions[i].owner].spend =
			walk->portions[i].part;
	for (size_t i = 0; i < walk->count && status == STATUS_OK; i++)
		status = sorter_put(&c->presented, &walk->held[i])
				 ? correlation_pause(c)
				 : spill_failed(&c->spill, &c->casefile->error);
	return status;
}

static enum status share_wide(struct walk *walk)
{
	struct correlation *c = walk->c;
	enum status status;
	bool good = true;

	for (size_t i = 0; i < walk->count && good; i++)
		good = wide_put(&walk->wide, &walk->held[i]);
	status = good ? wide_share(&walk->wide, c->accounts[walk->slot].spend)
		      : spill_failed(&c->spill, &c->casefile->error);
	wide_close(&walk->wide);
	return status;
}

/* All that the account presented. */
static enum status put_held(struct walk *walk)
{
	enum status status = STATUS_OK;

	if (walk->wide.count)
		status = share_wide(walk);
	else if (walk->count)
		status = share(walk);
	walk->count = 0;
	return status;
}

/* Calls of no account tell how a number was read first, no more. */
static bool put_reading(struct correlation *c, const struct ordered_cell *ordered)
{
	const struct showing showing = { ordered->order, ordered->rank };
	struct presentation presentation =
		presentation_of(&showing, ordered->cell.shows, ordered->person);

	presentation.reading = ordered->cell.reading;
	return sorter_put(&c->presented, &presentation);
}

static enum status take(struct walk *walk, const struct ordered_cell *ordered)
{
	const struct cell *cell = &ordered->cell;
	struct correlation *c = walk->c;
	enum status status = STATUS_OK;
	bool good = true;

	if (cell->owner != walk->slot) {
		status = put_held(walk);
		walk->slot = cell->owner;
	}
	if (status != STATUS_OK)
		return status;
	add_figures(walk, ordered);
	if (cell->shows)
		good = cell->owner ? hold(walk, ordered)
				   : put_reading(c, ordered);
	return good ? correlation_pause(c)
		    : spill_failed(&c->spill, &c->casefile->error);
}

static enum status walk_all(struct walk *walk)
{
	struct sorter *cells = &walk->c->calls.cells;
	struct error *error = &walk->c->casefile->error;
	const struct ordered_cell *cell;
	enum status status = STATUS_OK;

	if (!sorter_begin(cells))
		return spill_failed(&walk->c->spill, error);
	while (status == STATUS_OK && (cell = sorter_next(cells)))
		status = take(walk, cell);
	if (status == STATUS_OK && sorter_broken(cells))
		status = spill_failed(&walk->c->spill, error);
	return status == STATUS_OK ? put_held(walk) : status;
}

enum status accounts_fill(struct correlation *c)
{
	const size_t organisations = c->directory.names.count + 1;
	struct walk walk = {
		.c = c,
		.most = (size_t)(c->memory / 16) /
			(sizeof(struct presentation) + sizeof(struct portion)),
	};
	enum status status;

	walk.by_slot = calloc(organisations, sizeof(*walk.by_slot));
	walk.by_person = calloc(organisations, sizeof(*walk.by_person));
	status = walk.by_slot && walk.by_person
			 ? walk_all(&walk)
			 : error_memory(&c->casefile->error);
	free(walk.by_slot);
	free(walk.by_person);
	free(walk.held);
	free(walk.portions);
	wide_close(&walk.wide);
	sorter_close(&c->calls.cells);
	return status;
}
