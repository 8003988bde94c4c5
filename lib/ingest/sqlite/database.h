/* SPDX-License-Identifier: Apache-2.0 */
/* An SQLite database that was seized: opened for reading, and believed in nothing. */
#ifndef UNSPOOF_INGEST_SQLITE_DATABASE_H
#define UNSPOOF_INGEST_SQLITE_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/sqlite/vfs_dump.h"

/* The longest value that is read, in bytes. */
#define DATABASE_VALUE_MOST (64 << 20)

/* Its header, by https://www.sqlite.org/fileformat2.html, section 1.3. */
struct database_header {
	uint32_t page;              /* bytes of a page */
	uint32_t free;              /* pages that hold nothing any more */
	uint32_t encoding;          /* 1: UTF-8, 2: UTF-16le, 3: UTF-16be */
	bool wal;                   /* what is written goes to a log first */
};

/* Members are the module's own, but for those of the first part. Zeroed is closed. */
struct database {
	sqlite3 *db;
	struct database_header header;
	/* Empty, or what of the schema or the file is damaged; then what there is of it is
	 * read. */
	char damage[160];
	/* ---- */
	struct dump *dump;
	const char *shown;
	struct vfs_dump *vfs;
	const char *table;          /* the one that may be read; NULL: the catalogue may */
};

/* Takes the header of the first 100 bytes; false: there are fewer. */
bool database_header(struct database_header *header, struct text bytes);

/*
 * Opens the database that a dump, which is settled, stands at; both outlive it. Nothing
 * of it is executed: no view, trigger, virtual table or function of the schema, and
 * statements read the tables that they name alone. STATUS_SKIP: it is no database that
 * SQLite can read, as the error says. Close it also after a failure.
 */
enum status database_open(struct database *database, struct dump *dump, const char *shown,
			  struct error *error);
void database_close(struct database *database);

/* A statement that reads a table, NULL: the catalogue; table is borrowed. NULL: it cannot
 * be, and sqlite3_errcode() of the connection says why. Frees sql, which may be NULL. */
sqlite3_stmt *database_prepare(struct database *database, const char *table, char *sql);

/* Whether a code is of what the file holds, and not of the machine. */
bool database_damaged(int code);
/* What another failure of SQLite's comes to. */
enum status database_failed(const struct database *database, int code, struct error *error);

#endif
