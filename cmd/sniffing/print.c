/* SPDX-License-Identifier: Apache-2.0 */
/* What a dump looks like, in lines for people. */
#include "cmd/sniffing/print.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define LINE_LEAST 40       /* columns of a terminal that lines are fitted to */
#define BEHIND_BREAK 8      /* where a line goes on */

/* The bytes of a text that fit into so many columns, up to a blank if there is one. */
static size_t fitting(const char *text, size_t room)
{
	size_t blank = 0, i = 0;

	for (size_t width = 0; text[i] && width <= room; i++) {
		if (text[i] == ' ')
			blank = i;
		width += ((unsigned char)text[i] & 0xc0) != 0x80;
	}
	return text[i] && blank > 0 ? blank : i;
}

/* A line `    name: value`, on a terminal broken at blanks. */
static void print_line(unsigned screen, const char *name, const char *value)
{
	size_t at = 4 + strlen(name) + 2;

	if (!value)
		return;
	(void)printf("    %s: ", name);
	while (screen >= LINE_LEAST) {
		const size_t len = strlen(value);
		const size_t fits = fitting(value, screen - at);

		if (fits >= len)
			break;
		(void)printf("%.*s\n%*s", (int)fits, value, BEHIND_BREAK, "");
		value += fits + (value[fits] == ' ');
		at = BEHIND_BREAK;
	}
	(void)printf("%s\n", value);
}

/* Prints a line that was put together, and releases it. False: there was no memory for it. */
static bool print_built(unsigned screen, const char *name, struct buf *line)
{
	const bool good = !line->failed;

	if (good && line->len > 0)
		print_line(screen, name, line->data);
	buf_release(line);
	return good;
}

/* A line each. False: no memory. */
static bool print_notes(unsigned screen, const char *notes)
{
	struct text rest = text_of(notes ? notes : "");
	bool good = true;

	while (rest.len > 0 && good) {
		const struct text note = text_take_line(&rest);
		struct buf line = { 0 };

		buf_add(&line, note.data, note.len);
		good = print_built(screen, "found out", &line);
	}
	return good;
}

/* `role=column` lines on one line. False: no memory. */
static bool print_mapping(unsigned screen, const char *mapping)
{
	struct text rest = text_of(mapping ? mapping : "");
	struct buf line = { 0 };

	while (rest.len > 0) {
		const struct text role = text_take_line(&rest);

		buf_text(&line, line.len > 0 ? ", " : "");
		buf_add(&line, role.data, role.len);
	}
	return print_built(screen, "roles", &line);
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

/* ---- readings ---- */

/* Those that come close are both to be looked at. */
#define CLOSE_POINTS 2

static bool print_bid(unsigned screen, const char *name, const struct sniff_bid *bid)
{
	struct buf line = { 0 };

	buf_format(&line, "kind %s, profile %s, %u point%s: %s", bid->kind, bid->profile, bid->points,
		   plural(bid->points), bid->why);
	return print_built(screen, name, &line);
}

/* How to say which of two it is: by what tells them apart. */
static bool print_choice(unsigned screen, const struct sniff_bid *a, const struct sniff_bid *b)
{
	const bool kinds = strcmp(a->kind, b->kind) != 0;
	struct buf line = { 0 };

	if (kinds)
		buf_format(&line, "these two are too close to tell; look at the rows below, then say -k %s or -k %s",
			   a->kind, b->kind);
	else
		buf_format(&line, "these two are too close to tell; look at the rows below, then say -p %s or -p %s",
			   a->profile, b->profile);
	return print_built(screen, "choose", &line);
}

static bool print_bids(unsigned screen, const struct sniff_report *report)
{
	const struct sniff_bid *bids = report->bids;
	bool good = true;

	for (size_t i = 0; i < report->bid_count; i++)
		good = print_bid(screen, i == 0 ? "looks like" : i == 1 ? "next" : "then", &bids[i]) && good;
	if (report->bid_count > 1 && bids[0].points < bids[1].points + CLOSE_POINTS)
		good = print_choice(screen, &bids[0], &bids[1]) && good;
	return good;
}

/* ---- tables of a member ---- */

/* Columns of the screen that a list takes: those of a table's name, and what is left for the
 * profile on one of 80. */
#define NAME_MOST 22
#define BEST_MOST 19

/* Bytes for people: 1.2 MB. */
static const char *show_bytes(uint64_t bytes, char out[16])
{
	static const char units[] = "kMGTPE";
	size_t unit = 0;
	uint64_t tenths = bytes / 100;

	if (bytes < 1000) {
		(void)snprintf(out, 16, "%u B", (unsigned)bytes);
		return out;
	}
	for (; tenths >= 10000; tenths /= 1000)
		unit++;
	(void)snprintf(out, 16, "%u.%u %cB", (unsigned)(tenths / 10), (unsigned)(tenths % 10), units[unit]);
	return out;
}

/* The surest kind and, where there is room, profile; with a question mark where it cannot be
 * ingested so. */
static void show_best(unsigned screen, const struct sniff_report *report, char *out, size_t size)
{
	const struct sniff_bid *bids = report->bids;
	const char *unsure = report->problem ? "?" : "";

	if (report->bid_count == 0) {
		(void)snprintf(out, size, report->problem ? "-" : "as was said");
	} else if (report->bid_count > 1 && bids[0].points < bids[1].points + CLOSE_POINTS) {
		(void)snprintf(out, size, "%s or %s?", bids[0].kind, bids[1].kind);
	} else {
		(void)snprintf(out, size, "%s, %s%s", bids[0].kind, bids[0].profile, unsure);
		if (screen > 0 && strlen(out) + 80 - BEST_MOST > screen)
			(void)snprintf(out, size, "%s%s", bids[0].kind, unsure);
	}
}

static bool print_list_head(unsigned screen, const struct sniff_report *report)
{
	char line[100];
	bool good;

	(void)printf("%s\n", report->member);
	print_line(screen, "compression", report->compression);
	print_line(screen, "dialect", report->dialect);
	good = print_notes(screen, report->notes);
	if (!report->counted)
		(void)snprintf(line, sizeof(line), "%llu in the first bytes", (unsigned long long)report->tables);
	else if (report->tables == report->empty)
		(void)snprintf(line, sizeof(line), "%llu, all without rows", (unsigned long long)report->tables);
	else
		(void)snprintf(line, sizeof(line), "%llu with rows, %llu without", (unsigned long long)report->tables,
			       (unsigned long long)report->empty);
	print_line(screen, "tables", line);
	print_line(screen, "any in full", "with --table NAME");
	(void)printf("         %-*s  %10s  %4s  %9s  %s\n", NAME_MOST, "table", "rows", "cols", "size", "looks like");
	return good;
}

/* A line of a list. */
bool sniff_print_brief(unsigned screen, const struct sniff_report *report)
{
	char name[NAME_MOST + 1], best[200], size[16] = "", rows[24] = "";
	const bool good = report->number != 1 || print_list_head(screen, report);

	text_escape(report->name, name, sizeof(name));
	show_best(screen, report, best, sizeof(best));
	if (report->counted) {
		(void)snprintf(rows, sizeof(rows), "%llu", (unsigned long long)report->rows);
		(void)show_bytes(report->bytes, size);
	}
	(void)printf("    %3llu  ", (unsigned long long)report->number);
	print_padded(name, NAME_MOST);
	(void)printf("%10s  %4zu  %9s  %s\n", rows, report->width, size, best);
	return good;
}

static void print_counts(unsigned screen, const struct sniff_report *report)
{
	char line[160], size[16];

	if (!report->counted)
		return;
	(void)snprintf(line, sizeof(line), "%llu, of %s; %llu rejected, %llu skipped",
		       (unsigned long long)report->rows, show_bytes(report->bytes, size),
		       (unsigned long long)report->rejected, (unsigned long long)report->skipped);
	print_line(screen, "rows", line);
}

bool sniff_print_full(unsigned screen, const struct sniff_report *report)
{
	bool good = true;
	char width[24];

	(void)printf("%s\n", report->source);
	/* What is of the member stands above the list of its tables. */
	if (report->tables <= 1) {
		print_line(screen, "compression", report->compression);
		print_line(screen, "dialect", report->dialect);
		good = print_notes(screen, report->notes);
	}
	print_counts(screen, report);
	(void)snprintf(width, sizeof(width), "%zu", report->width);
	print_line(screen, "fields in most rows", report->dialect ? width : NULL);
	print_line(screen, "columns", report->columns);
	good = print_bids(screen, report) && good;
	good = print_mapping(screen, report->mapping) && good;
	print_table(report);
	print_line(screen, "problem", report->problem);
	return good;
}
