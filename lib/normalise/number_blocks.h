/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers read a block at a time: those of one form and region that differ in
 * their last digits only, where these make no difference to how they are read. */
#ifndef UNSPOOF_NORMALISE_NUMBER_BLOCKS_H
#define UNSPOOF_NORMALISE_NUMBER_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "normalise/meaning.h"
#include "normalise/readings.h"

/* Blocks are of numbers that differ in their last 5, 3 or 2 digits. Ten that lie
 * side by side share a place, for numbers lie near one another. */
#define NUMBER_BLOCK_LEVELS 3
#define NUMBER_BLOCK_SIDE 10
/* Places, as many as these bits tell apart; one may also be in those behind. */
#define NUMBER_BLOCK_BITS 14
#define NUMBER_BLOCK_PROBES 4

/* What is known of a block. */
enum {
	NUMBER_BLOCK_UNKNOWN,
	NUMBER_BLOCK_HAS_TEXT,  /* the texts may have a prefix */
	/* Its numbers are read in several ways, but those in blocks of a later
	 * level are not, as far as seen; the level is added. */
	NUMBER_BLOCK_MIXED,
	/* The place of its answer is added. */
	NUMBER_BLOCK_ANSWER = NUMBER_BLOCK_MIXED + NUMBER_BLOCK_LEVELS + 1
};

/* Blocks side by side; key 0: free. */
struct number_blocks_place {
	uint64_t key;
	uint16_t blocks[NUMBER_BLOCK_SIDE];
};

/* What all numbers of a block come to: E.164 is value and shift, or 0. */
struct number_block_answer {
	int64_t shift;
	int64_t reading;
	int64_t e164;           /* all bits set where there is one */
};

struct number_blocks {
	const struct numplan_settled *settled;   /* borrowed */
	struct number_blocks_place *places;
	struct number_block_answer *answers;
	size_t answer_count;
	uint16_t *answer_slots;                  /* place in answers and 1 */
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

/* The number of the block of a value. The divisors are constants, for that is
 * several times faster. */
static inline uint64_t number_block(int64_t value, size_t level)
{
	const uint64_t number = (uint64_t)value;

	if (level == 0)
		return number / 100000;
	return level == 1 ? number / 1000 : number / 100;
}

/* The place where blocks are, or will be: one of a few, the first of which is
 * taken from others when all are. Regions are below 256; what is left of 17
 * digits takes 47 bits. */
static inline struct number_blocks_place *
number_blocks_place(const struct number_blocks *blocks,
		    const struct meaning *meaning, int region, size_t level,
		    uint64_t block, uint64_t *key)
{
	struct number_blocks_place *home;

	*key = block / NUMBER_BLOCK_SIDE << 16 | (uint64_t)region << 8 |
	       (uint64_t)meaning->digits << 3 | (uint64_t)meaning->plus << 2 | level;
	home = &blocks->places[*key * UINT64_C(0x9e3779b97f4a7c15) >>
			       (64 - NUMBER_BLOCK_BITS)];
	for (size_t i = 0; i < NUMBER_BLOCK_PROBES; i++)
		if (home[i].key == *key || home[i].key == 0)
			return &home[i];
	return home;
}

/* The same where the block of the number is known; false: it has to be read. */
static inline bool number_blocks_known(const struct number_blocks *blocks,
				       const struct meaning *meaning, int64_t value,
				       int region, int64_t *e164, int64_t *reading)
{
	for (size_t level = 0; level < NUMBER_BLOCK_LEVELS;) {
		const uint64_t block = number_block(value, level);
		const struct number_block_answer *answer;
		const struct number_blocks_place *place;
		unsigned known;
		uint64_t key;

		place = number_blocks_place(blocks, meaning, region, level, block,
					    &key);
		known = place->blocks[block % NUMBER_BLOCK_SIDE];
		if (place->key != key || known < NUMBER_BLOCK_MIXED)
			return false;
		if (known < NUMBER_BLOCK_ANSWER) {
			level = known - NUMBER_BLOCK_MIXED;
			continue;
		}
		answer = &blocks->answers[known - NUMBER_BLOCK_ANSWER];
		*reading = answer->reading;
		*e164 = (value + answer->shift) & answer->e164;
		return true;
	}
	return false;
}

#endif
