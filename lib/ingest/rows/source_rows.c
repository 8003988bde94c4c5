/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of dumps as they are found, for whoever wants them without a case. */
#include "ingest/rows/source_rows.h"

#include <string.h>

#include "ingest/plan/plan.h"
#include "ingest/rows/reading.h"
#include "ingest/source/walk.h"

/* Names of tables that are listed at most. */
#define NAMES_SHOWN 20

struct walking {
	struct walk walk;
	struct reading reading;
	struct rows_counts *counts;
	struct error *error;
	struct buf others;          /* names of tables that are left out, the first */
};

/* ---- what is said ---- */

static unsigned long long number(uint64_t value)
{
	return (unsigned long long)value;
}

static void tell_widths(const struct observer *observer, const struct rows_table *told)
{
	if (told->narrow > 0)
		observer_notice(observer, "%s: %llu row%s fewer fields than there are columns, the first in "
				"line %llu; what is missing is not made up", told->shown, number(told->narrow),
				told->narrow == 1 ? " has" : "s have", number(told->narrow_line));
	if (told->wide > 0)
		observer_notice(observer, "%s: %llu row%s more fields than there are columns, the first in "
				"line %llu", told->shown, number(told->wide),
				told->wide == 1 ? " has" : "s have", number(told->wide_line));
}

static void tell_table(const struct observer *observer, const struct rows_table *told)
{
	tell_widths(observer, told);
	observer_notice(observer, "%s: %llu row%s read: %llu written, %llu rejected, %llu skipped",
			told->shown, number(told->read), plural(told->read), number(told->written),
			number(told->rejected), number(told->skipped));
}

/* How the member is written, by one of its tables, and what of that nobody would expect. */
static void tell_dialect(const struct reading *reading, const struct reading_table *table)
{
	const struct format *format = reading->layout->format;
	struct format_note notes[FORMAT_NOTES];
	const size_t count = format->notes ? format->notes(reading->layout, notes) : 0;
	struct buf dialect = { 0 };

	layout_describe(reading->layout, table->stream, &dialect);
	observer_notice(reading->observer, "%s: %s", dump_shown(reading->dump), buf_view(&dialect).data);
	for (size_t i = 0; i < count; i++)
		observer_notice(reading->observer, "%s: %s; %s", dump_shown(reading->dump), notes[i].text,
				notes[i].remedy);
	buf_release(&dialect);
}

/* ---- a member ---- */

static void add_counts(struct rows_counts *counts, const struct rows_counts *more)
{
	counts->tables += more->tables;
	counts->left_out += more->left_out;
	counts->read += more->read;
	counts->written += more->written;
	counts->rejected += more->rejected;
	counts->skipped += more->skipped;
	counts->stopped = counts->stopped || more->stopped;
}

static void note_other(struct walking *walking, const struct rows_table *told)
{
	if (walking->counts->left_out > NAMES_SHOWN)
		return;
	buf_text(&walking->others, walking->others.len > 0 ? ", " : "");
	buf_escape(&walking->others, told->name, 60);
}

static enum status tell_tables(struct walking *walking)
{
	const struct reading *reading = &walking->reading;
	const struct rows_taker *taker = reading->taker;
	enum status status = STATUS_OK;
	bool first = true;

	for (size_t i = 0; i < reading->count && status == STATUS_OK; i++) {
		const struct rows_table *told = &reading->tables[i]->told;

		if (!reading->tables[i]->wanted) {
			note_other(walking, told);
			continue;
		}
		if (first)
			tell_dialect(reading, reading->tables[i]);
		first = false;
		tell_table(reading->observer, told);
		if (taker->table)
			status = taker->table(taker->context, told, walking->error);
	}
	return status;
}

static enum status read_member(void *context, struct dump *dump)
{
	struct walking *walking = context;
	struct reading *reading = &walking->reading;
	enum status told = STATUS_OK, status;

	reading->folder = walking->walk.folder;
	status = reading_open(reading, dump, walking->error);
	if (status == STATUS_OK) {
		status = reading_rows(reading, walking->error);
		add_counts(walking->counts, &reading->counts);
		/* Also of what could not be read to its end. */
		told = tell_tables(walking);
	}
	reading_close(reading);
	return status == STATUS_OK ? told : status;
}

/* ---- a source ---- */

static enum status tell_left_out(struct walking *walking)
{
	const struct rows_counts *counts = walking->counts;
	const char *more = counts->left_out > NAMES_SHOWN ? " and others" : "";
	char name[100];

	if (counts->tables == 0 && counts->left_out > 0 && !counts->stopped)
		return error_set(walking->error, STATUS_USAGE, "there is no table %s; the tables are %s%s",
				 text_escape(text_of(walking->reading.wanted->table), name, sizeof(name)),
				 buf_view(&walking->others).data, more);
	if (counts->left_out > 0)
		observer_notice(walking->reading.observer, "%llu table%s left out: %s%s",
				number(counts->left_out), counts->left_out == 1 ? " is" : "s are",
				buf_view(&walking->others).data, more);
	if (counts->stopped)
		observer_notice(walking->reading.observer, "stopped behind %llu row%s: there may be more",
				number(counts->written), plural(counts->written));
	return STATUS_OK;
}

static void begin(struct walking *walking, const struct ingest_options *options,
		  const struct observer *observer, const struct rows_taker *taker, struct error *error)
{
	walking->error = error;
	walking->walk.context = walking;
	walking->walk.observer = observer;
	walking->walk.error = error;
	walking->walk.threaded = options->threads > 1;
	walking->walk.dumps = &options->dumps;
	walking->walk.ends = true;
	walking->reading.options = options;
	walking->reading.observer = observer;
	walking->reading.taker = taker;
}

enum status ingest_rows(const struct ingest_options *options, const struct rows_options *wanted,
			const char *path, const struct observer *observer, const struct rows_taker *taker,
			struct rows_counts *counts, struct error *error)
{
	struct walking walking = { .counts = counts };
	enum status told, status = plan_check(options, error);

	if (status != STATUS_OK)
		return status;
	begin(&walking, options, observer, taker, error);
	walking.walk.visit = read_member;
	walking.reading.wanted = wanted;
	status = walk_source(&walking.walk, path);
	/* As many as were wanted. */
	if (status == STATUS_END)
		status = STATUS_OK;
	told = walking.others.failed ? error_memory(error) : STATUS_OK;
	if (status == STATUS_OK && told == STATUS_OK)
		told = tell_left_out(&walking);
	buf_release(&walking.others);
	return status == STATUS_OK ? told : status;
}

/* ---- only the tables ---- */

/* What of a member is looked at for its tables: all, or where it has one without a name, no row. */
static enum status list_member(void *context, struct dump *dump)
{
	struct walking *walking = context;
	struct reading *reading = &walking->reading;
	const struct rows_taker *taker = reading->taker;
	enum status status;

	reading->folder = walking->walk.folder;
	status = reading_open(reading, dump, walking->error);
	if (status == STATUS_OK && !(reading->count > 0 && !reading_is_named(reading)))
		status = reading_rows(reading, walking->error);
	for (size_t i = 0; i < reading->count && (status == STATUS_OK || status == STATUS_FAILED); i++) {
		const enum status told = taker->table(taker->context, &reading->tables[i]->told,
						      walking->error);

		status = told == STATUS_OK ? status : told;
	}
	reading_close(reading);
	return status;
}

enum status ingest_rows_tables(const struct ingest_options *options, const char *path,
			       const struct observer *observer, const struct rows_taker *taker,
			       struct error *error)
{
	static const struct rows_options all = { .table = NULL };
	const struct observer quiet = { observer->context, NULL, observer->progress, observer->interrupted };
	struct walking walking = { .counts = NULL };
	enum status status;

	begin(&walking, options, &quiet, taker, error);
	walking.walk.visit = list_member;
	walking.reading.wanted = &all;
	status = walk_source(&walking.walk, path);
	return status == STATUS_FAILED && !error->fault ? STATUS_OK : status;
}
