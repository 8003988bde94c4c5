/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the rows that may be one call are, and which of them stands for it. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_JUDGE_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "normalise/duplicates/twin.h"

enum twin_finding {
	TWIN_AGAIN,        /* rows that another one stands for */
	TWIN_TALK,         /* those of them whose talk is another */
	TWIN_STATUS,       /* or the status */
	TWIN_COST,         /* or cost or its currency */
	TWIN_CLASH,        /* rows with the id of another call, which all count */
	TWIN_COARSE,       /* bare rows that are equal, but have times without seconds */
	TWIN_NEAR,         /* bare rows that are equal but for their talk or the like */
	TWIN_NO_ID,        /* bare rows that rows with an id of another source are equal to */
	TWIN_FINDINGS
};

/* How many, and the first of them with the one that stands for it, or 0. */
struct twin_tally {
	uint64_t count;
	int64_t call, other;
};

/* Of one source. */
struct twin_tallies {
	struct twin_tally of[TWIN_FINDINGS];
};

struct twin_bare {
	int64_t call;
	uint32_t source;
};

/* Zeroed but for put, context and tallies it is ready. */
struct twin_judge {
	/* What is told of each outcome; false ends it all. */
	bool (*put)(void *context, const struct twin_outcome *outcome);
	void *context;
	struct twin_tallies *tallies;  /* by place of the source */
	bool any;                      /* there is a row before: */
	struct twin last;
	struct twin stander;           /* of its call */
	bool stands;                   /* which was told already */
	struct twin lowest;            /* of the calls of this id, so far */
	bool has_lowest;
	struct twin_bare *bare;        /* rows of the call at hand, by source */
	size_t bare_count, bare_capacity;
	struct twin_bare *left;        /* rows of the group that count */
	size_t left_count, left_capacity;
	uint64_t mixed;                /* the key of the mixed rows at hand */
	struct twin_bare with_id[2];   /* the first of them that has an id, and the first
					* such of another source */
	unsigned with_ids;
};

/* Takes rows in the order of twin_record; after the last, the end. False: put said so,
 * or no memory. */
bool twin_judge_take(struct twin_judge *judge, const struct twin *twin);
bool twin_judge_end(struct twin_judge *judge);
/* Takes a mixed row of a source, in the order of twin_seen_record, at any time. */
void twin_judge_mixed(struct twin_judge *judge, const struct twin_seen *seen, uint32_t source);
void twin_judge_release(struct twin_judge *judge);
/* Rows of one key that are equal in all that is compared, in order of calls, of these
 * sources: as twin_judge_take() does. Those without ids come in order of sources too. */
bool twin_judge_equals(struct twin_judge *judge, const struct twin_brief *rows,
		       const uint32_t *sources, size_t count);

#endif
