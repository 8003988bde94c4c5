/* SPDX-License-Identifier: Apache-2.0 */
/* Adding up the calls of a segment, on any thread. */
#include "correlate/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "correlate/batch.h"

#define FETCHED 64     /* rows whose cells are asked for at a time */
/* Rows that are taken together, so that what is known of them stays in the
 * processor's cache until the parts have it. */
#define BLOCK 8192

bool tally_open(struct tally *tally, struct calls *calls, unsigned number,
		size_t cells)
{
	memset(tally, 0, sizeof(*tally));
	tally->calls = calls;
	tally->number = number;
	tally->hashes = memory_array(NULL, BLOCK, sizeof(*tally->hashes));
	tally->dialled = memory_array(NULL, BLOCK, sizeof(*tally->dialled));
	tally->longs = memory_array(NULL, BLOCK, sizeof(*tally->longs));
	return cells_open(&tally->cells, cells) && tally->hashes &&
	       tally->dialled && tally->longs;
}

void tally_close(struct tally *tally)
{
	segment_decoder_release(&tally->decoder);
	cells_close(&tally->cells);
	free(tally->hashes);
	free(tally->dialled);
	free(tally->longs);
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
	int64_t talk;              /* milliseconds; 0: not answered */
	bool answered;
	bool is_long;
};

static struct call call_of(const struct tally *tally, uint32_t i)
{
	const bool answered = value(tally, READ_FLAGS, i) & CALL_FLAG_ANSWERED;
	const int64_t talk = answered ? value(tally, READ_TALK, i) : 0;

	return (struct call){
		.seconds = seconds_of(value(tally, READ_STARTED, i)),
		.talk = talk,
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
	    !callees_add_cells(&calls->callees, &tally->cells))
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
	span_add(&cell->called, call->seconds, call->seconds);
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
		guess->hash = cell_hash(guess->shows, account(tally, from + k));
		cells_fetch(&tally->cells, guess->hash);
	}
	for (uint32_t k = 0; k < count; k++)
		guesses[k].place = cells_guess(&tally->cells, guesses[k].hash);
}

/* ---- numbers ---- */

static void offer(const struct tally *tally, const struct long_row *from)
{
	const struct long_call call = {
		.dialled = (uint64_t)value(tally, READ_DIALLED, from->row),
		.presented = (uint64_t)value(tally, READ_PRESENTED, from->row),
		.started = value(tally, READ_STARTED, from->row),
		.shows = from->shows,
		.segment = tally->segment.id,
		.row = from->row,
		.slot = tally->calls->given.people->slots[from->account],
	};
	struct calls *calls = tally->calls;

	(void)pthread_mutex_lock(&calls->lock);
	reports_offer(calls->given.reports, &call);
	(void)pthread_mutex_unlock(&calls->lock);
}

/* Adds a long call; first_row: of the segment. */
static bool add_long(struct tally *tally, struct part *part,
		     const struct dialled *call, uint64_t first_row)
{
	const struct calls *calls = tally->calls;
	const struct long_row *from = &tally->longs[dialled_mark(call)];
	const uint64_t first = (first_row + from->row) << 32 | from->reading;
	struct callees *callees = &tally->calls->callees;
	const uint32_t place = part_add(callees, part, call, first);

	if (!place)
		return false;
	if (reports_want(calls->given.reports, call->number))
		offer(tally, from);
	return part_reach(callees, part, place, from->account, from->shows);
}

static bool add_number(struct tally *tally, struct part *part,
		       const struct dialled *call, uint64_t first_row)
{
	return dialled_long(call)
		       ? add_long(tally, part, call, first_row)
		       : part_add(&tally->calls->callees, part, call, 0) != 0;
}

static bool add_part(struct tally *tally, unsigned number, uint64_t first_row)
{
	struct part *part = &tally->calls->callees.parts[number];
	const uint32_t end = tally->ends[number];
	uint32_t i = number ? tally->ends[number - 1] : 0;
	bool good = true;

	(void)pthread_mutex_lock(&part->lock);
	while (i < end && good) {
		const uint32_t stop =
			end - i < CALLEES_FETCHED ? end : i + CALLEES_FETCHED;

		part_fetch(part, &tally->dialled[i], stop - i);
		for (; i < stop && good; i++)
			good = add_number(tally, part, &tally->dialled[i],
					  first_row);
	}
	(void)pthread_mutex_unlock(&part->lock);
	return good;
}

/* Each thread begins at another part, so that they seldom wait. */
static bool add_numbers(struct tally *tally, uint64_t first_row)
{
	bool good = true;

	for (unsigned i = 0; i < CALLEES_PARTS && good; i++)
		good = add_part(tally, (i + 29 * tally->number) % CALLEES_PARTS,
				first_row);
	return good;
}

/* ---- rows ---- */

/* Hashes the numbers of a block, and finds where those of each part go. */
static void hash_numbers(struct tally *tally, uint32_t count)
{
	const int64_t *numbers =
		tally->segment.understood[READ_DIALLED] + tally->block;
	const int64_t *flags =
		tally->segment.understood[READ_FLAGS] + tally->block;
	uint64_t *hashes = tally->hashes;
	uint32_t counts[CALLEES_PARTS] = { 0 };
	uint32_t sum = 0;

	for (uint32_t i = 0; i < count; i++) {
		/* 0 is that of 0 alone. */
		hashes[i] = flags_count(flags[i]) ? hash_u64((uint64_t)numbers[i])
						  : 0;
		counts[callee_part(hashes[i])] += hashes[i] != 0;
	}
	for (unsigned part = 0; part < CALLEES_PARTS; part++) {
		tally->ends[part] = sum;
		sum += counts[part];
	}
}

/* Notes what a long call needs; gives its place among them. */
static uint32_t put_long(struct tally *tally, uint32_t i)
{
	struct long_row *to = &tally->longs[tally->long_count];

	to->shows = shows(tally, i);
	to->account = account(tally, i);
	to->reading = (uint32_t)value(tally, READ_DIALLED_READING, i);
	to->row = i;
	return tally->long_count++;
}

/* Puts a call to those of its part. */
static void put(struct tally *tally, uint32_t i, const struct call *call)
{
	const uint64_t hash = tally->hashes[i - tally->block];
	struct dialled *to;

	if (!hash)
		return;
	to = &tally->dialled[tally->ends[callee_part(hash)]++];
	to->number = (uint64_t)value(tally, READ_DIALLED, i);
	to->start = dialled_start(call->seconds, 0);
	to->talk = call->talk;
	to->hash = (uint32_t)hash;
	if (!call->is_long)
		return;
	to->start = dialled_start(call->seconds, put_long(tally, i));
	to->talk = ~call->talk;
}

/* Some rows, all that is done with them while they are at hand. */
static enum trouble take_some(struct tally *tally, uint32_t from, uint32_t count,
			      uint64_t *calls)
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
		++*calls;
		call = call_of(tally, i);
		put(tally, i, &call);
		trouble = add_cell(tally, i, &call, &guesses[k]);
	}
	return trouble;
}

/* Rows from tally->block on. */
static enum trouble take_block(struct tally *tally, uint32_t count,
			       struct pass_item *item)
{
	enum trouble trouble = TROUBLE_NONE;

	tally->long_count = 0;
	hash_numbers(tally, count);
	for (uint32_t i = 0; i < count && trouble == TROUBLE_NONE; i += FETCHED)
		trouble = take_some(tally, tally->block + i,
				    count - i < FETCHED ? count - i : FETCHED,
				    &item->calls);
	if (trouble == TROUBLE_NONE && !add_numbers(tally, item->first_row))
		trouble = TROUBLE_SPILL;
	return trouble;
}

void tally_take(struct tally *tally, struct pass_item *item)
{
	const uint32_t rows = item->raw.rows;
	const enum status status = segment_decode(&tally->decoder, &item->raw, 0,
						  CALLS_WANTED, &tally->segment);

	if (status != STATUS_OK)
		item->trouble = status == STATUS_FAILED ? TROUBLE_SPILL
							: TROUBLE_DAMAGED;
	tally->block = 0;
	while (item->trouble == TROUBLE_NONE && tally->block < rows) {
		const uint32_t left = rows - tally->block;
		const uint32_t count = left < BLOCK ? left : BLOCK;

		item->trouble = take_block(tally, count, item);
		tally->block += count;
	}
}

bool tally_end(struct tally *tally)
{
	return callees_add_cells(&tally->calls->callees, &tally->cells);
}
