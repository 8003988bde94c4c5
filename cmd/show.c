/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof show: one thing of a case, with the rows that say so. */
#include <string.h>

#include "cmd/common/command.h"
#include "cmd/common/output.h"
#include "cmd/common/region_option.h"
#include "export/show.h"

static enum status take_region(struct invocation *inv, const char **region)
{
	return *region && strcmp(inv->operands[1], "number") != 0 ? command_usage(inv, "--region is for numbers")
								 : region_option(inv, region);
}

enum status command_show(struct invocation *inv)
{
	const char *format = NULL;
	bool exact = false, verbose = false;
	const char *region = NULL;
	struct casefile casefile;
	struct output output;
	const struct option_row options[] = {
		{ 'r', "region", "REGION", "read the number as in this region, such as GB", OPTION_TEXT, &region },
		OUTPUT_FORMAT(&format),
		OUTPUT_EXACT(&exact),
		OUTPUT_VERBOSE(&verbose),
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE call|account|suspect|number ID", options, 3, 3, &status))
		return status;
	status = take_region(inv, &region);
	if (status != STATUS_OK)
		return status;
	command_catch_interrupts();
	status = command_open(inv, &casefile, inv->operands[0], CASEFILE_READ);
	if (status != STATUS_OK)
		return status;
	status = output_open(&output, inv, format, NULL, false, &casefile);
	if (status == STATUS_OK) {
		output.writer.options.exact = exact;
		/* Here the values matter more than the columns: none is cut. */
		output.writer.options.width = 0;
		status = show_thing(&casefile, inv->operands[1], inv->operands[2], region, &inv->observer,
				    &output.writer);
		status = output_close(&output, status, &casefile.error);
		if (status == STATUS_OK)
			status = output_tell_read(inv, &casefile, verbose);
	}
	casefile_close(&casefile);
	return status;
}
