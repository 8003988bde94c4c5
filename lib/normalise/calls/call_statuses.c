/* SPDX-License-Identifier: Apache-2.0 */
/* The statuses of a segment of calls, counted. */
#include "normalise/calls/call_statuses.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Rows beside one another count in different places, so that none waits for the one
 * before it. */
#define PLACES 4u
/* Of a count of rows, those that hang are in the bits from here on. */
#define HANG_SHIFT 32

void status_batch_release(struct status_batch *batch)
{
	buf_release(&batch->texts);
	free(batch->seen);
	memset(batch, 0, sizeof(*batch));
}

static struct text text_at(const struct status_batch *batch, size_t i)
{
	return (struct text){ batch->texts.data + batch->seen[i].at, batch->seen[i].len };
}

bool status_batch_add(const struct status_batch *batch, int64_t first, struct tally *tally)
{
	bool good = true;

	for (size_t i = 0; i < batch->count && good; i++) {
		struct tally_word word = batch->seen[i].word;

		word.row = word.row ? first + word.row - 1 : 0;
		good = tally_add(tally, text_at(batch, i), &word);
	}
	return good;
}

bool status_counter_open(struct status_counter *counter, const struct form_meanings *meanings)
{
	memset(counter, 0, sizeof(*counter));
	counter->by_form = calloc((meanings->count + 1) * PLACES, sizeof(*counter->by_form));
	return counter->by_form != NULL;
}

void status_counter_release(struct status_counter *counter)
{
	local_ids_release(&counter->texts);
	free(counter->words);
	free(counter->by_form);
	memset(counter, 0, sizeof(*counter));
}

bool status_counter_begin(struct status_counter *counter, bool anew)
{
	return (!anew || local_ids_clear(&counter->texts)) && local_ids_begin(&counter->texts);
}

/* The place of a text; NULL: out of memory. What is new has no counts. */
static struct tally_word *word_of(struct status_counter *counter, const struct segment *segment, int64_t form,
				  int64_t value)
{
	const uint32_t number = local_ids_number(&counter->texts, segment, form, value);
	const size_t before = counter->capacity;
	void *words = counter->words;

	if (number == LOCAL_IDS_NONE ||
	    !memory_room(&words, &counter->capacity, counter->texts.count, sizeof(*counter->words)))
		return NULL;
	counter->words = words;
	for (size_t i = before; i < counter->capacity; i++)
		counter->words[i] = (struct status_count){ { WORD_NONE, 0, 0, 0 }, 0, 0 };
	counter->words[number].form = form;
	counter->words[number].value = value;
	return &counter->words[number].word;
}

/* Whether a row has a status at all: a text, in a form or in the heap. */
static bool has_text(int64_t form)
{
	return form != FORM_ABSENT && form != FORM_NULL;
}

/* Whether all rows of a form have the same text. */
static bool is_one_text(const struct form_meanings *meanings, int64_t form)
{
	const struct form_meaning *meaning = form_meaning_of(meanings, form);

	return meaning && meaning->digits == 0;
}

/* Whether a call's status alone says whether it was answered. */
static bool hangs(int64_t flags, int64_t talk)
{
	const int64_t from = flags & CALL_TALK_MASK;

	return ((flags & (CALL_FLAG_LEG | CALL_FLAG_UNREAD)) == 0) &
	       ((from == 0) | ((from == CALL_TALK_FROM_DURATION) & (talk > 0)));
}

/* Counts rows by form, and above them those that hang; returns how many have a status. */
static uint64_t count_forms(struct status_counter *counter, const struct talk_reader *reader, const int64_t *flags,
			    const int64_t *talk)
{
	const int64_t *forms = reader->segment->found[FOUND_FORM(CALL_STATUS)];
	const uint32_t rows = reader->segment->rows;
	const uint64_t count = reader->meanings->count;
	uint64_t with = 0;

	memset(counter->by_form, 0, (count + 1) * PLACES * sizeof(*counter->by_form));
	for (uint32_t i = 0; i < rows; i++) {
		const uint64_t form = (uint64_t)forms[i] - FORM_FIRST;
		const uint64_t hang = hangs(flags[i], talk[i]);

		counter->by_form[(form < count ? form : count) * PLACES + i % PLACES] += hang << HANG_SHIFT | 1;
		with += has_text(forms[i]);
	}
	return with;
}

/* Takes over the counts of forms that are one text; *rest: the rows of no such. */
static bool take_forms(struct status_counter *counter, const struct talk_reader *reader, uint64_t *rest)
{
	for (size_t form = 0; form < reader->meanings->count; form++) {
		const uint64_t *places = &counter->by_form[form * PLACES];
		const uint64_t counts = places[0] + places[1] + places[2] + places[3];
		const uint64_t rows = counts & ((UINT64_C(1) << HANG_SHIFT) - 1);
		struct tally_word *word;

		if (rows == 0 || !is_one_text(reader->meanings, (int64_t)form + FORM_FIRST))
			continue;
		word = word_of(counter, reader->segment, (int64_t)form + FORM_FIRST, 0);
		if (!word)
			return false;
		word->rows += rows;
		word->hang += counts >> HANG_SHIFT;
		*rest -= rows;
	}
	return true;
}

static bool count_others(struct status_counter *counter, const struct talk_reader *reader, const int64_t *flags,
			 const int64_t *talk)
{
	const int64_t *forms = reader->segment->found[FOUND_FORM(CALL_STATUS)];
	const int64_t *values = reader->segment->found[FOUND_VALUE(CALL_STATUS)];

	for (uint32_t i = 0; i < reader->segment->rows; i++) {
		struct tally_word *word;

		if (!has_text(forms[i]) || is_one_text(reader->meanings, forms[i]))
			continue;
		word = word_of(counter, reader->segment, forms[i], values[i]);
		if (!word)
			return false;
		word->rows++;
		word->hang += hangs(flags[i], talk[i]);
	}
	return true;
}

/* The first row with a text, and 1 more; only what somebody has to look at is looked for. */
static int64_t find_row(const struct status_count *count, const struct talk_reader *reader)
{
	const int64_t *forms = reader->segment->found[FOUND_FORM(CALL_STATUS)];
	const int64_t *values = reader->segment->found[FOUND_VALUE(CALL_STATUS)];

	if (count->word.word != WORD_UNKNOWN && count->word.word != WORD_OPEN)
		return 0;
	for (uint32_t i = 0; i < reader->segment->rows; i++)
		if (forms[i] == count->form && values[i] == count->value)
			return (int64_t)i + 1;
	return 0;
}

static bool put(struct status_counter *counter, const struct talk_reader *reader, size_t number,
		struct status_batch *batch)
{
	struct status_count *count = &counter->words[number];
	char room[FORM_LENGTH];
	const struct text text = text_trim(local_ids_text(&counter->texts, reader->meanings, number, room));
	void *seen = batch->seen;

	/* An empty status is none. */
	if (text.len == 0)
		return true;
	if (!memory_room(&seen, &batch->capacity, batch->count + 1, sizeof(*batch->seen)))
		return false;
	batch->seen = seen;
	count->word.word = words_call(&reader->source->words, text);
	count->word.row = find_row(count, reader);
	batch->seen[batch->count++] = (struct status_seen){ batch->texts.len, text.len, count->word };
	buf_add(&batch->texts, text.data, text.len);
	return !batch->texts.failed;
}

/* Insertion by halves: few statuses are in a segment, and nearly all are in order. */
static void sort(struct status_batch *batch)
{
	for (size_t i = 1; i < batch->count; i++) {
		const struct status_seen seen = batch->seen[i];
		const struct text text = text_at(batch, i);
		size_t low = 0, high = i;

		while (low < high) {
			const size_t middle = low + (high - low) / 2;

			if (text_compare(text_at(batch, middle), text) <= 0)
				low = middle + 1;
			else
				high = middle;
		}
		memmove(&batch->seen[low + 1], &batch->seen[low], (i - low) * sizeof(seen));
		batch->seen[low] = seen;
	}
}

bool status_counter_count(struct status_counter *counter, const struct talk_reader *reader, const int64_t *flags,
			  const int64_t *talk, struct status_batch *batch)
{
	uint64_t rest = count_forms(counter, reader, flags, talk);
	bool good = true;

	batch->count = 0;
	buf_clear(&batch->texts);
	if (rest == 0)
		return true;
	good = take_forms(counter, reader, &rest) && (rest == 0 || count_others(counter, reader, flags, talk));
	for (size_t number = 1; good && number < counter->texts.count && number < counter->capacity; number++)
		if (counter->words[number].word.rows) {
			good = put(counter, reader, number, batch);
			counter->words[number].word = (struct tally_word){ WORD_NONE, 0, 0, 0 };
		}
	sort(batch);
	return good;
}
