/* SPDX-License-Identifier: Apache-2.0 */
/* An SQLite VFS that knows one database: a member of a dump that is settled. */
#ifndef UNSPOOF_INGEST_SQLITE_VFS_DUMP_H
#define UNSPOOF_INGEST_SQLITE_VFS_DUMP_H

#include "ingest/source/dump.h"

/* The name by which the database is opened. */
#define VFS_DUMP_DATABASE "evidence"

struct vfs_dump;

/*
 * A VFS through which nothing but the bytes of the member can be reached, and what stands
 * beside it if it was settled with that. Without a copy that may be written to the file
 * is one that never changes (SQLITE_IOCAP_IMMUTABLE): no lock is taken, no other file
 * looked for, nothing written. What is written to a copy is bounded by what is there.
 * NULL: no memory.
 */
struct vfs_dump *vfs_dump_new(struct dump *dump);
/* What to open a database with. */
const char *vfs_dump_name(const struct vfs_dump *vfs);
/* When what was opened by it is closed. NULL is safe. */
void vfs_dump_free(struct vfs_dump *vfs);

#endif
