/* SPDX-License-Identifier: Apache-2.0 */
/* A row of JSON, flattened. */
#include "ingest/json/json_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"
#include "ingest/format/record.h"
#include "ingest/json/json_scan.h"
#include "ingest/json/json_text.h"

#define WRONG_BRACKET "not JSON: brackets, commas or colons are not where they have to be"
#define WRONG_KEY "not JSON: a key without quotes"
#define WRONG_VALUE "not JSON: a value that is none"
#define WRONG_DEPTH "nested deeper than 512"
#define WRONG_TWICE "a key stands twice in one object"
#define WRONG_OBJECT "an object, where the rows are arrays"
#define WRONG_ARRAY "an array, where the rows are objects"
#define WRONG_SCALAR "neither an object nor an array"

static bool room_for_nodes(struct json_row *row, size_t count)
{
	uint32_t **all[] = { &row->seen, &row->next, &row->first };
	const size_t capacity = count + count / 2 + 16;

	if (count <= row->node_capacity)
		return true;
	for (size_t i = 0; i < 3; i++) {
		uint32_t *items = memory_array(*all[i], capacity, sizeof(*items));

		if (!items)
			return false;
		*all[i] = items;
		for (size_t k = row->node_capacity; k < capacity; k++)
			items[k] = i == 0 ? 0 : JSON_NONE;
	}
	row->node_capacity = capacity;
	return true;
}

static bool room_for_fields(struct json_row *row, size_t count)
{
	void *fields = row->fields;

	if (!memory_room(&fields, &row->capacity, count + 1, sizeof(*row->fields)))
		return false;
	row->fields = fields;
	return true;
}

bool json_row_open(struct json_row *row, const struct json_columns *columns, bool by_place)
{
	row->columns = columns;
	row->by_place = by_place;
	return room_for_nodes(row, columns->node_count) && room_for_fields(row, columns->count);
}

void json_row_close(struct json_row *row)
{
	free(row->fields);
	free(row->seen);
	free(row->next);
	free(row->first);
	free(row->strings);
	buf_release(&row->room);
	buf_release(&row->key);
	buf_release(&row->late_name);
	memset(row, 0, sizeof(*row));
}

static enum json_found wrong(struct json_row *row, const char *reason)
{
	row->reason = reason;
	return JSON_WRONG;
}

/* ---- fields ---- */

static void set_field(struct json_row *row, size_t column, struct text value)
{
	row->odd = row->odd || value.len > RECORD_VALUE_MOST;
	row->fields[column] = value;
}

/* A value where only objects stood before has no column either. */
static void note_node(struct json_row *row, uint32_t node)
{
	const struct text path = dictionary_text(&row->columns->paths, node);

	row->late = true;
	buf_clear(&row->late_name);
	buf_add(&row->late_name, path.data, path.len);
}

/* Takes a value of a node, or of the row itself by its place. */
static enum json_found store(struct json_row *row, uint32_t node, struct text value)
{
	if (row->by_place && row->depth == 1) {
		if (row->count >= JSON_COLUMNS_MOST)
			return wrong(row, "more than 4096 values");
		if (!room_for_fields(row, row->count + 1))
			return JSON_MEMORY;
		set_field(row, row->count++, value);
		return JSON_WHOLE;
	}
	if (node == JSON_NONE)
		return JSON_WHOLE;
	if (row->learn && (!json_columns_leaf(row->learn, node) || !room_for_fields(row, row->columns->count)))
		return JSON_MEMORY;
	if (row->columns->nodes[node].column >= 0)
		set_field(row, (size_t)row->columns->nodes[node].column, value);
	else if (!row->late && !row->frames[row->depth - 1].kept && !text_is(value, "{}") && !row->learn)
		note_node(row, node);
	return row->late_name.failed ? JSON_MEMORY : JSON_WHOLE;
}

/* Room for what comes of all strings in the text that is left, and of the key before it; none moves
 * while a row is read. */
static bool room_for_strings(struct json_row *row, const char *at)
{
	const size_t needed = row->string_len + row->key_len + (size_t)(row->end - at) + RECORD_READ;
	char *strings;

	if (row->string_len > 0 || needed <= row->string_capacity)
		return true;
	strings = calloc(needed, 1);
	if (!strings)
		return false;
	free(row->strings);
	row->strings = strings;
	row->string_capacity = needed;
	return true;
}

/* What a string says, from behind its quote up to the other. */
static bool unescape(struct json_row *row, struct text *text)
{
	bool zeros = false;
	char *out;

	if (!room_for_strings(row, text->data))
		return false;
	out = row->strings + row->string_len;
	text->len = json_unescape(*text, out, &zeros);
	text->data = out;
	row->string_len += text->len;
	row->odd = row->odd || zeros;
	return true;
}

static bool is_literal_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '+' || c == '-' || c == '.';
}

/* A number may have zeros before it, as telephone numbers have where no string was made of
 * them. */
static bool is_literal(struct text text)
{
	static const char *const words[] = { "true", "false", "NaN", "Infinity", "-Infinity" };
	const char first = text.len > 0 ? text.data[0] : '\0';

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (text_is(text, words[i]))
			return true;
	if (first != '-' && !(first >= '0' && first <= '9'))
		return false;
	for (size_t i = 1; i < text.len; i++)
		if (!(text.data[i] >= '0' && text.data[i] <= '9') && !memchr("+-.eE", text.data[i], 5))
			return false;
	return first != '-' || text.len > 1;
}

static enum json_found read_literal(struct json_row *row, uint32_t node, const char **at)
{
	struct text text = { *at, 0 };

	while (*at < row->end && is_literal_byte(**at))
		(*at)++;
	text.len = (size_t)(*at - text.data);
	if (*at == row->end)
		return JSON_CUT;
	if (text_is(text, "null")) {
		row->nulls = true;
		return store(row, node, form_null());
	}
	return is_literal(text) ? store(row, node, text) : wrong(row, WRONG_VALUE);
}

static enum json_found read_string(struct json_row *row, uint32_t node, const char **at)
{
	struct text text = { *at + 1, 0 };
	bool escapes = false, zeros = false;
	const char *end = json_string_end(text.data, row->end, &escapes, &zeros);

	if (!end)
		return JSON_CUT;
	text.len = (size_t)(end - text.data);
	*at = end + 1;
	row->odd = row->odd || zeros;
	/* What nobody asks for is not undone. */
	if (escapes && (row->by_place || node != JSON_NONE) && !unescape(row, &text))
		return JSON_MEMORY;
	return store(row, node, text);
}

/* ---- keys ---- */

/* The first value of the row that has no column. */
static void note_late(struct json_row *row, const struct json_frame *frame, struct text key)
{
	const struct text path = dictionary_text(&row->columns->paths, frame->node);

	if (row->late)
		return;
	row->late = true;
	buf_clear(&row->late_name);
	buf_add(&row->late_name, path.data, path.len);
	if (frame->node != 0)
		buf_byte(&row->late_name, '.');
	buf_add(&row->late_name, key.data, key.len);
}

/* Whether what is inside a frame can have columns of its own. */
static bool is_flat(const struct json_row *row, const struct json_frame *frame)
{
	return frame->node != JSON_NONE && !row->by_place && row->depth <= JSON_FLAT &&
	       (!frame->array || frame->count < JSON_ELEMENTS);
}

/* The node that came behind the last one before, if it is that of the key. */
static uint32_t guess(const struct json_row *row, const struct json_frame *frame, struct text key)
{
	const uint32_t node = frame->last == JSON_NONE ? row->first[frame->node] : row->next[frame->last];

	if (node == JSON_NONE || row->learn || row->columns->nodes[node].parent != frame->node ||
	    !text_equal(row->columns->nodes[node].key, key))
		return JSON_NONE;
	return node;
}

static enum json_found find_child(struct json_row *row, struct json_frame *frame, struct text key,
				  uint32_t *child)
{
	uint32_t node = JSON_NONE;

	*child = JSON_NONE;
	if (!is_flat(row, frame))
		return JSON_WHOLE;
	node = guess(row, frame, key);
	if (node == JSON_NONE && row->learn)
		node = json_columns_add(row->learn, frame->node, key, &row->room);
	else if (node == JSON_NONE)
		node = json_columns_child(row->columns, frame->node, key, &row->room);
	if (row->room.failed || (row->learn && !room_for_nodes(row, row->columns->node_count)))
		return JSON_MEMORY;
	if (node == JSON_NONE) {
		if (!frame->kept)
			note_late(row, frame, key);
		return row->late_name.failed ? JSON_MEMORY : JSON_WHOLE;
	}
	if (row->seen[node] == row->serial)
		return wrong(row, WRONG_TWICE);
	row->seen[node] = row->serial;
	if (frame->last == JSON_NONE)
		row->first[frame->node] = node;
	else
		row->next[frame->last] = node;
	frame->last = *child = node;
	return JSON_WHOLE;
}

/* ---- objects and arrays ---- */

static enum json_found open_frame(struct json_row *row, uint32_t node, const char **at)
{
	struct json_frame *frame = &row->frames[row->depth];
	const bool kept = row->depth > 0 && frame[-1].kept;

	if (row->depth == JSON_DEPTH)
		return wrong(row, WRONG_DEPTH);
	*frame = (struct json_frame){ *at, node, JSON_NONE, 0, **at == '[', kept };
	row->depth++;
	(*at)++;
	/* All of an array is a value, and so is an object that is too deep for more. */
	frame->kept = kept || (row->depth > 1 && (frame->array || row->depth > JSON_FLAT) &&
			       (node == JSON_NONE || row->learn || row->columns->nodes[node].column >= 0));
	return JSON_WHOLE;
}

/* Whether all of what a frame holds is a value. */
static bool is_value(const struct json_row *row, const struct json_frame *frame)
{
	return frame->array || frame->count == 0 || row->depth >= JSON_FLAT;
}

static enum json_found close_frame(struct json_row *row, const char **at)
{
	const struct json_frame *frame = &row->frames[--row->depth];
	const struct text text = { frame->start, (size_t)(*at + 1 - frame->start) };

	(*at)++;
	if (row->depth == 0)
		return JSON_WHOLE;
	if (row->by_place)
		return store(row, JSON_NONE, text);
	if (frame->node == JSON_NONE || (row->columns->nodes[frame->node].column < 0 && !is_value(row, frame)))
		return JSON_WHOLE;
	return store(row, frame->node, text);
}

static enum json_found read_value(struct json_row *row, uint32_t node, const char **at)
{
	if (*at == row->end)
		return JSON_CUT;
	switch (**at) {
	case '"':
		return read_string(row, node, at);
	case '{':
	case '[':
		return open_frame(row, node, at);
	default:
		return read_literal(row, node, at);
	}
}

static enum json_found read_key(struct json_row *row, const char **at, struct text *key)
{
	bool escapes = false, zeros = false;
	const char *end;

	if (**at != '"')
		return wrong(row, WRONG_KEY);
	key->data = *at + 1;
	end = json_string_end(key->data, row->end, &escapes, &zeros);
	if (!end)
		return JSON_CUT;
	key->len = (size_t)(end - key->data);
	*at = json_skip_blanks(end + 1, row->end);
	if (*at == row->end)
		return JSON_CUT;
	if (*(*at)++ != ':')
		return wrong(row, WRONG_BRACKET);
	*at = json_skip_blanks(*at, row->end);
	if (!escapes)
		return JSON_WHOLE;
	buf_clear(&row->key);
	if (!buf_room(&row->key, key->len + 1))
		return JSON_MEMORY;
	key->len = json_unescape(*key, row->key.data, &zeros);
	key->data = row->key.data;
	return JSON_WHOLE;
}

static enum json_found read_member(struct json_row *row, struct json_frame *frame, const char **at)
{
	char digits[4];
	struct text key = { digits, 1 };
	uint32_t node = JSON_NONE;
	enum json_found found = JSON_WHOLE;

	if (frame->array)
		digits[0] = (char)('0' + frame->count % JSON_ELEMENTS);
	else
		found = read_key(row, at, &key);
	if (found == JSON_WHOLE)
		found = find_child(row, frame, key, &node);
	frame->count++;
	return found == JSON_WHOLE ? read_value(row, node, at) : found;
}

/* The next of what stands in the innermost object or array, or its end. */
static enum json_found step(struct json_row *row, const char **at)
{
	struct json_frame *frame = &row->frames[row->depth - 1];

	*at = json_skip_blanks(*at, row->end);
	if (*at == row->end)
		return JSON_CUT;
	if (**at == (frame->array ? ']' : '}'))
		return close_frame(row, at);
	if (frame->count == 0)
		return read_member(row, frame, at);
	if (**at != ',')
		return wrong(row, WRONG_BRACKET);
	*at = json_skip_blanks(*at + 1, row->end);
	return *at == row->end ? JSON_CUT : read_member(row, frame, at);
}

static void begin(struct json_row *row, struct text text)
{
	row->end = text.data + text.len;
	row->depth = 0;
	row->string_len = 0;
	row->odd = row->nulls = row->late = false;
	row->reason = NULL;
	row->count = row->by_place ? 0 : row->columns->count;
	for (size_t i = 0; i < row->count; i++)
		row->fields[i] = form_null();
	if (++row->serial == 0) {
		memset(row->seen, 0, row->node_capacity * sizeof(*row->seen));
		row->serial = 1;
	}
}

enum json_found json_row_read(struct json_row *row, struct text text, const char **end)
{
	const char *at = text.data;
	enum json_found found;

	begin(row, text);
	if (*at != '{' && *at != '[')
		return wrong(row, WRONG_SCALAR);
	if ((*at == '[') != row->by_place)
		return wrong(row, row->by_place ? WRONG_OBJECT : WRONG_ARRAY);
	found = open_frame(row, row->by_place ? JSON_NONE : 0, &at);
	while (found == JSON_WHOLE && row->depth > 0)
		found = step(row, &at);
	if (!row->by_place)
		row->count = row->columns->count;
	/* What is absent is no value, as NULL is. */
	row->nulls = row->nulls || !row->by_place;
	*end = at;
	return found;
}

bool json_row_key(struct json_row *row, struct text key, bool escapes)
{
	if (escapes && !unescape(row, &key))
		return false;
	if (row->columns->count > 0)
		set_field(row, 0, key);
	return true;
}
