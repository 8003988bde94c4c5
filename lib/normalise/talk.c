/* SPDX-License-Identifier: Apache-2.0 */
/* How long a call was talked on, and whether it was answered. */
#include "normalise/talk.h"

#include "base/duration.h"

static bool found(const struct talk_reader *reader, enum call_role role,
		  uint32_t i, struct text *text)
{
	buf_clear(reader->text);
	if (!segment_text(reader->segment, &reader->n->forms, role, i,
			  reader->text))
		return false;
	*text = buf_view(reader->text);
	return true;
}

static bool seconds(const struct talk_reader *reader, enum call_role role,
		    uint32_t i, int64_t *ms)
{
	struct text text;

	return found(reader, role, i, &text) && text_trim(text).len > 0 &&
	       !seconds_parse(text.data, text.len, ms);
}

enum answer_time { ANSWER_NOT_KEPT, ANSWER_NONE, ANSWER_AT };

static enum answer_time instant(const struct talk_reader *reader,
				enum call_role role, uint32_t i, int64_t *ms)
{
	struct instant instant;
	struct text text;

	if (!found(reader, role, i, &text))
		return ANSWER_NOT_KEPT;
	if (text_trim(text).len == 0)
		return ANSWER_NONE;
	instant = instant_read(reader->source, text);
	if (instant.reason)
		return ANSWER_NOT_KEPT;
	*ms = instant.ms;
	return instant.null ? ANSWER_NONE : ANSWER_AT;
}

/* Ended less answered_at; 0 for a call that says it was not answered. */
static bool between_times(const struct talk_reader *reader, uint32_t i,
			  int64_t *ms)
{
	int64_t from = 0, to = 0;
	enum answer_time answer = instant(reader, CALL_ANSWERED_AT, i, &from);

	if (answer == ANSWER_NOT_KEPT)
		return false;
	*ms = 0;
	if (answer == ANSWER_NONE)
		return true;
	if (instant(reader, CALL_ENDED, i, &to) != ANSWER_AT)
		return false;
	*ms = to - from;
	return true;
}

static int64_t measure(const struct talk_reader *reader, uint32_t i, int64_t *ms)
{
	if (seconds(reader, CALL_TALK, i, ms))
		return CALL_TALK_FROM_TALK;
	if (between_times(reader, i, ms))
		return CALL_TALK_FROM_TIMES;
	if (seconds(reader, CALL_BILLED, i, ms))
		return CALL_TALK_FROM_BILLED;
	if (seconds(reader, CALL_DURATION, i, ms))
		return CALL_TALK_FROM_DURATION;
	*ms = 0;
	return 0;
}

static enum word status_word(const struct talk_reader *reader, uint32_t i)
{
	struct text text;

	if (!found(reader, CALL_STATUS, i, &text))
		return WORD_UNKNOWN;
	return words_call(&reader->source->words, text);
}

/* A duration holds the set-up as well: over 0 it contradicts nothing. */
static bool contradicted(int64_t from, enum word word, int64_t ms)
{
	if (word == WORD_UNKNOWN || from == 0)
		return false;
	if (from == CALL_TALK_FROM_DURATION)
		return word == WORD_YES && ms == 0;
	return (word == WORD_YES) != (ms > 0);
}

struct talk talk_read(const struct talk_reader *reader, uint32_t i)
{
	struct talk talk = { 0, 0 };
	int64_t from = measure(reader, i, &talk.ms);
	enum word word = status_word(reader, i);
	bool answered = talk.ms > 0;

	talk.flags = from;
	if (talk.ms < 0) {
		talk.ms = 0;
		answered = false;
		talk.flags |= CALL_FLAG_NEGATIVE;
	}
	if (contradicted(from, word, talk.ms))
		talk.flags |= CALL_FLAG_CONTRADICTED;
	else if (from == 0 || from == CALL_TALK_FROM_DURATION)
		answered = word == WORD_YES || (word == WORD_UNKNOWN && answered);
	if (answered)
		talk.flags |= CALL_FLAG_ANSWERED;
	return talk;
}
