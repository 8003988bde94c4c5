/* SPDX-License-Identifier: Apache-2.0 */
/* Dumps of databases as SQL, told from text whose first words only look like it: a
 * statement is one by all that stands in it, not by its first word. */
#include <string.h>

#include "ingest/format/foreign.h"

#define DO "(load it into a database, and export its tables as CSV)"

static const char any_sql[] = "an SQL dump " DO;
static const char mysql[] = "a MySQL dump " DO;
static const char sqlite[] = "an SQLite dump " DO;

/* What the comment at the top of a dump begins with. */
static const struct {
	const char *start, *what;
} tools[] = {
	{ "MySQL dump", mysql },
	{ "MariaDB dump", "a MariaDB dump " DO },
	{ "phpMyAdmin SQL Dump", "a phpMyAdmin dump " DO },
	{ "PostgreSQL database", "a PostgreSQL dump " DO },
	{ "HeidiSQL", "an SQL dump of HeidiSQL " DO },
	{ "Host: ", "an SQL dump, as HeidiSQL writes it " DO },
	{ "Adminer ", "an SQL dump of Adminer " DO },
	{ "Navicat ", "an SQL dump of Navicat " DO },
	{ "SQLyog ", "an SQL dump of SQLyog " DO },
	{ "Sequel ", "an SQL dump of Sequel " DO },
};

/*
 * Statements, by their parts with a blank between: words in capitals, of which one must
 * stand there, and with a ? before them may; or a mark. And
 * N  a name, also quoted and with a schema
 * Q  one in quotes
 * () what is in brackets, if anything
 * ;  the end of the statement, with that of its line, or GO
 * $  the end of the line
 * +  the end of the statement, and another behind it, or nothing
 * *  anything up to the end of the statement, and another behind it
 * ~  anything up to the end of the line, and another statement behind it
 */
static const struct {
	const char *parts, *what;
} statements[] = {
	{ "INSERT ?LOW_PRIORITY|DELAYED|OR|IGNORE ?IGNORE|REPLACE INTO N "
	  "(|VALUES|VALUE|SELECT|SET|DEFAULT|WITH", any_sql },
	{ "REPLACE ?LOW_PRIORITY|DELAYED INTO N (|VALUES|VALUE|SELECT|SET", any_sql },
	{ "CREATE ?GLOBAL|LOCAL ?TEMPORARY|TEMP|UNLOGGED|VIRTUAL TABLE ?IF ?NOT ?EXISTS N "
	  "(|AS|LIKE|SELECT|USING|ON", any_sql },
	{ "CREATE DATABASE|SCHEMA|EXTENSION|SEQUENCE ?IF ?NOT ?EXISTS N "
	  "DEFAULT|CHARACTER|COLLATE|WITH|OWNER|START|AUTHORIZATION|INCREMENT|AS", any_sql },
	{ "CREATE DATABASE|SCHEMA|EXTENSION|SEQUENCE ?IF ?NOT ?EXISTS N ;", any_sql },
	{ "CREATE ?UNIQUE INDEX ?IF ?NOT ?EXISTS N ON N", any_sql },
	{ "CREATE ?OR ?REPLACE VIEW|TYPE|FUNCTION|PROCEDURE|TRIGGER N "
	  "(|AS|BEFORE|AFTER", any_sql },
	{ "DROP TABLE|DATABASE|SCHEMA|VIEW|SEQUENCE|INDEX IF EXISTS N", any_sql },
	{ "DROP TABLE|DATABASE|SCHEMA|VIEW|SEQUENCE|INDEX N ?CASCADE|PURGE ;", any_sql },
	{ "ALTER TABLE|DATABASE|SESSION|SEQUENCE ?ONLY N ADD|DROP|OWNER|SET|DISABLE|ENABLE|"
	  "MODIFY|CHANGE|RENAME|ALTER|CHARACTER|WITH|CHECK", any_sql },
	{ "ALTER SESSION SET N =", any_sql },
	{ "TRUNCATE TABLE N ;", any_sql },
	{ "DELETE FROM N WHERE", any_sql },
	{ "DELETE FROM N ;", any_sql },
	{ "UPDATE N SET N =", any_sql },
	{ "LOCK TABLES|TABLE N READ|WRITE|IN", any_sql },
	{ "UNLOCK TABLES ;", any_sql },
	{ "BEGIN TRANSACTION|TRAN|WORK ;", any_sql },
	{ "BEGIN TRANSACTION|TRAN|WORK INSERT|CREATE|DROP|DELETE|SET|UPDATE", any_sql },
	{ "BEGIN +", any_sql },
	{ "COMMIT +", any_sql },
	{ "GO +", any_sql },
	{ "START TRANSACTION ;", any_sql },
	{ "START TRANSACTION WITH|READ", any_sql },
	{ "COPY N () FROM STDIN|PROGRAM|'", any_sql },
	{ "USE Q $", any_sql },
	{ "USE N +", any_sql },
	{ "SET N =", any_sql },
	{ "SET N : =", any_sql },
	{ "SET N TO N ;", any_sql },
	{ "SET NAMES|CHARSET N ;", any_sql },
	{ "SET CHARACTER SET N", any_sql },
	{ "SET IDENTITY_INSERT N ON|OFF", any_sql },
	{ "SET ANSI_NULLS|QUOTED_IDENTIFIER|NOCOUNT|XACT_ABORT|ANSI_PADDING|DEFINE|FEEDBACK|"
	  "SERVEROUTPUT|SQLBLANKLINES|ECHO|VERIFY ON|OFF", any_sql },
	{ "REM INSERTING INTO N", any_sql },
	{ "PROMPT IMPORTING TABLE N", any_sql },
	{ "IF OBJECT_ID (", any_sql },
	{ "IF ?NOT EXISTS ( SELECT", any_sql },
	{ "SELECT PG_CATALOG . SET_CONFIG", "a PostgreSQL dump " DO },
	{ "GRANT|REVOKE|CONNECT|COMMENT|SELECT|EXEC|CALL|FLUSH|ANALYZE *", any_sql },
	{ "\\SET|\\CONNECT|\\C|\\ENCODING|\\ECHO|\\RESTRICT|\\TIMING ~", any_sql },
	{ "PRAGMA FOREIGN_KEYS = OFF|ON|0|1", sqlite },
	{ "PRAGMA N =", sqlite },
	{ "PRAGMA N (", sqlite },
	{ "PRAGMA N +", sqlite },
};

/* How often a statement may say that another has to follow. */
#define DEPTH_MOST 16

/* ---- bytes ---- */

static bool starts(struct text text, const char *start)
{
	const size_t len = strlen(start);
	const struct text head = { text.data, len };

	return text.len >= len && text_is_fold(head, start);
}

static void skip(struct text *text, size_t len)
{
	text->data += len;
	text->len -= len;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '$' || c == '@' || ((unsigned char)c & 0x80);
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static size_t line_length(struct text text)
{
	size_t len = 0;

	while (len < text.len && !is_line_end(text.data[len]))
		len++;
	return len;
}

/* The length of the comment that a text begins with; 0: with none. One that the server
 * runs is none. */
static size_t comment_length(struct text text)
{
	if (starts(text, "--"))
		return line_length(text);
	if (!starts(text, "/*"))
		return 0;
	for (size_t i = 2; i + 1 < text.len; i++)
		if (text.data[i] == '*' && text.data[i + 1] == '/')
			return i + 2;
	return text.len;
}

/* Blanks and comments. A TAB is one at the beginning of a line alone: elsewhere it
 * separates the columns of a table. */
static void skip_blanks(struct text *text, bool at_start)
{
	while (text->len > 0) {
		const char c = text->data[0];
		const size_t comment = comment_length(*text);

		if (comment > 0)
			skip(text, comment);
		else if (c == ' ' || is_line_end(c) || (c == '\t' && at_start))
			skip(text, 1);
		else
			break;
		at_start = is_line_end(c) || (at_start && comment == 0);
	}
}

/* ---- statements ---- */

static size_t word_length(struct text text)
{
	size_t len = 0;

	while (len < text.len && is_word(text.data[len]))
		len++;
	return len;
}

/* Takes a name in quotes; false: there is none. */
static bool take_quoted(struct text *text)
{
	static const char opens[] = "`\"['", closes[] = "`\"]'";
	const char *open = text->len > 0 ? strchr(opens, text->data[0]) : NULL;

	const size_t len = line_length(*text);

	if (!open || text->data[0] == '\0')
		return false;
	for (size_t i = 1; i < len; i++)
		if (text->data[i] == closes[open - opens]) {
			skip(text, i + 1);
			return i > 1;
		}
	return false;
}

static bool take_name(struct text *text, bool quoted)
{
	for (;;) {
		const size_t len = quoted ? 0 : word_length(*text);

		if (len == 0 && !take_quoted(text))
			return false;
		skip(text, len);
		if (text->len < 2 || text->data[0] != '.')
			return true;
		skip(text, 1);
	}
}

/* Whether nothing else stands on the line, and then goes on behind it. */
static bool take_line_end(struct text *text)
{
	struct text left = *text;

	while (left.len > 0 && left.data[0] == ' ')
		skip(&left, 1);
	skip(&left, comment_length(left));
	if (left.len > 0 && !is_line_end(left.data[0]))
		return false;
	*text = left;
	return true;
}

/* Up to the end of the line, or a `;` at the end of one; false: there is none. */
static bool take_all(struct text *text, bool line)
{
	bool quoted = false;

	while (text->len > 0) {
		const char c = text->data[0];

		skip(text, 1);
		quoted = quoted != (c == '\'' && !line);
		if (line ? is_line_end(c) : c == ';' && !quoted && take_line_end(text))
			return true;
	}
	return false;
}

/* `;` at the end of a line, or GO. */
static bool take_end(struct text *text)
{
	if (text->len > 0 && text->data[0] == ';') {
		skip(text, 1);
		return take_line_end(text);
	}
	if (word_length(*text) != 2 || !starts(*text, "GO"))
		return false;
	skip(text, 2);
	return take_line_end(text);
}

static void take_brackets(struct text *text)
{
	const char *end = text->len > 0 && text->data[0] == '('
				  ? memchr(text->data, ')', text->len) : NULL;

	if (end)
		skip(text, (size_t)(end - text->data) + 1);
}

/* Takes one of `A|B|(`; *words counts those that were words. */
static bool take_one_of(struct text *text, struct text part, unsigned *words)
{
	const size_t len = word_length(*text);

	while (part.len > 0) {
		const char *bar = memchr(part.data, '|', part.len);
		const size_t size = bar ? (size_t)(bar - part.data) : part.len;
		const bool word = is_word(part.data[0]);
		char choice[32];

		memcpy(choice, part.data, size);
		choice[size] = '\0';
		if (starts(*text, choice) && (!word || len == size)) {
			skip(text, size);
			*words += word;
			return true;
		}
		skip(&part, bar ? size + 1 : size);
	}
	return false;
}

static bool take_part(struct text *text, struct text part, unsigned *words)
{
	const bool maybe = part.data[0] == '?';

	if (text_is(part, "N"))
		return take_name(text, false);
	if (text_is(part, "Q"))
		return take_name(text, true);
	if (text_is(part, ";") || text_is(part, "+"))
		return take_end(text);
	if (text_is(part, "$"))
		return take_line_end(text);
	if (text_is(part, "*") || text_is(part, "~"))
		return take_all(text, part.data[0] == '~');
	if (text_is(part, "()")) {
		take_brackets(text);
		return true;
	}
	skip(&part, maybe);
	return take_one_of(text, part, words) || maybe;
}

/* What became of a text held against a statement. */
enum held { HELD_NOT, HELD, HELD_MORE, HELD_BY_NEXT };

/* A text that ends within a statement is one by two words of it. HELD_MORE: by what
 * follows, if anything does, and *text is that; HELD_BY_NEXT: something has to. */
static enum held hold(struct text *text, const char *parts)
{
	unsigned words = 0;

	for (bool first = true; *parts; first = false) {
		const struct text part = { parts, strcspn(parts, " ") };
		const bool same_line = text_is(part, "$");

		if (!first && !same_line)
			skip_blanks(text, false);
		if (text->len == 0 && !same_line)
			return words > 1 ? HELD : HELD_NOT;
		if (!take_part(text, part, &words))
			return HELD_NOT;
		if (text_is(part, "+"))
			return HELD_MORE;
		if (text_is(part, "*") || text_is(part, "~"))
			return HELD_BY_NEXT;
		parts += part.len + (parts[part.len] == ' ');
	}
	return HELD;
}

/* Whether its first word may be one of those that a statement begins with, which most text is told by. */
static bool may_begin(struct text text, const char *parts)
{
	const char first = text.len > 0 ? (char)(text.data[0] & ~0x20) : '\0';

	while (*parts != first && *parts && *parts != ' ') {
		parts += strcspn(parts, "| ");
		parts += *parts == '|';
	}
	return *parts == first && first;
}

static const char *find_statement(struct text sample)
{
	const char *what = NULL;

	for (int depth = 0; depth < DEPTH_MOST; depth++) {
		enum held held = HELD_NOT;
		struct text left = sample;

		for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]) &&
				   held == HELD_NOT; i++) {
			left = sample;
			if (may_begin(sample, statements[i].parts))
				held = hold(&left, statements[i].parts);
			if (held != HELD_NOT && !what)
				what = statements[i].what;
		}
		if (held == HELD_NOT || held == HELD)
			return held == HELD ? what : NULL;
		skip_blanks(&left, true);
		/* Behind what a MySQL server runs, which is a comment here. */
		while (left.len > 0 && left.data[0] == ';') {
			skip(&left, 1);
			skip_blanks(&left, true);
		}
		if (left.len == 0)
			return held == HELD_MORE ? what : NULL;
		sample = left;
	}
	return what;
}

/* ---- comments ---- */

/* Whether a text begins with what a MySQL server runs: `/` and `*!40101 SET`. */
static bool is_run(struct text text)
{
	return text.len > 4 && (starts(text, "/*!") || starts(text, "/*M!")) &&
	       memchr("0123456789", text.data[text.data[2] == '!' ? 3 : 4], 10);
}

static const char *find_tool(struct text comment)
{
	const bool sharp = comment.data[0] == '#';

	skip(&comment, sharp ? 1 : 2);
	comment = text_trim(comment);
	/* A table may say so as well of where it is from. */
	if (sharp && starts(comment, "Host: "))
		return NULL;
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		if (starts(comment, tools[i].start))
			return tools[i].what;
	return NULL;
}

const char *foreign_sql(struct text sample)
{
	while (sample.len > 0) {
		const size_t len = sample.data[0] == '#' ? line_length(sample)
							 : comment_length(sample);
		const char *what;

		if (is_run(sample))
			return sample.data[2] == 'M' ? "a MariaDB dump " DO : mysql;
		if (len == 0)
			return find_statement(sample);
		what = len > 1 ? find_tool((struct text){ sample.data, len }) : NULL;
		if (what)
			return what;
		skip(&sample, len);
		while (sample.len > 0 && (sample.data[0] == ' ' || sample.data[0] == '\t' ||
					  is_line_end(sample.data[0])))
			skip(&sample, 1);
	}
	return NULL;
}

/* ---- scripts ---- */

static bool begins_line(struct text line, const char *start)
{
	while (line.len > 0 && line.data[0] == ' ')
		skip(&line, 1);
	return starts(line, start);
}

/* Lines that only these have, and no dump that is read. */
bool foreign_script(struct text sample)
{
	static const char *const marks[] = { "REM INSERTING", "PROMPT IMPORTING", "SET DEFINE OFF",
					     "SET ANSI_NULLS", "SET QUOTED_IDENTIFIER", "SET IDENTITY_INSERT",
					     "SET NOCOUNT", "USE [", "INSERT [" };

	while (sample.len > 0) {
		const size_t len = line_length(sample);
		const struct text line = { sample.data, len };

		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
			if (begins_line(line, marks[i]))
				return true;
		if (text_is_fold(text_trim(line), "GO"))
			return true;
		skip(&sample, len < sample.len ? len + 1 : len);
	}
	return false;
}
