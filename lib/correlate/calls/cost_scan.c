/* SPDX-License-Identifier: Apache-2.0 */
/* Costs in several currencies, converted call by call. */
#include "correlate/calls/cost_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/currency.h"
#include "base/time/calendar.h"
#include "base/time/clock.h"
#include "correlate/calls/call_check.h"
#include "correlate/calls/call_scan.h"
#include "correlate/interrupt.h"

#define WINDOW 4096
/* Records that a thread holds. */
#define HELD 8192
/* 2^32 of them do not overflow a sum. */
#define VALUE_MOST ((u128)10000000000 * 1000000000000000000)

#define WANTED \
	(SEGMENT_COLUMN(READ_ACCOUNT) | SEGMENT_COLUMN(READ_STARTED) | \
	 SEGMENT_COLUMN(READ_PRESENTED) | SEGMENT_COLUMN(READ_SHOWN) | \
	 SEGMENT_COLUMN(READ_COST) | SEGMENT_COLUMN(READ_COST_UNIT) | SEGMENT_COLUMN(READ_FLAGS))

/* ---- one cost ---- */

/* Why no rate can be sought; 0: one can. */
static uint32_t problem_of(uint32_t currency)
{
	if (currency == COST_OTHER)
		return COST_UNKNOWN;
	if (currency == COST_BEYOND)
		return COST_TOO_LONG;
	return currency == COST_SAID ? COST_NO_CURRENCY : 0;
}

static uint32_t convert(const struct decimal *rate, int64_t digits, int64_t unit, i128 *value)
{
	const int places = COST_DECIMALS_MOST - (int)cost_decimals(unit) - (int)rate->scale;
	u128 size;

	if (!wide_shift(wide_product((u128)digits, rate->mantissa), places, &size) || size > VALUE_MOST)
		return COST_TOO_LARGE;
	*value = cost_negative(unit) ? -(i128)size : (i128)size;
	return COST_CONVERTED;
}

uint32_t cost_convert(const struct rates *rates, int64_t digits, int64_t unit, int64_t seconds,
		      i128 *value)
{
	const uint32_t currency = cost_currency(unit);
	const struct decimal *rate = NULL;
	uint32_t problem = problem_of(currency);
	char name[COST_NAME];
	struct currency known;

	*value = cost_example(calendar_unit(seconds, DAY_SECONDS), currency);
	if (problem)
		return problem;
	(void)cost_currency_name(currency, name);
	rate = rates_of(rates, text_of(name), seconds);
	if (rate)
		return convert(rate, digits, unit, value);
	return currency_find(text_of(name), &known) ? COST_NO_RATE : COST_UNKNOWN;
}

/* ---- accounts ---- */

/* Marks the slots of those whose costs are in several currencies. */
static enum status find_mixed(const struct cost_scan_given *given, bool *mixed, bool *any)
{
	const struct usage_scan_given *scanned = &given->usages->given;
	struct interrupt interrupt = { scanned->casefile, scanned->observer, 0 };
	const struct ordered_usage *ordered;
	struct merge merge;
	uint32_t slot = 0, currency = 0;
	enum status status = STATUS_OK;
	bool good = sorter_read(&given->usages->usages, &merge);

	while (good && status == STATUS_OK && (ordered = merge_next(&merge))) {
		const struct usage *usage = &ordered->usage;

		if (usage->owner != slot)
			currency = 0;
		slot = usage->owner;
		if (usage->presented_key)
			currency = usage_cost_join(currency, usage->currency);
		mixed[slot] = slot && currency == COST_MIXED && figures_spend(&given->account_figures[slot]) != 0;
		*any |= mixed[slot];
		status = interrupt_ask(&interrupt);
	}
	good = good && !merge.failed;
	merge_close(&merge);
	if (status == STATUS_OK && !good)
		return spill_failed(scanned->spill, &scanned->casefile->error);
	return status;
}

/* ---- calls ---- */

/* One thread. */
struct worker {
	struct segment_decoder decoder;
	struct segment segment;        /* at hand, some rows of it */
	struct ordered_usage *held;
	size_t count;
};

struct cost_scan {
	const struct cost_scan_given *given;
	const bool *mixed;             /* by slot */
	struct worker *workers;
	unsigned count;
};

static int64_t value(const struct worker *worker, unsigned column, uint32_t i)
{
	return worker->segment.understood[column][i];
}

/* Makes room for one more. */
static bool make_room(const struct cost_scan *scan, struct worker *worker)
{
	if (!worker->held)
		worker->held = memory_array(NULL, HELD, sizeof(*worker->held));
	if (!worker->held)
		return false;
	if (worker->count < HELD)
		return true;
	worker->count = records_settle(&ordered_usage_kind, worker->held, worker->count);
	if (worker->count < HELD / 2)
		return true;
	if (!sorter_spill(&scan->given->usages->usages, worker->held, worker->count))
		return false;
	worker->count = 0;
	return true;
}

static enum trouble add(const struct cost_scan *scan, struct worker *worker, uint32_t slot,
			uint64_t presented_key, uint32_t i)
{
	const struct usage_scan_given *given = &scan->given->usages->given;
	struct presented_position position;
	struct ordered_usage ordered = {
		.person = given->persons->persons_of[slot],
		.usage = { .presented_key = presented_key, .owner = slot, .called = PERIOD_NONE },
	};

	if (!presented_texts_position(given->texts, presented_key, &position))
		return TROUBLE_PRESENTED;
	if (!make_room(scan, worker))
		return TROUBLE_SPILL;
	ordered.order = position.order;
	ordered.rank = position.rank;
	ordered.usage.currency =
		cost_convert(scan->given->rates, value(worker, READ_COST, i), value(worker, READ_COST_UNIT, i),
			     calendar_unit(value(worker, READ_STARTED, i), SECOND_MS), &ordered.usage.cost);
	worker->held[worker->count++] = ordered;
	return TROUBLE_NONE;
}

static enum trouble take_row(const struct cost_scan *scan, struct worker *worker, uint32_t i)
{
	const struct usage_scan *usages = scan->given->usages;
	const struct persons *persons = usages->given.persons;
	const int64_t account = value(worker, READ_ACCOUNT, i);
	const uint64_t presented_key = presented_key_of((uint64_t)value(worker, READ_PRESENTED, i),
							(uint64_t)value(worker, READ_SHOWN, i));

	if (account > persons->accounts)
		return TROUBLE_ACCOUNT;
	if (!flags_are_call(value(worker, READ_FLAGS, i), usages->no_call) || !presented_key ||
	    !value(worker, READ_COST_UNIT, i) || !scan->mixed[persons->slots[account]])
		return TROUBLE_NONE;
	return add(scan, worker, persons->slots[account], presented_key, i);
}

static enum trouble take_window(const struct cost_scan *scan, struct worker *worker,
				const struct raw_segment *raw, uint32_t first)
{
	const enum status status =
		segment_decode_from(&worker->decoder, raw, first, 0, WANTED, &worker->segment);
	enum trouble trouble = TROUBLE_NONE;

	if (status != STATUS_OK)
		return status == STATUS_FAILED ? TROUBLE_SPILL : TROUBLE_DAMAGED;
	if (!call_check(&worker->segment, 0, worker->segment.rows))
		return TROUBLE_DAMAGED;
	for (uint32_t i = 0; i < worker->segment.rows && trouble == TROUBLE_NONE; i++)
		trouble = take_row(scan, worker, i);
	return trouble;
}

static void work(void *context, struct call_scan_item *item, unsigned number)
{
	const struct cost_scan *scan = context;
	struct worker *worker = &scan->workers[number];

	for (uint32_t first = 0; first < item->segment.raw.rows && item->trouble == TROUBLE_NONE;
	     first += worker->segment.rows)
		item->trouble = take_window(scan, worker, &item->segment.raw, first);
}

/* What the threads hold goes to the usages. */
static bool end_workers(const struct cost_scan *scan)
{
	bool good = true;

	for (unsigned i = 0; i < scan->count && good; i++) {
		struct worker *worker = &scan->workers[i];

		if (worker->count == 0)
			continue;
		worker->count = records_settle(&ordered_usage_kind, worker->held, worker->count);
		good = sorter_keep(&scan->given->usages->usages, worker->held, worker->count);
		worker->held = NULL;
	}
	return good;
}

static enum status pass_over(struct cost_scan *scan)
{
	const struct usage_scan_given *given = &scan->given->usages->given;
	const struct call_scan_given scanned = {
		.casefile = given->casefile,
		.observer = given->observer,
		.step = "convert costs",
		.wanted = WANTED,
		.spill = given->spill,
		.threads = scan->count,
		.context = scan,
		.work = work,
	};
	uint64_t calls;
	enum status status;

	scan->workers = calloc(scan->count, sizeof(*scan->workers));
	if (!scan->workers)
		return error_memory(&given->casefile->error);
	for (unsigned i = 0; i < scan->count; i++)
		scan->workers[i].decoder.window = WINDOW;
	status = call_scan_run(&scanned, &calls);
	if (status == STATUS_OK && !end_workers(scan))
		status = spill_failed(given->spill, &given->casefile->error);
	for (unsigned i = 0; i < scan->count; i++) {
		segment_decoder_release(&scan->workers[i].decoder);
		free(scan->workers[i].held);
	}
	free(scan->workers);
	return status;
}

enum status cost_scan_run(const struct cost_scan_given *given)
{
	const struct usage_scan_given *scanned = &given->usages->given;
	bool any = false, *mixed;
	struct cost_scan scan = { .given = given, .count = scanned->threads };
	enum status status;

	if (given->usages->currency != COST_MIXED)
		return STATUS_OK;
	mixed = calloc((size_t)scanned->persons->accounts + 1, sizeof(*mixed));
	if (!mixed)
		return error_memory(&scanned->casefile->error);
	scan.mixed = mixed;
	status = find_mixed(given, mixed, &any);
	if (status == STATUS_OK && any)
		status = pass_over(&scan);
	free(mixed);
	return status;
}
