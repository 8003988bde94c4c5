/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are one call: which of them stands for it. */
#include "normalise/calls/legs.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "normalise/calls/call_times.h"

struct leg {
	int64_t talk;
	uint64_t ordinal;
};

void legs_release(struct legs *legs)
{
	dictionary_release(&legs->ids);
	free(legs->best);
	free(legs->words);
	call_absent_release(&legs->absent);
	memset(legs, 0, sizeof(*legs));
}

static bool call_id(const struct form_meanings *meanings,
		    const struct segment *segment, uint32_t i,
		    char room[static FORM_LENGTH], struct text *id)
{
	*id = form_meanings_text(meanings, segment, CALL_ID, i, room);
	if (id->data)
		*id = text_trim(*id);
	return id->data && id->len > 0;
}

static bool add(struct legs *legs, struct text id, int64_t talk, uint64_t ordinal)
{
	size_t known = legs->ids.count;
	uint32_t number = dictionary_add(&legs->ids, id);
	void *best = legs->best;

	if (number == DICTIONARY_NONE ||
	    !memory_room(&best, &legs->capacity, legs->ids.count,
			 sizeof(*legs->best)))
		return false;
	legs->best = best;
	if (number >= known || talk > legs->best[number].talk) {
		legs->best[number].talk = talk;
		legs->best[number].ordinal = ordinal;
	}
	return true;
}

static enum status add_segment(struct legs *legs, const struct legs_given *given,
			       struct segment *segment, uint64_t ordinal)
{
	struct clock_day day = CLOCK_DAY;
	struct talk_codes codes = { 0 };
	const struct talk_reader reader = { given->meanings, segment, given->source,
					    &day, legs->words, &codes, NULL };
	struct call_times_look look = call_times_look(&reader);
	enum status status = STATUS_OK;

	(void)call_absent_begin(&legs->absent, NULL);
	if (!call_absent_hide(&legs->absent, segment))
		status = error_memory(&given->casefile->error);
	for (uint32_t i = 0; i < segment->rows && status == STATUS_OK; i++) {
		struct talk talk = talk_read(&reader, i);
		int64_t started = 0;
		char room[FORM_LENGTH];
		struct text id;

		/* The longest by the clocks too. */
		if (look.local && (talk.flags & CALL_TALK_MASK) == CALL_TALK_FROM_TIMES)
			call_times_row(&look, i, &(struct call_times){ &started, &talk.ms, &talk.flags });
		if (call_id(given->meanings, segment, i, room, &id) &&
		    !add(legs, id, talk.ms, ordinal + i))
			status = error_memory(&given->casefile->error);
	}
	return status;
}

static enum status interrupted(const struct legs_given *given)
{
	if (!observer_interrupted(given->observer))
		return STATUS_OK;
	return error_set(&given->casefile->error, STATUS_INTERRUPTED,
			 "interrupted; nothing was changed");
}

enum status legs_find(struct legs *legs, const struct legs_given *given)
{
	struct segment_reader reader;
	uint64_t ordinal = 0;
	enum status status = segment_reader_open(
		&reader, given->casefile, SEGMENT_ROLE(CALL_ID) | SEGMENT_ROLE(CALL_STARTED) | TALK_NEEDS, 0);

	legs->words = calloc(given->meanings->count + 1, 1);
	if (!call_absent_open(&legs->absent, given->meanings) || !legs->words)
		status = status == STATUS_OK ? error_memory(&given->casefile->error)
					     : status;
	else
		call_absent_of(&legs->absent, given->source->absents);
	while (status == STATUS_OK &&
	       (status = segment_reader_next(&reader)) == STATUS_OK) {
		if (reader.segment.source != given->source->id)
			continue;
		status = add_segment(legs, given, &reader.segment, ordinal);
		ordinal += reader.segment.rows;
		if (status == STATUS_OK)
			status = interrupted(given);
	}
	segment_reader_close(&reader);
	return status == STATUS_END ? STATUS_OK : status;
}

bool legs_stands(const struct legs *legs, const struct form_meanings *meanings,
		 const struct segment *segment, uint32_t i, uint64_t ordinal)
{
	char room[FORM_LENGTH];
	struct text id;
	uint32_t number;

	if (!call_id(meanings, segment, i, room, &id))
		return true;
	number = dictionary_find(&legs->ids, id);
	return number == DICTIONARY_NONE ||
	       legs->best[number].ordinal == ordinal;
}
