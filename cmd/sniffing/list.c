/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of dumps as a table, for programs. */
#include "cmd/sniffing/list.h"

#include <stdio.h>

#include "base/text.h"

enum {
	AT_SOURCE, AT_TABLE, AT_ROWS, AT_REJECTED, AT_SKIPPED, AT_BYTES, AT_COLUMNS, AT_KIND, AT_PROFILE, AT_POINTS,
	AT_WHY, AT_NEXT_KIND, AT_NEXT_PROFILE, AT_NEXT_POINTS, AT_PROBLEM, AT_MOST
};

static const struct sheet_column columns[AT_MOST] = {
	{ "source", CELL_TEXT, NULL },
	{ "table", CELL_TEXT, NULL },
	{ "rows", CELL_INTEGER, NULL },
	{ "rejected", CELL_INTEGER, NULL },
	{ "skipped", CELL_INTEGER, NULL },
	{ "bytes", CELL_INTEGER, UNIT_BYTES },
	{ "columns", CELL_INTEGER, NULL },
	{ "kind", CELL_ID, NULL },
	{ "profile", CELL_TEXT, NULL },
	{ "points", CELL_INTEGER, NULL },
	{ "why", CELL_TEXT, NULL },
	{ "next_kind", CELL_ID, NULL },
	{ "next_profile", CELL_TEXT, NULL },
	{ "next_points", CELL_INTEGER, NULL },
	{ "problem", CELL_TEXT, NULL },
};

struct list_row {
	struct cell cells[AT_MOST];
	char digits[AT_MOST][24];
};

static void set_number(struct list_row *row, size_t at, uint64_t value)
{
	(void)snprintf(row->digits[at], sizeof(row->digits[at]), "%llu", (unsigned long long)value);
	row->cells[at] = cell_of(CELL_INTEGER, text_of(row->digits[at]));
}

static void set_bid(struct list_row *row, size_t at, const struct sniff_bid *bid)
{
	row->cells[at] = cell_of(CELL_ID, text_of(bid->kind));
	row->cells[at + 1] = cell_of(CELL_TEXT, text_of(bid->profile));
	set_number(row, at + 2, bid->points);
}

enum status sniff_list_add(struct writer *writer, const struct sniff_report *report)
{
	struct list_row row = { .cells = { { .type = CELL_TEXT } } };

	row.cells[AT_SOURCE] = cell_of(CELL_TEXT, text_of(report->member));
	row.cells[AT_TABLE] = cell_of(CELL_TEXT, report->name);
	if (report->counted) {
		set_number(&row, AT_ROWS, report->rows);
		set_number(&row, AT_REJECTED, report->rejected);
		set_number(&row, AT_SKIPPED, report->skipped);
		set_number(&row, AT_BYTES, report->bytes);
	}
	if (report->width > 0)
		set_number(&row, AT_COLUMNS, report->width);
	if (report->bid_count > 0) {
		set_bid(&row, AT_KIND, &report->bids[0]);
		row.cells[AT_WHY] = cell_of(CELL_TEXT, text_of(report->bids[0].why));
	}
	if (report->bid_count > 1)
		set_bid(&row, AT_NEXT_KIND, &report->bids[1]);
	row.cells[AT_PROBLEM] = cell_of(CELL_TEXT, text_of(report->problem));
	return writer_row(writer, row.cells);
}

enum status sniff_list_begin(struct writer *writer)
{
	static const struct sheet sheet = { .name = "tables", .columns = columns, .count = AT_MOST };

	return writer_begin(writer, &sheet);
}
