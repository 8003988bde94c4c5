/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of numbers that are read alike. */
#include "normalise/number_blocks.h"

#include <stdlib.h>
#include <string.h>

/* Places, as many as 15 bits tell apart, and those that a block may be in. */
#define PLACES (32768 + PROBES - 1)
#define PROBES 4
/* Fewer digits are looked up one by one: blocks of them would be few numbers. */
#define FIXED_LEAST 3

/* The last digits of the blocks that are tried, most first. */
static const unsigned levels[] = { 5, 3, 2 };

#define LEVELS (sizeof(levels) / sizeof(levels[0]))

/* Divided by constants, for that is several times faster. */
static inline uint64_t without_last(int64_t value, size_t level)
{
	if (level == 0)
		return (uint64_t)value / 100000;
	return level == 1 ? (uint64_t)value / 1000 : (uint64_t)value / 100;
}

enum block_kind {
	BLOCK_ALIKE,       /* all are read alike, E.164 is value and shift */
	BLOCK_NO_E164,     /* all are read alike, and have none */
	BLOCK_HAS_TEXT,    /* their texts may have a prefix */
	BLOCK_MIXED        /* but blocks of a later level are not, as far as seen */
};

/* A block; key 0: free. */
struct number_block {
	uint64_t key;
	int64_t shift;
	uint32_t reading;  /* or the level to go on with */
	uint32_t kind;
};

/* A number on its way. */
struct lookup {
	struct readings *readings;
	const struct meaning *meaning;
	int64_t value;
	struct number_manner manner;
};

bool number_blocks_open(struct number_blocks *blocks,
			const struct numplan_settled *settled)
{
	blocks->settled = settled;
	blocks->items = calloc(PLACES, sizeof(*blocks->items));
	return blocks->items != NULL;
}

void number_blocks_release(struct number_blocks *blocks)
{
	free(blocks->items);
	memset(blocks, 0, sizeof(*blocks));
}

void number_blocks_clear(struct number_blocks *blocks)
{
	memset(blocks->items, 0, PLACES * sizeof(*blocks->items));
}

/* Regions are below 256; 17 digits without the last two take 50 bits. */
static uint64_t key_of(const struct lookup *lookup, size_t level)
{
	return without_last(lookup->value, level) << 16 |
	       (uint64_t)lookup->manner.region << 8 |
	       (uint64_t)lookup->meaning->digits << 3 |
	       (uint64_t)lookup->meaning->plus << 2 | level;
}

/* Where a block is, or will be: in one of a few places, the first of which is
 * taken from another when all are. */
static struct number_block *place_of(const struct number_blocks *blocks, uint64_t key)
{
	const uint64_t mix = key * UINT64_C(0x9e3779b97f4a7c15);
	struct number_block *home = &blocks->items[mix >> 49];

	for (size_t i = 0; i < PROBES; i++)
		if (home[i].key == key || home[i].key == 0)
			return &home[i];
	return home;
}

static void read_one(const struct lookup *lookup, struct reading *out,
		     struct number_depth *depth)
{
	struct number_text text = { .viable = true, .plus = lookup->meaning->plus,
				    .len = lookup->meaning->digits };
	uint64_t rest = (uint64_t)lookup->value;

	for (size_t i = text.len; i > 0; i--, rest /= 10)
		text.digits[i - 1] = (char)('0' + rest % 10);
	number_read_digits(lookup->readings->plan, &text, lookup->manner.region,
			   out, depth);
}

/* Where the digits alone make no number, what is behind a prefix may be one. */
static bool has_text(const struct lookup *lookup, const struct reading *reading)
{
	return lookup->manner.prefixes && *lookup->manner.prefixes &&
	       reading->class != NUMBER_CLASS_NUMBER &&
	       reading->class != NUMBER_CLASS_WITHHELD;
}

/* The first level, from one on, whose block of this number is read alike. */
static size_t level_of(const struct lookup *lookup, const struct reading *reading,
		       size_t seen, size_t level)
{
	for (; level < LEVELS; level++)
		if (seen + levels[level] <= lookup->meaning->digits &&
		    flag_table_steady(lookup->readings->flags, reading,
				      levels[level]))
			break;
	return level;
}

/* Finds out what a block is by one of its numbers. False: out of memory. */
static bool look_into(const struct number_blocks *blocks,
		      const struct lookup *lookup, size_t level,
		      struct number_block *block)
{
	struct number_depth depth = { blocks->settled, 0 };
	struct reading reading;
	struct number_seen seen;
	size_t alike;

	read_one(lookup, &reading, &depth);
	alike = level_of(lookup, &reading, depth.digits, level);
	if (alike > level) {
		block->kind = BLOCK_MIXED;
		block->reading = (uint32_t)alike;
		return true;
	}
	block->kind = BLOCK_HAS_TEXT;
	if (has_text(lookup, &reading))
		return true;
	if (!readings_see(lookup->readings, &reading, &seen))
		return false;
	block->kind = seen.e164 ? BLOCK_ALIKE : BLOCK_NO_E164;
	block->shift = seen.e164 - lookup->value;
	block->reading = (uint32_t)seen.reading;
	return true;
}

static enum number_answer read_alone(const struct lookup *lookup,
				     struct number_seen *seen)
{
	struct reading reading;

	read_one(lookup, &reading, NULL);
	if (has_text(lookup, &reading))
		return NUMBER_HAS_TEXT;
	return readings_see(lookup->readings, &reading, seen) ? NUMBER_ANSWERED
							      : NUMBER_NO_MEMORY;
}

/* The block of a number at a level; NULL: out of memory. */
static const struct number_block *find(const struct number_blocks *blocks,
				       const struct lookup *lookup, size_t level)
{
	const uint64_t key = key_of(lookup, level);
	struct number_block *block = place_of(blocks, key);

	if (block->key == key)
		return block;
	block->key = 0;
	if (!look_into(blocks, lookup, level, block))
		return NULL;
	block->key = key;
	return block;
}

enum number_answer number_blocks_read(struct number_blocks *blocks,
				      struct readings *readings,
				      const struct meaning *meaning, int64_t value,
				      struct number_manner manner,
				      struct number_seen *seen)
{
	const struct lookup lookup = { readings, meaning, value, manner };

	size_t level = 0;

	while (level < LEVELS && meaning->digits < levels[level] + FIXED_LEAST)
		level++;
	while (level < LEVELS) {
		const struct number_block *block = find(blocks, &lookup, level);

		if (!block)
			return NUMBER_NO_MEMORY;
		if (block->kind == BLOCK_MIXED) {
			level = block->reading;
			continue;
		}
		if (block->kind == BLOCK_HAS_TEXT)
			return NUMBER_HAS_TEXT;
		seen->reading = block->reading;
		seen->e164 = block->kind == BLOCK_ALIKE ? value + block->shift : 0;
		return NUMBER_ANSWERED;
	}
	return read_alone(&lookup, seen);
}
