/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loadable extension `unspoof`, which gives the virtual table `call` to the
 * sqlite3 shell, Python and Datasette.
 *
 * Its files are those of base/ and casefile/ that `call` needs and
 * extension.c, all compiled with `-fPIC -include casefile/sqlite/extension.h`: then
 * every call of SQLite goes to the SQLite of the program that loads it.
 */
#ifndef UNSPOOF_CASEFILE_SQLITE_EXTENSION_H
#define UNSPOOF_CASEFILE_SQLITE_EXTENSION_H

#include <sqlite3ext.h>

extern const sqlite3_api_routines *sqlite3_api;

/* What SQLite calls when it loads unspoof.so; an SQLite result code. */
int sqlite3_unspoof_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

#endif
