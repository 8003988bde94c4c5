/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms of the check share. */
#ifndef UNSPOOF_CASEFILE_VERIFY_VERIFY_SEGMENTS_H
#define UNSPOOF_CASEFILE_VERIFY_VERIFY_SEGMENTS_H

#include "base/text.h"
#include "casefile/verify/verify.h"

/* Notices and counts something that does not hold: a text of the case; or the
 * error of the library, which is safe to print as it is. */
void verify_fail(const struct observer *observer, struct verify_counts *counts,
		 struct text what);
void verify_fail_error(const struct observer *observer,
		       struct verify_counts *counts, const struct error *error);

/* Reads all segments: each hangs together, its columns have the digests that
 * stand beside it, and every found text can be given back. */
enum status verify_segments(struct casefile *casefile, unsigned threads,
			    const struct observer *observer,
			    struct verify_counts *counts);

/* The header of the file: each field that carries meaning, and the size of the file. */
enum status verify_header(struct casefile *casefile, const struct observer *observer,
			  struct verify_counts *counts);
/* The database, by SQLite's own check; where that finds something, each table whose own
 * check does. */
enum status verify_structure(struct casefile *casefile, const struct observer *observer,
			     struct verify_counts *counts);
/* The layers that are there against the runs: each was made by one, none is missing that
 * no later run took away, and none is older than what it is made of. */
enum status verify_layers(struct casefile *casefile, const struct observer *observer,
			  struct verify_counts *counts);

#endif
