/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of a window of time, counted in one pass on several threads. */
#include "correlate/summary/summary_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/thread/pipeline.h"
#include "base/time/calendar.h"
#include "casefile/sql.h"
#include "correlate/calls/call_check.h"
#include "correlate/calls/call_scan.h"

#define WANTED \
	(SEGMENT_COLUMN(READ_ACCOUNT) | SEGMENT_COLUMN(READ_STARTED) | \
	 SEGMENT_COLUMN(READ_TALK) | SEGMENT_COLUMN(READ_DIALLED) | \
	 SEGMENT_COLUMN(READ_DIALLED_READING) | SEGMENT_COLUMN(READ_FLAGS))

/* More than the hours of the years before 1970, so that a key is positive. */
#define HOURS_BEFORE INT64_C(100000000)

/* Marks of victims. */
#define ANY 1u
#define OF_COUNTRY 2u
#define NOT_IN_PLAN 4u      /* and of the country */

/* What a thread counts. */
struct counter {
	struct summary_scan *scan;
	struct segment_decoder decoder;
	struct segment segment;        /* at hand */
	struct summary_scan_counts all, country, not_in_plan;
	int64_t first, last;           /* as those of the window, and: */
	uint64_t timed, days, cut;
	struct map64 hours;
	int64_t hour;                  /* its start, ms; of the last call, whose: */
	uint64_t hour_calls;           /* are not yet among hours */
	struct number_set_held victims, doubted;
	uint64_t unsure;               /* calls */
};

static unsigned threads_of(const struct summary_options *options)
{
	if (options->threads < 1)
		return 1;
	return options->threads < PIPELINE_WORKERS ? (unsigned)options->threads
						   : PIPELINE_WORKERS;
}

/* The counters, one a thread. */
struct counters {
	struct counter *items;
	unsigned count;
};

/* Notes a reading of the country. False: no memory. */
static bool note_reading(struct summary_scan *scan, uint64_t id, bool valid)
{
	const unsigned marks = valid ? ANY | OF_COUNTRY : ANY | OF_COUNTRY | NOT_IN_PLAN;
	uint64_t *place;

	if (id < SUMMARY_SCAN_READINGS) {
		scan->first_readings[id] = (uint8_t)marks;
		return true;
	}
	place = map64_add(&scan->readings, id, NULL);
	if (place)
		*place = marks;
	return place != NULL;
}

static enum status load_readings(struct summary_scan *scan,
				 struct casefile *casefile)
{
	sqlite3_stmt *statement;
	enum status status;

	if (!scan->options->country)
		return STATUS_OK;
	statement = casefile_prepare(casefile,
				     "SELECT id, valid FROM reading WHERE country = ?");
	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, scan->options->country);
	while (status == STATUS_OK &&
	       (status = casefile_step(casefile, statement)) == STATUS_OK) {
		if (!note_reading(scan, (uint64_t)sqlite3_column_int64(statement, 0),
				  sqlite3_column_int64(statement, 1) != 0)) {
			status = error_memory(&casefile->error);
			break;
		}
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- calls ---- */

static int64_t value(const struct counter *counter, unsigned column, uint32_t i)
{
	return counter->segment.understood[column][i];
}

/* Adds calls to an hour's; false: no memory. */
static bool add_hour(struct map64 *hours, uint64_t key, uint64_t calls)
{
	uint64_t *place = calls ? map64_add(hours, key, NULL) : NULL;

	if (place)
		*place += calls;
	return place || !calls;
}

static bool end_hour(struct counter *counter)
{
	const uint64_t calls = counter->hour_calls;

	counter->hour_calls = 0;
	return add_hour(&counter->hours,
			(uint64_t)(counter->hour / HOUR_MS + HOURS_BEFORE), calls);
}

/* Calls lie mostly in order of time, so that the hour seldom changes. */
static bool take_start(struct counter *counter, int64_t started)
{
	counter->timed++;
	if (started < counter->first)
		counter->first = started;
	if (started > counter->last)
		counter->last = started;
	if (started < counter->hour || started - counter->hour >= HOUR_MS) {
		if (!end_hour(counter))
			return false;
		counter->hour = calendar_unit(started, HOUR_MS) * HOUR_MS;
	}
	counter->hour_calls++;
	return true;
}

/* A day is in no hour, and so far from no other start. */
static void take_day(struct counter *counter, int64_t day)
{
	counter->days++;
	counter->cut += day > counter->scan->until - DAY_MS;
}

/* Adds without a branch, for it could not be foretold. */
static void take_counts(struct summary_scan_counts *counts, bool call, bool answered,
			bool long_call)
{
	counts->calls += call;
	counts->answered += call & answered;
	counts->long_calls += call & long_call;
}

static unsigned marks_of(const struct counter *counter, uint32_t i)
{
	const uint64_t reading =
		(uint64_t)value(counter, READ_DIALLED_READING, i);
	const uint64_t *place;

	if (reading < SUMMARY_SCAN_READINGS)
		return ANY | counter->scan->first_readings[reading];
	place = map64_find(&counter->scan->readings, reading);
	return place ? (unsigned)*place : ANY;
}

static bool take(struct counter *counter, uint32_t i)
{
	const uint64_t dialled = (uint64_t)value(counter, READ_DIALLED, i);
	const bool answered =
		value(counter, READ_FLAGS, i) & CALL_FLAG_ANSWERED;
	const bool long_call =
		answered & (value(counter, READ_TALK, i) > counter->scan->long_ms);
	const unsigned marks = marks_of(counter, i);
	const bool unsure = unsure_has(&counter->scan->unsure, (uint64_t)value(counter, READ_DIALLED_READING, i));

	take_counts(&counter->all, true, answered, long_call);
	take_counts(&counter->country, marks & OF_COUNTRY, answered, long_call);
	counter->not_in_plan.calls += (marks & NOT_IN_PLAN) != 0;
	counter->unsure += unsure;
	if (value(counter, READ_FLAGS, i) & CALL_FLAG_DAY)
		take_day(counter, value(counter, READ_STARTED, i));
	else if (!take_start(counter, value(counter, READ_STARTED, i)))
		return false;
	if (!long_call || !dialled)
		return true;
	return (!unsure || number_set_add(&counter->scan->doubted, &counter->doubted, dialled, ANY)) &&
	       number_set_add(&counter->scan->victims, &counter->victims, dialled,
			      marks);
}

/* False: the case has no such account. */
static bool see(struct summary_scan *scan, uint64_t key)
{
	if (key >= scan->seen_count)
		return false;
	if (!atomic_load_explicit(&scan->seen[key], memory_order_relaxed))
		atomic_store_explicit(&scan->seen[key], 1,
				      memory_order_relaxed);
	return true;
}

static enum trouble take_rows(struct counter *counter)
{
	const struct summary_scan *scan = counter->scan;

	for (uint32_t i = 0; i < counter->segment.rows; i++) {
		const int64_t started = value(counter, READ_STARTED, i);
		const int64_t flags = value(counter, READ_FLAGS, i);

		if (!flags_are_call(flags, scan->no_call))
			continue;
		if (started < scan->since || started >= scan->until) {
			counter->cut += (flags & CALL_FLAG_DAY) && started < scan->since &&
					started > scan->since - DAY_MS;
			continue;
		}
		if (!see(counter->scan,
			 (uint64_t)value(counter, READ_ACCOUNT, i)))
			return TROUBLE_ACCOUNT;
		if (!take(counter, i))
			return TROUBLE_SPILL;
	}
	return TROUBLE_NONE;
}

static void work(void *context, struct call_scan_item *item, unsigned worker)
{
	struct counters *counters = context;
	struct counter *counter = &counters->items[worker];
	const enum status status = segment_decode(&counter->decoder, &item->segment.raw, 0,
						  WANTED, &counter->segment);

	if (status == STATUS_FAILED)
		item->trouble = TROUBLE_SPILL;
	else if (status != STATUS_OK ||
		 !call_check(&counter->segment, 0, counter->segment.rows))
		item->trouble = TROUBLE_DAMAGED;
	else
		item->trouble = take_rows(counter);
}

/* ---- the whole ---- */

static void add_counts(struct summary_scan_counts *to, const struct summary_scan_counts *from)
{
	to->calls += from->calls;
	to->answered += from->answered;
	to->long_calls += from->long_calls;
}

/* Adds what a thread counted. False: no memory. */
static bool add_counter(struct summary_scan *scan, struct counter *counter)
{
	bool good = end_hour(counter) &&
		    number_set_flush(&scan->victims, &counter->victims) &&
		    number_set_flush(&scan->doubted, &counter->doubted);

	for (size_t i = 0; i < counter->hours.slot_count && good; i++)
		if (counter->hours.used[i])
			good = add_hour(&scan->hours, counter->hours.keys[i],
					counter->hours.values[i]);
	add_counts(&scan->all, &counter->all);
	add_counts(&scan->country, &counter->country);
	scan->unsure_calls += counter->unsure;
	scan->timed += counter->timed;
	scan->days += counter->days;
	scan->cut += counter->cut;
	add_counts(&scan->not_in_plan, &counter->not_in_plan);
	if (counter->first < scan->first)
		scan->first = counter->first;
	if (counter->last > scan->last)
		scan->last = counter->last;
	return good;
}

static bool conclude(struct summary_scan *scan, const struct counters *counters)
{
	bool good = true;

	for (unsigned i = 0; i < counters->count && good; i++)
		good = add_counter(scan, &counters->items[i]);
	scan->all.victims = number_set_count(&scan->victims, ANY);
	scan->country.victims = number_set_count(&scan->victims, OF_COUNTRY);
	scan->unsure_victims = number_set_count(&scan->doubted, ANY);
	scan->not_in_plan.victims = number_set_count(&scan->victims, NOT_IN_PLAN);
	for (uint64_t key = 1; key < scan->seen_count; key++)
		scan->accounts += summary_scan_saw(scan, key);
	return good;
}

static bool counters_open(struct counters *counters, struct summary_scan *scan)
{
	counters->items = calloc(counters->count, sizeof(*counters->items));
	for (unsigned i = 0; counters->items && i < counters->count; i++) {
		counters->items[i].scan = scan;
		counters->items[i].first = INT64_MAX;
		counters->items[i].last = INT64_MIN;
	}
	return counters->items != NULL;
}

static void counters_close(struct counters *counters)
{
	for (unsigned i = 0; counters->items && i < counters->count; i++) {
		segment_decoder_release(&counters->items[i].decoder);
		map64_release(&counters->items[i].hours);
	}
	free(counters->items);
}

static enum status count(struct summary_scan *scan, struct casefile *casefile,
			 const struct observer *observer)
{
	struct counters counters = { NULL, threads_of(scan->options) };
	const struct call_scan_given scanned = {
		.casefile = casefile,
		.observer = observer,
		.step = "summary",
		.wanted = WANTED,
		.threads = counters.count,
		.context = &counters,
		.work = work,
	};
	uint64_t calls;
	enum status status = counters_open(&counters, scan)
				     ? call_scan_run(&scanned, &calls)
				     : error_memory(&casefile->error);

	if (status == STATUS_OK && !conclude(scan, &counters))
		status = error_memory(&casefile->error);
	counters_close(&counters);
	return status;
}

/* Seconds in milliseconds, which are more than any call's at most. */
static int64_t milliseconds(int64_t seconds)
{
	if (seconds < INT64_MIN / 1000)
		return INT64_MIN;
	return seconds > INT64_MAX / 1000 ? INT64_MAX : 1000 * seconds;
}

enum status summary_scan_run(struct summary_scan *scan, struct casefile *casefile,
			     const struct summary_options *options,
			     int64_t long_seconds, bool keep_duplicates,
			     uint64_t accounts,
			     const struct observer *observer)
{
	enum status status;

	memset(scan, 0, sizeof(*scan));
	scan->options = options;
	scan->since = milliseconds(options->since);
	scan->until = milliseconds(options->until);
	scan->long_ms = 1000 * long_seconds;
	scan->no_call = flags_of_no_call(keep_duplicates);
	scan->first = INT64_MAX;
	scan->last = INT64_MIN;
	scan->seen_count = accounts + 1;
	scan->seen = calloc((size_t)accounts + 1, sizeof(*scan->seen));
	if (!scan->seen || !number_set_open(&scan->victims) ||
	    !number_set_open(&scan->doubted))
		return error_memory(&casefile->error);
	status = load_readings(scan, casefile);
	if (status == STATUS_OK)
		status = unsure_load(&scan->unsure, casefile);
	return status == STATUS_OK ? count(scan, casefile, observer) : status;
}

void summary_scan_release(struct summary_scan *scan)
{
	map64_release(&scan->hours);
	map64_release(&scan->readings);
	unsure_release(&scan->unsure);
	number_set_close(&scan->victims);
	number_set_close(&scan->doubted);
	free(scan->seen);
	memset(scan, 0, sizeof(*scan));
}

void summary_scan_own(struct summary_scan *scan, uint64_t number)
{
	const unsigned marks = number_set_marks(&scan->victims, number);

	scan->all.own += (marks & ANY) != 0;
	scan->country.own += (marks & OF_COUNTRY) != 0;
}

bool summary_scan_saw(const struct summary_scan *scan, uint64_t key)
{
	return key < scan->seen_count &&
	       atomic_load_explicit(&scan->seen[key], memory_order_relaxed);
}

bool summary_scan_busiest(const struct summary_scan *scan, int64_t *hour)
{
	const struct map64 *hours = &scan->hours;
	uint64_t most = 0;
	uint64_t best = 0;

	for (size_t i = 0; i < hours->slot_count; i++) {
		if (!hours->used[i])
			continue;
		if (hours->values[i] > most ||
		    (hours->values[i] == most && hours->keys[i] < best)) {
			most = hours->values[i];
			best = hours->keys[i];
		}
	}
	*hour = ((int64_t)best - HOURS_BEFORE) * (HOUR_MS / 1000);
	return most > 0;
}
