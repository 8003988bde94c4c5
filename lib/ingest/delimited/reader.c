/* SPDX-License-Identifier: Apache-2.0 */
/* Records of delimited text, with places: most cut where they stand, all others
 * through libcsv, a line at a time. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/delimited/reader_feed.h"
#include "ingest/delimited/reader_manner.h"
#include "ingest/delimited/reader_window.h"

/*
 * A quote that never closes must not swallow what follows it, so the first line
 * of a faulty record is given up and its other lines are read again. In the
 * strict mode every quote either opens a field, closes it, or is an error; so
 * within an open quote the next line with an odd number of quotes ends the
 * record, well or badly, while lines with an even number stand alone when they
 * are read again. Hence no line is read more than three times, whatever the
 * file holds. What one quote may swallow is bounded by far less than what one line may
 * hold, for a line that is a record takes nothing from others.
 */

static void set_text(const struct reader *reader, struct record *record)
{
	size_t most = (size_t)record->length;

	record->text.data = reader->bytes + reader->held_from;
	record->text.len = most < READER_TEXT_MOST ? most : READER_TEXT_MOST;
}

/* The record spans the window from start to `to`, in `lines` lines. */
static void take(struct reader *reader, struct record *record, size_t to,
		 uint64_t lines)
{
	record->length = to - reader->start;
	record->lines = lines;
	record->odd = record->odd || record->length > RECORD_VALUE_MOST;
	set_text(reader, record);
	record->fields = reader->fields;
	record->count = reader->field_count;
	reader->offset += record->length;
	reader->line += lines;
	reader->start = to;
}

void reader_take(struct reader *reader, struct record *record, size_t to,
		 uint64_t lines)
{
	take(reader, record, to, lines);
}

/* Gives up the first line of a record, for the reason set. */
enum status reader_give_up(struct reader *reader, struct record *record)
{
	reader_reset(reader);
	if (reader->no_memory)
		return error_memory(reader->error);
	record->reason = reader->reason;
	take(reader, record, reader->start + reader->first_length,
	     reader->first_lines);
	return STATUS_OK;
}

/* Gives it up for the quote that is open at the end of its first line. */
static enum status give_up_open(struct reader *reader, struct record *record,
				const char *how)
{
	(void)snprintf(reader->reason, sizeof(reader->reason),
		       "the quote opened in column %lu is %s", reader->open_column,
		       how);
	return reader_give_up(reader, record);
}

/* Gives it up for a quote that is open for too long. */
static enum status give_up_late(struct reader *reader, struct record *record)
{
	char how[60];

	(void)snprintf(how, sizeof(how), "not closed within %zu bytes",
		       reader->open_most);
	return give_up_open(reader, record, how);
}

/* Gives it up for having more of something than there may be. */
static enum status give_up_many(struct reader *reader, struct record *record,
				const char *how, size_t most, const char *what)
{
	(void)snprintf(reader->reason, sizeof(reader->reason), "%s %zu %s", how, most,
		       what);
	return reader_give_up(reader, record);
}

/* Gives it up for what stands on the line `lines`. */
static enum status give_up_line(struct reader *reader, struct record *record,
				uint64_t lines)
{
	if (csv_error(&reader->parser) != CSV_EPARSE)
		return error_memory(reader->error);
	if (lines > 1)
		return give_up_open(reader, record, "not closed");
	(void)snprintf(reader->reason, sizeof(reader->reason),
		       "a quote in column %lu is out of place",
		       (unsigned long)reader->field_count + 1);
	return reader_give_up(reader, record);
}

/* A first line without an end in a full window: its start is kept, the rest is
 * gone over. */
enum status reader_give_up_long(struct reader *reader, struct record *record)
{
	struct line line = { 0 };
	const size_t kept = reader->record_most < READER_TEXT_MOST
				    ? reader->record_most
				    : READER_TEXT_MOST;
	enum status status = STATUS_OK;

	if (!reader->long_line)
		reader->long_line = memory_array(NULL, READER_TEXT_MOST, 1);
	if (!reader->long_line)
		return error_memory(reader->error);
	if (reader->long_length == 0)
		memcpy(reader->long_line, reader->bytes + reader->start, kept);
	while (status == STATUS_OK && !reader_find_line(reader, reader->start, &line)) {
		/* A CR at the very end may have an LF behind it. */
		size_t keep = line.ended ? 1 : 0;

		reader->long_length += reader->end - reader->start - keep;
		reader->start = reader->end - keep;
		status = reader_fill(reader);
	}
	if (status != STATUS_OK)
		return status;
	(void)snprintf(reader->reason, sizeof(reader->reason),
		       "is longer than %zu bytes", reader->record_most);
	record->reason = reader->reason;
	reader->held_from = reader->start;
	take(reader, record, line.next, 1);
	record->length += reader->long_length;
	record->text.data = reader->long_line;
	record->text.len = kept;
	reader->offset += reader->long_length;
	reader->long_length = 0;
	return STATUS_OK;
}

/* Starts a record at the reader's place. */
static void begin(struct reader *reader, struct record *record)
{
	memset(record, 0, sizeof(*record));
	record->line = reader->line;
	record->offset = reader->offset;
	reader->field_count = 0;
	reader->value_len = reader->open_bytes = 0;
	reader->row_ended = reader->too_many = false;
	reader->held_line = reader->line;
	reader->held_offset = reader->offset;
}

/* A quote is open at the end of a line: the same as before it, or another. */
static void note_open(struct reader *reader, const struct line *line, uint64_t lines)
{
	const size_t len = line->next - line->from;

	if (lines == 1)
		reader->open_column = (unsigned long)reader->field_count + 1;
	else
		reader->open_bytes +=
			len < reader->open_most ? len : reader->open_most;
	if (lines > 1 && reader->field_count == reader->open_fields)
		return;
	reader->open_from = line->next - reader->start;
	reader->open_fields = reader->field_count;
}

/* Gives a line to libcsv as far as the quote that is open before it may go. STATUS_SKIP:
 * it is closed by then; *from: where the line goes on. */
static enum status close_quote(struct reader *reader, struct record *record,
			       const struct line *line, uint64_t lines, size_t *from)
{
	const size_t to = reader->start + reader->open_from + reader->open_most;

	*from = line->from;
	if (lines == 1 || line->stop <= to)
		return STATUS_SKIP;
	*from = to;
	if (!reader_feed_part(reader, line->from, to))
		return give_up_line(reader, record, lines);
	return reader->field_count > reader->open_fields
		       ? STATUS_SKIP
		       : give_up_late(reader, record);
}

/* Says what a record is by what came of its last line; STATUS_SKIP: it goes on. */
static enum status settle(struct reader *reader, struct record *record,
			  const struct line *line, uint64_t lines, enum fed fed)
{
	if (fed == FED_BAD)
		return give_up_line(reader, record, lines);
	if (fed != FED_ROW)
		note_open(reader, line, lines);
	if (fed == FED_OPEN)
		return give_up_open(reader, record, "never closed");
	if (reader->no_memory)
		return error_memory(reader->error);
	if (reader->too_many)
		return give_up_many(reader, record, "has more than",
				    READER_FIELDS_MOST, "fields");
	if (fed == FED_MORE)
		return STATUS_SKIP;
	take(reader, record, line->next, lines);
	record->blank = record->count == 0;
	return STATUS_OK;
}

/* Gives one line of the record to libcsv and says what the record is by it;
 * STATUS_SKIP: it goes on with the next line. */
static enum status add_line(struct reader *reader, struct record *record,
			    const struct line *line, uint64_t lines)
{
	size_t from;
	enum status status;

	if (!reader_room(reader, line->next - reader->start))
		return error_memory(reader->error);
	if (memchr(reader->bytes + line->from, '\0', line->stop - line->from))
		record->odd = true;
	status = close_quote(reader, record, line, lines, &from);
	if (status != STATUS_SKIP)
		return status;
	return settle(reader, record, line, lines, reader_feed(reader, line, from));
}

/* Takes the quotes off the fields of a line that was cut. */
static bool unquote(struct reader *reader, size_t len)
{
	reader->field_count = reader->value_len = 0;
	return reader_room(reader, len) && reader->cutter->unquote(&reader->cut, reader->values);
}

/* The line that was cut is a record, and ends at `to`. */
static void take_cut(struct reader *reader, struct record *record, size_t to, bool blank)
{
	const size_t len = to - reader->start;

	*record = (struct record){
		.line = reader->line++, .offset = reader->offset, .length = len, .lines = 1,
		.text = { reader->bytes + reader->start, len < READER_TEXT_MOST ? len : READER_TEXT_MOST },
		.fields = reader->fields, .count = blank ? 0 : reader->cut.count,
		.odd = len > RECORD_VALUE_MOST, .blank = blank,
	};
	reader->offset += len;
	reader->start = to;
}

/* Takes a record that is a whole line of the window, where every quote is in
 * its place. False, with nothing taken: libcsv is to say what it is. */
static bool take_line(struct reader *reader, struct record *record)
{
	struct cut *cut = &reader->cut;
	size_t stop, to;

	if (!reader->fields)
		return false;
	cut->fields = reader->fields;
	cut->capacity = reader->field_capacity - CUT_SPARE;
	stop = reader->cutter->line(cut, reader->bytes + reader->start);
	if (stop >= reader->record_most - 1)
		return false;
	to = reader->start + stop + 1;
	if (reader->bytes[to - 1] == '\r') {
		if (to == reader->end)
			return false;
		to += reader->bytes[to] == '\n';
	}
	if (cut->quotes && !unquote(reader, stop))
		return false;
	take_cut(reader, record, to, stop == 0);
	return true;
}

/* Before a line that is not the first: whether the record may go on with it. */
static enum status go_on(struct reader *reader, struct record *record, size_t from,
			 uint64_t lines)
{
	if (from - reader->start >= reader->open_from + reader->open_most)
		return give_up_late(reader, record);
	if (reader->open_bytes > READER_OPEN_TIMES * reader->open_most)
		return give_up_many(reader, record, "goes on for more than",
				    READER_OPEN_TIMES * reader->open_most,
				    "bytes behind its first line");
	if (lines > READER_LINES_MOST)
		return give_up_many(reader, record, "has more than",
				    READER_LINES_MOST, "lines");
	return STATUS_SKIP;
}

static enum status give_up_length(struct reader *reader, struct record *record,
				  uint64_t lines)
{
	return lines == 1 ? reader_give_up_long(reader, record)
			  : give_up_many(reader, record, "is longer than",
					 reader->record_most, "bytes");
}

static enum status next_by_parser(struct reader *reader, struct record *record)
{
	struct line line = { 0 };
	size_t from = reader->start;
	enum status status = STATUS_SKIP;

	reader_shrink(reader);
	for (uint64_t lines = 1; status == STATUS_SKIP; lines++) {
		bool found = false;

		if (lines > 1)
			status = go_on(reader, record, from, lines);
		if (status != STATUS_SKIP)
			return status;
		status = reader_need_line(reader, &from, &line, &found);
		if (status != STATUS_OK)
			return status;
		reader->held_from = reader->start;
		if (lines == 1 && found && reader->start == reader->end)
			return STATUS_END;
		if (!found || line.next - reader->start > reader->record_most)
			return give_up_length(reader, record, lines);
		if (lines == 1)
			reader->first_length = line.next - line.from;
		status = add_line(reader, record, &line, lines);
		from = line.next;
	}
	return status;
}

enum status reader_next(struct reader *reader, struct record *record)
{
	if (reader->cutter && reader->long_length == 0 && take_line(reader, record))
		return STATUS_OK;
	begin(reader, record);
	if (reader->long_length > 0)
		return reader_give_up_long(reader, record);
	return reader->mannered ? reader_next_manner(reader, record)
				: next_by_parser(reader, record);
}

void reader_retreat(struct reader *reader, struct record *record)
{
	if (record->lines <= reader->first_lines)
		return;
	reader->start = reader->held_from + reader->first_length;
	reader->line = reader->held_line + reader->first_lines;
	reader->offset = reader->held_offset + reader->first_length;
	record->lines = reader->first_lines;
	record->length = reader->first_length;
	record->count = 0;
	set_text(reader, record);
}
