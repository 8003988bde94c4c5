/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of numbers that are read alike. */
#include "normalise/calls/number_blocks.h"

#include <stdlib.h>
#include <string.h>

#define PLACES ((1 << NUMBER_BLOCK_BITS) + NUMBER_BLOCK_PROBES)
#define HASH_INDEX_SIZE (PLACES * sizeof(struct number_blocks_place))
/* When there are more, all are forgotten. */
#define ANSWERS_MOST 4096
#define ANSWER_SLOTS (2 * ANSWERS_MOST)
/* Fewer digits are looked up one by one: blocks of them would be few numbers. */
#define FIXED_LEAST 3
#define LEVELS NUMBER_BLOCK_LEVELS

/* The last digits of the blocks that are tried, most first. */
static const unsigned levels[LEVELS] = { 5, 3, 2 };

const struct number_level number_levels[LEVELS] = {
	{ 0, 100000, 687195, 1e-6 },
	{ 1, 1000, 68719477, 1e-4 },
	{ 2, 100, 687194768, 1e-3 },
};

/* A number on its way. */
struct lookup {
	struct readings *readings;
	const struct form_meaning *meaning;
	int64_t value;
	struct number_manner manner;
};

/* A block among those of its level. */
struct block {
	uint64_t key;
	unsigned side;        /* its number among those that share a place */
};

/* Divisors are constants, for that is several times faster; what is left of 17
 * digits takes 47 bits. */
static inline struct block block_of(uint64_t value, uint64_t kind, size_t level)
{
	uint64_t block, place;

	if (level == 0) {
		block = value / 100000;
		place = value / (100000 * NUMBER_BLOCK_SIDE);
	} else if (level == 1) {
		block = value / 1000;
		place = value / (1000 * NUMBER_BLOCK_SIDE);
	} else {
		block = value / 100;
		place = value / (100 * NUMBER_BLOCK_SIDE);
	}
	return (struct block){ place << 16 | kind | level,
			       (unsigned)(block - place * NUMBER_BLOCK_SIDE) };
}

/* The place where blocks are, or will be: one of a few, the first of which is
 * taken from others when all are. */
static inline struct number_blocks_place *place_from(struct number_blocks_place *home, uint64_t key)
{
	struct number_blocks_place *there = home + (home[1].key == key);

	if (__builtin_expect(there->key == key, 1))
		return there;
	for (size_t i = 0; i < NUMBER_BLOCK_PROBES; i++)
		if (home[i].key == key || home[i].key == 0)
			return &home[i];
	return home;
}

static inline struct number_blocks_place *place_of(const struct number_blocks *blocks, uint64_t key)
{
	return place_from(&blocks->places[NUMBER_BLOCK_HOME(key)], key);
}

bool number_blocks_open(struct number_blocks *blocks,
			const struct numplan_settled *settled)
{
	memset(blocks, 0, sizeof(*blocks));
	blocks->known = number_blocks_choose(cpu_level());
	blocks->settled = settled;
	/* No place lies across two cache lines. */
	blocks->places = aligned_alloc(64, HASH_INDEX_SIZE);
	blocks->answers = calloc(NUMBER_BLOCK_ANSWER + ANSWERS_MOST,
				 sizeof(*blocks->answers));
	blocks->answer_slots = calloc(ANSWER_SLOTS, sizeof(*blocks->answer_slots));
	blocks->secret = secret_get();
	if (!blocks->secret || !blocks->places || !blocks->answers || !blocks->answer_slots)
		return false;
	memset(blocks->places, 0, HASH_INDEX_SIZE);
	return true;
}

void number_blocks_release(struct number_blocks *blocks)
{
	free(blocks->places);
	free(blocks->answers);
	free(blocks->answer_slots);
	memset(blocks, 0, sizeof(*blocks));
}

void number_blocks_clear(struct number_blocks *blocks)
{
	memset(blocks->places, 0, HASH_INDEX_SIZE);
	memset(blocks->answer_slots, 0,
	       ANSWER_SLOTS * sizeof(*blocks->answer_slots));
	blocks->answer_count = 0;
}

/* What is known of a block with an answer, which there is room for. */
static unsigned answer_place(struct number_blocks *blocks,
			   const struct number_block_answer *answer)
{
	size_t slot = hash_pair(blocks->secret, (uint64_t)answer->shift,
				(uint64_t)answer->reading);

	for (;; slot++) {
		uint16_t *number = &blocks->answer_slots[slot % ANSWER_SLOTS];
		const struct number_block_answer *other;

		if (!*number) {
			*number = (uint16_t)(NUMBER_BLOCK_ANSWER +
					     blocks->answer_count++);
			blocks->answers[*number] = *answer;
			return *number;
		}
		other = &blocks->answers[*number];
		if (other->shift == answer->shift && other->e164 == answer->e164 &&
		    other->reading == answer->reading)
			return *number;
	}
}

static void read_one(const struct lookup *lookup, struct reading *out,
		     struct number_depth *depth)
{
	struct number_text text = { .viable = true, .plus = lookup->meaning->plus,
				    .alone = lookup->meaning->alone,
				    .len = lookup->meaning->digits };
	uint64_t rest = (uint64_t)lookup->value;

	for (size_t i = text.len; i > 0; i--, rest /= 10)
		text.digits[i - 1] = (char)('0' + rest % 10);
	number_read_digits(lookup->readings->plan, &text, lookup->manner, out, depth);
}

/* What is behind a prefix may be a number. Blocks are alike in their first digits at least. */
static bool has_text(const struct lookup *lookup, const struct reading *reading)
{
	char digits[FIXED_LEAST];
	size_t known = lookup->meaning->digits < FIXED_LEAST ? lookup->meaning->digits : FIXED_LEAST;
	uint64_t first = (uint64_t)lookup->value;

	if (!lookup->manner.prefixes)
		return false;
	for (unsigned i = (unsigned)known; i < lookup->meaning->digits; i++)
		first /= 10;
	for (size_t i = known; i > 0; i--, first /= 10)
		digits[i - 1] = (char)('0' + first % 10);
	return number_may_have_prefix(reading, lookup->manner, (struct text){ digits, known });
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

/* Finds out what is known of a block by one of its numbers: never unknown but
 * when there is no memory. */
static unsigned look_into(struct number_blocks *blocks, const struct lookup *lookup,
			  size_t level)
{
	struct number_depth depth = { blocks->settled, 0 };
	struct number_block_answer answer;
	struct reading reading;
	struct number_seen seen;
	size_t alike;

	read_one(lookup, &reading, &depth);
	alike = level_of(lookup, &reading, depth.digits, level);
	if (alike > level)
		return NUMBER_BLOCK_MIXED + (unsigned)alike;
	if (has_text(lookup, &reading))
		return NUMBER_BLOCK_HAS_TEXT;
	if (!readings_see(lookup->readings, &reading, &seen))
		return NUMBER_BLOCK_UNKNOWN;
	answer.e164 = seen.e164 ? -1 : 0;
	answer.shift = seen.e164 ? seen.e164 - lookup->value : 0;
	answer.reading = seen.reading;
	return answer_place(blocks, &answer);
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

/* What is known of the block of a number at a level, found out if need be. */
static unsigned find(struct number_blocks *blocks, const struct lookup *lookup,
		     size_t level)
{
	const struct block block =
		block_of((uint64_t)lookup->value,
			 number_blocks_kind(lookup->meaning, lookup->manner.region),
			 level);
	struct number_blocks_place *place;
	uint16_t *known;

	if (blocks->answer_count == ANSWERS_MOST)
		number_blocks_clear(blocks);
	place = place_of(blocks, block.key);
	if (place->key != block.key)
		*place = (struct number_blocks_place){ .key = block.key };
	known = &place->blocks[block.side];
	if (*known == NUMBER_BLOCK_UNKNOWN)
		*known = (uint16_t)look_into(blocks, lookup, level);
	return *known;
}

/* What is known of the block of a number of level 0, of which one within turned
 * out to be mixed: its numbers are looked at where that one's are, at once. */
static void send_on(const struct number_blocks *blocks, const struct lookup *lookup,
		    unsigned known)
{
	const struct block block =
		block_of((uint64_t)lookup->value,
			 number_blocks_kind(lookup->meaning, lookup->manner.region), 0);
	struct number_blocks_place *place = place_of(blocks, block.key);

	if (place->key == block.key &&
	    place->blocks[block.side] == NUMBER_BLOCK_MIXED + 1)
		place->blocks[block.side] = (uint16_t)known;
}

enum number_answer number_blocks_read(struct number_blocks *blocks,
				      struct readings *readings,
				      const struct form_meaning *meaning, int64_t value,
				      struct number_manner manner,
				      struct number_seen *seen)
{
	const struct lookup lookup = { readings, meaning, value, manner };
	size_t level = 0;

	while (level < LEVELS && meaning->digits < levels[level] + FIXED_LEAST)
		level++;
	while (level < LEVELS) {
		const unsigned known = find(blocks, &lookup, level);

		if (known == NUMBER_BLOCK_UNKNOWN)
			return NUMBER_NO_MEMORY;
		if (known == NUMBER_BLOCK_HAS_TEXT)
			return NUMBER_HAS_TEXT;
		if (known >= NUMBER_BLOCK_ANSWER) {
			const struct number_block_answer *answer =
				&blocks->answers[known];

			seen->reading = answer->reading;
			seen->e164 = (value + answer->shift) & answer->e164;
			return NUMBER_ANSWERED;
		}
		if (level == 1)
			send_on(blocks, &lookup, known);
		level = known - NUMBER_BLOCK_MIXED;
	}
	return read_alone(&lookup, seen);
}

/* Where the block of a row is looked for. */
struct aim {
	uint64_t key;
	struct number_blocks_place *home;
	unsigned row, side;
};

/* The places are asked for before the first is looked at: they are scattered over
 * more memory than is near. */
static inline __attribute__((always_inline)) unsigned aim_at(const struct number_blocks *blocks, const struct number_rows *rows,
			      uint64_t some, size_t level, struct aim *aims)
{
	unsigned count = 0;

	for (; some; some &= some - 1) {
		const unsigned i = (unsigned)__builtin_ctzll(some);
		const struct block block = block_of((uint64_t)rows->values[i], rows->kinds[i], level);
		struct number_blocks_place *home = &blocks->places[NUMBER_BLOCK_HOME(block.key)];

		__builtin_prefetch(home);
		aims[count++] = (struct aim){ block.key, home, i, block.side };
	}
	return count;
}

/* Looks at a level for some rows, and adds those that are told at a later one to
 * its bits, those that cannot be told to the last. There is no branch that goes
 * by a row, for it could not be foretold. */
static inline __attribute__((always_inline)) void look_at(const struct number_blocks *blocks,
			   const struct number_rows *rows, uint64_t some,
			   size_t level, uint64_t later[LEVELS + 1])
{
	struct aim aims[NUMBER_BLOCK_ROWS];
	const unsigned count = aim_at(blocks, rows, some, level, aims);

	for (unsigned n = 0; n < count; n++) {
		const unsigned i = aims[n].row;
		const int64_t value = rows->values[i];
		const struct number_blocks_place *place = place_from(aims[n].home, aims[n].key);
		const uint64_t same = 0 - (uint64_t)(place->key == aims[n].key);
		const uint64_t known = place->blocks[aims[n].side] & same;
		const struct number_block_answer *answer = &blocks->answers[known];
		const uint64_t one = known == NUMBER_BLOCK_MIXED + 1;
		const uint64_t two = known == NUMBER_BLOCK_MIXED + 2;
		const uint64_t told = known >= NUMBER_BLOCK_ANSWER;

		rows->readings[i] = answer->reading;
		rows->e164[i] = (value + answer->shift) & answer->e164;
		later[1] |= one << i;
		later[2] |= two << i;
		later[LEVELS] |= ((told | one | two) ^ 1) << i;
	}
}

uint64_t number_blocks_known_plain(const struct number_blocks *blocks,
				   const struct number_rows *rows, uint64_t some)
{
	uint64_t later[LEVELS + 1] = { 0 };

	look_at(blocks, rows, some, 0, later);
	look_at(blocks, rows, later[1], 1, later);
	look_at(blocks, rows, later[2], 2, later);
	return later[LEVELS];
}

number_blocks_known *number_blocks_choose(enum cpu_level level)
{
	static number_blocks_known *const all[CPU_LEVELS] = {
		[CPU_PLAIN] = number_blocks_known_plain,
#if CPU_X86
		[CPU_SSE2] = number_blocks_known_plain,
		[CPU_AVX2] = number_blocks_known_avx2,
		[CPU_AVX512] = number_blocks_known_avx512,
#endif
	};

	return all[level];
}
