/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof trace: the rows that a figure is made of. */
#include <stdio.h>

#include "cmd/common/command.h"
#include "cmd/common/output.h"
#include "cmd/common/region_option.h"
#include "export/trace/trace.h"

static enum status print_figures(struct invocation *inv)
{
	struct buf list = { 0 };
	enum status status = STATUS_OK;

	trace_list(&list);
	if (list.failed)
		status = command_fail(inv, STATUS_FAILED, "out of memory");
	else
		(void)fwrite(list.data, 1, list.len, stdout);
	buf_release(&list);
	return status;
}

static enum status trace(struct invocation *inv, const struct trace_asked *asked, const char *format, bool exact)
{
	struct casefile casefile;
	struct output output;
	enum status status = command_open(inv, &casefile, inv->operands[0], CASEFILE_READ);

	if (status != STATUS_OK)
		return status;
	status = output_open(&output, inv, format, NULL, false, &casefile);
	if (status == STATUS_OK) {
		output.writer.options.exact = exact;
		/* Here the values matter more than the columns: none is cut. */
		output.writer.options.width = 0;
		status = trace_write(&casefile, asked, &inv->observer, &output.writer);
		status = output_close(&output, status, &casefile.error);
	}
	casefile_close(&casefile);
	return status;
}

enum status command_trace(struct invocation *inv)
{
	const char *format = NULL;
	bool exact = false, figures = false;
	struct trace_asked asked = { .region = NULL };
	const struct option_row options[] = {
		{ 'r', "region", "REGION", "read a national number as in this region, such as GB", OPTION_TEXT, &asked.region },
		{ 0, "figures", NULL, "list what can be traced", OPTION_FLAG, &figures },
		OUTPUT_FORMAT(&format),
		OUTPUT_EXACT(&exact),
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE suspect|account|victim|presentation ID FIGURE", options, 0, 4, &status))
		return status;
	if (figures && inv->operand_count == 0)
		return print_figures(inv);
	if (inv->operand_count != 4)
		return command_usage(inv, "give CASE, what it is a figure of, its ID, and the FIGURE, as in `unspoof trace CASE suspect S1 spend`");
	asked.thing = inv->operands[1];
	asked.id = inv->operands[2];
	asked.figure = inv->operands[3];
	status = region_option(inv, &asked.region);
	command_catch_interrupts();
	return status == STATUS_OK ? trace(inv, &asked, format, exact) : status;
}
