/* SPDX-License-Identifier: Apache-2.0 */
/* Statements in words. Their strings need not be read: only their ends matter. */
#include "ingest/sql/sql_words.h"

#include "ingest/sql/row/sql_skim.h"

static void skip(struct text *text, size_t len)
{
	text->data += len;
	text->len -= len;
}

/* What is in quotes up to the one that closes them, [name] included. */
static struct sql_word take_quoted(struct text *rest)
{
	const char open = rest->data[0], close = open == '[' ? ']' : open;
	struct sql_word word = { open == '\'' ? SQL_STRING : SQL_NAME, { rest->data + 1, 0 }, close };
	size_t at = 1;

	for (; at < rest->len; at++) {
		if (open == '\'' && rest->data[at] == '\\' && at + 1 < rest->len) {
			at++;
			continue;
		}
		if (rest->data[at] != close)
			continue;
		if (at + 1 == rest->len || rest->data[at + 1] != close)
			break;
		at++;
	}
	if (at > rest->len)
		at = rest->len;
	word.text.len = at - 1;
	skip(rest, at < rest->len ? at + 1 : at);
	return word;
}

struct sql_word sql_word_next(struct text *rest)
{
	struct sql_word word = { SQL_WORD_END, { "", 0 }, '\0' };

	while (rest->len > 0 && sql_is_blank(rest->data[0]))
		skip(rest, 1);
	if (rest->len == 0)
		return word;
	if (rest->data[0] == '\'' || rest->data[0] == '"' || rest->data[0] == '`')
		return take_quoted(rest);
	word.text = (struct text){ rest->data, 0 };
	while (word.text.len < rest->len && sql_is_word(rest->data[word.text.len]))
		word.text.len++;
	word.kind = word.text.len > 0 ? SQL_WORD : SQL_MARK;
	if (word.text.len == 0)
		word.text.len = 1;
	skip(rest, word.text.len);
	return word;
}

struct sql_word sql_name_next(struct text *rest)
{
	const struct text before = *rest;
	const struct sql_word word = sql_word_next(rest);

	if (word.kind != SQL_MARK || word.text.data[0] != '[')
		return word;
	*rest = (struct text){ word.text.data, before.len - (size_t)(word.text.data - before.data) };
	return take_quoted(rest);
}

struct sql_word sql_word_peek(struct text statement)
{
	return sql_word_next(&statement);
}

bool sql_word_is(const struct sql_word *word, const char *text)
{
	return word->kind == SQL_WORD && text_is_fold(word->text, text);
}

bool sql_word_take(struct text *statement, const char *text)
{
	struct text rest = *statement;
	const struct sql_word word = sql_word_next(&rest);

	if (!sql_word_is(&word, text))
		return false;
	*statement = rest;
	return true;
}

bool sql_mark_take(struct text *statement, char mark)
{
	struct text rest = *statement;
	const struct sql_word word = sql_word_next(&rest);

	if (word.kind != SQL_MARK || word.text.data[0] != mark)
		return false;
	*statement = rest;
	return true;
}

void sql_word_add(const struct sql_word *word, struct buf *out)
{
	for (size_t i = 0; i < word->text.len; i++) {
		const char c = word->text.data[i];

		buf_byte(out, c);
		if (word->quote && c == word->quote)
			i++;
	}
}

bool sql_name_take(struct text *statement, struct buf *out, unsigned *parts)
{
	struct text rest = *statement;

	*parts = 0;
	do {
		const struct sql_word word = sql_name_next(&rest);

		if (word.kind != SQL_WORD && word.kind != SQL_NAME)
			return false;
		if (*parts > 0)
			buf_byte(out, '.');
		sql_word_add(&word, out);
		++*parts;
		*statement = rest;
	} while (sql_mark_take(&rest, '.'));
	return *parts <= 3;
}

void sql_brackets_skip(struct text *statement)
{
	unsigned depth = 0;

	do {
		const struct sql_word word = sql_word_next(statement);

		if (word.kind == SQL_WORD_END)
			return;
		if (word.kind == SQL_MARK && word.text.data[0] == '(')
			depth++;
		if (word.kind == SQL_MARK && word.text.data[0] == ')')
			depth--;
	} while (depth > 0);
}
