/* SPDX-License-Identifier: Apache-2.0 */
/* Forms by the looks of a text, 32 or 64 bytes at a time, with masks. */
#include "casefile/form/formcache_known.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include "casefile/form/formcache_x86.h"

#define AVX512 \
	__attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512vbmi")))

/* The lowest bits, n of them: a mask is loaded sooner than made. */
#define LOWEST(n) ((UINT64_C(1) << (n)) - 1)
#define LOWEST_4(n) LOWEST(n), LOWEST(n + 1), LOWEST(n + 2), LOWEST(n + 3)
#define LOWEST_16(n) \
	LOWEST_4(n), LOWEST_4(n + 4), LOWEST_4(n + 8), LOWEST_4(n + 12)
static const uint64_t lowest[FORMCACHE_READ] = { LOWEST_16(0), LOWEST_16(16),
						 LOWEST_16(32), LOWEST_16(48) };

/* A text of up to 31 bytes. */
static inline AVX512 const struct known *
find_short(const struct formcache *cache, struct text text, __m128i *last)
{
	const __mmask32 own = (__mmask32)lowest[text.len];
	const __m256i bytes = _mm256_mask_loadu_epi8(load_32(formcache_every.behind),
						     own, text.data);
	const __m256i numbers = _mm256_sub_epi8(bytes, load_32(formcache_every.zero));
	const __m256i looks = _mm256_mask_mov_epi8(
		bytes,
		_mm256_mask_cmple_epu8_mask(own, numbers, load_32(formcache_every.nine)),
		load_32(formcache_every.digit));
	size_t slot = slot_of(sum_of(looks));
	const struct known *known;

	for (unsigned probe = 1;; probe++, slot = (slot + 1) % SLOTS) {
		const unsigned number = cache->slots[slot];

		known = &cache->known[number];
		if (!_mm256_cmpneq_epi8_mask(looks, load_32(known->looks)) || !number)
			break;
		if (probe == PROBES) {
			known = cache->known;
			break;
		}
	}
	*last = _mm256_castsi256_si128(_mm256_permutexvar_epi8(
		_mm256_castsi128_si256(last_from(known)), numbers));
	return known;
}

/* One of 32 to 63. */
static AVX512 const struct known *find_long(const struct formcache *cache,
					    struct text text, __m128i *last)
{
	const __mmask64 own = lowest[text.len];
	const __m512i bytes = _mm512_mask_loadu_epi8(_mm512_load_si512(formcache_every.behind),
						     own, text.data);
	const __m512i numbers = _mm512_sub_epi8(bytes, _mm512_load_si512(formcache_every.zero));
	const __m512i looks = _mm512_mask_mov_epi8(
		bytes,
		_mm512_mask_cmple_epu8_mask(own, numbers, _mm512_load_si512(formcache_every.nine)),
		_mm512_load_si512(formcache_every.digit));
	size_t slot = slot_of(sum_of(_mm256_add_epi64(
		_mm512_castsi512_si256(looks), _mm512_extracti64x4_epi64(looks, 1))));
	const struct known *known;

	for (unsigned probe = 1;; probe++, slot = (slot + 1) % SLOTS) {
		const unsigned number = cache->slots[slot];

		known = &cache->known[number];
		if (!_mm512_cmpneq_epi8_mask(looks, _mm512_load_si512(known->looks)) ||
		    !number)
			break;
		if (probe == PROBES) {
			known = cache->known;
			break;
		}
	}
	*last = _mm512_castsi512_si128(_mm512_permutexvar_epi8(
		_mm512_castsi128_si512(last_from(known)), numbers));
	return known;
}

static inline AVX512 const struct known *
find_avx512(const struct formcache *cache, struct text text, __m128i *last)
{
	return text.len < 32 ? find_short(cache, text, last)
			     : find_long(cache, text, last);
}

static AVX512 size_t find_all_avx512(const struct formcache *cache,
				     const struct text *texts, const size_t *which,
				     size_t count, int64_t *forms, int64_t *values)
{
	return find_all_by(cache, texts, which, count, forms, values, find_avx512);
}

formcache_find *formcache_avx512(void)
{
	return __builtin_cpu_supports("avx2") &&
			       __builtin_cpu_supports("avx512f") &&
			       __builtin_cpu_supports("avx512bw") &&
			       __builtin_cpu_supports("avx512vl") &&
			       __builtin_cpu_supports("avx512vbmi")
		       ? find_all_avx512
		       : NULL;
}

#else

formcache_find *formcache_avx512(void)
{
	return NULL;
}

#endif
