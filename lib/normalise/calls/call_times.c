/* SPDX-License-Identifier: Apache-2.0 */
/* The times of a call held against one another and against its seconds. */
#include "normalise/calls/call_times.h"

#include <stdbool.h>

#include "base/time/calendar.h"

#define MINUTE_MS (60 * SECOND_MS)

/* A time of a row: what it may be, the first first. */
struct time_read {
	bool known;
	unsigned count;        /* 1 or 2 */
	int64_t ms[2];
};

enum { STARTED, ANSWERED, ENDED, TIMES };

/* The times of a row, and what of them is chosen. */
struct row_times {
	struct time_read of[TIMES];
	int64_t slack;         /* milliseconds that rounding explains */
	bool settled;          /* the epoch of the row tells which started is */
};

/* A choice for each time is a number: bit t is the reading of time t. */
#define CHOICES (1u << TIMES)

static int64_t chosen(const struct row_times *row, unsigned time, unsigned choice)
{
	return row->of[time].ms[choice >> time & 1];
}

static bool read_time(const struct talk_reader *reader, enum call_role role, uint32_t i,
		      unsigned time, struct row_times *row)
{
	struct instant instant;
	struct time_read *read = &row->of[time];

	read->count = 1;
	read->known = talk_instant(reader, role, i, &instant) && !instant.day_only;
	if (!read->known)
		return false;
	read->ms[0] = instant.ms;
	read->ms[1] = instant.other_ms;
	if (instant.to_minute)
		row->slack = TIMES_APART + MINUTE_MS;
	if (instant.clock)
		read->count = 2;
	return instant.clock;
}

/* A start that clocks show twice, and that is not said to be so, is settled by its epoch. */
static bool read_started(const struct talk_reader *reader, uint32_t i, struct row_times *row,
			 const struct call_times *out)
{
	const bool clock = read_time(reader, CALL_STARTED, i, STARTED, row);

	if (!clock || *out->flags & CALL_FLAG_CLOCK)
		return clock;
	row->of[STARTED].count = 1;
	row->of[STARTED].ms[0] = *out->started;
	row->settled = true;
	return false;
}

/* Not before the other, where both are known. */
static bool in_order(const struct row_times *row, unsigned a, unsigned b, unsigned choice)
{
	return !row->of[a].known || !row->of[b].known ||
	       chosen(row, b, choice) - chosen(row, a, choice) >= -row->slack;
}

/* The choices, a bit each, that keep the order of the times. */
static unsigned ordered(const struct row_times *row)
{
	unsigned left = 0;

	for (unsigned choice = 0; choice < CHOICES; choice++) {
		bool good = in_order(row, STARTED, ANSWERED, choice) && in_order(row, ANSWERED, ENDED, choice) &&
			    in_order(row, STARTED, ENDED, choice);

		for (unsigned time = 0; time < TIMES; time++)
			good = good && (row->of[time].count == 2 || !(choice >> time & 1));
		left |= (unsigned)good << choice;
	}
	return left;
}

/* Those of some choices by which it is so long from one time to ended. */
static unsigned agreeing(const struct row_times *row, unsigned from, int64_t ms, unsigned left)
{
	unsigned good = 0;

	if (!row->of[from].known || !row->of[ENDED].known)
		return left;
	for (unsigned choice = 0; choice < CHOICES; choice++) {
		const int64_t apart = chosen(row, ENDED, choice) - chosen(row, from, choice) - ms;
		const int64_t most = MINUTE_MS + row->slack;

		good |= (left >> choice & 1 & (apart <= most) & (apart >= -most)) << choice;
	}
	/* Seconds that agree with none say nothing of the clocks. */
	return good ? good : left;
}

/* The choices that the row leaves. */
static unsigned choices_left(const struct talk_reader *reader, uint32_t i, const struct row_times *row)
{
	unsigned left = ordered(row);
	int64_t ms;

	if (talk_seconds(reader, CALL_TALK, i, &ms) || talk_seconds(reader, CALL_BILLED, i, &ms))
		left = agreeing(row, ANSWERED, ms, left);
	if (talk_seconds(reader, CALL_DURATION, i, &ms))
		left = agreeing(row, STARTED, ms, left);
	return left;
}

/* Chooses among the readings of a row that has a time with two; returns the choice. */
static unsigned choose(const struct talk_reader *reader, uint32_t i, const struct row_times *row,
		       const struct call_times *out)
{
	const unsigned left = choices_left(reader, i, row);
	const unsigned choice = left ? (unsigned)__builtin_ctz(left) : 0;
	const bool told = left && (left & (left - 1)) == 0;

	*out->flags &= ~(int64_t)(CALL_FLAG_CLOCK | CALL_FLAG_TOLD);
	if (!told || !row->settled)
		*out->flags |= told ? CALL_FLAG_TOLD : CALL_FLAG_CLOCK;
	if (row->of[STARTED].known)
		*out->started = chosen(row, STARTED, choice);
	if ((*out->flags & CALL_TALK_MASK) == CALL_TALK_FROM_TIMES && row->of[ANSWERED].known &&
	    row->of[ENDED].known) {
		const struct talk talk = talk_of_times(reader, i, chosen(row, ENDED, choice) -
								  chosen(row, ANSWERED, choice));

		*out->talk = talk.ms;
		*out->flags &= ~(int64_t)(CALL_FLAG_ANSWERED | CALL_TALK_MASK | CALL_FLAG_CONTRADICTED |
					      CALL_FLAG_NEGATIVE);
		*out->flags |= talk.flags;
	}
	return choice;
}

/* Whether seconds of talk are others than those between two times. */
static bool contradicted(int64_t between, int64_t talk, int64_t slack)
{
	return between - talk > slack || between - talk < -slack;
}

/* A row that has to be looked at in full. */
static void judge_row(const struct talk_reader *reader, uint32_t i, const struct call_times *out)
{
	struct row_times row = { .slack = TIMES_APART };
	bool twice = read_time(reader, CALL_ANSWERED_AT, i, ANSWERED, &row);
	unsigned choice = 0;

	twice |= read_time(reader, CALL_ENDED, i, ENDED, &row);
	row.of[STARTED].count = 1;
	if (!(*out->flags & CALL_FLAG_UNREAD) && (twice || *out->flags & CALL_FLAG_CLOCK))
		twice |= read_started(reader, i, &row, out);
	if (twice)
		choice = choose(reader, i, &row, out);
	if ((*out->flags & CALL_TALK_MASK) == CALL_TALK_FROM_TALK && row.of[ANSWERED].known && row.of[ENDED].known &&
	    contradicted(chosen(&row, ENDED, choice) - chosen(&row, ANSWERED, choice), *out->talk, row.slack))
		*out->flags |= CALL_FLAG_TIMES;
}

enum found_time { FOUND_NONE, FOUND_UTC, FOUND_LOCAL, FOUND_OTHER };

/* A time that is plain digits. */
static enum found_time quick_time(const struct call_times_look *look, enum call_role role, uint32_t i, int64_t *ms)
{
	const struct talk_reader *reader = look->reader;
	const int64_t form = segment_found(reader->segment, FOUND_FORM(role), i);
	const struct form_meaning *meaning = form_meaning_of(reader->meanings, form);

	if (form == FORM_ABSENT || form == FORM_NULL || (meaning && meaning->len == 0))
		return FOUND_NONE;
	if (!meaning || !form_meaning_time(meaning, reader->day, segment_found(reader->segment, FOUND_VALUE(role), i), ms))
		return FOUND_OTHER;
	if (meaning->utc || !look->local || source_is_utc(reader->source, (int)role))
		return FOUND_UTC;
	/* What is calm is that of the source. */
	return reader->source->roles.own >> role & 1 ? FOUND_OTHER : FOUND_LOCAL;
}

static bool is_calm(const struct zone_calm *calm, int64_t from, int64_t to)
{
	return from >= calm->from && from < calm->until && to >= calm->from && to < calm->until;
}

/* Whether a row needs no second look: nearly every one. */
static bool quick(struct call_times_look *look, uint32_t i, const struct call_times *out)
{
	int64_t from = 0, to = 0;
	const enum found_time answered = quick_time(look, CALL_ANSWERED_AT, i, &from);
	const enum found_time ended = quick_time(look, CALL_ENDED, i, &to);
	const bool both = answered != FOUND_NONE && ended != FOUND_NONE;

	if (*out->flags & CALL_FLAG_CLOCK || answered == FOUND_OTHER || ended == FOUND_OTHER ||
	    (both && answered != ended))
		return false;
	if (answered == FOUND_LOCAL || ended == FOUND_LOCAL) {
		const int64_t first = answered == FOUND_NONE ? to : from, last = ended == FOUND_NONE ? from : to;

		if (!is_calm(&look->calm, first, last))
			look->calm = zone_calm(look->reader->source->zone, last);
		if (!is_calm(&look->calm, first, last))
			return false;
	}
	return !both || (*out->flags & CALL_TALK_MASK) != CALL_TALK_FROM_TALK ||
	       !contradicted(to - from, *out->talk, TIMES_APART);
}

void call_times_row(struct call_times_look *look, uint32_t i, const struct call_times *row)
{
	if (!quick(look, i, row))
		judge_row(look->reader, i, row);
}

void call_times_judge(const struct talk_reader *reader, const struct call_times *times)
{
	const struct segment *segment = reader->segment;
	const bool answered = segment_has(segment, CALL_ANSWERED_AT), ended = segment_has(segment, CALL_ENDED);
	struct call_times_look look = call_times_look(reader);

	/* Starts alone have nothing that tells. */
	if ((!answered && !ended) || (!look.local && !(answered && ended && segment_has(segment, CALL_TALK))))
		return;
	for (uint32_t i = 0; i < segment->rows; i++)
		call_times_row(&look, i, &(struct call_times){ times->started + i, times->talk + i, times->flags + i });
}
