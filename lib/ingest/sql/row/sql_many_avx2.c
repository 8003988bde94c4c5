/* SPDX-License-Identifier: Apache-2.0 */
/* The marks of a dump's bytes, 32 at a time. */
#include "ingest/sql/row/sql_many.h"

#if CPU_X86

#include <immintrin.h>

#define AVX2 CPU_TARGET_AVX2

static inline AVX2 uint32_t equal(__m256i bytes, char byte)
{
	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte)));
}

/* What is not odd, by halves of a byte: a bit for the upper half, which the lower half has where such a byte is. */
static inline AVX2 uint32_t odd(__m256i bytes)
{
	/*                                      0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f */
	const __m256i low = _mm256_setr_epi8(6, 4, 4, 4, 4, 20, 4, 6, 38, 6, 1, 0, 10, 0, 10, 0,
					     6, 4, 4, 4, 4, 20, 4, 6, 38, 6, 1, 0, 10, 0, 10, 0);
	const __m256i high = _mm256_setr_epi8(1, 0, 2, 4, 8, 16, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0,
					      1, 0, 2, 4, 8, 16, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0);
	const __m256i half = _mm256_set1_epi8(15);
	const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
	const __m256i fits = _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(bytes, half)),
					      _mm256_shuffle_epi8(high, upper));

	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(fits, _mm256_setzero_si256()));
}

static inline AVX2 uint64_t both(uint32_t first, uint32_t second)
{
	return first | (uint64_t)second << 32;
}

AVX2 void sql_marks_avx2(const char *bytes, struct sql_marks *marks)
{
	const __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
	const __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32));

	marks->quotes = both(equal(a, '\''), equal(b, '\''));
	marks->backslashes = both(equal(a, '\\'), equal(b, '\\'));
	marks->opens = both(equal(a, '('), equal(b, '('));
	marks->closes = both(equal(a, ')'), equal(b, ')'));
	marks->odd = both(odd(a), odd(b));
}

#endif
