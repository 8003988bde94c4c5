/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of a record of a dialect that libcsv does not know. */
#include <string.h>

#include "base/memory.h"
#include "ingest/plainly/plainly_room.h"

/* ---- lines of a record ---- */

/* Goes behind the end of a line, into one that is of the first as well, or not. */
static enum wrong next_line(struct plainly *p, size_t *at, bool of_first)
{
	const size_t from = plainly_behind_end(p, *at);
	size_t to;

	*at = from;
	p->lines++;
	p->first_open = p->first_open && of_first;
	if (!p->first_open)
		return FINE;
	if (!plainly_find_behind(p, from, p->begin + p->record_most, &to))
		return SAY(p, MANNER_LONG, p->record_most);
	p->first = to - p->begin;
	p->first_lines = p->lines;
	return FINE;
}

static void add(struct plainly *p, size_t from, size_t to)
{
	buf_add(&p->values, p->bytes + from, to - from);
}

/* ---- fields ---- */

struct field {
	size_t from;            /* in the values */
	size_t kept;            /* bytes before that are not trimmed */
	bool closed;            /* all of it was in quotes */
};

/* Whether a field ends there, blanks aside. */
static bool is_field_end(struct plainly *p, size_t at)
{
	while (plainly_trims(p) && plainly_is_blank(plainly_byte_at(p, at)) && !plainly_is_separator(p, plainly_byte_at(p, at)))
		at++;
	return plainly_is_end(plainly_byte_at(p, at)) || plainly_is_separator(p, plainly_byte_at(p, at));
}

/* The meaning of the byte behind a backslash, or PLAINLY_NONE. */
static int meaning(const struct plainly *p, int byte)
{
	switch (byte) {
	case '0': return '\0';
	case 'b': return '\b';
	case 'n': return '\n';
	case 'r': return '\r';
	case 't': return '\t';
	case 'Z': return 0x1a;
	case '\\': case '"': case '\'': return byte;
	default:
		return byte == (unsigned char)p->dialect.separator ||
				       byte == (unsigned char)p->dialect.quote
			       ? byte
			       : PLAINLY_NONE;
	}
}

/* A backslash and what is behind it. */
static enum wrong take_escape(struct plainly *p, struct field *field, size_t *at)
{
	const int next = plainly_byte_at(p, *at + 1);
	const int meant = plainly_is_end(next) ? PLAINLY_NONE : meaning(p, next);
	enum wrong wrong = FINE;

	if (next == PLAINLY_LATE)
		return SAY(p, MANNER_BEHIND, p->open_most);
	if (next == PLAINLY_NONE) {
		add(p, *at, *at + 1);
		*at += 1;
	} else if (plainly_is_end(next)) {
		const size_t end = *at + 1;

		*at = end;
		wrong = next_line(p, at, true);
		add(p, end, *at);
	} else {
		if (meant == PLAINLY_NONE)
			add(p, *at, *at + 2);
		else
			buf_byte(&p->values, (char)meant);
		*at += 2;
	}
	field->kept = p->values.len;
	return wrong;
}

static bool escapes(const struct plainly *p, int byte)
{
	return byte == '\\' && p->dialect.escape == ESCAPE_BACKSLASH;
}

static bool is_quote(const struct plainly *p, int byte)
{
	return p->dialect.quote && byte == (unsigned char)p->dialect.quote;
}

static void take_byte(struct plainly *p, size_t *at)
{
	add(p, *at, *at + 1);
	++*at;
}

/* What is not in quotes, up to what ends the field. */
static enum wrong take_bare(struct plainly *p, struct field *field, size_t *at, bool quotes)
{
	for (;;) {
		const int byte = plainly_byte_at(p, *at);
		enum wrong wrong = FINE;

		if (byte == PLAINLY_LATE)
			return SAY(p, MANNER_BEHIND, p->open_most);
		if (plainly_is_end(byte) || plainly_is_separator(p, byte))
			return FINE;
		if (is_quote(p, byte) && !quotes)
			return SAY(p, MANNER_PLACE, p->count + 1);
		if (escapes(p, byte))
			wrong = take_escape(p, field, at);
		else
			take_byte(p, at);
		if (wrong != FINE)
			return wrong;
	}
}

/* The end of a line within quotes. */
static enum wrong take_end(struct plainly *p, size_t *at, bool lines)
{
	const size_t from = *at;
	enum wrong wrong;

	if (!lines)
		return SAY(p, MANNER_LINE, p->count + 1);
	if (plainly_byte_at(p, *at) == PLAINLY_NONE)
		return SAY(p, MANNER_NEVER, p->count + 1);
	wrong = next_line(p, at, false);
	add(p, from, *at);
	return wrong;
}

/* What quotes are around. */
struct quotes {
	int quote;
	bool whole;             /* one closes it only where the field ends */
	bool pairs, both;       /* two are one; or stay two */
	bool lines;             /* it may have several */
};

/* Up to behind the quote that closes it. */
static enum wrong take_quoted(struct plainly *p, struct field *field, size_t *at,
			      const struct quotes *quotes)
{
	enum wrong wrong = FINE;

	while (wrong == FINE) {
		const int byte = plainly_byte_at(p, *at);

		if (byte == PLAINLY_LATE)
			return SAY(p, MANNER_BEHIND, p->open_most);
		if (plainly_is_end(byte)) {
			wrong = take_end(p, at, quotes->lines);
		} else if (escapes(p, byte)) {
			wrong = take_escape(p, field, at);
		} else if (byte != quotes->quote) {
			take_byte(p, at);
		} else if (quotes->pairs && plainly_byte_at(p, *at + 1) == byte) {
			add(p, *at, *at + (quotes->both ? 2 : 1));
			*at += 2;
		} else if (quotes->whole && !is_field_end(p, *at + 1)) {
			take_byte(p, at);
		} else {
			++*at;
			return FINE;
		}
	}
	return wrong;
}

/* Between the quote that closes a field and its end. */
static enum wrong take_behind(struct plainly *p, size_t *at)
{
	while (!plainly_is_end(plainly_byte_at(p, *at)) && !plainly_is_separator(p, plainly_byte_at(p, *at))) {
		if (plainly_byte_at(p, *at) == PLAINLY_LATE)
			return SAY(p, MANNER_BEHIND, p->open_most);
		if (!plainly_trims(p) || !plainly_is_blank(plainly_byte_at(p, *at)))
			return SAY(p, MANNER_PLACE, p->count + 1);
		++*at;
	}
	return FINE;
}

/* A field that begins with quotes around a part of it, which stay, or all. */
static enum wrong take_part(struct plainly *p, struct field *field, size_t *at)
{
	struct quotes quotes = { p->dialect.quote, false, true, false, false };
	const size_t from = *at + 1;
	enum wrong wrong;

	*at = from;
	wrong = take_quoted(p, field, at, &quotes);
	if (wrong != FINE || is_field_end(p, *at))
		return wrong == FINE ? take_behind(p, at) : wrong;
	/* Once more, as it is written. */
	p->values.len = field->from;
	quotes.both = true;
	*at = from - 1;
	take_byte(p, at);
	wrong = take_quoted(p, field, at, &quotes);
	buf_byte(&p->values, (char)quotes.quote);
	field->closed = false;
	return wrong == FINE ? take_bare(p, field, at, false) : wrong;
}

static bool is_null(struct plainly *p, size_t at)
{
	return p->dialect.escape == ESCAPE_QUOTE && plainly_byte_at(p, at + 1) == 'N' &&
	       is_field_end(p, at + 2);
}

/* The field that begins there. */
static enum wrong take_field(struct plainly *p, struct field *field, size_t *at)
{
	const struct dialect *d = &p->dialect;
	const bool bare = d->inner == INNER_BARE, doubled = d->inner == INNER_DOUBLED;
	struct quotes quotes = { d->quote, bare, !bare, false, doubled };
	enum wrong wrong;

	while (plainly_trims(p) && plainly_is_blank(plainly_byte_at(p, *at)) && !plainly_is_separator(p, plainly_byte_at(p, *at)))
		++*at;
	field->closed = true;
	if (d->guard && d->quote == '"' && plainly_byte_at(p, *at) == '=' &&
	    plainly_byte_at(p, *at + 1) == '"') {
		*at += 2;
		quotes.whole = false;
		quotes.pairs = true;
	} else if (is_quote(p, plainly_byte_at(p, *at)) && !is_null(p, *at)) {
		if (d->inner == INNER_PART)
			return take_part(p, field, at);
		++*at;
	} else {
		field->closed = false;
		if (is_quote(p, plainly_byte_at(p, *at)))
			take_byte(p, at);
		return take_bare(p, field, at, !doubled);
	}
	wrong = take_quoted(p, field, at, &quotes);
	return wrong == FINE ? take_behind(p, at) : wrong;
}

/* Notes a field by its place in the values, which move as they grow. */
static enum wrong end_field(struct plainly *p, const struct field *field)
{
	void *places = p->places;
	const char *all = p->values.data;
	size_t from = field->from, to = p->values.len;

	if (p->count == READER_FIELDS_MOST)
		return SAY(p, MANNER_MANY, READER_FIELDS_MOST);
	if (!memory_room(&places, &p->place_capacity, p->count + 1, sizeof(*p->places)))
		{
		p->status = error_memory(p->error);
		return WRONG;
	}
	p->places = places;
	while (plainly_trims(p) && !field->closed && to > field->kept && plainly_is_blank(all[to - 1]))
		to--;
	if (p->dialect.guard && to - from >= 3 && !memcmp(all + from, "=\"", 2) &&
	    all[to - 1] == '"') {
		from += 2;
		to--;
	}
	p->places[p->count++] = (struct plainly_place){ from, to - from };
	return FINE;
}

enum wrong plainly_fields(struct plainly *p, size_t *at)
{
	enum wrong wrong = FINE;

	while (wrong == FINE) {
		struct field field = { p->values.len, p->values.len, false };

		wrong = take_field(p, &field, at);
		if (wrong == FINE)
			wrong = end_field(p, &field);
		if (wrong != FINE || plainly_is_end(plainly_byte_at(p, *at)))
			return wrong;
		++*at;
	}
	return wrong;
}
