/* SPDX-License-Identifier: Apache-2.0 */
/* SQL over a case: statements, what is bound to them and read from them. */
#ifndef UNSPOOF_CASEFILE_SQL_H
#define UNSPOOF_CASEFILE_SQL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/place.h"

/* STATUS_OK, or why nothing more may be asked before a rollback: what casefile_lose() kept, or a
 * transaction that SQLite ended by itself, as it does for want of memory; the rest of it would be
 * written alone. The calls below ask. */
enum status casefile_usable(struct casefile *casefile);
/* Executes statements without rows. */
enum status casefile_exec(struct casefile *casefile, const char *sql);
/* A prepared statement, NULL on failure (error is set). The caller finalises
 * it. */
sqlite3_stmt *casefile_prepare(struct casefile *casefile, const char *sql);
/* The same of SQL that lasts as long as the case is open, for what is asked for each of many
 * files: it is prepared once. To be put back before it is asked for again. */
sqlite3_stmt *casefile_prepare_kept(struct casefile *casefile, const char *sql);
void casefile_put_back(struct casefile *casefile, sqlite3_stmt *statement);
/* Finalises those that are kept. */
void casefile_finalise_kept(struct casefile *casefile);
/* The same for an INSERT of several rows, 0 counting as 1: head up to VALUES, and
 * the brackets of one row. Its places are those of row after row. */
sqlite3_stmt *casefile_prepare_rows(struct casefile *casefile, const char *head,
				    const char *row, size_t rows);
/* Steps: STATUS_OK there is a row, STATUS_END there is none, else a failure. */
enum status casefile_step(struct casefile *casefile, sqlite3_stmt *statement);
/* Steps a statement without rows and resets it. */
enum status casefile_run(struct casefile *casefile, sqlite3_stmt *statement);
/* Turns the state of the database into an error: what SQLite said, and for a
 * full disk, a lock or a damaged file in our words. STATUS_INTEGRITY for what is
 * damaged alone; an error of reading or writing, and want of memory or of room, is
 * STATUS_FAILED, and a fault. */
enum status casefile_failed(struct casefile *casefile);
/* STATUS_OK, or a failure where some of the case could not be read or written since
 * it was opened, whether or not SQLite went on: PRAGMA integrity_check does, and
 * tells it as damage. */
enum status casefile_intact(struct casefile *casefile);
/* The first column of the first row as an integer; fallback when no row. */
enum status casefile_integer(struct casefile *casefile, const char *sql,
			     int64_t fallback, int64_t *value);

/* Binding and reading. A text without data is NULL. The bytes of bind_blob are
 * borrowed until the statement is bound anew or finalised. What cannot be
 * bound, too long or for want of memory, makes the step of an INSERT fail. The text
 * of a column is borrowed until the next step. */
void bind_text(sqlite3_stmt *statement, int place, struct text text);
/* The same, borrowed as the bytes of bind_blob are. */
void bind_lasting(sqlite3_stmt *statement, int place, struct text text);
void bind_blob(sqlite3_stmt *statement, int place, struct text text);
/* For what is looked for or shown, borrowed as well: the step of a SELECT would not
 * fail for a value that could not be bound, but find it nowhere. STATUS_OK, or a
 * failure for want of memory. A text that is NULL is NULL. */
enum status bind_sought(struct casefile *casefile, sqlite3_stmt *statement, int place,
			const char *text);
void bind_cstring(sqlite3_stmt *statement, int place, const char *text);
void bind_integer(sqlite3_stmt *statement, int place, int64_t value);
/* NULL when absent is true. */
void bind_maybe(sqlite3_stmt *statement, int place, int64_t value, bool absent);
/* The columns of a place, the first of them at first. */
void bind_place(sqlite3_stmt *statement, int first, const struct place *place);
struct text column_text(sqlite3_stmt *statement, int place);
/* After the columns of a row were read: STATUS_OK, or that there was no memory to
 * turn one into text, which came as NULL or as no bytes then. */
enum status columns_read(struct casefile *casefile, sqlite3_stmt *statement);

#endif
