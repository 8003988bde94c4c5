/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting lines in place: a bit for every separator, quote and line end. */
#include "ingest/delimited/cut.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define CUT_X86 1
#include <immintrin.h>
#else
#define CUT_X86 0
#endif

/* Where in a block the marks stand, the first byte in the lowest bit. */
struct marks {
	uint64_t separators, quotes;
	uint64_t stops;         /* CR, LF, NUL */
};

typedef struct marks find_marks(const char *block, char separator, char quote);

/* Whether an odd number of quotes stands at or before each byte. */
static uint64_t within_quotes(uint64_t quotes)
{
	for (unsigned shift = 1; shift < CUT_BLOCK; shift <<= 1)
		quotes ^= quotes << shift;
	return quotes;
}

/* Adds the fields that end at the separators of a block. */
static inline const char *add_fields(struct cut *cut, uint64_t separators,
				     const char *block, const char *start)
{
	struct text *field = cut->fields + cut->count;

	for (; separators; separators &= separators - 1, field++) {
		const char *end = block + __builtin_ctzll(separators);

		field->data = start;
		field->len = (size_t)(end - start);
		start = end + 1;
	}
	cut->count = (size_t)(field - cut->fields);
	return start;
}

/* The field that the first quote of a line stands in, which is in this block. */
static inline size_t field_at(const struct cut *cut, const struct marks *marks)
{
	const uint64_t before = (marks->quotes & (0 - marks->quotes)) - 1;

	return cut->count + (size_t)__builtin_popcountll(marks->separators & before);
}

/* The work itself, put into a function for each width, so that find is no call. */
static inline __attribute__((always_inline)) size_t
cut_by(struct cut *cut, const char *from, find_marks *find)
{
	const char *start = from;
	uint64_t open = 0;      /* all ones: a quote is open before the block */

	cut->count = 0;
	cut->quotes = 0;
	for (const char *block = from;; block += CUT_BLOCK) {
		const struct marks marks = find(block, cut->separator, cut->quote);
		const uint64_t stop = marks.stops & (0 - marks.stops);
		uint64_t within = open;
		uint64_t separators;

		if (marks.quotes & (stop - 1)) {
			if (cut->quotes == 0)
				cut->quoted = field_at(cut, &marks);
			cut->quotes += (size_t)__builtin_popcountll(
				marks.quotes & (stop - 1));
			within ^= within_quotes(marks.quotes);
			open = 0 - (within >> (CUT_BLOCK - 1));
		}
		separators = marks.separators & ~within & (stop - 1);
		if (cut->count + (size_t)__builtin_popcountll(separators) >=
		    cut->capacity)
			return CUT_NONE;
		start = add_fields(cut, separators, block, start);
		if (stop) {
			const char *end = block + __builtin_ctzll(stop);

			if ((within & stop) || *end == '\0')
				return CUT_NONE;
			cut->fields[cut->count].data = start;
			cut->fields[cut->count++].len = (size_t)(end - start);
			return (size_t)(end - from);
		}
	}
}

static struct marks find_plain(const char *block, char separator, char quote)
{
	struct marks marks = { 0, 0, 0 };

	for (unsigned i = 0; i < CUT_BLOCK; i++) {
		const char c = block[i];

		marks.separators |= (uint64_t)(c == separator) << i;
		marks.quotes |= (uint64_t)(c == quote) << i;
		marks.stops |= (uint64_t)(c == '\n' || c == '\r' || c == '\0') << i;
	}
	return marks;
}

static size_t cut_plain(struct cut *cut, const char *from)
{
	return cut_by(cut, from, find_plain);
}

#if CUT_X86

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

static size_t cut_sse2(struct cut *cut, const char *from)
{
	return cut_by(cut, from, find_sse2);
}

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

static inline AVX2 uint64_t equal_32(__m256i bytes, char c)
{
	return (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c)));
}

static inline AVX2 struct marks find_avx2(const char *block, char separator,
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

static AVX2 size_t cut_avx2(struct cut *cut, const char *from)
{
	return cut_by(cut, from, find_avx2);
}

#endif

/* Copies what stands in quotes with its doubled quotes as one, and counts those
 * as found. CUT_NONE: a quote of it is not doubled. */
static size_t copy_single(const struct text *field, char quote, char *room,
			  size_t *quotes)
{
	size_t len = 0;

	for (size_t i = 0; i < field->len; i++) {
		room[len++] = field->data[i];
		if (field->data[i] != quote)
			continue;
		if (++i == field->len || field->data[i] != quote)
			return CUT_NONE;
		*quotes += 2;
	}
	return len;
}

bool cut_unquote_plain(struct text *field, char quote, char **room, size_t *quotes)
{
	size_t len = field->len;

	if (len < 2 || field->data[len - 1] != quote)
		return false;
	*quotes += 2;
	field->data++;
	field->len -= 2;
	if (!memchr(field->data, quote, field->len))
		return true;
	len = copy_single(field, quote, *room, quotes);
	if (len == CUT_NONE)
		return false;
	field->data = *room;
	field->len = len;
	*room += len;
	return true;
}

static bool unquote_plain(struct cut *cut, char *room)
{
	return cut_unquote_by(cut, room, cut_unquote_plain);
}

static const struct cutter *plain(void)
{
	static const struct cutter cutter = { cut_plain, unquote_plain };

	return &cutter;
}

#if CUT_X86

static const struct cutter *sse2(void)
{
	static const struct cutter cutter = { cut_sse2, unquote_plain };

	return &cutter;
}

static const struct cutter *avx2(void)
{
	static const struct cutter cutter = { cut_avx2, unquote_plain };

	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
			       __builtin_cpu_supports("popcnt")
		       ? &cutter
		       : NULL;
}

#else

static const struct cutter *sse2(void)
{
	return NULL;
}

static const struct cutter *avx2(void)
{
	return NULL;
}

#endif

const struct cutter *cut_choose(enum cut_width width)
{
	switch (width) {
	case CUT_AVX512:
		return cut_avx512();
	case CUT_AVX2:
		return avx2();
	case CUT_SSE2:
		return sse2();
	case CUT_PLAIN:
		break;
	}
	return plain();
}

const struct cutter *cut_fastest(void)
{
	const struct cutter *found = NULL;

	for (int width = CUT_AVX512; !found; width--)
		found = cut_choose((enum cut_width)width);
	return found;
}
