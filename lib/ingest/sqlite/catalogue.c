/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a database that was seized. */
#include "ingest/sqlite/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Bytes of what is said of all that is left out, and of one name. */
#define SAID_MOST 120
#define NAME_SHOWN 60

/* ---- what is said ---- */

static void say(struct buf *out, size_t count, struct text name, const char *why)
{
	if (out->len >= SAID_MOST)
		return;
	buf_text(out, count ? ", " : "");
	buf_escape(out, name, NAME_SHOWN);
	if (*why)
		buf_format(out, " (%s)", why);
}

void catalogue_leave_out(struct catalogue *catalogue, struct text name, const char *why)
{
	say(&catalogue->left_out, catalogue->left_count++, name, why);
}

/* ---- virtual tables ---- */

/* What the modules that come with SQLite keep their content in. */
static const char *const shadows[] = {
	"_content", "_segments", "_segdir", "_docsize", "_stat", "_data", "_idx", "_config",
	"_node", "_rowid", "_parent",
};

/* Names of virtual tables, each behind a NUL. */
static bool is_shadow(struct text name, const struct buf *virtuals)
{
	struct text left = buf_view(virtuals);

	while (left.len > 0) {
		const size_t len = strlen(left.data);
		const struct text head = { name.data, len };

		for (size_t i = 0; i < sizeof(shadows) / sizeof(shadows[0]) && name.len > len; i++) {
			const struct text tail = { name.data + len, name.len - len };

			if (text_is_fold(head, left.data) && text_is_fold(tail, shadows[i]))
				return true;
		}
		left.data += len + 1;
		left.len -= len + 1;
	}
	return false;
}

/* ---- columns ---- */

static void add_name(struct table *table, const char *name)
{
	char *quoted = sqlite3_mprintf("%s\"%w\"", table->columns ? "," : "", name);

	if (quoted)
		buf_text(&table->names, quoted);
	else
		table->names.failed = true;
	sqlite3_free(quoted);
}

/* A hidden column of PRAGMA table_xinfo: 2 is computed as it is read, 3 is stored. */
static bool take_column(struct table *table, sqlite3_stmt *row, struct buf *names)
{
	const char *name = (const char *)sqlite3_column_text(row, 1);
	const int hidden = sqlite3_column_int(row, 6);

	if (!name)
		return false;
	if (hidden != 0 && hidden != 3) {
		table->computed++;
		return true;
	}
	add_name(table, name);
	buf_add(names, name, strlen(name) + 1);
	table->columns++;
	return true;
}

static bool declare(struct table *table, const struct buf *names)
{
	struct text *columns = memory_array(NULL, table->columns, sizeof(*columns));
	const char *at = buf_view(names).data;
	bool good = columns != NULL;

	for (size_t i = 0; good && i < table->columns; i++) {
		columns[i] = text_of(at);
		at += columns[i].len + 1;
	}
	good = good && stream_declare(&table->stream, columns, table->columns);
	free(columns);
	return good;
}

/* A name of the row's number that is none of a column's. */
static const char *free_name(const struct buf *names)
{
	static const char *const all[] = { "_rowid_", "rowid", "oid" };
	const struct text text = buf_view(names);

	for (size_t i = 0; i < 3; i++) {
		bool taken = false;

		for (size_t at = 0; at < text.len; at += strlen(text.data + at) + 1)
			taken = taken || sqlite3_stricmp(text.data + at, all[i]) == 0;
		if (!taken)
			return all[i];
	}
	return NULL;
}

/* A table without such a number knows no name for it. */
static enum status find_rowid(struct table *table, struct database *database, struct error *error)
{
	const char *name = buf_view(&table->stream.name).data;
	sqlite3_stmt *statement;

	if (!table->rowid)
		return STATUS_OK;
	statement = database_prepare(database, name,
				     sqlite3_mprintf("SELECT %s FROM main.\"%w\" NOT INDEXED",
						     table->rowid, name));
	if (!statement && (sqlite3_errcode(database->db) & 0xff) == SQLITE_NOMEM)
		return error_memory(error);
	if (!statement)
		table->rowid = NULL;
	sqlite3_finalize(statement);
	return STATUS_OK;
}

static enum status read_columns(struct table *table, struct database *database, struct error *error)
{
	const char *name = buf_view(&table->stream.name).data;
	sqlite3_stmt *rows = database_prepare(database, NULL,
					      sqlite3_mprintf("PRAGMA main.table_xinfo(\"%w\")", name));
	struct buf names = { 0 };
	enum status status = STATUS_OK;
	int code = rows ? SQLITE_ROW : sqlite3_extended_errcode(database->db);

	while (rows && (code = sqlite3_step(rows)) == SQLITE_ROW)
		if (!take_column(table, rows, &names))
			break;
	sqlite3_finalize(rows);
	if ((code & 0xff) == SQLITE_NOMEM || (code & 0xff) == SQLITE_INTERRUPT)
		status = database_failed(database, code, error);
	if (status == STATUS_OK && table->columns > 0 && !names.failed && !table->names.failed)
		table->rowid = free_name(&names);
	if (status == STATUS_OK && table->columns > 0 &&
	    (names.failed || table->names.failed || !declare(table, &names)))
		status = error_memory(error);
	buf_release(&names);
	return status == STATUS_OK && table->columns > 0 ? find_rowid(table, database, error) : status;
}

/* ---- tables ---- */

static void drop(struct table *table)
{
	if (!table)
		return;
	stream_release(&table->stream);
	buf_release(&table->names);
	free(table);
}

void catalogue_release(struct catalogue *catalogue)
{
	for (size_t i = 0; i < catalogue->count; i++)
		drop(catalogue->tables[i]);
	free(catalogue->tables);
	buf_release(&catalogue->left_out);
	buf_release(&catalogue->deleted);
	memset(catalogue, 0, sizeof(*catalogue));
}

/* Whether its rows can be asked for at all. */
static bool is_read(const struct table *table, struct database *database)
{
	const char *name = buf_view(&table->stream.name).data;
	sqlite3_stmt *statement;

	if (table->columns == 0)
		return false;
	statement = database_prepare(database, name,
				     sqlite3_mprintf("SELECT %s FROM main.\"%w\" NOT INDEXED",
						     buf_view(&table->names).data, name));
	sqlite3_finalize(statement);
	return statement != NULL;
}

static enum status add_table(struct catalogue *catalogue, struct database *database,
			     struct text name, struct error *error)
{
	struct table *table = calloc(1, sizeof(*table));
	void *tables = catalogue->tables;
	enum status status;

	if (!table || !memory_room(&tables, &catalogue->capacity, catalogue->count + 1, sizeof(table))) {
		free(table);
		return error_memory(error);
	}
	catalogue->tables = tables;
	buf_add(&table->stream.name, name.data, name.len);
	status = table->stream.name.failed ? error_memory(error) : read_columns(table, database, error);
	if (status == STATUS_OK && is_read(table, database)) {
		catalogue->tables[catalogue->count++] = table;
		return STATUS_OK;
	}
	if (status == STATUS_OK && (sqlite3_errcode(database->db) & 0xff) == SQLITE_NOMEM)
		status = error_memory(error);
	if (status == STATUS_OK)
		catalogue_leave_out(catalogue, name, "cannot be read");
	drop(table);
	return status;
}

/* ---- entries of the schema ---- */

/* The names of tables, virtual ones apart, each with a NUL behind it. */
struct entries {
	struct buf tables, virtuals;
	size_t count;
};

/* Those of SQLite itself: sqlite_sequence, sqlite_stat1 and the like. */
static bool is_own(struct text name)
{
	const struct text head = { name.data, name.len < 7 ? name.len : 7 };

	return text_is_fold(head, "sqlite_");
}

/* A virtual table has no page of its own. */
static bool is_virtual(sqlite3_stmt *row)
{
	static const char start[] = "CREATE VIRTUAL";
	const char *sql = (const char *)sqlite3_column_text(row, 2);

	return sqlite3_column_int64(row, 1) == 0 || !sql ||
	       sqlite3_strnicmp(sql, start, (int)sizeof(start) - 1) == 0;
}

static void take_entry(struct entries *entries, sqlite3_stmt *row)
{
	const bool other = is_virtual(row);
	const char *name = (const char *)sqlite3_column_text(row, 0);

	entries->count++;
	if (name && *name && !is_own(text_of(name)))
		buf_add(other ? &entries->virtuals : &entries->tables, name, strlen(name) + 1);
}

static enum status read_entries(struct entries *entries, struct database *database,
				struct error *error)
{
	sqlite3_stmt *rows = database_prepare(
		database, NULL,
		sqlite3_mprintf("SELECT name, rootpage, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid"));
	int code = rows ? SQLITE_ROW : sqlite3_extended_errcode(database->db);

	while (rows && entries->count <= CATALOGUE_MOST && (code = sqlite3_step(rows)) == SQLITE_ROW)
		take_entry(entries, rows);
	sqlite3_finalize(rows);
	if (entries->tables.failed || entries->virtuals.failed)
		return error_memory(error);
	if (entries->count > CATALOGUE_MOST)
		return error_set(error, STATUS_FAILED, "%s: its schema has more than %d tables",
				 database->shown, CATALOGUE_MOST);
	/* Of one that is damaged what comes before the damage is there. */
	return code == SQLITE_DONE || database_damaged(code) ? STATUS_OK
							     : database_failed(database, code, error);
}

/* In a schema that is damaged a name may stand twice. */
static bool is_there(const struct catalogue *catalogue, struct text name)
{
	for (size_t i = 0; i < catalogue->count; i++)
		if (text_equal_fold(buf_view(&catalogue->tables[i]->stream.name), name))
			return true;
	return false;
}

static enum status take_tables(struct catalogue *catalogue, struct database *database,
			       const struct entries *entries, struct error *error)
{
	struct text left = buf_view(&entries->tables);
	enum status status = STATUS_OK;

	while (left.len > 0 && status == STATUS_OK) {
		const struct text name = text_of(left.data);

		if (is_shadow(name, &entries->virtuals))
			catalogue_leave_out(catalogue, name, "of a virtual table");
		else if (!database->damage[0] || !is_there(catalogue, name))
			status = add_table(catalogue, database, name, error);
		left.data += name.len + 1;
		left.len -= name.len + 1;
	}
	return status;
}

enum status catalogue_read(struct catalogue *catalogue, struct database *database,
			   struct error *error)
{
	struct entries entries = { 0 };
	enum status status = read_entries(&entries, database, error);
	struct text left = buf_view(&entries.virtuals);

	while (status == STATUS_OK && left.len > 0) {
		const struct text name = text_of(left.data);

		catalogue_leave_out(catalogue, name, "virtual: no pages of its own");
		left.data += name.len + 1;
		left.len -= name.len + 1;
	}
	if (status == STATUS_OK)
		status = take_tables(catalogue, database, &entries, error);
	buf_release(&entries.tables);
	buf_release(&entries.virtuals);
	return status;
}

/* ---- rows that are gone ---- */

/* The highest number of a row, 0 without one; false: it cannot be read. */
static bool highest(struct database *database, const struct table *table, sqlite3_int64 *most)
{
	const char *name = buf_view(&table->stream.name).data;
	sqlite3_stmt *row = database_prepare(
		database, name,
		sqlite3_mprintf("SELECT %s FROM main.\"%w\" NOT INDEXED ORDER BY %s DESC LIMIT 1",
				table->rowid, name, table->rowid));
	const int code = row ? sqlite3_step(row) : SQLITE_ERROR;

	*most = code == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
	sqlite3_finalize(row);
	return code == SQLITE_ROW || code == SQLITE_DONE;
}

static void compare(struct catalogue *catalogue, struct database *database, const char *name,
		    sqlite3_int64 last)
{
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct table *table = catalogue->tables[i];
		sqlite3_int64 most = 0;
		char why[80];

		if (!table->rowid || sqlite3_stricmp(buf_view(&table->stream.name).data, name) != 0)
			continue;
		if (!highest(database, table, &most) || last <= most)
			continue;
		(void)sqlite3_snprintf(sizeof(why), why, "last %lld, highest now %lld", last, most);
		say(&catalogue->deleted, catalogue->deleted_count++, text_of(name), why);
	}
}

enum status catalogue_find_deleted(struct catalogue *catalogue, struct database *database,
				   struct error *error)
{
	sqlite3_stmt *rows = database_prepare(
		database, NULL, sqlite3_mprintf("SELECT name, seq FROM sqlite_sequence LIMIT %d", CATALOGUE_MOST));
	int code = rows ? SQLITE_ROW : SQLITE_DONE;

	while (code == SQLITE_ROW && (code = sqlite3_step(rows)) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(rows, 0);

		if (name && sqlite3_column_type(rows, 1) == SQLITE_INTEGER)
			compare(catalogue, database, name, sqlite3_column_int64(rows, 1));
	}
	sqlite3_finalize(rows);
	if ((code & 0xff) == SQLITE_NOMEM || (code & 0xff) == SQLITE_INTERRUPT)
		return database_failed(database, code, error);
	return catalogue->deleted.failed ? error_memory(error) : STATUS_OK;
}
