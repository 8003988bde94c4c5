/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a piece of JSON. */
#include "ingest/json/json_items.h"

#include <string.h>

#define LINE_ENDS "is cut off: the line ends within it"
#define FILE_ENDS "is cut off: the file ends within it"
#define BEHIND "not JSON: something stands behind the row"
#define NO_KEY "not JSON: no key before the row"

struct json_items json_items_of(enum json_shape shape, struct text piece)
{
	return (struct json_items){ .shape = shape, .begin = piece.data, .at = piece.data,
				    .end = piece.data + piece.len };
}

static const char *skip_between(const char *at, const char *end)
{
	while (at < end && (json_is_blank(*at) || *at == ','))
		at++;
	return at;
}

static struct text text_between(const char *from, const char *to)
{
	return (struct text){ from, (size_t)(to - from) };
}

/* A record from one place up to another, whose lines are counted. */
static void set_place(const struct json_items *items, const char *from, const char *to, uint64_t lines,
		      struct record *record)
{
	memset(record, 0, sizeof(*record));
	record->line = items->lines;
	record->offset = items->offset + (uint64_t)(from - items->begin);
	record->length = (uint64_t)(to - from);
	record->lines = lines;
	record->text = text_between(from, to);
}

static enum json_item give(const struct json_row *row, enum json_found found, const char *cut,
			   struct record *record)
{
	record->reason = found == JSON_WHOLE ? NULL : found == JSON_CUT ? cut : row->reason;
	if (record->length > JSON_RECORD_MOST)
		record->reason = JSON_TOO_LONG;
	if (record->reason)
		return JSON_ITEM_WRONG;
	record->fields = row->fields;
	record->count = row->count;
	record->nulls = row->nulls;
	record->odd = row->odd;
	return JSON_ITEM_ROW;
}

/* ---- one a line ---- */

/* What stands behind a row in its line: its end, or another row. */
static enum json_found look_behind(struct json_row *row, const char *at, const char *end, bool *another)
{
	at = skip_between(at, end);
	*another = at < end && (*at == '{' || *at == '[');
	if (at == end || *another)
		return JSON_WHOLE;
	row->reason = BEHIND;
	return JSON_WRONG;
}

static enum json_item next_line(struct json_items *items, struct json_row *row, struct record *record)
{
	const char *feed = memchr(items->at, '\n', (size_t)(items->end - items->at));
	const char *stop = feed ? feed : items->end;
	const char *next = feed ? feed + 1 : items->end;
	const char *from = skip_between(items->at, stop), *to = next;
	enum json_found found;
	bool another = false;

	if (!feed && !items->last && !items->whole)
		return JSON_ITEM_CUT;
	if (from == stop) {
		set_place(items, items->at, next, 1, record);
		record->blank = true;
		items->lines += feed != NULL;
		items->at = next;
		return JSON_ITEM_BLANK;
	}
	found = json_row_read(row, text_between(from, stop), &to);
	if (found == JSON_MEMORY)
		return JSON_ITEM_MEMORY;
	if (found == JSON_WHOLE)
		found = look_behind(row, to, stop, &another);
	if (!another)
		to = next;
	set_place(items, from, to, !another, record);
	items->lines += !another && feed;
	items->at = to;
	return give(row, found, feed ? LINE_ENDS : FILE_ENDS, record);
}

/* ---- elsewhere ---- */

/* The key before a row, and where that begins. */
static enum json_found read_key(struct json_items *items, struct json_row *row, const char **at,
				struct text *key, bool *escapes)
{
	const char *end;
	bool zeros = false;

	row->reason = NO_KEY;
	if (**at != '"')
		return JSON_WRONG;
	end = json_string_end(*at + 1, items->end, escapes, &zeros);
	if (!end)
		return JSON_CUT;
	*key = text_between(*at + 1, end);
	*at = json_skip_blanks(end + 1, items->end);
	if (*at < items->end && **at != ':')
		return JSON_WRONG;
	*at = *at < items->end ? json_skip_blanks(*at + 1, items->end) : *at;
	return *at < items->end ? JSON_WHOLE : JSON_CUT;
}

static enum json_found read_keyed(struct json_items *items, struct json_row *row, const char **at)
{
	struct text key = { "", 0 };
	bool escapes = false;
	enum json_found found = read_key(items, row, at, &key, &escapes);

	row->key_len = key.len;
	if (found == JSON_WHOLE)
		found = json_row_read(row, text_between(*at, items->end), at);
	if (found == JSON_WHOLE && !json_row_key(row, key, escapes))
		return JSON_MEMORY;
	return found;
}

/* Whether the bracket behind all rows stands there, and nothing else: it is not theirs. */
static bool is_end(const struct json_items *items, const char *at)
{
	return items->shape != JSON_DOCUMENTS && (*at == ']' || *at == '}') && at + 1 == items->end;
}

/* Whether a row that is whole ends as one does there. */
static enum json_found look_at_end(const struct json_items *items, struct json_row *row, const char *at)
{
	if (items->shape == JSON_DOCUMENTS)
		return JSON_WHOLE;
	at = json_skip_blanks(at, items->end);
	if (at == items->end)
		return items->whole || items->last ? JSON_WHOLE : JSON_CUT;
	row->reason = BEHIND;
	return *at == ',' || is_end(items, at) ? JSON_WHOLE : JSON_WRONG;
}

/* Where what is no row ends; NULL: not in the piece. */
static const char *find_end(const struct json_items *items, const char *from)
{
	struct json_scan scan = { 0 };
	const char *end = items->shape == JSON_DOCUMENTS ? json_scan_document(&scan, from, items->end)
							 : json_scan_item(&scan, from, items->end);

	return end || !(items->whole || items->last) ? end : items->end;
}

static enum json_item next_item(struct json_items *items, struct json_row *row, struct record *record)
{
	const char *from = skip_between(items->at, items->end), *to = from;
	enum json_found found;

	items->lines += json_count_lines(items->at, from);
	items->at = from;
	if (from < items->end && is_end(items, from) && items->last)
		items->at = items->end;
	if (from == items->end || is_end(items, from))
		return JSON_ITEM_END;
	if (items->shape == JSON_KEYED)
		found = read_keyed(items, row, &to);
	else
		found = json_row_read(row, text_between(from, items->end), &to);
	if (found == JSON_WHOLE)
		found = look_at_end(items, row, to);
	if (found == JSON_MEMORY)
		return JSON_ITEM_MEMORY;
	if (found != JSON_WHOLE)
		to = find_end(items, from);
	if (!to)
		return JSON_ITEM_CUT;
	/* A bracket that nothing opened. */
	if (to == from)
		to++;
	set_place(items, from, to, json_count_lines(from, to), record);
	items->lines += record->lines;
	items->at = to;
	return give(row, found, FILE_ENDS, record);
}

enum json_item json_items_next(struct json_items *items, struct json_row *row, struct record *record)
{
	if (items->at == items->end)
		return JSON_ITEM_END;
	return items->shape == JSON_LINES ? next_line(items, row, record) : next_item(items, row, record);
}

bool json_items_leave(struct json_items *items, struct json_scan *scan)
{
	const char *end;

	if (items->shape == JSON_LINES) {
		end = memchr(items->at, '\n', (size_t)(items->end - items->at));
		end = end ? end + 1 : NULL;
	} else if (items->shape == JSON_DOCUMENTS) {
		end = json_scan_document(scan, items->at, items->end);
	} else {
		end = json_scan_item(scan, items->at, items->end);
		end = end || !items->whole ? end : items->end;
	}
	items->lines += json_count_lines(items->at, end ? end : items->end);
	items->at = end ? end : items->end;
	return end != NULL;
}
