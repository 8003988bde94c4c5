/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof export: a table of a case. */
#include "cmd/command.h"
#include "cmd/output.h"
#include "export/tables.h"

enum status command_export(struct invocation *inv)
{
	const char *format = NULL;
	const char *path = NULL;
	bool force = false;
	struct export_options table = { 0 };
	struct casefile casefile;
	struct output output;
	const struct option_row options[] = {
		OUTPUT_FORMAT(&format),
		{ 0, "top", "N", "the first N rows of the ranking", OPTION_COUNT, &table.top },
		{ 0, "min-spend", "AMOUNT", "rows with this spend or more, in the case's currency", OPTION_TEXT,
		  &table.min_spend },
		{ 0, "rank-by", "KEY", "spend, victims, calls or loss", OPTION_TEXT, &table.rank_by },
		{ 'o', "output", "FILE", "write to FILE, which appears when it is whole", OPTION_TEXT, &path },
		{ 0, "force", NULL, "overwrite FILE", OPTION_FLAG, &force },
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE TABLE", options, 2, 2, &status))
		return status;
	command_catch_interrupts();
	status = command_open(inv, &casefile, inv->operands[0], CASEFILE_READ);
	if (status != STATUS_OK)
		return status;
	table.table = inv->operands[1];
	table.observer = &inv->observer;
	status = output_open(&output, inv, format, path, force, inv->operands[0]);
	if (status == STATUS_OK) {
		status = export_table(&casefile, &table, &output.writer);
		status = output_close(&output, status, &casefile.error);
	}
	casefile_close(&casefile);
	return status;
}
