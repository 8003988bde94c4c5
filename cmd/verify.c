/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof verify: structure, sums, hash chain; sources against their hashes. */
#include <stdio.h>

#include "casefile/verify/verify.h"
#include "cmd/command.h"
#include "cmd/terminal.h"

static void to_standard_error(void *context, const char *line)
{
	(void)context;
	(void)fprintf(stderr, "%s\n", line);
}

static enum status verify(struct invocation *inv, struct casefile *casefile,
			  struct verify_counts *counts)
{
	/* What does not hold is told, however quiet the run is. */
	struct observer observer = inv->observer;
	enum status status;

	if (!observer.notice)
		observer.notice = to_standard_error;
	status = verify_case(casefile, (unsigned)command_threads(inv), &observer,
			     counts);
	if (status == STATUS_OK && inv->operand_count == 1)
		status = verify_sources(casefile, &inv->observer, counts);
	for (int i = 1; i < inv->operand_count && status == STATUS_OK; i++)
		status = verify_source(casefile, inv->operands[i], &observer,
				       counts);
	return status;
}

/* What a command leaves that was killed before it stored anything. */
static enum status verify_empty(const struct invocation *inv,
				struct casefile *casefile)
{
	casefile_close(casefile);
	if (!inv->quiet)
		(void)printf("ok: an empty file: nothing was stored in it yet\n");
	return STATUS_OK;
}

enum status command_verify(struct invocation *inv)
{
	struct verify_counts counts = { 0 };
	struct casefile casefile;
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE [SOURCE]...", NULL, 1, -1,
			     &status))
		return status;
	command_catch_interrupts();
	status = casefile_open(&casefile, inv->operands[0], CASEFILE_READ);
	if (casefile.empty)
		return verify_empty(inv, &casefile);
	if (status != STATUS_OK) {
		(void)command_error(inv, &casefile.error);
		casefile_close(&casefile);
		return status;
	}
	casefile_watch(&casefile, &inv->observer);
	status = verify(inv, &casefile, &counts);
	terminal_clear_progress();
	if (status != STATUS_OK)
		(void)command_error(inv, &casefile.error);
	else if (counts.failures)
		status = command_fail(inv, STATUS_INTEGRITY,
				      "%llu %s not hold",
				      (unsigned long long)counts.failures,
				      counts.failures == 1 ? "thing does"
							   : "things do");
	else if (!inv->quiet)
		(void)printf("ok: %llu calls in %llu segments, %lld runs, %llu "
			     "sources hashed, %llu not here\n",
			     (unsigned long long)counts.calls,
			     (unsigned long long)counts.segments,
			     (long long)counts.runs,
			     (unsigned long long)counts.sources,
			     (unsigned long long)counts.absent);
	casefile_close(&casefile);
	return status;
}
