/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are one call: which of them stands for it. */
#include "normalise/legs.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "normalise/talk.h"

struct leg {
	int64_t talk;
	uint64_t ordinal;
};

void legs_release(struct legs *legs)
{
	dictionary_release(&legs->ids);
	buf_release(&legs->text);
	free(legs->best);
	memset(legs, 0, sizeof(*legs));
}

static bool call_id(struct legs *legs, const struct segment *segment,
		    const struct forms *forms, uint32_t i, struct text *id)
{
	buf_clear(&legs->text);
	if (!segment_text(segment, forms, CALL_ID, i, &legs->text))
		return false;
	*id = text_trim(buf_view(&legs->text));
	return id->len > 0;
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

static enum status add_segment(struct legs *legs, struct normaliser *n,
			       struct source_sense *source,
			       const struct segment *segment, uint64_t ordinal)
{
	struct buf scratch = { 0 };
	struct talk_reader reader = { n, segment, source, &scratch };
	enum status status = STATUS_OK;

	for (uint32_t i = 0; i < segment->rows && status == STATUS_OK; i++) {
		struct talk talk = talk_read(&reader, i);
		struct text id;

		if (call_id(legs, segment, &n->forms, i, &id) &&
		    !add(legs, id, talk.ms, ordinal + i))
			status = error_memory(&n->casefile->error);
	}
	buf_release(&scratch);
	return status;
}

enum status legs_find(struct legs *legs, struct normaliser *n,
		      struct source_sense *source)
{
	const uint64_t unzoned = source->unzoned;
	struct segment_reader reader;
	uint64_t ordinal = 0;
	enum status status =
		segment_reader_open(&reader, n->casefile, SEGMENT_ALL, 0);

	dictionary_clear(&legs->ids);
	while (status == STATUS_OK &&
	       (status = segment_reader_next(&reader)) == STATUS_OK) {
		if (reader.segment.source != source->id)
			continue;
		status = add_segment(legs, n, source, &reader.segment, ordinal);
		ordinal += reader.segment.rows;
	}
	segment_reader_close(&reader);
	source->unzoned = unzoned;    /* these times are read again */
	return status == STATUS_END ? STATUS_OK : status;
}

bool legs_stands(struct legs *legs, const struct segment *segment,
		 const struct forms *forms, uint32_t i, uint64_t ordinal)
{
	struct text id;
	uint32_t number;

	if (!call_id(legs, segment, forms, i, &id))
		return true;
	number = dictionary_find(&legs->ids, id);
	return number == DICTIONARY_NONE ||
	       legs->best[number].ordinal == ordinal;
}
