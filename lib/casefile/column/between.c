/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a column whose values lie between two, a row at a time: for any machine. */
#include "casefile/column/between.h"

uint32_t between_plain(const int64_t *values, uint32_t rows, int64_t low, uint64_t span,
		       uint32_t *at)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < rows; i++)
		if ((uint64_t)values[i] - (uint64_t)low <= span)
			at[count++] = i;
	return count;
}

between_rows *between_choose(enum cpu_level level)
{
	static between_rows *const all[CPU_LEVELS] = {
		[CPU_PLAIN] = between_plain,
#if CPU_X86
		[CPU_SSE2] = between_plain,
		[CPU_AVX2] = between_avx2,
		[CPU_AVX512] = between_avx2,
#endif
	};

	return all[level];
}

between_rows *between_fastest(void)
{
	return between_choose(cpu_level());
}
