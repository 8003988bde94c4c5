/* SPDX-License-Identifier: Apache-2.0 */
/* plangen: reads the numbering plan, a line of tab-separated columns a region. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "normalise/plangen.h"

#define COLUMNS_MAX 128
#define LENGTH_MAX 30

/* The cells of one line. */
struct cells {
	char *at[COLUMNS_MAX];
	size_t count;
};

static const char *const desc_names[DESC_COUNT] = { "general_desc", "premium_rate", "toll_free", "shared_cost", "voip",
	"personal_number", "pager", "uan", "voicemail", "fixed_line", "mobile" };

static char *read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	size_t len = 0, capacity = 0, got;

	if (!file)
		plangen_fail("cannot open", path);
	do {
		text = plangen_room(text, &capacity, len + 65536, 1);
		got = fread(text + len, 1, capacity - len - 1, file);
		len += got;
	} while (got > 0);
	if (ferror(file) || fclose(file))
		plangen_fail("cannot read", path);
	text[len] = '\0';
	if (strlen(text) != len)
		plangen_fail("a NUL byte in", path);
	return text;
}

/* Cuts the line at its tabs; gives what follows its line feed. */
static char *split_line(char *line, struct cells *cells)
{
	cells->count = 0;
	for (;;) {
		size_t len = strcspn(line, "\t\n");
		char end = line[len];

		if (cells->count == COLUMNS_MAX)
			plangen_fail("too many columns", cells->at[0]);
		cells->at[cells->count++] = line;
		if (end == '\0')
			return line + len;
		line[len] = '\0';
		line += len + 1;
		if (end == '\n')
			return line;
	}
}

static const char *cell(const struct cells *header, const struct cells *line, const char *name, const char *suffix)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < header->count && i < line->count; i++)
		if (!strncmp(header->at[i], name, len) && !strcmp(header->at[i] + len, suffix))
			return line->at[i];
	plangen_fail("no such column", name);
}

/* The decimal number at *text, up to limit; moves *text behind it. */
static unsigned number_at(const char **text, unsigned limit)
{
	const char *start = *text;
	unsigned value = 0;

	for (; **text >= '0' && **text <= '9' && value <= limit; (*text)++)
		value = value * 10 + (unsigned)(**text - '0');
	if (*text == start || value > limit)
		plangen_fail("not a number in range", start);
	return value;
}

static unsigned whole_number(const char *text, unsigned limit)
{
	const char *end = text;
	unsigned value = number_at(&end, limit);

	if (*end)
		plangen_fail("not a number", text);
	return value;
}

/* "7,9,10" as a bit mask. */
static uint32_t length_mask(const char *text)
{
	uint32_t mask = 0;

	while (*text) {
		mask |= UINT32_C(1) << number_at(&text, LENGTH_MAX);
		if (*text == ',')
			text++;
		else if (*text)
			plangen_fail("not a list of lengths", text);
	}
	return mask;
}

/* Two capital letters, or "001". */
static bool is_region(const char *name)
{
	return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2 ? !name[2] : !strcmp(name, "001");
}

static void read_row(struct plan_row *row, const struct cells *header, const struct cells *line)
{
	row->region = cell(header, line, "region", "");
	row->country_code = whole_number(cell(header, line, "cc", ""), 999);
	row->order = whole_number(cell(header, line, "order_in_cc", ""), 31);
	row->idd = cell(header, line, "idd", "");
	row->trunk = cell(header, line, "national_prefix", "");
	row->national = cell(header, line, "np_for_parsing", "");
	row->rule = cell(header, line, "np_transform", "");
	row->leading = cell(header, line, "leading_digits", "");
	row->same_mobile_fixed = whole_number(cell(header, line, "same_mobile_fixed", ""), 1);
	for (int d = 0; d < DESC_COUNT; d++) {
		struct plan_desc *desc = &row->desc[d];
		const char *pattern = cell(header, line, desc_names[d], "_pattern");
		bool present = whole_number(cell(header, line, desc_names[d], "_present"), 1);

		desc->pattern = present && pattern[0] ? pattern : NULL;
		desc->lengths = length_mask(cell(header, line, desc_names[d], "_lengths"));
		desc->local = length_mask(cell(header, line, desc_names[d], "_local"));
		desc->example = cell(header, line, desc_names[d], "_example");
	}
	if (!is_region(row->region) || row->country_code == 0)
		plangen_fail("not a region", row->region);
	if (!row->desc[DESC_GENERAL].pattern || !row->desc[DESC_GENERAL].lengths)
		plangen_fail("no general description", row->region);
}

static int compare_rows(const void *a, const void *b)
{
	const struct plan_row *x = a, *y = b;

	if (x->country_code != y->country_code)
		return x->country_code < y->country_code ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* Orders within a calling code must run 0, 1, 2 ... */
static void check_orders(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_row *row = &plan->rows[i];
		bool same = i > 0 && plan->rows[i - 1].country_code == row->country_code;

		if (row->order != (same ? plan->rows[i - 1].order + 1 : 0))
			plangen_fail("regions of a calling code out of order", row->region);
	}
}

void plan_read(struct plan *plan, const char *path)
{
	struct cells header, line;
	char *at;

	*plan = (struct plan){ read_file(path), NULL, 0, 0 };
	at = split_line(plan->text, &header);
	while (*at) {
		at = split_line(at, &line);
		if (line.count != header.count)
			plangen_fail("a line with another number of columns", line.at[0]);
		plan->rows = plangen_room(plan->rows, &plan->capacity, plan->count + 1, sizeof(*plan->rows));
		read_row(&plan->rows[plan->count++], &header, &line);
	}
	if (!plan->count)
		plangen_fail("no regions in", path);
	qsort(plan->rows, plan->count, sizeof(*plan->rows), compare_rows);
	check_orders(plan);
}

void plan_free(struct plan *plan)
{
	free(plan->rows);
	free(plan->text);
}
