/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of a dump, none of which is a line: where each ends, and where rows begin. */
#include "ingest/sql/sql_read.h"

#include <string.h>

#include "ingest/sql/sql_words.h"

#define COMMENT_KEPT 60

/* ---- the text of a statement ---- */

static void clear_statement(struct sql_dump *dump)
{
	buf_clear(&dump->statement);
	buf_clear(&dump->written);
	dump->statement_cut = dump->in_word = dump->values = dump->tail = false;
	dump->depth = 0;
	memset(&dump->routine, 0, sizeof(dump->routine));
}

/* Of one that is too long only the word that is being read is kept. */
static void cut_statement(struct sql_dump *dump)
{
	const size_t from = dump->in_word ? dump->word : dump->statement.len;
	const size_t kept = dump->statement.len - from;

	dump->statement_cut = true;
	if (kept < SQL_STATEMENT_MOST / 2)
		memmove(dump->statement.data, dump->statement.data + from, kept);
	dump->statement.len = kept < SQL_STATEMENT_MOST / 2 ? kept : 0;
	dump->word = 0;
}

static void add_byte(struct sql_dump *dump, char c)
{
	if (dump->statement.len >= SQL_STATEMENT_MOST)
		cut_statement(dump);
	buf_byte(&dump->statement, c);
}

static struct text word_read(const struct sql_dump *dump)
{
	return (struct text){ dump->statement.data + dump->word, dump->statement.len - dump->word };
}

static bool is_one_of(struct text word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is_fold(word, words[i]))
			return true;
	return false;
}

#define ONE_OF(word, words) is_one_of(word, words, sizeof(words) / sizeof(words[0]))

/* ---- routines ---- */

/* A routine has statements within, and ends where all of its blocks have. */
static void take_routine_word(struct sql_block *routine, struct text word)
{
	static const char *const others[] = { "IF", "LOOP", "WHILE", "REPEAT", "FOR" };
	const bool ended = routine->ended;

	routine->ended = false;
	if (ended && ONE_OF(word, others))
		routine->open++;
	else if (text_is_fold(word, "BEGIN") || (text_is_fold(word, "CASE") && !ended))
		routine->open++;
	if (!text_is_fold(word, "END") || routine->open < 2)
		return;
	routine->open--;
	routine->ended = true;
}

/* What CREATE makes. */
static void tell_routine(struct sql_dump *dump, struct text word)
{
	static const char *const routines[] = { "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE" };
	static const char *const others[] = { "TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA", "TYPE" };
	struct text statement = buf_view(&dump->statement);

	if (dump->routine.told || dump->depth > 0)
		return;
	if (!ONE_OF(word, routines) && !ONE_OF(word, others))
		return;
	dump->routine.told = true;
	if (ONE_OF(word, routines) && !dump->statement_cut && sql_word_take(&statement, "CREATE"))
		dump->routine.open = 1;
}

/* ---- words ---- */

/* What a client reads as a line, and no server: it begins a statement. */
static bool is_client(const struct sql_dump *dump, struct text word)
{
	return dump->word == 0 && !dump->statement_cut && text_is_fold(word, "DELIMITER");
}

static void end_word(struct sql_dump *dump)
{
	const struct text word = word_read(dump);

	dump->in_word = false;
	dump->values = text_is_fold(word, "VALUES") || text_is_fold(word, "VALUE");
	if (dump->routine.open)
		take_routine_word(&dump->routine, word);
	else
		tell_routine(dump, word);
	if (is_client(dump, word))
		dump->phase = SQL_IN_LINE;
}

/* ---- the end of a statement ---- */

static bool ends_statement(const struct sql_dump *dump)
{
	const struct text statement = buf_view(&dump->statement);
	const size_t len = dump->delimiter_len;

	if (statement.len < len ||
	    memcmp(statement.data + statement.len - len, dump->delimiter, len) != 0)
		return false;
	return dump->routine.open < 2 || len > 1 || dump->delimiter[0] != ';';
}

static void take_tail(struct sql_dump *dump, struct text statement)
{
	if (!sql_word_take(&statement, "ON"))
		return;
	dump->unread[SQL_DUPLICATES]++;
	dump->context_stale = true;
}

static void end_statement(struct sql_dump *dump)
{
	struct text statement = buf_view(&dump->statement);

	statement.len -= dump->delimiter_len;
	dump->phase = SQL_AT_START;
	if (dump->statement_cut && !dump->routine.open)
		dump->unread[SQL_LONG]++;
	if (dump->tail)
		take_tail(dump, statement);
	else if (!dump->statement_cut && sql_statement_copies(dump, statement))
		dump->phase = SQL_COPY_DUE;
	else if (!dump->statement_cut)
		sql_statement_take(dump, statement);
	clear_statement(dump);
}

/* ---- comments ---- */

static bool begins(const struct buf *comment, const char *start)
{
	const size_t len = strlen(start);

	return comment->len >= len && !memcmp(comment->data, start, len);
}

/* A dump says that it is whole in its last comment. */
static void end_comment(struct sql_dump *dump)
{
	const struct buf *comment = &dump->comment;

	if (begins(comment, " Dump completed") || begins(comment, " PostgreSQL database dump complete"))
		dump->done = true;
	else if (begins(comment, " MySQL dump") || begins(comment, " MariaDB dump"))
		dump->done = false;
	buf_clear(&dump->comment);
}

static void take_comment(struct sql_dump *dump, char c, bool opened)
{
	if (opened)
		buf_clear(&dump->comment);
	else if (c == '\n')
		end_comment(dump);
	else if (dump->skim.where == SQL_LINE && dump->comment.len < COMMENT_KEPT)
		buf_byte(&dump->comment, c);
	if (!opened || dump->statement.len == 0)
		return;
	/* Its first byte was taken for one of the statement. */
	dump->statement.len--;
	if (dump->statement.len > 0 || dump->statement_cut) {
		add_byte(dump, ' ');
		return;
	}
	dump->phase = dump->tail ? SQL_AT_ROW : SQL_AT_START;
	clear_statement(dump);
}

/* ---- bytes ---- */

static void begin_statement(struct sql_dump *dump)
{
	const bool tail = dump->phase == SQL_AT_ROW;

	clear_statement(dump);
	dump->tail = tail;
	dump->phase = SQL_IN_STATEMENT;
}

/* Whether the rows of a statement begin at a bracket. */
static enum status find_rows(struct sql_dump *dump, bool *found)
{
	enum status status = STATUS_OK;

	*found = false;
	if (!dump->values || dump->depth > 0 || dump->tail || dump->routine.open || dump->statement_cut)
		return STATUS_OK;
	status = sql_statement_rows(dump, buf_view(&dump->statement));
	*found = status == STATUS_OK && dump->target.table;
	return status;
}

static void begin_rows(struct sql_dump *dump)
{
	struct buf *prefix = &dump->target.prefix;
	const struct buf *written = &dump->written;

	if (dump->delimiter_len == 1 && dump->delimiter[0] == ';' && written->len < SQL_PREFIX_MOST)
		buf_add(prefix, written->data, written->len);
	dump->failed = dump->failed || prefix->failed;
	dump->phase = SQL_AT_ROW;
	clear_statement(dump);
}

static void take_word_byte(struct sql_dump *dump, char c)
{
	if (sql_is_word(c) && !dump->in_word) {
		dump->in_word = true;
		dump->word = dump->statement.len;
		dump->values = false;
	} else if (!sql_is_word(c) && dump->in_word) {
		end_word(dump);
	}
	if (!sql_is_word(c) && !sql_is_blank(c))
		dump->values = false;
}

/* A byte of a statement. *rows: it is the bracket of the first row. */
static enum status take_code(struct sql_dump *dump, char c, bool *rows)
{
	enum status status = STATUS_OK;

	if (dump->phase != SQL_IN_STATEMENT && sql_is_blank(c))
		return STATUS_OK;
	if (dump->phase == SQL_AT_START && memchr("\xef\xbb\xbf", c, 3))
		return STATUS_OK;
	if (dump->phase == SQL_AT_START || dump->phase == SQL_AT_ROW)
		begin_statement(dump);
	if (c == '(') {
		if (dump->in_word)
			end_word(dump);
		status = find_rows(dump, rows);
		if (status != STATUS_OK || *rows)
			return status;
		dump->depth++;
	}
	dump->depth -= c == ')' && dump->depth > 0;
	take_word_byte(dump, c);
	add_byte(dump, c);
	if (dump->phase == SQL_IN_STATEMENT && c == dump->delimiter[dump->delimiter_len - 1] &&
	    ends_statement(dump))
		end_statement(dump);
	else if (dump->phase == SQL_IN_STATEMENT && dump->statement.len == 1 && c == '\\')
		dump->phase = SQL_IN_LINE;
	return status;
}

static void take_string(struct sql_dump *dump, char c)
{
	if (dump->phase == SQL_AT_START || dump->phase == SQL_AT_ROW)
		begin_statement(dump);
	if (dump->in_word)
		end_word(dump);
	dump->values = false;
	dump->routine.ended = false;
	add_byte(dump, c);
}

/* What stands before the first row of a statement as it is written. */
static void add_written(struct sql_dump *dump, char c)
{
	if (dump->phase == SQL_IN_STATEMENT && dump->written.len < SQL_PREFIX_MOST)
		buf_byte(&dump->written, c);
}

static enum status take_byte(struct sql_dump *dump, char c, bool *rows)
{
	enum status status = STATUS_OK;

	*rows = false;
	/* Between rows a bracket begins one, and a comma stands before it. */
	if (dump->phase == SQL_AT_ROW && dump->skim.where == SQL_CODE) {
		*rows = c == '(';
		if (*rows || c == ',')
			return STATUS_OK;
	}
	switch (sql_skim_byte(&dump->skim, &dump->manner, c)) {
	case SQL_BYTE_CODE:
		status = take_code(dump, c, rows);
		if (*rows)
			begin_rows(dump);
		break;
	case SQL_BYTE_STRING:
		take_string(dump, c);
		break;
	case SQL_BYTE_NONE:
		take_comment(dump, c, false);
		break;
	case SQL_BYTE_OPENED:
		take_comment(dump, c, true);
		break;
	}
	if (status == STATUS_OK)
		add_written(dump, c);
	return status;
}

/* ---- lines ---- */

static void end_line(struct sql_dump *dump)
{
	const enum sql_phase phase = dump->phase;

	if (phase == SQL_IN_LINE && !dump->statement_cut)
		sql_statement_client(dump, buf_view(&dump->statement));
	clear_statement(dump);
	memset(&dump->skim, 0, sizeof(dump->skim));
	dump->phase = phase == SQL_COPY_DUE ? SQL_AT_COPY : SQL_AT_START;
}

/* What is read as a line; false: it is none. */
static bool take_of_line(struct sql_dump *dump, char c)
{
	const enum sql_phase phase = dump->phase;

	if (phase != SQL_IN_LINE && phase != SQL_COPY_DUE && phase != SQL_COPY_OVER)
		return false;
	if (c == '\n')
		end_line(dump);
	else if (phase == SQL_IN_LINE)
		add_byte(dump, c);
	return true;
}

static bool is_failed(const struct sql_dump *dump)
{
	return dump->failed || dump->statement.failed || dump->written.failed ||
	       dump->comment.failed || dump->database.failed || dump->schema.failed;
}

enum status sql_read_statements(struct sql_dump *dump, struct text window, size_t *used)
{
	enum status status = STATUS_OK;
	bool rows = false;

	if (dump->phase == SQL_AT_COPY && window.len > 0)
		dump->phase = SQL_COPY_OVER;
	for (*used = 0; *used < window.len && status == STATUS_OK; ++*used) {
		const char c = window.data[*used];

		if (take_of_line(dump, c)) {
			if (dump->phase != SQL_AT_COPY)
				continue;
			++*used;
			break;
		}
		status = take_byte(dump, c, &rows);
		if (rows)
			break;
	}
	return status == STATUS_OK && is_failed(dump) ? STATUS_MEMORY : status;
}
