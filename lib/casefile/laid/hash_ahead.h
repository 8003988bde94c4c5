/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are hashed on a thread of their own, while the case that names them is checked. */
#ifndef UNSPOOF_CASEFILE_LAID_HASH_AHEAD_H
#define UNSPOOF_CASEFILE_LAID_HASH_AHEAD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/digest/digest.h"
#include "base/observer.h"
#include "casefile/laid/line_marks.h"

struct hash_ahead;

/* A file that was read to its end. */
struct hash_ahead_file {
	char sha256[DIGEST_HEX];
	struct line_scan lines;      /* of all of it, if they were asked for */
	struct stat state;           /* as it was before and behind */
};

/* Takes files by and by; NULL: no memory. The observer outlives it, and is asked for an
 * interrupt on any thread. key: of the marks of lines. */
struct hash_ahead *hash_ahead_new(const struct observer *observer, uint64_t key);
/* Ends the thread, wherever it is. NULL is safe. */
void hash_ahead_free(struct hash_ahead *ahead);

/* A file more, before it is started; what is none is left out. lines: they are marked
 * too. False: no memory. */
bool hash_ahead_add(struct hash_ahead *ahead, const char *path, bool lines);
/* Begins, in the order of adding. Where no thread can be started each file is hashed when
 * it is waited for. */
void hash_ahead_start(struct hash_ahead *ahead);

/* Waits for a file of this path, and tells the observer how far it is. NULL: it was not
 * added, could not be read, changed meanwhile, or the user asked to stop: then it is to be
 * read as if it had not been. ahead may be NULL. */
const struct hash_ahead_file *hash_ahead_wait(struct hash_ahead *ahead, const char *path);

/* Whether a file is what it was by what its file system says of it. */
bool hash_ahead_unchanged(const struct stat *before, const struct stat *now);

#endif
