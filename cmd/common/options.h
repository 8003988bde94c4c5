/* SPDX-License-Identifier: Apache-2.0 */
/* Options that stand once and are composed: those of the steps of `run`, and lists in help texts. */
#ifndef UNSPOOF_CMD_COMMON_OPTIONS_H
#define UNSPOOF_CMD_COMMON_OPTIONS_H

#include <stddef.h>

#include "base/text.h"
#include "cmd/common/command.h"

/* Rows that a command may have, those of all commands and the end included: `run` may
 * have those of all steps. */
#define OPTION_ROWS 122

/* Rows of the table of each step at most, its end not counted. */
enum option_rows_most {
	SOURCE_ROWS_MOST = 44,
	INGEST_ROWS_MOST = 12,
	NORMALISE_ROWS_MOST = 16,
	CORRELATE_ROWS_MOST = 16,
	EXPORT_ROWS_MOST = 12,
	COMMON_ROWS = 7,
};

_Static_assert(SOURCE_ROWS_MOST + INGEST_ROWS_MOST + NORMALISE_ROWS_MOST + CORRELATE_ROWS_MOST +
			       EXPORT_ROWS_MOST + COMMON_ROWS < OPTION_ROWS,
	       "run has room for the options of all steps");

/* Behind the table of a step. */
#define OPTION_TABLE_FITS(table, most) \
	_Static_assert(sizeof(table) / sizeof((table)[0]) - 1 <= (most), "the table has no more rows than it may")

/* A number that stands as a macro, in a text. */
#define OPTION_TEXT_OF(number) OPTION_DIGITS(number)
#define OPTION_DIGITS(number) #number

/* In a help text these become the kinds of rows and the formats of tables. */
#define HELP_KINDS "{kinds}"
#define HELP_FORMATS "{formats}"
/* The formats of `number`, which writes this one line by line unless told. */
#define LINES_FORMAT "tsv"
#define HELP_LINES "{lines}"

/* As run_help: the same text. */
#define RUN_SAME ""

/* An option of a step of `run`: a row of the step's own table, and one of the
 * table of `run`, which hands it on. */
struct step_option {
	char letter;            /* 0: none */
	const char *name;
	const char *argument;
	const char *help;
	enum option_type type;
	size_t place;           /* of its value, offsetof() in what the step keeps them in */
	const char *run_help;   /* NULL: `run` has it not */
	const char *run_name;   /* NULL: the same */
	const char *run_argument;       /* NULL: the same */
};

/* Those of the steps, where each is defined; they end with a row without name. */
extern const struct step_option options_of_source[];       /* in struct source_options */
extern const struct step_option options_of_ingest[];
extern const struct step_option options_of_normalise[];
extern const struct step_option options_of_correlate[];
extern const struct step_option options_of_export[];

/* Fills rows, of which there are enough, for values at `values`; returns how many. */
size_t step_option_rows(const struct step_option *options, void *values, struct option_row *rows);

/* Reads the value of --memory, bytes with K, M or G for 2^10, 2^20 or 2^30 of them, `least`
 * MiB or more, into *size, which is left alone where none is given; STATUS_USAGE. */
enum status option_memory(const struct invocation *inv, const char *given, unsigned least,
			  uint64_t *size);

/* Whether what an option NAME gives (NULL: nothing) is a folder in which files can be made;
 * STATUS_FAILED, said. */
enum status option_folder(const struct invocation *inv, const char *name, const char *given);

/* A currency that an option --currency gives: STATUS_USAGE, said, when there is none. */
struct currency;
enum status currency_take(const struct invocation *inv, const char *given, struct currency *currency);

/* Adds "table, csv, tsv, json, jsonl". */
void list_formats(struct buf *out);

#endif
