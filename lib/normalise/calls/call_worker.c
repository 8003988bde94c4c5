/* SPDX-License-Identifier: Apache-2.0 */
/* A segment of calls on its way: decoded, understood, given ids, coded. */
#include "normalise/calls/call_worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void call_item_release(struct call_item *item)
{
	raw_segment_release(&item->found);
	raw_segment_release(&item->read);
	free(item->unread);
	call_tally_release(&item->tally);
	status_batch_release(&item->statuses);
	memset(item, 0, sizeof(*item));
}

bool call_worker_open(struct call_worker *worker, const struct call_sense *sense)
{
	memset(worker, 0, sizeof(*worker));
	worker->sense = sense;
	worker->day = CLOCK_DAY;
	worker->out = memory_array(NULL, (size_t)READ_COLUMNS * SEGMENT_ROWS,
				   sizeof(*worker->out));
	worker->words = calloc(sense->meanings->count + 1, 1);
	worker->talks = talk_forms(sense->meanings);
	return worker->out && worker->words && worker->talks &&
	       segment_scratch_open(&worker->scratch) &&
	       status_counter_open(&worker->statuses, sense->meanings) &&
	       number_column_open(&worker->numbers, sense->meanings, sense->plan,
				  sense->settled, sense->flags);
}

void call_worker_release(struct call_worker *worker)
{
	segment_decoder_release(&worker->decoder);
	segment_scratch_close(&worker->scratch);
	free(worker->out);
	free(worker->words);
	free(worker->talks);
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
	return good && status_counter_begin(&worker->statuses, anew) &&
	       local_ids_begin(&worker->accounts) &&
	       local_ids_begin(&worker->shown);
}

void call_work(struct call_worker *worker, struct call_item *item)
{
	item->unread_count = 0;
	item->calls = item->unzoned = item->by_account = 0;
	item->status = segment_decode(&worker->decoder, &item->found, CALL_NEEDS, 0,
				      &worker->segment);
	if (item->status == STATUS_OK &&
	    (!begin(worker, item) || !call_columns(worker)))
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
	char room[FORM_LENGTH];

	for (; shown->named < shown->count; shown->named++) {
		const uint32_t number = dictionary_add(
			texts, local_ids_text(shown, worker->sense->meanings,
					      shown->named, room));

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

/* How the rows of the segment came to be understood. */
static bool tally(const struct call_worker *worker, struct call_item *item, uint32_t rows)
{
	struct call_tally *t = &item->tally;

	call_tally_clear(t);
	call_tally_flags(t, call_column(worker, READ_FLAGS), rows);
	return call_tally_readings(t, TALLY_PRESENTED,
				   call_column(worker, READ_PRESENTED_READING), rows) &&
	       call_tally_readings(t, TALLY_DIALLED,
				   call_column(worker, READ_DIALLED_READING), rows);
}

void call_finish(struct call_worker *worker, struct call_item *item)
{
	const uint32_t rows = item->found.rows;

	if (item->status != STATUS_OK)
		return;
	rename_column(&worker->accounts, call_column(worker, READ_ACCOUNT), rows);
	number_column_rename(&worker->numbers,
			     call_column(worker, READ_PRESENTED_READING), rows);
	number_column_rename(&worker->numbers,
			     call_column(worker, READ_DIALLED_READING), rows);
	rename_column(&worker->shown, call_column(worker, READ_SHOWN), rows);
	if (!tally(worker, item, rows)) {
		item->status = STATUS_FAILED;
		return;
	}
	raw_segment_clear(&item->read);
	item->read.id = item->found.id;
	item->read.source = item->found.source;
	item->read.rows = rows;
	item->packed = segment_pack_read(&item->read, &worker->segment, worker->out,
					 &worker->scratch);
}
