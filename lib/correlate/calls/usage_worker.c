/* SPDX-License-Identifier: Apache-2.0 */
/* Adding up the calls of a segment, on any thread. */
#include "correlate/calls/usage_worker.h"

#include <stdlib.h>
#include <string.h>

#include "correlate/calls/call_check.h"

#define FETCHED 64     /* rows whose cells are asked for at a time */
/* Rows that are decoded together: some fifteen columns of them stay in the
 * processor's second cache. */
#define WINDOW 4096

bool tally_open(struct tally *tally, struct calls *calls, size_t cells)
{
	memset(tally, 0, sizeof(*tally));
	tally->calls = calls;
	tally->decoder.window = WINDOW;
	return cells_open(&tally->cells, cells);
}

void tally_close(struct tally *tally)
{
	segment_decoder_release(&tally->decoder);
	cells_close(&tally->cells);
	free(tally->held.items);
	memset(tally, 0, sizeof(*tally));
}

static int64_t value(const struct tally *tally, unsigned column, uint32_t i)
{
	return tally->segment.understood[column][i];
}

static uint64_t shows(const struct tally *tally, uint32_t i)
{
	return shows_of((uint64_t)value(tally, READ_PRESENTED, i),
			(uint64_t)value(tally, READ_SHOWN, i));
}

/* The account_key.id of a row. */
static uint32_t account(const struct tally *tally, uint32_t i)
{
	return (uint32_t)value(tally, READ_ACCOUNT, i);
}

/* What is told by several columns of a row. */
struct call {
	int64_t seconds;           /* of its start */
	bool answered;
	bool is_long;
};

static struct call call_of(const struct tally *tally, uint32_t i)
{
	const bool answered = value(tally, READ_FLAGS, i) & CALL_FLAG_ANSWERED;
	const int64_t talk = answered ? value(tally, READ_TALK, i) : 0;

	return (struct call){
		.seconds = seconds_of(value(tally, READ_STARTED, i)),
		.answered = answered,
		.is_long = answered & (talk > tally->calls->long_ms),
	};
}

/* ---- cells ---- */

/* A row whose cell was asked for. */
struct guess {
	uint64_t hash;
	uint64_t shows;
	uint32_t place;            /* most likely */
};

/* The cell of a row that was not guessed, added when new. */
static enum trouble search_cell(struct tally *tally, const struct guess *guess,
				uint32_t account, struct cell **cell)
{
	struct calls *calls = tally->calls;
	struct showing showing;

	if (cells_full(&tally->cells) &&
	    !calls_order_cells(calls, &tally->cells, false))
		return TROUBLE_SPILL;
	*cell = cells_at(&tally->cells, account, guess->shows, guess->hash);
	if (!*cell)
		return TROUBLE_SPILL;
	return (*cell)->calls == 0 &&
			       !showing_of(calls->given.showings, guess->shows,
					   &showing)
		       ? TROUBLE_SHOWN
		       : TROUBLE_NONE;
}

/* The cell of a row, by its guess or by a search. */
static enum trouble find_cell(struct tally *tally, const struct guess *guess,
			      uint32_t account, struct cell **cell)
{
	*cell = &tally->cells.items[guess->place];
	if (guess->place && guess->place < tally->cells.count &&
	    cell_is(*cell, account, guess->shows))
		return TROUBLE_NONE;
	return search_cell(tally, guess, account, cell);
}

static enum trouble add_cell(struct tally *tally, uint32_t i,
			     const struct call *call, const struct guess *guess)
{
	const uint32_t reading =
		(uint32_t)value(tally, READ_PRESENTED_READING, i);
	struct cell *cell;
	const enum trouble trouble =
		find_cell(tally, guess, account(tally, i), &cell);

	if (trouble != TROUBLE_NONE)
		return trouble;
	cell->reading = reading_lower(cell->reading, reading);
	cell->calls++;
	cell->answered += call->answered;
	cell->long_calls += call->is_long;
	cell->cost += value(tally, READ_COST, i);
	period_add(&cell->called, call->seconds, call->seconds);
	return TROUBLE_NONE;
}

/* Whether the accounts of some rows are there. */
static bool has_accounts(const struct tally *tally, uint32_t from, uint32_t count)
{
	const uint32_t accounts = tally->calls->given.people->accounts;
	bool good = true;

	for (uint32_t i = from; i < from + count; i++)
		good &= account(tally, i) <= accounts;
	return good;
}

/* The cells of some rows to come lie all over the memory: they are asked for
 * together, so that the waits for them overlap. */
static void fetch(const struct tally *tally, uint32_t from, uint32_t count,
		  struct guess *guesses)
{
	for (uint32_t k = 0; k < count; k++) {
		struct guess *guess = &guesses[k];

		guess->shows = shows(tally, from + k);
		guess->hash = cell_hash(&tally->cells.index, guess->shows,
					account(tally, from + k));
		cells_fetch(&tally->cells, guess->hash);
	}
	for (uint32_t k = 0; k < count; k++)
		guesses[k].place = cells_guess(&tally->cells, guesses[k].hash);
}

/* ---- long calls ---- */

static void offer(const struct tally *tally, uint32_t i)
{
	const struct long_call call = {
		.dialled = (uint64_t)value(tally, READ_DIALLED, i),
		.presented = (uint64_t)value(tally, READ_PRESENTED, i),
		.started = value(tally, READ_STARTED, i),
		.shows = shows(tally, i),
		.segment = tally->segment.id,
		.row = tally->first + i,
		.slot = tally->calls->given.people->slots[account(tally, i)],
	};
	struct calls *calls = tally->calls;

	(void)pthread_mutex_lock(&calls->lock);
	reports_offer(calls->given.reports, &call);
	(void)pthread_mutex_unlock(&calls->lock);
}

/* A long call to a number, of a row counted from that of the case. */
static enum trouble add_long(struct tally *tally, uint32_t i, uint64_t row)
{
	struct calls *calls = tally->calls;
	const struct contact contact = {
		.number = (uint64_t)value(tally, READ_DIALLED, i),
		.shows = shows(tally, i),
		.slot = account(tally, i),
		.row = (uint32_t)row,
		.reading = (uint32_t)value(tally, READ_DIALLED_READING, i),
	};

	if (reports_want(calls->given.reports, contact.number))
		offer(tally, i);
	return contacts_add(&calls->contacts, &tally->held, &contact)
		       ? TROUBLE_NONE
		       : TROUBLE_SPILL;
}

/* ---- rows ---- */

/* Some rows, all that is done with them while they are at hand. */
static enum trouble take_some(struct tally *tally, uint32_t from, uint32_t count,
			      struct pass_item *item)
{
	struct guess guesses[FETCHED];
	enum trouble trouble = TROUBLE_NONE;

	if (!batch_sound(&tally->segment, from, count))
		return TROUBLE_DAMAGED;
	if (!has_accounts(tally, from, count))
		return TROUBLE_ACCOUNT;
	fetch(tally, from, count, guesses);
	for (uint32_t k = 0; k < count && trouble == TROUBLE_NONE; k++) {
		const uint32_t i = from + k;
		struct call call;

		if (!flags_count(value(tally, READ_FLAGS, i)))
			continue;
		item->calls++;
		call = call_of(tally, i);
		trouble = add_cell(tally, i, &call, &guesses[k]);
		if (call.is_long && value(tally, READ_DIALLED, i) &&
		    trouble == TROUBLE_NONE)
			trouble = add_long(tally, i,
					   item->first_row + tally->first + i);
	}
	return trouble;
}

/* The rows of a segment from tally->first on that are decoded together. */
static enum trouble take_window(struct tally *tally, struct pass_item *item)
{
	const struct segment *segment = &tally->segment;
	const enum status status =
		segment_decode_from(&tally->decoder, &item->raw, tally->first, 0,
				    CALLS_WANTED, &tally->segment);
	enum trouble trouble = TROUBLE_NONE;

	if (status != STATUS_OK)
		return status == STATUS_FAILED ? TROUBLE_SPILL : TROUBLE_DAMAGED;
	for (uint32_t i = 0; i < segment->rows && trouble == TROUBLE_NONE;
	     i += FETCHED)
		trouble = take_some(tally, i,
				    segment->rows - i < FETCHED
					    ? segment->rows - i
					    : FETCHED,
				    item);
	return trouble;
}

void tally_take(struct tally *tally, struct pass_item *item)
{
	const uint32_t rows = item->raw.rows;

	for (tally->first = 0;
	     tally->first < rows && item->trouble == TROUBLE_NONE;
	     tally->first += tally->segment.rows)
		item->trouble = take_window(tally, item);
}

bool tally_end(struct tally *tally)
{
	segment_decoder_release(&tally->decoder);
	return contacts_flush(&tally->calls->contacts, &tally->held);
}

bool tally_join(struct tally *tally, struct tally *other)
{
	struct cells *cells = &tally->cells;
	bool good = true;

	for (size_t i = 1; i < other->cells.count && good; i++) {
		const struct cell *from = &other->cells.items[i];
		struct cell *to;

		if (cells_full(cells))
			good = calls_order_cells(tally->calls, cells, false);
		to = good ? cells_at(cells, from->owner, from->shows,
				     cell_hash(&cells->index, from->shows,
					       from->owner))
			  : NULL;
		if (to)
			cell_add(to, from);
		good = to != NULL;
	}
	tally_close(other);
	return good;
}
