/* SPDX-License-Identifier: Apache-2.0 */
/* Where rows stand in JSON. */
#include "ingest/json/json_split.h"

#include <string.h>

void json_split_release(struct json_split *split)
{
	buf_release(&split->path);
	memset(split, 0, sizeof(*split));
}

/* ---- around rows ---- */

static void cut_path(struct json_split *split, size_t len)
{
	split->path.len = len < split->path.len ? len : split->path.len;
}

/* Something with a name is open; deeper than that nothing is looked for. */
static bool open_frame(struct json_split *split)
{
	if (split->depth == JSON_FRAMES)
		return false;
	split->frames[split->depth++] = split->key_from;
	return true;
}

static void close_frame(struct json_split *split)
{
	if (split->depth > 0)
		cut_path(split, split->frames[--split->depth]);
	split->key_from = split->path.len;
	split->state = split->depth > 0 ? JSON_AT_KEY : JSON_AT_DOCUMENT;
}

static void begin_rows(struct json_split *split)
{
	split->rows = true;
	memset(&split->scan, 0, sizeof(split->scan));
}

/* Goes over a value of which nothing is a row. */
static void begin_value(struct json_split *split, uint64_t depth)
{
	split->state = JSON_IN_VALUE;
	memset(&split->scan, 0, sizeof(split->scan));
	split->scan.depth = depth;
	split->beside++;
}

/* A byte where a document begins; false: it is to be looked at again. */
static bool at_document(struct json_split *split, char c)
{
	const bool array = c == '[', object = c == '{';

	if (json_is_blank(c) || c == ',')
		return true;
	split->key_from = 0;
	cut_path(split, 0);
	if ((array && split->shape == JSON_ARRAY) || (object && split->shape == JSON_KEYED)) {
		(void)open_frame(split);
		begin_rows(split);
	} else if (split->shape == JSON_TABLES && (array || object)) {
		(void)open_frame(split);
		split->state = array ? JSON_AT_FIRST : JSON_AT_KEY;
	} else {
		begin_value(split, 0);
		return false;
	}
	return true;
}

static bool at_key(struct json_split *split, char c)
{
	if (c == '}' || c == ']') {
		close_frame(split);
	} else if (c == '"') {
		split->key_from = split->path.len;
		if (split->path.len > 0)
			buf_byte(&split->path, '.');
		split->state = JSON_IN_KEY;
		split->escaped = false;
	}
	return true;
}

static bool in_key(struct json_split *split, char c)
{
	if (c == '"' && !split->escaped) {
		split->state = JSON_AT_COLON;
		return true;
	}
	split->escaped = c == '\\' && !split->escaped;
	if (split->path.len < JSON_PATH_MOST)
		buf_byte(&split->path, c);
	return true;
}

static bool at_value(struct json_split *split, char c)
{
	if (json_is_blank(c))
		return true;
	if (c == '{' && open_frame(split)) {
		split->state = JSON_AT_KEY;
		return true;
	}
	if (c == '[' && open_frame(split)) {
		split->state = JSON_AT_FIRST;
		return true;
	}
	begin_value(split, 0);
	return false;
}

/* Rows are objects or arrays; another array has none. */
static bool at_first(struct json_split *split, char c)
{
	if (json_is_blank(c))
		return true;
	if (c == ']') {
		close_frame(split);
		return true;
	}
	if (c == '{' || c == '[') {
		begin_rows(split);
		return false;
	}
	/* All of it is one value of what is around it. */
	split->key_from = split->frames[--split->depth];
	begin_value(split, 1);
	return false;
}

static bool take(struct json_split *split, char c)
{
	switch (split->state) {
	case JSON_AT_DOCUMENT:
		return at_document(split, c);
	case JSON_AT_KEY:
		return at_key(split, c);
	case JSON_IN_KEY:
		return in_key(split, c);
	case JSON_AT_COLON:
		split->state = c == ':' ? JSON_AT_VALUE : JSON_AT_COLON;
		return true;
	case JSON_AT_VALUE:
		return at_value(split, c);
	default:
		return at_first(split, c);
	}
}

/* Goes over a value; its frame is that of what is around it. */
static const char *leave_value(struct json_split *split, const char *at, const char *end)
{
	at = split->depth > 0 ? json_scan_item(&split->scan, at, end)
			      : json_scan_document(&split->scan, at, end);
	if (!at)
		return end;
	if (split->depth == 0) {
		split->state = JSON_AT_DOCUMENT;
		return at;
	}
	if (*at == ',') {
		cut_path(split, split->key_from);
		memset(&split->scan, 0, sizeof(split->scan));
		split->state = JSON_AT_KEY;
		return at + 1;
	}
	close_frame(split);
	return at + 1;
}

static size_t skip_around(struct json_split *split, struct text text)
{
	const char *at = text.data, *const end = at + text.len;

	while (at < end && !split->rows) {
		if (split->state == JSON_IN_VALUE)
			at = leave_value(split, at, end);
		else if (take(split, *at))
			at++;
	}
	return (size_t)(at - text.data);
}

/* ---- rows ---- */

static const char *scan(struct json_split *split, const char *at, const char *end)
{
	if (split->shape != JSON_DOCUMENTS)
		return json_scan_item(&split->scan, at, end);
	if (split->scan.depth == 0 && !split->scan.other)
		while (at < end && (json_is_blank(*at) || *at == ','))
			at++;
	return at < end ? json_scan_document(&split->scan, at, end) : NULL;
}

/* Up to the end of the last that is whole. *closed: a bracket stands there. */
static size_t scan_rows(struct json_split *split, struct text text, bool *closed)
{
	const char *const end = text.data + text.len;
	const char *at = text.data, *whole = at, *next;

	while ((next = scan(split, at, end)) != NULL) {
		if (split->shape != JSON_DOCUMENTS && *next != ',') {
			*closed = true;
			return (size_t)(next - text.data);
		}
		at = whole = next + (split->shape != JSON_DOCUMENTS);
	}
	return (size_t)(whole - text.data);
}

static struct json_piece split_lines(struct text text, bool last)
{
	size_t len = text.len;

	while (!last && len > 0 && text.data[len - 1] != '\n')
		len--;
	return (struct json_piece){ len > 0 ? len : text.len, true, len == 0 && !last };
}

/* At the end what is open is cut off. */
static void note_end(struct json_split *split)
{
	split->cut = split->rows || split->state != JSON_AT_DOCUMENT || split->depth > 0;
}

static void end_rows(struct json_split *split)
{
	split->rows = split->begun = split->closing = false;
	close_frame(split);
}

static struct json_piece split_around(struct json_split *split, struct text text, bool last)
{
	const struct json_piece piece = { skip_around(split, text), false, false };

	if (last && piece.len == text.len)
		note_end(split);
	return piece;
}

/* A bracket behind the rows, and perhaps behind the last of them, which began before. */
static struct json_piece split_end(struct json_split *split, bool last)
{
	const struct json_piece piece = { 1, split->begun, false };

	split->closing = split->begun;
	if (!split->begun)
		end_rows(split);
	if (last)
		split->cut = split->depth > split->closing;
	return piece;
}

struct json_piece json_split_next(struct json_split *split, struct text text, bool last)
{
	struct json_piece piece = { text.len, true, !last };
	bool closed = false;
	size_t len;

	if (split->closing)
		end_rows(split);
	split->rows = split->rows || split->shape <= JSON_DOCUMENTS;
	if (split->shape == JSON_LINES)
		return split_lines(text, last);
	if (!split->rows) {
		const struct json_piece around = split_around(split, text, last);

		/* What rows begin with is theirs. */
		if (around.len > 0 || text.len == 0)
			return around;
	}
	len = scan_rows(split, text, &closed);
	if (closed && len == 0)
		return split_end(split, last && text.len == 1);
	split->begun = len == 0;
	if (len == 0 || (last && !closed)) {
		split->cut = split->cut || (last && split->shape != JSON_DOCUMENTS);
		return piece;
	}
	memset(&split->scan, 0, sizeof(split->scan));
	return (struct json_piece){ len, true, false };
}

/* ---- kept ---- */

/* Between two rows nothing has begun. */
void json_split_write(const struct json_split *split, bool rows, struct buf *out)
{
	const struct json_scan none = { 0 }, *scan = rows ? &none : &split->scan;

	if (split->shape <= JSON_DOCUMENTS)
		return;
	buf_format(out, "%d %d %zu %d %llu %d %d %d %llu %zu %zu", rows || split->rows, (int)split->state,
		   split->key_from, split->escaped, (unsigned long long)scan->depth, scan->string,
		   scan->escaped, scan->other, (unsigned long long)split->beside, split->path.len,
		   split->depth);
	for (size_t i = 0; i < split->depth; i++)
		buf_format(out, " %zu", split->frames[i]);
	buf_byte(out, '\n');
	buf_add(out, split->path.data, split->path.len);
}

static bool take_number(struct text *line, uint64_t most, uint64_t *number)
{
	const char *blank = line->len ? memchr(line->data, ' ', line->len) : NULL;
	const struct text word = { line->data, blank ? (size_t)(blank - line->data) : line->len };

	if (!text_to_u64(word, number) || *number > most)
		return false;
	line->data += word.len + (blank != NULL);
	line->len -= word.len + (blank != NULL);
	return true;
}

enum { KEPT_ROWS, KEPT_STATE, KEPT_KEY, KEPT_KEY_ESCAPED, KEPT_DEPTH, KEPT_STRING, KEPT_ESCAPED,
       KEPT_OTHER, KEPT_BESIDE, KEPT_PATH, KEPT_FRAMES, KEPT_COUNT };

static bool take_frames(struct json_split *split, struct text line, uint64_t count)
{
	uint64_t value = 0;

	for (split->depth = 0; split->depth < count; split->depth++) {
		if (!take_number(&line, split->path.len, &value))
			return false;
		split->frames[split->depth] = (size_t)value;
	}
	return line.len == 0;
}

bool json_split_restore(struct json_split *split, struct text *state)
{
	static const uint64_t most[KEPT_COUNT] = {
		1, JSON_IN_VALUE, JSON_PATH_MOST + 8, 1, UINT64_MAX, 1, 1, 1, UINT64_MAX, JSON_PATH_MOST + 8,
		JSON_FRAMES,
	};
	struct text line;
	uint64_t kept[KEPT_COUNT];

	if (split->shape <= JSON_DOCUMENTS)
		return state->len == 0;
	line = text_take_line(state);
	for (size_t i = 0; i < KEPT_COUNT; i++)
		if (!take_number(&line, most[i], &kept[i]))
			return false;
	if (kept[KEPT_PATH] > state->len || kept[KEPT_KEY] > kept[KEPT_PATH])
		return false;
	buf_clear(&split->path);
	buf_add(&split->path, state->data, (size_t)kept[KEPT_PATH]);
	state->data += kept[KEPT_PATH];
	state->len -= (size_t)kept[KEPT_PATH];
	split->rows = kept[KEPT_ROWS];
	split->state = (enum json_state)kept[KEPT_STATE];
	split->key_from = (size_t)kept[KEPT_KEY];
	split->escaped = kept[KEPT_KEY_ESCAPED];
	split->scan = (struct json_scan){ kept[KEPT_DEPTH], kept[KEPT_STRING], kept[KEPT_ESCAPED],
					  kept[KEPT_OTHER] };
	split->beside = kept[KEPT_BESIDE];
	return !split->path.failed && take_frames(split, line, kept[KEPT_FRAMES]);
}
