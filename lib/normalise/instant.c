/* SPDX-License-Identifier: Apache-2.0 */
/* From what a text says on the clock of its source to UTC. */
#include "normalise/instant.h"

#include "base/time/calendar.h"
#include "base/time/zone_word.h"

/* From the clock of the source to UTC. */
static void set_clock(const struct source_sense *source, int role, struct instant *instant)
{
	int64_t ms[2];

	instant->unzoned = !source_has_zone(source, role);
	if (source_is_utc(source, role))
		return;
	instant->clock = zone_readings(source_zone(source, role), instant->local_ms, ms) != ZONE_OK;
	instant->ms = ms[0];
	instant->other_ms = ms[1];
}

/* By the zone of the source where that has the abbreviation, else by what it means everywhere. */
static void set_word(const struct zone *zone, uint8_t word, struct instant *instant)
{
	switch (zone_utc_word(zone, zone_word_text(word), instant->local_ms, &instant->ms)) {
	case ZONE_USES:
		break;
	case ZONE_USES_NOT_THEN:
		instant->reason = "is no time: the clocks of the source's zone have not that "
				  "abbreviation then";
		break;
	case ZONE_USES_NEVER:
		instant->reason = zone_word_utc(word, instant->local_ms, &instant->ms);
		break;
	}
	instant->other_ms = instant->ms;
}

struct instant instant_read(const struct source_sense *source, int role, struct text text)
{
	struct instant instant = { .reason = NULL };
	struct moment moment;

	if (!text.data)
		text = text_of("");
	instant.reason = moment_parse(text.data, text.len, source->order, &moment);
	if (instant.reason)
		return instant;
	instant.null = moment.null;
	instant.day_only = moment.day_only;
	instant.zoned = moment.zoned || moment.word;
	instant.to_minute = moment.to_minute;
	instant.ms = instant.local_ms = instant.other_ms = moment.ms;
	if (moment.zoned)
		instant.local_ms += (int64_t)moment.offset * SECOND_MS;
	if (!moment.null && moment.word)
		set_word(source_zone(source, role), moment.word, &instant);
	else if (!moment.null && !moment.zoned && !moment.day_only)
		set_clock(source, role, &instant);
	return instant;
}

/* When the clocks of the source show a time, the first time if twice. */
static int64_t utc_of(const struct source_sense *source, int64_t local_ms)
{
	int64_t ms = local_ms;

	if (!source->utc)
		(void)zone_utc(source->zone, local_ms, &ms);
	return ms;
}

struct day_bounds instant_day(const struct source_sense *source, const struct instant *day)
{
	const int64_t from = day->ms, until = day->ms + DAY_MS;

	return day->zoned ? (struct day_bounds){ from, until }
			  : (struct day_bounds){ utc_of(source, from), utc_of(source, until) };
}

/* No clock is a whole day away from UTC. */
int64_t instant_date(const struct source_sense *source, const struct instant *instant)
{
	int64_t date = calendar_unit(instant->ms, DAY_MS) + 1;

	if (instant->day_only || instant->unzoned)
		return calendar_unit(instant->local_ms, DAY_MS);
	for (unsigned i = 0; i < 2 && utc_of(source, date * DAY_MS) > instant->ms; i++)
		date--;
	return date;
}

struct instant instant_clock(const struct source_sense *source, int role, bool utc, int64_t ms)
{
	struct instant instant = { .ms = ms, .local_ms = ms, .other_ms = ms };

	if (!utc)
		set_clock(source, role, &instant);
	return instant;
}

void instant_settle(const struct source_sense *source, uint64_t member, uint64_t line, struct instant *instant)
{
	int32_t offset;
	int64_t ms;

	if (!instant->clock || !doubled_offset(&source->doubled, member, line, calendar_unit(instant->local_ms, SECOND_MS), &offset))
		return;
	ms = instant->local_ms - offset * SECOND_MS;
	if (ms != instant->ms && ms != instant->other_ms)
		return;
	instant->ms = instant->other_ms = ms;
	instant->clock = false;
}
