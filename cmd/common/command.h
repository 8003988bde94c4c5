/* SPDX-License-Identifier: Apache-2.0 */
/* What every command has: a row in the table, typed options, messages. */
#ifndef UNSPOOF_CMD_COMMON_COMMAND_H
#define UNSPOOF_CMD_COMMON_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/seal.h"
#include "cmd/custody/custody.h"

struct invocation;

/* A row of the table of commands. run gets the arguments after the command's
 * name in inv->argv and returns the exit status. */
struct command {
	const char *name;
	const char *about;      /* one line, no full stop */
	enum status (*run)(struct invocation *inv);
	enum command_use use;
};

extern const struct command commands[];    /* ends with a row without name */

/* Options are looked at before a step of several is run: what a step tells those that
 * come after it. */
struct rehearsal {
	char currency[16];      /* of what will be concluded; "": not told */
};

/* One run of a command. */
struct invocation {
	const struct command *command;
	int argc;               /* of argv, which ends with NULL */
	char **argv;            /* argv[0] is the command's name */
	char **operands;        /* after command_options() */
	int operand_count;
	bool quiet;             /* -q */
	uint64_t threads;       /* --threads; 0: as many as there are cores */
	char started[21];       /* when, for the run row */
	char *arguments;        /* as given, a JSON array; main frees it */
	struct observer observer;
	struct custody custody; /* who runs it, and what its line in a log will say */
	/* Not NULL: the command takes its options as it would, says what is wrong with
	 * them, and ends before it opens or makes anything. */
	struct rehearsal *rehearsal;
};

/* How many threads may run at once: as --threads says, else one a core. */
uint64_t command_threads(const struct invocation *inv);

enum option_type {
	OPTION_FLAG,            /* bool: becomes true */
	OPTION_CLEAR,           /* bool: becomes false */
	OPTION_TEXT,            /* const char * */
	OPTION_COUNT,           /* uint64_t, decimal */
	OPTION_LIST             /* struct option_list: may be given again */
};

struct option_list {
	const char **items;     /* freed by the caller */
	size_t count;
};

/* A row of a command's option table. name NULL ends it. */
struct option_row {
	char letter;            /* 0: none */
	const char *name;
	const char *argument;   /* its name in the help; NULL for flags */
	const char *help;       /* one line */
	enum option_type type;
	void *value;
};

/* Parses the options of a command, adding -q, --threads and -h to its table.
 * synopsis is "[-f FORMAT] CASE TABLE"; least and most bound the operands,
 * most -1 is any number. True: go on. False: *status is the exit status (help
 * was printed, or a usage error). */
bool command_options(struct invocation *inv, const char *synopsis,
		     const struct option_row *rows, int least, int most,
		     enum status *status);

/* Takes --processor LEVEL and --processor=LEVEL out of the arguments before "--"
 * and holds the program to that level (base/cpu.h). Before anything else of the
 * command. STATUS_USAGE, said: it is no level, or not of this machine. */
enum status command_processor(struct invocation *inv);

/* Prints `unspoof NAME: text` on standard error and returns status. Values in
 * it must have been escaped. */
enum status command_fail(const struct invocation *inv, enum status status,
			 const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same for a usage error, with the hint to --help; returns STATUS_USAGE. */
enum status command_usage(const struct invocation *inv, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The same for an error of the library; returns its status. */
enum status command_error(const struct invocation *inv, const struct error *error);

/* Opens a case and says why when it cannot be opened. Reading it can be
 * interrupted, once interrupts are caught, and leaves a line in its log. */
enum status command_open(struct invocation *inv, struct casefile *casefile,
			 const char *path, enum casefile_mode mode);

/* The arguments after the command's name as a JSON array; the caller frees it.
 * NULL: out of memory. */
char *command_arguments(int argc, char **argv);

/* Adds the run row of a command that made a layer, LAYERS: none, and seals that. settings and
 * outputs are JSON objects, inputs a JSON array; begins a transaction if none
 * is open and commits. Says so when it fails. */
enum status command_record(struct invocation *inv, struct casefile *casefile,
			   enum layer layer, const char *settings, const char *inputs,
			   const char *outputs);

/* The same, and the error is left to the caller. */
enum status command_record_quietly(struct invocation *inv, struct casefile *casefile,
				   enum layer layer, const char *settings,
				   const char *inputs, const char *outputs);

/* From now on an interrupt is told by inv->observer.interrupted; a second one
 * ends the program at once. */
void command_catch_interrupts(void);

/* A sink for writers: standard output. context is the invocation whose log has the digest
 * of what goes out, or NULL. */
bool standard_output(void *context, const void *data, size_t len);

/* Columns of the terminal on standard output; 0 when it is none. */
unsigned terminal_width(void);

enum status command_ingest(struct invocation *inv);
enum status command_drop(struct invocation *inv);
enum status command_compact(struct invocation *inv);
enum status command_normalise(struct invocation *inv);
enum status command_correlate(struct invocation *inv);
enum status command_export(struct invocation *inv);
enum status command_run(struct invocation *inv);
enum status command_redo(struct invocation *inv);
enum status command_summary(struct invocation *inv);
enum status command_show(struct invocation *inv);
enum status command_query(struct invocation *inv);
enum status command_match(struct invocation *inv);
enum status command_number(struct invocation *inv);
enum status command_sniff(struct invocation *inv);
enum status command_rows(struct invocation *inv);
enum status command_trace(struct invocation *inv);
enum status command_verify(struct invocation *inv);
enum status command_why(struct invocation *inv);
enum status command_log(struct invocation *inv);

#endif
