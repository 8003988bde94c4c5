/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers read a block at a time: those of one form and region that differ in
 * their last digits only, where these make no difference to how they are read. */
#ifndef UNSPOOF_NORMALISE_NUMBER_BLOCKS_H
#define UNSPOOF_NORMALISE_NUMBER_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "normalise/meaning.h"
#include "normalise/readings.h"

struct number_blocks {
	const struct numplan_settled *settled;   /* borrowed */
	struct number_block *items;
};

/* False: out of memory. Release also after a failure. */
bool number_blocks_open(struct number_blocks *blocks,
			const struct numplan_settled *settled);
void number_blocks_release(struct number_blocks *blocks);
/* Forgets all: the prefixes that numbers may have, or the readings, are others. */
void number_blocks_clear(struct number_blocks *blocks);

/* What number_blocks_read() came to. */
enum number_answer {
	NUMBER_ANSWERED,
	NUMBER_HAS_TEXT,     /* readings_read() is to be asked */
	NUMBER_NO_MEMORY
};

/* Reads digits of a form as readings_read() reads its text. */
enum number_answer number_blocks_read(struct number_blocks *blocks,
				      struct readings *readings,
				      const struct meaning *meaning, int64_t value,
				      struct number_manner manner,
				      struct number_seen *seen);

#endif
