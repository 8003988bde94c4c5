/* SPDX-License-Identifier: Apache-2.0 */
/* FILE.partial: a file that is being written, and gets its name when it is whole. */
#ifndef UNSPOOF_BASE_PARTIAL_H
#define UNSPOOF_BASE_PARTIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* Zeroed but for file, which is -1, is closed. */
struct partial {
	char *name;             /* PATH.partial, while it is ours */
	int file;
};

/* What partial_open() came to. */
enum partial_open {
	PARTIAL_OPENED,
	PARTIAL_WRITTEN,        /* another process is writing it */
	PARTIAL_FOREIGN,        /* something is there that nothing of ours leaves, or of
				 * which it cannot be told whether one is writing it */
	PARTIAL_FAILED          /* errno says why */
};

/*
 * Makes PATH.partial, which its owner alone may read and write, and locks it for as long
 * as it is written (fcntl(2)). One that
 * a killed process left has no lock and is removed; what another process writes stays,
 * and no link is followed: one that stands there is removed itself. A file that is
 * `never` is not removed, whatever name it has.
 */
enum partial_open partial_open(struct partial *partial, const char *path, const struct stat *never);
/* Writes all of it; false: errno says why. */
bool partial_write(const struct partial *partial, const void *data, size_t len);
/* Syncs the file and gives it its name; a file of that name is overwritten with force
 * alone, and else EEXIST: where the file system has no hard links, by renameat2(2), and
 * where it has not that either, by making an empty file of that name first, which a kill
 * may leave. False: errno says why, and the file is still to be closed. */
bool partial_keep(struct partial *partial, const char *path, bool force);
/* Removes what was not kept. Closing twice is safe. */
void partial_close(struct partial *partial);

#endif
