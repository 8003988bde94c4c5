/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof redo: a case understood and concluded anew, with the settings that are in force. */
#include <stddef.h>

#include "cmd/common/options.h"
#include "cmd/common/steps.h"

/* The values of the options. */
struct asked {
	const char *memory, *temporary;        /* NULL: the defaults of the steps */
};

static void add_option(struct step_arguments *arguments, const char *option, const char *value)
{
	if (!value)
		return;
	step_add(arguments, option);
	step_add(arguments, value);
}

static enum status step(const struct invocation *inv, const char *name, const struct asked *asked)
{
	struct step_arguments arguments;

	step_begin(&arguments, inv, NULL, name, 6);
	add_option(&arguments, "--memory", asked->memory);
	add_option(&arguments, "--temporary", asked->temporary);
	step_add(&arguments, "--");
	step_add(&arguments, inv->operands[0]);
	return step_run(inv, &arguments);
}

enum status command_redo(struct invocation *inv)
{
	struct asked asked = { NULL, NULL };
	const struct option_row rows[] = {
		{ 0, "memory", "SIZE", "what tables take, as 512M; the rest is on disk", OPTION_TEXT, &asked.memory },
		{ 0, "temporary", "DIR", "where the rest is for the time being (that of CASE)", OPTION_TEXT, &asked.temporary },
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE", rows, 1, 1, &status))
		return status;
	status = step(inv, "normalise", &asked);
	return status == STATUS_OK ? step(inv, "correlate", &asked) : status;
}
