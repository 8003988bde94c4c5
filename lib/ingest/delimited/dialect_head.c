/* SPDX-License-Identifier: Apache-2.0 */
/* Lines before a table that are no rows. */
#include "ingest/delimited/dialect_head.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/delimited/foot.h"
#include "ingest/delimited/records.h"

#define WIDTHS 1024         /* rows of more fields tell nothing */
#define FIRST 64            /* records that can be a head */
#define LEAST 3             /* rows that make a table */

/* A record as far as it tells whether it is one of a head. */
struct seen {
	size_t count, filled;   /* fields, and those that are not blank */
	uint64_t line;          /* from 1 */
	bool named;             /* all fields are words, as a header's are */
	bool noted;             /* begins with # */
	bool frame;
};

struct heading {
	const struct dialect *dialect;
	struct seen first[FIRST];
	size_t first_count;
	uint64_t records;
	uint32_t rows[WIDTHS];
};

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

		seen->filled += field.len > 0;
		seen->named = seen->named && has_letter(field) &&
			      !(field.data[0] >= '0' && field.data[0] <= '9');
	}
	seen->noted = record->text.len > 0 && record->text.data[0] == '#';
	seen->frame = record->lines == 1 && foot_is_frame(record->text);
}

static void take(void *context, const struct record *record)
{
	struct heading *heading = context;

	heading->records++;
	if (heading->first_count < FIRST)
		look(&heading->first[heading->first_count++], record);
	if (!record->reason && record->count < WIDTHS)
		heading->rows[record->count]++;
}

static size_t commonest(const struct heading *heading)
{
	size_t best = 2;

	for (size_t i = 3; i < WIDTHS; i++)
		if (heading->rows[i] > heading->rows[best])
			best = i;
	return best;
}

/* One with as many fields as most rows that are mostly blank, as spreadsheets write
 * titles, counts only before a header. */
static bool is_head(const struct seen *seen, size_t width, bool *padded)
{
	const bool head = seen->frame || seen->filled * 2 < width ||
			  (seen->count != width && (seen->count <= 1 || seen->noted));

	*padded = *padded || (head && !seen->frame && seen->count == width);
	return head;
}

static void settle(struct heading *heading, struct dialect *dialect)
{
	const size_t width = commonest(heading);
	bool padded = false;
	size_t heads = 0;

	while (heads < heading->first_count &&
	       is_head(&heading->first[heads], width, &padded))
		heads++;
	dialect->head = 0;
	if (heads == 0 || heads == heading->first_count ||
	    heading->rows[width] < LEAST ||
	    2 * heading->rows[width] <= heading->records - heads ||
	    heading->first[heads].count != width ||
	    (padded && !heading->first[heads].named))
		return;
	dialect->head = (long)heading->first[heads].line - 1;
}

/* Clients of databases draw tables with blanks around values. */
static void find_frame(const struct heading *heading, struct dialect *dialect)
{
	for (size_t i = 0; i < 2 && i < heading->first_count; i++)
		if (heading->first[i].frame && dialect->separator == '|')
			dialect->trim = true;
}

enum status dialect_find_head(struct dialect *dialect, struct text body,
			      struct error *error)
{
	struct heading *heading = calloc(1, sizeof(*heading));
	enum status status;

	if (!heading)
		return error_memory(error);
	status = records_each(dialect, body, take, heading, error);
	if (status == STATUS_OK) {
		settle(heading, dialect);
		find_frame(heading, dialect);
	}
	free(heading);
	return status;
}
