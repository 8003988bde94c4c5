/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting lines in place, 64 bytes and eight fields at a time. */
#include "ingest/delimited/cut.h"

#include <stdint.h>

#if CPU_X86

#include <immintrin.h>

#define AVX512 CPU_TARGET_AVX512

#define BLOCK 64

static const uint8_t places[BLOCK] __attribute__((aligned(BLOCK))) = {
	 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15,
	16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
	32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
	48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
};

static inline AVX512 size_t ones(uint64_t marks)
{
	return (size_t)__builtin_popcountll(marks);
}

/* Whether an odd number of quotes stands at or before each byte: a product
 * without carries. */
static inline AVX512 uint64_t within_quotes(uint64_t quotes)
{
	return (uint64_t)_mm_cvtsi128_si64(
		_mm_clmulepi64_si128(_mm_cvtsi64_si128((int64_t)quotes),
				     _mm_set1_epi8(-1), 0));
}

/* Where bytes are equal: as a number, which no compiler makes a mask again, for
 * the ways between the two are long. */
static inline AVX512 uint64_t equal(__m512i a, __m512i b)
{
	uint64_t marks = _mm512_cmpeq_epi8_mask(a, b);

	__asm__("" : "+r"(marks));
	return marks;
}

/* CR, LF and NUL are where the table says it of their lower four bits; bytes from
 * 128 on are 0 by it. */
static inline AVX512 uint64_t find_stops(__m512i bytes)
{
	const __m512i table = _mm512_broadcast_i32x4(_mm_setr_epi8(
		0, -1, -1, -1, -1, -1, -1, -1, -1, -1, '\n', -1, -1, '\r', -1, -1));

	return equal(_mm512_shuffle_epi8(table, bytes), bytes);
}

/* Eight fields, the first of which begins at start; ends: the bytes behind. */
static inline AVX512 void put_eight(struct text *fields, const char *start,
				    __m512i ends)
{
	const __m512i starts = _mm512_alignr_epi64(
		_mm512_add_epi64(ends, _mm512_set1_epi64(1)),
		_mm512_set1_epi64((int64_t)(uintptr_t)start), 7);
	const __m512i lens = _mm512_sub_epi64(ends, starts);

	_mm512_storeu_si512(
		fields, _mm512_permutex2var_epi64(
				starts, _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11),
				lens));
	_mm512_storeu_si512(
		fields + 4,
		_mm512_permutex2var_epi64(
			starts, _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15), lens));
}

/* Puts the fields that end in a block behind others; gives where the next begins. */
static inline AVX512 const char *put_fields(struct text *fields, uint64_t ends,
					    const char *block, const char *start)
{
	const size_t count = ones(ends);
	const __m512i base = _mm512_set1_epi64((int64_t)(uintptr_t)block);
	__m512i at = _mm512_maskz_compress_epi8(ends, _mm512_load_si512(places));

	for (size_t done = 0;;) {
		put_eight(fields + done, start,
			  _mm512_add_epi64(_mm512_cvtepu8_epi64(
						   _mm512_castsi512_si128(at)),
					   base));
		done += 8;
		if (done >= count)
			break;
		at = _mm512_alignr_epi64(at, at, 1);
		start = fields[done - 1].data + fields[done - 1].len + 1;
	}
	return ends ? block + (BLOCK - (unsigned)__builtin_clzll(ends)) : start;
}

/* Where in a block the marks of its line stand. */
struct marks {
	uint64_t stop;          /* the first CR, LF or NUL */
	uint64_t separators, quotes;    /* before it */
};

static inline AVX512 struct marks find_marks(const char *block, __m512i separator,
					     __m512i quote)
{
	const __m512i bytes = _mm512_loadu_si512(block);
	const uint64_t stops = find_stops(bytes);
	struct marks marks = { .stop = stops & (0 - stops) };

	marks.separators = equal(bytes, separator) & (marks.stop - 1);
	marks.quotes = equal(bytes, quote) & (marks.stop - 1);
	return marks;
}

static AVX512 size_t cut_line_avx512(struct cut *cut, const char *from)
{
	const __m512i separator = _mm512_set1_epi8(cut->separator);
	const __m512i quote = _mm512_set1_epi8(cut->quote);
	const char *start = from, *block = from;
	uint64_t open = 0;      /* all ones: a quote is open before the block */
	size_t count = 0, quotes = 0, quoted = 0;

	for (;; block += BLOCK) {
		const struct marks marks = find_marks(block, separator, quote);
		const uint64_t within = within_quotes(marks.quotes) ^ open;
		const uint64_t ends = (marks.separators & ~within) | marks.stop;
		const uint64_t unquoted = _blsmsk_u64(marks.quotes) >> 1;

		/* No branch: which lines have quotes is anybody's guess. */
		quoted = quotes ? quoted
				: count + ones(marks.separators & unquoted);
		quotes += ones(marks.quotes);
		if (count + ones(ends) > cut->capacity)
			return CUT_NONE;
		start = put_fields(cut->fields + count, ends, block, start);
		count += ones(ends);
		open = 0 - (within >> (BLOCK - 1));
		if (!marks.stop)
			continue;
		cut->count = count;
		cut->quotes = quotes;
		cut->quoted = quoted;
		block += __builtin_ctzll(marks.stop);
		return (within & marks.stop) || *block == '\0'
			       ? CUT_NONE
			       : (size_t)(block - from);
	}
}

/* A field with all of it in a block: what is doubled is left out at once. */
static inline AVX512 bool unquote_short(struct text *field, char quote, char **room,
					size_t *quotes)
{
	const uint64_t own = _bzhi_u64(UINT64_MAX, (unsigned)field->len);
	const __m512i bytes = _mm512_maskz_loadu_epi8(own, field->data);
	const uint64_t all = own & _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(quote));
	const uint64_t within = within_quotes(all);
	const uint64_t seconds = all & ~within;

	*quotes += ones(all);
	if (!all)
		return true;
	if ((all & within) << 1 != seconds)
		return false;
	_mm512_storeu_si512(*room, _mm512_maskz_compress_epi8(own & ~seconds, bytes));
	field->data = *room;
	field->len -= ones(seconds);
	*room += field->len;
	return true;
}

static inline AVX512 bool unquote_field(struct text *field, char quote, char **room,
					size_t *quotes)
{
	const size_t len = field->len;

	/* In the last byte of a block a quote would have no place for its second. */
	if (len - 2 >= BLOCK - 1)
		return cut_unquote_field_plain(field, quote, room, quotes);
	if (field->data[len - 1] != quote)
		return false;
	*quotes += 2;
	field->data++;
	field->len -= 2;
	return unquote_short(field, quote, room, quotes);
}

static AVX512 bool unquote_avx512(struct cut *cut, char *room)
{
	return cut_unquote_by(cut, room, unquote_field);
}

const struct cutter cut_avx512 = { cut_line_avx512, unquote_avx512 };

#endif
