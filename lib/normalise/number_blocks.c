/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of numbers that are read alike. */
#include "normalise/number_blocks.h"

#include <stdlib.h>
#include <string.h>

#define PLACES ((1 << NUMBER_BLOCK_BITS) + NUMBER_BLOCK_PROBES - 1)
/* Fewer digits are looked up one by one: blocks of them would be few numbers. */
#define FIXED_LEAST 3
#define LEVELS NUMBER_BLOCK_LEVELS

/* The last digits of the blocks that are tried, most first. */
static const unsigned levels[LEVELS] = { 5, 3, 2 };

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
		block->kind = NUMBER_BLOCK_MIXED;
		block->reading = (uint32_t)alike;
		return true;
	}
	block->kind = NUMBER_BLOCK_HAS_TEXT;
	if (has_text(lookup, &reading))
		return true;
	if (!readings_see(lookup->readings, &reading, &seen))
		return false;
	block->kind = seen.e164 ? NUMBER_BLOCK_ALIKE : NUMBER_BLOCK_NO_E164;
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
	const uint64_t key = number_block_key(lookup->meaning, lookup->value,
					      lookup->manner.region, level);
	struct number_block *block = number_block_place(blocks, key);

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
		if (block->kind == NUMBER_BLOCK_MIXED) {
			level = block->reading;
			continue;
		}
		if (block->kind == NUMBER_BLOCK_HAS_TEXT)
			return NUMBER_HAS_TEXT;
		seen->reading = block->reading;
		seen->e164 = block->kind == NUMBER_BLOCK_ALIKE ? value + block->shift : 0;
		return NUMBER_ANSWERED;
	}
	return read_alone(&lookup, seen);
}
