/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a record through libcsv, and room for the fields that come of them. */
#include "ingest/delimited/reader_feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A byte that is not NUL. */
#define NO_QUOTE 1

/* ---- room ---- */

/* Fields are views of the values. */
static void move_fields(struct reader *reader, const char *from, const char *to)
{
	for (size_t i = 0; i < reader->field_count; i++)
		reader->fields[i].data = to + (reader->fields[i].data - from);
}

static bool set_room(struct reader *reader, size_t capacity)
{
	char *values = calloc(capacity + READER_BEHIND, 1);

	if (!values)
		return false;
	if (reader->value_len)
		memcpy(values, reader->values, reader->value_len);
	move_fields(reader, reader->values, values);
	free(reader->values);
	reader->values = values;
	reader->value_capacity = capacity;
	return true;
}

bool reader_room(struct reader *reader, size_t bytes)
{
	size_t capacity = 2 * reader->value_capacity;

	if (bytes <= reader->value_capacity)
		return true;
	if (capacity > reader->record_most)
		capacity = reader->record_most;
	return set_room(reader, bytes > capacity ? bytes : capacity);
}

/* Without memory for less of it, it stays. */
void reader_shrink(struct reader *reader)
{
	reader->field_count = reader->value_len = 0;
	if (reader->value_capacity > READER_KEPT)
		(void)set_room(reader, READER_TEXT_MOST);
	if (csv_get_buffer_size(&reader->parser) > READER_KEPT)
		csv_free(&reader->parser);
}

/* ---- libcsv ---- */

struct text *reader_add_field(struct reader *reader)
{
	void *fields = reader->fields;

	if (reader->field_count == READER_FIELDS_MOST) {
		reader->too_many = true;
		return NULL;
	}
	if (!memory_room_within(&fields, &reader->field_capacity,
				reader->field_count + 1 + CUT_SPARE,
				READER_FIELDS_MOST + CUT_SPARE,
				sizeof(*reader->fields))) {
		reader->no_memory = true;
		return NULL;
	}
	reader->fields = fields;
	return &reader->fields[reader->field_count++];
}

/* libcsv's callback. */
static void on_field(void *data, size_t len, void *context)
{
	struct reader *reader = context;
	struct text *field;

	if (len > reader->value_capacity - reader->value_len) {
		reader->no_memory = true;
		return;
	}
	field = reader_add_field(reader);
	if (!field)
		return;
	field->data = reader->values + reader->value_len;
	field->len = len;
	if (len)
		memcpy(reader->values + reader->value_len, data, len);
	reader->value_len += len;
}

/* libcsv's callback. */
static void on_row(int byte, void *context)
{
	struct reader *reader = context;

	(void)byte;
	reader->row_ended = true;
}

static bool give(struct reader *reader, const char *bytes, size_t len)
{
	return csv_parse(&reader->parser, bytes, len, on_field, on_row, reader) ==
	       len;
}

/* Where there is no quote, libcsv has NUL for one: NUL bytes are given to it while it
 * has another. */
static bool give_unquoted(struct reader *reader, const char *bytes, size_t len)
{
	bool good = true;

	while (good && len > 0) {
		const char *nul = memchr(bytes, '\0', len);
		const size_t before = nul ? (size_t)(nul - bytes) : len;
		size_t end = before;

		while (end < len && bytes[end] == '\0')
			end++;
		good = give(reader, bytes, before);
		csv_set_quote(&reader->parser, NO_QUOTE);
		good = good && give(reader, bytes + before, end - before);
		csv_set_quote(&reader->parser, 0);
		bytes += end;
		len -= end;
	}
	return good;
}

bool reader_feed_part(struct reader *reader, size_t from, size_t to)
{
	const char *bytes = reader->bytes + from;

	owner_use(&reader->owner);
	return csv_get_quote(&reader->parser)
		       ? give(reader, bytes, to - from)
		       : give_unquoted(reader, bytes, to - from);
}

/* The LF of a CR LF follows only when the CR did not end the row. */
enum fed reader_feed(struct reader *reader, const struct line *line, size_t from)
{
	const size_t to = line->stop + (line->ended ? 1 : 0);

	if (!reader_feed_part(reader, from, to))
		return FED_BAD;
	if (reader->row_ended)
		return FED_ROW;
	if (!line->ended)
		return csv_fini(&reader->parser, on_field, on_row, reader) == 0
			       ? FED_ROW
			       : FED_OPEN;
	return reader_feed_part(reader, to, line->next) ? FED_MORE : FED_BAD;
}

void reader_reset(struct reader *reader)
{
	owner_use(&reader->owner);
	(void)csv_set_opts(&reader->parser, CSV_STRICT | CSV_REPALL_NL);
	(void)csv_fini(&reader->parser, NULL, NULL, NULL);
	(void)csv_set_opts(&reader->parser,
			   CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
}
