/* SPDX-License-Identifier: Apache-2.0 */
/* Measured clocks as texts, for the case and for people. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/time/moment.h"
#include "base/time/zone.h"
#include "ingest/clock/clock_settle.h"

/* Periods that are said; the case has them all. */
#define SAID 4
#define DAY 86400

void clock_measured_write(const struct clock_measured *measured, struct buf *out)
{
	for (size_t i = 0; i < measured->count; i++) {
		const struct clock_period *p = &measured->periods[i];

		buf_format(out, "%" PRId64 " %" PRId64 " %" PRId32 " %" PRIu64 "\n", p->from, p->to, p->offset, p->rows);
	}
}

void clock_offset_say(int32_t offset, struct buf *out)
{
	const int32_t minutes = abs(offset) / 60;

	buf_format(out, "UTC%c%02d:%02d", offset < 0 ? '-' : '+', (int)(minutes / 60), (int)(minutes % 60));
}

void clock_measured_say(const struct clock_measured *measured, struct buf *out)
{
	char from[21], to[21];

	for (size_t i = 0; i < measured->count && i < SAID; i++) {
		const struct clock_period *p = &measured->periods[i];

		buf_text(out, i ? "; " : "");
		clock_offset_say(p->offset, out);
		(void)moment_format_utc(p->from, from);
		(void)moment_format_utc(p->to, to);
		buf_format(out, " from %s to %s", from, to);
	}
	if (measured->count > SAID)
		buf_format(out, "; and %zu more", measured->count - SAID);
}

/* ---- hours that clocks show twice ---- */

/* Whether a row that tells no offset stands in the local time. */
static bool has_bare(const struct clock_tally *tally, int64_t from, int64_t until)
{
	for (int64_t local = from; local < until; local += CLOCK_STEP) {
		const struct clock_day_tally *day = clock_tally_day(tally, local / DAY);
		const int64_t quarter = local % DAY / CLOCK_STEP;

		if (day && day->bare[quarter / 32] >> quarter % 32 & 1)
			return true;
	}
	return false;
}

/* The rows of a doubled hour that were kept. */
static void write_rows(const struct clock_tally *tally, int64_t from, int64_t until, struct buf *out)
{
	for (size_t i = 0; i < tally->row_count; i++) {
		const struct clock_row *row = &tally->rows[i];

		if (row->local >= from && row->local < until)
			buf_format(out, "row %" PRIu64 " %" PRIu64 " %" PRId32 "\n", row->member, row->line, row->offset);
	}
}

static void write_change(const struct clock_tally *tally, const struct clock_period *before,
			 const struct clock_period *after, struct buf *out)
{
	const int64_t at = zone_change_between(before->to, after->from);
	const int64_t from = at + after->offset, until = at + before->offset;
	const struct clock_day_tally *day = clock_tally_day(tally, clock_day_of(at));
	const bool within = clock_day_of(from - before->offset) == clock_day_of(until - after->offset);

	if (from >= until)
		return;
	write_rows(tally, from, until, out);
	if (day && within && day->entries[0].count > 0 && !tally->rows_over && !has_bare(tally, from, until) &&
	    (day->entries[0].offset == before->offset || day->entries[0].offset == after->offset))
		buf_format(out, "hour %" PRId64 " %" PRId64 " %" PRId32 "\n", from, until, day->entries[0].offset);
}

void clock_doubled_write(const struct clock_tally *tally, const struct clock_measured *measured, struct buf *out)
{
	for (size_t i = 0; i + 1 < measured->count; i++)
		write_change(tally, &measured->periods[i], &measured->periods[i + 1], out);
}
