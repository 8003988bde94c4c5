/* SPDX-License-Identifier: Apache-2.0 */
/* Forms by the looks of a text, 32 bytes at a time. */
#include "casefile/form/formcache_known.h"

#if CPU_X86

#include "casefile/form/formcache_x86.h"

#define AVX2 CPU_TARGET_AVX2

/* 32 bytes of a text. */
struct avx2_half {
	__m256i looks;
	__m256i numbers;        /* what the digits stand for; others have no meaning */
};

/* From place 32 less len on: what keeps len bytes of 32, and what puts LOOK_BEHIND in
 * place of the others. */
static const struct {
	int8_t keeps[64];
	uint8_t fills[64];
} ends __attribute__((aligned(64))) = {
	{ -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	  -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1 },
	{ [32] = SIXTEEN(LOOK_BEHIND), SIXTEEN(LOOK_BEHIND) }
};

/* Looks at 32 bytes of which the first len, 0 to 32, are of the text. */
static inline AVX2 struct avx2_half look_avx2(const char *data, size_t len)
{
	const __m256i bytes = load_32(data);
	struct avx2_half half;
	__m256i is_digit, looks;

	half.numbers = _mm256_sub_epi8(bytes, load_32(formcache_every.zero));
	is_digit = _mm256_cmpeq_epi8(
		_mm256_min_epu8(half.numbers, load_32(formcache_every.nine)), half.numbers);
	looks = _mm256_blendv_epi8(bytes, load_32(formcache_every.digit), is_digit);
	half.looks = _mm256_or_si256(_mm256_and_si256(looks, load_32(ends.keeps + 32 - len)),
				     load_32(ends.fills + 32 - len));
	return half;
}

static inline AVX2 bool same_avx2(__m256i looks, const uint8_t *known)
{
	return _mm256_movemask_epi8(_mm256_cmpeq_epi8(looks, load_32(known))) == -1;
}

/* Those of 32 bytes, from byte `at` of a text on, that are among its last digits,
 * each in its place. A shuffle moves bytes within 16. */
static inline AVX2 __m128i move_avx2(__m256i numbers, const struct known *known,
				     char at)
{
	const __m256i begin = _mm256_inserti128_si256(
		_mm256_set1_epi8(at), _mm_set1_epi8((char)(at + 16)), 1);
	/* Where it is not one of the 16, that is 128 or more. */
	const __m256i from = _mm256_adds_epu8(
		_mm256_sub_epi8(_mm256_broadcastsi128_si256(last_from(known)), begin),
		_mm256_set1_epi8(0x70));
	const __m256i moved = _mm256_shuffle_epi8(numbers, from);

	return _mm_or_si128(_mm256_castsi256_si128(moved),
			    _mm256_extracti128_si256(moved, 1));
}

/* The same of a text that has no more bytes than these. */
static inline AVX2 __m128i move_all_avx2(__m256i numbers, const struct known *known)
{
	const __m256i moved = _mm256_shuffle_epi8(numbers, load_32(known->places));

	return _mm_or_si128(_mm256_castsi256_si128(moved),
			    _mm256_extracti128_si256(moved, 1));
}

/* Whether a form has looks, the second half of which may be of no text. */
static inline AVX2 bool has_looks(const struct known *known, __m256i first, __m256i second,
				  bool both)
{
	return same_avx2(first, known->looks) &&
	       (!both || same_avx2(second, known->looks + 32));
}

/* The form with these looks that is in a slot behind the one they belong to, or the first
 * of the cache. */
static __attribute__((noinline)) AVX2 const struct known *
find_behind(const struct formcache *cache, size_t slot, __m256i first, __m256i second,
	    bool both)
{
	for (unsigned probe = 1; probe < PROBES && cache->slots[slot]; probe++) {
		const struct known *known;

		slot = (slot + 1) % SLOTS;
		known = &cache->known[cache->slots[slot]];
		if (has_looks(known, first, second, both))
			return known;
	}
	return cache->known;
}

/* A text of up to 31 bytes. */
static inline AVX2 const struct known *find_short(const struct formcache *cache,
						  struct text text, __m128i *last)
{
	const struct avx2_half half = look_avx2(text.data, text.len);
	const size_t slot = slot_of(sum_of(half.looks));
	const struct known *known = &cache->known[cache->slots[slot]];

	if (!has_looks(known, half.looks, half.looks, false))
		known = find_behind(cache, slot, half.looks, half.looks, false);
	*last = move_all_avx2(half.numbers, known);
	return known;
}

/* One of 32 to 63. */
static AVX2 const struct known *find_long(const struct formcache *cache,
					  struct text text, __m128i *last)
{
	const struct avx2_half first = look_avx2(text.data, 32);
	const struct avx2_half second = look_avx2(text.data + 32, text.len - 32);
	const size_t slot = slot_of(sum_of(_mm256_add_epi64(first.looks, second.looks)));
	const struct known *known = &cache->known[cache->slots[slot]];

	if (!has_looks(known, first.looks, second.looks, true))
		known = find_behind(cache, slot, first.looks, second.looks, true);
	*last = _mm_or_si128(move_avx2(first.numbers, known, 0),
			     move_avx2(second.numbers, known, 32));
	return known;
}

static inline AVX2 const struct known *find_avx2(const struct formcache *cache,
						 struct text text, __m128i *last)
{
	return text.len < 32 ? find_short(cache, text, last)
			     : find_long(cache, text, last);
}

AVX2 size_t formcache_find_avx2(const struct formcache *cache, const struct text *texts,
				const size_t *which, size_t count, int64_t *forms,
				int64_t *values)
{
	return find_all_by(cache, texts, which, count, forms, values, find_avx2);
}

#endif
