/* SPDX-License-Identifier: Apache-2.0 */
/* Time zones: the changes of a zone's clocks laid out as stretches of time, and local times looked up among them. */
#include "base/time/zone.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/scan.h"
#include "base/time/calendar.h"
#include "base/time/moment.h"
#include "base/time/tzif.h"

#define MOST_NAME 64
#define MOST_FILE 65536
#define CYCLE_YEARS 400
#define CYCLE_SECONDS (146097 * DAY_SECONDS)
#define FIRST_RULE_YEAR 1970 /* for a zone that has a rule and no changes */
#define FIRST_LOCAL (-99999999999)  /* before the year 1 */
#define LAST_LOCAL 299999999999     /* after the year 9999 */
#define LAST_RULE_YEAR 9000  /* a file that names later years is damaged */
#define NO_MEMORY "could not be read: out of memory"
#define NO_READING "could not be looked up: its file cannot be read"
#define NO_ZONE "is no time zone known here: install tzdata, or give an offset such as +01:00"

/*
 * The changes of the file, then those of its rule for more than 400 years. Since the calendar repeats itself after 400
 * years to the day of the week, a later time is looked up as many cycles earlier as brings it below `cycle_end`.
 */
struct zone {
	struct tzif_change *changes;
	size_t count;
	int32_t first_offset;
	uint8_t first_name;
	uint8_t *change_names; /* the abbreviation from each change on */
	struct tzif_names names;
	bool cycles;
	bool cycles_back;  /* so is an earlier time: the rule is all there is */
	int64_t cycle_end; /* seconds on the local clock */
};

/* ---- opening ---- */

/* Parts of letters, digits, + - _ joined by single slashes: no dot, so neither `..` nor a hidden file. */
static bool is_name(const char *name)
{
	const size_t len = strlen(name);

	if (len == 0 || len > MOST_NAME || !scan_is_letter(*name) || name[len - 1] == '/')
		return false;
	for (size_t i = 0; i < len; i++) {
		const char c = name[i];

		if (!scan_is_letter(c) && !scan_is_digit(c) && c != '+' && c != '-' && c != '_' && c != '/')
			return false;
		if (c == '/' && name[i + 1] == '/')
			return false;
	}
	return true;
}

/* Reads at most MOST_FILE bytes of a zone's file. The caller frees `*data`. */
static const char *read_file(const char *name, unsigned char **data, size_t *len)
{
	char path[sizeof ZONE_DIRECTORY + MOST_NAME];
	FILE *file;
	const char *reason = NULL;

	snprintf(path, sizeof path, "%s%s", ZONE_DIRECTORY, name);
	file = fopen(path, "rb");
	if (file == NULL)
		return errno == ENOENT || errno == ENOTDIR ? NO_ZONE : NO_READING;
	*data = malloc(MOST_FILE);
	if (*data == NULL) {
		reason = NO_MEMORY;
	} else {
		*len = fread(*data, 1, MOST_FILE, file);
		if (ferror(file))
			reason = errno == EISDIR ? NO_ZONE : NO_READING;
		else if (*len == 0)
			reason = NO_ZONE;
	}
	if (fclose(file) != 0 && reason == NULL)
		reason = NO_READING;
	if (reason != NULL) {
		free(*data);
		*data = NULL;
	}
	return reason;
}

static int year_of(int64_t seconds)
{
	unsigned month, day;
	int year;

	calendar_date(calendar_unit(seconds, DAY_SECONDS), &year, &month, &day);
	return year;
}

/* Adds a change in its place. Those of a sane rule come in order; the loop is for the others. */
static void insert_change(struct zone *zone, size_t from, int64_t at, int offset, uint8_t name)
{
	size_t i = zone->count;

	if (from > 0 && at <= zone->changes[from - 1].at)
		return;
	for (; i > from && zone->changes[i - 1].at > at; i--) {
		zone->changes[i] = zone->changes[i - 1];
		zone->change_names[i] = zone->change_names[i - 1];
	}
	zone->changes[i] = (struct tzif_change){at, offset};
	zone->change_names[i] = name;
	zone->count++;
}

/* Lays out the rule from the year of the last change on. */
static const char *extend(struct zone *zone, const struct tzrule *rule)
{
	const size_t from = zone->count;
	const int64_t earliest = calendar_days(1, 1, 1) * DAY_SECONDS;
	const int64_t latest = calendar_days(LAST_RULE_YEAR, 1, 1) * DAY_SECONDS;
	const uint8_t summer = tzif_names_add(&zone->names, rule->summer_name, strlen(rule->summer_name));
	const uint8_t standard = tzif_names_add(&zone->names, rule->standard_name, strlen(rule->standard_name));
	struct tzif_change *changes;
	uint8_t *names;
	int first = FIRST_RULE_YEAR;

	if (from > 0) {
		const int64_t last = zone->changes[from - 1].at;

		if (last > latest)
			return "has a damaged time zone file: its changes go on for thousands of years";
		first = year_of(last < earliest ? earliest : last);
	}
	changes = memory_array(zone->changes, from + 2 * (CYCLE_YEARS + 3), sizeof *changes);
	if (changes == NULL)
		return NO_MEMORY;
	zone->changes = changes;
	names = memory_array(zone->change_names, from + 2 * (CYCLE_YEARS + 3), 1);
	if (names == NULL)
		return NO_MEMORY;
	zone->change_names = names;
	for (int year = first; year < first + CYCLE_YEARS + 3; year++) {
		int64_t start, end;

		tzrule_year(rule, year, &start, &end);
		insert_change(zone, from, start < end ? start : end, start < end ? rule->summer : rule->standard,
			      start < end ? summer : standard);
		insert_change(zone, from, start < end ? end : start, start < end ? rule->standard : rule->summer,
			      start < end ? standard : summer);
	}
	zone->cycles = true;
	zone->cycles_back = from == 0;
	zone->cycle_end = calendar_days(first + CYCLE_YEARS + 1, 1, 1) * DAY_SECONDS;
	return NULL;
}

/* Takes over what the file says. */
static const char *take_file(struct zone *zone, struct tzif *file)
{
	zone->changes = file->changes;
	zone->count = file->count;
	zone->first_offset = file->first_offset;
	zone->change_names = file->change_names;
	zone->first_name = file->first_name;
	zone->names = file->names;
	file->changes = NULL;
	file->change_names = NULL;
	if (!file->has_rule)
		return NULL;
	if (file->rule.changes)
		return extend(zone, &file->rule);
	/* A rule without changes says again what the last change said, unless there was none. */
	if (zone->count == 0) {
		zone->first_offset = file->rule.standard;
		zone->first_name = tzif_names_add(&zone->names, file->rule.standard_name, strlen(file->rule.standard_name));
	}
	return NULL;
}

static const char *open_file(struct zone *zone, const char *name)
{
	unsigned char *data = NULL;
	size_t len = 0;
	struct tzif file;
	const char *reason = read_file(name, &data, &len);

	if (reason != NULL)
		return reason;
	reason = tzif_read(data, len, &file);
	free(data);
	return reason != NULL ? reason : take_file(zone, &file);
}

static const char *open_name(struct zone *zone, const char *name)
{
	int offset;

	if (strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0)
		return NULL;
	if (*name == '+' || *name == '-') {
		if (!moment_offset(name, strlen(name), &offset))
			return "is no offset from UTC such as +01:00";
		zone->first_offset = offset;
		return NULL;
	}
	return is_name(name) ? open_file(zone, name) : "is no name of a time zone: give one such as Europe/London, or an offset";
}

struct zone *zone_open(const char *name, const char **reason)
{
	struct zone *zone = calloc(1, sizeof *zone);

	*reason = zone != NULL ? open_name(zone, name) : NO_MEMORY;
	if (*reason == NULL)
		return zone;
	zone_free(zone);
	return NULL;
}

struct zone *zone_of_periods(const struct zone_period *periods, size_t count)
{
	struct zone *zone = calloc(1, sizeof *zone);

	if (zone == NULL)
		return NULL;
	zone->first_offset = periods[0].offset;
	zone->changes = memory_array(NULL, count, sizeof *zone->changes);
	zone->change_names = calloc(count, 1);
	if (zone->changes == NULL || zone->change_names == NULL) {
		zone_free(zone);
		return NULL;
	}
	for (size_t i = 1; i < count; i++)
		zone->changes[zone->count++] = (struct tzif_change){
			zone_change_between(periods[i - 1].to, periods[i].from), periods[i].offset};
	return zone;
}

enum status zone_reason_status(const char *reason)
{
	if (strcmp(reason, NO_MEMORY) == 0)
		return STATUS_MEMORY;
	return strcmp(reason, NO_READING) == 0 ? STATUS_FAILED : STATUS_USAGE;
}

void zone_free(struct zone *zone)
{
	if (zone == NULL)
		return;
	free(zone->changes);
	free(zone->change_names);
	free(zone);
}

/* ---- looking up ---- */

/* How many changes there are at or before an instant. */
static size_t changes_until(const struct zone *zone, int64_t at)
{
	size_t low = 0, high = zone->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (zone->changes[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* How many seconds to take off a local time to find it among the changes. */
static int64_t cycle_shift(const struct zone *zone, int64_t local)
{
	if (zone->cycles && local >= zone->cycle_end)
		return ((local - zone->cycle_end) / CYCLE_SECONDS + 1) * CYCLE_SECONDS;
	if (zone->cycles_back && local < zone->cycle_end - CYCLE_SECONDS)
		return -((zone->cycle_end - 1 - local) / CYCLE_SECONDS) * CYCLE_SECONDS;
	return 0;
}

/*
 * Goes over the stretches between changes that the local time may lie in, from the one that holds the earliest instant it
 * could be to the one that holds the latest. In each, its offset gives an instant, which counts when it lies within. When
 * none does, two neighbours have the gap between them: by the first the change is past, by the second it is to come.
 */
static enum zone_verdict find(const struct zone *zone, int64_t local, int64_t utc[static 2])
{
	size_t i = changes_until(zone, local - TZIF_OFFSET_BOUND);
	int64_t begin = INT64_MIN, before_gap = local, after_gap = local;
	unsigned found = 0;
	bool past = true, gap = false;

	for (;; i++) {
		const int64_t instant = local - (i > 0 ? zone->changes[i - 1].offset : zone->first_offset);
		const int64_t end = i < zone->count ? zone->changes[i].at : INT64_MAX;

		if (instant >= begin && instant < end)
			utc[found++ > 0] = instant;
		if (past && instant < begin && !gap) {
			after_gap = instant;
			gap = true;
		}
		if (!gap)
			before_gap = instant;
		past = instant >= end;
		if (i >= zone->count || end > local + TZIF_OFFSET_BOUND)
			break;
		begin = end;
	}
	if (found == 0)
		utc[0] = before_gap;
	if (found < 2)
		utc[1] = found == 0 ? after_gap : utc[0];
	return found == 0 ? ZONE_NEVER : found == 1 ? ZONE_OK : ZONE_TWICE;
}

enum zone_verdict zone_readings(const struct zone *zone, int64_t local_ms, int64_t utc_ms[static 2])
{
	const int64_t seconds = calendar_unit(local_ms, 1000), rest = local_ms - 1000 * seconds;
	const int64_t shift = cycle_shift(zone, seconds);
	int64_t utc[2];
	const enum zone_verdict verdict = find(zone, seconds - shift, utc);

	for (int i = 0; i < 2; i++)
		utc_ms[i] = (utc[i] + shift) * 1000 + rest;
	return verdict;
}

enum zone_verdict zone_utc(const struct zone *zone, int64_t local_ms, int64_t *utc_ms)
{
	int64_t readings[2];
	const enum zone_verdict verdict = zone_readings(zone, local_ms, readings);

	*utc_ms = readings[0];
	return verdict;
}

/* The number of an abbreviation; 0: the zone has it not. */
static uint8_t name_of(const struct zone *zone, struct text word)
{
	for (uint8_t i = 1; i < zone->names.count; i++)
		if (text_is_fold(word, zone->names.text[i]))
			return i;
	return 0;
}

/* The stretch of that name that has the local time, seconds; the order of stretches is that of find(). */
static bool find_named(const struct zone *zone, uint8_t name, int64_t local, int64_t *utc)
{
	size_t i = changes_until(zone, local - TZIF_OFFSET_BOUND);
	int64_t begin = INT64_MIN;

	for (;; i++) {
		const int64_t instant = local - (i > 0 ? zone->changes[i - 1].offset : zone->first_offset);
		const int64_t end = i < zone->count ? zone->changes[i].at : INT64_MAX;

		if ((i > 0 ? zone->change_names[i - 1] : zone->first_name) == name && instant >= begin && instant < end) {
			*utc = instant;
			return true;
		}
		if (i >= zone->count || end > local + TZIF_OFFSET_BOUND)
			return false;
		begin = end;
	}
}

enum zone_use zone_utc_word(const struct zone *zone, struct text word, int64_t local_ms, int64_t *utc_ms)
{
	const uint8_t name = name_of(zone, word);
	const int64_t seconds = calendar_unit(local_ms, 1000);
	int64_t shift, utc;

	if (name == 0)
		return ZONE_USES_NEVER;
	shift = cycle_shift(zone, seconds);
	if (!find_named(zone, name, seconds - shift, &utc))
		return ZONE_USES_NOT_THEN;
	*utc_ms = (utc + shift) * 1000 + (local_ms - seconds * 1000);
	return ZONE_USES;
}

/* The offset of stretch i, which begins with change i - 1. */
static int64_t offset_of(const struct zone *zone, size_t i)
{
	return i > 0 ? zone->changes[i - 1].offset : zone->first_offset;
}

/* Where stretch i ends, which is where the next one begins. */
static int64_t end_of(const struct zone *zone, size_t i)
{
	return i < zone->count ? zone->changes[i].at : LAST_LOCAL;
}

/* Whether no stretch but the one before and the one behind i can give an instant for a time of i: offsets differ by two
 * bounds at most. */
static bool is_apart(const struct zone *zone, size_t i)
{
	const int64_t least = 2 * TZIF_OFFSET_BOUND;

	return (i < 2 || end_of(zone, i - 1) - end_of(zone, i - 2) > least) &&
	       (i >= zone->count || end_of(zone, i + 1) - end_of(zone, i) > least);
}

/* The times of stretch i that are neither of the one before nor of the next. */
static struct zone_calm calm_of(const struct zone *zone, size_t i)
{
	const int64_t offset = offset_of(zone, i);
	struct zone_calm calm = {FIRST_LOCAL, LAST_LOCAL};

	if (i > 0)
		calm.from = end_of(zone, i - 1) + (offset > offset_of(zone, i - 1) ? offset : offset_of(zone, i - 1));
	if (i < zone->count)
		calm.until = end_of(zone, i) + (offset < offset_of(zone, i + 1) ? offset : offset_of(zone, i + 1));
	if (zone->cycles && calm.until > zone->cycle_end)
		calm.until = zone->cycle_end;
	if (zone->cycles_back && calm.from < zone->cycle_end - CYCLE_SECONDS)
		calm.from = zone->cycle_end - CYCLE_SECONDS;
	return calm;
}

struct zone_calm zone_calm(const struct zone *zone, int64_t local_ms)
{
	const int64_t local = calendar_unit(local_ms, 1000);

	for (size_t i = changes_until(zone, local - TZIF_OFFSET_BOUND); i <= zone->count; i++) {
		const struct zone_calm calm = calm_of(zone, i);

		if (local >= calm.from && local < calm.until && is_apart(zone, i))
			return (struct zone_calm){1000 * calm.from, 1000 * calm.until};
		if (end_of(zone, i) > local + TZIF_OFFSET_BOUND)
			break;
	}
	return (struct zone_calm){local_ms, local_ms};
}
