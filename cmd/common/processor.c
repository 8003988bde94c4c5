/* SPDX-License-Identifier: Apache-2.0 */
/* --processor LEVEL, by which tests and measurements hold any command to a lower
 * level of the processor. No command's table has it, so that it is in no help and
 * makes no abbreviation of another option ambiguous. */
#include <string.h>

#include "base/cpu.h"
#include "cmd/common/command.h"

static const char option[] = "--processor";

static enum status hold(const struct invocation *inv, const char *name)
{
	enum cpu_level level;
	char shown[80];

	if (!cpu_named(name, &level))
		return command_usage(inv, "%s takes plain, sse2, avx2 or avx512, not '%s'",
				     option,
				     text_escape(text_of(name), shown, sizeof(shown)));
	if (!cpu_limit(level))
		return command_usage(inv, "%s: there is no %s here, at most %s", option,
				     name, cpu_name(cpu_level()));
	return STATUS_OK;
}

/* Takes count arguments out from place i on. */
static void take_out(struct invocation *inv, int i, int count)
{
	inv->argc -= count;
	memmove(inv->argv + i, inv->argv + i + count,
		(size_t)(inv->argc - i + 1) * sizeof(*inv->argv));
}

enum status command_processor(struct invocation *inv)
{
	const size_t len = sizeof(option) - 1;
	enum status status = STATUS_OK;

	for (int i = 1; i < inv->argc && status == STATUS_OK;) {
		const char *argument = inv->argv[i];

		if (!strcmp(argument, "--"))
			break;
		if (strncmp(argument, option, len) != 0 ||
		    (argument[len] != '\0' && argument[len] != '=')) {
			i++;
		} else if (argument[len] == '=') {
			status = hold(inv, argument + len + 1);
			take_out(inv, i, 1);
		} else if (i + 1 == inv->argc) {
			return command_usage(inv, "option '%s' needs an argument", option);
		} else {
			status = hold(inv, inv->argv[i + 1]);
			take_out(inv, i, 2);
		}
	}
	return status;
}
