/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at dumps only: what they are, and how they would be read. */
#include "ingest/ingest.h"

#include "ingest/format/format.h"
#include "ingest/look.h"
#include "ingest/plan/plan.h"
#include "ingest/source/walk.h"

struct looking {
	const struct ingest_options *options;
	void (*report)(void *context, const struct sniff_report *report);
	void *context;
	const struct observer *observer;
	struct error *error;
	/* The member. */
	struct dump *dump;
	struct layout *layout;
	struct format_input input;
};

/* The texts of a report. */
struct report_texts {
	struct buf shown, dialect, notes, columns, mapping;
};

static void show(const struct looking *looking, const struct stream *stream,
		 struct buf *out)
{
	buf_text(out, dump_shown(looking->dump));
	if (stream->name.len > 0)
		buf_text(out, ", table ");
	buf_escape(out, buf_view(&stream->name), 100);
}

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
	looking->layout->format->describe(looking->layout, stream, &texts->dialect);
	report->dialect = texts->dialect.data;
	add_notes(looking->layout, &texts->notes);
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

/* Looks at a stream that the format announces. */
static enum status look_at(void *context, struct stream *stream,
			   struct error *error)
{
	struct looking *looking = context;
	struct sniff_report report = {
		.compression = dump_compression(looking->dump),
	};
	struct report_texts texts = { 0 };
	struct plan plan = { 0 };
	enum status status;

	show(looking, stream, &texts.shown);
	report.source = buf_view(&texts.shown).data;
	status = plan_make(&plan, looking->options, report.source, stream, error);
	if (status == STATUS_OK && plan.renamed)
		observer_notice(looking->observer, "%s: region %s is taken as %s",
				report.source, plan.renamed, plan.region);
	if (is_answer(status)) {
		if (status != STATUS_OK)
			report.problem = error->text;
		status = report_stream(looking, stream, &report, &texts, &plan);
	}
	buf_release(&texts.shown);
	buf_release(&texts.dialect);
	buf_release(&texts.notes);
	buf_release(&texts.columns);
	buf_release(&texts.mapping);
	plan_release(&plan);
	return status;
}

/* Has the format announce what it meets in the first bytes. */
static enum status look_on(struct looking *looking)
{
	const struct peek *peek = &looking->input.peek;
	struct text left = peek->bytes;
	struct block block = { .first = true };
	enum status status = STATUS_OK;

	while (looking->layout->format->split && status == STATUS_OK &&
	       left.len > 0) {
		buf_clear(&block.state);
		status = looking->layout->format->split(looking->layout, left,
							peek->whole, &block,
							looking->error);
		if (block.len == 0 || block.len > left.len)
			block.len = left.len;
		left.data += block.len;
		left.len -= block.len;
		block.first = false;
	}
	buf_release(&block.state);
	return status;
}

static void report_problem(const struct looking *looking)
{
	const struct sniff_report report = {
		.source = dump_shown(looking->dump),
		.compression = dump_compression(looking->dump),
		.problem = looking->error->text,
	};

	looking->report(looking->context, &report);
}

static enum status look(void *context, struct dump *dump)
{
	struct looking *looking = context;
	const struct format *const *table = looking->options->formats;
	const struct format *format;
	enum status status;

	looking->dump = dump;
	looking->layout = NULL;
	looking->input = (struct format_input){ .shown = dump_shown(dump),
						.options = looking->options,
						.dump = dump,
						.announce = look_at,
						.context = looking };
	status = dump_peek(dump, &looking->input.peek, looking->error);
	if (status == STATUS_OK)
		status = format_choose(table ? table : formats, &looking->input,
				       &format, looking->error);
	if (status == STATUS_OK)
		status = format->open(&looking->layout, &looking->input,
				      looking->error);
	if (status == STATUS_OK)
		status = look_on(looking);
	if (status != STATUS_OK && is_answer(status)) {
		report_problem(looking);
		status = STATUS_OK;
	}
	if (looking->layout)
		looking->layout->format->close(looking->layout);
	return status;
}

enum status ingest_sniff(const struct ingest_options *options, const char *path,
			 const struct observer *observer,
			 void (*report)(void *context,
					const struct sniff_report *report),
			 void *context, struct error *error)
{
	struct looking looking = { .options = options, .report = report,
				   .context = context, .observer = observer,
				   .error = error };
	struct walk walk = {
		.visit = look,
		.context = &looking,
		.observer = observer,
		.error = error,
	};
	enum status status = plan_check(options, error);

	return status == STATUS_OK ? walk_source(&walk, path) : status;
}
