/* SPDX-License-Identifier: Apache-2.0 */
/* Content that the case has: sources with it, themselves or as a member of them. */
#ifndef UNSPOOF_CASEFILE_RECORD_SOURCE_FIND_H
#define UNSPOOF_CASEFILE_RECORD_SOURCE_FIND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"

struct source_sought {
	const char *sha256;         /* of what was parsed, or of a member as seized */
	uint64_t stream;            /* as in a row of table source */
	const char *kind;
	/* Sources with a lower id are passed over that have no members, or those of the path
	 * root: they are about to be replaced. 0: none is. */
	int64_t below;
	const char *root;
};

struct source_match {
	int64_t id;                 /* 0: there is none */
	bool gave;                  /* a row of that content was accepted */
	bool alone;                 /* it has no members, and is the only one such */
};

/* The first source that has the content as rows of the kind and was not dropped: one of whose
 * content a row was accepted, or else one that is whole. */
enum status source_find(struct casefile *casefile, const struct source_sought *sought,
			struct source_match *match);

/* The same as rows of another kind, of which one was accepted. */
enum status source_find_other(struct casefile *casefile, const struct source_sought *sought,
			      struct source_match *match);

/* The rows of a source that the case has as rows of other kinds in other sources too: gives the
 * id and the kind of each of these that was not dropped, in order of the ids, and how many files
 * of the source, or itself, they have the content of. The text is valid during the call. What
 * take returns that is not STATUS_OK ends it. */
enum status source_each_other(struct casefile *casefile, int64_t source,
			      enum status (*take)(void *context, int64_t id, const char *kind,
						  uint64_t files),
			      void *context);

/* Where a source that has no members comes from, as in its row. */
struct source_place {
	const char *path, *member, *kind;
	uint64_t stream;
	int64_t id;                 /* of itself; 0: it has no row */
};

/* The others that come from there, gave rows and were not dropped, in order of their ids. What
 * take returns that is not STATUS_OK ends it. */
enum status source_each_path(struct casefile *casefile, const struct source_place *place,
			     enum status (*take)(void *context, int64_t id), void *context);

#endif
