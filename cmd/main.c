/* SPDX-License-Identifier: Apache-2.0 */
/* The program: the table of commands, and the way into one of them. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/common/command.h"
#include "cmd/common/terminal.h"
#include "config.h"

const struct command commands[] = {
	{ "ingest", "load dumps into a case file, as found", command_ingest, USE_WRITES },
	{ "drop", "take a source out of a case, recorded", command_drop, USE_WRITES },
	{ "compact", "write a case anew without free pages", command_compact, USE_WRITES },
	{ "normalise", "understand what was loaded", command_normalise, USE_WRITES },
	{ "correlate", "conclude: accounts, persons, presentations, victims",
	  command_correlate, USE_WRITES },
	{ "export", "print a table of a case", command_export, USE_DISCLOSES },
	{ "run", "ingest, normalise, correlate and export in one", command_run, USE_STEPS },
	{ "redo", "understand and conclude anew, as decided", command_redo, USE_WRITES },
	{ "summary", "print the figures of a case", command_summary, USE_CONSULTS },
	{ "show", "print one call, account, suspect or number, and its rows",
	  command_show, USE_CONSULTS },
	{ "trace", "print the rows that a figure is made of", command_trace, USE_CONSULTS },
	{ "why", "print the evidence between two accounts or suspects", command_why, USE_CONSULTS },
	{ "match", "hold a watch-list against all that a case has", command_match, USE_CONSULTS },
	{ "query", "run one read-only SQL statement over a case", command_query, USE_CONSULTS },
	{ "number", "normalise telephone numbers", command_number, USE_NO_CASE },
	{ "sniff", "say what a dump looks like, and why", command_sniff, USE_NO_CASE },
	{ "rows", "print the rows of a dump as they are found", command_rows, USE_NO_CASE },
	{ "verify", "check a case and its sources", command_verify, USE_CONSULTS },
	{ "log", "say who did what to a case, and who read it", command_log, USE_CONSULTS },
	{ NULL, NULL, NULL, USE_NO_CASE },
};

static void help(void)
{
	(void)printf("usage: unspoof COMMAND [OPTION]... CASE ...\n"
		     "       unspoof --help | --version\n\n"
		     "Turns the seized database of a caller-ID spoofing service "
		     "into a ranked,\nprovable list of suspects.\n\n");
	for (const struct command *c = commands; c->name; c++)
		(void)printf("  %-10s %s\n", c->name, c->about);
	(void)printf("\n`unspoof COMMAND --help` lists the options of one; "
		     "unspoof(1) has the rest.\n");
}

static const struct command *find(const char *name)
{
	for (const struct command *c = commands; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

/* A write that failed late is a failure all the same. */
static enum status close_output(enum status status)
{
	bool failed = ferror(stdout) != 0;

	if (fclose(stdout) != 0)
		failed = true;
	if (!failed)
		return status;
	(void)fprintf(stderr, "unspoof: standard output: %s\n",
		      errno ? strerror(errno) : "write failed");
	return status == STATUS_OK ? STATUS_FAILED : status;
}

static enum status run(const struct command *command, int argc, char **argv)
{
	struct invocation inv = {
		.command = command,
		.argc = argc,
		.argv = argv,
	};

	enum status status;

	terminal_now(inv.started);
	inv.arguments = command_arguments(argc, argv);
	status = command_processor(&inv);
	if (status == STATUS_OK)
		status = command->run(&inv);
	terminal_clear_progress();
	custody_close(&inv, status);
	free(inv.arguments);
	return status;
}

int main(int argc, char **argv)
{
	const struct command *command;
	char shown[100];

	/* Nothing printed may depend on the locale: stay in "C". */
	(void)setlocale(LC_ALL, "C");
	casefile_uncounted();
	if (argc < 2) {
		(void)fprintf(stderr, "usage: unspoof COMMAND [OPTION]... CASE ...\n"
				      "Try `unspoof --help`.\n");
		return STATUS_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		help();
		return (int)close_output(STATUS_OK);
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		(void)printf("unspoof %s\n", PACKAGE_VERSION);
		return (int)close_output(STATUS_OK);
	}
	command = find(argv[1]);
	if (!command) {
		(void)fprintf(stderr, "unspoof: '%s' is no command; "
				      "`unspoof --help` lists them\n",
			      text_escape(text_of(argv[1]), shown, sizeof(shown)));
		return STATUS_USAGE;
	}
	return (int)close_output(run(command, argc - 1, argv + 1));
}
