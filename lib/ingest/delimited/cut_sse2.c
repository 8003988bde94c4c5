/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting lines in place, 16 bytes compared at a time. */
#include "ingest/delimited/cut_by.h"

#if CPU_X86

#include <immintrin.h>

static inline uint64_t equal_16(__m128i bytes, char c)
{
	return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)));
}

static inline struct marks find_sse2(const char *block, char separator, char quote)
{
	struct marks marks = { 0, 0, 0 };

	for (unsigned i = 0; i < CUT_BLOCK; i += 16) {
		const __m128i bytes =
			_mm_loadu_si128((const __m128i *)(const void *)(block + i));
		const __m128i ends =
			_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
				     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
		const __m128i stops = _mm_or_si128(
			ends, _mm_cmpeq_epi8(bytes, _mm_setzero_si128()));

		marks.separators |= equal_16(bytes, separator) << i;
		marks.quotes |= equal_16(bytes, quote) << i;
		marks.stops |= (uint64_t)(uint32_t)_mm_movemask_epi8(stops) << i;
	}
	return marks;
}

static size_t cut_line_sse2(struct cut *cut, const char *from)
{
	return cut_by(cut, from, find_sse2);
}

const struct cutter cut_sse2 = { cut_line_sse2, cut_unquote_plain };

#endif
