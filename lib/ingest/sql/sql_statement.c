/* SPDX-License-Identifier: Apache-2.0 */
/* What the statements of a dump say of its rows: which table they are of, and how they are
 * written. */
#include <stdint.h>
#include <string.h>

#include "ingest/sql/sql_dump.h"
#include "ingest/sql/sql_words.h"

#define REFUSED_UNPLACED 1
#define REFUSED_COPY 2

/* ---- SET ---- */

static bool has(struct text text, const char *wanted)
{
	const size_t len = strlen(wanted);

	for (size_t i = 0; i + len <= text.len; i++)
		if (text_is_fold((struct text){ text.data + i, len }, wanted))
			return true;
	return false;
}

/* A mode that is kept in a variable is the one before. */
static void set_mode(struct sql_dump *dump, const struct sql_word *value)
{
	if (dump->dialect == SQL_POSTGRES || dump->dialect == SQL_SQLITE)
		return;
	dump->manner = dump->usual;
	if (value->kind != SQL_STRING && value->kind != SQL_NAME)
		return;
	if (has(value->text, "NO_BACKSLASH_ESCAPES"))
		dump->manner.escapes = false;
	if (has(value->text, "ANSI"))
		dump->manner.double_strings = false;
}

static void set_path(struct sql_dump *dump, const struct sql_word *value)
{
	buf_clear(&dump->schema);
	if (value->text.len > SQL_NAME_MOST)
		return;
	if (value->kind == SQL_NAME || value->kind == SQL_WORD || value->kind == SQL_STRING)
		buf_add(&dump->schema, value->text.data, value->text.len);
}

static void set_variable(struct sql_dump *dump, const struct sql_word *name,
			 const struct sql_word *value)
{
	const bool on = !text_is_fold(value->text, "off");

	if (text_is_fold(name->text, "sql_mode")) {
		set_mode(dump, value);
	} else if (text_is_fold(name->text, "time_zone")) {
		dump->utc = dump->dialect != SQL_POSTGRES &&
			    (value->kind == SQL_STRING || value->kind == SQL_NAME) &&
			    (text_is(value->text, "+00:00") || text_is_fold(value->text, "UTC"));
	} else if (text_is_fold(name->text, "names") || text_is_fold(name->text, "charset") ||
		   text_is_fold(name->text, "client_encoding")) {
		dump->encoding = sql_encoding(value->text);
	} else if (text_is_fold(name->text, "search_path")) {
		set_path(dump, value);
	} else if (text_is_fold(name->text, "standard_conforming_strings")) {
		dump->manner.escapes = dump->usual.escapes = dump->dialect == SQL_POSTGRES && !on;
	}
}

static void skip_to_comma(struct text *rest)
{
	for (;;) {
		const struct sql_word word = sql_word_peek(*rest);

		if (word.kind == SQL_WORD_END || (word.kind == SQL_MARK && word.text.data[0] == ','))
			return;
		(void)sql_word_next(rest);
	}
}

/* SET a = 1, @b = 2; SET NAMES x; SET a TO b. */
static void take_set(struct sql_dump *dump, struct text rest)
{
	do {
		struct sql_word name = sql_word_next(&rest), value;

		while (sql_word_is(&name, "SESSION") || sql_word_is(&name, "GLOBAL") ||
		       sql_word_is(&name, "LOCAL") || sql_word_is(&name, "@@SESSION")) {
			(void)sql_mark_take(&rest, '.');
			name = sql_word_next(&rest);
		}
		(void)sql_mark_take(&rest, ':');
		if (!sql_mark_take(&rest, '='))
			(void)sql_word_take(&rest, "TO");
		value = sql_word_next(&rest);
		if (name.kind == SQL_WORD)
			set_variable(dump, &name, &value);
		skip_to_comma(&rest);
	} while (sql_mark_take(&rest, ','));
	dump->context_stale = true;
}

/* ---- what changes rows ---- */

/* Of a table that has none yet there is nothing to change. */
static void note_change(struct sql_dump *dump, struct text rest)
{
	struct buf name = { 0 };
	const struct sql_table *table = sql_table_name(dump, &rest, &name)
						? sql_tables_find(&dump->tables, buf_view(&name))
						: NULL;

	if (table && table->stream) {
		dump->unread[SQL_CHANGED]++;
		dump->context_stale = true;
	}
	buf_release(&name);
}

static void skip_if_exists(struct text *rest)
{
	(void)sql_word_take(rest, "ONLY");
	(void)sql_word_take(rest, "IF");
	(void)sql_word_take(rest, "EXISTS");
}

/* ALTER TABLE that renames it, or changes what columns it has. */
static void take_alter(struct sql_dump *dump, struct text rest)
{
	struct text words;
	bool changes = false;

	skip_if_exists(&rest);
	words = rest;
	for (struct sql_word word; (word = sql_word_next(&words)).kind != SQL_WORD_END;)
		changes = changes || sql_word_is(&word, "RENAME") || sql_word_is(&word, "CHANGE") ||
			  ((sql_word_is(&word, "ADD") || sql_word_is(&word, "DROP")) &&
			   sql_word_take(&words, "COLUMN"));
	if (changes)
		note_change(dump, rest);
}

static void take_change(struct sql_dump *dump, struct text rest)
{
	static const char *const words[] = { "LOW_PRIORITY", "QUICK", "IGNORE", "FROM", "TABLE" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		(void)sql_word_take(&rest, words[i]);
	skip_if_exists(&rest);
	note_change(dump, rest);
}

/* ---- other statements ---- */

static void take_create(struct sql_dump *dump, struct text rest)
{
	static const char *const words[] = { "OR", "REPLACE", "GLOBAL", "LOCAL", "TEMPORARY", "TEMP",
					     "UNLOGGED", "FOREIGN" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		(void)sql_word_take(&rest, words[i]);
	if (sql_word_take(&rest, "TABLE"))
		sql_create_table(dump, rest);
}

static void take_use(struct sql_dump *dump, struct text rest)
{
	const struct sql_word word = sql_word_next(&rest);

	buf_clear(&dump->database);
	if (word.text.len <= SQL_NAME_MOST)
		sql_word_add(&word, &dump->database);
	dump->failed = dump->failed || dump->database.failed;
	dump->context_stale = true;
}

static void note_elsewhere(struct sql_dump *dump)
{
	dump->unread[SQL_ELSEWHERE]++;
	dump->context_stale = true;
}

void sql_statement_take(struct sql_dump *dump, struct text rest)
{
	if (sql_word_take(&rest, "SET"))
		take_set(dump, rest);
	else if (sql_word_take(&rest, "USE"))
		take_use(dump, rest);
	else if (sql_word_take(&rest, "CREATE"))
		take_create(dump, rest);
	else if (sql_word_take(&rest, "INSERT") || sql_word_take(&rest, "REPLACE") ||
		 sql_word_take(&rest, "LOAD") || sql_word_take(&rest, "MERGE"))
		note_elsewhere(dump);
	else if (sql_word_take(&rest, "ALTER") && sql_word_take(&rest, "TABLE"))
		take_alter(dump, rest);
	else if (sql_word_take(&rest, "UPDATE") || sql_word_take(&rest, "DELETE") ||
		 sql_word_take(&rest, "TRUNCATE") || sql_word_take(&rest, "RENAME") ||
		 (sql_word_take(&rest, "DROP") && sql_word_take(&rest, "TABLE")))
		take_change(dump, rest);
	else if (sql_word_take(&rest, "COMMIT") && dump->dialect == SQL_SQLITE)
		dump->done = true;
}

void sql_statement_client(struct sql_dump *dump, struct text line)
{
	const struct text rest = text_trim(line);
	struct text words = rest;

	if (rest.len > 0 && rest.data[0] == '\\') {
		words.data++;
		words.len--;
		if (sql_word_take(&words, "connect") || sql_word_take(&words, "c"))
			take_use(dump, words);
		return;
	}
	if (!sql_word_take(&words, "DELIMITER"))
		return;
	words = text_trim(words);
	if (words.len == 0 || words.len > SQL_DELIMITER_MOST)
		return;
	memcpy(dump->delimiter, words.data, words.len);
	dump->delimiter_len = words.len;
	dump->context_stale = true;
}

/* ---- rows ---- */

static void put_place(struct buf *places, size_t place)
{
	buf_byte(places, (char)(place & 255));
	buf_byte(places, (char)(place >> 8));
}

/* Where the columns of a list are among those of the table; in order: places stay empty. */
static void set_places(struct sql_dump *dump, struct text columns, struct text known)
{
	struct sql_target *target = &dump->target;
	struct text name;
	bool timestamp, in_order = true;
	size_t count = 0;

	while (sql_column_next(&columns, &name, &timestamp)) {
		const size_t place = sql_column_find(known, name);

		if (place >= SQL_COLUMNS_MOST)
			target->refused = REFUSED_UNPLACED;
		in_order = in_order && place == count;
		put_place(&target->places, place < SQL_COLUMNS_MOST ? place : 0);
		count++;
	}
	if (in_order && count == target->width)
		buf_clear(&target->places);
	if (target->refused)
		dump->unread[SQL_UNPLACED]++;
	else if (count < target->width)
		dump->unread[SQL_FEWER]++;
	dump->context_stale = dump->context_stale || target->refused || count < target->width;
}

/* Sets all of a target but its prefix. */
static void set_target(struct sql_dump *dump, struct text name, struct text columns, bool copy)
{
	struct sql_target *target = &dump->target;
	struct sql_table *table = sql_tables_add(&dump->tables, name);

	dump->failed = dump->failed || !table;
	buf_clear(&target->places);
	buf_clear(&target->prefix);
	target->table = table;
	target->copy = copy;
	target->refused = 0;
	if (!table)
		return;
	if (table->column_count == 0 && columns.len > 0)
		sql_table_columns(&dump->tables, table, columns);
	if (columns.len == 0 && table->anew.len > 0) {
		columns = buf_view(&table->anew);
		dump->unread[SQL_ANEW]++;
		dump->context_stale = true;
	}
	target->width = table->column_count;
	if (columns.len > 0 && table->column_count > 0)
		set_places(dump, columns, buf_view(&table->columns));
	dump->failed = dump->failed || target->places.failed || table->columns.failed || table->anew.failed;
}

/* From the name of the table on: a list of columns or none, and VALUES at the end. */
static bool take_head(struct sql_dump *dump, struct text rest)
{
	struct buf name = { 0 }, columns = { 0 };
	bool good = sql_table_name(dump, &rest, &name);

	if (good && sql_word_peek(rest).kind == SQL_MARK)
		good = sql_column_list(&rest, &columns);
	/* OVERRIDING SYSTEM VALUE, of PostgreSQL. */
	if (sql_word_take(&rest, "OVERRIDING") && sql_word_next(&rest).kind == SQL_WORD)
		(void)sql_word_take(&rest, "VALUE");
	while (good && sql_word_peek(rest).kind == SQL_WORD && !sql_word_take(&rest, "VALUES") &&
	       !sql_word_take(&rest, "VALUE"))
		good = !sql_word_take(&rest, "SELECT") && !sql_word_take(&rest, "SET") &&
		       !sql_word_take(&rest, "DEFAULT") && sql_word_next(&rest).kind == SQL_WORD;
	good = good && sql_word_peek(rest).kind == SQL_WORD_END;
	if (good && !name.failed && !columns.failed)
		set_target(dump, buf_view(&name), buf_view(&columns), false);
	dump->failed = dump->failed || name.failed || columns.failed;
	buf_release(&name);
	buf_release(&columns);
	return good;
}

/* INSERT and REPLACE with what may stand before the name of the table. */
static bool take_insert(struct text *rest)
{
	static const char *const words[] = { "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "OR", "IGNORE",
					     "REPLACE", "ABORT", "FAIL", "ROLLBACK", "INTO" };

	if (!sql_word_take(rest, "INSERT") && !sql_word_take(rest, "REPLACE"))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		(void)sql_word_take(rest, words[i]);
	return true;
}

enum status sql_statement_rows(struct sql_dump *dump, struct text statement)
{
	dump->target.table = NULL;
	if (take_insert(&statement))
		(void)take_head(dump, statement);
	return dump->failed ? STATUS_MEMORY : STATUS_OK;
}

/* COPY name (columns) FROM stdin; */
bool sql_statement_copies(struct sql_dump *dump, struct text rest)
{
	struct buf name = { 0 }, columns = { 0 };
	bool good = sql_word_take(&rest, "COPY") && sql_table_name(dump, &rest, &name);

	if (good && sql_word_peek(rest).kind == SQL_MARK)
		good = sql_column_list(&rest, &columns);
	good = good && sql_word_take(&rest, "FROM") && sql_word_take(&rest, "STDIN");
	if (good && !name.failed && !columns.failed)
		set_target(dump, buf_view(&name), buf_view(&columns), true);
	if (good && sql_word_peek(rest).kind != SQL_WORD_END)
		dump->target.refused = REFUSED_COPY;
	dump->failed = dump->failed || name.failed || columns.failed;
	buf_release(&name);
	buf_release(&columns);
	return good;
}
