/* SPDX-License-Identifier: Apache-2.0 */
/* Adding up the calls of a segment, on any thread. */
#include "correlate/calls/usage_worker.h"

#include <stdlib.h>
#include <string.h>

#include "correlate/calls/call_check.h"

#define PREFETCHED 64  /* rows whose usages are prefetched together */
/* Rows that are decoded together: some fifteen columns of them stay in the
 * processor's second cache. */
#define WINDOW 4096

bool usage_worker_open(struct usage_worker *worker, struct usage_scan *scan, size_t usages)
{
	memset(worker, 0, sizeof(*worker));
	worker->scan = scan;
	worker->decoder.window = WINDOW;
	return usage_table_open(&worker->usages, usages);
}

void usage_worker_close(struct usage_worker *worker)
{
	segment_decoder_release(&worker->decoder);
	usage_table_close(&worker->usages);
	free(worker->held.items);
	memset(worker, 0, sizeof(*worker));
}

static int64_t value(const struct usage_worker *worker, unsigned column, uint32_t i)
{
	return worker->segment.understood[column][i];
}

static uint64_t presented_key(const struct usage_worker *worker, uint32_t i)
{
	return presented_key_of((uint64_t)value(worker, READ_PRESENTED, i),
				(uint64_t)value(worker, READ_SHOWN, i));
}

/* The account_key.id of a row. */
static uint32_t account(const struct usage_worker *worker, uint32_t i)
{
	return (uint32_t)value(worker, READ_ACCOUNT, i);
}

/* What several columns of a row say. */
struct call {
	int64_t seconds;           /* of its start */
	bool day;                  /* that is a day */
	bool answered;
	bool is_long;
};

static struct call call_of(const struct usage_worker *worker, uint32_t i)
{
	const int64_t flags = value(worker, READ_FLAGS, i);
	const bool answered = flags & CALL_FLAG_ANSWERED;
	const int64_t talk = answered ? value(worker, READ_TALK, i) : 0;

	return (struct call){
		.seconds = seconds_of(value(worker, READ_STARTED, i)),
		.day = flags & CALL_FLAG_DAY,
		.answered = answered,
		.is_long = answered & (talk > worker->scan->long_ms),
	};
}

/* ---- usages ---- */

/* A row whose usage was prefetched. */
struct guess {
	uint64_t hash;
	uint64_t presented_key;
	uint32_t place;            /* most likely */
};

/* The usage of a row that was not guessed, added when new. */
static enum trouble search_usage(struct usage_worker *worker, const struct guess *guess,
				 uint32_t account, struct usage **usage)
{
	struct usage_scan *scan = worker->scan;
	struct presented_position position;

	if (usage_table_full(&worker->usages) &&
	    !usage_scan_order(scan, &worker->usages, false))
		return TROUBLE_SPILL;
	*usage = usage_table_at(&worker->usages, account, guess->presented_key, guess->hash);
	if (!*usage)
		return TROUBLE_SPILL;
	return (*usage)->calls == 0 &&
			       !presented_texts_position(scan->given.texts, guess->presented_key,
							 &position)
		       ? TROUBLE_PRESENTED
		       : TROUBLE_NONE;
}

/* The usage of a row, by its guess or by a search. */
static enum trouble find_usage(struct usage_worker *worker, const struct guess *guess,
			       uint32_t account, struct usage **usage)
{
	*usage = &worker->usages.items[guess->place];
	if (guess->place && guess->place < worker->usages.count &&
	    usage_is(*usage, account, guess->presented_key))
		return TROUBLE_NONE;
	return search_usage(worker, guess, account, usage);
}

/* The unit is in its range: call_check(). A sum that is beyond its own, which no case that was
 * made by normalise has, is no trouble: it is only wrong. */
static void add_cost(struct usage *usage, int64_t digits, int64_t unit)
{
	const i128 cost = (i128)digits * cost_factors[cost_index(unit)];
	const uint32_t currency = cost_currency(unit);

	usage->cost = (i128)((u128)usage->cost + (u128)cost);
	if (usage->currency != currency)
		usage->currency = usage_cost_join(usage->currency, currency);
}

static enum trouble add_usage(struct usage_worker *worker, uint32_t i,
			      const struct call *call, const struct guess *guess)
{
	const uint32_t reading =
		(uint32_t)value(worker, READ_PRESENTED_READING, i);
	struct usage *usage;
	const enum trouble trouble =
		find_usage(worker, guess, account(worker, i), &usage);

	if (trouble != TROUBLE_NONE)
		return trouble;
	usage->reading = reading_lower(usage->reading, reading);
	usage->calls++;
	usage->answered += call->answered;
	usage->long_calls += call->is_long;
	add_cost(usage, value(worker, READ_COST, i), value(worker, READ_COST_UNIT, i));
	period_take(&usage->called, call->seconds, call->day);
	return TROUBLE_NONE;
}

/* Whether the accounts of some rows are there. */
static bool has_accounts(const struct usage_worker *worker, uint32_t from, uint32_t count)
{
	const uint32_t accounts = worker->scan->given.persons->accounts;
	bool good = true;

	for (uint32_t i = from; i < from + count; i++)
		good &= account(worker, i) <= accounts;
	return good;
}

/* The usages of some rows to come lie all over the memory: they are prefetched
 * together, so that the waits for them overlap. */
static void prefetch(const struct usage_worker *worker, uint32_t from, uint32_t count,
		  struct guess *guesses)
{
	for (uint32_t k = 0; k < count; k++) {
		struct guess *guess = &guesses[k];

		guess->presented_key = presented_key(worker, from + k);
		guess->hash = usage_hash(&worker->usages.index, guess->presented_key,
					 account(worker, from + k));
		usage_table_prefetch(&worker->usages, guess->hash);
	}
	for (uint32_t k = 0; k < count; k++)
		guesses[k].place = usage_table_guess(&worker->usages, guesses[k].hash);
}

/* ---- long calls ---- */

static void offer(const struct usage_worker *worker, uint32_t i)
{
	const struct report_call call = {
		.dialled = (uint64_t)value(worker, READ_DIALLED, i),
		.presented = (uint64_t)value(worker, READ_PRESENTED, i),
		.started = value(worker, READ_STARTED, i),
		.day = value(worker, READ_FLAGS, i) & CALL_FLAG_DAY,
		.talk = value(worker, READ_TALK, i),
		.presented_key = presented_key(worker, i),
		.segment = worker->segment.id,
		.row = worker->first + i,
		.slot = worker->scan->given.persons->slots[account(worker, i)],
	};
	struct usage_scan *scan = worker->scan;

	(void)pthread_mutex_lock(&scan->lock);
	reports_offer(scan->given.reports, &call);
	(void)pthread_mutex_unlock(&scan->lock);
}

/* A long call to a number, of a row counted from that of the case. */
static enum trouble add_long(struct usage_worker *worker, uint32_t i, uint64_t row)
{
	struct usage_scan *scan = worker->scan;
	const struct long_call call = {
		.number = (uint64_t)value(worker, READ_DIALLED, i),
		.presented_key = presented_key(worker, i),
		.slot = account(worker, i),
		.row = (uint32_t)row,
		.reading = (uint32_t)value(worker, READ_DIALLED_READING, i),
	};

	if (reports_want(scan->given.reports, call.number))
		offer(worker, i);
	return long_calls_add(&scan->long_calls, &worker->held, &call)
		       ? TROUBLE_NONE
		       : TROUBLE_SPILL;
}

/* ---- rows ---- */

/* Some rows, all that is done with them while they are at hand. */
static enum trouble take_some(struct usage_worker *worker, uint32_t from, uint32_t count,
			      struct call_scan_item *item)
{
	struct guess guesses[PREFETCHED];
	enum trouble trouble = TROUBLE_NONE;
	const int64_t no_call = worker->scan->no_call;

	if (!call_check(&worker->segment, from, count))
		return TROUBLE_DAMAGED;
	if (!has_accounts(worker, from, count))
		return TROUBLE_ACCOUNT;
	prefetch(worker, from, count, guesses);
	for (uint32_t k = 0; k < count && trouble == TROUBLE_NONE; k++) {
		const uint32_t i = from + k;
		struct call call;

		if (!flags_are_call(value(worker, READ_FLAGS, i), no_call))
			continue;
		item->calls++;
		call = call_of(worker, i);
		trouble = add_usage(worker, i, &call, &guesses[k]);
		if (call.is_long && value(worker, READ_DIALLED, i) &&
		    trouble == TROUBLE_NONE)
			trouble = add_long(worker, i,
					   item->segment.first_row + worker->first + i);
	}
	return trouble;
}

/* The rows of a segment from worker->first on that are decoded together. */
static enum trouble take_window(struct usage_worker *worker, struct call_scan_item *item)
{
	const struct segment *segment = &worker->segment;
	const enum status status =
		segment_decode_from(&worker->decoder, &item->segment.raw, worker->first, 0,
				    USAGE_WANTED, &worker->segment);
	enum trouble trouble = TROUBLE_NONE;

	if (status != STATUS_OK)
		return status == STATUS_FAILED ? TROUBLE_SPILL : TROUBLE_DAMAGED;
	for (uint32_t i = 0; i < segment->rows && trouble == TROUBLE_NONE;
	     i += PREFETCHED)
		trouble = take_some(worker, i,
				    segment->rows - i < PREFETCHED
					    ? segment->rows - i
					    : PREFETCHED,
				    item);
	return trouble;
}

void usage_worker_take(struct usage_worker *worker, struct call_scan_item *item)
{
	const uint32_t rows = item->segment.raw.rows;

	for (worker->first = 0;
	     worker->first < rows && item->trouble == TROUBLE_NONE;
	     worker->first += worker->segment.rows)
		item->trouble = take_window(worker, item);
}

bool usage_worker_end(struct usage_worker *worker)
{
	segment_decoder_release(&worker->decoder);
	return long_calls_flush(&worker->scan->long_calls, &worker->held);
}

bool usage_worker_join(struct usage_worker *worker, struct usage_worker *other)
{
	struct usage_table *usages = &worker->usages;
	bool good = true;

	for (size_t i = 1; i < other->usages.count && good; i++) {
		const struct usage *from = &other->usages.items[i];
		struct usage *to;

		if (usage_table_full(usages))
			good = usage_scan_order(worker->scan, usages, false);
		to = good ? usage_table_at(usages, from->owner, from->presented_key,
					   usage_hash(&usages->index, from->presented_key,
						      from->owner))
			  : NULL;
		if (to)
			usage_add(to, from);
		good = to != NULL;
	}
	usage_worker_close(other);
	return good;
}
