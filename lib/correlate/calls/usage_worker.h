/* SPDX-License-Identifier: Apache-2.0 */
/* What a thread needs to add up the calls of one segment after another. */
#ifndef UNSPOOF_CORRELATE_CALLS_USAGE_WORKER_H
#define UNSPOOF_CORRELATE_CALLS_USAGE_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "casefile/segment/raw_segment.h"
#include "correlate/calls/pass.h"
#include "correlate/calls/usage_scan.h"

#define CALLS_WANTED \
	(SEGMENT_COLUMN(READ_ACCOUNT) | SEGMENT_COLUMN(READ_STARTED) | \
	 SEGMENT_COLUMN(READ_TALK) | SEGMENT_COLUMN(READ_PRESENTED) | \
	 SEGMENT_COLUMN(READ_PRESENTED_READING) | SEGMENT_COLUMN(READ_SHOWN) | \
	 SEGMENT_COLUMN(READ_DIALLED) | SEGMENT_COLUMN(READ_DIALLED_READING) | \
	 SEGMENT_COLUMN(READ_COST) | SEGMENT_COLUMN(READ_FLAGS))

/* Zeroed is closed. */
struct tally {
	struct calls *calls;
	struct segment_decoder decoder;
	struct segment segment;    /* at hand, some rows of it */
	uint32_t first;            /* of these rows, in the segment */
	struct cells cells;
	struct contacts_held held;
};

/* cells: that may be held before they go to the file. False: no memory. */
bool tally_open(struct tally *tally, struct calls *calls, size_t cells);
void tally_close(struct tally *tally);
/* Adds up the calls of a segment, and sets what comes out of the item. */
void tally_take(struct tally *tally, struct pass_item *item);
/* After the last, hands over contacts. False: see spill_failed(). */
bool tally_end(struct tally *tally);
/* Adds the cells of another to those of a tally, and closes the other. The same. */
bool tally_join(struct tally *tally, struct tally *other);

#endif
