/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers read a block at a time: those of one form and region that differ in
 * their last digits only, where these make no difference to how they are read. */
#ifndef UNSPOOF_NORMALISE_NUMBER_BLOCKS_H
#define UNSPOOF_NORMALISE_NUMBER_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "normalise/meaning.h"
#include "normalise/readings.h"

/* The last digits of the blocks there are: 5, 3 and 2. */
#define NUMBER_BLOCK_LEVELS 3
/* Places of blocks, as many as 15 bits tell apart and those that the last may be
 * in. */
#define NUMBER_BLOCK_PROBES 4
#define NUMBER_BLOCK_BITS 15

enum number_block_kind {
	NUMBER_BLOCK_ALIKE,    /* all are read alike, E.164 is value and shift */
	NUMBER_BLOCK_NO_E164,  /* all are read alike, and have none */
	NUMBER_BLOCK_HAS_TEXT, /* their texts may have a prefix */
	NUMBER_BLOCK_MIXED     /* but those of a later level are not, as far as seen */
};

/* A block; key 0: free. */
struct number_block {
	uint64_t key;
	int64_t shift;
	uint32_t reading;      /* or the level to go on with */
	uint32_t kind;
};

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

/* Regions are below 256; 17 digits without the last two take 50 bits. The
 * divisors are constants, for that is several times faster. */
static inline uint64_t number_block_key(const struct meaning *meaning, int64_t value,
					int region, size_t level)
{
	const uint64_t number = (uint64_t)value;
	const uint64_t first = level == 0   ? number / 100000
			       : level == 1 ? number / 1000
					    : number / 100;

	return first << 16 | (uint64_t)region << 8 |
	       (uint64_t)meaning->digits << 3 | (uint64_t)meaning->plus << 2 | level;
}

/* Where a block is, or will be: in one of a few places, the first of which is
 * taken from another when all are. */
static inline struct number_block *
number_block_place(const struct number_blocks *blocks, uint64_t key)
{
	const uint64_t mix = key * UINT64_C(0x9e3779b97f4a7c15);
	struct number_block *home = &blocks->items[mix >> (64 - NUMBER_BLOCK_BITS)];

	for (size_t i = 0; i < NUMBER_BLOCK_PROBES; i++)
		if (home[i].key == key || home[i].key == 0)
			return &home[i];
	return home;
}

/* The same where the blocks of the number are known; false: it has to be read. */
static inline bool number_blocks_known(const struct number_blocks *blocks,
				       const struct meaning *meaning, int64_t value,
				       int region, int64_t *e164, int64_t *reading)
{
	for (size_t level = 0; level < NUMBER_BLOCK_LEVELS;) {
		const uint64_t key = number_block_key(meaning, value, region, level);
		const struct number_block *block = number_block_place(blocks, key);

		if (block->key != key || block->kind == NUMBER_BLOCK_HAS_TEXT)
			return false;
		if (block->kind == NUMBER_BLOCK_MIXED) {
			level = block->reading;
			continue;
		}
		*reading = block->reading;
		*e164 = block->kind == NUMBER_BLOCK_ALIKE ? value + block->shift : 0;
		return true;
	}
	return false;
}

#endif
