/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of a table, as CREATE TABLE or a list says them. */
#include "ingest/sql/sql_dump.h"
#include "ingest/sql/sql_words.h"

bool sql_table_name(struct sql_dump *dump, struct text *rest, struct buf *name)
{
	struct buf given = { 0 };
	unsigned parts;
	const bool good = sql_name_take(rest, &given, &parts);
	const struct buf *database = &dump->database, *schema = &dump->schema;

	if (good && database->len > 0 && (dump->dialect == SQL_POSTGRES ? parts < 3 : parts == 1)) {
		buf_add(name, database->data, database->len);
		buf_byte(name, '.');
	}
	if (good && parts == 1 && schema->len > 0) {
		buf_add(name, schema->data, schema->len);
		buf_byte(name, '.');
	}
	if (good)
		buf_add(name, given.data, given.len);
	dump->failed = dump->failed || given.failed || name->failed;
	buf_release(&given);
	return good && name->len > 0 && name->len <= SQL_NAME_MOST;
}

/* A name may hold no NUL, which would end it. */
static void add_column(struct buf *columns, const struct sql_word *word, bool timestamp)
{
	buf_byte(columns, timestamp ? 'T' : '-');
	for (size_t i = 0; i < word->text.len; i++) {
		const char c = word->text.data[i];

		buf_byte(columns, c ? c : '?');
		if (word->quote && c == word->quote)
			i++;
	}
	buf_byte(columns, '\0');
}

bool sql_column_list(struct text *rest, struct buf *columns)
{
	if (!sql_mark_take(rest, '('))
		return false;
	do {
		const struct sql_word word = sql_name_next(rest);

		if (word.kind != SQL_WORD && word.kind != SQL_NAME)
			return false;
		add_column(columns, &word, false);
	} while (sql_mark_take(rest, ','));
	return sql_mark_take(rest, ')');
}

/* `KEY name (column)` and `KEY name USING`, not the type of a column of that name, which has
 * a number in its brackets. */
static bool is_key(struct text rest)
{
	struct sql_word word = sql_word_next(&rest);

	if (word.kind != SQL_WORD)
		return word.kind == SQL_NAME || word.kind == SQL_MARK;
	if (!sql_mark_take(&rest, '('))
		return sql_word_take(&rest, "USING");
	word = sql_word_next(&rest);
	return word.kind == SQL_NAME || (word.kind == SQL_WORD && (word.text.data[0] < '0' || word.text.data[0] > '9'));
}

/* What begins a part of a table that is no column. */
static bool is_constraint(const struct sql_word *word, struct text rest)
{
	static const char *const words[] = { "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "CONSTRAINT",
					     "FULLTEXT", "SPATIAL", "LIKE" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (sql_word_is(word, words[i]))
			return true;
	if (sql_word_is(word, "PERIOD"))
		return sql_word_take(&rest, "FOR");
	if (sql_word_is(word, "EXCLUDE"))
		return sql_word_take(&rest, "USING");
	return (sql_word_is(word, "KEY") || sql_word_is(word, "INDEX")) && is_key(rest);
}

/* Goes to the end of a part, a comma or the last bracket. *generated: its values are made of
 * others, and stand in no row. */
static void skip_part(struct text *rest, bool *generated)
{
	*generated = false;
	for (;;) {
		const struct sql_word word = sql_word_peek(*rest);
		struct text next = *rest;

		if (word.kind == SQL_WORD_END ||
		    (word.kind == SQL_MARK && (word.text.data[0] == ',' || word.text.data[0] == ')')))
			return;
		if (word.kind == SQL_MARK && word.text.data[0] == '(') {
			sql_brackets_skip(rest);
			continue;
		}
		(void)sql_word_next(&next);
		if (sql_word_is(&word, "AS") && sql_mark_take(&next, '('))
			*generated = true;
		else
			(void)sql_word_next(rest);
		if (*generated) {
			(void)sql_word_next(rest);
			sql_brackets_skip(rest);
			while (sql_word_peek(*rest).kind == SQL_WORD)
				(void)sql_word_next(rest);
			return;
		}
	}
}

/* A column, or a part that is none. */
static void take_part(struct text *rest, struct buf *columns)
{
	const struct sql_word name = sql_name_next(rest);
	const struct sql_word type = sql_word_peek(*rest);
	const bool none = (name.kind != SQL_WORD && name.kind != SQL_NAME) ||
			  (name.kind == SQL_WORD && is_constraint(&name, *rest));
	bool generated;

	skip_part(rest, &generated);
	if (!none && !generated)
		add_column(columns, &name, sql_word_is(&type, "TIMESTAMP"));
}

static bool take_parts(struct text *rest, struct buf *columns)
{
	size_t count = 0;

	if (!sql_mark_take(rest, '('))
		return false;
	do
		take_part(rest, columns);
	while (sql_mark_take(rest, ',') && ++count < SQL_NAMED_MOST);
	return sql_mark_take(rest, ')');
}

void sql_create_table(struct sql_dump *dump, struct text rest)
{
	struct buf name = { 0 }, columns = { 0 };
	struct sql_table *table;

	if (sql_word_take(&rest, "IF")) {
		(void)sql_word_take(&rest, "NOT");
		(void)sql_word_take(&rest, "EXISTS");
	}
	if (sql_table_name(dump, &rest, &name) && take_parts(&rest, &columns) && !columns.failed) {
		table = sql_tables_add(&dump->tables, buf_view(&name));
		if (table)
			sql_table_columns(&dump->tables, table, buf_view(&columns));
		/* Without its names rows would be read by their places. */
		dump->failed = dump->failed || (!table && dump->tables.count < SQL_TABLES_MOST) ||
			       (table && (table->columns.failed || table->anew.failed));
		dump->context_stale = true;
	}
	dump->failed = dump->failed || name.failed || columns.failed;
	buf_release(&name);
	buf_release(&columns);
}
