/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof why: the evidence between two accounts or suspects. */
#include "cmd/common/command.h"
#include "cmd/common/output.h"
#include "export/why/why.h"

enum status command_why(struct invocation *inv)
{
	const char *format = NULL;
	bool exact = false;
	struct casefile casefile;
	struct output output;
	const struct option_row options[] = {
		OUTPUT_FORMAT(&format),
		OUTPUT_EXACT(&exact),
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE A B", options, 3, 3, &status))
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
		status = why_write(&casefile, inv->operands[1], inv->operands[2], &inv->observer, &output.writer);
		status = output_close(&output, status, &casefile.error);
	}
	casefile_close(&casefile);
	return status;
}
