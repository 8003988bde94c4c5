/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at dumps only: what they are, and how they would be read. */
#include "ingest/ingest.h"

#include "casefile/record/table_name.h"
#include "ingest/format/format.h"
#include "ingest/look.h"
#include "ingest/plan/plan.h"
#include "ingest/rows/reading.h"
#include "ingest/source/walk.h"

struct looking {
	const struct ingest_options *options;
	const struct sniff_options *wanted;
	void (*report)(void *context, const struct sniff_report *report);
	void *context;
	const struct observer *observer;
	struct error *error;
	struct walk walk;
	struct reading reading;
	bool whole;             /* the rows of the member were all read, */
	bool none;              /* and there was none */
	bool fits;              /* what some table of it is was found out */
	uint64_t found, missed; /* tables that are the wanted one, and that are not */
};

/* The texts of a report. */
struct report_texts {
	struct buf dialect, notes, columns, mapping;
};

static void add_notes(const struct layout *layout, struct buf *out)
{
	struct format_note notes[FORMAT_NOTES];
	const size_t count = layout->format->notes ? layout->format->notes(layout, notes)
						   : 0;

	for (size_t i = 0; i < count; i++)
		buf_format(out, "%s; %s\n", notes[i].text, notes[i].remedy);
}

/* What the profile says that such dumps cannot say, and that nothing confirmed it. */
static void add_limits(const struct profile *profile, struct buf *out)
{
	struct text rest = buf_view(&profile->cannot_say);

	if (profile->unconfirmed) {
		buf_text(out, "its layout is not confirmed: ");
		buf_escape(out, text_of(profile->unconfirmed), 300);
		buf_byte(out, '\n');
	}
	while (rest.len > 0) {
		buf_text(out, "such dumps cannot say: ");
		buf_escape(out, text_take_line(&rest), 300);
		buf_byte(out, '\n');
	}
}

static void fill(const struct looking *looking, const struct stream *stream,
		 struct sniff_report *report, struct report_texts *texts,
		 const struct plan *plan, const struct look *look)
{
	report->table = look->columns;
	report->table_count = look->count;
	report->table_more = look->more;
	report->table_rows = look->rows;
	layout_describe(looking->reading.layout, stream, &texts->dialect);
	report->dialect = texts->dialect.data;
	add_notes(looking->reading.layout, &texts->notes);
	if (plan->has_profile)
		add_limits(&plan->profile, &texts->notes);
	report->notes = texts->notes.data;
	report->width = plan->header ? plan->header->count : stream->sample.width;
	if (plan->header) {
		mapping_header(plan->header, &texts->columns);
		report->columns = buf_view(&texts->columns).data;
	}
	report->bids = plan->bids.items;
	report->bid_count = plan->bids.count;
	if (report->problem)
		return;
	mapping_describe(&plan->mapping, plan->header, &texts->mapping);
	report->mapping = texts->mapping.data;
}

/* That a dump cannot be ingested as it is is an answer, not a failure. */
static bool is_answer(enum status status)
{
	return status == STATUS_OK || status == STATUS_SKIP ||
	       status == STATUS_NOTHING || status == STATUS_USAGE || status == STATUS_END;
}

/* Reports a stream whose plan was made, or not and why. */
static enum status report_stream(const struct looking *looking,
				 const struct stream *stream,
				 struct sniff_report *report,
				 struct report_texts *texts, const struct plan *plan)
{
	struct look look = { 0 };
	struct error error = { 0 };
	enum status status = look_columns(&look, stream, plan, looking->options, &error);

	if (status == STATUS_OK) {
		fill(looking, stream, report, texts, plan, &look);
		if (texts->dialect.failed || texts->notes.failed || texts->columns.failed ||
		    texts->mapping.failed)
			status = error_memory(&error);
		else
			looking->report(looking->context, report);
	}
	/* The problem is the text of the other until then. */
	if (status != STATUS_OK)
		*looking->error = error;
	look_release(&look);
	return status;
}

static void add_counts(const struct reading_table *table, struct sniff_report *report)
{
	report->counted = true;
	report->rows = table->told.written;
	report->rejected = table->told.rejected;
	report->skipped = table->told.skipped;
	report->bytes = table->told.bytes;
}

/* Makes the plan of a table and reports it. */
static enum status report_table(struct looking *looking, struct reading_table *table,
				bool brief, struct sniff_report report)
{
	struct report_texts texts = { 0 };
	struct plan plan = { 0 };
	struct error why = { 0 };
	enum status status;

	report.brief = brief;
	report.source = table->told.shown;
	report.member = dump_shown(looking->reading.dump);
	report.name = table->told.name;
	report.compression = dump_compression(looking->reading.dump);
	if (looking->whole)
		add_counts(table, &report);
	status = plan_make(&plan, looking->options, report.source, table->stream, &why);
	if (status == STATUS_OK && plan.renamed && !brief)
		observer_notice(looking->observer, "%s: region %s is taken as %s",
				report.source, plan.renamed, plan.region);
	table->fits = status == STATUS_OK;
	looking->fits = looking->fits || table->fits;
	if (is_answer(status)) {
		if (status != STATUS_OK)
			report.problem = why.text;
		status = report_stream(looking, table->stream, &report, &texts, &plan);
	} else {
		*looking->error = why;
	}
	buf_release(&texts.dialect);
	buf_release(&texts.notes);
	buf_release(&texts.columns);
	buf_release(&texts.mapping);
	plan_release(&plan);
	return status;
}

/* ---- the tables of a member ---- */

static bool has_rows(const struct looking *looking, const struct reading_table *table)
{
	return !looking->whole || looking->none || table->told.read > 0;
}

/* The places of tables in a member's list. */
static struct sniff_report count_all(const struct looking *looking)
{
	struct sniff_report report = { .number = 0 };

	for (size_t i = 0; i < looking->reading.count; i++) {
		report.tables += has_rows(looking, looking->reading.tables[i]);
		report.empty += looking->whole && looking->reading.tables[i]->told.read == 0;
	}
	return report;
}

/* In full those that can be ingested as they are, where there are some. */
static bool is_told(const struct looking *looking, const struct reading_table *table, bool brief)
{
	return has_rows(looking, table) && (brief || table->fits || !looking->fits);
}

static enum status report_tables(struct looking *looking, bool brief, uint64_t most)
{
	struct sniff_report report = count_all(looking);
	enum status status = STATUS_OK;
	uint64_t told = 0;

	for (size_t i = 0; i < looking->reading.count && status == STATUS_OK && told < most; i++) {
		struct reading_table *table = looking->reading.tables[i];

		report.number += has_rows(looking, table);
		if (!is_told(looking, table, brief))
			continue;
		told++;
		status = report_table(looking, table, brief, report);
	}
	return status;
}

/* That of a name in full, whether it has rows or not. */
static enum status report_wanted(struct looking *looking)
{
	struct sniff_report report = count_all(looking);
	enum status status = STATUS_OK;

	for (size_t i = 0; i < looking->reading.count && status == STATUS_OK; i++) {
		struct reading_table *table = looking->reading.tables[i];

		if (!table_name_is(table->told.name, text_of(looking->wanted->table))) {
			looking->missed++;
			continue;
		}
		looking->found++;
		report.number = report.tables = 1;
		status = report_table(looking, table, looking->wanted->list, report);
	}
	return status;
}

/* A list where there are several; then some in full, as many as one reads. */
static enum status report_all(struct looking *looking)
{
	enum status status = STATUS_OK;
	uint64_t tables;

	looking->fits = false;
	looking->none = false;
	looking->none = count_all(looking).tables == 0;
	tables = count_all(looking).tables;
	if (looking->wanted->table)
		return report_wanted(looking);
	if (tables > 1 || looking->wanted->list)
		status = report_tables(looking, true, UINT64_MAX);
	if (status == STATUS_OK && !looking->wanted->list)
		status = report_tables(looking, false, tables > 1 ? SNIFF_FULL : 1);
	return status;
}

static void report_problem(const struct looking *looking, const char *problem)
{
	const struct sniff_report report = {
		.source = dump_shown(looking->reading.dump),
		.member = dump_shown(looking->reading.dump),
		.compression = dump_compression(looking->reading.dump),
		.problem = problem,
		.number = 1,
		.tables = 1,
	};

	looking->report(looking->context, &report);
}

/* ---- a member ---- */

/* Several tables are told apart by all their rows, one by the first of them. */
static enum status open_member(struct looking *looking, struct dump *dump)
{
	struct reading *reading = &looking->reading;
	enum status status = reading_open(reading, dump, looking->error);

	if (status == STATUS_OK)
		status = reading_meet(reading, looking->error);
	looking->whole = status == STATUS_OK && reading_is_named(reading) && !looking->wanted->quick;
	if (!looking->whole || reading->layout->format->next)
		return status;
	reading_close(reading);
	return reading_open(reading, dump, looking->error);
}

static enum status look(void *context, struct dump *dump)
{
	struct looking *looking = context;
	struct reading *reading = &looking->reading;
	enum status reported, status;

	reading->folder = looking->walk.folder;
	status = open_member(looking, dump);
	if (status == STATUS_OK && looking->whole)
		status = reading_rows(reading, looking->error);
	if (status != STATUS_OK && is_answer(status)) {
		report_problem(looking, looking->error->text);
		status = STATUS_OK;
	} else if (status == STATUS_OK || (status == STATUS_FAILED && !looking->error->fault)) {
		/* What is damaged further on has tables before that. */
		reported = reading_settle(reading, looking->error);
		if (reported == STATUS_OK)
			reported = report_all(looking);
		if (reported == STATUS_OK && reading->count == 0 && status == STATUS_OK)
			report_problem(looking, "there is no table in it");
		status = status == STATUS_OK ? reported : status;
	}
	reading_close(reading);
	return status;
}

static enum status no_table(const struct looking *looking)
{
	char name[100];

	return error_set(looking->error, STATUS_USAGE, "there is no table %s; without --table all are listed",
			 text_escape(text_of(looking->wanted->table), name, sizeof(name)));
}

enum status ingest_sniff(const struct ingest_options *options, const struct sniff_options *wanted,
			 const char *path, const struct observer *observer,
			 void (*report)(void *context,
					const struct sniff_report *report),
			 void *context, struct error *error)
{
	static const struct sniff_options usual = { .table = NULL };
	static const struct rows_options all = { .table = NULL };
	static const struct rows_taker nobody = { .row = NULL };
	struct looking looking = {
		.options = options, .wanted = wanted ? wanted : &usual, .report = report,
		.context = context, .observer = observer, .error = error,
		.reading = { .options = options, .wanted = &all, .observer = observer,
			     .taker = &nobody, .samples = true },
	};
	enum status status = plan_check(options, error);

	looking.walk = (struct walk){ .dumps = &options->dumps, .visit = look, .context = &looking, .observer = observer,
				      .error = error, .threaded = options->threads > 1 };
	if (status == STATUS_OK)
		status = walk_source(&looking.walk, path);
	if (status == STATUS_OK && looking.found == 0 && looking.missed > 0)
		status = no_table(&looking);
	return status;
}
