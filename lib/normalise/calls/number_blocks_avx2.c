/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of numbers that are read alike, four numbers at a time. */
#include "normalise/calls/number_blocks.h"

#if CPU_X86

#include <immintrin.h>

#define AVX2 CPU_TARGET_AVX2

/* Values below it are doubles to the last digit; others are left to be looked at one by one. */
#define EXACT_MOST (INT64_C(1) << 52)

/* Where the blocks of some rows are looked for, and what is known of them. */
struct aims {
	int64_t keys[NUMBER_BLOCK_ROWS], homes[NUMBER_BLOCK_ROWS], sides[NUMBER_BLOCK_ROWS];
	uint16_t known[NUMBER_BLOCK_ROWS];
};

/* Some of the rows put together; four are read at a time. */
struct some {
	unsigned count;
	uint8_t rows[NUMBER_BLOCK_ROWS];
	int64_t values[NUMBER_BLOCK_ROWS];
	uint64_t kinds[NUMBER_BLOCK_ROWS];
};

static inline AVX2 __m256i take(const void *from)
{
	return _mm256_loadu_si256((const __m256i *)from);
}

static inline AVX2 void put(void *to, __m256i values)
{
	_mm256_storeu_si256((__m256i *)to, values);
}

static inline AVX2 __m256i four(int64_t value)
{
	return _mm256_set1_epi64x(value);
}

/* All bits of each of four lanes that the lowest four bits name. */
static inline AVX2 __m256i lanes_of(uint64_t bits)
{
	const __m256i which = _mm256_set_epi64x(8, 4, 2, 1);

	return _mm256_cmpeq_epi64(_mm256_and_si256(four((int64_t)bits), which), which);
}

/* Products modulo 2^64 with a factor that has its upper half beside it. */
static inline AVX2 __m256i times(__m256i values, __m256i factor, __m256i upper)
{
	const __m256i cross = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(values, 32), factor),
					       _mm256_mul_epu32(values, upper));

	return _mm256_add_epi64(_mm256_mul_epu32(values, factor), _mm256_slli_epi64(cross, 32));
}

/* Their places, and what they have above the first of a place. The quotient by way of a
 * product, rounded to the nearest, is too large by one at most. */
static inline AVX2 __m256i places_of(const struct number_level *level, __m256i values, __m256i *above)
{
	const __m256d magic = _mm256_castsi256_pd(four(INT64_C(0x4330000000000000)));
	const __m256i size = four(level->size * NUMBER_BLOCK_SIDE);
	const __m256d exact = _mm256_sub_pd(
		_mm256_or_pd(_mm256_castsi256_pd(values), magic), magic);
	const __m256i near = _mm256_xor_si256(
		_mm256_castpd_si256(_mm256_add_pd(_mm256_mul_pd(exact, _mm256_set1_pd(level->place)), magic)),
		_mm256_castpd_si256(magic));
	const __m256i left = _mm256_sub_epi64(values, times(near, size, _mm256_setzero_si256()));
	const __m256i under = _mm256_cmpgt_epi64(_mm256_setzero_si256(), left);

	*above = _mm256_add_epi64(left, _mm256_and_si256(under, size));
	return _mm256_add_epi64(near, under);
}

/* Key 0 is no block's; rows that are none of `lanes` have it. */
static inline AVX2 void aim(const struct number_level *level, const int64_t *values, const uint64_t *kinds,
			    uint64_t lanes, unsigned count, struct aims *aims)
{
	const __m256i mix = four((int64_t)NUMBER_BLOCK_MIX), mix_upper = _mm256_srli_epi64(mix, 32);

	for (unsigned i = 0; i < count; i += 4) {
		const __m256i all = take(values + i);
		const __m256i good = _mm256_and_si256(lanes_of(lanes >> i),
						      _mm256_cmpgt_epi64(four(EXACT_MOST), all));
		__m256i above;
		const __m256i places = places_of(level, _mm256_and_si256(all, good), &above);
		const __m256i kind = _mm256_or_si256(take(kinds + i), four(level->number));
		const __m256i keys = _mm256_and_si256(
			_mm256_or_si256(_mm256_slli_epi64(places, 16), kind), good);

		put(aims->keys + i, keys);
		put(aims->homes + i,
		    _mm256_slli_epi64(_mm256_srli_epi64(times(keys, mix, mix_upper), 65 - NUMBER_BLOCK_BITS), 1));
		put(aims->sides + i,
		    _mm256_srli_epi64(_mm256_mul_epu32(above, four(level->part)), NUMBER_PART_SHIFT));
	}
}

static inline void prefetch(const struct number_blocks *blocks, const struct aims *aims, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		__builtin_prefetch(&blocks->places[aims->homes[i]]);
}

/* Only two places are tried, and there is no branch, for it could not be foretold. */
static inline unsigned look_up(const struct number_blocks *blocks, const struct number_rows *rows,
			       const struct aims *aims, unsigned i, unsigned row)
{
	const uint64_t key = (uint64_t)aims->keys[i];
	const struct number_blocks_place *place = &blocks->places[aims->homes[i]];
	const struct number_blocks_place *there = place + (place[1].key == key);
	const unsigned same = 0 - (unsigned)(there->key == key);
	const unsigned known = there->blocks[aims->sides[i]] & same;
	const struct number_block_answer *answer = &blocks->answers[known];

	rows->readings[row] = answer->reading;
	rows->e164[row] = (rows->values[row] + answer->shift) & answer->e164;
	return known;
}

/* Rows of which something is found out, each with a bit. */
struct found {
	uint64_t told, one, two;
};

/* Bits of 32 comparisons of 16 bits each. */
static inline AVX2 uint64_t bits_of(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), 0xd8));
}

static inline AVX2 void sort(const struct aims *aims, struct found *found)
{
	const __m256i answer = _mm256_set1_epi16(NUMBER_BLOCK_ANSWER - 1);
	const __m256i one = _mm256_set1_epi16(NUMBER_BLOCK_MIXED + 1);
	const __m256i two = _mm256_set1_epi16(NUMBER_BLOCK_MIXED + 2);

	for (unsigned i = 0; i < NUMBER_BLOCK_ROWS; i += 32) {
		const __m256i low = take(aims->known + i), high = take(aims->known + i + 16);

		found->told |= bits_of(_mm256_cmpgt_epi16(low, answer), _mm256_cmpgt_epi16(high, answer)) << i;
		found->one |= bits_of(_mm256_cmpeq_epi16(low, one), _mm256_cmpeq_epi16(high, one)) << i;
		found->two |= bits_of(_mm256_cmpeq_epi16(low, two), _mm256_cmpeq_epi16(high, two)) << i;
	}
}

/* The first level for all rows, four of which are there. */
static inline AVX2 void look_at_all(const struct number_blocks *blocks, const struct number_rows *rows,
				    uint64_t which, unsigned count, struct found *found)
{
	struct aims aims;

	put(aims.known + NUMBER_BLOCK_ROWS - 16, _mm256_setzero_si256());
	aim(&number_levels[0], rows->values, rows->kinds, which, count, &aims);
	prefetch(blocks, &aims, count);
	for (unsigned i = 0; i < count; i++)
		aims.known[i] = (uint16_t)look_up(blocks, rows, &aims, i, i);
	for (unsigned i = count; i < NUMBER_BLOCK_ROWS; i++)
		aims.known[i] = NUMBER_BLOCK_UNKNOWN;
	sort(&aims, found);
}

static inline void put_together(const struct number_rows *rows, uint64_t which, struct some *some)
{
	some->count = 0;
	for (; which; which &= which - 1) {
		const unsigned row = (unsigned)__builtin_ctzll(which);

		some->rows[some->count] = (uint8_t)row;
		some->values[some->count] = rows->values[row];
		some->kinds[some->count++] = rows->kinds[row];
	}
}

/* A later level for some rows. */
static inline AVX2 void look_at(const struct number_blocks *blocks, const struct number_rows *rows,
				uint64_t which, const struct number_level *level, struct found *found)
{
	struct aims aims;
	struct some some;

	put_together(rows, which, &some);
	aim(level, some.values, some.kinds, UINT64_MAX >> (NUMBER_BLOCK_ROWS - some.count), some.count, &aims);
	prefetch(blocks, &aims, some.count);
	for (unsigned i = 0; i < some.count; i++) {
		const unsigned row = some.rows[i], known = look_up(blocks, rows, &aims, i, row);

		found->told |= (uint64_t)(known >= NUMBER_BLOCK_ANSWER) << row;
		found->two |= (uint64_t)(known == NUMBER_BLOCK_MIXED + 2) << row;
	}
}

/* What is not found so, for it is new or others are in its way, is looked at one by one. */
AVX2 uint64_t number_blocks_known_avx2(const struct number_blocks *blocks, const struct number_rows *rows,
				       uint64_t some)
{
	const unsigned count = rows->count & ~3U;
	struct found found = { 0, 0, 0 };
	uint64_t rest;

	look_at_all(blocks, rows, some, count, &found);
	if (found.one)
		look_at(blocks, rows, found.one, &number_levels[1], &found);
	if (found.two)
		look_at(blocks, rows, found.two, &number_levels[2], &found);
	rest = some & ~found.told;
	return rest ? number_blocks_known_plain(blocks, rows, rest) : 0;
}

#endif
