/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers read a block at a time: those of one form and region that differ in
 * their last digits only, where these make no difference to how they are read. */
#ifndef UNSPOOF_NORMALISE_CALLS_NUMBER_BLOCKS_H
#define UNSPOOF_NORMALISE_CALLS_NUMBER_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cpu.h"
#include "normalise/calls/form_meaning.h"
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
	/* From here on: the answer of that number. */
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

struct number_blocks;
struct number_rows;

/* Reads those of some rows whose blocks are known, and returns the others; what
 * these, and rows that are none of them, have for E.164 and reading then is no answer. */
typedef uint64_t number_blocks_known(const struct number_blocks *blocks,
				     const struct number_rows *rows, uint64_t some);

struct number_blocks {
	number_blocks_known *known;              /* the fastest */
	const struct numplan_settled *settled;   /* borrowed */
	struct number_blocks_place *places;
	struct number_block_answer *answers;     /* from NUMBER_BLOCK_ANSWER on */
	size_t answer_count;
	const struct secret *secret;             /* of where their slots are */
	uint16_t *answer_slots;                  /* numbers in answers, or 0 */
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
				      const struct form_meaning *meaning, int64_t value,
				      struct number_manner manner,
				      struct number_seen *seen);

/* What tells the numbers of a form and a region from others with the same digits.
 * Regions are below 256, forms have 3 to 17 digits; the last two bits are those of
 * the level. */
static inline uint64_t number_blocks_kind(const struct form_meaning *meaning, int region)
{
	return (uint64_t)region << 8 | (uint64_t)(meaning->digits - 2u) << 4 |
	       (uint64_t)meaning->alone << 3 | (uint64_t)meaning->plus << 2;
}

/* So many rows are read together, each with a bit. */
#define NUMBER_BLOCK_ROWS 64

struct number_rows {
	unsigned count;         /* no row is behind them */
	const int64_t *values;
	uint64_t kinds[NUMBER_BLOCK_ROWS];
	int64_t *e164, *readings;
};

/* The one for a level that cpu_has(). One that looks at eight rows at a time may
 * return some whose blocks are known. */
number_blocks_known *number_blocks_choose(enum cpu_level level);

/* For number_blocks_choose(): all but the first where CPU_X86. */
number_blocks_known number_blocks_known_plain, number_blocks_known_avx2, number_blocks_known_avx512;

/* How several numbers are parted at a level at once: into blocks of size, ten of which
 * share a place. */
struct number_level {
	int64_t number;
	int64_t size;
	int64_t part;       /* 2^NUMBER_PART_SHIFT by size, rounded up: what is in a place, which
			     * is below 10^6, is parted by a product with it */
	double place;       /* 1 by ten times the size */
};

#define NUMBER_PART_SHIFT 36

extern const struct number_level number_levels[NUMBER_BLOCK_LEVELS];

/* The first of the two places where a key is looked for, which lie in one
 * cache line. The factor is one of those of MurmurHash3, in the public
 * domain; by the golden ratio, which keeps neighbours apart, three times as many
 * keys come upon others. */
#define NUMBER_BLOCK_MIX UINT64_C(0xff51afd7ed558ccd)
#define NUMBER_BLOCK_HOME(key) \
	(((key) * NUMBER_BLOCK_MIX >> (65 - NUMBER_BLOCK_BITS)) << 1)

#endif
