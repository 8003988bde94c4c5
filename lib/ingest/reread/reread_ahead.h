/* SPDX-License-Identifier: Apache-2.0 */
/* What of the sources is done while the case is checked: files are hashed, and rows are
 * chosen that are to be found in that pass. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_AHEAD_H
#define UNSPOOF_INGEST_REREAD_REREAD_AHEAD_H

#include <stddef.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/laid/hash_ahead.h"
#include "casefile/laid/laid_rows.h"

struct reread_options;

/* Zeroed is closed. */
struct reread_ahead {
	struct hash_ahead *hash;     /* NULL: nothing is hashed ahead */
	struct laid_rows laid;
};

/* Begins with the files of these paths, or, without any, of those that the case names where
 * they are found; with nothing where a path is a folder, for that is looked through first.
 * Nothing is told, and of a damaged case nothing is done: its check says what it is. All that is given outlives it. Close it also after a failure. */
enum status reread_ahead_open(struct reread_ahead *ahead, struct casefile *casefile,
			      const struct reread_options *options, char *const *paths,
			      size_t count, const struct observer *observer);
void reread_ahead_close(struct reread_ahead *ahead);

#endif
