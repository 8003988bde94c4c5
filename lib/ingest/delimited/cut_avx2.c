/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting lines in place, 32 bytes compared and four fields put at a time. */
#include "ingest/delimited/cut_by.h"

#if CPU_X86

#include <immintrin.h>

#define AVX2 CPU_TARGET_AVX2

/* Fields that are put together; those of them that there are not are written over. */
#define FOUR 4

_Static_assert(FOUR - 1 <= CUT_SPARE, "there is room for fields that are none");

/* What a dialect's bytes are compared with. */
struct wanted {
	__m256i separator, quote, stops;
};

static inline AVX2 struct wanted wanted_of(const struct cut *cut)
{
	/* CR, LF and NUL stand where the table says it of their lower four bits; bytes
	 * from 128 on are 0 by it. */
	return (struct wanted){
		_mm256_set1_epi8(cut->separator), _mm256_set1_epi8(cut->quote),
		_mm256_setr_epi8(0, -1, -1, -1, -1, -1, -1, -1, -1, -1, '\n', -1, -1, '\r', -1, -1,
				 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, '\n', -1, -1, '\r', -1, -1)
	};
}

static inline AVX2 __m256i load_32(const char *bytes)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)bytes);
}

static inline AVX2 uint64_t equal_64(__m256i a, __m256i b, __m256i first, __m256i second)
{
	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, first)) |
	       (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, second)) << 32;
}

static inline AVX2 struct marks marks_of(const char *block, struct wanted wanted)
{
	const __m256i a = load_32(block), b = load_32(block + 32);

	return (struct marks){
		.separators = equal_64(a, b, wanted.separator, wanted.separator),
		.quotes = equal_64(a, b, wanted.quote, wanted.quote),
		.stops = equal_64(a, b, _mm256_shuffle_epi8(wanted.stops, a),
				  _mm256_shuffle_epi8(wanted.stops, b)),
	};
}

/* Puts the fields that end in a block, of which there are some, behind others; gives
 * where the next begins. */
static inline AVX2 const char *put_fields(struct text *field, uint64_t ends, const char *block,
					  const char *start)
{
	const char *next = block + (CUT_BLOCK - (unsigned)__builtin_clzll(ends));

	for (; ends; field += FOUR)
		for (unsigned i = 0; i < FOUR; i++, ends = _blsr_u64(ends)) {
			const char *end = block + _tzcnt_u64(ends);

			field[i].data = start;
			field[i].len = (size_t)(end - start);
			start = end + 1;
		}
	return next;
}

/* A block with quotes before its stop: which of its bytes stand within them. */
static inline AVX2 uint64_t note_quotes(struct cut *cut, const struct marks *marks, uint64_t before,
					uint64_t open)
{
	const uint64_t quotes = marks->quotes & before;

	if (cut->quotes == 0)
		cut->quoted = field_at(cut, marks);
	cut->quotes += (size_t)__builtin_popcountll(quotes);
	return within_quotes(quotes) ^ open;
}

static AVX2 size_t cut_line_avx2(struct cut *cut, const char *from)
{
	const struct wanted wanted = wanted_of(cut);
	const char *start = from;
	uint64_t open = 0;      /* all ones: a quote is open before the block */

	cut->count = cut->quotes = 0;
	for (const char *block = from;; block += CUT_BLOCK) {
		const struct marks marks = marks_of(block, wanted);
		const uint64_t stop = _blsi_u64(marks.stops), before = stop - 1;
		uint64_t within = open, ends;

		if (marks.quotes & before)
			within = note_quotes(cut, &marks, before, open);
		ends = (marks.separators & ~within & before) | stop;
		if (cut->count + (size_t)__builtin_popcountll(ends) > cut->capacity)
			return CUT_NONE;
		if (ends)
			start = put_fields(cut->fields + cut->count, ends, block, start);
		cut->count += (size_t)__builtin_popcountll(ends);
		open = 0 - (within >> (CUT_BLOCK - 1));
		if (stop) {
			const char *end = block + _tzcnt_u64(stop);

			return (within & stop) || *end == '\0' ? CUT_NONE : (size_t)(end - from);
		}
	}
}

/* ---- quotes ---- */

/* Copies bytes that are in a block with a block behind them, 32 at a time. */
static inline AVX2 void copy_short(char *to, const char *from, size_t len)
{
	for (size_t i = 0; i < len; i += 32)
		_mm256_storeu_si256((__m256i *)(void *)(to + i), load_32(from + i));
}

/* Copies what stands in quotes with its doubled quotes as one, of a field in a block;
 * CUT_NONE: a quote of it is not doubled. */
static inline AVX2 size_t copy_single(const struct text *field, uint64_t quotes, char *room)
{
	size_t from = 0, len = 0;

	while (quotes) {
		const size_t first = _tzcnt_u64(quotes);

		if (!(quotes >> first >> 1 & 1))
			return CUT_NONE;
		copy_short(room + len, field->data + from, first + 1 - from);
		len += first + 1 - from;
		from = first + 2;
		quotes = _blsr_u64(_blsr_u64(quotes));
	}
	copy_short(room + len, field->data + from, field->len - from);
	return len + field->len - from;
}

static inline AVX2 bool unquote_field(struct text *field, char quote, char **room, size_t *quotes)
{
	const size_t len = field->len;
	const __m256i wanted = _mm256_set1_epi8(quote);
	uint64_t all;

	if (len < 2 || len - 2 >= CUT_BLOCK)
		return cut_unquote_field_plain(field, quote, room, quotes);
	if (field->data[len - 1] != quote)
		return false;
	field->data++;
	field->len -= 2;
	all = equal_64(load_32(field->data), load_32(field->data + 32), wanted, wanted) &
	      ((UINT64_C(1) << field->len) - 1);
	*quotes += 2 + (size_t)__builtin_popcountll(all);
	if (!all)
		return true;
	field->len = copy_single(field, all, *room);
	if (field->len == CUT_NONE)
		return false;
	field->data = *room;
	*room += field->len;
	return true;
}

static AVX2 bool unquote_avx2(struct cut *cut, char *room)
{
	return cut_unquote_by(cut, room, unquote_field);
}

const struct cutter cut_avx2 = { cut_line_avx2, unquote_avx2 };

#endif
