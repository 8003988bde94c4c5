/* SPDX-License-Identifier: Apache-2.0 */
/* What neither a file nor a statement may do to a connection of SQLite. */
#ifndef UNSPOOF_CASEFILE_SQLITE_DISARM_H
#define UNSPOOF_CASEFILE_SQLITE_DISARM_H

#include <stdbool.h>
#include <sqlite3.h>

/* The longest value and the longest row, and the longest statement, in bytes. */
#define DISARM_LENGTH (256 << 20)
#define DISARM_STATEMENT (256 << 10)

/*
 * Takes from a connection whatever a file that was in other hands could run (triggers,
 * views, functions with effects, fts3_tokenizer(), extensions), and bounds what a
 * statement may ask for (sqlite3_limit()). False: this SQLite cannot.
 */
bool disarm(sqlite3 *db);

#endif
