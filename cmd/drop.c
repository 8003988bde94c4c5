/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof drop: sources taken out of a case, recorded. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "casefile/checkpoint.h"
#include "casefile/mend/drop.h"
#include "casefile/mend/overwrite.h"
#include "cmd/common/command.h"

#define SYNOPSIS "[OPTION]... CASE SOURCE..."

/* One run of the command. */
struct drop_job {
	struct invocation *inv;
	struct casefile casefile;
	int64_t *ids;
	size_t count;
	bool finished;          /* the overwriting that was due */
	uint64_t rows;          /* that were accepted of them */
	struct buf inputs, list;        /* JSON, without the brackets */
};

static bool is_listed(const struct drop_job *job, int64_t id)
{
	for (size_t i = 0; i < job->count; i++)
		if (job->ids[i] == id)
			return true;
	return false;
}

static void add(struct drop_job *job, const struct source_row *source)
{
	const char *comma = job->count ? "," : "";

	buf_format(&job->inputs, "%s{\"source\":%lld,\"path\":", comma,
		   (long long)source->id);
	json_string(&job->inputs, text_of(source->path));
	buf_text(&job->inputs, ",\"member\":");
	json_string(&job->inputs, text_of(source->member));
	buf_format(&job->inputs, ",\"sha256\":\"%s\"}", source->sha256);
	buf_format(&job->list, "%s%lld", comma, (long long)source->id);
	job->rows += source->accepted;
	job->ids[job->count++] = source->id;
}

/* The same command goes on where it ended before all was overwritten. */
static enum status dropped_before(struct drop_job *job, const struct drop_find *found,
				  const char *given)
{
	char shown[300];

	if (job->finished)
		return STATUS_OK;
	return error_set(&job->casefile.error, STATUS_FAILED,
			 "%s: was dropped already, as source %lld by run %lld",
			 text_escape(text_of(given), shown, sizeof(shown)),
			 (long long)found->row.id, (long long)found->dropped_by);
}

/* Both SOURCEs that name one source are the same. */
static enum status find(struct drop_job *job, const char *given)
{
	struct drop_find found;
	enum status status = drop_find(&found, &job->casefile, given,
				       &job->inv->observer);

	if (status == STATUS_OK && found.dropped_by != 0)
		status = dropped_before(job, &found, given);
	else if (status == STATUS_OK && !is_listed(job, found.row.id))
		add(job, &found.row);
	drop_find_release(&found);
	return status;
}

static enum status find_all(struct drop_job *job)
{
	const struct invocation *inv = job->inv;
	enum status status = checkpoint_none(&job->casefile);

	for (int i = 1; i < inv->operand_count && status == STATUS_OK; i++)
		status = find(job, inv->operands[i]);
	return status;
}

static enum status record(struct drop_job *job)
{
	struct buf inputs = { 0 }, outputs = { 0 };
	enum status status;

	buf_format(&inputs, "[%s]", job->inputs.data ? job->inputs.data : "");
	buf_format(&outputs, "{\"dropped\":[%s],\"rows\":%llu}",
		   job->list.data ? job->list.data : "", (unsigned long long)job->rows);
	status = inputs.failed || outputs.failed || job->inputs.failed || job->list.failed
			 ? error_memory(&job->casefile.error)
			 : command_record_quietly(job->inv, &job->casefile, LAYER_FOUND, "{}",
						  inputs.data, outputs.data);
	buf_release(&inputs);
	buf_release(&outputs);
	return status;
}

/* All of it in one transaction, which the record ends. */
static enum status drop_all(struct drop_job *job)
{
	enum status status = drop_sources(&job->casefile, job->ids, job->count,
					  (unsigned)command_threads(job->inv),
					  &job->inv->observer);

	return status == STATUS_OK ? record(job) : status;
}

static void tell(const struct drop_job *job)
{
	observer_notice(&job->inv->observer,
			"%llu %s out of the case, with %llu %s; what was understood and "
			"concluded was dropped too: run `unspoof normalise CASE`, then "
			"`unspoof correlate CASE`, or `unspoof redo CASE`, which does both "
			"as before", (unsigned long long)job->count,
			job->count == 1 ? "source is" : "sources are",
			(unsigned long long)job->rows, job->rows == 1 ? "row" : "rows");
}

/* What an earlier one left to be done first. */
static enum status drop(struct drop_job *job)
{
	struct casefile *casefile = &job->casefile;
	enum status status = overwrite_due(casefile, &job->finished);

	if (status == STATUS_OK)
		status = overwrite_finish(casefile);
	if (status == STATUS_OK)
		status = casefile_begin(casefile);
	if (status == STATUS_OK)
		status = find_all(job);
	if (status == STATUS_OK && job->count > 0) {
		status = drop_all(job);
		if (status == STATUS_OK)
			tell(job);
		if (status == STATUS_OK)
			status = overwrite_finish(casefile);
	}
	return status == STATUS_OK ? status : command_error(job->inv, &casefile->error);
}

static enum status run(struct drop_job *job)
{
	struct invocation *inv = job->inv;
	enum status status = command_open(inv, &job->casefile, inv->operands[0],
					  CASEFILE_WRITE);

	if (status != STATUS_OK)
		return status;
	command_catch_interrupts();
	casefile_watch(&job->casefile, &inv->observer);
	job->ids = memory_array(NULL, (size_t)inv->operand_count, sizeof(*job->ids));
	status = job->ids ? drop(job)
			  : command_fail(inv, STATUS_FAILED, "out of memory");
	casefile_close(&job->casefile);
	free(job->ids);
	buf_release(&job->inputs);
	buf_release(&job->list);
	return status;
}

enum status command_drop(struct invocation *inv)
{
	struct drop_job job = { .inv = inv };
	const struct option_row rows[] = { { 0 } };
	enum status status;

	return command_options(inv, SYNOPSIS, rows, 2, -1, &status) ? run(&job) : status;
}
