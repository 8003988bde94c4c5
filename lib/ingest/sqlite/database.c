/* SPDX-License-Identifier: Apache-2.0 */
/* An SQLite database that was seized, opened for reading. */
#include "ingest/sqlite/database.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "casefile/sqlite/disarm.h"

#define HEADER 100
/* Instructions of SQLite's between two looks for an interrupt. */
#define LOOK_AROUND 20000
/* What SQLite allows unless it is built otherwise. */
#define COLUMNS_MOST 2000
#define STATEMENT_MOST 1000000

static uint32_t big_endian(const char *bytes, size_t count)
{
	uint32_t value = 0;

	for (size_t i = 0; i < count; i++)
		value = value << 8 | (unsigned char)bytes[i];
	return value;
}

bool database_header(struct database_header *header, struct text bytes)
{
	if (bytes.len < HEADER)
		return false;
	header->page = big_endian(bytes.data + 16, 2);
	if (header->page == 1)
		header->page = 65536;
	header->free = big_endian(bytes.data + 36, 4);
	header->encoding = big_endian(bytes.data + 56, 4);
	header->wal = bytes.data[18] == 2 || bytes.data[19] == 2;
	return true;
}

/* ---- what may be done ---- */

static bool is_catalogue(const char *name)
{
	return !strcmp(name, "sqlite_master") || !strcmp(name, "sqlite_sequence");
}

/* SQLite's callback: nothing but the table that is read may be. */
static int authorize(void *context, int action, const char *first, const char *second,
		     const char *schema, const char *by)
{
	const struct database *database = context;

	(void)second;
	(void)schema;
	/* A view or trigger of the file asks. */
	if (by)
		return SQLITE_DENY;
	if (action == SQLITE_SELECT)
		return SQLITE_OK;
	if (action == SQLITE_READ && first && database->table)
		return sqlite3_stricmp(first, database->table) == 0 ? SQLITE_OK : SQLITE_DENY;
	if (action == SQLITE_READ && first)
		return is_catalogue(first) ? SQLITE_OK : SQLITE_DENY;
	if (action == SQLITE_PRAGMA && first && !database->table)
		return strcmp(first, "table_xinfo") == 0 ? SQLITE_OK : SQLITE_DENY;
	return SQLITE_DENY;
}

static int look_around(void *context)
{
	const struct database *database = context;

	return dump_interrupted(database->dump);
}

/* A copy is put in order by SQLite where it is opened; its log is not written into it. */
static bool set_up(struct database *database)
{
	/* None of them looks at the file. */
	static const char settings[] = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY;"
				       " PRAGMA cell_size_check = ON";
	sqlite3 *db = database->db;
	int now = 0;

	/* Without modules there is no virtual table, whatever the schema says. */
	if (!disarm(db) || sqlite3_drop_modules(db, NULL) != SQLITE_OK || sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &now) != SQLITE_OK ||
	    now != 1)
		return false;
	(void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, DATABASE_VALUE_MOST);
	(void)sqlite3_limit(db, SQLITE_LIMIT_COLUMN, COLUMNS_MOST);
	(void)sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, STATEMENT_MOST);
	return sqlite3_exec(db, settings, NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_set_authorizer(db, authorize, database) == SQLITE_OK;
}

/* ---- opening ---- */

bool database_damaged(int code)
{
	return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

enum status database_failed(const struct database *database, int code, struct error *error)
{
	const char *said = database->db ? sqlite3_errmsg(database->db) : sqlite3_errstr(code);
	char shown[200];

	if ((code & 0xff) == SQLITE_NOMEM)
		return error_memory(error);
	if ((code & 0xff) == SQLITE_INTERRUPT)
		return error_set(error, STATUS_INTERRUPTED, "%s: interrupted", database->shown);
	return error_set(error, STATUS_FAILED, "%s: cannot be read: %s", database->shown,
			 text_escape(text_of(said), shown, sizeof(shown)));
}

static enum status refuse(const struct database *database, int code, struct error *error)
{
	const char *said = sqlite3_errmsg(database->db);
	char shown[200];

	if ((code & 0xff) == SQLITE_NOTADB)
		return error_set(error, STATUS_SKIP,
				 "%s: begins as an SQLite database does, and is none that can be read: it is "
				 "damaged in its first page, or encrypted (ask for the key, and give a database "
				 "that was decrypted)", database->shown);
	if (!database_damaged(code) && (code & 0xff) != SQLITE_ERROR)
		return database_failed(database, code, error);
	return error_set(error, STATUS_SKIP,
			 "%s: an SQLite database that cannot be read: %s (`.recover` of sqlite3, of a copy, may "
			 "find its rows)", database->shown, text_escape(text_of(said), shown, sizeof(shown)));
}

/* SQLite reads the schema with the first statement; a step reads the first page. */
static int load_schema(struct database *database)
{
	sqlite3_stmt *statement = database_prepare(
		database, NULL, sqlite3_mprintf("SELECT 1 FROM sqlite_master LIMIT 1"));
	int code = statement ? sqlite3_step(statement) : sqlite3_extended_errcode(database->db);

	sqlite3_finalize(statement);
	return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/*
 * Where an entry of the schema is damaged, or the file ends before its last page, SQLite
 * reads nothing at all, but with these settings what there is. Nothing can be written all the
 * same: the connection is for reading, or of a copy, and statements may only read.
 */
static int load_damaged(struct database *database)
{
	int now = 0;

	(void)text_escape(text_of(sqlite3_errmsg(database->db)), database->damage, sizeof(database->damage));
	if (sqlite3_db_config(database->db, SQLITE_DBCONFIG_DEFENSIVE, 0, &now) != SQLITE_OK || now != 0 ||
	    sqlite3_db_config(database->db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, &now) != SQLITE_OK || now != 1)
		return SQLITE_ERROR;
	return load_schema(database);
}

enum status database_open(struct database *database, struct dump *dump, const char *shown,
			  struct error *error)
{
	const bool written = dump_beside(dump, BESIDE_WAL) || dump_beside(dump, BESIDE_JOURNAL);
	const int flags = (written ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
			  SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	int code;

	database->dump = dump;
	database->shown = shown;
	database->vfs = vfs_dump_new(dump);
	if (!database->vfs)
		return error_memory(error);
	code = sqlite3_open_v2(VFS_DUMP_DATABASE, &database->db, flags, vfs_dump_name(database->vfs));
	if (code != SQLITE_OK)
		return database_failed(database, code, error);
	if (!set_up(database))
		return error_set(error, STATUS_FAILED, "%s: this SQLite cannot read a database safely", shown);
	sqlite3_progress_handler(database->db, LOOK_AROUND, look_around, database);
	code = load_schema(database);
	if ((code & 0xff) == SQLITE_CORRUPT)
		code = load_damaged(database);
	return code == SQLITE_OK ? STATUS_OK : refuse(database, code, error);
}

void database_close(struct database *database)
{
	(void)sqlite3_close(database->db);
	vfs_dump_free(database->vfs);
	memset(database, 0, sizeof(*database));
}

sqlite3_stmt *database_prepare(struct database *database, const char *table, char *sql)
{
	sqlite3_stmt *statement = NULL;

	database->table = table;
	if (sql && sqlite3_prepare_v2(database->db, sql, -1, &statement, NULL) != SQLITE_OK) {
		sqlite3_finalize(statement);
		statement = NULL;
	}
	sqlite3_free(sql);
	return statement;
}
