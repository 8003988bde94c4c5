/* SPDX-License-Identifier: Apache-2.0 */
/* Records of dialects that libcsv does not know, by asking byte after byte. */
#include "ingest/plainly/plainly.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/plainly/plainly_room.h"

#define PIECE 65536         /* bytes read at a time */

/* ---- bytes ---- */

static bool read_more(struct plainly *p)
{
	size_t got = 0;
	void *bytes = p->bytes;

	if (p->ended || p->status != STATUS_OK)
		return false;
	if (!memory_room(&bytes, &p->capacity, p->end + PIECE, 1)) {
		p->status = error_memory(p->error);
		return false;
	}
	p->bytes = bytes;
	p->status = p->input.read(p->input.context, p->bytes + p->end, PIECE, &got,
				  p->error);
	p->end += p->status == STATUS_OK ? got : 0;
	p->ended = got == 0;
	return p->status == STATUS_OK && got > 0;
}

int plainly_raw_at(struct plainly *p, size_t at)
{
	while (at >= p->end)
		if (!read_more(p))
			return PLAINLY_NONE;
	return (unsigned char)p->bytes[at];
}

int plainly_byte_at(struct plainly *p, size_t at)
{
	const size_t most = p->first + p->open_most < p->record_most
				    ? p->first + p->open_most
				    : p->record_most;

	return p->first_open || at < p->begin + most ? plainly_raw_at(p, at) : PLAINLY_LATE;
}

size_t plainly_behind_end(struct plainly *p, size_t at)
{
	const int byte = plainly_raw_at(p, at);

	if (byte == PLAINLY_NONE)
		return at;
	return byte == '\r' && plainly_raw_at(p, at + 1) == '\n' ? at + 2 : at + 1;
}

bool plainly_find_behind(struct plainly *p, size_t from, size_t most, size_t *to)
{
	for (*to = from; *to < most && !plainly_is_end(plainly_raw_at(p, *to)); (*to)++)
		;
	if (*to >= most && plainly_raw_at(p, *to) != PLAINLY_NONE)
		return false;
	*to = plainly_behind_end(p, *to);
	return *to <= most;
}

/* ---- records ---- */

static void no_memory(struct plainly *p)
{
	p->status = error_memory(p->error);
}

/* Bytes that are done with are given up. */
static void compact(struct plainly *p)
{
	if (p->start < PIECE)
		return;
	memmove(p->bytes, p->bytes + p->start, p->end - p->start);
	p->end -= p->start;
	p->start = 0;
}

/* The record is all up to there. */
static void settle(struct plainly *p, struct record *record, size_t length, uint64_t lines)
{
	record->length = length;
	record->lines = lines;
	record->text.data = p->bytes + p->begin;
	record->text.len = length < READER_TEXT_MOST ? length : READER_TEXT_MOST;
	record->odd = record->odd || length > RECORD_VALUE_MOST;
	p->start = p->begin + length;
	p->offset = record->offset + length;
	p->line = record->line + lines;
}

/* A line that is too long is gone over, but for how it begins. */
static void pass_long(struct plainly *p, struct record *record)
{
	const size_t most = p->record_most < READER_TEXT_MOST ? p->record_most
							      : READER_TEXT_MOST;
	uint64_t length = 0;
	size_t at = p->begin;

	(void)SAY(p, MANNER_LONG, p->record_most);
	buf_clear(&p->kept);
	buf_add(&p->kept, p->bytes + at, most);
	for (; !plainly_is_end(plainly_raw_at(p, at)); at++)
		if (at - p->start == PIECE) {
			p->start = at;
			length += PIECE;
			compact(p);
			at = p->start;
		}
	at = plainly_behind_end(p, at);
	p->begin = p->start;
	settle(p, record, at - p->start, 1);
	record->length += length;
	p->offset += length;
	record->odd = record->odd || record->length > RECORD_VALUE_MOST;
	record->text = buf_view(&p->kept);
	record->reason = p->reason;
}

/* The views of a row. */
static bool show(struct plainly *p, struct record *record)
{
	void *fields = p->fields;
	/* What is behind a value can be read. */
	static const char behind[RECORD_READ];
	const size_t len = p->values.len;

	buf_add(&p->values, behind, sizeof(behind));
	if (p->values.failed ||
	    !memory_room(&fields, &p->field_capacity, p->count + 1, sizeof(*p->fields)))
		return false;
	p->fields = fields;
	for (size_t i = 0; i < p->count; i++)
		p->fields[i] = (struct text){ p->values.data + p->places[i].at,
					      p->places[i].len };
	record->fields = p->fields;
	record->count = p->count;
	record->odd = record->odd ||
		      (len > 0 && memchr(p->values.data, '\0', len) != NULL);
	return true;
}

static bool is_blank_line(struct plainly *p, size_t at)
{
	while (plainly_trims(p) && plainly_is_blank(plainly_raw_at(p, at)) && !plainly_is_separator(p, plainly_raw_at(p, at)))
		at++;
	return plainly_is_end(plainly_raw_at(p, at));
}

static void begin(struct plainly *p, struct record *record)
{
	compact(p);
	memset(record, 0, sizeof(*record));
	record->line = p->line;
	record->offset = p->offset;
	buf_clear(&p->values);
	p->begin = p->start;
	p->count = p->first = 0;
	p->lines = p->first_lines = 1;
	p->first_open = true;
}

/* A record whose first line is not too long. */
static void take_record(struct plainly *p, struct record *record)
{
	size_t at = p->begin;

	record->blank = is_blank_line(p, at);
	if (!record->blank && plainly_fields(p, &at) != FINE) {
		record->reason = p->reason;
		record->count = p->count;
		settle(p, record, p->first, p->first_lines);
		return;
	}
	if (record->blank)
		while (!plainly_is_end(plainly_raw_at(p, at)))
			at++;
	settle(p, record, plainly_behind_end(p, at) - p->begin, p->lines);
	if (!show(p, record))
		no_memory(p);
}

enum status plainly_next(struct plainly *p, struct record *record)
{
	size_t to;

	begin(p, record);
	if (plainly_raw_at(p, p->start) == PLAINLY_NONE)
		return p->status == STATUS_OK ? STATUS_END : p->status;
	if (plainly_find_behind(p, p->begin, p->begin + p->record_most, &to)) {
		p->first = to - p->begin;
		take_record(p, record);
	} else {
		pass_long(p, record);
	}
	if (p->status == STATUS_OK && (p->values.failed || p->kept.failed))
		no_memory(p);
	return p->status;
}

void plainly_retreat(struct plainly *p, struct record *record)
{
	if (record->lines <= p->first_lines)
		return;
	p->offset = record->offset;
	settle(p, record, p->first, p->first_lines);
	record->count = 0;
}

/* ---- opened and closed ---- */

enum status plainly_open(struct plainly *p, const struct dialect *dialect,
			 struct input input, struct error *error)
{
	memset(p, 0, sizeof(*p));
	p->dialect = *dialect;
	p->input = input;
	p->error = error;
	p->line = 1;
	plainly_limit(p, READER_RECORD_MOST, READER_OPEN_MOST);
	return STATUS_OK;
}

void plainly_close(struct plainly *p)
{
	free(p->bytes);
	free(p->places);
	free(p->fields);
	buf_release(&p->values);
	buf_release(&p->kept);
	memset(p, 0, sizeof(*p));
}

void plainly_limit(struct plainly *p, size_t record_most, size_t open_most)
{
	p->record_most = record_most;
	p->open_most = open_most;
}

enum status plainly_skip(struct plainly *p, size_t bytes, unsigned lines)
{
	if (bytes > 0 && plainly_raw_at(p, bytes - 1) == PLAINLY_NONE)
		return p->status == STATUS_OK ? STATUS_END : p->status;
	p->start = bytes;
	p->offset = bytes;
	p->line = 1 + lines;
	return STATUS_OK;
}
