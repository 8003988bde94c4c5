/* SPDX-License-Identifier: Apache-2.0 */
/* Rows before a table that are none of it. */
#include "ingest/format/shape/heading.h"

#include <stdlib.h>

#include "ingest/delimited/foot.h"

#define WIDTHS 1024         /* rows of more fields tell nothing */
#define FIRST 64            /* records that can be before the table */
#define LEAST 3             /* rows that make a table */
#define TABLE_LEAST 3       /* fields of one that is narrower than another */
#define OTHERS 2            /* rows of the table that may be before its header */

/* A record as far as it tells whether it is one of the table. */
struct seen {
	size_t count, filled;   /* fields, and those that are not blank */
	uint64_t line;
	bool named;             /* all that are not blank are words, as a header's are */
	bool noted;             /* begins with # */
	bool frame;
};

struct heading {
	bool padded;
	struct seen first[FIRST];
	size_t first_count;
	uint64_t records;
	size_t widest;
	uint32_t rows[WIDTHS];
};

struct heading *heading_new(bool padded)
{
	struct heading *heading = calloc(1, sizeof(*heading));

	if (heading)
		heading->padded = padded;
	return heading;
}

void heading_free(struct heading *heading)
{
	free(heading);
}

static bool has_letter(struct text field)
{
	for (size_t i = 0; i < field.len; i++) {
		const unsigned char c = (unsigned char)field.data[i];

		if (c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z'))
			return true;
	}
	return false;
}

static void look(struct seen *seen, const struct record *record)
{
	seen->line = record->line;
	seen->count = record->reason ? 0 : record->count;
	seen->named = true;
	for (size_t i = 0; i < seen->count; i++) {
		const struct text field = text_trim(record->fields[i]);

		if (field.len == 0)
			continue;
		seen->filled++;
		seen->named = seen->named && has_letter(field) && !(field.data[0] >= '0' && field.data[0] <= '9');
	}
	seen->noted = record->text.len > 0 && record->text.data[0] == '#';
	seen->frame = record->lines == 1 && foot_is_frame(record->text);
}

void heading_take(void *context, const struct record *record)
{
	struct heading *heading = context;

	heading->records++;
	if (heading->first_count < FIRST)
		look(&heading->first[heading->first_count++], record);
	if (record->reason || record->count >= WIDTHS)
		return;
	heading->rows[record->count]++;
	heading->widest = record->count > heading->widest ? record->count : heading->widest;
}

bool heading_framed(const struct heading *heading)
{
	for (size_t i = 0; i < 2 && i < heading->first_count; i++)
		if (heading->first[i].frame)
			return true;
	return false;
}

static size_t commonest(const struct heading *heading)
{
	size_t best = 2;

	for (size_t i = 3; i < WIDTHS; i++)
		if (heading->rows[i] > heading->rows[best])
			best = i;
	return best;
}

/* How wide the table is: *rows, how many rows are. */
static size_t width_of(const struct heading *heading, uint64_t *rows)
{
	size_t width = commonest(heading);

	*rows = heading->rows[width];
	if (!heading->padded)
		return width;
	*rows = 0;
	for (size_t i = 1; i < WIDTHS; i++)
		*rows += heading->rows[i];
	return heading->widest;
}

static bool is_wide(const struct heading *heading, const struct seen *seen, size_t width)
{
	return seen->count == width || (heading->padded && seen->count > 0);
}

/* Mostly blank, or of other fields. */
static bool is_before(const struct heading *heading, const struct seen *seen, size_t width)
{
	return seen->frame || seen->filled * 2 < width ||
	       (!is_wide(heading, seen, width) && (seen->count <= 1 || seen->noted));
}

/* One with as many fields as most rows that is mostly blank, as spreadsheets write titles, counts only before a
 * header. */
static bool is_title(const struct heading *heading, const struct seen *seen, size_t width)
{
	return is_before(heading, seen, width) && !seen->frame && is_wide(heading, seen, width);
}

/* Whether a row of words alone is the header of what follows, in which there is something else. */
static bool heads(const struct heading *heading, size_t at, size_t width)
{
	const struct seen *seen = &heading->first[at];
	bool good = seen->named && is_wide(heading, seen, width) && seen->filled * 2 >= width;

	if (!heading->padded)
		good = good && seen->filled == seen->count;
	for (size_t i = at + 1; good && i < heading->first_count; i++)
		if (is_wide(heading, &heading->first[i], width))
			return !heading->first[i].named;
	return false;
}

/* The first row that is as wide as most and not mostly blank; FIRST: none is. */
static size_t first_wide(const struct heading *heading, size_t width)
{
	for (size_t i = 0; i < heading->first_count; i++)
		if (is_wide(heading, &heading->first[i], width) && !is_before(heading, &heading->first[i], width))
			return i;
	return FIRST;
}

/* Whether a header with two rows of as many fields begins here: a table of its own, which is not gone over. */
static bool is_table(const struct heading *heading, size_t at)
{
	const struct seen *seen = &heading->first[at];

	if (!seen->named || seen->filled < TABLE_LEAST)
		return false;
	for (size_t i = at + 1; i < at + LEAST; i++)
		if (i >= heading->first_count || heading->first[i].filled != seen->filled || heading->first[i].named)
			return false;
	return true;
}

static bool has_table(const struct heading *heading, size_t until)
{
	for (size_t i = 0; i < until; i++)
		if (is_table(heading, i))
			return true;
	return false;
}

/* How many stand before the table; wide: the first row that may be its first. */
static size_t count_before(const struct heading *heading, size_t width, uint64_t rows, size_t wide)
{
	bool titled = false;
	size_t before = 0;

	if (wide == FIRST || wide == 0 || 2 * rows <= heading->records - wide || has_table(heading, wide))
		return 0;
	if (heads(heading, wide, width))
		return wide;
	while (before < wide && is_before(heading, &heading->first[before], width)) {
		titled = titled || is_title(heading, &heading->first[before], width);
		before++;
	}
	return before == wide && rows >= LEAST && !(titled && !heading->first[wide].named) ? wide : 0;
}

/* A row behind the first that could name the columns of the table, unless too many before it are rows of it. */
static uint64_t find_other(const struct heading *heading, size_t width, size_t from)
{
	size_t typed = 0;

	if (from >= heading->first_count || heads(heading, from, width))
		return 0;
	for (size_t i = from; i < heading->first_count && typed <= OTHERS; i++) {
		const struct seen *seen = &heading->first[i];

		if (i > from && heads(heading, i, width))
			return seen->line;
		typed += !seen->named && is_wide(heading, seen, width) && seen->filled * 2 >= width;
	}
	return 0;
}

/* A header above rows that end with a separator. */
static bool is_short(const struct heading *heading, size_t at, size_t width)
{
	const struct seen *seen = &heading->first[at];

	return !heading->padded && seen->named && seen->count + 1 == width && seen->filled == seen->count;
}

struct heading_found heading_find(const struct heading *heading)
{
	uint64_t rows;
	const size_t width = width_of(heading, &rows);
	const size_t before = count_before(heading, width, rows, first_wide(heading, width));
	const size_t wide = first_wide(heading, width);
	struct heading_found found = { 0, find_other(heading, width, before) };

	/* Rows of other widths before the first that is as wide as most. */
	if (before == 0 && found.other == 0 && wide > 0 && wide != FIRST && !heads(heading, 0, width))
		found.other = heading->first[is_short(heading, wide - 1, width) ? wide - 1 : wide].line;
	/* The first of all lines has none before it. */
	if (found.other <= 1)
		found.other = 0;
	if (before > 0)
		found.first = heading->first[before].line;
	return found;
}
