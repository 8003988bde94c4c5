/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a case: its structure, its sums, its chain of runs, its sources. */
#ifndef UNSPOOF_CASEFILE_VERIFY_VERIFY_H
#define UNSPOOF_CASEFILE_VERIFY_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"

struct verify_counts {
	uint64_t failures;     /* each was noticed */
	uint64_t segments;
	uint64_t calls;        /* rows in them */
	uint64_t sources;      /* files hashed */
	uint64_t absent;       /* sources whose file is not there to be hashed */
	int64_t runs;
};

/* Reads all of the case, on that many threads. Each thing that does not hold is a
 * notice and counts as a failure. Any status but STATUS_OK: the check could not
 * be finished. */
enum status verify_case(struct casefile *casefile, unsigned threads,
			const struct observer *observer,
			struct verify_counts *counts);

/* Hashes a file and compares it with the source of that content; a file that
 * is in no source, or is not what was ingested from this path, is a failure. */
enum status verify_source(struct casefile *casefile, const char *path,
			  const struct observer *observer,
			  struct verify_counts *counts);

/* Does so where the hash is known already. */
enum status verify_hash(struct casefile *casefile, const char *path,
			const char *hex, const struct observer *observer,
			struct verify_counts *counts);
/* Whether a path that the case names is a file that can be read now. */
bool verify_hashable(const char *path);

/* Does what verify_source() does for every path that the case names; a file that is not there is
 * noticed and is no failure. */
enum status verify_sources(struct casefile *casefile,
			   const struct observer *observer,
			   struct verify_counts *counts);

#endif
