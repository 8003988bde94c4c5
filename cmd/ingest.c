/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof ingest: dumps loaded into a case file, as found. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "casefile/checkpoint.h"
#include "casefile/mend/overwrite.h"
#include "cmd/common/options.h"
#include "cmd/common/sources.h"
#include "cmd/custody/citation.h"
#include "cmd/custody/expected.h"
#include "cmd/ingest_record.h"
#include "config.h"
#include "ingest/ingest.h"

#define SYNOPSIS "[OPTION]... CASE SOURCE..."

/* One run of the command. */
struct ingest_job {
	struct invocation *inv;
	struct casefile casefile;
	struct source_options given;
	struct ingest_counts counts;
	struct ingest_counts told;      /* of the sources that the next run names */
	struct buf inputs;      /* of that, JSON, without the brackets */
	struct buf dropped;     /* the same: ids that it took out */
	size_t inputs_before;   /* of what is told of a transaction that may fail: */
	struct ingest_counts told_before;
	enum status rejects;    /* STATUS_REJECTS once there are too many */
	enum status failure;    /* STATUS_FAILED once a source failed */
	int first;              /* of the operands, that is a source */
	const char *reference;  /* --case; NULL: not given */
	bool named;             /* it is one that the case has not yet */
	bool discard;           /* --discard-unfinished */
	const char *expected;   /* --expect-sha256, as given; NULL: not */
	char sha256[DIGEST_HEX];        /* the same in lower case */
	bool discarded;         /* there was something */
	bool unsealed;          /* sources of an ingest before are in no run yet */
	bool layers;            /* there was more than the found layer */
	bool unfinished;        /* there was a part of a source */
	bool recorded;          /* a run was added */
};

/* Library callback: a source that goes into the run row. */
static void name_input(void *context, const struct source_row *source)
{
	struct ingest_job *job = context;

	ingest_input_json(source, &job->inputs);
}

/* Library callback: a source that is stored. */
static void add_input(void *context, const struct source_row *source)
{
	struct ingest_job *job = context;

	name_input(job, source);
	job->told.sources++;
	job->told.read += source->read;
	job->told.accepted += source->accepted;
	job->told.rejected += source->rejected;
	job->told.skipped += source->skipped;
}

/* The next run names what comes after this one. */
static void begin_next(struct ingest_job *job)
{
	buf_clear(&job->inputs);
	buf_clear(&job->dropped);
	job->told = (struct ingest_counts){ .known = job->counts.known };
	job->discarded = job->unsealed = job->named = false;
}

/* The reference of the case is sealed by the run that it comes with. */
static enum status name_case(struct ingest_job *job)
{
	enum status status = STATUS_OK;

	if (!job->named)
		return STATUS_OK;
	if (!casefile_begun(&job->casefile))
		status = casefile_begin(&job->casefile);
	return status == STATUS_OK ? reference_give(&job->casefile, job->reference) : status;
}

static enum status record(struct ingest_job *job)
{
	struct buf settings = { 0 };
	struct buf inputs = { 0 };
	struct buf outputs = { 0 };
	const struct ingest_told told = { &job->told, job->counts.known - job->told.known, job->discarded };
	enum status status;

	ingest_settings_json(&job->given.ingest, job->reference, &settings);
	buf_format(&inputs, "[%s]", job->inputs.data ? job->inputs.data : "");
	ingest_outputs_json(&told, buf_view(&job->dropped), &outputs);
	if (settings.failed || inputs.failed || outputs.failed ||
	    job->inputs.failed || job->dropped.failed)
		status = error_memory(&job->casefile.error);
	else
		status = name_case(job);
	if (status == STATUS_OK)
		status = command_record_quietly(job->inv, &job->casefile, LAYER_FOUND,
						settings.data, inputs.data,
						outputs.data);
	buf_release(&settings);
	buf_release(&inputs);
	buf_release(&outputs);
	if (status == STATUS_OK)
		begin_next(job);
	job->recorded = job->recorded || status == STATUS_OK;
	return status;
}

/* The sources that took the place of others are not there: no run names them. */
static void forget_replaced(struct ingest_job *job)
{
	job->inputs.len = job->inputs_before;
	if (job->inputs.data)
		job->inputs.data[job->inputs.len] = '\0';
	job->told = job->told_before;
	buf_clear(&job->dropped);
}

/* Library callback: sources are replaced. */
static enum status record_replaced(void *context, const int64_t *dropped, size_t count)
{
	struct ingest_job *job = context;
	enum status status;

	if (count == 0) {
		job->inputs_before = job->inputs.len;
		job->told_before = job->told;
		return STATUS_OK;
	}
	for (size_t i = 0; i < count; i++)
		buf_format(&job->dropped, "%s%lld", i ? "," : "",
			   (long long)dropped[i]);
	status = record(job);
	if (status != STATUS_OK)
		forget_replaced(job);
	return status;
}

/* One SOURCE; what it failed with is said at once. STATUS_OK goes on. */
static enum status take_source(struct ingest_job *job, const char *path)
{
	enum status status = ingest_source(&job->casefile, &job->given.ingest, path,
					   &job->inv->observer, &job->counts);

	switch (status) {
	case STATUS_OK:
		return STATUS_OK;
	case STATUS_REJECTS:
		job->rejects = status;
		return STATUS_OK;
	case STATUS_FAILED:
		/* A source that comes later must not take the place of one that
		 * the same command can take once the case can be written. */
		if (job->casefile.error.fault)
			return command_error(job->inv, &job->casefile.error);
		job->failure = command_error(job->inv, &job->casefile.error);
		return STATUS_OK;
	case STATUS_USAGE:
		return command_usage(job->inv, "%s", job->casefile.error.text);
	default:
		return command_error(job->inv, &job->casefile.error);
	}
}

/* *unsealed: whether an ingest before this one was cut short, after it stored
 * sources and before its run was recorded: then this one records them. */
static enum status look_back(struct casefile *casefile, int64_t *sealed, bool *unsealed)
{
	struct seal last = { .layer = LAYER_FOUND };
	struct seal now = { .layer = LAYER_FOUND };
	enum status status = seal_last(casefile, LAYER_FOUND, &last);

	*sealed = last.sources;
	*unsealed = false;
	if (status == STATUS_OK || status == STATUS_END)
		status = seal_bounds(casefile, &now);
	*unsealed = status == STATUS_OK && now.sources > last.sources;
	return status;
}

static enum status discard(struct ingest_job *job)
{
	enum status status = ingest_discard(&job->casefile, &job->inv->observer,
					    &job->discarded);

	if (status != STATUS_OK)
		return command_error(job->inv, &job->casefile.error);
	if (!job->discarded)
		observer_notice(&job->inv->observer,
				"all sources of the case are whole");
	return status;
}

static enum status take_sources(struct ingest_job *job)
{
	enum status status = STATUS_OK;

	if (job->discard)
		status = discard(job);
	for (int i = job->first; i < job->inv->operand_count && status == STATUS_OK; i++)
		status = take_source(job, job->inv->operands[i]);
	return status;
}

/* Whether there is more than the found layer. */
static enum status has_layers(struct ingest_job *job, bool *layers)
{
	enum status status = casefile_has_layer(&job->casefile, LAYER_CONCLUDED, layers);

	return status == STATUS_OK && !*layers
		       ? casefile_has_layer(&job->casefile, LAYER_UNDERSTOOD, layers)
		       : status;
}

static enum status tell_dropped_layers(struct ingest_job *job)
{
	bool layers = false;
	const enum status status = job->layers ? has_layers(job, &layers) : STATUS_OK;

	if (status == STATUS_OK && job->layers && !layers)
		observer_notice(&job->inv->observer,
				"what was understood and concluded of this case is out of "
				"date and was dropped: run `unspoof normalise CASE`, then "
				"`unspoof correlate CASE`, or `unspoof redo CASE`, which "
				"does both as before");
	return status == STATUS_OK ? status
				   : command_error(job->inv, &job->casefile.error);
}

static enum status begin(struct ingest_job *job)
{
	int64_t sealed = 0;
	enum status status = look_back(&job->casefile, &sealed, &job->unsealed);

	if (status == STATUS_OK && job->unsealed)
		status = source_each(&job->casefile, sealed, name_input, job);
	if (status == STATUS_OK)
		status = has_layers(job, &job->layers);
	if (status == STATUS_OK)
		status = checkpoint_there(&job->casefile, &job->unfinished);
	return status == STATUS_OK ? identity_compare(job->inv, &job->casefile, job->reference,
						     &job->named)
				   : command_error(job->inv, &job->casefile.error);
}

/* Whether there is anything for a run to record; a name alone makes no case. A source that was
 * stored in part and taken out again has taken the layers with it. */
static enum status find_due(struct ingest_job *job, bool *due)
{
	bool layers = false, unfinished = false;
	enum status status = job->layers ? has_layers(job, &layers) : STATUS_OK;

	if (status == STATUS_OK && job->unfinished)
		status = checkpoint_there(&job->casefile, &unfinished);
	*due = job->discarded || job->told.sources > 0 || job->unsealed ||
	       (!job->recorded && ((job->layers && !layers) || (job->unfinished && !unfinished))) ||
	       (job->named && (job->counts.known > 0 || job->discard));
	return status;
}

/* A seal takes its time; after an interrupt the same command records what was
 * stored. */
static enum status end(struct ingest_job *job, enum status status)
{
	bool due = false;
	enum status recorded = status != STATUS_INTERRUPTED ? find_due(job, &due) : STATUS_OK;

	if (recorded == STATUS_OK && due)
		recorded = record(job);
	if (status != STATUS_INTERRUPTED && recorded == STATUS_OK &&
	    !casefile_begun(&job->casefile))
		recorded = overwrite_finish(&job->casefile);
	if (recorded != STATUS_OK)
		(void)command_error(job->inv, &job->casefile.error);
	else
		recorded = tell_dropped_layers(job);
	return status == STATUS_OK ? recorded : status;
}

static enum status store(struct ingest_job *job)
{
	const enum status status = begin(job);

	return status == STATUS_OK ? end(job, take_sources(job)) : status;
}

static enum status check(struct ingest_job *job)
{
	const enum status status = take_sources(job);

	observer_notice(&job->inv->observer, "nothing of this is stored: --check");
	return status;
}

static enum status ingest(struct ingest_job *job)
{
	enum status status = job->given.ingest.check ? check(job) : store(job);

	if (status == STATUS_OK)
		status = job->failure;
	if (status == STATUS_OK && job->rejects != STATUS_OK)
		status = command_error(job->inv, &job->casefile.error);
	return status;
}

/* The case; to check that is one of no name. */
static enum status open_case(struct ingest_job *job)
{
	enum status status;

	if (!job->given.ingest.check)
		return command_open(job->inv, &job->casefile, job->inv->operands[0],
				    job->discard ? CASEFILE_WRITE : CASEFILE_CREATE);
	status = casefile_scratch(&job->casefile);
	if (status == STATUS_OK)
		return STATUS_OK;
	(void)command_error(job->inv, &job->casefile.error);
	casefile_close(&job->casefile);
	return status;
}

static enum status run(struct ingest_job *job)
{
	enum status status = open_case(job);

	if (job->expected)
		job->given.ingest.expected = job->sha256;
	if (status != STATUS_OK)
		return status;
	command_catch_interrupts();
	job->given.ingest.threads = command_threads(job->inv);
	source_options_set_room(&job->given, job->given.ingest.check ? NULL : job->inv->operands[0]);
	job->given.ingest.version = PACKAGE_VERSION;
	job->given.ingest.stored = add_input;
	job->given.ingest.replaced = record_replaced;
	job->given.ingest.stored_context = job;
	status = ingest(job);
	casefile_close(&job->casefile);
	buf_release(&job->inputs);
	buf_release(&job->dropped);
	return status;
}

/* The command that is checked may have a CASE before its sources, which is neither read
 * nor made: one that is there, or a name that no file has. */
static void pass_case(struct ingest_job *job)
{
	const char *name = job->inv->operands[0];
	char shown[80];

	job->first = 0;
	if (job->inv->operand_count < 2 || !strcmp(name, "-") ||
	    (access(name, F_OK) == 0 && !casefile_looks(name)))
		return;
	job->first = 1;
	observer_notice(&job->inv->observer, "%s: is the case, and is neither read nor "
					     "made: --check",
			text_escape(text_of(name), shown, sizeof(shown)));
}

static bool has_references(const struct ingest_job *job, enum status *status)
{
	*status = identity_check(job->inv, "case", job->reference);
	if (*status == STATUS_OK)
		*status = identity_check(job->inv, "exhibit", job->given.ingest.exhibit);
	return *status == STATUS_OK;
}

static bool has_source(struct ingest_job *job, enum status *status)
{
	const bool checks = job->given.ingest.check;

	if (checks && (job->discard || job->given.ingest.replace)) {
		*status = command_usage(job->inv, "--check stores nothing, so that it "
						  "goes with neither --replace nor "
						  "--discard-unfinished");
		return false;
	}
	job->first = 1;
	if (checks)
		pass_case(job);
	if (job->discard || job->inv->operand_count > job->first)
		return true;
	*status = command_usage(job->inv, "usage: unspoof ingest " SYNOPSIS);
	return false;
}

const struct step_option options_of_ingest[] = {
	{ 0, "max-rejects", "N", "exit with 3 when more rows are rejected", OPTION_COUNT,
	  offsetof(struct ingest_job, given.ingest.max_rejects), RUN_SAME, NULL, NULL },
	{ 0, "expect-sha256", "HASH", "take SOURCE only if it has this SHA-256", OPTION_TEXT,
	  offsetof(struct ingest_job, expected), RUN_SAME, NULL, NULL },
	{ 0, "replace", NULL, "read a known source again where options differ, in its place", OPTION_FLAG,
	  offsetof(struct ingest_job, given.ingest.replace), NULL, NULL, NULL },
	{ 0, "check", NULL, "read all and report, but store nothing; CASE may be left out", OPTION_FLAG,
	  offsetof(struct ingest_job, given.ingest.check), NULL, NULL, NULL },
	{ 0, "case", "REF", "the reference of the case, once", OPTION_TEXT,
	  offsetof(struct ingest_job, reference), "reference of the case, once", NULL, NULL },
	{ 0, "exhibit", "REF", "the reference these sources were seized under", OPTION_TEXT,
	  offsetof(struct ingest_job, given.ingest.exhibit), "reference the sources were seized under", NULL, NULL },
	{ 0, "discard-unfinished", NULL, "take out a source that is not wholly ingested", OPTION_FLAG,
	  offsetof(struct ingest_job, discard), NULL, NULL, NULL },
	{ 0 },
};
OPTION_TABLE_FITS(options_of_ingest, INGEST_ROWS_MOST);

enum status command_ingest(struct invocation *inv)
{
	struct ingest_job job = { .inv = inv, .given.ingest = ingest_options_none() };
	struct option_row rows[OPTION_ROWS] = { 0 };
	const size_t count = step_option_rows(options_of_source, &job.given, rows);
	enum status status;

	(void)step_option_rows(options_of_ingest, &job, rows + count);
	if (command_options(inv, SYNOPSIS, rows, 1, -1, &status) &&
	    dump_options_list(inv, &job.given.dumps, &status) &&
	    has_references(&job, &status) && has_source(&job, &status) &&
	    expected_take(inv, job.expected, inv->operand_count - job.first, job.sha256, &status) &&
	    source_options_take(inv, &job.given, job.first, &status))
		status = inv->rehearsal ? STATUS_OK : run(&job);
	source_options_release(&job.given);
	return status;
}
