/* SPDX-License-Identifier: Apache-2.0 */
/* An SQLite VFS that writes more at a time. SQLite hands a case over page by page,
 * and the system takes twice as long over small writes as over large ones. */
#ifndef UNSPOOF_CASEFILE_WIDEWRITE_H
#define UNSPOOF_CASEFILE_WIDEWRITE_H

#include <sqlite3.h>
#include <stdbool.h>

/* Bytes that are written together at most. SQLite's files take less than 128 KiB
 * at a time. */
#define WIDEWRITE_BYTES (64 << 10)

struct widewrite;

/* A VFS with the files of the default one, but that pages of a database which
 * stand one behind another go to the system together: at the latest when SQLite
 * syncs, cuts, unlocks or closes the file, or asks for its size. Until then they are
 * in memory, so a connection needs `PRAGMA synchronous` not to be OFF. NULL: no
 * memory. */
struct widewrite *widewrite_new(void);
/* What to open a database with. */
const char *widewrite_name(const struct widewrite *wide);
/* Whether something of a database that was opened by it could not be read or
 * written: what SQLite says of the content after that is not to be relied on. */
bool widewrite_failed(const struct widewrite *wide);
/* When all that was opened by it is closed. NULL is safe. */
void widewrite_free(struct widewrite *wide);

#endif
