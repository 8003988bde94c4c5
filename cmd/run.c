/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof run: the four steps in one, each as its own command would be run, so
 * that the runs of the case say how to repeat them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/currency.h"
#include "cmd/common/options.h"

/* Where the options come from that are handed on, in the order of the help. */
static const struct {
	const char *step;
	const struct step_option *options;
} sources[] = {
	{ "ingest", options_of_source },
	{ "ingest", options_of_ingest },
	{ "normalise", options_of_normalise },
	{ "correlate", options_of_correlate },
	{ "export", options_of_export },
};

/* An option handed on to a step, and what was given for it. */
struct handed {
	const struct step_option *option;
	const char *step;
	const char *value;      /* NULL: not given */
	struct option_list list;        /* of an option that may be given again */
	bool flag;              /* that one without an argument is given */
	struct handed *given;   /* where its value is: this one, or that of a step before
				 * that has the option too */
};

struct handed_options {
	struct handed items[OPTION_ROWS];
	size_t count;
	size_t rows;            /* of the table of options */
};

/* Where the value of an option goes: what the step reads is a text here. */
static void *value_of(struct handed *item, enum option_type *type)
{
	switch (item->option->type) {
	case OPTION_FLAG:
		*type = OPTION_FLAG;
		return &item->flag;
	case OPTION_LIST:
		*type = OPTION_LIST;
		return &item->list;
	default:
		*type = OPTION_TEXT;
		return &item->value;
	}
}

/* The first of an option of this name, which may be the one that is being added. */
static struct handed *same_option(struct handed_options *handed, const char *name)
{
	struct handed *item = handed->items;

	while (item < &handed->items[handed->count] &&
	       strcmp(item->option->run_name ? item->option->run_name : item->option->name, name))
		item++;
	return item;
}

/* Those that a step hands out, as rows of this command. */
static void add_step(struct handed_options *handed, const char *step, const struct step_option *options,
		     struct option_row *rows)
{
	for (; options->name; options++) {
		const char *help = options->run_help;
		struct handed *item = &handed->items[handed->count];
		const char *name = options->run_name ? options->run_name : options->name;
		enum option_type type;
		void *value;

		if (!help || handed->count == OPTION_ROWS)
			continue;
		*item = (struct handed){ .option = options, .step = step };
		item->given = same_option(handed, name);
		handed->count++;
		if (item->given != item)
			continue;
		value = value_of(item, &type);
		rows[handed->rows++] = (struct option_row){
			options->letter,
			name,
			options->run_argument ? options->run_argument : options->argument,
			*help ? help : options->help,
			type,
			value,
		};
	}
}

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

static void add_option(struct arguments *arguments, const struct handed *item)
{
	char option[40];

	(void)snprintf(option, sizeof(option), "--%s", item->option->name);
	if (item->flag || item->value)
		add(arguments, option);
	if (item->value)
		add(arguments, item->value);
	for (size_t i = 0; i < item->list.count; i++) {
		add(arguments, option);
		add(arguments, item->list.items[i]);
	}
}

static void add_options(struct arguments *arguments, const struct invocation *inv,
			const char *step, const struct handed_options *handed)
{
	add(arguments, step);
	add_common(arguments, inv);
	for (size_t i = 0; i < handed->count; i++)
		if (!strcmp(handed->items[i].step, step))
			add_option(arguments, handed->items[i].given);
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
			const struct handed_options *handed, char **operands, int count)
{
	struct arguments arguments = { NULL, 0, false };
	struct invocation own = { .command = command_of(name) };
	size_t room = (size_t)count + 10;
	enum status status = STATUS_FAILED;

	for (size_t i = 0; i < handed->count; i++)
		room += 2 + 2 * handed->items[i].list.count;
	arguments.items = calloc(room, sizeof(char *));
	if (!arguments.items)
		return command_fail(inv, STATUS_FAILED, "out of memory");
	add_options(&arguments, inv, name, handed);
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

static enum status all_steps(struct invocation *inv, const struct handed_options *handed)
{
	char suspects[] = "suspects";
	char *exported[] = { inv->operands[0], suspects };
	enum status ingested = step(inv, "ingest", handed, inv->operands,
				    inv->operand_count);
	enum status status = ingested;

	/* More rejects than allowed is a finding: the steps go on, and the exit
	 * status says so at the end. */
	if (status == STATUS_OK || status == STATUS_REJECTS)
		status = step(inv, "normalise", handed, inv->operands, 1);
	if (status == STATUS_OK)
		status = step(inv, "correlate", handed, inv->operands, 1);
	if (status == STATUS_OK)
		status = step(inv, "export", handed, exported, 2);
	return status == STATUS_OK ? ingested : status;
}

/* What a later step would refuse is refused before the first, where that needs no
 * case. */
static enum status check(const struct invocation *inv, const struct handed_options *handed)
{
	struct currency currency;

	for (size_t i = 0; i < handed->count; i++) {
		const struct handed *item = &handed->items[i];

		if (item->value && *item->value && !strcmp(item->step, "correlate") &&
		    !strcmp(item->option->name, "currency"))
			return currency_take(inv, item->value, &currency);
	}
	return STATUS_OK;
}

enum status command_run(struct invocation *inv)
{
	struct option_row rows[OPTION_ROWS + 1] = { 0 };
	struct handed_options handed = { .count = 0 };
	enum status status;

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		add_step(&handed, sources[i].step, sources[i].options, rows);
	if (command_options(inv, "[OPTION]... CASE SOURCE...", rows, 2, -1, &status)) {
		status = check(inv, &handed);
		if (status == STATUS_OK)
			status = all_steps(inv, &handed);
	}
	for (size_t i = 0; i < handed.count; i++)
		free(handed.items[i].list.items);
	return status;
}
