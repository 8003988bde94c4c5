/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof query: one read-only SQL statement over a case. */
#include "cmd/common/command.h"
#include "cmd/common/output.h"
#include "export/query.h"

enum status command_query(struct invocation *inv)
{
	const char *format = NULL;
	bool exact = false, verbose = false;
	struct casefile casefile;
	struct output output;
	const struct option_row options[] = {
		OUTPUT_FORMAT(&format),
		OUTPUT_EXACT(&exact),
		OUTPUT_VERBOSE(&verbose),
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE 'SQL'", options, 2, 2, &status))
		return status;
	command_catch_interrupts();
	status = command_open(inv, &casefile, inv->operands[0], CASEFILE_READ);
	if (status != STATUS_OK)
		return status;
	status = output_open(&output, inv, format, NULL, false, &casefile);
	if (status == STATUS_OK) {
		output.writer.options.exact = exact;
		status = query_run(&casefile, inv->operands[1], &inv->observer, &output.writer);
		status = output_close(&output, status, &casefile.error);
		if (status == STATUS_OK)
			status = output_tell_read(inv, &casefile, verbose);
	}
	casefile_close(&casefile);
	return status;
}
