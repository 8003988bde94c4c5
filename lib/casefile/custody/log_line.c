/* SPDX-License-Identifier: Apache-2.0 */
/* A line of CASE.log, written and read. */
#include "casefile/custody/log_line.h"

#include <stddef.h>
#include <string.h>

#include "base/json.h"

#define HASH_KEY ",\"hash\":\""
#define HASH_TAIL (sizeof(HASH_KEY) - 1 + DIGEST_HEX - 1 + 2)  /* with the quote and the bracket behind it */

/* What a key has for its value. */
enum value { VALUE_TEXT, VALUE_JSON, VALUE_NUMBER };

/* All of a line but its hash. */
static const struct field {
	const char *key;
	enum value value;
	size_t place;
} fields[] = {
	{ "at", VALUE_TEXT, offsetof(struct log_line, at) },
	{ "operator", VALUE_TEXT, offsetof(struct log_line, operator) },
	{ "purpose", VALUE_TEXT, offsetof(struct log_line, purpose) },
	{ "recipient", VALUE_TEXT, offsetof(struct log_line, recipient) },
	{ "kind", VALUE_TEXT, offsetof(struct log_line, kind) },
	{ "command", VALUE_TEXT, offsetof(struct log_line, command) },
	{ "arguments", VALUE_JSON, offsetof(struct log_line, arguments) },
	{ "version", VALUE_TEXT, offsetof(struct log_line, version) },
	{ "case", VALUE_TEXT, offsetof(struct log_line, first) },
	{ "head", VALUE_TEXT, offsetof(struct log_line, head) },
	{ "sha256", VALUE_TEXT, offsetof(struct log_line, sha256) },
	{ "rows", VALUE_NUMBER, offsetof(struct log_line, rows) },
	{ "status", VALUE_NUMBER, offsetof(struct log_line, status) },
	{ "previous", VALUE_TEXT, offsetof(struct log_line, previous) },
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

/* ---- writing ---- */

static void add_arguments(struct buf *out, struct text arguments)
{
	char hex[DIGEST_HEX];

	if (arguments.len <= LOG_ARGUMENTS_MOST)
		buf_add(out, arguments.data, arguments.len);
	else if (digest_of(arguments.data, arguments.len, hex))
		buf_format(out, "[\"(%zu bytes, SHA-256 %s)\"]", arguments.len, hex);
	else
		out->failed = true;
}

static void add_field(struct buf *out, const struct field *field, const struct log_line *line)
{
	const void *value = (const char *)line + field->place;
	const struct text *text = value;

	buf_format(out, ",\"%s\":", field->key);
	switch (field->value) {
	case VALUE_TEXT:
		json_string(out, *text);
		return;
	case VALUE_JSON:
		add_arguments(out, *text);
		return;
	case VALUE_NUMBER:
		buf_format(out, "%llu", (unsigned long long)*(const uint64_t *)value);
	}
}

void log_line_write(const struct log_line *line, struct buf *out)
{
	const size_t begin = out->len;
	char hex[DIGEST_HEX];

	/* The first field brings its own comma. */
	buf_add(out, LOG_LINE_START, sizeof(LOG_LINE_START) - 2);
	for (size_t i = 0; i < FIELDS; i++)
		add_field(out, &fields[i], line);
	if (out->failed || out->len - begin + HASH_TAIL >= LOG_LINE_MOST ||
	    !digest_of(out->data + begin, out->len - begin, hex)) {
		out->failed = true;
		return;
	}
	buf_format(out, HASH_KEY "%s\"}\n", hex);
}

/* ---- reading ---- */

/* What is left of a line. */
struct rest {
	const char *at, *end;
};

static bool take(struct rest *rest, const char *word)
{
	const size_t len = strlen(word);

	if ((size_t)(rest->end - rest->at) < len || memcmp(rest->at, word, len) != 0)
		return false;
	rest->at += len;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Behind a backslash; what json_string() escapes. */
static bool take_escape(struct rest *rest, struct buf *room)
{
	const size_t left = (size_t)(rest->end - rest->at);

	if (left > 0 && (*rest->at == '"' || *rest->at == '\\')) {
		buf_byte(room, *rest->at++);
		return true;
	}
	if (left < 5 || memcmp(rest->at, "u00", 3) != 0 || hex_digit(rest->at[3]) < 0 || hex_digit(rest->at[4]) < 0)
		return false;
	buf_byte(room, (char)(hex_digit(rest->at[3]) << 4 | hex_digit(rest->at[4])));
	rest->at += 5;
	return true;
}

/* room does not move: it has space for the whole line. */
static bool take_text(struct rest *rest, struct text *text, struct buf *room)
{
	const size_t begin = room->len;

	if (!take(rest, "\""))
		return false;
	while (rest->at < rest->end && *rest->at != '"') {
		if (*rest->at != '\\')
			buf_byte(room, *rest->at++);
		else if (rest->at++, !take_escape(rest, room))
			return false;
	}
	*text = (struct text){ room->data + begin, room->len - begin };
	return take(rest, "\"");
}

/* An array of texts, as it is. */
static bool take_array(struct rest *rest, struct text *text, struct buf *room)
{
	const char *begin = rest->at;
	const size_t used = room->len;
	struct text item;

	if (!take(rest, "["))
		return false;
	while (!take(rest, "]")) {
		if (rest->at > begin + 1 && !take(rest, ","))
			return false;
		if (!take_text(rest, &item, room))
			return false;
		room->len = used;
	}
	*text = (struct text){ begin, (size_t)(rest->at - begin) };
	return true;
}

static bool take_number(struct rest *rest, uint64_t *number)
{
	const char *begin = rest->at;

	while (rest->at < rest->end && *rest->at >= '0' && *rest->at <= '9')
		rest->at++;
	return text_to_u64((struct text){ begin, (size_t)(rest->at - begin) }, number);
}

static bool take_field(struct rest *rest, const struct field *field, struct log_line *line, struct buf *room)
{
	void *value = (char *)line + field->place;

	if (!take(rest, ",\"") || !take(rest, field->key) || !take(rest, "\":"))
		return false;
	switch (field->value) {
	case VALUE_TEXT:
		return take_text(rest, value, room);
	case VALUE_JSON:
		return take_array(rest, value, room);
	case VALUE_NUMBER:
		break;
	}
	return take_number(rest, value);
}

static bool is_hash(struct text hash)
{
	for (size_t i = 0; i < hash.len; i++)
		if (hex_digit(hash.data[i]) < 0)
			return false;
	return hash.len == DIGEST_HEX - 1;
}

bool log_line_read(struct text text, struct log_line *line, struct buf *room)
{
	struct rest rest = { text.data, text.data + text.len };

	buf_clear(room);
	if (text.len == 0 || !buf_room(room, text.len) || !take(&rest, LOG_LINE_START))
		return false;
	rest.at--;
	for (size_t i = 0; i < FIELDS; i++)
		if (!take_field(&rest, &fields[i], line, room))
			return false;
	if ((size_t)(rest.end - rest.at) != HASH_TAIL || !take(&rest, HASH_KEY))
		return false;
	line->hash = (struct text){ rest.at, DIGEST_HEX - 1 };
	rest.at += DIGEST_HEX - 1;
	return take(&rest, "\"}") && is_hash(line->hash) && (line->previous.len == 0 || is_hash(line->previous));
}

bool log_line_cut(struct text text, char hash[static DIGEST_HEX])
{
	struct digest *digest = digest_new();
	const bool good = digest && digest_add(digest, hash, strlen(hash)) && digest_add(digest, text.data, text.len) &&
			  digest_end(digest, hash);

	digest_free(digest);
	return good;
}

bool log_line_holds(struct text text, const struct log_line *line)
{
	char hex[DIGEST_HEX];

	return text.len > HASH_TAIL && digest_of(text.data, text.len - HASH_TAIL, hex) && text_is(line->hash, hex);
}
