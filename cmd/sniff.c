/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof sniff: what a dump looks like, how sure that is, and why. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/common/options.h"
#include "cmd/common/sources.h"
#include "ingest/ingest.h"

#define SYNOPSIS "[OPTION]... SOURCE..."

/* A line `    name: value`. */
static void print_line(const char *name, const char *value)
{
	if (value)
		(void)printf("    %s: %s\n", name, value);
}

/* A line each. */
static void print_notes(const char *notes)
{
	const char *end;

	for (; notes && (end = strchr(notes, '\n')); notes = end + 1)
		(void)printf("    found out: %.*s\n", (int)(end - notes), notes);
}

/* `role=column` lines on one line. */
static void print_mapping(const char *mapping)
{
	const char *end;

	if (!mapping || !*mapping)
		return;
	(void)printf("    roles:");
	for (; (end = strchr(mapping, '\n')); mapping = end + 1)
		(void)printf(" %.*s%s", (int)(end - mapping), mapping,
			     end[1] ? "," : "");
	(void)putchar('\n');
}

/* ---- the columns ---- */

#define LINE_MOST 80        /* columns of the screen */
#define CELL_MOST 28        /* of a name or the roles */
#define ROLES_ROOM 200      /* bytes of all roles of a column */
#define VALUE_ROOM 52       /* bytes of a value, with the NUL */
#define VALUES_AT 16        /* where values begin in a line */

/* Columns of the screen, as tables count them. */
static size_t screen_width(const char *text)
{
	size_t width = 0;

	for (; *text; text++)
		width += ((unsigned char)*text & 0xc0) != 0x80;
	return width;
}

/* What is left of a column's room, and two blanks. */
static void print_padded(const char *text, size_t room)
{
	const size_t width = screen_width(text);

	(void)printf("%s%*s", text, (int)(width < room ? room - width : 0) + 2, "");
}

static const char *show_roles(const struct sniff_column *column,
			      char out[CELL_MOST + 1])
{
	char roles[ROLES_ROOM] = "";
	size_t used = 0;

	for (size_t i = 0; i < column->role_count && used < sizeof(roles); i++)
		used += (size_t)snprintf(roles + used, sizeof(roles) - used, "%s%s",
					 i ? ", " : "", column->roles[i]);
	if (column->role_count == 0 && column->guess)
		(void)snprintf(roles, sizeof(roles), "%s?", column->guess);
	text_escape(text_of(roles), out, CELL_MOST + 1);
	return out;
}

struct table_widths {
	size_t name, roles;
};

static struct table_widths measure(const struct sniff_report *report)
{
	struct table_widths widths = { strlen("column"), strlen("role") };

	for (size_t i = 0; i < report->table_count; i++) {
		char cell[CELL_MOST + 1];
		size_t width = screen_width(text_escape(report->table[i].name, cell,
							sizeof(cell)));

		if (width > widths.name)
			widths.name = width;
		width = screen_width(show_roles(&report->table[i], cell));
		if (width > widths.roles)
			widths.roles = width;
	}
	return widths;
}

/* A line of values, broken where it is full. */
static void print_value(struct text value, size_t count, size_t *at)
{
	char shown[VALUE_ROOM], times[30] = "";
	size_t width;

	text_escape(value, shown, sizeof(shown));
	if (count > 0)
		(void)snprintf(times, sizeof(times), " (%zu)", count);
	width = screen_width(shown) + strlen(times);
	if (*at > VALUES_AT && *at + 2 + width > LINE_MOST) {
		(void)printf("\n%*s", VALUES_AT, "");
		*at = VALUES_AT;
	} else if (*at > VALUES_AT) {
		(void)printf("  ");
		*at += 2;
	}
	(void)printf("%s%s", shown, times);
	*at += width;
}

static void print_values(const struct sniff_column *column)
{
	size_t at = VALUES_AT;

	if (column->many && column->sample_count == 0)
		return;
	(void)printf("        %-8s", column->many ? "such as" : "only");
	for (size_t i = 0; column->many && i < column->sample_count; i++)
		print_value(column->samples[i], 0, &at);
	for (size_t i = 0; !column->many && i < column->value_count; i++)
		print_value(column->values[i].text, column->values[i].count, &at);
	(void)putchar('\n');
}

static void print_column(const struct sniff_report *report, size_t i,
			 const struct table_widths *widths)
{
	const struct sniff_column *column = &report->table[i];
	char cell[CELL_MOST + 1];

	(void)printf("    %3zu  ", i + 1);
	print_padded(text_escape(column->name, cell, sizeof(cell)), widths->name);
	print_padded(show_roles(column, cell), widths->roles);
	(void)printf("%5zu%%\n", (100 * column->absent + report->table_rows / 2) /
					 report->table_rows);
	if (column->value_count > 0 || column->many)
		print_values(column);
}

static void print_table(const struct sniff_report *report)
{
	const struct table_widths widths = measure(report);

	if (report->table_count == 0 || report->table_rows == 0)
		return;
	(void)printf("    first rows: %zu\n         ", report->table_rows);
	print_padded("column", widths.name);
	print_padded("role", widths.roles);
	(void)printf("absent\n");
	for (size_t i = 0; i < report->table_count; i++)
		print_column(report, i, &widths);
	if (report->table_more > 0)
		(void)printf("         and %zu column%s more\n", report->table_more,
			     plural(report->table_more));
}

static void print_report(void *context, const struct sniff_report *report)
{
	(void)context;
	(void)printf("%s\n", report->source);
	print_line("compression", report->compression);
	print_line("dialect", report->dialect);
	print_notes(report->notes);
	if (report->dialect)
		(void)printf("    fields in most rows: %zu\n", report->width);
	print_line("columns", report->columns);
	for (size_t i = 0; i < report->bid_count; i++)
		(void)printf("    looks like: kind %s, profile %s, %u points: %s\n",
			     report->bids[i].kind, report->bids[i].profile,
			     report->bids[i].points, report->bids[i].why);
	print_mapping(report->mapping);
	print_table(report);
	print_line("problem", report->problem);
}

static enum status sniff(const struct invocation *inv,
			 const struct ingest_options *options)
{
	enum status worst = STATUS_OK;

	for (int i = 0; i < inv->operand_count; i++) {
		struct error error = { .status = STATUS_OK };
		enum status status = ingest_sniff(options, inv->operands[i],
						  &inv->observer, print_report,
						  NULL, &error);

		if (status == STATUS_INTERRUPTED)
			return command_error(inv, &error);
		if (status == STATUS_USAGE)
			return command_usage(inv, "%s", error.text);
		if (status != STATUS_OK)
			worst = command_error(inv, &error);
	}
	return worst;
}

static bool has_source(const struct invocation *inv, enum status *status)
{
	if (inv->operand_count > 0)
		return true;
	*status = command_usage(inv, "usage: unspoof sniff " SYNOPSIS);
	return false;
}

enum status command_sniff(struct invocation *inv)
{
	struct source_options given = { .ingest = ingest_options_none() };
	struct option_row rows[OPTION_ROWS] = { 0 };
	enum status status;

	command_catch_interrupts();
	(void)step_option_rows(options_of_source, &given, rows);
	if (command_options(inv, SYNOPSIS, rows, 0, -1, &status) &&
	    dump_options_list(inv, &given.dumps, &status) && has_source(inv, &status) &&
	    source_options_take(inv, &given, 0, &status)) {
		source_options_set_room(&given, NULL);
		status = sniff(inv, &given.ingest);
	}
	source_options_release(&given);
	return status;
}
