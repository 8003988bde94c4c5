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

void step_begin(struct step_arguments *arguments, const struct invocation *inv, const char *name, size_t room)
{
	char threads[24];

	*arguments = (struct step_arguments){ calloc(room + COMMON + 1, sizeof(char *)), 0, false };
	step_add(arguments, name);
	if (inv->quiet)
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
	*arguments = (struct step_arguments){ NULL, 0, false };
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
	struct invocation own = { .argc = arguments->count, .argv = arguments->items };
	enum status status = STATUS_FAILED;

	if (arguments->failed) {
		(void)command_fail(inv, STATUS_FAILED, "out of memory");
	} else {
		own.command = command_of(arguments->items[0]);
		memcpy(own.started, inv->started, sizeof(own.started));
		own.arguments = command_arguments(own.argc, own.argv);
		status = own.command->run(&own);
		free(own.arguments);
	}
	release(arguments);
	return status;
}
