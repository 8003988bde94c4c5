/* SPDX-License-Identifier: Apache-2.0 */
/* Taking sources out of a case: their rows go, and their row of table source stays. */
#ifndef UNSPOOF_CASEFILE_MEND_DROP_H
#define UNSPOOF_CASEFILE_MEND_DROP_H

#include <stddef.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/source.h"

/* Takes out the rows, segments, rejects and remarks of sources that are whole, drops what
 * was understood and concluded, and overwrites what is freed; what was decided of them is
 * no longer in force, which is said. The next run that is
 * recorded is the one that dropped them, and is to be recorded before the commit: the
 * seal of the found layer that there is does not hold any more. Inside a transaction. */
enum status drop_sources(struct casefile *casefile, const int64_t *ids, size_t count,
			 unsigned threads, const struct observer *observer);

/* A source that a user names, and the run that dropped it or 0; the texts of the row are
 * those beside it. */
struct drop_find {
	struct source_row row;
	int64_t dropped_by;
	char *path, *member;
};

/* By an id (`17` or `id:17`), a path, with or without `./` before it, or a path and a member as
 * `path:member`; one that is in the case before those that were dropped. STATUS_FAILED: there is
 * none, or there are several, which are notices each, also digits that are the path of a source
 * that does not have that id. */
enum status drop_find(struct drop_find *found, struct casefile *casefile,
		      const char *given, const struct observer *observer);
/* Freeing twice is safe. */
void drop_find_release(struct drop_find *found);

#endif
