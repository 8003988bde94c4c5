/* SPDX-License-Identifier: Apache-2.0 */
/* From what a text says on the clock of its source to UTC. */
#include "normalise/instant.h"

/* From the clock of the source to UTC. */
static void set_clock(const struct source_sense *source, struct instant *instant)
{
	int64_t ms[2];

	instant->unzoned = true;
	if (source->utc)
		return;
	instant->clock = zone_readings(source->zone, instant->local_ms, ms) != ZONE_OK;
	instant->ms = ms[0];
	instant->other_ms = ms[1];
}

struct instant instant_read(const struct source_sense *source, struct text text)
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
	instant.to_minute = moment.to_minute;
	instant.ms = instant.local_ms = instant.other_ms = moment.ms;
	if (!moment.null && !moment.zoned)
		set_clock(source, &instant);
	return instant;
}

struct instant instant_clock(const struct source_sense *source, bool utc, int64_t ms)
{
	struct instant instant = { .ms = ms, .local_ms = ms, .other_ms = ms };

	if (!utc)
		set_clock(source, &instant);
	return instant;
}
