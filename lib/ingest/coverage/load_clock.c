/* SPDX-License-Identifier: Apache-2.0 */
/* The clocks of a source that is loaded. */
#include "ingest/coverage/load_clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time/zone.h"
#include "ingest/coverage/witness.h"
#include "ingest/load/load_dialect.h"
#include "ingest/parse/batch.h"
#include "ingest/plan/said/by_kind.h"

void load_clock_free(struct load_clock *clock)
{
	if (!clock)
		return;
	buf_release(&clock->periods);
	buf_release(&clock->doubled);
	free(clock);
}

enum status load_witness_add(struct load *load, struct load_stream *stream, const struct batch *batch, uint32_t from,
			     uint32_t until)
{
	if (!stream->witness)
		stream->witness = calloc(1, sizeof(*stream->witness));
	return stream->witness && witness_add(stream->witness, &batch->seen, from, until, batch->member)
		       ? STATUS_OK
		       : error_memory(&load->casefile->error);
}

bool load_clock_holds(const struct load_stream *stream)
{
	return stream->clock && stream->clock->measured.count > 0 && !stream->plan.zone;
}

void load_clock_set(const struct load_stream *stream, struct source_row *row)
{
	const struct load_clock *clock = stream->clock;

	row->zones = buf_view(&stream->plan.clock.zones).data;
	if (!clock)
		return;
	row->measured = buf_view(&clock->periods).data;
	row->doubled = buf_view(&clock->doubled).data;
	if (clock->order)
		row->date_order = clock->order;
	if (load_clock_holds(stream))
		row->zone = "";
}

/* ---- against what was told ---- */

/* Rows that a zone does not fit, and the place of one. */
struct misfit {
	uint64_t rows, line, member;
};

/* Whether clocks of the zone show the offset at an instant. */
static bool zone_shows(const struct zone *zone, int64_t epoch, int32_t offset)
{
	int64_t utc[2];

	(void)zone_readings(zone, 1000 * (epoch + offset), utc);
	return utc[0] == 1000 * epoch || utc[1] == 1000 * epoch;
}

/* Whether an entry of a day is of a period. */
static bool is_measured(const struct clock_measured *measured, const struct clock_entry *entry)
{
	for (size_t i = 0; i < measured->count; i++)
		if (measured->periods[i].offset == entry->offset && measured->periods[i].from <= entry->first &&
		    measured->periods[i].to >= entry->last)
			return true;
	return false;
}

static void hold_against(const struct zone *zone, const struct witness *witness,
			 const struct clock_measured *measured, struct misfit *misfit)
{
	for (int64_t number = 0; number < CLOCK_DAYS; number++) {
		const struct clock_day_tally *day = clock_tally_day(&witness->clock, number);

		for (size_t i = 0; day && i < CLOCK_DAY_OFFSETS && day->entries[i].count > 0; i++) {
			const struct clock_entry *e = &day->entries[i];

			if (!is_measured(measured, e) ||
			    (zone_shows(zone, e->first, e->offset) && zone_shows(zone, e->last, e->offset)))
				continue;
			if (misfit->rows == 0) {
				misfit->line = e->line;
				misfit->member = e->member;
			}
			misfit->rows += e->count;
		}
	}
}

/* `-z Europe/London` or what the profile says. */
static void say_told(const struct load *load, const struct load_stream *stream, struct buf *out)
{
	const struct ingest_options *options = load->options;
	const bool given = by_kind_find(&options->zones, stream->plan.kind, options->zone) != NULL;

	buf_text(out, given ? "-z " : "zone ");
	buf_escape(out, text_of(stream->plan.zone), 80);
	buf_text(out, given ? "" : " of the profile");
}

static void say_column(const struct load_stream *stream, struct buf *out)
{
	const struct plan *plan = &stream->plan;

	buf_text(out, "column ");
	mapping_column(plan->clock.epoch.column, plan->header, out);
}

/* The zone that was told is not that of the rows. */
static enum status refuse_zone(struct load *load, const struct load_stream *stream, const struct misfit *misfit)
{
	struct buf told = { 0 }, column = { 0 }, clocks = { 0 }, where = { 0 };
	struct error *error = &load->casefile->error;

	say_told(load, stream, &told);
	say_column(stream, &column);
	clock_measured_say(&stream->clock->measured, &clocks);
	(void)load_place_text(load, stream, misfit->member, misfit->line, &where);
	(void)error_set(error, STATUS_USAGE,
			"%s: %s is told, but by %s its clocks were %s: they differ in %llu of %llu rows, the first "
			"is %s; nothing of it is kept: leave the zone out, so that it is read as measured",
			stream->shown, buf_view(&told).data, buf_view(&column).data, buf_view(&clocks).data,
			(unsigned long long)misfit->rows, (unsigned long long)stream->clock->measured.rows,
			buf_view(&where).data);
	load->refused = true;
	buf_release(&told);
	buf_release(&column);
	buf_release(&clocks);
	buf_release(&where);
	return STATUS_USAGE;
}

static enum status compare_zone(struct load *load, const struct load_stream *stream)
{
	struct misfit misfit = { 0 };
	const char *reason;
	struct zone *zone;

	if (!stream->plan.zone || stream->clock->measured.count == 0)
		return STATUS_OK;
	zone = zone_open(stream->plan.zone, &reason);
	if (!zone)
		return error_memory(&load->casefile->error);
	hold_against(zone, stream->witness, &stream->clock->measured, &misfit);
	zone_free(zone);
	return misfit.rows > 0 ? refuse_zone(load, stream, &misfit) : STATUS_OK;
}

static enum status settle_order(struct load *load, struct load_stream *stream)
{
	const struct clock_count *dmy = &stream->witness->clock.dmy, *mdy = &stream->witness->clock.mdy;
	const char *said = stream->plan.date_order, *proved = dmy->count > 0 ? "dmy" : "mdy";
	const struct clock_count *by = dmy->count > 0 ? dmy : mdy;

	if ((dmy->count > 0) == (mdy->count > 0) || stream->clock->measured.count == 0)
		return STATUS_OK;
	if (!said)
		stream->clock->order = proved;
	if (!said || !strcmp(said, proved))
		return STATUS_OK;
	load->refused = true;
	return error_set(&load->casefile->error, STATUS_USAGE,
			 "%s: date order %s is told, and by the epochs of its rows it is %s: in %llu rows, the first is "
			 "line %llu; nothing is kept: leave --date-order out", stream->shown, said, proved,
			 (unsigned long long)by->count, (unsigned long long)by->line);
}

enum status load_clock_settle(struct load *load, struct load_stream *stream)
{
	struct load_clock *clock;
	enum status status;

	if (!stream->witness || !stream->plan.clock.epoch.set)
		return STATUS_OK;
	load_clock_free(stream->clock);
	clock = stream->clock = calloc(1, sizeof(*clock));
	if (!clock || !clock_settle(&stream->witness->clock, &clock->measured))
		return error_memory(&load->casefile->error);
	clock_measured_write(&clock->measured, &clock->periods);
	clock_doubled_write(&stream->witness->clock, &clock->measured, &clock->doubled);
	if (clock->periods.failed || clock->doubled.failed)
		return error_memory(&load->casefile->error);
	status = compare_zone(load, stream);
	return status == STATUS_OK ? settle_order(load, stream) : status;
}

/* ---- what is said ---- */

static enum status say_measured(const struct load_stream *stream, struct remark_writer *writer, const char *column)
{
	const struct clock_measured *measured = &stream->clock->measured;
	const uint64_t bare = stream->witness->clock.bare.count;
	struct buf clocks = { 0 };
	char more[60] = "";
	const struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .role = "started", .topic = "clock",
		.count = measured->rows, .line = stream->members ? 0 : measured->periods[0].line,
		.remedy = "where that column is no such time, take a profile without its line `epoch`",
	};
	enum status status;

	clock_measured_say(measured, &clocks);
	if (bare > 0)
		(void)snprintf(more, sizeof(more), "; %llu row%s it not", (unsigned long long)bare,
			       bare == 1 ? " has" : "s have");
	status = remark_writer_sayf(writer, &remark, "its clocks were %s, by %s of %llu row%s%s", buf_view(&clocks).data,
				    column, (unsigned long long)measured->rows, plural(measured->rows), more);
	buf_release(&clocks);
	return status;
}

static enum status say_apart(const struct load *load, const struct load_stream *stream, struct remark_writer *writer,
			     const char *column)
{
	const struct clock_measured *measured = &stream->clock->measured;
	struct buf where = { 0 };
	const struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .role = "started", .topic = "clock-apart",
		.count = measured->apart,
		.line = load_place_text(load, stream, measured->member, measured->line, &where),
		.remedy = measured->disbelieved ? "say its zone with -z"
						: "look at those rows; their times are read as the others are",
	};

	const enum status status = where.failed ? error_memory(&load->casefile->error) : remark_writer_sayf(
		writer, &remark, "%sin %llu row%s the time in %s is not that in started, as in %s",
		measured->disbelieved ? "its clocks are not measured: " : "", (unsigned long long)measured->apart,
		plural(measured->apart), column, buf_view(&where).data);

	buf_release(&where);
	return status;
}

static enum status say_order(const struct load_stream *stream, struct remark_writer *writer, const char *column)
{
	const bool day = !strcmp(stream->clock->order, "dmy");
	const struct clock_tally *tally = &stream->witness->clock;
	const struct clock_count *by = day ? &tally->dmy : &tally->mdy;
	const struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .role = "started", .topic = "date-order",
		.count = by->count, .line = stream->members ? 0 : by->line, .remedy = "where that column is no such time, take a profile without its line `epoch`",
	};

	return remark_writer_sayf(writer, &remark, "dates are %s first, as %s proves in %llu row%s",
				  day ? "day" : "month", column, (unsigned long long)by->count, plural(by->count));
}

static enum status say_zones(const struct load_stream *stream, struct remark_writer *writer)
{
	struct text lines = buf_view(&stream->plan.clock.zones);
	const struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .topic = "zones",
		.count = stream->source.accepted, .remedy = "a line `zone-of` of a profile says otherwise",
	};
	struct buf said = { 0 };
	enum status status = STATUS_OK;

	while (lines.len > 0) {
		buf_text(&said, said.len ? ", " : "");
		buf_escape(&said, text_take_line(&lines), 100);
	}
	if (said.len > 0)
		status = remark_writer_sayf(writer, &remark, "times of these roles have a zone of their own: %.300s",
					    said.data);
	buf_release(&said);
	return status;
}

enum status load_clock_say(const struct load *load, const struct load_stream *stream, struct remark_writer *writer)
{
	const struct load_clock *clock = stream->clock;
	struct buf column = { 0 };
	enum status status = say_zones(stream, writer);

	if (status != STATUS_OK || !clock)
		return status;
	say_column(stream, &column);
	if (column.failed)
		status = error_memory(&load->casefile->error);
	if (status == STATUS_OK && clock->measured.count > 0)
		status = say_measured(stream, writer, column.data);
	if (status == STATUS_OK && clock->measured.apart > 0)
		status = say_apart(load, stream, writer, column.data);
	if (status == STATUS_OK && clock->order)
		status = say_order(stream, writer, column.data);
	buf_release(&column);
	return status;
}
