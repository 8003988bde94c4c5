/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms of the check share. */
#ifndef UNSPOOF_CASEFILE_VERIFY_VERIFY_SEGMENTS_H
#define UNSPOOF_CASEFILE_VERIFY_VERIFY_SEGMENTS_H

#include "base/digest/digest.h"
#include "base/text.h"
#include "casefile/laid/laid_rows.h"
#include "casefile/laid/line_marks.h"
#include "casefile/verify/verify.h"

/* Notices and counts something that does not hold: a text of the case; or the
 * error of the library, which is safe to print as it is. */
void verify_fail(const struct observer *observer, struct verify_counts *counts,
		 struct text what);
void verify_fail_error(const struct observer *observer,
		       struct verify_counts *counts, const struct error *error);

/* Hashes a file, and tells the observer how far it is. 0, or an errno; EINTR: the user asked to
 * stop; VERIFY_NO_FILE: it is none, and was not read. *opened: what it comes to is of the content, and not of the name. */
#define VERIFY_NO_FILE (-1)
int verify_hash_file(const char *path, const struct observer *observer, char hex[static DIGEST_HEX], bool *opened);
/* The same, and adds its bytes to a scan of lines, unless that is NULL. */
int verify_hash_lines(const char *path, const struct observer *observer, struct line_scan *lines,
		      char hex[static DIGEST_HEX], bool *opened);

/* Reads all segments: each hangs together, its columns have the digests that
 * stand beside it, and every found text can be given back. laid: as verify_case() has it. */
enum status verify_segments(struct casefile *casefile, unsigned threads, struct laid_rows *laid,
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
