/* SPDX-License-Identifier: Apache-2.0 */
/* A segment of calls on its way: decoded, understood, given ids, coded. */
#include "normalise/calls/call_worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "number/read/number_name.h"

void call_item_release(struct call_item *item)
{
	raw_segment_release(&item->found);
	raw_segment_release(&item->read);
	segment_filter_release(&item->filter);
	free(item->unread);
	call_tally_release(&item->tally);
	status_batch_release(&item->statuses);
	free(item->absent);
	free(item->absent_firsts);
	memset(item, 0, sizeof(*item));
}

bool call_worker_open(struct call_worker *worker, const struct call_sense *sense)
{
	memset(worker, 0, sizeof(*worker));
	worker->sense = sense;
	worker->day = CLOCK_DAY;
	worker->out = memory_array(NULL, (size_t)READ_COLUMNS * SEGMENT_ROWS,
				   sizeof(*worker->out));
	if (worker->out)
		memset(call_column(worker, READ_TWIN), 0,
		       SEGMENT_ROWS * sizeof(*worker->out));
	worker->words = calloc(sense->meanings->count + 1, 1);
	worker->talks = talk_forms(sense->meanings);
	worker->costs = cost_forms(sense->meanings);
	return worker->out && worker->words && worker->talks && worker->costs &&
	       segment_scratch_open(&worker->scratch) &&
	       status_counter_open(&worker->statuses, sense->meanings) &&
	       call_absent_open(&worker->absent, sense->meanings) &&
	       number_column_open(&worker->numbers, sense->meanings, sense->plan,
				  sense->settled, sense->flags);
}

void call_worker_release(struct call_worker *worker)
{
	segment_decoder_release(&worker->decoder);
	segment_scratch_close(&worker->scratch);
	call_absent_release(&worker->absent);
	call_join_release(&worker->join);
	free(worker->out);
	free(worker->words);
	free(worker->talks);
	free(worker->costs);
	local_ids_release(&worker->accounts);
	local_ids_release(&worker->shown);
	status_counter_release(&worker->statuses);
	free(worker->regions);
	buf_release(&worker->name);
	number_column_release(&worker->numbers);
	memset(worker, 0, sizeof(*worker));
}

/* What is remembered of a source goes with it. */
static bool begin(struct call_worker *worker, struct call_item *item)
{
	const bool anew = worker->source != item->source;
	bool good = true;

	worker->item = item;
	if (anew) {
		memset(worker->words, 0, worker->sense->meanings->count);
		memset(&worker->codes, 0, sizeof(worker->codes));
		good = local_ids_clear(&worker->accounts);
	}
	worker->source = item->source;
	call_absent_of(&worker->absent, item->source->absents);
	return good && status_counter_begin(&worker->statuses, anew) &&
	       local_ids_begin(&worker->accounts) &&
	       local_ids_begin(&worker->shown);
}

/* The words that were met go with the item. */
static bool keep_absent(const struct call_absent *absent, struct call_item *item)
{
	const size_t count = CALL_ROLES * absent->absents->count;
	void *counts = item->absent, *firsts = item->absent_firsts;

	item->absents = absent->total;
	if (!absent->total)
		return true;
	if (!memory_room(&counts, &item->absent_capacity, count, sizeof(*item->absent)))
		return false;
	item->absent = counts;
	if (!memory_room(&firsts, &item->absent_firsts_capacity, count, sizeof(*item->absent_firsts)))
		return false;
	item->absent_firsts = firsts;
	memcpy(item->absent, absent->counts, count * sizeof(*item->absent));
	memcpy(item->absent_firsts, absent->firsts, count * sizeof(*item->absent_firsts));
	return true;
}

/* The columns as they are understood, of those as found without what is no value. */
static bool understand(struct call_worker *worker, struct call_item *item)
{
	struct call_absent *absent = &worker->absent;
	struct segment *segment = &worker->segment;
	const bool good = (!worker->source->joins ||
			   call_join_apply(&worker->join, worker->source, worker->sense->meanings,
					   segment, item->joins)) &&
			  call_absent_hide(absent, segment) &&
			  keep_absent(absent, item) &&
			  call_absent_stand_in(absent, segment, worker->sense->plan,
					       worker->source->manner.region) &&
			  call_columns(worker);

	if (good)
		twin_span_read(&item->span, worker->sense->meanings, segment);
	call_absent_restore(absent, segment);
	call_join_restore(&worker->join, segment);
	return good;
}

void call_work(struct call_worker *worker, struct call_item *item)
{
	uint64_t words;

	item->unread_count = 0;
	item->calls = item->unzoned = item->by_account = item->absents = item->days = item->talk_days = 0;
	item->status = begin(worker, item) ? STATUS_OK : STATUS_FAILED;
	if (item->status != STATUS_OK)
		return;
	words = call_absent_begin(&worker->absent, &item->found);
	if (doubled_known(&item->source->doubled))
		words |= CALL_PLACE_NEEDS;
	item->status = segment_decode(&worker->decoder, &item->found, CALL_NEEDS | words,
				      0, &worker->segment);
	if (item->status == STATUS_OK && !understand(worker, item))
		item->status = STATUS_FAILED;
}

static bool name_accounts(struct call_worker *worker, struct keys *keys)
{
	struct local_ids *accounts = &worker->accounts;
	char room[FORM_LENGTH];

	for (; accounts->named < accounts->count; accounts->named++) {
		const struct text text = local_ids_text(accounts, worker->sense->meanings,
							accounts->named, room);
		const int64_t key = keys_add(keys, worker->source->service, text);

		if (key < 0)
			return false;
		accounts->ids[accounts->named] = key;
	}
	return true;
}

static bool name_shown(struct call_worker *worker, struct dictionary *texts)
{
	struct local_ids *shown = &worker->shown;
	struct unwrapped unwrapped;
	char room[FORM_LENGTH];

	for (; shown->named < shown->count; shown->named++) {
		const struct text text = local_ids_text(shown, worker->sense->meanings,
							shown->named, room);
		const uint32_t number =
			dictionary_add(texts, number_shown(text, &unwrapped));

		if (number == DICTIONARY_NONE)
			return false;
		shown->ids[shown->named] = (int64_t)number + 1;
	}
	return true;
}

void call_merge(struct call_worker *worker, struct call_item *item,
		const struct call_names *names)
{
	if (item->status == STATUS_OK &&
	    (!name_accounts(worker, names->keys) ||
	     !number_column_name(&worker->numbers, names->readings) ||
	     !name_shown(worker, names->shown)))
		item->status = STATUS_FAILED;
}

static void rename_column(const struct local_ids *local, int64_t *column, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		column[i] = local->ids[column[i]];
}

/* The readings of a role get the ids of the case, and are counted. */
static bool finish_readings(struct call_worker *worker, struct call_item *item,
			    enum tally_role role, unsigned column)
{
	uint64_t *counts = call_tally_readings(&item->tally, role, worker->numbers.most);

	if (counts)
		number_column_rename(&worker->numbers, call_column(worker, column),
				     item->found.rows, counts);
	return counts != NULL;
}

/* The columns with ids of the case, and how their rows came to be understood. */
static bool finish_columns(struct call_worker *worker, struct call_item *item)
{
	const uint32_t rows = item->found.rows;

	call_tally_clear(&item->tally);
	call_tally_flags(&item->tally, call_column(worker, READ_FLAGS), rows, item->found.id * SEGMENT_ROWS);
	rename_column(&worker->accounts, call_column(worker, READ_ACCOUNT), rows);
	rename_column(&worker->shown, call_column(worker, READ_SHOWN), rows);
	return finish_readings(worker, item, TALLY_PRESENTED, READ_PRESENTED_READING) &&
	       finish_readings(worker, item, TALLY_DIALLED, READ_DIALLED_READING);
}

static bool make_filter(struct call_worker *worker, struct call_item *item)
{
	const int64_t *values[FILTERED_COLUMNS];

	for (unsigned i = 0; i < FILTERED_COLUMNS; i++)
		values[i] = call_column(worker, segment_filtered_column((enum segment_filtered)i));
	return segment_filter_make(&item->filter, &item->found, item->fetched, &item->read, values,
				   &worker->filter);
}

void call_finish(struct call_worker *worker, struct call_item *item)
{
	if (item->status != STATUS_OK)
		return;
	if (!finish_columns(worker, item)) {
		item->status = STATUS_FAILED;
		return;
	}
	raw_segment_clear(&item->read);
	item->read.id = item->found.id;
	item->read.source = item->found.source;
	item->read.rows = item->found.rows;
	item->packed = segment_pack_read(&item->read, &worker->segment, worker->out,
					 &worker->scratch);
	if (item->packed && !make_filter(worker, item))
		item->status = STATUS_FAILED;
}
