/* SPDX-License-Identifier: Apache-2.0 */
/* Time zones: from the local clock of a source to UTC. */
#ifndef UNSPOOF_BASE_TIME_ZONE_H
#define UNSPOOF_BASE_TIME_ZONE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"

/* Where the zones of the tz database are installed. */
#define ZONE_DIRECTORY "/usr/share/zoneinfo/"

struct zone;

/* What a local time is in its zone. */
enum zone_verdict {
	ZONE_OK,    /* it happens once */
	ZONE_TWICE, /* it happens twice (clocks went back): the first is given */
	ZONE_NEVER  /* it never happens (clocks went forward): the instant by the offset before the gap is given */
};

/*
 * Opens the zone called `name` (a C string): `UTC`, `Z`, an offset east of UTC (`+01:00`, `-0530`, `+02`, up to 15:59), or
 * an IANA name (`Europe/London`) read from /usr/share/zoneinfo (TZif, RFC 8536, versions 1 to 3; times after its table
 * follow the rule in its footer). Names with `..`, a leading `/` or bytes that no zone name has are refused before any
 * file is touched. Returns a zone that the caller gives to zone_free(); or NULL, with a static reason in `*reason` that
 * follows the name ("is no time zone known here: ...").
 */
struct zone *zone_open(const char *name, const char **reason);

/* What that reason is: STATUS_USAGE, there is no such zone; STATUS_FAILED and STATUS_MEMORY are of the machine, and say
 * nothing of the zone. */
enum status zone_reason_status(const char *reason);

/* Clocks as they were measured: from an instant to another, in seconds since 1970-01-01 UTC, they were seen to be `offset`
 * seconds east of UTC. */
struct zone_period {
	int64_t from, to;
	int32_t offset;
};

/* Makes a zone of at least one period, in order of time, without a name: before the first it is as in it, behind the last as
 * in that. NULL: no memory. */
struct zone *zone_of_periods(const struct zone_period *periods, size_t count);

/* When clocks were changed that were seen at two instants: of the full hours between them the last, for that is when they are,
 * else at the second. */
static inline int64_t zone_change_between(int64_t before, int64_t after)
{
	const int64_t hour = after - after % 3600;

	return hour > before && after >= 0 ? hour : after;
}

/* Frees what zone_open() gave; NULL is fine. */
void zone_free(struct zone *zone);

/*
 * Gives in `*utc_ms` the instant at which the clocks of `zone` show `local_ms`; both are milliseconds, on the local clock
 * and in UTC, since 1970-01-01T00:00:00, for years 1 to 9999. The same zone may be used from several threads at once.
 */
enum zone_verdict zone_utc(const struct zone *zone, int64_t local_ms, int64_t *utc_ms);

/* The same, with both instants that the local time may be: of one that is twice the first and the last, of one that is
 * never those by the offsets before and after the gap, of one that is once the same twice. */
enum zone_verdict zone_readings(const struct zone *zone, int64_t local_ms, int64_t utc_ms[static 2]);

/* Local times from `from` to below `until`, in milliseconds; none where they are the same. */
struct zone_calm {
	int64_t from, until;
};

/* Times around a local time that are all ZONE_OK and of one offset; none where it is not so itself, where changes follow
 * one another within days, or 400 years and more after the last change that its file names. */
struct zone_calm zone_calm(const struct zone *zone, int64_t local_ms);

/* How a zone uses an abbreviation. */
enum zone_use {
	ZONE_USES,          /* its clocks show that time under it, once */
	ZONE_USES_NOT_THEN, /* at other times only: the two contradict each other */
	ZONE_USES_NEVER
};

/* The same of a local time with an abbreviation behind it, ASCII case aside, which tells of the hour that there is twice
 * which it is. *utc_ms is set with ZONE_USES only. */
enum zone_use zone_utc_word(const struct zone *zone, struct text word, int64_t local_ms, int64_t *utc_ms);

#endif
