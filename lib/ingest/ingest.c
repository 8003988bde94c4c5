/* SPDX-License-Identifier: Apache-2.0 */
/* Loading dumps into a case file, as found; and looking at them only. */
#include "ingest/ingest.h"

#include <string.h>

#include "casefile/checkpoint.h"
#include "ingest/format/format.h"
#include "ingest/load/gather.h"
#include "ingest/load/load.h"
#include "ingest/look.h"
#include "ingest/plan/plan.h"
#include "ingest/source/walk.h"

struct ingest_options ingest_options_none(void)
{
	struct ingest_options options = {
		.separator = -1,
		.quote = -1,
		.header = -1,
		.escape = -1,
		.inner = -1,
		.guard = -1,
		.head = -1,
		.max_rejects = UINT64_MAX,
	};

	return options;
}

/* ---- loading ---- */

struct loading {
	struct casefile *casefile;
	const struct ingest_options *options;
	const struct observer *observer;
	struct ingest_counts *counts;
	struct gather *gather;
	const struct walk *walk;
};

/* The path of a file below the folder that was given. */
static const char *below(const char *folder, const char *path)
{
	path += strlen(folder);
	while (*path == '/')
		path++;
	return path;
}

static enum status load(void *context, struct dump *dump)
{
	const struct loading *loading = context;
	const char *folder = loading->walk->folder;

	if (dump_archive(dump))
		return gather_member(loading->gather, dump_path(dump),
				     dump_member(dump), dump);
	if (folder)
		return gather_member(loading->gather, folder,
				     below(folder, dump_path(dump)), dump);
	return load_member(loading->casefile, loading->options, dump,
			   loading->observer, loading->counts);
}

static enum status end(void *context)
{
	const struct loading *loading = context;

	return gather_end(loading->gather);
}

/* What ends a walk before its end: wrong options leave what was loaded before, all else a
 * part of it. */
static enum status stop(struct loading *loading, enum status status)
{
	struct error *error = &loading->casefile->error;
	const struct error why = *error;
	enum status ended;

	if (status != STATUS_USAGE && (status != STATUS_FAILED || error->fault))
		return gather_stop(loading->gather, status);
	ended = gather_end(loading->gather);
	if (ended == STATUS_INTERRUPTED || (ended != STATUS_OK && error->fault))
		return ended;
	if (ended != STATUS_OK)
		observer_notice(loading->observer, "%s", error->text);
	*error = why;
	return status;
}

static enum status walk_all(struct loading *loading, struct walk *walk,
			    const char *path)
{
	enum status status;

	loading->gather = gather_new(loading->casefile, loading->options,
				     loading->observer, loading->counts);
	if (!loading->gather)
		return error_memory(&loading->casefile->error);
	status = walk_source(walk, path);
	if (status != STATUS_OK)
		status = stop(loading, status);
	gather_free(loading->gather);
	return status;
}

enum status ingest_source(struct casefile *casefile,
			  const struct ingest_options *options, const char *path,
			  const struct observer *observer,
			  struct ingest_counts *counts)
{
	struct walk walk;
	struct loading loading = { casefile, options, observer, counts, NULL, &walk };
	enum status status = plan_check(options, &casefile->error);

	walk = (struct walk){
		.visit = load,
		.end = end,
		.context = &loading,
		.observer = observer,
		.error = &casefile->error,
		.own = casefile->path,
		.threaded = options->threads > 1,
	};

	if (status == STATUS_OK)
		status = walk_all(&loading, &walk, path);
	if (status != STATUS_OK || counts->rejected <= options->max_rejects)
		return status;
	return error_set(&casefile->error, STATUS_REJECTS,
			 "%llu rows rejected, and --max-rejects allows %llu%s",
			 (unsigned long long)counts->rejected,
			 (unsigned long long)options->max_rejects,
			 options->check ? ""
					: "; what was accepted is in the case");
}

static void tell_discarded(const struct checkpoint *checkpoint,
			   const struct observer *observer)
{
	char path[300];

	observer_notice(observer,
			"%s: the %llu rows of it that were in the case are taken "
			"out again",
			text_escape(buf_view(&checkpoint->path), path,
				    sizeof(path)),
			(unsigned long long)checkpoint->read);
}

enum status ingest_discard(struct casefile *casefile,
			   const struct observer *observer, bool *found)
{
	struct checkpoint checkpoint = { 0 };
	enum status status = casefile_begin(casefile);

	if (status == STATUS_OK)
		status = checkpoint_read(casefile, &checkpoint);
	*found = status == STATUS_OK;
	if (status == STATUS_OK)
		status = checkpoint_discard(casefile, found);
	if (status == STATUS_OK)
		status = casefile_commit(casefile);
	if (status == STATUS_OK)
		tell_discarded(&checkpoint, observer);
	checkpoint_release(&checkpoint);
	if (status != STATUS_OK)
		casefile_rollback(casefile);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status ingest_check(const struct ingest_options *options, struct error *error)
{
	return plan_check(options, error);
}

/* ---- looking ---- */

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
	       status == STATUS_NOTHING || status == STATUS_USAGE;
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
