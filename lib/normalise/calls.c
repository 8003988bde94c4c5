/* SPDX-License-Identifier: Apache-2.0 */
/* Calls understood: a segment at a time, a column at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "casefile/rawsegment.h"
#include "normalise/legs.h"
#include "normalise/normaliser.h"
#include "normalise/talk.h"

#define COST_DIGITS 6
#define FETCH_AHEAD 8      /* rows whose remembered numbers are asked for */
#define KEYS_SEEN 16384    /* accounts remembered, a power of two */
#define COST_MOST (INT64_C(1) << 52)

/* The work on one segment. */
struct call_work {
	struct normaliser *n;
	const struct segment *segment;
	struct source_sense *source;
	int64_t *out;            /* READ_COLUMNS runs of SEGMENT_ROWS */
	struct segment_scratch scratch;
	struct key_seen {
		int64_t form, value;
		int64_t key;
	} *keys;                 /* of this source, KEYS_SEEN of them */
	struct legs legs;
	char room[FORM_LENGTH];  /* of the text found last */
	struct segment_store store;
	struct raw_segment packed;
	uint64_t ordinal;        /* of the segment's first row in the source */
};

static int64_t *column_of(struct call_work *work, unsigned column)
{
	return work->out + (size_t)column * SEGMENT_ROWS;
}

/* The found text of a role; data NULL when the row has no such field. */
static struct text found(struct call_work *work, enum call_role role, uint32_t i)
{
	return meanings_text(&work->n->meanings, work->segment, role, i,
			     work->room);
}

static enum status no_memory(struct call_work *work)
{
	return error_memory(&work->n->casefile->error);
}

/* The account of row i; below 0: no memory. */
static int64_t read_account(struct call_work *work, uint32_t i)
{
	const struct segment *segment = work->segment;
	const int64_t form = segment_found(segment, FOUND_FORM(CALL_ACCOUNT), i);
	const int64_t value = segment_found(segment, FOUND_VALUE(CALL_ACCOUNT), i);
	const uint64_t hash = hash_u64((uint64_t)value ^ (uint64_t)form << 44);
	struct key_seen *seen = &work->keys[hash & (KEYS_SEEN - 1)];
	int64_t key;

	/* Numbers of heap texts are those of one segment only. */
	if (form >= FORM_FIRST && seen->form == form && seen->value == value)
		return seen->key;
	key = keys_add(&work->n->keys, work->source->service,
		       found(work, CALL_ACCOUNT, i));
	*seen = (struct key_seen){ form, value, key };
	return key;
}

static enum status read_accounts(struct call_work *work)
{
	int64_t *out = column_of(work, READ_ACCOUNT);

	for (uint32_t i = 0; i < work->segment->rows; i++) {
		out[i] = read_account(work, i);
		if (out[i] < 0)
			return no_memory(work);
	}
	return STATUS_OK;
}

/* Sets a row aside that has no readable start. */
static enum status unread_start(struct call_work *work, uint32_t i,
				struct text value, const char *reason)
{
	const struct segment *segment = work->segment;
	const struct unread unread = {
		.source = work->source,
		.place = { segment->source,
			   (uint64_t)segment_found(segment, FOUND_LINE, i),
			   (uint64_t)segment_found(segment, FOUND_OFFSET, i),
			   (uint64_t)segment_found(segment, FOUND_LENGTH, i) },
		.role = "started",
		.reason = reason,
		.value = value,
	};

	column_of(work, READ_FLAGS)[i] |= CALL_FLAG_UNREAD;
	return set_aside(work->n, &unread);
}

static enum status read_starts(struct call_work *work)
{
	int64_t *out = column_of(work, READ_STARTED);
	enum status status = STATUS_OK;

	for (uint32_t i = 0; i < work->segment->rows && status == STATUS_OK; i++) {
		struct instant instant =
			instant_found(&work->n->meanings, work->segment,
				      work->source, CALL_STARTED, i);

		out[i] = instant.ms;
		if (instant.clock)
			column_of(work, READ_FLAGS)[i] |= CALL_FLAG_CLOCK;
		if (instant.reason || instant.null)
			status = unread_start(work, i,
					      found(work, CALL_STARTED, i),
					      instant.reason ? instant.reason
							     : "says that there is no time");
	}
	return status;
}

/* How the numbers of row i are written: in the country of its account, where
 * that is known. */
static struct number_manner manner_of(struct call_work *work, uint32_t i)
{
	struct number_manner manner = work->source->manner;

	manner.region = countries_of(&work->n->countries,
				     column_of(work, READ_ACCOUNT)[i],
				     manner.region);
	return manner;
}

/* The number of a role in row i, read anew or remembered. */
static enum status read_number(struct call_work *work, enum call_role role,
			       uint32_t i, struct number_seen *seen)
{
	struct readings *readings = &work->n->readings;
	const struct number_manner manner = manner_of(work, i);
	int64_t form = segment_found(work->segment, FOUND_FORM(role), i);
	int64_t value = segment_found(work->segment, FOUND_VALUE(role), i);
	struct reading_cache *place = NULL;
	bool known = false;

	if (meaning_of(&work->n->meanings, form))
		place = readings_cached(readings, form, value, manner, &known);
	if (known) {
		*seen = place->seen;
		return STATUS_OK;
	}
	if (!readings_read(readings, found(work, role, i), manner, seen))
		return no_memory(work);
	if (place)
		place->seen = *seen;
	return STATUS_OK;
}

static enum status read_numbers(struct call_work *work, enum call_role role,
				unsigned number, unsigned reading)
{
	const struct segment *segment = work->segment;
	const int64_t *forms = segment->found[FOUND_FORM(role)];
	const int64_t *values = segment->found[FOUND_VALUE(role)];
	enum status status = STATUS_OK;

	for (uint32_t i = 0; i < segment->rows && status == STATUS_OK; i++) {
		struct number_seen seen;

		if (i + FETCH_AHEAD < segment->rows)
			readings_fetch(&work->n->readings, forms[i + FETCH_AHEAD],
				       values[i + FETCH_AHEAD]);
		status = read_number(work, role, i, &seen);
		if (status != STATUS_OK)
			break;
		column_of(work, number)[i] = seen.e164;
		column_of(work, reading)[i] = seen.reading;
	}
	return status;
}

/* Presented texts that are no number: withheld, names, short codes. */
static enum status read_shown(struct call_work *work)
{
	const int64_t *number = column_of(work, READ_PRESENTED);
	const int64_t *reading = column_of(work, READ_PRESENTED_READING);
	int64_t *out = column_of(work, READ_SHOWN);

	for (uint32_t i = 0; i < work->segment->rows; i++) {
		uint32_t shown;

		out[i] = 0;
		if (number[i] || !reading[i])
			continue;
		shown = dictionary_add(&work->n->readings.shown,
				       found(work, CALL_PRESENTED, i));
		if (shown == DICTIONARY_NONE)
			return no_memory(work);
		out[i] = (int64_t)shown + 1;
	}
	return STATUS_OK;
}

/* What the two numbers say of each other. */
static void read_flags(struct call_work *work)
{
	const int64_t *presented = column_of(work, READ_PRESENTED);
	const int64_t *dialled = column_of(work, READ_DIALLED);
	int64_t *out = column_of(work, READ_FLAGS);

	for (uint32_t i = 0; i < work->segment->rows; i++)
		out[i] |= flag_table_call(work->n->readings.flags,
					  (uint64_t)presented[i],
					  (uint64_t)dialled[i]);
}

static void read_talk(struct call_work *work)
{
	const struct talk_reader reader = { &work->n->meanings, work->segment,
					    work->source };

	for (uint32_t i = 0; i < work->segment->rows; i++) {
		struct talk talk = talk_read(&reader, i);

		column_of(work, READ_TALK)[i] = talk.ms;
		column_of(work, READ_FLAGS)[i] |= talk.flags;
		if (work->source->legs &&
		    !legs_stands(&work->legs, &work->n->meanings, work->segment, i,
				 work->ordinal + i))
			column_of(work, READ_FLAGS)[i] |= CALL_FLAG_LEG;
	}
}

/* Costs weigh presentations against one another, so that the sign that some
 * systems put before a charge does not count. */
static void read_costs(struct call_work *work)
{
	const int64_t *forms = work->segment->found[FOUND_FORM(CALL_COST)];
	const int64_t *values = work->segment->found[FOUND_VALUE(CALL_COST)];
	int64_t *out = column_of(work, READ_COST);

	for (uint32_t i = 0; i < work->segment->rows; i++) {
		const struct meaning *meaning = meaning_of(&work->n->meanings,
							   forms[i]);
		struct text text;
		struct decimal cost;

		out[i] = 0;
		if (meaning && meaning_millionths(meaning, values[i], &out[i])) {
			if (out[i] > COST_MOST)
				out[i] = 0;
			continue;
		}
		text = found(work, CALL_COST, i);
		if (!text.len || decimal_parse(text.data, text.len, &cost))
			continue;
		cost.negative = false;
		if (decimal_to_minor(&cost, COST_DIGITS, &out[i], NULL) ||
		    out[i] > COST_MOST)
			out[i] = 0;
	}
}

static void count(struct call_work *work)
{
	const int64_t *flags = column_of(work, READ_FLAGS);

	for (uint32_t i = 0; i < work->segment->rows; i++) {
		if (flags[i] & CALL_FLAG_UNREAD)
			continue;
		work->n->counts->calls++;
		work->source->by_account += manner_of(work, i).region !=
					    work->source->manner.region;
	}
}

static enum status store(struct call_work *work)
{
	struct raw_segment *packed = &work->packed;

	raw_segment_clear(packed);
	packed->id = work->segment->id;
	packed->rows = work->segment->rows;
	if (!segment_pack_read(packed, work->segment, work->out, &work->scratch))
		return no_memory(work);
	return segment_store_put(&work->store, packed);
}

static enum status understand(struct call_work *work)
{
	enum status status;

	memset(column_of(work, READ_FLAGS), 0, SEGMENT_ROWS * sizeof(int64_t));
	status = read_accounts(work);
	if (status == STATUS_OK)
		status = read_starts(work);
	if (status == STATUS_OK)
		status = read_numbers(work, CALL_PRESENTED, READ_PRESENTED,
				      READ_PRESENTED_READING);
	if (status == STATUS_OK)
		status = read_numbers(work, CALL_DIALLED, READ_DIALLED,
				      READ_DIALLED_READING);
	if (status == STATUS_OK)
		status = read_shown(work);
	if (status != STATUS_OK)
		return status;
	read_flags(work);
	read_talk(work);
	read_costs(work);
	count(work);
	return store(work);
}

/* Rows of one source are numbered through all its segments. */
static enum status start_segment(struct call_work *work,
				 const struct segment *segment)
{
	struct source_sense *source = source_of(work->n, segment->source);
	enum status status = STATUS_OK;

	if (!source)
		return error_set(&work->n->casefile->error, STATUS_INTEGRITY,
				 "segment %lld names a source that is not there",
				 (long long)segment->id);
	if (work->source != source) {
		work->ordinal = 0;
		meanings_clear_words(&work->n->meanings);
		memset(work->keys, 0, KEYS_SEEN * sizeof(*work->keys));
		if (source->legs)
			status = legs_find(&work->legs, work->n, source);
	}
	work->source = source;
	work->segment = segment;
	return status;
}

static enum status all_segments(struct call_work *work,
				struct segment_reader *reader)
{
	struct normaliser *n = work->n;
	struct progress progress = { .step = "normalise" };
	int64_t total = 0;
	enum status status = casefile_integer(
		n->casefile, "SELECT sum(rows) FROM segment", 0, &total);

	progress.total = (uint64_t)total;
	while (status == STATUS_OK &&
	       (status = segment_reader_next(reader)) == STATUS_OK) {
		status = start_segment(work, &reader->segment);
		if (status == STATUS_OK)
			status = understand(work);
		work->ordinal += reader->segment.rows;
		progress.rows = progress.done += reader->segment.rows;
		observer_progress(n->observer, &progress);
		if (status == STATUS_OK && observer_interrupted(n->observer))
			status = error_set(&n->casefile->error, STATUS_INTERRUPTED,
					   "interrupted; nothing was changed");
	}
	return status == STATUS_END ? STATUS_OK : status;
}

enum status calls_understand(struct normaliser *n)
{
	struct call_work work = { .n = n };
	struct segment_reader reader;
	enum status status =
		segment_reader_open(&reader, n->casefile, SEGMENT_ALL, 0);

	work.out = memory_array(NULL, (size_t)READ_COLUMNS * SEGMENT_ROWS,
				sizeof(*work.out));
	work.keys = calloc(KEYS_SEEN, sizeof(*work.keys));
	if (status == STATUS_OK &&
	    (!segment_scratch_open(&work.scratch) || !work.out || !work.keys))
		status = no_memory(&work);
	if (status == STATUS_OK)
		status = segment_store_open(&work.store, n->casefile, true);
	if (status == STATUS_OK)
		status = all_segments(&work, &reader);
	segment_reader_close(&reader);
	segment_store_close(&work.store);
	raw_segment_release(&work.packed);
	legs_release(&work.legs);
	free(work.out);
	free(work.keys);
	segment_scratch_close(&work.scratch);
	return status;
}
