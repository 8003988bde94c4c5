/* SPDX-License-Identifier: Apache-2.0 */
/* An SQLite VFS that writes more at a time. SQLite hands a case over page by page,
 * and the system takes twice as long over small writes as over large ones. */
#ifndef UNSPOOF_CASEFILE_SQLITE_VFS_COALESCE_H
#define UNSPOOF_CASEFILE_SQLITE_VFS_COALESCE_H

#include <sqlite3.h>
#include <stdbool.h>

/* Bytes that are written together at most. SQLite's files take less than 128 KiB
 * at a time. */
#define WIDEWRITE_BYTES (64 << 10)

struct vfs_coalesce;

/* A VFS with the files of the default one, but that pages of a database which
 * stand one behind another go to the system together: at the latest when SQLite
 * syncs, cuts, unlocks or closes the file, or asks for its size. Until then they are
 * in memory, so a connection needs `PRAGMA synchronous` not to be OFF. NULL: no
 * memory. */
struct vfs_coalesce *vfs_coalesce_new(void);
/* What to open a database with. */
const char *vfs_coalesce_name(const struct vfs_coalesce *wide);
/* Whether something of a database that was opened by it could not be read or
 * written: what SQLite says of the content after that is not to be relied on. */
bool vfs_coalesce_failed(const struct vfs_coalesce *wide);
/* When all that was opened by it is closed. NULL is safe. */
void vfs_coalesce_free(struct vfs_coalesce *wide);

#endif
