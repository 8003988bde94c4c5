/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a case: its structure, its sums, its chain of runs, its sources. */
#ifndef UNSPOOF_CASEFILE_VERIFY_VERIFY_H
#define UNSPOOF_CASEFILE_VERIFY_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

struct hash_ahead;
struct laid_rows;
struct verify_places;

struct verify_counts {
	uint64_t failures;     /* each was noticed */
	uint64_t segments;
	uint64_t calls;        /* rows in them */
	uint64_t sources;      /* files hashed */
	uint64_t absent;       /* sources whose file is not there to be hashed */
	uint64_t files;        /* of those, that are not standard input */
	int64_t runs;
};

/* Reads all of the case, on that many threads. Each thing that does not hold is a
 * notice and counts as a failure. Any status but STATUS_OK: the check could not
 * be finished. laid: what is found of the rows in that pass, see laid_rows.h; or NULL. */
enum status verify_case(struct casefile *casefile, unsigned threads, struct laid_rows *laid,
			const struct observer *observer,
			struct verify_counts *counts);

#define HEAD_LEAST 12          /* digits of a hash that is given */

/* The run of a hash that somebody kept elsewhere. */
struct verify_head {
	unsigned found;        /* runs whose hash begins so */
	int64_t run;
	uint64_t follow;       /* runs behind it */
};

/* Whether a text can be the hash of a run: 12 to 64 hexadecimal digits. */
bool verify_head_given(struct text head);
/* Looks for the run whose hash begins with such a text; that none has it, or several, is a
 * failure. That the hashes are those of the runs is the business of verify_case(). */
enum status verify_head(struct casefile *casefile, struct text head,
			const struct observer *observer, struct verify_counts *counts,
			struct verify_head *found);

/* Of a case that was refused on opening: each table, index and other object in it that is
 * not as this program makes it is a failure. None: it was refused for something else. */
enum status verify_schema(struct casefile *casefile, const struct observer *observer,
			  struct verify_counts *counts);

/* Hashes a file, unless it was hashed ahead (NULL: none was), and compares it with the source
 * of that content; a file that
 * is in no source, or is not what was ingested from this path, is a failure. */
enum status verify_source(struct casefile *casefile, const char *path, struct hash_ahead *ahead,
			  const struct observer *observer,
			  struct verify_counts *counts);
/* The same of a path of the case, whose file is at another. sha256: its hash; empty where it was not read. */
enum status verify_source_at(struct casefile *casefile, const char *path, const char *at,
			     struct hash_ahead *ahead, const struct observer *observer,
			     struct verify_counts *counts, char sha256[DIGEST_HEX]);

/* Does so where the hash is known already. */
enum status verify_hash(struct casefile *casefile, const char *path,
			const char *hex, const struct observer *observer,
			struct verify_counts *counts);
/* What stood beside a database of that hash as it was read with it, -wal or -journal, is
 * looked for beside the file that is at `at` now, and hashed: another content is a failure;
 * that it is not there is noticed and counted. */
enum status verify_beside(struct casefile *casefile, const char *at, const char *hex,
			  const struct observer *observer, struct verify_counts *counts);
/* *there: whether a path is a file that can be read now. A failure: it could not be
 * found out. */
enum status verify_find(struct casefile *casefile, const char *path, bool *there);
/* *folder: whether it is a folder. The same failure: it is not taken for a file then. */
enum status verify_find_folder(struct casefile *casefile, const char *path, bool *folder);
/* The same of a path that the case names; and where the file is: in the places, which may be
 * NULL; or at the path, or, where that is relative and leads to none from here, below the
 * folder of the case, at the path or at what is left of it without its first folders, if the
 * file has the size of a source of that path. */
enum status verify_locate(struct casefile *casefile, const char *path, struct verify_places *places,
			  const struct observer *observer, struct buf *found, bool *there);
/* Where a folder is whose files are members: in the places, else at the path. */
enum status verify_locate_folder(struct casefile *casefile, const char *path, struct verify_places *places,
				 const struct observer *observer, struct buf *found);

/* *searched: whether a path is that of a folder in which sources are to be looked for, and not
 * that of one that is a source. */
enum status verify_is_searched(struct casefile *casefile, const char *path, bool *searched);
/* *folder: whether a path is that of a folder whose files are members of sources. */
enum status verify_folder_find(struct casefile *casefile, const char *path, bool *folder);
/* Hashes the members that the case has of such a folder, where it is now; each is a file
 * more. One that is not there is counted, and told unless quiet. */
enum status verify_folder(struct casefile *casefile, const char *path, const char *where,
			  bool quiet, const struct observer *observer,
			  struct verify_counts *counts);
/* The path by which the case has a folder or archive that is given: the same, else, for a
 * folder, that of the only one whose files are members; empty: it has none. */
enum status verify_recorded_path(struct casefile *casefile, const char *path,
				 struct buf *recorded);

/* Does what verify_source() does for every path that the case names, where verify_locate() finds
 * it; a file that is not there is noticed, unless quiet, and is no failure. */
enum status verify_sources(struct casefile *casefile, struct verify_places *places,
			   struct hash_ahead *ahead, bool quiet, const struct observer *observer,
			   struct verify_counts *counts);

#endif
