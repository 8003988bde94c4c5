/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting lines in place, 32 bytes compared at a time. */
#include "ingest/delimited/cut_by.h"

#if CPU_X86

#include <immintrin.h>

static inline CPU_TARGET_AVX2 uint64_t equal_32(__m256i bytes, char c)
{
	return (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c)));
}

static inline CPU_TARGET_AVX2 struct marks find_avx2(const char *block, char separator,
					  char quote)
{
	struct marks marks = { 0, 0, 0 };

	for (unsigned i = 0; i < CUT_BLOCK; i += 32) {
		const __m256i bytes = _mm256_loadu_si256(
			(const __m256i *)(const void *)(block + i));
		const __m256i ends = _mm256_or_si256(
			_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n')),
			_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\r')));
		const __m256i stops = _mm256_or_si256(
			ends, _mm256_cmpeq_epi8(bytes, _mm256_setzero_si256()));

		marks.separators |= equal_32(bytes, separator) << i;
		marks.quotes |= equal_32(bytes, quote) << i;
		marks.stops |= (uint64_t)(uint32_t)_mm256_movemask_epi8(stops) << i;
	}
	return marks;
}

static CPU_TARGET_AVX2 size_t cut_line_avx2(struct cut *cut, const char *from)
{
	return cut_by(cut, from, find_avx2);
}

const struct cutter cut_avx2 = { cut_line_avx2, cut_unquote_plain };

#endif
