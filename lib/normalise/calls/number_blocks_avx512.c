/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of numbers that are read alike, eight numbers at a time. */
#include "normalise/calls/number_blocks.h"

#if CPU_X86

#include <immintrin.h>

#define AVX512 CPU_TARGET_AVX512

/* Some of the rows put together, and where their blocks are looked for. */
struct some {
	unsigned count;
	uint8_t rows[NUMBER_BLOCK_ROWS];
	/* Eight more, for eight are written at a time. */
	int64_t values[NUMBER_BLOCK_ROWS + 8], kinds[NUMBER_BLOCK_ROWS + 8];
	int64_t keys[NUMBER_BLOCK_ROWS], homes[NUMBER_BLOCK_ROWS];
	int64_t sides[NUMBER_BLOCK_ROWS];
	uint16_t known[NUMBER_BLOCK_ROWS];
};

static inline AVX512 __m512i eight_of(int64_t value)
{
	return _mm512_set1_epi64(value);
}

static inline AVX512 void put_together(const struct number_rows *rows, uint64_t which,
				     struct some *some)
{
	static const uint8_t all[NUMBER_BLOCK_ROWS] = {
		0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
		32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
		48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63
	};

	_mm512_storeu_si512(some->rows, _mm512_maskz_compress_epi8(
						which, _mm512_loadu_si512(all)));
	some->count = 0;
	for (unsigned i = 0; i < NUMBER_BLOCK_ROWS && which >> i; i += 8) {
		const __mmask8 lanes = (__mmask8)(which >> i);

		_mm512_storeu_si512(some->values + some->count,
				    _mm512_maskz_compress_epi64(
					    lanes, _mm512_maskz_loadu_epi64(
							   lanes, rows->values + i)));
		_mm512_storeu_si512(some->kinds + some->count,
				    _mm512_maskz_compress_epi64(
					    lanes, _mm512_loadu_si512(rows->kinds + i)));
		some->count += (unsigned)__builtin_popcount(lanes);
	}
}

/* Their places, and what they have above the first of a place. Values are below
 * 10^18: the quotient by way of a product is wrong by one at most. */
static inline AVX512 __m512i places_of(const struct number_level *level, __m512i values,
				     __m512i *above)
{
	const __m512i size = eight_of(level->size * NUMBER_BLOCK_SIDE);
	const __m512i near = _mm512_cvttpd_epi64(_mm512_mul_pd(
		_mm512_cvtepi64_pd(values), _mm512_set1_pd(level->place)));
	const __m512i left =
		_mm512_sub_epi64(values, _mm512_mullo_epi64(near, size));
	const __mmask8 under = _mm512_cmplt_epi64_mask(left, _mm512_setzero_si512());
	const __mmask8 over = _mm512_cmpge_epi64_mask(left, size);
	const __m512i fewer = _mm512_mask_sub_epi64(near, under, near, eight_of(1));

	*above = _mm512_mask_add_epi64(left, under, left, size);
	*above = _mm512_mask_sub_epi64(*above, over, left, size);
	return _mm512_mask_add_epi64(fewer, over, near, eight_of(1));
}

/* The keys of the blocks of a level, where each is looked for, and its side. */
static inline AVX512 void find_homes(const struct number_level *level, struct some *some)
{
	for (unsigned i = 0; i < some->count; i += 8) {
		const unsigned left = some->count - i;
		const __mmask8 lanes = (__mmask8)(left < 8 ? (1U << left) - 1 : 0xff);
		__m512i above;
		const __m512i places = places_of(
			level, _mm512_maskz_loadu_epi64(lanes, some->values + i),
			&above);
		const __m512i keys = _mm512_or_si512(
			_mm512_slli_epi64(places, 16),
			_mm512_or_si512(_mm512_maskz_loadu_epi64(lanes,
								 some->kinds + i),
					eight_of(level->number)));

		_mm512_storeu_si512(some->keys + i, keys);
		_mm512_storeu_si512(
			some->homes + i,
			_mm512_slli_epi64(
				_mm512_srli_epi64(
					_mm512_mullo_epi64(
						keys, eight_of((int64_t)NUMBER_BLOCK_MIX)),
					65 - NUMBER_BLOCK_BITS),
				1));
		_mm512_storeu_si512(
			some->sides + i,
			_mm512_srli_epi64(_mm512_mul_epu32(above,
							   eight_of(level->part)),
					  NUMBER_PART_SHIFT));
	}
}

/* Loads of eight at once take longer than eight loads. Only two places are tried,
 * and there is no branch, for it could not be foretold. */
static inline void look_up(const struct number_blocks *blocks,
			   const struct number_rows *rows, struct some *some)
{
	for (unsigned i = 0; i < some->count; i++)
		__builtin_prefetch(&blocks->places[some->homes[i]]);
	for (unsigned i = 0; i < some->count; i++) {
		const int64_t value = some->values[i];
		const uint64_t key = (uint64_t)some->keys[i];
		const struct number_blocks_place *place =
			&blocks->places[some->homes[i]];
		const struct number_blocks_place *there =
			place + (place[1].key == key);
		const unsigned same = 0 - (unsigned)(there->key == key);
		const unsigned known = there->blocks[some->sides[i]] & same;
		const struct number_block_answer *answer = &blocks->answers[known];
		const unsigned row = some->rows[i];

		rows->readings[row] = answer->reading;
		rows->e164[row] = (value + answer->shift) & answer->e164;
		some->known[i] = (uint16_t)known;
	}
}

/* Rows of which something is found out, each with a bit. */
struct found {
	uint64_t told, one, two;
};

static inline AVX512 void look_at(const struct number_blocks *blocks,
				const struct number_rows *rows, uint64_t which,
				const struct number_level *level, struct found *found)
{
	const __m512i answer = _mm512_set1_epi16(NUMBER_BLOCK_ANSWER);
	const __m512i one = _mm512_set1_epi16(NUMBER_BLOCK_MIXED + 1);
	const __m512i two = _mm512_set1_epi16(NUMBER_BLOCK_MIXED + 2);
	struct some some;
	uint64_t sorts[3] = { 0, 0, 0 };

	put_together(rows, which, &some);
	find_homes(level, &some);
	look_up(blocks, rows, &some);
	for (unsigned i = 0; i < some.count; i += 32) {
		const unsigned left = some.count - i;
		const __mmask32 lanes =
			left < 32 ? (__mmask32)((UINT32_C(1) << left) - 1) : UINT32_MAX;
		const __m512i known = _mm512_maskz_loadu_epi16(lanes, some.known + i);

		sorts[0] |= (uint64_t)_mm512_cmpge_epu16_mask(known, answer) << i;
		sorts[1] |= (uint64_t)_mm512_cmpeq_epi16_mask(known, one) << i;
		sorts[2] |= (uint64_t)_mm512_cmpeq_epi16_mask(known, two) << i;
	}
	found->told |= _pdep_u64(sorts[0], which);
	found->one |= _pdep_u64(sorts[1], which);
	found->two |= _pdep_u64(sorts[2], which);
}

/* What is not found so, for it is new or others are in its way, is looked at one
 * by one. */
AVX512 uint64_t number_blocks_known_avx512(const struct number_blocks *blocks,
				  const struct number_rows *rows, uint64_t some)
{
	struct found found = { 0, 0, 0 };
	uint64_t rest;

	look_at(blocks, rows, some, &number_levels[0], &found);
	if (found.one)
		look_at(blocks, rows, found.one, &number_levels[1], &found);
	if (found.two)
		look_at(blocks, rows, found.two, &number_levels[2], &found);
	rest = some & ~found.told;
	return rest ? number_blocks_known_plain(blocks, rows, rest) : 0;
}

#endif
