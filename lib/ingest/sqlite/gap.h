/* SPDX-License-Identifier: Apache-2.0 */
/* Places of a table that cannot be read: said once, and gone over. */
#ifndef UNSPOOF_INGEST_SQLITE_GAP_H
#define UNSPOOF_INGEST_SQLITE_GAP_H

#include "ingest/sqlite/table_rows.h"

/* Damaged places of a table that are gone over at most. */
#define GAPS_MOST 10000

/* Makes a record of what could not be read, with code of SQLite's (SQLITE_ROW: a row
 * that cannot be one), and stands behind it: at the first number from which on a row can
 * be read again, found by steps that double and then halve. Rows between two damaged
 * places that are near may be gone over with them. */
enum status gap_pass(struct rows *rows, int code, struct record *record, struct error *error);

/* Begins to read at a number; of rows without one, behind so many. */
enum status rows_seek(struct rows *rows, sqlite3_int64 from, struct error *error);

#endif
