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

/* The columns of some rows, which nothing that is written changes. */
struct columns {
	const int64_t *account, *started, *talk, *presented, *reading, *shown, *dialled, *dialled_reading,
		*cost, *unit, *flags;
};

static struct columns columns_from(const struct segment *segment, uint32_t from)
{
	const int64_t *const *columns = segment->understood;

	return (struct columns){
		.account = columns[READ_ACCOUNT] + from,
		.started = columns[READ_STARTED] + from,
		.talk = columns[READ_TALK] + from,
		.presented = columns[READ_PRESENTED] + from,
		.reading = columns[READ_PRESENTED_READING] + from,
		.shown = columns[READ_SHOWN] + from,
		.dialled = columns[READ_DIALLED] + from,
		.dialled_reading = columns[READ_DIALLED_READING] + from,
		.cost = columns[READ_COST] + from,
		.unit = columns[READ_COST_UNIT] + from,
		.flags = columns[READ_FLAGS] + from,
	};
}

/* Whether a call is long: answered, and talked on for more. */
static inline bool is_long(const struct columns *columns, uint32_t k, int64_t long_ms)
{
	return ((columns->flags[k] & CALL_FLAG_ANSWERED) != 0) & (columns->talk[k] > long_ms);
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

static inline enum trouble add_usage(struct usage_worker *worker, const struct columns *columns, uint32_t k,
				     const struct guess *guess)
{
	const int64_t flags = columns->flags[k];
	struct usage *usage;
	const enum trouble trouble = find_usage(worker, guess, (uint32_t)columns->account[k], &usage);

	if (trouble != TROUBLE_NONE)
		return trouble;
	usage->reading = reading_lower(usage->reading, (uint32_t)columns->reading[k]);
	usage->calls++;
	usage->answered += (flags & CALL_FLAG_ANSWERED) != 0;
	usage->long_calls += is_long(columns, k, worker->scan->long_ms);
	add_cost(usage, columns->cost[k], columns->unit[k]);
	period_take(&usage->called, seconds_of(columns->started[k]), flags & CALL_FLAG_DAY);
	return TROUBLE_NONE;
}

/* Whether the accounts of some rows are there. */
static bool has_accounts(const struct usage_worker *worker, const struct columns *columns, uint32_t count)
{
	const uint32_t accounts = worker->scan->given.persons->accounts;
	bool good = true;

	for (uint32_t k = 0; k < count; k++)
		good &= (uint32_t)columns->account[k] <= accounts;
	return good;
}

/* The usages of some rows to come lie all over the memory: they are prefetched
 * together, so that the waits for them overlap. */
static void prefetch(const struct usage_worker *worker, const struct columns *columns, uint32_t count,
		     struct guess *guesses)
{
	for (uint32_t k = 0; k < count; k++) {
		struct guess *guess = &guesses[k];

		guess->presented_key = presented_key_of((uint64_t)columns->presented[k],
							(uint64_t)columns->shown[k]);
		guess->hash = usage_hash(&worker->usages.index, guess->presented_key,
					 (uint32_t)columns->account[k]);
		usage_table_prefetch(&worker->usages, guess->hash);
	}
	for (uint32_t k = 0; k < count; k++)
		guesses[k].place = usage_table_guess(&worker->usages, guesses[k].hash);
}

/* ---- long calls ---- */

/* A row, counted from the first of worker->segment. */
static void offer(const struct usage_worker *worker, const struct columns *columns, uint32_t k, uint32_t i,
		  uint64_t presented_key)
{
	const struct report_call call = {
		.dialled = (uint64_t)columns->dialled[k],
		.presented = (uint64_t)columns->presented[k],
		.started = columns->started[k],
		.day = columns->flags[k] & CALL_FLAG_DAY,
		.talk = columns->talk[k],
		.presented_key = presented_key,
		.segment = worker->segment.id,
		.row = worker->first + i,
		.slot = worker->scan->given.persons->slots[(uint32_t)columns->account[k]],
	};
	struct usage_scan *scan = worker->scan;

	(void)pthread_mutex_lock(&scan->lock);
	reports_offer(scan->given.reports, &call);
	(void)pthread_mutex_unlock(&scan->lock);
}

/* ---- rows ---- */

/* Some rows of worker->segment, all that is done with them while they are at hand. */
struct some {
	struct columns columns;
	uint32_t from, count;
	uint64_t row;                     /* of the case, of the first of them */
	uint32_t long_calls;
	uint8_t longs[PREFETCHED + 1];    /* those with a long call to a number */
	struct guess guesses[PREFETCHED];
};

static enum trouble add_long_calls(struct usage_worker *worker, const struct some *some)
{
	struct usage_scan *scan = worker->scan;
	const struct columns *columns = &some->columns;

	for (uint32_t n = 0; n < some->long_calls; n++) {
		const uint32_t k = some->longs[n];
		const struct long_call call = {
			.number = (uint64_t)columns->dialled[k],
			.presented_key = some->guesses[k].presented_key,
			.slot = (uint32_t)columns->account[k],
			.row = (uint32_t)(some->row + k),
			.reading = (uint32_t)columns->dialled_reading[k],
		};

		if (reports_want(scan->given.reports, call.number))
			offer(worker, columns, k, some->from + k, call.presented_key);
		if (!long_calls_add(&scan->long_calls, &worker->held, &call))
			return TROUBLE_SPILL;
	}
	return TROUBLE_NONE;
}

/* Which calls are long is not foretold: they are put together first. */
static enum trouble add_usages(struct usage_worker *worker, struct some *some, struct call_scan_item *item)
{
	const struct columns columns = some->columns;
	const int64_t no_call = worker->scan->no_call, long_ms = worker->scan->long_ms;
	enum trouble trouble = TROUBLE_NONE;

	some->long_calls = 0;
	for (uint32_t k = 0; k < some->count && trouble == TROUBLE_NONE; k++) {
		if (!flags_are_call(columns.flags[k], no_call))
			continue;
		item->calls++;
		trouble = add_usage(worker, &columns, k, &some->guesses[k]);
		some->longs[some->long_calls] = (uint8_t)k;
		some->long_calls += is_long(&columns, k, long_ms) & (columns.dialled[k] != 0);
	}
	return trouble;
}

static enum trouble take_some(struct usage_worker *worker, struct some *some, struct call_scan_item *item)
{
	enum trouble trouble;

	if (!call_check(&worker->segment, some->from, some->count))
		return TROUBLE_DAMAGED;
	if (!has_accounts(worker, &some->columns, some->count))
		return TROUBLE_ACCOUNT;
	prefetch(worker, &some->columns, some->count, some->guesses);
	trouble = add_usages(worker, some, item);
	return trouble == TROUBLE_NONE ? add_long_calls(worker, some) : trouble;
}

/* The rows of a segment from worker->first on that are decoded together. */
static enum trouble take_window(struct usage_worker *worker, struct call_scan_item *item)
{
	const struct segment *segment = &worker->segment;
	const enum status status =
		segment_decode_from(&worker->decoder, &item->segment.raw, worker->first, 0,
				    USAGE_WANTED, &worker->segment);
	enum trouble trouble = TROUBLE_NONE;
	struct some some;

	if (status != STATUS_OK)
		return status == STATUS_FAILED ? TROUBLE_SPILL : TROUBLE_DAMAGED;
	for (uint32_t i = 0; i < segment->rows && trouble == TROUBLE_NONE; i += PREFETCHED) {
		some.columns = columns_from(segment, i);
		some.from = i;
		some.count = segment->rows - i < PREFETCHED ? segment->rows - i : PREFETCHED;
		some.row = item->segment.first_row + worker->first + i;
		trouble = take_some(worker, &some, item);
	}
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
