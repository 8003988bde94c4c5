/* SPDX-License-Identifier: Apache-2.0 */
/* What the stored rows of a source show beside their values: its clocks, first and last time, numbers, statuses. */
#ifndef UNSPOOF_INGEST_COVERAGE_WITNESS_H
#define UNSPOOF_INGEST_COVERAGE_WITNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/clock/clock_tally.h"
#include "ingest/coverage/id_tally.h"
#include "ingest/coverage/seen.h"

/* Zeroed is empty. */
struct witness {
	struct clock_tally clock;
	bool times, zoned, open;        /* as in struct seen */
	int64_t first, last;
	struct id_tally ids;
	struct clock_count statuses[SEEN_STATUSES];
};

void witness_release(struct witness *witness);
/* Adds the rows of a batch from one on, up to another. False: no memory. */
bool witness_add(struct witness *witness, const struct seen *seen, uint32_t from, uint32_t until, uint64_t member);

/* As a text of a checkpoint, and back, in place of what is there. False: it is no such text, or no memory, with *memory
 * set. */
void witness_write(const struct witness *witness, struct buf *out);
bool witness_restore(struct witness *witness, struct text text, bool *memory);

#endif
