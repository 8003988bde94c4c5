/* SPDX-License-Identifier: Apache-2.0 */
/* Records of dialects that libcsv does not know, byte by byte. */
#include "ingest/delimited/reader_manner.h"

#include <stdio.h>
#include <string.h>

#include "ingest/delimited/reader_feed.h"
#include "ingest/delimited/reader_window.h"

/*
 * A first line is one line, and those behind it as long as the end of each is
 * escaped; it is given up as a whole. A quote that is open at its end goes on where
 * quotes are doubled or escaped, for there the next one closes it, well or badly; so
 * no line is read more than three times. Where they are not, nothing could tell a
 * field of several lines from a row that lacks a quote, and the line is given up.
 */

/* Where in a record reading stands. */
enum at { AT_START, AT_PLAIN, AT_QUOTED, AT_CLOSED, AT_PART };

struct scan {
	struct reader *reader;
	enum at at;
	size_t field;           /* where in the values it begins */
	size_t kept;            /* bytes before this are not trimmed */
	bool guarded;           /* its quote has = before it */
	bool joined;            /* the end of the line is escaped */
	const char *p, *end;    /* of the line, without its end */
	bool ended;             /* there is one */
};

/* What came of a line. */
enum came { CAME_ROW, CAME_OPEN, CAME_JOINED, CAME_BAD, CAME_MANY };

static void put(struct reader *reader, char byte)
{
	reader->values[reader->value_len++] = byte;
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static bool trims(const struct dialect *dialect)
{
	return dialect->blanks || dialect->trim;
}

/* ---- fields ---- */

/* `="0044"` */
static struct text unguard(struct text value)
{
	if (value.len < 3 || value.data[0] != '=' || value.data[1] != '"' ||
	    value.data[value.len - 1] != '"')
		return value;
	value.data += 2;
	value.len -= 3;
	return value;
}

static bool end_field(struct scan *scan)
{
	struct reader *reader = scan->reader;
	struct text *field = reader_add_field(reader);
	size_t to = reader->value_len;

	if (!field)
		return false;
	while (trims(&reader->manner) && scan->at != AT_CLOSED && to > scan->kept &&
	       is_blank(reader->values[to - 1]))
		to--;
	field->data = reader->values + scan->field;
	field->len = to - scan->field;
	if (reader->manner.guard)
		*field = unguard(*field);
	scan->at = AT_START;
	scan->guarded = false;
	scan->field = scan->kept = reader->value_len;
	return true;
}

/* Whether a field ends at p. */
static bool ends_at(const struct scan *scan, const char *p)
{
	while (p < scan->end && trims(&scan->reader->manner) && is_blank(*p) &&
	       *p != (char)scan->reader->manner.separator)
		p++;
	return p == scan->end || *p == (char)scan->reader->manner.separator;
}

/* ---- escapes ---- */

/* What the byte behind a backslash means, as LOAD DATA of MySQL takes it; false: the
 * two are what they are. */
static bool unescape(const struct dialect *dialect, char byte, char *meant)
{
	static const char letters[] = "0bnrtZ", meanings[] = "\0\b\n\r\t\x1a";
	const char *letter = memchr(letters, byte, sizeof(letters) - 1);

	*meant = letter ? meanings[letter - letters] : byte;
	return letter || byte == '\\' || byte == '"' || byte == '\'' ||
	       byte == (char)dialect->separator || byte == (char)dialect->quote;
}

/* Takes the backslash at p, with what is behind it. */
static void take_escape(struct scan *scan)
{
	struct reader *reader = scan->reader;
	char meant;

	if (scan->at == AT_START)
		scan->at = AT_PLAIN;
	if (scan->p + 1 == scan->end) {
		scan->joined = scan->ended;
		if (!scan->ended)
			put(reader, *scan->p);
	} else if (unescape(&reader->manner, scan->p[1], &meant)) {
		put(reader, meant);
		scan->p++;
	} else {
		put(reader, *scan->p++);
		put(reader, *scan->p);
	}
	scan->p++;
	scan->kept = reader->value_len;
}

/* ---- quotes ---- */

static bool doubles(const struct scan *scan)
{
	return scan->guarded || scan->reader->manner.inner != INNER_BARE;
}

/* The field is all in quotes, which were kept as it could have been a part: they come
 * off. */
static void strip_part(struct scan *scan)
{
	struct reader *reader = scan->reader;
	const char quote = (char)reader->manner.quote;
	size_t to = scan->field;

	for (size_t i = scan->field + 1; i < reader->value_len; i++) {
		reader->values[to++] = reader->values[i];
		if (reader->values[i] == quote)
			i++;
	}
	reader->value_len = to;
}

static bool is_part(const struct scan *scan)
{
	return scan->reader->manner.inner == INNER_PART && !scan->guarded;
}

/* Takes the quote at p, within quotes. */
static void take_quote(struct scan *scan)
{
	struct reader *reader = scan->reader;
	const char quote = *scan->p++;
	const bool twice = scan->p < scan->end && *scan->p == quote;

	if (doubles(scan) && twice) {
		put(reader, quote);
		scan->p++;
		if (is_part(scan))
			put(reader, quote);
	} else if (doubles(scan) && !is_part(scan)) {
		scan->at = AT_CLOSED;
	} else if (ends_at(scan, scan->p)) {
		if (is_part(scan))
			strip_part(scan);
		scan->at = AT_CLOSED;
	} else {
		put(reader, quote);
		if (is_part(scan))
			scan->at = AT_PART;
	}
}

/* `"N` and nothing else. */
static bool is_null(const struct scan *scan)
{
	return scan->reader->manner.escape == ESCAPE_QUOTE &&
	       scan->end - scan->p >= 2 && scan->p[1] == 'N' &&
	       ends_at(scan, scan->p + 2);
}

/* Takes what a field begins with. */
static void take_start(struct scan *scan)
{
	const struct dialect *manner = &scan->reader->manner;
	const bool quoted = manner->quote && *scan->p == (char)manner->quote;

	if (trims(manner) && is_blank(*scan->p)) {
		scan->p++;
		return;
	}
	scan->guarded = manner->guard && scan->end - scan->p >= 2 &&
			scan->p[0] == '=' && scan->p[1] == '"' &&
			manner->quote == '"';
	scan->at = scan->guarded || quoted ? AT_QUOTED : AT_PLAIN;
	if (scan->guarded)
		scan->p += 2;
	if (scan->guarded || !quoted)
		return;
	if (is_null(scan)) {
		put(scan->reader, *scan->p);
		scan->at = AT_PLAIN;
	} else if (is_part(scan)) {
		put(scan->reader, *scan->p);
	}
	scan->p++;
}

/* ---- lines ---- */

/* Takes a byte that ends no field. False: it may not stand there. */
static bool take_byte(struct scan *scan)
{
	const struct dialect *manner = &scan->reader->manner;
	const bool quote = manner->quote && *scan->p == (char)manner->quote;

	if (*scan->p == '\\' && manner->escape == ESCAPE_BACKSLASH &&
	    scan->at != AT_CLOSED) {
		take_escape(scan);
	} else if (scan->at == AT_START) {
		take_start(scan);
	} else if (scan->at == AT_QUOTED && *scan->p == (scan->guarded ? '"' : (char)manner->quote)) {
		take_quote(scan);
	} else if (scan->at == AT_CLOSED) {
		scan->p++;
		return trims(manner) && is_blank(scan->p[-1]);
	} else {
		put(scan->reader, *scan->p++);
		return !quote || scan->at == AT_QUOTED ||
		       (scan->at == AT_PLAIN && manner->inner != INNER_DOUBLED);
	}
	return true;
}

/* Reads a line, but for its end. */
static enum came read_line(struct scan *scan)
{
	const char separator = (char)scan->reader->manner.separator;

	scan->joined = false;
	while (scan->p < scan->end) {
		if (*scan->p == separator && scan->at != AT_QUOTED) {
			scan->p++;
			if (!end_field(scan))
				return CAME_MANY;
		} else if (!take_byte(scan)) {
			return CAME_BAD;
		}
	}
	if (scan->joined)
		return CAME_JOINED;
	return scan->at == AT_QUOTED ? CAME_OPEN : CAME_ROW;
}

/* ---- records ---- */

/* Gives a record up for a reason, one of those in the header. */
#define GIVE_UP(scan, record, format, number) \
	((void)snprintf((scan)->reader->reason, sizeof((scan)->reader->reason), \
			format, number), \
	 reader_give_up((scan)->reader, record))

/* The end of a line is a part of the value. */
static void put_end(struct reader *reader, const struct line *line)
{
	for (size_t i = line->stop; i < line->next; i++)
		put(reader, reader->bytes[i]);
}

static enum status end_record(struct scan *scan, struct record *record,
			      const struct line *line, uint64_t lines)
{
	struct reader *reader = scan->reader;

	record->blank = reader->field_count == 0 && scan->at == AT_START &&
			reader->value_len == 0;
	if (!record->blank && !end_field(scan))
		return GIVE_UP(scan, record, MANNER_MANY, READER_FIELDS_MOST);
	record->odd = record->odd ||
		      (reader->value_len > 0 &&
		       memchr(reader->values, '\0', reader->value_len) != NULL);
	reader_take(reader, record, line->next, lines);
	return STATUS_OK;
}

/* What is open at the end of a line; STATUS_SKIP: it goes on with the next. */
static enum status go_on(struct scan *scan, struct record *record,
			 const struct line *line)
{
	struct reader *reader = scan->reader;
	const size_t column = reader->field_count + 1;

	if (reader->manner.inner != INNER_DOUBLED)
		return GIVE_UP(scan, record, MANNER_LINE, column);
	if (!line->ended)
		return GIVE_UP(scan, record, MANNER_NEVER, column);
	put_end(reader, line);
	return STATUS_SKIP;
}

/* Reads a line of the record. */
static enum status take_line(struct scan *scan, struct record *record,
			     const struct line *line, uint64_t lines, size_t most)
{
	struct reader *reader = scan->reader;
	const bool late = line->stop >= most;

	if (!reader_room(reader, line->next - reader->start))
		return error_memory(reader->error);
	scan->p = reader->bytes + line->from;
	scan->end = reader->bytes + (late ? most : line->stop);
	scan->ended = line->ended;
	switch (read_line(scan)) {
	case CAME_BAD:
		return GIVE_UP(scan, record, MANNER_PLACE, reader->field_count + 1);
	case CAME_MANY:
		return GIVE_UP(scan, record, MANNER_MANY, READER_FIELDS_MOST);
	case CAME_JOINED:
		if (!late)
			put_end(reader, line);
		break;
	case CAME_OPEN:
		return late ? GIVE_UP(scan, record, MANNER_BEHIND, reader->open_most)
			    : go_on(scan, record, line);
	case CAME_ROW:
		if (!late)
			return end_record(scan, record, line, lines);
		break;
	}
	return late ? GIVE_UP(scan, record, MANNER_BEHIND, reader->open_most)
		    : STATUS_SKIP;
}

/* How far a record may be looked at, behind its first line. */
static size_t bound(const struct reader *reader)
{
	const size_t first = reader->first_length + reader->open_most;

	return reader->start +
	       (first < reader->record_most ? first : reader->record_most);
}

enum status reader_next_manner(struct reader *reader, struct record *record)
{
	struct scan scan = { .reader = reader, .at = AT_START };
	struct line line = { 0 };
	size_t from = reader->start;
	bool first = true;      /* the first line is not at its end */
	enum status status = STATUS_SKIP;

	reader_shrink(reader);
	reader->first_length = reader->first_lines = 0;
	for (uint64_t lines = 1; status == STATUS_SKIP; lines++) {
		bool found = false;

		status = reader_need_line(reader, &from, &line, &found);
		if (status != STATUS_OK)
			return status;
		reader->held_from = reader->start;
		if (lines == 1 && found && reader->start == reader->end)
			return STATUS_END;
		if (first && (!found || line.next - reader->start > reader->record_most))
			return lines == 1 ? reader_give_up_long(reader, record)
					  : GIVE_UP(&scan, record, MANNER_LONG,
						    reader->record_most);
		if (first) {
			reader->first_length = line.next - reader->start;
			reader->first_lines = lines;
		}
		status = take_line(&scan, record, &line, lines,
				   first ? SIZE_MAX : bound(reader));
		first = first && scan.joined;
		from = line.next;
	}
	return status;
}
