/* SPDX-License-Identifier: Apache-2.0 */
/* All that is compared of a row whose key may be there twice. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_ROW_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_ROW_H

#include "casefile/segment/segment.h"
#include "normalise/cost/costs.h"
#include "normalise/duplicates/twin.h"
#include "normalise/duplicates/twin_key.h"
#include "normalise/duplicates/twin_meaning.h"
#include "normalise/duplicates/twin_span.h"

/* The columns of a whole row, with an id, or without. */
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

/* All of a row that has a key, and is not mixed. meaning is of the source of the segment, and this thread's. */
struct twin twin_row_read(const struct twin_keys *keys, struct twin_meaning *meaning,
			  const struct segment *segment, const struct twin_span *span,
			  uint32_t i, uint64_t key);
/* The same in brief. Rows of legs with ids are equal to none: which of them stands takes more. */
struct twin_brief twin_row_brief(const struct twin_keys *keys, const struct twin *twin);

#endif
