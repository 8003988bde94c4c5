/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof sniff: what a dump looks like, how sure that is, and why. */
#include <string.h>

#include "cmd/common/options.h"
#include "cmd/common/output.h"
#include "cmd/common/sources.h"
#include "cmd/sniffing/list.h"
#include "cmd/sniffing/print.h"
#include "ingest/ingest.h"

#define SYNOPSIS "[OPTION]... SOURCE..."

/* One run of the command. */
struct sniffing {
	struct invocation *inv;
	struct source_options given;
	struct sniff_options wanted;
	const char *format;         /* NULL: for people */
	struct output output;       /* else */
	bool cut;                   /* there was no memory for all lines */
	unsigned width;             /* of the terminal; 0: it is none, and lines are as long as they are */
};

static void take_report(void *context, const struct sniff_report *report)
{
	struct sniffing *sniffing = context;

	if (sniffing->format)
		/* A failure stays with the writer. */
		(void)sniff_list_add(&sniffing->output.writer, report);
	else if (report->brief)
		sniffing->cut |= !sniff_print_brief(sniffing->width, report);
	else
		sniffing->cut |= !sniff_print_full(sniffing->width, report);
}

static enum status sniff_all(struct sniffing *sniffing)
{
	struct invocation *inv = sniffing->inv;
	enum status worst = STATUS_OK;

	for (int i = 0; i < inv->operand_count; i++) {
		struct error error = { .status = STATUS_OK };
		enum status status = ingest_sniff(&sniffing->given.ingest, &sniffing->wanted, inv->operands[i],
						  &inv->observer, take_report, sniffing, &error);

		if (status == STATUS_INTERRUPTED)
			return command_error(inv, &error);
		if (status == STATUS_USAGE)
			return command_usage(inv, "%s", error.text);
		if (status != STATUS_OK)
			worst = command_error(inv, &error);
	}
	if (sniffing->cut)
		worst = command_fail(inv, STATUS_FAILED, "out of memory: lines are left out");
	return worst;
}

/* A list for programs, or a table of it. */
static enum status sniff_list(struct sniffing *sniffing)
{
	struct writer *writer = &sniffing->output.writer;
	enum status written, status = output_open(&sniffing->output, sniffing->inv, sniffing->format, NULL, false, NULL);
	struct error none = { .status = STATUS_OK };

	if (status != STATUS_OK)
		return status;
	sniffing->wanted.list = true;
	written = sniff_list_begin(writer);
	if (written == STATUS_OK)
		status = sniff_all(sniffing);
	if (written == STATUS_OK)
		written = writer_end(writer);
	if (written != STATUS_OK)
		none = writer->error;
	written = output_close(&sniffing->output, written, &none);
	return status == STATUS_OK ? written : status;
}

static bool has_source(const struct invocation *inv, enum status *status)
{
	if (inv->operand_count > 0)
		return true;
	*status = command_usage(inv, "usage: unspoof sniff " SYNOPSIS);
	return false;
}

enum status command_sniff(struct invocation *inv)
{
	struct sniffing sniffing = { .inv = inv, .given = { .ingest = ingest_options_none() } };
	const struct option_row own[] = {
		{ 0, "quick", NULL, "the first bytes alone, where there are several tables too", OPTION_FLAG,
		  &sniffing.wanted.quick },
		OUTPUT_FORMAT(&sniffing.format),
	};
	struct option_row rows[OPTION_ROWS] = { 0 };
	size_t count;
	enum status status;

	command_catch_interrupts();
	count = step_option_rows(options_of_source, &sniffing.given, rows);
	memcpy(rows + count, own, sizeof(own));
	if (command_options(inv, SYNOPSIS, rows, 0, -1, &status) &&
	    dump_options_list(inv, &sniffing.given.dumps, &status) && has_source(inv, &status) &&
	    source_options_take(inv, &sniffing.given, 0, &status)) {
		sniffing.given.ingest.threads = command_threads(inv);
		sniffing.wanted.table = sniffing.given.ingest.table;
		sniffing.width = terminal_width();
		source_options_set_room(&sniffing.given, NULL);
		status = sniffing.format ? sniff_list(&sniffing) : sniff_all(&sniffing);
	}
	source_options_release(&sniffing.given);
	return status;
}
