/* SPDX-License-Identifier: Apache-2.0 */
/* Where the rows of a JSON member stand. */
#include "ingest/json/json_shape.h"

#include <string.h>

#include "ingest/json/json_split.h"

#define MEMBERS_MOST 100    /* that are looked at */

static struct text text_between(const char *from, const char *to)
{
	return (struct text){ from, (size_t)(to - from) };
}

/* A member of an object; a value that is cut reaches to the end of the text. */
struct member {
	struct text key, value;
};

/* The next member behind a place; false: there is none. */
static bool next_member(const char **at, const char *end, struct member *member)
{
	struct json_scan scan = { 0 };
	const char *from = *at, *stop;
	bool escapes = false, zeros = false;

	while (from < end && (json_is_blank(*from) || *from == ','))
		from++;
	if (from == end || *from != '"')
		return false;
	stop = json_scan_item(&scan, from, end);
	*at = stop = stop ? stop : end;
	from++;
	end = json_string_end(from, stop, &escapes, &zeros);
	if (!end)
		return false;
	member->key = text_between(from, end);
	end = json_skip_blanks(end + 1, stop);
	end = end < stop && *end == ':' ? json_skip_blanks(end + 1, stop) : end;
	member->value = text_between(end, stop);
	return member->value.len > 0;
}

static bool has_key(struct text object, struct text key)
{
	const char *at = object.data + 1, *const end = object.data + object.len;
	struct member member;

	for (unsigned i = 0; i < MEMBERS_MOST && next_member(&at, end, &member); i++)
		if (text_equal(member.key, key))
			return true;
	return false;
}

/* Whether at least half of the keys of one object are keys of another. */
static bool is_alike(struct text object, struct text other)
{
	const char *at = object.data + 1, *const end = object.data + object.len;
	struct member member;
	unsigned keys = 0, same = 0;

	for (; keys < MEMBERS_MOST && next_member(&at, end, &member); keys++)
		same += has_key(other, member.key);
	return 2 * same >= keys && same > 0;
}

static bool has_digit(struct text text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] >= '0' && text.data[i] <= '9')
			return true;
	return false;
}

/* Objects by a key that is an id: all members are objects, and alike; of one alone the key has
 * a digit. */
static bool is_keyed(struct text object)
{
	const char *at = object.data + 1, *const end = object.data + object.len;
	struct text first = { NULL, 0 };
	struct member member;
	unsigned count = 0;
	bool good = true, digit = false;

	for (; good && count < MEMBERS_MOST && next_member(&at, end, &member); count++) {
		good = member.value.data[0] == '{';
		digit = digit || has_digit(member.key);
		if (count == 0)
			first = member.value;
		else if (good && count == 1)
			/* The second may be cut. */
			good = is_alike(member.value, first) || is_alike(first, member.value);
	}
	return good && (count > 1 || (count == 1 && digit));
}

/* One call of FreeSWITCH's mod_json_cdr: arrays in it are no tables. */
static bool is_call(struct text object)
{
	return has_key(object, text_of("variables")) && has_key(object, text_of("callflow"));
}

static bool has_tables(struct text object)
{
	struct json_split split = { .shape = JSON_TABLES };
	bool found;

	while (object.len > 0 && !split.rows) {
		const struct json_piece piece = json_split_next(&split, object, false);

		object.data += piece.len;
		object.len -= piece.len;
	}
	found = split.rows;
	json_split_release(&split);
	return found;
}

enum json_shape json_shape_of(struct text text)
{
	const char *const end = text.data + text.len;
	const char *const at = json_skip_blanks(text.data, end);
	const char *inner = at < end ? json_skip_blanks(at + 1, end) : end;
	struct json_scan scan = { 0 };
	const char *behind = json_scan_document(&scan, at, end);
	const struct text document = text_between(at, behind ? behind : end);
	const bool lines = !memchr(document.data, '\n', document.len);
	const char *next = json_skip_blanks(document.data + document.len, end);

	while (next < end && *next == ',')
		next = json_skip_blanks(next + 1, end);
	if (at < end && *at == '[' && inner < end && (*inner == '{' || *inner == '[' || *inner == ']'))
		return JSON_ARRAY;
	if (at < end && *at == '{' && next == end && !is_call(document)) {
		if (is_keyed(document))
			return JSON_KEYED;
		if (has_tables(document))
			return JSON_TABLES;
	}
	return behind && lines && (next == end || memchr(document.data + document.len, '\n', (size_t)(next - behind)))
		       ? JSON_LINES
		       : JSON_DOCUMENTS;
}

const char *json_shape_about(enum json_shape shape)
{
	static const char *const about[] = {
		[JSON_LINES] = "JSON lines",
		[JSON_DOCUMENTS] = "JSON, one document a row",
		[JSON_ARRAY] = "JSON, an array of rows",
		[JSON_KEYED] = "JSON, an object of rows by their keys",
		[JSON_TABLES] = "JSON, arrays of rows by their paths",
	};

	return about[shape];
}
