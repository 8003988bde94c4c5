/* SPDX-License-Identifier: Apache-2.0 */
/* Commands run by others. */
#include "cmd/common/steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define COMMON 4           /* the name, --quiet, --threads N */

void step_add(struct step_arguments *arguments, const char *text)
{
	char *copy = arguments->items ? memory_text(text, strlen(text)) : NULL;

	if (!copy) {
		arguments->failed = true;
		return;
	}
	arguments->items[arguments->count++] = copy;
}

void step_begin(struct step_arguments *arguments, const struct invocation *inv, struct rehearsal *rehearsal,
		const char *name, size_t room)
{
	char threads[24];

	*arguments = (struct step_arguments){ calloc(room + COMMON + 1, sizeof(char *)), 0, false,
						rehearsal };
	step_add(arguments, name);
	if (inv->quiet || rehearsal)
		step_add(arguments, "--quiet");
	if (!inv->threads)
		return;
	(void)snprintf(threads, sizeof(threads), "%llu", (unsigned long long)inv->threads);
	step_add(arguments, "--threads");
	step_add(arguments, threads);
}

static void release(struct step_arguments *arguments)
{
	for (int i = 0; i < arguments->count; i++)
		free(arguments->items[i]);
	free(arguments->items);
	*arguments = (struct step_arguments){ NULL, 0, false, NULL };
}

static const struct command *command_of(const char *name)
{
	const struct command *command = commands;

	while (strcmp(command->name, name))
		command++;
	return command;
}

enum status step_run(const struct invocation *inv, struct step_arguments *arguments)
{
	struct invocation own = { .argc = arguments->count, .argv = arguments->items,
				  .rehearsal = arguments->rehearsal };
	const struct command *command;
	enum status status = STATUS_FAILED;

	if (arguments->failed) {
		(void)command_fail(inv, STATUS_FAILED, "out of memory");
	} else {
		command = command_of(arguments->items[0]);
		own.command = own.rehearsal ? inv->command : command;
		memcpy(own.started, inv->started, sizeof(own.started));
		own.arguments = command_arguments(own.argc, own.argv);
		own.custody.operator = inv->custody.operator;
		own.custody.purpose = inv->custody.purpose;
		own.custody.log = inv->custody.log;
		status = command->run(&own);
		custody_close(&own, status);
		free(own.arguments);
	}
	release(arguments);
	return status;
}
