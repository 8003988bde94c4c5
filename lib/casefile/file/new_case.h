/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is going to be a case, or is said to be one, before SQLite sees it. */
#ifndef UNSPOOF_CASEFILE_FILE_NEW_CASE_H
#define UNSPOOF_CASEFILE_FILE_NEW_CASE_H

#include <stdbool.h>

#include "base/status.h"

struct sqlite3;

/* Makes the tables of a case without sources in an empty database. */
enum status new_case_fill(struct sqlite3 *db, struct error *error);

/* Makes a case without sources as PATH.partial, syncs it, and gives it its name, which
 * must not exist: so that whatever kills the command, PATH is no case or a whole one. A
 * PATH.partial that a killed command left, which holds so many bytes of the same case, is
 * taken up; any other file of that name stays, and is STATUS_FAILED, and so is a journal
 * of PATH that cannot be that of a case. *made: false where another command gave PATH to
 * its own meanwhile. */
enum status new_case_make(const char *path, bool *made, struct error *error);

/* What is left of the other name, where a command was killed between giving a case its
 * name and taking away the other. */
void new_case_tidy(const char *path);

/* STATUS_OK: the file, which is there and is not empty, begins as a case does, or cannot
 * be read. STATUS_FAILED: it is something else, which SQLite is not to open, for it would
 * put back what a journal beside it says. STATUS_INTEGRITY: a case that another program
 * has given a write-ahead log. */
enum status new_case_header(const char *path, struct error *error);

#endif
