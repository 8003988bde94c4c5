/* SPDX-License-Identifier: Apache-2.0 */
/* Records of delimited text, with places: most cut where they stand, all others
 * through libcsv, a line at a time. */
#include "ingest/delimited/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Holds a record and what is read ahead of it. */
#define WINDOW (4 * READER_RECORD_MOST)

/*
 * A quote that never closes must not swallow what follows it, so the first line
 * of a faulty record is given up and its other lines are read again. In the
 * strict mode every quote either opens a field, closes it, or is an error; so
 * within an open quote the next line with an odd number of quotes ends the
 * record, well or badly, while lines with an even number stand alone when they
 * are read again. Hence no line is read more than three times, whatever the
 * file holds.
 */

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
	reader->line = 1;
	reader->capacity = WINDOW;
	reader->bytes = memory_array(NULL, reader->capacity + READER_BEHIND, 1);
	reader->values = calloc(READER_RECORD_MOST + READER_BEHIND, 1);
	if (!reader->bytes || !reader->values)
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

/* Moves what is unread to the front and fills the window behind it. */
static enum status fill(struct reader *reader)
{
	size_t unread = reader->end - reader->start;
	size_t got = 1;
	enum status status = STATUS_OK;

	if (reader->lent)
		return STATUS_END;
	if (reader->start > 0)
		memmove(reader->bytes, reader->bytes + reader->start, unread);
	reader->start = 0;
	reader->end = unread;
	while (status == STATUS_OK && got > 0 && reader->end < reader->capacity) {
		status = reader->input.read(reader->input.context,
					    reader->bytes + reader->end,
					    reader->capacity - reader->end, &got,
					    reader->error);
		reader->end += got;
	}
	if (got == 0)
		reader->ended = true;
	end_window(reader);
	return status;
}

enum status reader_sample(struct reader *reader, struct text *sample, bool *whole)
{
	enum status status = reader->ended ? STATUS_OK : fill(reader);

	sample->data = reader->bytes;
	sample->len = reader->end < READER_SAMPLE ? reader->end : READER_SAMPLE;
	*whole = reader->ended && reader->end <= READER_SAMPLE;
	return status;
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
	    reader->cut.quote != '\r')
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
	csv_set_blk_size(&reader->parser, READER_RECORD_MOST + 1);
	if (!dialect->blanks && !dialect->trim)
		csv_set_space_func(&reader->parser, no_space);
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

enum status reader_skip(struct reader *reader, uint64_t place,
			struct digest *digest)
{
	uint64_t missing = place - reader->offset;
	size_t len = reader->end - reader->start;
	enum status status;

	if (len > missing)
		len = (size_t)missing;
	if (!digest_add(digest, reader->bytes + reader->start, len))
		return error_memory(reader->error);
	reader->start += len;
	reader->offset += len;
	status = reader->ended ? STATUS_OK : fill(reader);
	if (status != STATUS_OK)
		return status;
	return reader->offset == place || reader->start == reader->end
		       ? STATUS_END
		       : STATUS_OK;
}

struct text reader_ahead(const struct reader *reader)
{
	struct text ahead = { reader->bytes + reader->start,
			      reader->end - reader->start };

	return ahead;
}

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

/* Forgets an unfinished row. */
static void reset(struct reader *reader)
{
	owner_use(&reader->owner);
	(void)csv_set_opts(&reader->parser, CSV_STRICT | CSV_REPALL_NL);
	(void)csv_fini(&reader->parser, NULL, NULL, NULL);
	(void)csv_set_opts(&reader->parser,
			   CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
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

/* A physical line in the window: its bytes, where its line end begins, and
 * where the next line begins. */
struct line {
	size_t from, stop, next;
	bool ended;     /* false: the input ends without a line end */
};

/* The line at from. False: the window does not hold its end. */
static bool find_line(struct reader *reader, size_t from, struct line *line)
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

/* The same with the window filled as needed; *from moves with it. */
static enum status need_line(struct reader *reader, size_t *from,
			     struct line *line, bool *found)
{
	enum status status;
	size_t within = *from - reader->start;

	*found = find_line(reader, *from, line);
	if (*found || reader->ended ||
	    reader->end - reader->start > READER_RECORD_MOST)
		return STATUS_OK;
	status = fill(reader);
	*from = reader->start + within;
	if (status == STATUS_OK)
		*found = find_line(reader, *from, line);
	return status;
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

enum status reader_open_lent(struct reader *reader, const struct dialect *dialect,
			     struct error *error)
{
	memset(reader, 0, sizeof(*reader));
	reader->error = error;
	reader->lent = true;
	reader->values = calloc(READER_RECORD_MOST + READER_BEHIND, 1);
	if (!reader->values)
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
	reset(reader);
	reader->bytes = bytes;
	reader->start = 0;
	reader->end = len;
	reader->ended = last;
	end_window(reader);
}

/* Gives up the first line of a record, for the reason set. */
static enum status give_up(struct reader *reader, struct record *record)
{
	reset(reader);
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
	while (status == STATUS_OK && !find_line(reader, reader->start, &line)) {
		/* A CR at the very end may have an LF behind it. */
		size_t keep = line.ended ? 1 : 0;

		reader->long_length += reader->end - reader->start - keep;
		reader->start = reader->end - keep;
		status = fill(reader);
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

		status = need_line(reader, &from, &line, &found);
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
