/* SPDX-License-Identifier: Apache-2.0 */
/* Which sources new ones take the place of, where the files of a folder or the members of an
 * archive are read again as a whole. */
#ifndef UNSPOOF_CASEFILE_MEND_REPLACED_H
#define UNSPOOF_CASEFILE_MEND_REPLACED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"

/* A source that is replaced, and the first new one with content or a path of it. */
struct replaced_pair {
	int64_t old, now;
};

/* Zeroed is empty. */
struct replaced {
	struct replaced_pair *pairs;    /* in order of old */
	size_t count, capacity;
	/* Files of them that gave rows and are in none of the new ones, by path or content, and the
	 * first of these: its source and path. */
	uint64_t missing;
	int64_t missing_source;
	char *missing_path;
};

/* Finds the sources below an id that have members of the root, a path as given, or none, and of
 * which a source from `first` on has content, or a file by its path. Where several kinds of row
 * were made of it, it is those of the same kind, or of the only other one. */
enum status replaced_find(struct replaced *replaced, struct casefile *casefile, int64_t first,
			  int64_t below, const char *root);
bool replaced_has(const struct replaced *replaced, int64_t id);
/* *has: the case has a file of the root, or by itself, of this path (a member's behind a colon)
 * with another content than this. */
enum status replaced_changed(struct casefile *casefile, const char *root, const char *path,
			     const char *content, bool *has);
/* Whose files a source has. */
enum replaced_of { REPLACED_OF_NONE, REPLACED_OF_ROOT, REPLACED_OF_OTHER };
/* *of: itself alone is NONE, members of the root, or of another one. */
enum status replaced_shared(struct casefile *casefile, int64_t id, const char *root,
			    enum replaced_of *of);
/* *count: files that gave rows, of sources with members of the root. */
enum status replaced_files(struct casefile *casefile, const char *root, uint64_t *count);
void replaced_release(struct replaced *replaced);

#endif
