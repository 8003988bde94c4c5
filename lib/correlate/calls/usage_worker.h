/* SPDX-License-Identifier: Apache-2.0 */
/* What a thread needs to add up the calls of one segment after another. */
#ifndef UNSPOOF_CORRELATE_CALLS_USAGE_WORKER_H
#define UNSPOOF_CORRELATE_CALLS_USAGE_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "casefile/segment/raw_segment.h"
#include "correlate/calls/call_scan.h"
#include "correlate/calls/usage_scan.h"

#define USAGE_WANTED \
	(SEGMENT_COLUMN(READ_ACCOUNT) | SEGMENT_COLUMN(READ_STARTED) | \
	 SEGMENT_COLUMN(READ_TALK) | SEGMENT_COLUMN(READ_PRESENTED) | \
	 SEGMENT_COLUMN(READ_PRESENTED_READING) | SEGMENT_COLUMN(READ_SHOWN) | \
	 SEGMENT_COLUMN(READ_DIALLED) | SEGMENT_COLUMN(READ_DIALLED_READING) | \
	 SEGMENT_COLUMN(READ_COST) | SEGMENT_COLUMN(READ_COST_UNIT) | \
	 SEGMENT_COLUMN(READ_FLAGS))

/* Zeroed is closed. */
struct usage_worker {
	struct usage_scan *scan;
	struct segment_decoder decoder;
	struct segment segment;    /* at hand, some rows of it */
	uint32_t first;            /* of these rows, in the segment */
	struct usage_table usages;
	struct long_calls_held held;
};

/* usages: that may be held before they go to the file. False: no memory. */
bool usage_worker_open(struct usage_worker *worker, struct usage_scan *scan, size_t usages);
void usage_worker_close(struct usage_worker *worker);
/* Adds up the calls of a segment, and sets what comes out of the item. */
void usage_worker_take(struct usage_worker *worker, struct call_scan_item *item);
/* After the last, hands over long calls. False: see spill_failed(). */
bool usage_worker_end(struct usage_worker *worker);
/* Adds the usages of another to those of a worker, and closes the other. The same. */
bool usage_worker_join(struct usage_worker *worker, struct usage_worker *other);

#endif
