/* SPDX-License-Identifier: Apache-2.0 */
/* What a thread needs to add up the calls of one segment after another. */
#ifndef UNSPOOF_CORRELATE_TALLY_H
#define UNSPOOF_CORRELATE_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "casefile/rawsegment.h"
#include "correlate/calls.h"
#include "correlate/pass.h"

#define CALLS_WANTED \
	(SEGMENT_COLUMN(READ_ACCOUNT) | SEGMENT_COLUMN(READ_STARTED) | \
	 SEGMENT_COLUMN(READ_TALK) | SEGMENT_COLUMN(READ_PRESENTED) | \
	 SEGMENT_COLUMN(READ_PRESENTED_READING) | SEGMENT_COLUMN(READ_SHOWN) | \
	 SEGMENT_COLUMN(READ_DIALLED) | SEGMENT_COLUMN(READ_DIALLED_READING) | \
	 SEGMENT_COLUMN(READ_COST) | SEGMENT_COLUMN(READ_FLAGS))

/* What only long calls need, in order of rows: those of a part lie all over the
 * segment, of which ten columns do not stay in the nearest memory. */
struct long_row {
	uint64_t shows;            /* see shows_of() */
	uint32_t account;          /* account_key.id; 0: none */
	uint32_t reading;          /* of the number dialled */
	uint32_t row;
};

/* Zeroed is closed. */
struct tally {
	struct calls *calls;
	unsigned number;           /* of the thread, from 0 */
	struct segment_decoder decoder;
	struct segment segment;    /* at hand */
	struct cells cells;
	uint32_t block;            /* its rows at hand are those from here on */
	uint64_t *hashes;          /* of the numbers that they dialled; 0: none */
	struct dialled *dialled;   /* part by part; a long one's mark: its place in: */
	struct long_row *longs;
	uint32_t long_count;
	uint32_t ends[CALLEES_PARTS];   /* of a part in dialled */
};

/* cells: that may be held before they go to the parts. False: no memory. */
bool tally_open(struct tally *tally, struct calls *calls, unsigned number,
		size_t cells);
void tally_close(struct tally *tally);
/* Adds up the calls of a segment, and sets what comes out of the item. */
void tally_take(struct tally *tally, struct pass_item *item);
/* Adds the cells that are left to the parts. False: see spill_failed(). */
bool tally_end(struct tally *tally);

#endif
