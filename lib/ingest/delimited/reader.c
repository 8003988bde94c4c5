/* SPDX-License-Identifier: Apache-2.0 */
/* Records of delimited text, with places: most cut where they stand, all others
 * through libcsv, a line at a time. */
#include "ingest/delimited/reader_window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/*
 * A quote that never closes must not swallow what follows it, so the first line
 * of a faulty record is given up and its other lines are read again. In the
 * strict mode every quote either opens a field, closes it, or is an error; so
 * within an open quote the next line with an odd number of quotes ends the
 * record, well or badly, while lines with an even number stand alone when they
 * are read again. Hence no line is read more than three times, whatever the
 * file holds.
 */

/* libcsv's callback. */
static void on_field(void *data, size_t len, void *context)
{
	struct reader *reader = context;
	void *fields = reader->fields;
	struct text *field;

	if (!memory_room(&fields, &reader->field_capacity,
			 reader->field_count + 1 + CUT_SPARE,
			 sizeof(*reader->fields)) ||
	    len > READER_RECORD_MOST - reader->value_len) {
		reader->no_memory = true;
		return;
	}
	reader->fields = fields;
	field = &reader->fields[reader->field_count++];
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

/* What came of a line given to libcsv: a quote is open at its end, the row
 * ended, a quote is out of place, or the input ended within quotes. */
enum fed { FED_MORE, FED_ROW, FED_BAD, FED_OPEN };

static bool parse(struct reader *reader, const char *bytes, size_t len)
{
	owner_use(&reader->owner);
	return csv_parse(&reader->parser, bytes, len, on_field, on_row, reader) ==
	       len;
}

/* Gives a line to libcsv, with one byte of its end; the LF of a CR LF follows
 * only when the CR did not end the row. */
static enum fed feed(struct reader *reader, const struct line *line)
{
	size_t len = line->stop - line->from + (line->ended ? 1 : 0);
	size_t rest = line->next - line->from - len;

	if (!parse(reader, reader->bytes + line->from, len))
		return FED_BAD;
	if (reader->row_ended)
		return FED_ROW;
	if (!line->ended)
		return csv_fini(&reader->parser, on_field, on_row, reader) == 0
			       ? FED_ROW
			       : FED_OPEN;
	return parse(reader, reader->bytes + line->next - rest, rest) ? FED_MORE
								      : FED_BAD;
}

static void set_text(const struct reader *reader, struct record *record)
{
	size_t most = (size_t)record->length;

	record->text.data = reader->bytes + reader->held_from;
	record->text.len = most < READER_RECORD_MOST ? most : READER_RECORD_MOST;
}

/* The record spans the window from start to `to`, in `lines` lines. */
static void take(struct reader *reader, struct record *record, size_t to,
		 uint64_t lines)
{
	record->length = to - reader->start;
	record->lines = lines;
	set_text(reader, record);
	record->fields = reader->fields;
	record->count = reader->field_count;
	reader->offset += record->length;
	reader->line += lines;
	reader->start = to;
}

/* Gives up the first line of a record, for the reason set. */
static enum status give_up(struct reader *reader, struct record *record)
{
	reader_reset(reader);
	if (reader->no_memory)
		return error_memory(reader->error);
	record->reason = reader->reason;
	take(reader, record, reader->start + reader->first_length, 1);
	return STATUS_OK;
}

/* Gives it up for the quote that is open at the end of its first line. */
static enum status give_up_open(struct reader *reader, struct record *record,
				const char *how)
{
	(void)snprintf(reader->reason, sizeof(reader->reason),
		       "the quote opened in column %lu is %s", reader->open_column,
		       how);
	return give_up(reader, record);
}

/* Gives it up for what stands on the line `lines`. */
static enum status give_up_line(struct reader *reader, struct record *record,
				uint64_t lines, bool nul)
{
	if (!nul && csv_error(&reader->parser) != CSV_EPARSE)
		return error_memory(reader->error);
	if (lines > 1)
		return give_up_open(reader, record, "not closed");
	if (nul)
		(void)snprintf(reader->reason, sizeof(reader->reason),
			       "holds a NUL byte");
	else
		(void)snprintf(reader->reason, sizeof(reader->reason),
			       "a quote in column %lu is out of place",
			       (unsigned long)reader->field_count + 1);
	return give_up(reader, record);
}

/* A first line without an end in a full window: its start is kept, the rest is
 * gone over. */
static enum status give_up_long(struct reader *reader, struct record *record)
{
	struct line line = { 0 };
	enum status status = STATUS_OK;

	if (!reader->long_line)
		reader->long_line = memory_array(NULL, READER_RECORD_MOST, 1);
	if (!reader->long_line)
		return error_memory(reader->error);
	if (reader->long_length == 0)
		memcpy(reader->long_line, reader->bytes + reader->start,
		       READER_RECORD_MOST);
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
		       "is longer than %d bytes", READER_RECORD_MOST);
	record->reason = reader->reason;
	reader->held_from = reader->start;
	take(reader, record, line.next, 1);
	record->length += reader->long_length;
	record->text.data = reader->long_line;
	record->text.len = READER_RECORD_MOST;
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
	reader->value_len = 0;
	reader->row_ended = false;
	reader->held_line = reader->line;
	reader->held_offset = reader->offset;
}

/* Gives one line of the record to libcsv and says what the record is by it;
 * STATUS_SKIP: it goes on with the next line. */
static enum status add_line(struct reader *reader, struct record *record,
			    const struct line *line, uint64_t lines)
{
	if (memchr(reader->bytes + line->from, '\0', line->stop - line->from))
		return give_up_line(reader, record, lines, true);
	switch (feed(reader, line)) {
	case FED_MORE:
		if (lines == 1)
			reader->open_column =
				(unsigned long)reader->field_count + 1;
		return STATUS_SKIP;
	case FED_BAD:
		return give_up_line(reader, record, lines, false);
	case FED_OPEN:
		if (lines == 1)
			reader->open_column =
				(unsigned long)reader->field_count + 1;
		return give_up_open(reader, record, "never closed");
	case FED_ROW:
		break;
	}
	if (reader->no_memory)
		return error_memory(reader->error);
	take(reader, record, line->next, lines);
	record->blank = record->count == 0;
	return STATUS_OK;
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
	if (stop >= READER_RECORD_MOST - 1)
		return false;
	to = reader->start + stop + 1;
	if (reader->bytes[to - 1] == '\r') {
		if (to == reader->end)
			return false;
		to += reader->bytes[to] == '\n';
	}
	if (cut->quotes && !reader->cutter->unquote(cut, reader->values))
		return false;
	reader->field_count = stop > 0 ? cut->count : 0;
	reader->held_from = reader->start;
	reader->first_length = to - reader->start;
	take(reader, record, to, 1);
	record->blank = stop == 0;
	return true;
}

static enum status next_by_parser(struct reader *reader, struct record *record)
{
	struct line line = { 0 };
	size_t from = reader->start;
	enum status status = STATUS_SKIP;

	for (uint64_t lines = 1; status == STATUS_SKIP; lines++) {
		bool found = false;

		status = reader_need_line(reader, &from, &line, &found);
		if (status != STATUS_OK)
			return status;
		reader->held_from = reader->start;
		if (lines == 1 && found && reader->start == reader->end)
			return STATUS_END;
		if (!found || line.next - reader->start > READER_RECORD_MOST)
			return lines == 1 ? give_up_long(reader, record)
					  : give_up_open(reader, record,
							 "not closed within "
							 "65536 bytes");
		if (lines == 1)
			reader->first_length = line.next - line.from;
		status = add_line(reader, record, &line, lines);
		from = line.next;
	}
	return status;
}

enum status reader_next(struct reader *reader, struct record *record)
{
	begin(reader, record);
	if (reader->long_length > 0)
		return give_up_long(reader, record);
	if (reader->cutter && take_line(reader, record))
		return STATUS_OK;
	return next_by_parser(reader, record);
}

void reader_retreat(struct reader *reader, struct record *record)
{
	if (record->lines < 2)
		return;
	reader->start = reader->held_from + reader->first_length;
	reader->line = reader->held_line + 1;
	reader->offset = reader->held_offset + reader->first_length;
	record->lines = 1;
	record->length = reader->first_length;
	record->count = 0;
	set_text(reader, record);
}
