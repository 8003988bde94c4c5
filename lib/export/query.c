/* SPDX-License-Identifier: Apache-2.0 */
/* One read-only statement of the user's over a case. */
#include "export/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/schema.h"
#include "casefile/sql.h"
#include "casefile/sqlite/calltable.h"
#include "export/functions.h"
#include "export/statement.h"

#define PROGRESS_ROWS 16384

/* PRAGMAs that only tell something. */
static const char *const pragmas[] = {
	"application_id", "collation_list", "compile_options", "database_list", "encoding", "foreign_key_list",
	"freelist_count", "function_list", "index_info", "index_list", "index_xinfo", "integrity_check",
	"module_list", "page_count", "page_size", "pragma_list", "quick_check", "table_info", "table_list",
	"table_xinfo", "user_version",
};

/* Those of them that would set something, given a value. */
static const char *const setters[] = { "application_id", "encoding", "page_size", "user_version" };

static bool is_among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is_fold(text_of(name), names[i]))
			return true;
	return false;
}

#define AMONG(name, names) is_among((name), (names), sizeof(names) / sizeof((names)[0]))

/* What a statement may do: read tables, call functions, recurse. */
static int allow(void *context, int action, const char *first, const char *second, const char *database,
		 const char *trigger)
{
	(void)context;
	(void)database;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return second && text_is_fold(text_of(second), "load_extension") ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		if (!first || !AMONG(first, pragmas) || (second && AMONG(first, setters)))
			return SQLITE_DENY;
		return SQLITE_OK;
	case SQLITE_UPDATE:
		/* SQLite asks so when it declares a virtual table. One that a
		 * user writes is no statement that reads, and ends there. */
		return first && !strcmp(first, "sqlite_master") ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

/* *more: whether anything but blanks, semicolons and comments follows; what is no
 * statement does too. */
static enum status look_behind(struct casefile *casefile, const char *tail, bool *more)
{
	*more = false;
	while (*tail) {
		sqlite3_stmt *statement = NULL;
		const char *rest = tail;
		const int code = sqlite3_prepare_v2(casefile->db, tail, -1, &statement, &rest);

		*more = code != SQLITE_OK || statement;
		sqlite3_finalize(statement);
		if (code != SQLITE_OK && (code & 0xff) != SQLITE_ERROR && (code & 0xff) != SQLITE_AUTH)
			return casefile_failed(casefile);
		if (*more || rest == tail)
			break;
		tail = rest;
	}
	return STATUS_OK;
}

/* A table that a layer would have: what makes it is not run yet. */
static enum status needs_table(struct casefile *casefile, const char *name)
{
	for (const struct schema_table *table = schema_tables; table->name; table++)
		if (text_is_fold(text_of(name), table->name))
			return casefile_needs(casefile, table->layer);
	return STATUS_OK;
}

static enum status misfit(struct casefile *casefile)
{
	static const char no_table[] = "no such table: ";
	char message[500];
	const int code = sqlite3_errcode(casefile->db) & 0xff;

	if (code == SQLITE_AUTH)
		return error_set(&casefile->error, STATUS_USAGE,
				 "a query reads the case, and does nothing else: %s",
				 text_escape(text_of(sqlite3_errmsg(casefile->db)), message, sizeof(message)));
	if (code != SQLITE_ERROR)
		return casefile_failed(casefile);
	(void)text_escape(text_of(sqlite3_errmsg(casefile->db)), message, sizeof(message));
	if (!strncmp(message, no_table, sizeof(no_table) - 1) &&
	    needs_table(casefile, message + sizeof(no_table) - 1) != STATUS_OK)
		return casefile->error.status;
	return error_set(&casefile->error, STATUS_USAGE, "SQL: %s", message);
}

static enum status prepare(struct casefile *casefile, const char *sql, sqlite3_stmt **out)
{
	const char *tail = sql;
	enum status status;
	bool more;

	*out = NULL;
	if (sqlite3_prepare_v2(casefile->db, sql, -1, out, &tail) != SQLITE_OK)
		return misfit(casefile);
	if (!*out)
		return error_set(&casefile->error, STATUS_USAGE, "there is no statement in the query");
	status = look_behind(casefile, tail, &more);
	if (status != STATUS_OK)
		return status;
	if (more)
		return error_set(&casefile->error, STATUS_USAGE, "a query is one statement");
	if (!sqlite3_stmt_readonly(*out) || sqlite3_column_count(*out) == 0)
		return error_set(&casefile->error, STATUS_USAGE, "a query reads the case, and does nothing else");
	if (sqlite3_bind_parameter_count(*out) > 0)
		return error_set(&casefile->error, STATUS_USAGE, "a query has no parameters (? or :name)");
	return STATUS_OK;
}

/* A statement and the row it stands on. */
struct query {
	struct casefile *casefile;
	sqlite3_stmt *statement;
	struct writer *writer;
	size_t count;
	struct sheet_column *columns;
	struct cell *cells;
	struct cell_room *rooms;
	struct buf *blobs;
};

static bool query_make(struct query *query)
{
	query->count = (size_t)sqlite3_column_count(query->statement);
	query->columns = calloc(query->count, sizeof(*query->columns));
	query->cells = calloc(query->count, sizeof(*query->cells));
	query->rooms = calloc(query->count, sizeof(*query->rooms));
	query->blobs = calloc(query->count, sizeof(*query->blobs));
	return query->columns && query->cells && query->rooms && query->blobs;
}

static void query_free(struct query *query)
{
	for (size_t i = 0; query->blobs && i < query->count; i++)
		buf_release(&query->blobs[i]);
	free(query->columns);
	free(query->cells);
	free(query->rooms);
	free(query->blobs);
	sqlite3_finalize(query->statement);
}

static enum cell_type type_of(sqlite3_stmt *statement, int i)
{
	switch (sqlite3_column_type(statement, i)) {
	case SQLITE_INTEGER:
		return CELL_INTEGER;
	case SQLITE_FLOAT:
		return CELL_REAL;
	default:
		return CELL_TEXT;
	}
}

static enum status begin(struct query *query, bool row)
{
	struct sheet sheet = { .name = "query" };

	for (size_t i = 0; i < query->count; i++) {
		query->columns[i].name = sqlite3_column_name(query->statement, (int)i);
		query->columns[i].type = row ? type_of(query->statement, (int)i) : CELL_TEXT;
		if (!query->columns[i].name)
			return error_memory(&query->casefile->error);
	}
	sheet.columns = query->columns;
	sheet.count = query->count;
	if (writer_begin(query->writer, &sheet) != STATUS_OK)
		return statement_writer_failed(query->casefile, query->writer);
	return STATUS_OK;
}

/* As SQLite writes it: 15 digits, and Inf, which the writers take for a text. */
static struct text real_text(sqlite3_stmt *statement, int i)
{
	const char *text = (const char *)sqlite3_column_text(statement, i);

	return text_of(text ? text : "");
}

static enum status write_row(struct query *query)
{
	for (size_t i = 0; i < query->count; i++) {
		const int kind = sqlite3_column_type(query->statement, (int)i);

		if (kind == SQLITE_FLOAT) {
			query->cells[i] = cell_of(CELL_REAL, real_text(query->statement, (int)i));
			continue;
		}
		statement_cell(query->statement, (int)i, type_of(query->statement, (int)i), &query->rooms[i],
			       &query->cells[i]);
		if (kind != SQLITE_BLOB)
			continue;
		buf_clear(&query->blobs[i]);
		buf_escape(&query->blobs[i], query->cells[i].text, 0);
		if (query->blobs[i].failed)
			return error_memory(&query->casefile->error);
		query->cells[i].text = buf_view(&query->blobs[i]);
	}
	if (columns_read(query->casefile, query->statement) != STATUS_OK)
		return query->casefile->error.status;
	if (writer_row(query->writer, query->cells) != STATUS_OK)
		return statement_writer_failed(query->casefile, query->writer);
	return STATUS_OK;
}

static enum status run(struct query *query, const struct observer *observer)
{
	enum status step = casefile_step(query->casefile, query->statement);
	enum status status;

	if (step != STATUS_OK && step != STATUS_END)
		return step;
	status = begin(query, step == STATUS_OK);
	while (status == STATUS_OK && step == STATUS_OK) {
		status = write_row(query);
		if (query->writer->rows % PROGRESS_ROWS == 0)
			observer_progress(observer,
					  &(struct progress){ .step = "query", .rows = query->writer->rows });
		if (status == STATUS_OK)
			step = casefile_step(query->casefile, query->statement);
	}
	if (status != STATUS_OK || step != STATUS_END)
		return status != STATUS_OK ? status : step;
	if (writer_end(query->writer) != STATUS_OK)
		return statement_writer_failed(query->casefile, query->writer);
	return STATUS_OK;
}

enum status query_run(struct casefile *casefile, const char *sql, const struct observer *observer,
		      struct writer *writer)
{
	struct query query = { .casefile = casefile, .writer = writer };
	enum status status = calltable_register(casefile);

	if (status == STATUS_OK)
		status = functions_register(casefile);
	if (status != STATUS_OK)
		return status;
	(void)sqlite3_set_authorizer(casefile->db, allow, NULL);
	status = prepare(casefile, sql, &query.statement);
	if (status == STATUS_OK && !query_make(&query))
		status = error_memory(&casefile->error);
	if (status == STATUS_OK) {
		const struct observer *before = casefile_watch(casefile, observer);

		status = statement_ended(casefile, observer, run(&query, observer));
		(void)casefile_watch(casefile, before);
	}
	query_free(&query);
	(void)sqlite3_set_authorizer(casefile->db, NULL, NULL);
	return status;
}
