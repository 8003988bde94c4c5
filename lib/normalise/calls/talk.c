/* SPDX-License-Identifier: Apache-2.0 */
/* How long a call was talked on, and whether it was answered. */
#include "normalise/calls/talk.h"

#include <stdlib.h>

#include "base/time/duration.h"

static int64_t form_of(const struct talk_reader *reader, enum call_role role,
		       uint32_t i)
{
	return segment_found(reader->segment, FOUND_FORM(role), i);
}

bool talk_seconds(const struct talk_reader *reader, enum call_role role, uint32_t i, int64_t *ms)
{
	const struct form_meaning *meaning =
		form_meaning_of(reader->meanings, form_of(reader, role, i));
	char room[FORM_LENGTH];
	struct text text;

	if (meaning &&
	    form_meaning_thousandths(meaning,
				     segment_found(reader->segment, FOUND_VALUE(role), i),
				     ms))
		return true;
	text = form_meanings_text(reader->meanings, reader->segment, role, i, room);
	return text.data && text_trim(text).len > 0 &&
	       !seconds_parse(text.data, text.len, ms);
}

enum answer_time { ANSWER_NOT_KEPT, ANSWER_NONE, ANSWER_AT };

/* Whether there is a text that is not blank. */
static enum answer_time answer_text(const struct talk_reader *reader,
				    enum call_role role, uint32_t i)
{
	char room[FORM_LENGTH];
	struct text text =
		form_meanings_text(reader->meanings, reader->segment, role, i, room);

	if (!text.data)
		return ANSWER_NOT_KEPT;
	return text_trim(text).len ? ANSWER_AT : ANSWER_NONE;
}

static struct instant read_instant(const struct talk_reader *reader,
				   enum call_role role, uint32_t i)
{
	const struct form_meaning *meaning =
		form_meaning_of(reader->meanings, form_of(reader, role, i));
	char room[FORM_LENGTH];
	int64_t ms;

	if (meaning && form_meaning_time(meaning, reader->day,
					 segment_found(reader->segment,
						       FOUND_VALUE(role), i), &ms))
		return instant_clock(reader->source, (int)role, meaning->utc, ms);
	return instant_read(reader->source, (int)role,
			    form_meanings_text(reader->meanings, reader->segment, role,
					       i, room));
}

bool talk_instant(const struct talk_reader *reader, enum call_role role, uint32_t i, struct instant *out)
{
	if (form_of(reader, role, i) == FORM_ABSENT || answer_text(reader, role, i) != ANSWER_AT)
		return false;
	*out = read_instant(reader, role, i);
	return !out->reason && !out->null;
}

static enum answer_time instant(const struct talk_reader *reader,
				enum call_role role, uint32_t i, struct talk *talk,
				int64_t *ms)
{
	struct instant instant;
	enum answer_time answer = ANSWER_NOT_KEPT;

	if (form_of(reader, role, i) != FORM_ABSENT)
		answer = answer_text(reader, role, i);
	if (answer != ANSWER_AT)
		return answer;
	instant = read_instant(reader, role, i);
	talk->unzoned += instant.unzoned;
	talk->day |= !instant.reason && instant.day_only;
	/* From a day to a day there is no count of seconds. */
	if (instant.reason || instant.day_only)
		return ANSWER_NOT_KEPT;
	*ms = instant.ms;
	return instant.null ? ANSWER_NONE : ANSWER_AT;
}

/* Ended less answered_at; 0 for a call that says it was not answered. */
static bool between_times(const struct talk_reader *reader, uint32_t i,
			  struct talk *talk)
{
	int64_t from = 0, to = 0;
	enum answer_time answer =
		instant(reader, CALL_ANSWERED_AT, i, talk, &from);

	if (answer == ANSWER_NOT_KEPT)
		return false;
	talk->ms = 0;
	if (answer == ANSWER_NONE)
		return true;
	if (instant(reader, CALL_ENDED, i, talk, &to) != ANSWER_AT)
		return false;
	talk->ms = to - from;
	return true;
}

/* Says where the talk comes from. */
static int64_t measure(const struct talk_reader *reader, uint32_t i,
		       struct talk *talk)
{
	if (talk_seconds(reader, CALL_TALK, i, &talk->ms))
		return CALL_TALK_FROM_TALK;
	if (between_times(reader, i, talk))
		return CALL_TALK_FROM_TIMES;
	if (talk_seconds(reader, CALL_BILLED, i, &talk->ms))
		return CALL_TALK_FROM_BILLED;
	if (talk_seconds(reader, CALL_DURATION, i, &talk->ms))
		return CALL_TALK_FROM_DURATION;
	talk->ms = 0;
	return 0;
}

static enum word look_up(const struct talk_reader *reader, uint32_t i)
{
	char room[FORM_LENGTH];
	struct text text = form_meanings_text(reader->meanings, reader->segment,
					      CALL_STATUS, i, room);

	return text.data ? words_call(&reader->source->words, text) : WORD_NONE;
}

/* A code of few digits, as of SIP, is in most rows of a source that has it. */
static enum word find_code(const struct talk_reader *reader, int64_t form, uint32_t i)
{
	const int64_t value = segment_found(reader->segment, FOUND_VALUE(CALL_STATUS), i);
	const uint64_t place = ((uint64_t)form * 31 + (uint64_t)value) % TALK_CODES;

	if (reader->codes->items[place].form != (uint32_t)form || reader->codes->items[place].value != value) {
		reader->codes->items[place].word = (uint32_t)look_up(reader, i);
		reader->codes->items[place].form = (uint32_t)form;
		reader->codes->items[place].value = value;
	}
	return (enum word)reader->codes->items[place].word;
}

/* The status of a form that was not looked up. */
static enum word find_word(const struct talk_reader *reader, int64_t form, uint32_t i)
{
	const struct form_meaning *meaning = form_meaning_of(reader->meanings, form);
	enum word word;

	if (form == FORM_ABSENT)
		return WORD_NONE;
	if (meaning && meaning->digits > 0)
		return find_code(reader, form, i);
	word = look_up(reader, i);
	if (meaning)
		reader->words[form - FORM_FIRST] = (uint8_t)(word + 1);
	return word;
}

static inline enum word status_word(const struct talk_reader *reader, uint32_t i)
{
	const int64_t form = form_of(reader, CALL_STATUS, i);

	if (form_meaning_of(reader->meanings, form) && reader->words[form - FORM_FIRST])
		return (enum word)(reader->words[form - FORM_FIRST] - 1);
	return find_word(reader, form, i);
}

/* A duration holds the set-up as well: over 0 it contradicts nothing. */
static bool contradicted(int64_t from, enum word word, int64_t ms)
{
	if (word < WORD_YES || from == 0)
		return false;
	if (from == CALL_TALK_FROM_DURATION)
		return word == WORD_YES && ms == 0;
	return (word == WORD_YES) != (ms > 0);
}

/* What a duration, no seconds at all, and seconds below 0 say with the status. */
static void judge_other(struct talk *talk, int64_t from, enum word word)
{
	bool answered = talk->ms > 0;

	talk->flags = from;
	if (talk->ms < 0) {
		talk->ms = 0;
		talk->flags |= CALL_FLAG_NEGATIVE;
	}
	if (contradicted(from, word, talk->ms))
		talk->flags |= CALL_FLAG_CONTRADICTED;
	else if (from == 0 || from == CALL_TALK_FROM_DURATION)
		answered = word == WORD_YES || (word == WORD_NONE && answered);
	if (answered)
		talk->flags |= CALL_FLAG_ANSWERED;
}

/* What the seconds, and where they are from, and the status say. */
static void judge(struct talk *talk, int64_t from, enum word word)
{
	const bool answered = talk->ms > 0;
	const bool against = (word >= WORD_YES) & ((word == WORD_YES) != answered);

	if (from == 0 || from == CALL_TALK_FROM_DURATION || talk->ms < 0)
		judge_other(talk, from, word);
	else
		talk->flags = from | answered * CALL_FLAG_ANSWERED |
			      against * CALL_FLAG_CONTRADICTED;
}

struct talk talk_read(const struct talk_reader *reader, uint32_t i)
{
	struct talk talk = { 0, 0, 0, false };
	const int64_t from = measure(reader, i, &talk);

	judge(&talk, from, status_word(reader, i));
	return talk;
}

struct talk talk_of_times(const struct talk_reader *reader, uint32_t i, int64_t ms)
{
	struct talk talk = { .ms = ms };

	judge(&talk, CALL_TALK_FROM_TIMES, status_word(reader, i));
	return talk;
}

static struct talk_form form_of_decimal(const struct form_meaning *meaning)
{
	const int64_t most = SECONDS_MOST * form_meaning_powers[meaning->decimals];

	return (struct talk_form){
		form_meaning_powers[3 - meaning->decimals],
		(uint64_t)(most < meaning->limit ? most : meaning->limit)
	};
}

struct talk_form *talk_forms(const struct form_meanings *meanings)
{
	struct talk_form *forms = calloc(meanings->count + 1, sizeof(*forms));

	for (size_t i = 0; forms && i < meanings->count; i++) {
		const struct form_meaning *meaning = &meanings->items[i];

		if (meaning->decimal && meaning->decimals <= 3)
			forms[i] = form_of_decimal(meaning);
	}
	return forms;
}

/* Rows that are looked at together, each with a bit. */
#define TOGETHER 64

/* Judges rows from first on whose role talk is plain seconds and whose status is
 * known; returns the others. There is no branch that goes by a row. */
static uint64_t read_plain(const struct talk_reader *reader, uint32_t first,
			   uint32_t count, int64_t *ms, int64_t *flags)
{
	const struct segment *segment = reader->segment;
	const uint64_t forms = reader->meanings->count;
	const int64_t *form = segment->found[FOUND_FORM(CALL_TALK)] + first;
	const int64_t *value = segment->found[FOUND_VALUE(CALL_TALK)] + first;
	const int64_t *status = segment->found[FOUND_FORM(CALL_STATUS)] + first;
	uint64_t others = 0;

	for (uint32_t i = 0; i < count; i++) {
		const uint64_t f = (uint64_t)form[i] - FORM_FIRST;
		const uint64_t s = (uint64_t)status[i] - FORM_FIRST;
		const struct talk_form *plain = &reader->forms[f < forms ? f : forms];
		const int word = (reader->words[s < forms ? s : forms] |
				  (status[i] == FORM_ABSENT)) - 1;
		const bool good = ((uint64_t)value[i] < plain->limit) & (word >= 0);
		const bool answered = value[i] > 0;
		const bool against = (word >= WORD_YES) &
				     ((word == WORD_YES) != answered);
		const int64_t all = CALL_TALK_FROM_TALK |
				    answered * CALL_FLAG_ANSWERED |
				    against * CALL_FLAG_CONTRADICTED;

		ms[i] = (int64_t)((uint64_t)value[i] * (uint64_t)plain->factor);
		flags[i] |= all & -(int64_t)good;
		others |= (uint64_t)!good << i;
	}
	return others;
}

struct talk_met talk_read_all(const struct talk_reader *reader, int64_t *ms, int64_t *flags)
{
	const uint32_t rows = reader->segment->rows;
	struct talk_met met = { 0 };

	for (uint32_t first = 0; first < rows; first += TOGETHER) {
		uint64_t others = read_plain(
			reader, first, rows - first < TOGETHER ? rows - first : TOGETHER,
			ms + first, flags + first);

		for (; others; others &= others - 1) {
			const uint32_t i = first + (uint32_t)__builtin_ctzll(others);
			const struct talk talk = talk_read(reader, i);

			ms[i] = talk.ms;
			flags[i] |= talk.flags;
			met.unzoned += talk.unzoned;
			if (talk.day && !(flags[i] & CALL_FLAG_UNREAD) && met.days++ == 0)
				met.first_day = i;
		}
	}
	return met;
}
