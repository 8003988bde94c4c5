/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a column whose values lie between two, sixteen at a time. */
#include "casefile/column/between.h"

#if CPU_X86

#include <immintrin.h>

#define AVX2 CPU_TARGET_AVX2

/* Values above `low` and the most they may be, both with the sign turned, for there is no
 * comparison without one. */
struct limits {
	__m256i low, most;
};

/* All bits of those that are not between. */
static inline AVX2 __m256i outside(const int64_t *from, const struct limits *limits)
{
	const __m256i values = _mm256_loadu_si256((const __m256i *)(const void *)from);

	return _mm256_cmpgt_epi64(_mm256_sub_epi64(values, limits->low), limits->most);
}

static inline AVX2 unsigned inside(__m256i outside)
{
	return ~(unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(outside)) & 15;
}

static inline uint32_t add(uint32_t first, unsigned bits, uint32_t *at, uint32_t count)
{
	for (; bits; bits &= bits - 1)
		at[count++] = first + (uint32_t)__builtin_ctz(bits);
	return count;
}

AVX2 uint32_t between_avx2(const int64_t *values, uint32_t rows, int64_t low, uint64_t span,
			   uint32_t *at)
{
	const uint64_t turn = UINT64_C(1) << 63;
	const struct limits limits = { _mm256_set1_epi64x((int64_t)((uint64_t)low + turn)),
				       _mm256_set1_epi64x((int64_t)(span ^ turn)) };
	uint32_t count = 0, i = 0;

	for (; i + 16 <= rows; i += 16) {
		const __m256i a = outside(values + i, &limits), b = outside(values + i + 4, &limits);
		const __m256i c = outside(values + i + 8, &limits), d = outside(values + i + 12, &limits);
		const __m256i all = _mm256_and_si256(_mm256_and_si256(a, b), _mm256_and_si256(c, d));

		if (_mm256_testc_si256(all, _mm256_set1_epi64x(-1)))
			continue;
		count = add(i, inside(a) | inside(b) << 4 | inside(c) << 8 | inside(d) << 12, at, count);
	}
	for (; i < rows; i++)
		if ((uint64_t)values[i] - (uint64_t)low <= span)
			at[count++] = i;
	return count;
}

#endif
