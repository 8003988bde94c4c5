/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof sniff: what a dump looks like, how sure that is, and why. */
#include <stdio.h>
#include <string.h>

#include "cmd/common/options.h"
#include "cmd/common/sources.h"
#include "ingest/ingest.h"

/* A line `    name: value`. */
static void print_line(const char *name, const char *value)
{
	if (value)
		(void)printf("    %s: %s\n", name, value);
}

/* `role=column` lines on one line. */
static void print_mapping(const char *mapping)
{
	const char *end;

	if (!mapping || !*mapping)
		return;
	(void)printf("    roles:");
	for (; (end = strchr(mapping, '\n')); mapping = end + 1)
		(void)printf(" %.*s%s", (int)(end - mapping), mapping,
			     end[1] ? "," : "");
	(void)putchar('\n');
}

static void print_report(void *context, const struct sniff_report *report)
{
	(void)context;
	(void)printf("%s\n", report->source);
	print_line("compression", report->compression);
	print_line("dialect", report->dialect);
	if (report->dialect)
		(void)printf("    fields in most rows: %zu\n", report->width);
	print_line("columns", report->columns);
	for (size_t i = 0; i < report->bid_count; i++)
		(void)printf("    looks like: kind %s, profile %s, %u points: %s\n",
			     report->bids[i].kind, report->bids[i].profile,
			     report->bids[i].points, report->bids[i].why);
	print_mapping(report->mapping);
	print_line("problem", report->problem);
}

static enum status sniff(const struct invocation *inv,
			 const struct ingest_options *options)
{
	enum status worst = STATUS_OK;

	for (int i = 0; i < inv->operand_count; i++) {
		struct error error = { .status = STATUS_OK };
		enum status status = ingest_sniff(options, inv->operands[i],
						  &inv->observer, print_report,
						  NULL, &error);

		if (status == STATUS_INTERRUPTED)
			return command_error(inv, &error);
		if (status == STATUS_USAGE)
			return command_usage(inv, "%s", error.text);
		if (status != STATUS_OK)
			worst = command_error(inv, &error);
	}
	return worst;
}

enum status command_sniff(struct invocation *inv)
{
	struct source_options given = { .ingest = ingest_options_none() };
	struct option_row rows[OPTION_ROWS] = { 0 };
	enum status status;

	command_catch_interrupts();
	(void)step_option_rows(options_of_source, &given, rows);
	if (command_options(inv, "[OPTION]... SOURCE...", rows, 1, -1, &status) &&
	    source_options_take(inv, &given, 0, &status))
		status = sniff(inv, &given.ingest);
	source_options_release(&given);
	return status;
}
