/* SPDX-License-Identifier: Apache-2.0 */
/* What a case may contain: the tables and indexes that this program makes. */
#include "casefile/guard/schema_guard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/schema.h"
#include "casefile/sql.h"

#define SHOWN 120
#define TOLD 300
#define NAME_MOST 80       /* of an index that SQLite makes */
#define TABLES_MOST 64     /* more than there are */

/* An object that may be there. Texts lie in the SQL, the name of an index of SQLite's in
 * the object itself. */
struct object {
	const char *type;
	struct text name, table;
	struct text sql;           /* no data: SQLite's own index has none */
	enum layer layer;
	bool optional;             /* its layer may be without it */
	unsigned seen;
	char made[NAME_MOST];
};

struct guard {
	struct casefile *casefile;
	schema_differs *tell;
	void *context;
	struct buf sql;            /* of all tables */
	struct object *objects;
	size_t count, room;
	bool there[LAYERS];
};

/* A row of sqlite_schema. */
struct entry {
	struct text type, name, table, sql;
	int64_t root;              /* its first page; the first of all is the schema's */
	bool typed;                /* the values are of the types that SQLite writes */
};

/* ---- what may be there ---- */

static struct text until(struct text text, const char *stops)
{
	size_t len = 0;

	while (len < text.len && !strchr(stops, text.data[len]))
		len++;
	return (struct text){ text.data, len };
}

static struct text after(struct text text, size_t len)
{
	return (struct text){ text.data + len, text.len - len };
}

static struct object *add_object(struct guard *guard, const char *type,
				 const struct schema_table *table)
{
	struct object *object = &guard->objects[guard->count++];

	*object = (struct object){ .type = type, .layer = table->layer, .optional = table->optional };
	object->table = text_of(table->name);
	return object;
}

/* A statement without its semicolon. */
static void add_statement(struct guard *guard, const struct schema_table *table,
			  struct text sql)
{
	static const char index[] = "CREATE INDEX ", plain[] = "CREATE TABLE ";
	const bool is_index = sql.len > sizeof(index) && !memcmp(sql.data, index, sizeof(index) - 1);
	struct object *object = add_object(guard, is_index ? "index" : "table", table);

	object->sql = sql;
	object->name = until(after(sql, sizeof(plain) - 1), " (");
}

static void add_unique(struct guard *guard, const struct schema_table *table)
{
	for (unsigned i = 1; i <= table->unique; i++) {
		struct object *object = add_object(guard, "index", table);

		(void)snprintf(object->made, sizeof(object->made),
			       "sqlite_autoindex_%s_%u", table->name, i);
	}
}

/* Its statements, which stand at the front of a text; gives what is behind them. */
static struct text add_table(struct guard *guard, const struct schema_table *table,
			     struct text sql, size_t len)
{
	struct text rest = { sql.data, len };

	while (rest.len > 0) {
		const struct text statement = until(rest, ";");

		add_statement(guard, table, statement);
		rest = after(rest, statement.len + 1);
	}
	add_unique(guard, table);
	return after(sql, len);
}

static size_t count_byte(struct text text, char byte)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.data[i] == byte;
	return count;
}

/* The SQL of all tables is made first, for it moves while it grows. */
static bool list_objects(struct guard *guard)
{
	size_t ends[TABLES_MOST], count = 0, from = 0;
	struct text rest;

	for (const struct schema_table *table = schema_tables; table->name; table++) {
		schema_make_table(table, &guard->sql);
		guard->room += table->unique;
		if (count < TABLES_MOST)
			ends[count++] = guard->sql.len;
	}
	rest = buf_view(&guard->sql);
	guard->room += count_byte(rest, ';');
	if (!guard->sql.failed)
		guard->objects = memory_array(NULL, guard->room, sizeof(*guard->objects));
	if (!guard->objects)
		return false;
	for (size_t i = 0; i < count; from = ends[i++])
		rest = add_table(guard, &schema_tables[i], rest, ends[i] - from);
	return true;
}

/* ---- what is there ---- */

static void differs(struct guard *guard, const char *type, struct text name,
		    const char *how)
{
	char shown[SHOWN], told[TOLD];

	(void)snprintf(told, sizeof(told), "%s '%s' %s", type,
		       text_escape(name, shown, sizeof(shown)), how);
	guard->tell(guard->context, told);
}

static struct text name_of(const struct object *object)
{
	return object->name.data ? object->name : text_of(object->made);
}

static struct object *find(struct guard *guard, struct text name)
{
	for (size_t i = 0; i < guard->count; i++)
		if (text_equal(name, name_of(&guard->objects[i])))
			return &guard->objects[i];
	return NULL;
}

/* What an object that is not ours is called. */
static const char *called(const struct entry *entry)
{
	static const char *const types[] = { "table", "index", "trigger", "view" };
	static const char make_virtual[] = "CREATE VIRTUAL";

	if (entry->sql.len >= sizeof(make_virtual) &&
	    !memcmp(entry->sql.data, make_virtual, sizeof(make_virtual) - 1))
		return "virtual table";
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (text_is(entry->type, types[i]))
			return types[i];
	return "object";
}

static void judge(struct guard *guard, const struct entry *entry)
{
	struct object *object = find(guard, entry->name);

	if (!object) {
		differs(guard, called(entry), entry->name, "is no part of a case");
		return;
	}
	guard->there[object->layer] = true;
	if (object->seen++)
		differs(guard, called(entry), entry->name, "is there twice");
	else if (!entry->typed || entry->root < 2 || !text_is(entry->type, object->type) || !text_equal(entry->table, object->table) ||
		 !entry->sql.data != !object->sql.data || !text_equal(entry->sql, object->sql))
		differs(guard, called(entry), entry->name, "is not as unspoof makes it");
}

static void judge_missing(struct guard *guard)
{
	for (size_t i = 0; i < guard->count; i++) {
		const struct object *object = &guard->objects[i];

		if (!object->seen && !object->optional && guard->there[object->layer])
			differs(guard, object->type, name_of(object), "is missing");
	}
}

/* Bytes that read as the same text are not what SQLite wrote. */
static bool is_typed(sqlite3_stmt *statement)
{
	const int sql = sqlite3_column_type(statement, 3);

	for (int i = 0; i < 3; i++)
		if (sqlite3_column_type(statement, i) != SQLITE_TEXT)
			return false;
	return (sql == SQLITE_TEXT || sql == SQLITE_NULL) && sqlite3_column_type(statement, 4) == SQLITE_INTEGER;
}

static enum status judge_all(struct guard *guard, sqlite3_stmt *statement)
{
	enum status status;

	while ((status = casefile_step(guard->casefile, statement)) == STATUS_OK) {
		const bool typed = is_typed(statement);
		const struct entry entry = {
			.typed = typed,
			.type = column_text(statement, 0),
			.name = column_text(statement, 1),
			.table = column_text(statement, 2),
			.sql = column_text(statement, 3),
			.root = sqlite3_column_int64(statement, 4),
		};

		status = columns_read(guard->casefile, statement);
		if (status != STATUS_OK)
			return status;
		judge(guard, &entry);
	}
	if (status != STATUS_END)
		return status;
	judge_missing(guard);
	return STATUS_OK;
}

static enum status read_schema(struct guard *guard)
{
	/* SQLite parses the schema here, and runs nothing of it. */
	sqlite3_stmt *statement = casefile_prepare(
		guard->casefile, "SELECT type, name, tbl_name, sql, rootpage FROM main.sqlite_schema");
	enum status status = guard->casefile->error.status;

	if (statement)
		status = judge_all(guard, statement);
	sqlite3_finalize(statement);
	return status;
}

enum status schema_guard_each(struct casefile *casefile, schema_differs *tell,
			      void *context)
{
	struct guard guard = { .casefile = casefile, .tell = tell, .context = context };
	enum status status;

	guard.there[LAYER_FOUND] = guard.there[LAYER_DECIDED] = true;
	status = list_objects(&guard) ? read_schema(&guard)
				      : error_memory(&casefile->error);
	free(guard.objects);
	buf_release(&guard.sql);
	return status;
}

/* ---- to refuse a case ---- */

struct first {
	char what[TOLD];
	unsigned count;
};

static void keep_first(void *context, const char *what)
{
	struct first *first = context;

	if (first->count++ == 0)
		(void)snprintf(first->what, sizeof(first->what), "%s", what);
}

enum status schema_guard(struct casefile *casefile)
{
	struct first first = { .count = 0 };
	enum status status = schema_guard_each(casefile, keep_first, &first);
	char path[TOLD], more[40] = "";

	if (status != STATUS_OK || first.count == 0)
		return status;
	if (first.count > 1)
		(void)snprintf(more, sizeof(more), " (and %u more)", first.count - 1);
	return error_set(&casefile->error, STATUS_INTEGRITY,
			 "%s: %s%s: another program altered this case, and no figure of it can be relied "
			 "on; `unspoof verify` names all that it altered; go back to a copy of the case "
			 "from before, or make it anew from its sources",
			 text_escape(text_of(casefile->path), path, sizeof(path)), first.what, more);
}
