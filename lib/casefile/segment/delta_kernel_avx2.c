/* SPDX-License-Identifier: Apache-2.0 */
/* The work on every row of a column that is a delta, four rows at a time. */
#include "casefile/segment/delta_kernel.h"

#include <stddef.h>

#if CPU_X86

#include <immintrin.h>

#include "casefile/segment/delta.h"

#define AVX2 CPU_TARGET_AVX2

static inline AVX2 __m256i take(const int64_t *from)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)from);
}

static inline AVX2 void put(int64_t *to, __m256i values)
{
	_mm256_storeu_si256((__m256i *)(void *)to, values);
}

static inline AVX2 __m256i four(long long value)
{
	return _mm256_set1_epi64x(value);
}

static inline AVX2 __m256i bounded(__m256i values)
{
	const __m256i below = _mm256_cmpgt_epi64(_mm256_setzero_si256(), values);
	const __m256i above = _mm256_cmpgt_epi64(values, four(DELTA_MOST - 1));

	return _mm256_andnot_si256(_mm256_or_si256(below, above), values);
}

static AVX2 void bounded_avx2(const int64_t *found, uint32_t rows, int64_t *basis)
{
	uint32_t i = 0;

	for (; i + 4 <= rows; i += 4)
		put(basis + i, bounded(take(found + i)));
	for (; i < rows; i++)
		basis[i] = delta_bounded(found[i]);
}

/* A hundredth of values below 2^30. */
static inline AVX2 __m256i hundredth(__m256i values)
{
	return _mm256_srli_epi64(_mm256_mul_epu32(values, four(42949673)), 32);
}

/* The times of four clocks of a day; false: not all are of it. With the clock
 * c, c / 100 and c / 10000, the seconds are c - 40 (c / 100) - 2400 (c / 10000). */
static inline AVX2 bool day_clocks(const struct clock_day *day, const int64_t *found,
				   int64_t *basis)
{
	const __m256i clock = _mm256_sub_epi64(take(found), four(day->start));
	const __m256i minutes = hundredth(clock);
	const __m256i hours = hundredth(minutes);
	const __m256i second =
		_mm256_sub_epi64(clock, _mm256_mul_epu32(minutes, four(100)));
	const __m256i minute =
		_mm256_sub_epi64(minutes, _mm256_mul_epu32(hours, four(100)));
	const __m256i seconds = _mm256_sub_epi64(
		_mm256_sub_epi64(clock, _mm256_mul_epu32(minutes, four(40))),
		_mm256_mul_epu32(hours, four(2400)));
	const __m256i wrong = _mm256_or_si256(
		_mm256_or_si256(_mm256_cmpgt_epi64(_mm256_setzero_si256(), clock),
				_mm256_cmpgt_epi64(clock, four(239999))),
		_mm256_or_si256(_mm256_cmpgt_epi64(second, four(59)),
				_mm256_cmpgt_epi64(minute, four(59))));

	if (!_mm256_testz_si256(wrong, wrong))
		return false;
	put(basis, _mm256_add_epi64(four(day->ms),
				    _mm256_mul_epu32(seconds, four(1000))));
	return true;
}

static AVX2 void clocks_avx2(const int64_t *found, uint32_t rows, int64_t *basis)
{
	struct clock_day day = CLOCK_DAY;
	uint32_t i = 0;

	for (; i + 4 <= rows; i += 4)
		if (!day_clocks(&day, found + i, basis + i))
			for (uint32_t k = i; k < i + 4; k++)
				basis[k] = delta_clock(&day, found[k]);
	for (; i < rows; i++)
		basis[i] = delta_clock(&day, found[i]);
}

/* No masked flags are that: its columns are then not looked at. */
#define NO_FLAGS (-1)

static inline AVX2 __m256i named(__m256i from, long long role, const int64_t *found)
{
	return _mm256_and_si256(_mm256_cmpeq_epi64(from, four(role)), take(found));
}

static AVX2 void talks_avx2(const struct delta_talks *talks, uint32_t rows,
			    int64_t *basis)
{
	const int64_t *found[3];
	int64_t role[3];
	uint32_t i = 0;

	for (unsigned k = 0; k < 3; k++) {
		found[k] = talks->found[k] ? talks->found[k] : talks->flags;
		role[k] = talks->found[k] ? talks->from[k] : NO_FLAGS;
	}
	for (; i + 4 <= rows; i += 4) {
		const __m256i from = _mm256_and_si256(take(talks->flags + i),
						      four(CALL_TALK_MASK));
		const __m256i first = named(from, role[0], found[0] + i);
		const __m256i second = named(from, role[1], found[1] + i);
		const __m256i third = named(from, role[2], found[2] + i);

		put(basis + i, bounded(_mm256_or_si256(
				       _mm256_or_si256(first, second), third)));
	}
	for (; i < rows; i++) {
		const int64_t from = talks->flags[i] & CALL_TALK_MASK;

		basis[i] = 0;
		for (unsigned k = 0; k < 3; k++)
			if (from == role[k])
				basis[i] = delta_bounded(found[k][i]);
	}
}

/* Products modulo 2^64. */
static inline AVX2 __m256i times(__m256i a, __m256i b)
{
	const __m256i cross =
		_mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(a, 32), b),
				 _mm256_mul_epu32(a, _mm256_srli_epi64(b, 32)));

	return _mm256_add_epi64(_mm256_mul_epu32(a, b), _mm256_slli_epi64(cross, 32));
}

static AVX2 void apply_avx2(int64_t *values, const int64_t *factors,
			    const int64_t *basis, uint32_t rows)
{
	uint32_t i = 0;

	for (; i + 4 <= rows; i += 4)
		put(values + i, _mm256_add_epi64(take(values + i),
						 times(take(factors + i),
						       take(basis + i))));
	for (; i < rows; i++)
		values[i] = (int64_t)((uint64_t)values[i] +
				      (uint64_t)factors[i] * (uint64_t)basis[i]);
}

static AVX2 void more_avx2(int64_t *values, int64_t factor, const int64_t *basis, uint32_t rows)
{
	uint32_t i = 0;

	for (; factor == 1 && i + 4 <= rows; i += 4)
		put(values + i, _mm256_add_epi64(take(values + i), take(basis + i)));
	for (; i + 4 <= rows; i += 4)
		put(values + i, _mm256_add_epi64(take(values + i), times(four(factor), take(basis + i))));
	for (; i < rows; i++)
		values[i] = (int64_t)((uint64_t)values[i] + (uint64_t)factor * (uint64_t)basis[i]);
}

/* Products modulo 2^64 with a factor below 2^31. */
static inline AVX2 __m256i scaled(__m256i values, __m256i factor)
{
	return _mm256_add_epi64(_mm256_mul_epu32(values, factor),
				_mm256_slli_epi64(_mm256_mul_epu32(_mm256_srli_epi64(values, 32), factor), 32));
}

static AVX2 void less_avx2(const int64_t *values, int64_t factor,
			   const int64_t *basis, uint32_t rows, int64_t *rest)
{
	uint32_t i = 0;

	for (; factor == 1 && i + 4 <= rows; i += 4)
		put(rest + i, _mm256_sub_epi64(take(values + i), take(basis + i)));
	for (; i + 4 <= rows; i += 4)
		put(rest + i, _mm256_sub_epi64(take(values + i), scaled(take(basis + i), four(factor))));
	for (; i < rows; i++)
		rest[i] = (int64_t)((uint64_t)values[i] -
				    (uint64_t)factor * (uint64_t)basis[i]);
}

const struct delta_kernel delta_kernel_avx2 = { bounded_avx2, clocks_avx2, talks_avx2,
						apply_avx2,   more_avx2,    less_avx2 };

#endif
