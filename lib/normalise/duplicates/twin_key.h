/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of rows: equal where two rows may be one call, and spread evenly. And all that is
 * compared then. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_KEY_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_KEY_H

#include "casefile/segment/segment.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/cost/costs.h"
#include "normalise/duplicates/twin.h"
#include "normalise/duplicates/twin_meaning.h"
#include "normalise/duplicates/twin_span.h"
#include "normalise/source_sense.h"

/* The columns that keys of rows with ids, and of others, are made of. */
#define TWIN_ID_FOUND (SEGMENT_ROLE(CALL_ID) | SEGMENT_COLUMN(FOUND_HEAP))
#define TWIN_ID_READ SEGMENT_COLUMN(READ_FLAGS)
#define TWIN_LEG_READ (TWIN_ID_READ | SEGMENT_COLUMN(READ_ACCOUNT))
#define TWIN_BARE_FOUND (TWIN_ID_FOUND | SEGMENT_ROLE(CALL_DIALLED))
#define TWIN_BARE_READ \
	(TWIN_LEG_READ | SEGMENT_COLUMN(READ_STARTED) | SEGMENT_COLUMN(READ_PRESENTED) | \
	 SEGMENT_COLUMN(READ_SHOWN) | SEGMENT_COLUMN(READ_DIALLED))
/* And those of a whole row, with an id, or without. */
#define TWIN_ROW_FOUND \
	(TWIN_BARE_FOUND | SEGMENT_ROLE(CALL_STATUS) | COSTS_NEEDS)
#define TWIN_ROW_READ \
	(TWIN_BARE_READ | SEGMENT_COLUMN(READ_TALK) | SEGMENT_COLUMN(READ_COST) | \
	 SEGMENT_COLUMN(READ_COST_UNIT))
#define TWIN_BARE_ROW_FOUND \
	(TWIN_ROW_FOUND | SEGMENT_ROLE(CALL_STARTED) | SEGMENT_ROLE(CALL_ANSWERED_AT) | \
	 SEGMENT_ROLE(CALL_ENDED) | SEGMENT_ROLE(CALL_PRESENTED_NAME) | \
	 SEGMENT_ROLE(CALL_DURATION) | SEGMENT_ROLE(CALL_BILLED) | SEGMENT_ROLE(CALL_IP) | \
	 SEGMENT_ROLE(CALL_TRUNK))

/* What keys are made with; never changes, so any number of threads may use one. */
struct twin_keys {
	const struct form_meanings *meanings;   /* borrowed */
	const struct secret *secret;
	struct secret other;           /* for a second hash of bytes */
	uint32_t *shapes;              /* by form less FORM_FIRST: of its text without
					* the blanks around it; 0: there is none */
	bool bytes;                    /* ids are compared by their bytes, for some have
					* no form; else by shape and digits */
};

/* False: no memory, or no random numbers. Release it also then. */
bool twin_keys_open(struct twin_keys *keys, const struct form_meanings *meanings,
		    bool bytes);
void twin_keys_release(struct twin_keys *keys);

/* Sets out to the key of each row of a segment, 0 for one that is not compared so. */
void twin_keys_fill(const struct twin_keys *keys, const struct segment *segment,
		    const struct twin_span *span, enum twin_kind kind, uint64_t *out);
/* All of a row that has a key, and is not mixed. meaning is of the source of the segment, and this thread's. */
struct twin twin_keys_row(const struct twin_keys *keys, struct twin_meaning *meaning,
			  const struct segment *segment, const struct twin_span *span,
			  uint32_t i, uint64_t key);
/* The same in brief. Rows of legs are equal to none: which of them stands takes more. */
struct twin_brief twin_keys_brief(const struct twin_keys *keys, const struct twin *twin);

#endif
