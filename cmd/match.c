/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof match: a watch-list held against a case. */
#include <string.h>

#include "cmd/common/command.h"
#include "cmd/common/output.h"
#include "cmd/common/region_option.h"
#include "cmd/common/text_file.h"
#include "export/match/match.h"
#include "export/match/match_hits.h"

struct asked {
	struct match_options options;
	const char *format;
	bool exact;
};

static enum status read_list(struct invocation *inv, struct match_options *options, struct buf *text)
{
	const char *path = inv->operands[1];
	char shown[300];
	int error;

	options->name = strcmp(path, "-") ? path : "standard input";
	error = text_file_read(path, MATCH_FILE_MOST, text);
	(void)text_escape(text_of(options->name), shown, sizeof(shown));
	if (error)
		return command_fail(inv, STATUS_FAILED, "%s: %s", shown, strerror(error));
	if (text->failed)
		return command_fail(inv, STATUS_FAILED, "out of memory");
	if (text->len > MATCH_FILE_MOST)
		return command_fail(inv, STATUS_FAILED, "%s: no list of identifiers: it has over %u MiB", shown, MATCH_FILE_MOST >> 20);
	options->list = buf_view(text);
	return STATUS_OK;
}

static enum status match(struct invocation *inv, const struct asked *asked)
{
	struct casefile casefile;
	struct output output;
	enum status status = command_open(inv, &casefile, inv->operands[0], CASEFILE_READ);

	if (status != STATUS_OK)
		return status;
	status = output_open(&output, inv, asked->format, NULL, false, &casefile);
	if (status == STATUS_OK) {
		output.writer.options.exact = asked->exact;
		status = match_write(&casefile, &asked->options, &inv->observer, &output.writer);
		status = output_close(&output, status, &casefile.error);
	}
	casefile_close(&casefile);
	return status;
}

enum status command_match(struct invocation *inv)
{
	struct asked asked = { .format = NULL };
	uint64_t rows = 1;
	struct buf text = { 0 };
	const struct option_row options[] = {
		{ 'r', "region", "REGION", "read national numbers of the list as in this region, such as GB", OPTION_TEXT,
		  &asked.options.region },
		{ 0, "rows", "N", "print up to N rows of each hit (1)", OPTION_COUNT, &rows },
		OUTPUT_FORMAT(&asked.format),
		OUTPUT_EXACT(&asked.exact),
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE LIST", options, 2, 2, &status))
		return status;
	if (rows < 1 || rows > MATCH_ROWS_MOST)
		return command_usage(inv, "--rows is 1 to %d", MATCH_ROWS_MOST);
	asked.options.rows = (unsigned)rows;
	asked.options.threads = command_threads(inv);
	status = region_option(inv, &asked.options.region);
	if (status == STATUS_OK)
		status = output_check(inv, asked.format);
	command_catch_interrupts();
	if (status == STATUS_OK)
		status = read_list(inv, &asked.options, &text);
	if (status == STATUS_OK)
		status = match(inv, &asked);
	buf_release(&text);
	return status;
}
