/* SPDX-License-Identifier: Apache-2.0 */
/* The options of a command: one table gives the parsing and the help. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/money/currency.h"
#include "casefile/kinds.h"
#include "cmd/common/options.h"
#include "cmd/common/terminal.h"
#include "output/writer.h"

#define LONG_ONLY 256      /* first value of getopt for rows without letter */

/* The rows of a command and those of all commands, and getopt's forms. */
struct option_table {
	struct option_row rows[OPTION_ROWS];
	size_t count;
	struct option forms[OPTION_ROWS + 1];
	char letters[2 * OPTION_ROWS + 2];
	bool help;
};

/* False: there is no room for it. */
static bool add_row(struct option_table *table, const struct option_row *row)
{
	struct option *form;
	size_t len = strlen(table->letters);

	if (table->count == OPTION_ROWS)
		return false;
	form = &table->forms[table->count];
	form->name = row->name;
	form->has_arg = row->argument ? required_argument : no_argument;
	form->val = LONG_ONLY + (int)table->count;
	if (row->letter) {
		table->letters[len++] = row->letter;
		if (row->argument)
			table->letters[len++] = ':';
		table->letters[len] = '\0';
	}
	table->rows[table->count++] = *row;
	return true;
}

/* Whether a command has one of the rows of all commands: what is logged of it decides. */
static bool has_row(const struct invocation *inv, const struct option_row *row)
{
	const enum command_use use = inv->command->use;

	if (row->value == &inv->custody.operator || row->value == &inv->custody.purpose)
		return use != USE_NO_CASE;
	if (row->value == &inv->custody.log)
		return use >= USE_STEPS;
	return row->value != &inv->custody.recipient || use == USE_DISCLOSES;
}

static bool build(struct option_table *table, struct invocation *inv,
		  const struct option_row *rows)
{
	const struct option_row common[] = {
		{ 0, "operator", "NAME", "who runs this (the user's login name)", OPTION_TEXT,
		  &inv->custody.operator },
		{ 0, "purpose", "TEXT", "why, for the record", OPTION_TEXT, &inv->custody.purpose },
		{ 0, "recipient", "NAME", "whom it is for, for the log", OPTION_TEXT,
		  &inv->custody.recipient },
		{ 0, "log", "FILE", "the log of what is read (CASE.log)", OPTION_TEXT, &inv->custody.log },
		{ 0, "threads", "N", "use N threads; results do not depend on it",
		  OPTION_COUNT, &inv->threads },
		{ 'q', "quiet", NULL, "print errors only", OPTION_FLAG,
		  &inv->quiet },
		{ 'h', "help", NULL, "print this help", OPTION_FLAG,
		  &table->help },
	};

	bool fits = true;

	_Static_assert(sizeof(common) / sizeof(common[0]) == COMMON_ROWS, "as room is kept for");
	memset(table, 0, sizeof(*table));
	table->letters[0] = ':';
	for (; rows && rows->name; rows++)
		fits = add_row(table, rows) && fits;
	for (size_t i = 0; i < COMMON_ROWS; i++)
		if (has_row(inv, &common[i]))
			fits = add_row(table, &common[i]) && fits;
	return fits;
}

size_t step_option_rows(const struct step_option *options, void *values, struct option_row *rows)
{
	size_t count = 0;

	for (; options[count].name; count++)
		rows[count] = (struct option_row){
			options[count].letter, options[count].name, options[count].argument, options[count].help,
			options[count].type, (char *)values + options[count].place,
		};
	return count;
}

enum status currency_take(const struct invocation *inv, const char *given, struct currency *currency)
{
	char shown[80], problem[CURRENCY_PROBLEM];

	if (currency_find(text_of(given), currency))
		return STATUS_OK;
	return command_usage(inv, "--currency '%s': %s", text_escape(text_of(given), shown, sizeof(shown)),
			     currency_problem(text_of(given), problem));
}

static void list_kinds(struct buf *out)
{
	for (int i = 0; i < KIND_COUNT; i++)
		buf_format(out, "%s%s", i ? ", " : "", kind_info((enum kind)i)->name);
}

/* The formats, and which of them is the one unless told. */
static void describe_formats(struct buf *out)
{
	const struct writer_format *format;

	for (size_t i = 0; (format = writer_format_at(i)); i++)
		buf_format(out, "%s%s%s%s", i ? ", " : "", format->name,
			   format->flags & WRITER_ON_TERMINAL ? " (on a terminal)" : "",
			   format->flags & WRITER_ELSEWHERE ? " (elsewhere)" : "");
}

static void describe_lines(struct buf *out)
{
	const struct writer_format *first = writer_format_find(LINES_FORMAT);
	const struct writer_format *second = writer_format_for(WRITER_ELSEWHERE);
	const struct writer_format *format;

	buf_format(out, "%s (without a header), %s", first->name, second->name);
	for (size_t i = 0; (format = writer_format_at(i)); i++)
		if (format != first && format != second)
			buf_format(out, ", %s", format->name);
}

void list_formats(struct buf *out)
{
	const struct writer_format *format;

	for (size_t i = 0; (format = writer_format_at(i)); i++)
		buf_format(out, "%s%s", i ? ", " : "", format->name);
}

/* A help text with the lists that stand for themselves in it. */
static void add_help(struct buf *out, const char *help)
{
	if (!strcmp(help, HELP_KINDS))
		list_kinds(out);
	else if (!strcmp(help, HELP_FORMATS))
		describe_formats(out);
	else if (!strcmp(help, HELP_LINES))
		describe_lines(out);
	else
		buf_text(out, help);
}

static void print_row(const struct option_row *row)
{
	struct buf help = { 0 };
	char name[60];

	add_help(&help, row->help);
	(void)snprintf(name, sizeof(name), "--%s%s%s", row->name, row->argument ? " " : "",
		       row->argument ? row->argument : "");
	if (row->letter)
		(void)printf("  -%c, %-22s %s\n", row->letter, name, buf_view(&help).data);
	else
		(void)printf("      %-22s %s\n", name, buf_view(&help).data);
	buf_release(&help);
}

static void print_help(const struct invocation *inv, const char *synopsis,
		       const struct option_table *table)
{
	(void)printf("usage: unspoof %s %s\n\n%s\n\n", inv->command->name,
		     synopsis, inv->command->about);
	for (size_t i = 0; i < table->count; i++)
		print_row(&table->rows[i]);
	(void)printf("\nunspoof-%s(1) has the rest.\n", inv->command->name);
}

static enum status add_item(const struct invocation *inv,
			    struct option_list *list, const char *item)
{
	const char **items =
		memory_array(list->items, list->count + 1, sizeof(*items));

	if (!items)
		return command_fail(inv, STATUS_FAILED, "out of memory");
	list->items = items;
	list->items[list->count++] = item;
	return STATUS_OK;
}

static enum status apply(const struct invocation *inv,
			 const struct option_row *row, const char *argument)
{
	char shown[80];

	switch (row->type) {
	case OPTION_FLAG:
		*(bool *)row->value = true;
		return STATUS_OK;
	case OPTION_CLEAR:
		*(bool *)row->value = false;
		return STATUS_OK;
	case OPTION_TEXT:
		*(const char **)row->value = argument;
		return STATUS_OK;
	case OPTION_LIST:
		return add_item(inv, row->value, argument);
	case OPTION_COUNT:
		break;
	}
	if (text_to_u64(text_of(argument), row->value))
		return STATUS_OK;
	return command_usage(inv, "--%s takes a whole number, not '%s'", row->name,
			     text_escape(text_of(argument), shown, sizeof(shown)));
}

static const struct option_row *row_of(const struct option_table *table, int value)
{
	if (value >= LONG_ONLY)
		return &table->rows[value - LONG_ONLY];
	for (size_t i = 0; i < table->count; i++)
		if (table->rows[i].letter == value)
			return &table->rows[i];
	return NULL;
}

/* What getopt could not take. */
static enum status misfit(const struct invocation *inv, char **argv, int value)
{
	char shown[80];
	const char *given = optind > 0 ? argv[optind - 1] : "";

	text_escape(text_of(given), shown, sizeof(shown));
	if (value == ':')
		return command_usage(inv, "option '%s' needs an argument", shown);
	if (optopt && optopt < LONG_ONLY)
		return command_usage(inv, "there is no option '-%c'",
				     optopt > 32 && optopt < 127 ? optopt : '?');
	return command_usage(inv, "there is no option '%s', or it takes no argument",
			     shown);
}

static enum status parse(struct invocation *inv, struct option_table *table,
			 char **argv)
{
	enum status status = STATUS_OK;
	int value;

	opterr = 0;
	optind = 1;
	while (status == STATUS_OK &&
	       (value = getopt_long(inv->argc, argv, table->letters, table->forms,
				    NULL)) != -1) {
		const struct option_row *row = row_of(table, value);

		if (value == '?' || value == ':' || !row)
			return misfit(inv, argv, value);
		status = apply(inv, row, optarg);
		if (table->help)
			break;
	}
	inv->operands = argv + optind;
	inv->operand_count = inv->argc - optind;
	return status;
}

bool command_options(struct invocation *inv, const char *synopsis,
		     const struct option_row *rows, int least, int most,
		     enum status *status)
{
	struct option_table table;

	if (!build(&table, inv, rows)) {
		*status = command_fail(inv, STATUS_FAILED, "has more options than OPTION_ROWS");
		return false;
	}
	*status = parse(inv, &table, inv->argv);
	inv->observer = terminal_observer(inv->quiet);
	if (*status != STATUS_OK)
		return false;
	if (table.help) {
		print_help(inv, synopsis, &table);
		return false;
	}
	*status = custody_take(inv);
	if (*status != STATUS_OK)
		return false;
	if (inv->operand_count < least ||
	    (most >= 0 && inv->operand_count > most)) {
		*status = command_usage(inv, "usage: unspoof %s %s",
					inv->command->name, synopsis);
		return false;
	}
	return true;
}

/* Reads bytes, with K, M or G for 2^10, 2^20 or 2^30 of them; false: it is no
 * size, or beyond 64 bits. */
static bool read_size(const char *text, uint64_t *size)
{
	static const char letters[] = "KMG";
	struct text digits = text_of(text);
	const char *letter = NULL;
	unsigned shift;

	if (digits.len)
		letter = memchr(letters, digits.data[digits.len - 1],
				sizeof(letters) - 1);
	shift = letter ? 10 * (unsigned)(letter - letters + 1) : 0;
	digits.len -= letter != NULL;
	if (!text_to_u64(digits, size) || *size > UINT64_MAX >> shift)
		return false;
	*size <<= shift;
	return true;
}

enum status option_memory(const struct invocation *inv, const char *given, unsigned least,
			  uint64_t *size)
{
	char shown[80];
	uint64_t asked;

	if (!given)
		return STATUS_OK;
	if (read_size(given, &asked) && asked >> 20 >= least && asked <= SIZE_MAX / 2) {
		*size = asked;
		return STATUS_OK;
	}
	return command_usage(inv, "--memory '%s': give bytes, %uM or more, with K, M or G "
				  "for 1,024, its square or its cube",
			     text_escape(text_of(given), shown, sizeof(shown)), least);
}

enum status option_folder(const struct invocation *inv, const char *name, const char *given)
{
	struct stat there;
	char shown[300];
	int error = 0;

	if (!given)
		return STATUS_OK;
	if (stat(given, &there) != 0)
		error = errno;
	else if (!S_ISDIR(there.st_mode))
		error = ENOTDIR;
	else if (access(given, W_OK | X_OK) != 0)
		error = errno;
	if (error == 0)
		return STATUS_OK;
	return command_fail(inv, STATUS_FAILED, "--%s %s: %s", name,
			    text_escape(text_of(given), shown, sizeof(shown)), strerror(error));
}
