/* SPDX-License-Identifier: Apache-2.0 */
/* Loading dumps into a case file, as found; and looking at them only. */
#include "ingest/ingest.h"

#include <string.h>

#include "casefile/checkpoint.h"
#include "ingest/load/load.h"
#include "ingest/plan/plan.h"
#include "ingest/source/walk.h"

struct ingest_options ingest_options_none(void)
{
	struct ingest_options options = {
		.separator = -1,
		.quote = -1,
		.header = -1,
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
};

static enum status load(void *context, struct dump *dump)
{
	const struct loading *loading = context;

	return load_member(loading->casefile, loading->options, dump,
			   loading->observer, loading->counts);
}

enum status ingest_source(struct casefile *casefile,
			  const struct ingest_options *options, const char *path,
			  const struct observer *observer,
			  struct ingest_counts *counts)
{
	struct loading loading = { casefile, options, observer, counts };
	struct walk walk = {
		.visit = load,
		.context = &loading,
		.observer = observer,
		.error = &casefile->error,
		.own = casefile->path,
		.threaded = options->threads > 1,
	};
	enum status status = plan_check(options, &casefile->error);

	if (status == STATUS_OK)
		status = walk_source(&walk, path);
	if (status != STATUS_OK || counts->rejected <= options->max_rejects)
		return status;
	return error_set(&casefile->error, STATUS_REJECTS,
			 "%llu rows rejected, and --max-rejects allows %llu; what "
			 "was accepted is in the case",
			 (unsigned long long)counts->rejected,
			 (unsigned long long)options->max_rejects);
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

/* ---- looking ---- */

struct looking {
	const struct ingest_options *options;
	void (*report)(void *context, const struct sniff_report *report);
	void *context;
	struct error *error;
};

/* The texts of a report. */
struct report_texts {
	struct buf dialect, columns, mapping;
};

static void fill(struct sniff_report *report, struct report_texts *texts,
		 const struct plan *plan)
{
	if (!plan->sniffed)
		return;
	dialect_describe(&plan->dialect, &texts->dialect);
	report->dialect = texts->dialect.data;
	report->width = plan->header ? plan->header->count : plan->sample.width;
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

static enum status look_at(const struct looking *looking, struct dump *dump,
			   struct text sample, bool whole)
{
	struct sniff_report report = {
		.source = dump_shown(dump),
		.compression = dump_compression(dump),
	};
	struct report_texts texts = { 0 };
	struct plan plan = { 0 };
	enum status status = plan_make(&plan, looking->options, dump_shown(dump),
				       sample, whole, looking->error);

	if (is_answer(status)) {
		if (status != STATUS_OK)
			report.problem = looking->error->text;
		fill(&report, &texts, &plan);
		status = STATUS_OK;
		if (texts.dialect.failed || texts.columns.failed ||
		    texts.mapping.failed)
			status = error_memory(looking->error);
		else
			looking->report(looking->context, &report);
	}
	buf_release(&texts.dialect);
	buf_release(&texts.columns);
	buf_release(&texts.mapping);
	plan_release(&plan);
	return status;
}

static enum status look(void *context, struct dump *dump)
{
	const struct looking *looking = context;
	struct reader reader;
	struct text sample;
	bool whole;
	enum status status = reader_open(&reader, load_input(dump),
					 looking->error);

	if (status == STATUS_OK)
		status = reader_sample(&reader, &sample, &whole);
	if (status == STATUS_OK)
		status = look_at(looking, dump, sample, whole);
	reader_close(&reader);
	return status;
}

enum status ingest_sniff(const struct ingest_options *options, const char *path,
			 const struct observer *observer,
			 void (*report)(void *context,
					const struct sniff_report *report),
			 void *context, struct error *error)
{
	struct looking looking = { options, report, context, error };
	struct walk walk = {
		.visit = look,
		.context = &looking,
		.observer = observer,
		.error = error,
	};
	enum status status = plan_check(options, error);

	return status == STATUS_OK ? walk_source(&walk, path) : status;
}
