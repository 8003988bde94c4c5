/* SPDX-License-Identifier: Apache-2.0 */
/* SQL over a case. */
#include "casefile/sql.h"

#include <string.h>

#include "casefile/sqlite/disarm.h"
#include "casefile/sqlite/vfs_coalesce.h"

#define PATH_SHOWN 300
#define SAID_SHOWN 700

static enum status unreadable(struct casefile *casefile)
{
	char path[PATH_SHOWN];

	return error_set(&casefile->error, STATUS_FAILED,
			 "%s: could not be read or written: an error of the disk, or "
			 "of what it stands on",
			 text_escape(text_of(casefile->path), path, PATH_SHOWN));
}

enum status casefile_intact(struct casefile *casefile)
{
	return casefile->coalesce && vfs_coalesce_failed(casefile->coalesce)
		       ? unreadable(casefile)
		       : STATUS_OK;
}

static enum status damaged(struct casefile *casefile, const char *path, const char *said)
{
	static const char schema[] = "malformed database schema";

	if (strncmp(said, schema, sizeof(schema) - 1) != 0)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "%s: the case file is damaged: %s", path, said);
	return error_set(&casefile->error, STATUS_INTEGRITY,
			 "%s: what the case says of its tables is damaged, or was altered by another "
			 "program: %s; go back to a copy of the case from before, or make it anew from "
			 "its sources", path, said);
}

/* What SQLite said, in our words. */
static enum status describe(struct casefile *casefile)
{
	int code = casefile->db ? sqlite3_errcode(casefile->db) : SQLITE_NOMEM;
	char path[PATH_SHOWN], said[SAID_SHOWN];

	(void)text_escape(text_of(casefile->path), path, PATH_SHOWN);
	(void)text_escape(text_of(casefile->db ? sqlite3_errmsg(casefile->db) : ""), said, SAID_SHOWN);
	if (casefile->db &&
	    sqlite3_extended_errcode(casefile->db) == SQLITE_READONLY_ROLLBACK)
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: a command that wrote this case was killed; "
				 "open it once where it can be written", path);
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: another command is writing this case; "
				 "wait until it has ended", path);
	case SQLITE_FULL:
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: the disk is full; the case is as it was "
				 "before this step", path);
	case SQLITE_INTERRUPT:
		return error_set(&casefile->error, STATUS_INTERRUPTED,
				 "%s: interrupted", path);
	case SQLITE_NOTADB:
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: not a case file", path);
	case SQLITE_CORRUPT:
		if (casefile->coalesce && vfs_coalesce_failed(casefile->coalesce))
			return unreadable(casefile);
		return damaged(casefile, path, said);
	case SQLITE_NOMEM:
		return error_memory(&casefile->error);
	case SQLITE_TOOBIG:
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: a value of more than %d MiB, or a statement of "
				 "more than %d KiB", path, DISARM_LENGTH >> 20,
				 DISARM_STATEMENT >> 10);
	default:
		return error_set(&casefile->error, STATUS_FAILED, "%s: %s", path, said);
	}
}

enum status casefile_failed(struct casefile *casefile)
{
	enum status status = describe(casefile);

	casefile->error.fault = status == STATUS_FAILED;
	return status;
}

enum status casefile_usable(struct casefile *casefile)
{
	char path[PATH_SHOWN];

	if (casefile->lost.status != STATUS_OK) {
		casefile->error = casefile->lost;
		return casefile->error.status;
	}
	if (!casefile->begun || !sqlite3_get_autocommit(casefile->db))
		return STATUS_OK;
	(void)error_set(&casefile->error, STATUS_FAILED,
			"%s: a failure ended what was being written; nothing of it is kept",
			text_escape(text_of(casefile->path), path, PATH_SHOWN));
	casefile->error.fault = true;
	return STATUS_FAILED;
}

enum status casefile_exec(struct casefile *casefile, const char *sql)
{
	enum status status = casefile_usable(casefile);

	if (status != STATUS_OK)
		return status;
	owner_use(&casefile->owner);
	if (sqlite3_exec(casefile->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return casefile_failed(casefile);
	return STATUS_OK;
}

sqlite3_stmt *casefile_prepare(struct casefile *casefile, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (casefile_usable(casefile) != STATUS_OK)
		return NULL;
	owner_use(&casefile->owner);
	if (sqlite3_prepare_v2(casefile->db, sql, -1, &statement, NULL) !=
	    SQLITE_OK)
		(void)casefile_failed(casefile);
	return statement;
}

sqlite3_stmt *casefile_prepare_kept(struct casefile *casefile, const char *sql)
{
	struct kept_statement *kept = casefile->statements;
	size_t i = 0;

	while (i < CASEFILE_STATEMENTS && kept[i].statement && kept[i].sql != sql)
		i++;
	if (i == CASEFILE_STATEMENTS)
		return casefile_prepare(casefile, sql);
	if (!kept[i].statement)
		kept[i] = (struct kept_statement){ sql, casefile_prepare(casefile, sql) };
	return kept[i].statement;
}

void casefile_put_back(struct casefile *casefile, sqlite3_stmt *statement)
{
	const struct kept_statement *kept = casefile->statements;
	size_t i = 0;

	while (i < CASEFILE_STATEMENTS && kept[i].statement != statement)
		i++;
	if (i == CASEFILE_STATEMENTS) {
		(void)sqlite3_finalize(statement);
		return;
	}
	(void)sqlite3_reset(statement);
	(void)sqlite3_clear_bindings(statement);
}

void casefile_finalise_kept(struct casefile *casefile)
{
	for (size_t i = 0; i < CASEFILE_STATEMENTS; i++)
		(void)sqlite3_finalize(casefile->statements[i].statement);
	memset(casefile->statements, 0, sizeof(casefile->statements));
}

sqlite3_stmt *casefile_prepare_rows(struct casefile *casefile, const char *head,
				    const char *row, size_t rows)
{
	struct buf sql = { 0 };
	sqlite3_stmt *statement = NULL;

	buf_text(&sql, head);
	for (size_t i = 0; i == 0 || i < rows; i++) {
		buf_byte(&sql, i ? ',' : ' ');
		buf_text(&sql, row);
	}
	if (sql.failed)
		(void)error_memory(&casefile->error);
	else
		statement = casefile_prepare(casefile, sql.data);
	buf_release(&sql);
	return statement;
}

enum status casefile_step(struct casefile *casefile, sqlite3_stmt *statement)
{
	const enum status status = casefile_usable(casefile);
	int code;

	if (status != STATUS_OK)
		return status;
	owner_use(&casefile->owner);
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		return STATUS_OK;
	return code == SQLITE_DONE ? STATUS_END : casefile_failed(casefile);
}

enum status casefile_run(struct casefile *casefile, sqlite3_stmt *statement)
{
	enum status status = casefile_step(casefile, statement);

	sqlite3_reset(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status casefile_integer(struct casefile *casefile, const char *sql,
			     int64_t fallback, int64_t *value)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status;

	if (!statement)
		return casefile->error.status;
	*value = fallback;
	status = casefile_step(casefile, statement);
	if (status == STATUS_OK && sqlite3_column_type(statement, 0) != SQLITE_NULL)
		*value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- binding and reading ---- */

/* A value that could not be bound, too long or for want of memory, must not
 * pass for NULL: a blob of this size is refused when the statement steps. */
static void bind_nothing(sqlite3_stmt *statement, int place)
{
	(void)sqlite3_bind_zeroblob(statement, place, INT32_MAX);
}

static void bind_utf8(sqlite3_stmt *statement, int place, struct text text,
		      sqlite3_destructor_type destructor)
{
	if (!text.data)
		(void)sqlite3_bind_null(statement, place);
	else if (sqlite3_bind_text64(statement, place, text.data, text.len,
				     destructor, SQLITE_UTF8) != SQLITE_OK)
		bind_nothing(statement, place);
}

void bind_text(sqlite3_stmt *statement, int place, struct text text)
{
	bind_utf8(statement, place, text, SQLITE_TRANSIENT);
}

void bind_lasting(sqlite3_stmt *statement, int place, struct text text)
{
	bind_utf8(statement, place, text, SQLITE_STATIC);
}

void bind_blob(sqlite3_stmt *statement, int place, struct text text)
{
	if (text.len == 0)
		(void)sqlite3_bind_zeroblob(statement, place, 0);
	else if (sqlite3_bind_blob64(statement, place, text.data, text.len,
				     SQLITE_STATIC) != SQLITE_OK)
		bind_nothing(statement, place);
}

enum status bind_sought(struct casefile *casefile, sqlite3_stmt *statement, int place,
			const char *text)
{
	const struct text sought = text_of(text);
	const int code = sought.data
				 ? sqlite3_bind_text64(statement, place, sought.data,
						       sought.len, SQLITE_STATIC,
						       SQLITE_UTF8)
				 : sqlite3_bind_null(statement, place);

	return code == SQLITE_OK ? STATUS_OK : casefile_failed(casefile);
}

void bind_cstring(sqlite3_stmt *statement, int place, const char *text)
{
	bind_text(statement, place, text_of(text));
}

void bind_integer(sqlite3_stmt *statement, int place, int64_t value)
{
	(void)sqlite3_bind_int64(statement, place, value);
}

void bind_maybe(sqlite3_stmt *statement, int place, int64_t value, bool absent)
{
	if (absent)
		(void)sqlite3_bind_null(statement, place);
	else
		(void)sqlite3_bind_int64(statement, place, value);
}

void bind_place(sqlite3_stmt *statement, int first, const struct place *place)
{
	bind_integer(statement, first++, place->source);
	bind_integer(statement, first++, (int64_t)place->member);
	bind_integer(statement, first++, (int64_t)place->line);
	bind_integer(statement, first++, (int64_t)place->offset);
	bind_integer(statement, first, (int64_t)place->length);
}

struct text column_text(sqlite3_stmt *statement, int place)
{
	/* Fetched once; this thread alone uses the connection. */
	sqlite3_value *value = sqlite3_column_value(statement, place);
	struct text text = { NULL, 0 };

	if (sqlite3_value_type(value) == SQLITE_NULL)
		return text;
	/* The bytes first: reading a BLOB column as text would convert it. */
	text.data = sqlite3_value_blob(value);
	text.len = (size_t)sqlite3_value_bytes(value);
	if (!text.data)
		text = text_of("");
	return text;
}

/* A step leaves SQLITE_ROW behind, so that what is there now came after it. */
enum status columns_read(struct casefile *casefile, sqlite3_stmt *statement)
{
	const int code = sqlite3_errcode(sqlite3_db_handle(statement)) & 0xff;

	return code == SQLITE_NOMEM ? error_memory(&casefile->error) : STATUS_OK;
}
