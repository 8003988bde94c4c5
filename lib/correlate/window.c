/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of a window of time, counted in one pass. */
#include "correlate/window.h"

#include <stdlib.h>
#include <string.h>

#include "correlate/batch.h"

#define WANTED \
	(SEGMENT_COLUMN(READ_ACCOUNT) | SEGMENT_COLUMN(READ_STARTED) | \
	 SEGMENT_COLUMN(READ_TALK) | SEGMENT_COLUMN(READ_DIALLED) | \
	 SEGMENT_COLUMN(READ_DIALLED_READING) | SEGMENT_COLUMN(READ_FLAGS))

/* More than the hours of the years before 1970, so that a key is positive. */
#define HOURS_BEFORE INT64_C(100000000)
#define HOUR 3600

#define SEEN 1
#define SEEN_COUNTRY 2

static enum status load_readings(struct window *window,
				 struct casefile *casefile)
{
	sqlite3_stmt *statement;
	enum status status;

	if (!window->options->country)
		return STATUS_OK;
	statement = casefile_prepare(casefile,
				     "SELECT id FROM reading WHERE country = ?");
	if (!statement)
		return casefile->error.status;
	bind_cstring(statement, 1, window->options->country);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		uint64_t id = (uint64_t)sqlite3_column_int64(statement, 0);

		if (!map64_add(&window->readings, id, NULL)) {
			status = error_memory(&casefile->error);
			break;
		}
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* False: out of memory. */
static bool take_victim(struct window *window, uint64_t number, bool country)
{
	uint64_t *seen = map64_add(&window->victims, number, NULL);

	if (!seen)
		return false;
	if (!(*seen & SEEN))
		window->all.victims++;
	if (country && !(*seen & SEEN_COUNTRY))
		window->country.victims++;
	*seen |= country ? SEEN | SEEN_COUNTRY : SEEN;
	return true;
}

static void take_counts(struct window_counts *counts, bool answered,
			bool long_call)
{
	counts->calls++;
	counts->answered += answered;
	counts->long_calls += long_call;
}

static void take_start(struct window *window, int64_t started)
{
	if (window->all.calls == 0 || started < window->first)
		window->first = started;
	if (window->all.calls == 0 || started > window->last)
		window->last = started;
}

static bool take(struct window *window, const struct batch *batch, uint32_t i)
{
	int64_t started = batch->columns[READ_STARTED][i];
	int64_t seconds = seconds_of(started);
	int64_t hour = seconds / HOUR - (seconds % HOUR < 0);
	int64_t dialled = batch->columns[READ_DIALLED][i];
	uint64_t reading = (uint64_t)batch->columns[READ_DIALLED_READING][i];
	bool answered = batch->columns[READ_FLAGS][i] & CALL_FLAG_ANSWERED;
	bool long_call = answered &&
			 batch->columns[READ_TALK][i] > window->long_ms;
	bool country = window->options->country &&
		       map64_find(&window->readings, reading);
	uint64_t *calls =
		map64_add(&window->hours, (uint64_t)(hour + HOURS_BEFORE), NULL);

	if (!calls)
		return false;
	++*calls;
	take_start(window, started);
	take_counts(&window->all, answered, long_call);
	if (country)
		take_counts(&window->country, answered, long_call);
	return !long_call || !dialled ||
	       take_victim(window, (uint64_t)dialled, country);
}

static enum status take_batch(struct window *window, const struct batch *batch)
{
	const struct summary_options *options = window->options;

	for (uint32_t i = 0; i < batch->rows; i++) {
		int64_t seconds = seconds_of(batch->columns[READ_STARTED][i]);
		uint64_t key = (uint64_t)batch->columns[READ_ACCOUNT][i];

		if (!batch_counts(batch, i) || seconds < options->since ||
		    seconds >= options->until)
			continue;
		if (key >= window->seen_count)
			return error_set(&batch->casefile->error,
					 STATUS_INTEGRITY,
					 "segment %lld names an account that the "
					 "case has not", (long long)batch->segment);
		window->accounts += key && !window->seen[key];
		window->seen[key] = 1;
		if (!take(window, batch, i))
			return error_memory(&batch->casefile->error);
	}
	return STATUS_OK;
}

static enum status pass(struct window *window, struct casefile *casefile,
			const struct observer *observer)
{
	struct batch batch;
	enum status status =
		batch_open(&batch, casefile, WANTED, "summary", observer);

	while (status == STATUS_OK) {
		status = batch_next(&batch);
		if (status == STATUS_OK)
			status = take_batch(window, &batch);
	}
	batch_close(&batch);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status window_count(struct window *window, struct casefile *casefile,
			 const struct summary_options *options,
			 int64_t long_seconds, uint64_t accounts,
			 const struct observer *observer)
{
	enum status status;

	memset(window, 0, sizeof(*window));
	window->options = options;
	window->long_ms = 1000 * long_seconds;
	window->seen_count = accounts + 1;
	window->seen = calloc((size_t)accounts + 1, 1);
	if (!window->seen)
		return error_memory(&casefile->error);
	status = load_readings(window, casefile);
	return status == STATUS_OK ? pass(window, casefile, observer)
				    : status;
}

void window_release(struct window *window)
{
	map64_release(&window->hours);
	map64_release(&window->victims);
	map64_release(&window->readings);
	free(window->seen);
	memset(window, 0, sizeof(*window));
}

bool window_busiest(const struct window *window, int64_t *hour)
{
	const struct map64 *hours = &window->hours;
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
	*hour = ((int64_t)best - HOURS_BEFORE) * HOUR;
	return most > 0;
}
