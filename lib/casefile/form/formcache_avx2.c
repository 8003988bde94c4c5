/* SPDX-License-Identifier: Apache-2.0 */
/* Forms by the looks of a text, 32 bytes at a time. */
#include "casefile/form/formcache_known.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include "casefile/form/formcache_x86.h"

#define AVX2 FORMCACHE_TARGET_AVX2

/* 32 bytes of a text. */
struct avx2_half {
	__m256i looks;
	__m256i numbers;        /* what the digits stand for; others have no meaning */
};

/* From place 32 less len on, it keeps len bytes of 32. */
static const int8_t keeps[64] __attribute__((aligned(64))) = {
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
};

/* Looks at 32 bytes of which the first len, 0 to 32, are of the text. */
static inline AVX2 struct avx2_half look_avx2(const char *data, size_t len)
{
	const __m256i own = load_32(keeps + 32 - len);
	const __m256i bytes = _mm256_blendv_epi8(_mm256_set1_epi8(LOOK_BEHIND),
						 load_32(data), own);
	struct avx2_half half;
	__m256i is_digit;

	half.numbers = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
	is_digit = _mm256_cmpeq_epi8(
		_mm256_min_epu8(half.numbers, _mm256_set1_epi8(9)), half.numbers);
	half.looks = _mm256_blendv_epi8(bytes, _mm256_set1_epi8(LOOK_DIGIT),
					_mm256_and_si256(is_digit, own));
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

/* A text of up to 31 bytes. */
static inline AVX2 const struct known *find_short(const struct formcache *cache,
						  struct text text, __m128i *last)
{
	const struct avx2_half half = look_avx2(text.data, text.len);
	size_t slot = slot_of(sum_of(half.looks));
	const struct known *known;

	for (unsigned probe = 1;; probe++, slot = (slot + 1) % SLOTS) {
		const unsigned number = cache->slots[slot];

		known = &cache->known[number];
		if (same_avx2(half.looks, known->looks) || !number)
			break;
		if (probe == PROBES) {
			known = cache->known;
			break;
		}
	}
	*last = move_avx2(half.numbers, known, 0);
	return known;
}

/* One of 32 to 63. */
static AVX2 const struct known *find_long(const struct formcache *cache,
					  struct text text, __m128i *last)
{
	const struct avx2_half first = look_avx2(text.data, 32);
	const struct avx2_half second = look_avx2(text.data + 32, text.len - 32);
	size_t slot = slot_of(sum_of(_mm256_add_epi64(first.looks, second.looks)));
	const struct known *known;

	for (unsigned probe = 1;; probe++, slot = (slot + 1) % SLOTS) {
		const unsigned number = cache->slots[slot];

		known = &cache->known[number];
		if ((same_avx2(first.looks, known->looks) &&
		     same_avx2(second.looks, known->looks + 32)) ||
		    !number)
			break;
		if (probe == PROBES) {
			known = cache->known;
			break;
		}
	}
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

static AVX2 size_t find_all_avx2(const struct formcache *cache,
				 const struct text *texts, const size_t *which,
				 size_t count, int64_t *forms, int64_t *values)
{
	return find_all_by(cache, texts, which, count, forms, values, find_avx2);
}

formcache_find *formcache_avx2(void)
{
	return __builtin_cpu_supports("avx2") ? find_all_avx2 : NULL;
}

#else

formcache_find *formcache_avx2(void)
{
	return NULL;
}

#endif
