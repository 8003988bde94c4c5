/* SPDX-License-Identifier: Apache-2.0 */
/* Calls with what their keys are in other tables: columns of a segment as they are to be
 * understood. */
#ifndef UNSPOOF_NORMALISE_JOINS_CALL_JOIN_H
#define UNSPOOF_NORMALISE_JOINS_CALL_JOIN_H

#include <stdbool.h>
#include <stdint.h>

#include "casefile/segment/segment.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/joins/joins.h"
#include "normalise/source_sense.h"

/* What a thread needs for it. Zeroed is empty; members are the module's own. */
struct call_join {
	int64_t *own[2 * CALL_ROLES];          /* columns that are other than found */
	const int64_t *found[2 * CALL_ROLES];  /* those that they stand for; NULL: none */
	struct text heap;                      /* of the segment as found, */
	uint32_t first;                        /* which has so many texts */
	bool made_heap;                        /* it has another now: */
	struct buf made;
	struct dictionary texts;               /* that this has behind those */
};

void call_join_release(struct call_join *join);
/* Puts what keys mean in the place of the keys, and counts into counts, one a role. False: no
 * memory. Then, and behind all use of the segment, it is to be restored. */
bool call_join_apply(struct call_join *join, const struct source_sense *source,
		     const struct form_meanings *meanings, struct segment *segment,
		     struct join_count counts[static CALL_ROLES]);
void call_join_restore(struct call_join *join, struct segment *segment);

#endif
