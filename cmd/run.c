/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof run: the four steps in one, each as its own command would be run, so
 * that the runs of the case say how to repeat them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cmd/command.h"

/* An option handed on to a step. */
struct handed {
	char letter;
	const char *name;
	const char *argument;    /* in the help */
	const char *help;
	const char *step;
};

static const struct handed handed[] = {
	{ 'r', "region", "REGION", "region of national numbers, as GB", "ingest" },
	{ 0, "tech-prefix", "LIST", "what carriers put before numbers, as 9#,77788",
	  "ingest" },
	{ 'z', "zone", "ZONE", "zone of times without one (UTC)", "ingest" },
	{ 'c', "source-currency", "CODE", "currency of amounts without one",
	  "ingest" },
	{ 0, "service", "NAME", "name of the service", "ingest" },
	{ 0, "max-rejects", "N", "exit with 3 when more rows are rejected",
	  "ingest" },
	{ 0, "date-order", "ORDER", "dmy or mdy, where a source does not tell",
	  "normalise" },
	{ 0, "currency", "CODE", "conclude amounts in this currency (GBP)",
	  "correlate" },
	{ 0, "threshold", "AMOUNT", "a spend to be noticed (100)", "correlate" },
	{ 0, "long", "SECONDS", "a long call has more talk (60)", "correlate" },
	{ 0, "hub", "N", "what more accounts share ties none (20)", "correlate" },
	{ 0, "report-window", "MINUTES", "from a report to its call (30)",
	  "correlate" },
	{ 0, "link", "LIST", "what ties accounts", "correlate" },
	{ 0, "score", "FILE", "the bands of points", "correlate" },
	{ 0, "memory", "SIZE", "what tables take, as 512M; the rest is on disk",
	  "correlate" },
	{ 0, "temporary", "DIR", "where the rest is (that of CASE)", "correlate" },
	{ 'f', "format", "FORMAT", "of the suspects printed at the end", "export" },
	{ 0, "top", "N", "print the first N suspects", "export" },
	{ 0, "min-spend", "AMOUNT", "print suspects who spent this", "export" },
	{ 0, "rank-by", "KEY", "spend, victims, calls or loss", "export" },
};

#define HANDED (sizeof(handed) / sizeof(handed[0]))

/* The arguments of a step while they are gathered. */
struct arguments {
	char **items;
	int count;
	bool failed;
};

static void add(struct arguments *arguments, const char *text)
{
	char *copy = memory_text(text, strlen(text));

	if (!copy) {
		arguments->failed = true;
		return;
	}
	arguments->items[arguments->count++] = copy;
}

static void release(struct arguments *arguments)
{
	for (int i = 0; i < arguments->count; i++)
		free(arguments->items[i]);
	free(arguments->items);
}

/* --currency means one thing to ingest and another to correlate: here it is
 * correlate's, and ingest's is --source-currency. */
static const char *name_in_step(const struct handed *option)
{
	return strcmp(option->name, "source-currency") ? option->name
							   : "currency";
}

/* Those that every command has. */
static void add_common(struct arguments *arguments, const struct invocation *inv)
{
	char threads[24];

	if (inv->quiet)
		add(arguments, "--quiet");
	if (!inv->threads)
		return;
	(void)snprintf(threads, sizeof(threads), "%llu",
		       (unsigned long long)inv->threads);
	add(arguments, "--threads");
	add(arguments, threads);
}

static void add_options(struct arguments *arguments, const struct invocation *inv,
			const char *step, const char *const *values)
{
	char option[40];

	add(arguments, step);
	add_common(arguments, inv);
	for (size_t i = 0; i < HANDED; i++) {
		if (!values[i] || strcmp(handed[i].step, step))
			continue;
		(void)snprintf(option, sizeof(option), "--%s",
			       name_in_step(&handed[i]));
		add(arguments, option);
		add(arguments, values[i]);
	}
	add(arguments, "--");
}

static const struct command *command_of(const char *name)
{
	const struct command *command = commands;

	while (strcmp(command->name, name))
		command++;
	return command;
}

/* Runs a step with its options, then operands. */
static enum status step(const struct invocation *inv, const char *name,
			const char *const *values, char **operands, int count)
{
	struct arguments arguments = { NULL, 0, false };
	struct invocation own = { .command = command_of(name) };
	enum status status = STATUS_FAILED;

	arguments.items = calloc(2 * HANDED + (size_t)count + 10, sizeof(char *));
	if (!arguments.items)
		return command_fail(inv, STATUS_FAILED, "out of memory");
	add_options(&arguments, inv, name, values);
	for (int i = 0; i < count; i++)
		add(&arguments, operands[i]);
	own.argc = arguments.count;
	own.argv = arguments.items;
	memcpy(own.started, inv->started, sizeof(own.started));
	own.arguments = command_arguments(own.argc, own.argv);
	if (arguments.failed)
		(void)command_fail(inv, STATUS_FAILED, "out of memory");
	else
		status = own.command->run(&own);
	free(own.arguments);
	release(&arguments);
	return status;
}

static enum status all_steps(struct invocation *inv, const char *const *values)
{
	char suspects[] = "suspects";
	char *exported[] = { inv->operands[0], suspects };
	enum status ingested = step(inv, "ingest", values, inv->operands,
				    inv->operand_count);
	enum status status = ingested;

	/* More rejects than allowed is a finding: the steps go on, and the exit
	 * status says so at the end. */
	if (status == STATUS_OK || status == STATUS_REJECTS)
		status = step(inv, "normalise", values, inv->operands, 1);
	if (status == STATUS_OK)
		status = step(inv, "correlate", values, inv->operands, 1);
	if (status == STATUS_OK)
		status = step(inv, "export", values, exported, 2);
	return status == STATUS_OK ? ingested : status;
}

enum status command_run(struct invocation *inv)
{
	struct option_row rows[HANDED + 1];
	const char *values[HANDED] = { NULL };
	enum status status;

	memset(rows, 0, sizeof(rows));
	for (size_t i = 0; i < HANDED; i++) {
		rows[i].letter = handed[i].letter;
		rows[i].name = handed[i].name;
		rows[i].argument = handed[i].argument;
		rows[i].help = handed[i].help;
		rows[i].type = OPTION_TEXT;
		rows[i].value = &values[i];
	}
	if (!command_options(inv, "[OPTION]... CASE SOURCE...", rows, 2, -1,
			     &status))
		return status;
	return all_steps(inv, values);
}
