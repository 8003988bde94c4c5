/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof run: the four steps in one, each as its own command would be run, so
 * that the runs of the case say how to repeat them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/common/options.h"
#include "cmd/common/steps.h"

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

		if (!help)
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

static void add_option(struct step_arguments *arguments, const struct handed *item)
{
	char option[40];

	(void)snprintf(option, sizeof(option), "--%s", item->option->name);
	if (item->flag || item->value)
		step_add(arguments, option);
	if (item->value)
		step_add(arguments, item->value);
	for (size_t i = 0; i < item->list.count; i++) {
		step_add(arguments, option);
		step_add(arguments, item->list.items[i]);
	}
}

/* Runs a step with its options, then operands; or rehearses it. */
static enum status step(const struct invocation *inv, struct rehearsal *rehearsal, const char *name,
			const struct handed_options *handed, char **operands, int count)
{
	struct step_arguments arguments;
	size_t room = (size_t)count + 1;

	for (size_t i = 0; i < handed->count; i++)
		room += 2 + 2 * handed->items[i].given->list.count;
	step_begin(&arguments, inv, rehearsal, name, room);
	for (size_t i = 0; i < handed->count; i++)
		if (!strcmp(handed->items[i].step, name))
			add_option(&arguments, handed->items[i].given);
	step_add(&arguments, "--");
	for (int i = 0; i < count; i++)
		step_add(&arguments, operands[i]);
	return step_run(inv, &arguments);
}

static enum status all_steps(struct invocation *inv, struct rehearsal *rehearsal,
			     const struct handed_options *handed)
{
	char suspects[] = "suspects";
	char *exported[] = { inv->operands[0], suspects };
	enum status ingested = step(inv, rehearsal, "ingest", handed, inv->operands,
				    inv->operand_count);
	enum status status = ingested;

	/* More rejects than allowed is a finding: the steps go on, and the exit
	 * status says so at the end. */
	if (status == STATUS_OK || status == STATUS_REJECTS)
		status = step(inv, rehearsal, "normalise", handed, inv->operands, 1);
	if (status == STATUS_OK)
		status = step(inv, rehearsal, "correlate", handed, inv->operands, 1);
	if (status == STATUS_OK)
		status = step(inv, rehearsal, "export", handed, exported, 2);
	return status == STATUS_OK ? ingested : status;
}

enum status command_run(struct invocation *inv)
{
	struct option_row rows[OPTION_ROWS + 1] = { 0 };
	struct handed_options handed = { .count = 0 };
	struct rehearsal rehearsal = { "" };
	enum status status;

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		add_step(&handed, sources[i].step, sources[i].options, rows);
	if (command_options(inv, "[OPTION]... CASE SOURCE...", rows, 1, -1, &status)) {
		/* What a later step would refuse is refused before the first. */
		status = all_steps(inv, &rehearsal, &handed);
		if (status == STATUS_OK)
			status = all_steps(inv, NULL, &handed);
	}
	for (size_t i = 0; i < handed.count; i++)
		free(handed.items[i].list.items);
	return status;
}
