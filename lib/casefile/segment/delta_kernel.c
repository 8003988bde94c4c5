/* SPDX-License-Identifier: Apache-2.0 */
/* The work on every row of a column that is a delta, a row at a time. */
#include "casefile/segment/delta_kernel.h"

#include <stddef.h>

#include "casefile/segment/delta.h"

int64_t delta_bounded(int64_t value)
{
	return (uint64_t)value < (uint64_t)DELTA_MOST ? value : 0;
}

/* Digits that are no date and clock. */
static int64_t instant(int64_t digits)
{
	if (digits >= INT64_C(1000000000) && digits < INT64_C(10000000000))
		return digits * SECOND_MS;
	return digits >= INT64_C(1000000000000) && digits < INT64_C(10000000000000)
		       ? digits
		       : 0;
}

int64_t delta_clock(struct clock_day *day, int64_t digits)
{
	int64_t ms;

	if (digits < CLOCK_DIGITS / 10 || digits >= CLOCK_DIGITS)
		return instant(digits);
	return clock_read(day, digits, &ms) ? ms : 0;
}

static void bounded_plain(const int64_t *found, uint32_t rows, int64_t *basis)
{
	for (uint32_t i = 0; i < rows; i++)
		basis[i] = delta_bounded(found[i]);
}

static void clocks_plain(const int64_t *found, uint32_t rows, int64_t *basis)
{
	struct clock_day day = CLOCK_DAY;

	for (uint32_t i = 0; i < rows; i++)
		basis[i] = delta_clock(&day, found[i]);
}

static void talks_plain(const struct delta_talks *talks, uint32_t rows,
			int64_t *basis)
{
	for (uint32_t i = 0; i < rows; i++) {
		const int64_t from = talks->flags[i] & CALL_TALK_MASK;

		basis[i] = 0;
		for (unsigned k = 0; k < 3; k++)
			if (from == talks->from[k] && talks->found[k])
				basis[i] = delta_bounded(talks->found[k][i]);
	}
}

static void apply_plain(int64_t *values, const int64_t *factors,
			const int64_t *basis, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		values[i] = (int64_t)((uint64_t)values[i] +
				      (uint64_t)factors[i] * (uint64_t)basis[i]);
}

static void more_plain(int64_t *values, int64_t factor, const int64_t *basis, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		values[i] = (int64_t)((uint64_t)values[i] +
				      (uint64_t)factor * (uint64_t)basis[i]);
}

static void less_plain(const int64_t *values, int64_t factor,
		       const int64_t *basis, uint32_t rows, int64_t *rest)
{
	for (uint32_t i = 0; i < rows; i++)
		rest[i] = (int64_t)((uint64_t)values[i] -
				    (uint64_t)factor * (uint64_t)basis[i]);
}

const struct delta_kernel *delta_kernel_choose(enum cpu_level level)
{
	static const struct delta_kernel plain = { bounded_plain, clocks_plain,
						   talks_plain,   apply_plain,
						   more_plain,    less_plain };
	static const struct delta_kernel *const all[CPU_LEVELS] = {
		[CPU_PLAIN] = &plain,
#if CPU_X86
		[CPU_SSE2] = &plain,
		[CPU_AVX2] = &delta_kernel_avx2,
		[CPU_AVX512] = &delta_kernel_avx2,
#endif
	};

	return all[level];
}

const struct delta_kernel *delta_kernel_fastest(void)
{
	return delta_kernel_choose(cpu_level());
}
