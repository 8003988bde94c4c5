/* SPDX-License-Identifier: Apache-2.0 */
/* What the searches with AVX2 and with AVX-512 share: texts are looked at one by
 * one, and their digits made numbers together. */
#ifndef UNSPOOF_CASEFILE_FORM_FORMCACHE_X86_H
#define UNSPOOF_CASEFILE_FORM_FORMCACHE_X86_H

#include <immintrin.h>

#include "casefile/form/formcache_known.h"

/* Texts whose numbers are made together. */
#define GROUP FORMCACHE_GROUP

/* Finds what is known of the form of a text of up to FORMCACHE_TEXT bytes, the
 * first of the cache where nothing is; and its last digits, zeros before them. */
typedef const struct known *find_one(const struct formcache *cache,
				     struct text text, __m128i *last);

static inline CPU_TARGET_AVX2 __m256i load_32(const void *bytes)
{
	return _mm256_loadu_si256((const __m256i *)bytes);
}

/* The sum for slot_of(), of the words of each kind summed up. */
static inline CPU_TARGET_AVX2 uint64_t sum_of(__m256i fours)
{
	const __m128i sums = _mm_add_epi64(_mm256_castsi256_si128(fours),
					   _mm256_extracti128_si256(fours, 1));

	return (uint64_t)_mm_cvtsi128_si64(
		_mm_add_epi64(sums, _mm_shuffle_epi32(sums, 0x4b)));
}

/* Where known says that the last digits are. */
static inline CPU_TARGET_AVX2 __m128i last_from(const struct known *known)
{
	return _mm_loadu_si128(
		(const __m128i *)(const void *)(known->from + FORMCACHE_DIGITS -
						LAST_DIGITS));
}

/* The numbers of four digits each, of two texts. */
static inline CPU_TARGET_AVX2 __m256i fours_of(__m128i first, __m128i second)
{
	const __m256i both =
		_mm256_inserti128_si256(_mm256_castsi128_si256(first), second, 1);

	return _mm256_madd_epi16(
		_mm256_maddubs_epi16(both, _mm256_set1_epi16(0x010a)),
		_mm256_set1_epi32(0x00010064));
}

/* The numbers of four texts by their last digits. */
static inline CPU_TARGET_AVX2 void number_four(const __m128i *last, int64_t *values)
{
	const __m256i fours = _mm256_packus_epi32(fours_of(last[0], last[2]),
						  fours_of(last[1], last[3]));
	const __m256i eights =
		_mm256_madd_epi16(fours, _mm256_set1_epi32(0x00012710));

	_mm256_storeu_si256(
		(__m256i *)(void *)values,
		_mm256_add_epi64(_mm256_mul_epu32(eights,
						  _mm256_set1_epi64x(100000000)),
				 _mm256_srli_epi64(eights, 32)));
}

/* What came of texts. */
struct findings {
	size_t missing;         /* with data and no form */
	unsigned more;          /* bit i: text i has more digits than are taken together */
};

/* Text i of some, which is bit `bit + i` of the findings. */
static inline __attribute__((always_inline)) CPU_TARGET_AVX2 void
find_text(const struct formcache *cache, struct text text, unsigned i, int64_t *forms,
	  __m128i *last, size_t bit, struct findings *found, find_one *find)
{
	const struct known *known;

	if (!text.data || text.len > FORMCACHE_TEXT) {
		found->missing += text.data != NULL;
		forms[i] = 0;
		last[i] = _mm_setzero_si128();
		return;
	}
	known = find(cache, text, &last[i]);
	forms[i] = known->form;
	if (known->odd) {
		found->missing += !known->form;
		found->more |= (unsigned)(known->count > LAST_DIGITS) << (bit + i);
	}
}

/* Adds what the digits before the last are worth. */
static inline __attribute__((always_inline)) CPU_TARGET_AVX2 void
add_first(const struct formcache *cache, const struct text *texts, const size_t *which,
	  unsigned more, int64_t *values, find_one *find)
{
	__m128i last;

	for (; more; more &= more - 1) {
		const unsigned i = (unsigned)__builtin_ctz(more);
		const struct text text = texts[which[i]];

		values[i] += formcache_first(find(cache, text, &last), text.data);
	}
}

/* Up to GROUP texts. */
static inline __attribute__((always_inline)) CPU_TARGET_AVX2 size_t
find_group(const struct formcache *cache, const struct text *texts,
	   const size_t *which, size_t count, int64_t *forms, int64_t *values,
	   find_one *find)
{
	__m128i last[GROUP];    /* those that there is no text for are not used */
	struct findings found = { 0, 0 };

	for (unsigned i = 0; i < count; i++)
		find_text(cache, texts[which[i]], i, forms, last, 0, &found, find);
	number_four(last, values);
	number_four(last + 4, values + 4);
	add_first(cache, texts, which, found.more, values, find);
	return found.missing;
}

/* As formcache_find. */
static inline __attribute__((always_inline)) CPU_TARGET_AVX2 size_t
find_all_by(const struct formcache *cache, const struct text *texts,
	    const size_t *which, size_t count, int64_t *forms, int64_t *values,
	    find_one *find)
{
	size_t missing = 0, i = 0;

	for (; count - i > GROUP; i += GROUP)
		missing += find_group(cache, texts, which + i, GROUP, forms + i,
				      values + i, find);
	if (i < count)
		missing += find_group(cache, texts, which + i, count - i, forms + i,
				      values + i, find);
	return missing;
}

#endif
