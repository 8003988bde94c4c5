/* SPDX-License-Identifier: Apache-2.0 */
/* The window of a reader: opened, filled or lent, and cut into lines. */
#include "ingest/delimited/reader_window.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/delimited/reader_feed.h"

/* Holds records as they are, and what is read ahead of them. */
#define WINDOW (256 * 1024)

/* What is read ends as a line to be cut must end. */
static void end_window(struct reader *reader)
{
	memset(reader->bytes + reader->end, 0, READER_BEHIND);
	reader->lf.from = reader->cr.from = SIZE_MAX;
}

enum status reader_open(struct reader *reader, struct input input,
			struct error *error)
{
	memset(reader, 0, sizeof(*reader));
	reader->input = input;
	reader->error = error;
	reader->line = reader->first_lines = 1;
	reader->capacity = WINDOW;
	reader_limit(reader, READER_RECORD_MOST, READER_OPEN_MOST);
	reader->bytes = memory_array(NULL, reader->capacity + READER_BEHIND, 1);
	if (!reader->bytes || !reader_room(reader, READER_TEXT_MOST))
		return error_memory(error);
	end_window(reader);
	return STATUS_OK;
}

void reader_close(struct reader *reader)
{
	if (reader->parsing)
		csv_free(&reader->parser);
	if (!reader->lent)
		free(reader->bytes);
	free(reader->values);
	free(reader->fields);
	free(reader->long_line);
	memset(reader, 0, sizeof(*reader));
}

void reader_limit(struct reader *reader, size_t record_most, size_t open_most)
{
	reader->record_most = record_most;
	reader->open_most = open_most;
}

/* A window that is full of one record becomes larger; behind a long one it is as it
 * was. False: no memory. */
static bool resize(struct reader *reader, size_t unread)
{
	const size_t most = reader->record_most + WINDOW;
	size_t capacity = reader->capacity;
	char *bytes;

	if (unread == capacity)
		capacity = 2 * capacity < most ? 2 * capacity : most;
	else if (capacity > READER_KEPT && unread < WINDOW)
		capacity = WINDOW;
	if (capacity == reader->capacity)
		return true;
	bytes = memory_array(reader->bytes, capacity + READER_BEHIND, 1);
	if (!bytes)
		return false;
	reader->bytes = bytes;
	reader->capacity = capacity;
	return true;
}

/* Up to where the window is filled; twice as far each time, where a record is long. */
static size_t fill_to(const struct reader *reader, size_t unread)
{
	const size_t more = unread > reader->step ? unread : reader->step;

	return reader->step && more < reader->capacity - unread ? unread + more
								: reader->capacity;
}

enum status reader_fill(struct reader *reader)
{
	size_t unread = reader->end - reader->start;
	size_t got = 1, to;
	enum status status = STATUS_OK;

	if (reader->lent)
		return STATUS_END;
	if (reader->start > 0)
		memmove(reader->bytes, reader->bytes + reader->start, unread);
	reader->start = 0;
	reader->end = unread;
	if (!resize(reader, unread))
		return error_memory(reader->error);
	to = fill_to(reader, unread);
	while (status == STATUS_OK && got > 0 && reader->end < to) {
		status = reader->input.read(reader->input.context,
					    reader->bytes + reader->end,
					    to - reader->end, &got,
					    reader->error);
		reader->end += got;
	}
	if (got == 0)
		reader->ended = true;
	end_window(reader);
	return status;
}

enum status reader_first(struct reader *reader)
{
	return reader_fill(reader);
}

/* Blanks are bytes like all others. */
static int no_space(unsigned char byte)
{
	(void)byte;
	return 0;
}

/* libcsv looks for line ends before separators, and for those before quotes; a
 * dialect where that matters, or that drops blanks, is left to it. */
static void set_cut(struct reader *reader, const struct dialect *dialect)
{
	const char separator = (char)dialect->separator;

	reader->cut.separator = separator;
	reader->cut.quote = (char)dialect->quote;
	if (!dialect->blanks && !dialect->trim && separator != '\n' &&
	    separator != '\r' && separator != '\0' &&
	    separator != reader->cut.quote && reader->cut.quote != '\n' &&
	    reader->cut.quote != '\r' && !reader->mannered)
		reader->cutter = cut_fastest();
}

enum status reader_start(struct reader *reader, const struct dialect *dialect,
			 size_t preamble, unsigned lines)
{
	if (csv_init(&reader->parser,
		     CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
		return error_memory(reader->error);
	reader->parsing = true;
	csv_set_delim(&reader->parser, (unsigned char)dialect->separator);
	csv_set_quote(&reader->parser, (unsigned char)dialect->quote);
	csv_set_blk_size(&reader->parser, READER_TEXT_MOST + 1);
	if (!dialect->blanks && !dialect->trim)
		csv_set_space_func(&reader->parser, no_space);
	reader->mannered = dialect_mannered(dialect);
	if (reader->mannered)
		reader->manner = *dialect;
	set_cut(reader, dialect);
	reader->start = preamble;
	reader->offset = preamble;
	reader->line = 1 + lines;
	return STATUS_OK;
}

void reader_plainly(struct reader *reader)
{
	reader->cutter = NULL;
}

void reader_go(struct reader *reader, uint64_t offset, uint64_t line, size_t step)
{
	reader_reset(reader);
	reader_shrink(reader);
	reader->start = reader->end = 0;
	reader->ended = false;
	reader->step = step;
	reader_place(reader, offset, line);
	end_window(reader);
}

struct text reader_ahead(const struct reader *reader)
{
	struct text ahead = { reader->bytes + reader->start,
			      reader->end - reader->start };

	return ahead;
}

enum status reader_open_lent(struct reader *reader, const struct dialect *dialect,
			     struct error *error)
{
	memset(reader, 0, sizeof(*reader));
	reader->error = error;
	reader->lent = true;
	reader->first_lines = 1;
	reader_limit(reader, READER_RECORD_MOST, READER_OPEN_MOST);
	if (!reader_room(reader, READER_TEXT_MOST))
		return error_memory(error);
	return reader_start(reader, dialect, 0, 0);
}

void reader_place(struct reader *reader, uint64_t offset, uint64_t line)
{
	reader->offset = offset;
	reader->line = line;
	reader->long_length = 0;
}

void reader_hand_over(struct reader *reader)
{
	owner_hand_over(&reader->owner);
}

void reader_lend(struct reader *reader, char *bytes, size_t len, bool last)
{
	reader_reset(reader);
	reader_shrink(reader);
	reader->bytes = bytes;
	reader->start = 0;
	reader->end = len;
	reader->ended = last;
	end_window(reader);
}

/* The first place of a byte at or behind `from`, found anew only when the last
 * search does not tell it: a file without CR is not searched for one at every
 * line. */
static size_t find_byte(const struct reader *reader, struct found_byte *last,
			size_t from, char byte)
{
	const char *found;

	if (from >= last->from && from <= last->at)
		return last->at;
	found = memchr(reader->bytes + from, byte, reader->end - from);
	last->from = from;
	last->at = found ? (size_t)(found - reader->bytes) : reader->end;
	return last->at;
}

bool reader_find_line(struct reader *reader, size_t from, struct line *line)
{
	size_t lf = find_byte(reader, &reader->lf, from, '\n');
	size_t cr = find_byte(reader, &reader->cr, from, '\r');

	line->from = from;
	line->stop = lf < cr ? lf : cr;
	line->ended = line->stop < reader->end;
	line->next = line->stop;
	if (!line->ended)
		return reader->ended;
	line->next++;
	if (reader->bytes[line->stop] == '\r') {
		if (line->next == reader->end)
			return reader->ended;
		if (reader->bytes[line->next] == '\n')
			line->next++;
	}
	return true;
}

enum status reader_need_line(struct reader *reader, size_t *from,
			     struct line *line, bool *found)
{
	const size_t within = *from - reader->start;
	enum status status = STATUS_OK;

	*found = reader_find_line(reader, *from, line);
	while (!*found && !reader->ended && status == STATUS_OK &&
	       reader->end - reader->start <= reader->record_most) {
		status = reader_fill(reader);
		*from = reader->start + within;
		if (status == STATUS_OK)
			*found = reader_find_line(reader, *from, line);
	}
	return status;
}
