/* SPDX-License-Identifier: Apache-2.0 */
/* The calls, added up in two passes over the segments. */
#include "correlate/calls.h"

#include <stdlib.h>
#include <string.h>

#include "correlate/batch.h"
#include "correlate/cells.h"

#define FIRST_PASS \
	(SEGMENT_COLUMN(READ_ACCOUNT) | SEGMENT_COLUMN(READ_STARTED) | \
	 SEGMENT_COLUMN(READ_TALK) | SEGMENT_COLUMN(READ_PRESENTED) | \
	 SEGMENT_COLUMN(READ_PRESENTED_READING) | SEGMENT_COLUMN(READ_SHOWN) | \
	 SEGMENT_COLUMN(READ_DIALLED) | SEGMENT_COLUMN(READ_DIALLED_READING) | SEGMENT_COLUMN(READ_COST) | \
	 SEGMENT_COLUMN(READ_FLAGS))
#define FETCHED 64     /* rows whose cells and victims are asked for at a time */
#define SECOND_PASS \
	(SEGMENT_COLUMN(READ_STARTED) | SEGMENT_COLUMN(READ_TALK) | \
	 SEGMENT_COLUMN(READ_DIALLED) | SEGMENT_COLUMN(READ_FLAGS))

static bool take_long(struct calls *calls, const struct batch *batch, uint32_t i,
		      uint32_t cell)
{
	const struct long_call call = {
		.dialled = (uint64_t)batch->columns[READ_DIALLED][i],
		.presented = (uint64_t)batch->columns[READ_PRESENTED][i],
		.started = batch->columns[READ_STARTED][i],
		.segment = batch->segment,
		.row = i,
		.cell = cell,
	};
	struct victim *victim;

	calls->cells[cell].long_calls++;
	if (!call.dialled)
		return true;
	victim = calls_add_victim(calls, call.dialled,
			   batch->columns[READ_DIALLED_READING][i]);
	if (!victim)
		return false;
	victim->long_calls++;
	pairs_add(&calls->long_pairs, cell,
		  (uint32_t)(victim - calls->victims));
	reports_offer(calls->reports, &call);
	return !calls->long_pairs.failed;
}

static bool is_long(const struct calls *calls, const struct batch *batch,
		    uint32_t i)
{
	return (batch->columns[READ_FLAGS][i] & CALL_FLAG_ANSWERED) &&
	       batch->columns[READ_TALK][i] > calls->long_ms;
}

/* What tells the presented things of one account from each other. */
static uint64_t shows_of(const struct batch *batch, uint32_t i)
{
	uint64_t number = (uint64_t)batch->columns[READ_PRESENTED][i];
	uint64_t shown = (uint64_t)batch->columns[READ_SHOWN][i];

	if (number)
		return number << 1;
	return shown ? shown << 1 | 1 : 0;
}

/* The lowest id, so that no order of the work shows. */
static void note_reading(struct calls *calls, uint32_t place, int64_t reading)
{
	struct presented *presented = &calls->presented[place];

	if (place && (!presented->reading || reading < presented->reading))
		presented->reading = reading;
}

static bool take(struct calls *calls, const struct batch *batch, uint32_t i,
		 uint32_t slot)
{
	int64_t started = seconds_of(batch->columns[READ_STARTED][i]);
	bool answered = batch->columns[READ_FLAGS][i] & CALL_FLAG_ANSWERED;
	struct cell *cell = calls_cell(calls, slot, shows_of(batch, i));

	if (!cell)
		return false;
	note_reading(calls, cell->presented,
		     batch->columns[READ_PRESENTED_READING][i]);
	cell->calls++;
	cell->answered += answered;
	cell->cost += batch->columns[READ_COST][i];
	span_add(&cell->called, started, started);
	return !is_long(calls, batch, i) ||
	       take_long(calls, batch, i, (uint32_t)(cell - calls->cells));
}

/* The cells and victims of some rows to come lie all over the memory: they are
 * asked for together, slots first, so that the waits for them overlap. */
static void fetch_cells(const struct calls *calls, const struct batch *batch,
			uint32_t from, const uint32_t *slots, uint32_t count)
{
	const struct places *places = &calls->cell_places;
	uint64_t hashes[FETCHED];

	for (uint32_t k = 0; k < count; k++) {
		hashes[k] = cell_hash(shows_of(batch, from + k), slots[k]);
		places_fetch(places, hashes[k]);
	}
	for (uint32_t k = 0; k < count; k++) {
		size_t at = places_begin(places, hashes[k]);

		__builtin_prefetch(&calls->cells[places_at(places, at)]);
	}
}

static void fetch_long(const struct calls *calls, const struct batch *batch,
		       uint32_t from, uint32_t count)
{
	for (uint32_t i = from; i < from + count; i++)
		if (is_long(calls, batch, i))
			places_fetch(&calls->victim_places,
				     hash_u64((uint64_t)
						      batch->columns[READ_DIALLED][i]));
}

static bool slots_of(const struct calls *calls, const struct batch *batch,
		     uint32_t from, uint32_t *slots, uint32_t count)
{
	for (uint32_t k = 0; k < count; k++)
		if (!people_slot(calls->people,
				 batch->columns[READ_ACCOUNT][from + k],
				 &slots[k]))
			return false;
	return true;
}

/* Rows from on, count of them, FETCHED at most. */
static enum status take_some(struct calls *calls, const struct batch *batch,
			     uint32_t from, uint32_t count)
{
	uint32_t slots[FETCHED];

	if (!slots_of(calls, batch, from, slots, count))
		return error_set(&calls->casefile->error, STATUS_INTEGRITY,
				 "segment %lld names an account that the case has "
				 "not", (long long)batch->segment);
	fetch_cells(calls, batch, from, slots, count);
	fetch_long(calls, batch, from, count);
	for (uint32_t k = 0; k < count; k++) {
		if (!batch_counts(batch, from + k))
			continue;
		calls->calls++;
		if (!take(calls, batch, from + k, slots[k]))
			return error_memory(&calls->casefile->error);
	}
	return STATUS_OK;
}

static uint32_t some(const struct batch *batch, uint32_t from)
{
	return batch->rows - from < FETCHED ? batch->rows - from : FETCHED;
}

static enum status take_batch(struct calls *calls, const struct batch *batch)
{
	enum status status = STATUS_OK;

	for (uint32_t i = 0; i < batch->rows && status == STATUS_OK; i += FETCHED)
		status = take_some(calls, batch, i, some(batch, i));
	return status;
}

static enum status first_pass(struct calls *calls)
{
	struct batch batch;
	enum status status = batch_open(&batch, calls->casefile, FIRST_PASS,
					"add up calls", calls->observer);

	if (status == STATUS_OK && batch.progress.total >= UINT32_MAX)
		status = error_set(&calls->casefile->error, STATUS_FAILED,
				   "more than 4,294,967,294 rows of calls");
	while (status == STATUS_OK) {
		status = batch_next(&batch);
		if (status == STATUS_OK)
			status = take_batch(calls, &batch);
	}
	batch_close(&batch);
	return status == STATUS_END ? STATUS_OK : status;
}

static void take_victim(struct calls *calls, const struct batch *batch,
			uint32_t i)
{
	uint64_t number = (uint64_t)batch->columns[READ_DIALLED][i];
	int64_t started = seconds_of(batch->columns[READ_STARTED][i]);
	uint32_t place = number ? calls_victim(calls, number) : 0;
	struct victim *victim = &calls->victims[place];

	if (!place || !batch_counts(batch, i))
		return;
	victim->calls++;
	span_add(&victim->called, started, started);
	if ((batch->columns[READ_FLAGS][i] & CALL_FLAG_ANSWERED) &&
	    __builtin_add_overflow(victim->talk, batch->columns[READ_TALK][i],
				   &victim->talk))
		victim->talk = INT64_MAX;
}

/* As fetch_cells(). */
static void fetch_victims(const struct calls *calls, const int64_t *numbers,
			  uint32_t count)
{
	const struct places *places = &calls->victim_places;

	for (uint32_t i = 0; i < count; i++)
		places_fetch(places, hash_u64((uint64_t)numbers[i]));
	for (uint32_t i = 0; i < count; i++) {
		size_t at = places_begin(places, hash_u64((uint64_t)numbers[i]));

		__builtin_prefetch(&calls->victims[places_at(places, at)]);
	}
}

static void take_victims(struct calls *calls, const struct batch *batch)
{
	for (uint32_t i = 0; i < batch->rows; i += FETCHED) {
		uint32_t count = some(batch, i);

		fetch_victims(calls, batch->columns[READ_DIALLED] + i, count);
		for (uint32_t k = i; k < i + count; k++)
			take_victim(calls, batch, k);
	}
}

static enum status second_pass(struct calls *calls)
{
	struct batch batch;
	enum status status = batch_open(&batch, calls->casefile, SECOND_PASS,
					"add up victims", calls->observer);

	while (status == STATUS_OK) {
		status = batch_next(&batch);
		if (status == STATUS_OK)
			take_victims(calls, &batch);
	}
	batch_close(&batch);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status calls_gather(struct calls *calls, struct casefile *casefile,
			 const struct observer *observer,
			 const struct people *people,
			 const struct directory *directory,
			 struct reports *reports, int64_t long_seconds)
{
	enum status status;

	memset(calls, 0, sizeof(*calls));
	calls->casefile = casefile;
	calls->observer = observer;
	calls->people = people;
	calls->directory = directory;
	calls->reports = reports;
	calls->long_ms = 1000 * long_seconds;
	if (!calls_begin(calls))
		return error_memory(&casefile->error);
	status = first_pass(calls);
	if (status == STATUS_OK)
		status = second_pass(calls);
	if (status == STATUS_OK && !pairs_settle(&calls->long_pairs))
		status = error_memory(&casefile->error);
	return status;
}

void calls_release(struct calls *calls)
{
	free(calls->presented);
	free(calls->cells);
	free(calls->victims);
	map64_release(&calls->presented_places);
	places_release(&calls->cell_places);
	places_release(&calls->victim_places);
	pairs_release(&calls->long_pairs);
	memset(calls, 0, sizeof(*calls));
}
