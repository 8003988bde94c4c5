/* SPDX-License-Identifier: Apache-2.0 */
/* A command as a step of another one: run as it would be by itself, so that the runs of the
 * case say how to repeat it. */
#ifndef UNSPOOF_CMD_COMMON_STEPS_H
#define UNSPOOF_CMD_COMMON_STEPS_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/common/command.h"

/* The arguments of a step while they are gathered; they own their texts. */
struct step_arguments {
	char **items;
	int count;
	bool failed;           /* out of memory */
	struct rehearsal *rehearsal;   /* NULL: the step is run */
};

/* Begins with the name of the step and the options that every command has, with room for so
 * many more arguments. With a rehearsal, in the name of `inv`, what is said beside errors is
 * left to the run. Whatever it returns, step_run() is to follow. */
void step_begin(struct step_arguments *arguments, const struct invocation *inv, struct rehearsal *rehearsal,
		const char *name, size_t room);
/* Adds a copy of a text. */
void step_add(struct step_arguments *arguments, const char *text);
/* Runs the step, which says its errors, and frees its arguments. */
enum status step_run(const struct invocation *inv, struct step_arguments *arguments);

#endif
