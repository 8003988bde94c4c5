/* SPDX-License-Identifier: Apache-2.0 */
/* What a written time means: its milliseconds, the values that stand for no time, and counts from the epoch. */
#include "base/time/moment.h"

#include <string.h>

#include "base/scan.h"
#include "base/text.h"
#include "base/time/calendar.h"
#include "base/time/clock.h"
#include "base/time/moment_read.h"

#define FIRST_MS (-62135596800000)  /* 0001-01-01T00:00:00 */
#define LAST_MS 253402300799999     /* 9999-12-31T23:59:59.999 */
#define FIRST_FORMAT (-62167219200) /* 0000-01-01T00:00:00, in seconds */

/* Whether a time, `wall` on its own clock and `utc` in UTC when zoned, is one that means no time. */
static bool is_null(int64_t wall, int64_t utc, bool zoned)
{
	static const int32_t null_days[] = {
		-719162, /* 0001-01-01 */
		-354285, /* 1000-01-01 */
		-79257,  /* 1753-01-01 */
		-25569,  /* 1899-12-30 */
		-25567,  /* 1900-01-01 */
	};
	const int64_t kamailio = 10957 * DAY_MS; /* 2000-01-01 */

	if (wall == kamailio || wall == kamailio + 1000)
		return true;
	/* The epoch on a local clock shows the zone's offset, -12:00 to +14:00 in quarters of an hour. */
	if (zoned ? utc == 0 : wall % 900000 == 0 && wall >= -12 * 3600000 && wall <= 14 * 3600000)
		return true;
	for (size_t i = 0; i < sizeof null_days / sizeof *null_days; i++) {
		int64_t start = null_days[i] * DAY_MS;

		if (wall >= start && wall < start + DAY_MS)
			return true;
	}
	return false;
}

static void settle(int64_t wall, const struct moment_parts *r, struct moment *out)
{
	int64_t utc = wall - (int64_t)r->offset * 1000;

	*out = (struct moment){0};
	out->null = is_null(wall, utc, r->zoned);
	if (out->null)
		return;
	out->ms = r->zoned ? utc : wall;
	out->zoned = r->zoned;
	out->offset = r->zoned ? r->offset : 0;
	out->day_only = !r->has_time;
	out->to_minute = r->has_time && !r->has_seconds;
	out->orders = r->orders;
	out->dotted = r->dotted;
	out->word = r->word;
}

/* A date with or without a time. */
static const char *parse_calendar(struct scan *c, enum moment_order order, struct moment *out)
{
	struct moment_parts r = {0};
	const char *reason = moment_read_date(c, order, &r);
	int64_t seconds;

	if (reason == NULL)
		reason = moment_read_time(c, &r);
	if (reason == NULL)
		reason = moment_read_zone(c, &r);
	if (reason != NULL)
		return reason;
	if (r.zero_date) {
		*out = (struct moment){.null = true};
		return NULL;
	}
	if (!calendar_has(r.year, r.month, r.day))
		return MOMENT_NO_DATE;
	seconds = calendar_days(r.year, r.month, r.day) * DAY_SECONDS + (int64_t)(r.hour * 3600 + r.minute * 60 + r.second);
	if (seconds * 1000 > LAST_MS)
		return MOMENT_NO_DATE;
	settle(seconds * 1000 + (int64_t)r.ms, &r, out);
	return NULL;
}

/* Nearly every time of a call log, with nothing in it that needs a second look. */
static bool parse_common(const char *text, size_t len, struct moment *out)
{
	struct clock_day day = CLOCK_DAY;
	int64_t digits, ms;

	if (!clock_digits(text, len, &digits) || !clock_read(&day, digits, &ms) || !clock_is_sure(ms))
		return false;
	*out = (struct moment){.ms = ms};
	return true;
}

/* A count from the epoch: `run` digits, then perhaps a fraction. */
static const char *parse_count(struct scan *c, size_t run, struct moment *out)
{
	struct moment_parts r = {.has_time = true, .has_seconds = true, .zoned = true};
	const char *reason;
	uint64_t count = 0;
	int64_t ms;

	if (*c->at == '0')
		return MOMENT_NO_FORM;
	for (size_t i = 0; i < run; i++)
		count = count * 10 + (uint64_t)(*c->at++ - '0');
	reason = moment_read_fraction(c, &r);
	if (reason != NULL || c->at != c->end)
		return MOMENT_NO_FORM;
	if (run == 10)
		ms = (int64_t)count * 1000 + (int64_t)r.ms;
	else
		ms = (int64_t)(run == 13 ? count : run == 16 ? count / 1000 : count / 1000000);
	settle(ms, &r, out);
	return NULL;
}

/* /Date(1654092131123)/, with an offset or without; JSON may put a backslash before its slashes. */
static const char *parse_net(struct scan *c, struct moment *out)
{
	struct moment_parts r = {.has_time = true, .has_seconds = true, .zoned = true};
	bool negative = scan_take(c, '-');
	size_t run = scan_digits(c), zone = 0;
	int64_t ms = 0;
	int offset;

	if (run < 1 || run > 15)
		return MOMENT_NO_FORM;
	while (run-- > 0)
		ms = ms * 10 + (*c->at++ - '0');
	if (negative)
		ms = -ms;
	while (scan_peek(c, zone) != ')' && scan_peek(c, zone) != '\0')
		zone++;
	if (zone > 0 && !moment_offset(c->at, zone, &offset))
		return MOMENT_NO_OFFSET;
	c->at += zone;
	if (!scan_take(c, ')'))
		return MOMENT_NO_FORM;
	scan_take(c, '\\');
	if (!scan_take(c, '/') || c->at != c->end)
		return MOMENT_NO_FORM;
	if (ms < FIRST_MS || ms > LAST_MS)
		return "is no time: outside the years 1 to 9999";
	settle(ms, &r, out);
	return NULL;
}

static bool take_net_prefix(struct scan *c)
{
	static const char prefix[] = "/Date(";
	size_t skip = scan_peek(c, 0) == '\\' ? 1 : 0;

	for (size_t i = 0; i < sizeof prefix - 1; i++) {
		if (scan_peek(c, skip + i) != prefix[i])
			return false;
	}
	c->at += skip + sizeof prefix - 1;
	return true;
}

/* `0`, `0.000000`, `00000000000000`. */
static bool is_zero(const struct scan *c)
{
	size_t points = 0;

	for (const char *p = c->at; p < c->end; p++) {
		if (*p == '.')
			points++;
		else if (*p != '0')
			return false;
	}
	return *c->at == '0' && points <= 1;
}

const char *moment_parse(const char *text, size_t len, enum moment_order order, struct moment *out)
{
	struct text trimmed;
	struct scan c;
	size_t run;

	if (parse_common(text, len, out))
		return NULL;
	trimmed = text_trim((struct text){text, len});
	if (trimmed.len == 0)
		return "is empty";
	c = (struct scan){trimmed.data, trimmed.data + trimmed.len};
	if (is_zero(&c)) {
		*out = (struct moment){.null = true};
		return NULL;
	}
	if (take_net_prefix(&c))
		return parse_net(&c, out);
	run = scan_digits(&c);
	if (run == 10 || run == 13 || run == 16 || run == 19)
		return parse_count(&c, run, out);
	if (run == 5 && (trimmed.len == 5 || scan_peek(&c, 5) == '.'))
		return "is no time: it looks like a spreadsheet's count of days, which is not read";
	return parse_calendar(&c, order, out);
}

static void put_digits(char *out, unsigned value, unsigned count)
{
	while (count-- > 0) {
		out[count] = (char)('0' + value % 10);
		value /= 10;
	}
}

size_t moment_format_utc(int64_t seconds, char out[static 21])
{
	const int64_t days = calendar_unit(seconds, DAY_SECONDS);
	unsigned month, day, clock;
	int year;

	out[0] = '\0';
	if (seconds < FIRST_FORMAT || seconds > LAST_MS / 1000)
		return 0;
	clock = (unsigned)(seconds - days * DAY_SECONDS);
	calendar_date(days, &year, &month, &day);
	memcpy(out, "0000-00-00T00:00:00Z", 21);
	put_digits(out, (unsigned)year, 4);
	put_digits(out + 5, month, 2);
	put_digits(out + 8, day, 2);
	put_digits(out + 11, clock / 3600, 2);
	put_digits(out + 14, clock / 60 % 60, 2);
	put_digits(out + 17, clock % 60, 2);
	return 20;
}
