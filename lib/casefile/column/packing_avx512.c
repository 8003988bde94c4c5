/* SPDX-License-Identifier: Apache-2.0 */
/* The work on every value of a column, eight values in one piece. */
#include "casefile/column/packing.h"

#if CPU_X86

#include <immintrin.h>
#include <string.h>

#include "base/word.h"

#define AVX512 CPU_TARGET_AVX512

static inline AVX512 __m512i take(const void *from)
{
	return _mm512_loadu_si512(from);
}

static inline AVX512 void put(void *to, __m512i values)
{
	_mm512_storeu_si512(to, values);
}

/* The next of so many rows: eight, or those that are left. */
static inline AVX512 __mmask8 next_rows(uint32_t left)
{
	return (__mmask8)(left < 8 ? (1U << left) - 1 : 0xff);
}

static AVX512 bool is_zero_avx512(const int64_t *values, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i += 8) {
		const __m512i eight =
			_mm512_maskz_loadu_epi64(next_rows(rows - i), values + i);

		if (_mm512_test_epi64_mask(eight, eight))
			return false;
	}
	return true;
}

/* start and what is slope further for each of eight values. */
static inline AVX512 __m512i line_from(uint64_t start, uint64_t slope)
{
	return _mm512_add_epi64(
		_mm512_set1_epi64((int64_t)start),
		_mm512_mullo_epi64(_mm512_set1_epi64((int64_t)slope),
				   _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7)));
}

struct bounds {
	__m512i low, high;
};

static inline AVX512 void widen(struct bounds *bounds, __m512i values)
{
	bounds->low = _mm512_min_epi64(bounds->low, values);
	bounds->high = _mm512_max_epi64(bounds->high, values);
}

static AVX512 void extent_avx512(const int64_t *values, uint32_t rows,
				 int64_t slope, int64_t ends[2])
{
	const __m512i step = _mm512_set1_epi64((int64_t)(8 * (uint64_t)slope));
	const __m512i first = _mm512_set1_epi64(values[0]);
	struct bounds even = { first, first }, odd = even;
	__m512i line = line_from(0, (uint64_t)slope);
	uint32_t i = 0;

	for (; i + 16 <= rows; i += 16) {
		widen(&even, _mm512_sub_epi64(take(values + i), line));
		line = _mm512_add_epi64(line, step);
		widen(&odd, _mm512_sub_epi64(take(values + i + 8), line));
		line = _mm512_add_epi64(line, step);
	}
	for (; i < rows; i += 8) {
		const __mmask8 own = next_rows(rows - i);

		widen(&even, _mm512_mask_sub_epi64(
				     first, own,
				     _mm512_maskz_loadu_epi64(own, values + i), line));
		line = _mm512_add_epi64(line, step);
	}
	ends[0] = _mm512_reduce_min_epi64(_mm512_min_epi64(even.low, odd.low));
	ends[1] = _mm512_reduce_max_epi64(_mm512_max_epi64(even.high, odd.high));
}

static AVX512 void copy_avx512(const int64_t *from, uint32_t rows, int64_t add, int64_t *to,
			       int64_t ends[2])
{
	const __m512i more = _mm512_set1_epi64(add);
	struct bounds even = { _mm512_set1_epi64(ends[0]), _mm512_set1_epi64(ends[1]) };
	struct bounds odd = even;
	uint32_t i = 0;

	for (; i + 16 <= rows; i += 16) {
		const __m512i first = _mm512_add_epi64(take(from + i), more);
		const __m512i second = _mm512_add_epi64(take(from + i + 8), more);

		put(to + i, first);
		put(to + i + 8, second);
		widen(&even, first);
		widen(&odd, second);
	}
	ends[0] = _mm512_reduce_min_epi64(_mm512_min_epi64(even.low, odd.low));
	ends[1] = _mm512_reduce_max_epi64(_mm512_max_epi64(even.high, odd.high));
	packing_plain.copy(from + i, rows - i, add, to + i, ends);
}

static inline AVX512 __m512i eight_from(const uint16_t *from)
{
	return _mm512_cvtepu16_epi64(_mm_loadu_si128((const __m128i *)(const void *)from));
}

static AVX512 void widen_avx512(const uint16_t *from, uint32_t rows, int64_t add, int64_t *to,
				int64_t ends[2])
{
	const __m512i more = _mm512_set1_epi64(add);
	struct bounds bounds = { _mm512_set1_epi64(ends[0]), _mm512_set1_epi64(ends[1]) };
	uint32_t i = 0;

	for (; i + 8 <= rows; i += 8) {
		const __m512i eight = _mm512_add_epi64(eight_from(from + i), more);

		put(to + i, eight);
		widen(&bounds, eight);
	}
	ends[0] = _mm512_reduce_min_epi64(bounds.low);
	ends[1] = _mm512_reduce_max_epi64(bounds.high);
	packing_plain.widen(from + i, rows - i, add, to + i, ends);
}

/* A list to go through; the place of what is not on it is 0. */
struct short_list {
	__m512i values[PACKING_FEW], places[PACKING_FEW];
};

static inline AVX512 __m512i places_on(const struct short_list *list,
				       __m512i values)
{
	__m512i places = _mm512_setzero_si512();

	for (unsigned k = 0; k < PACKING_FEW; k++)
		places = _mm512_mask_or_epi64(
			places, _mm512_cmpeq_epi64_mask(values, list->values[k]),
			places, list->places[k]);
	return places;
}

static AVX512 bool match_avx512(const int64_t *values, uint32_t rows,
				const int64_t *list, uint32_t count,
				int64_t *places)
{
	struct short_list all;
	unsigned missing = 0;
	uint32_t i = 0;

	for (unsigned k = 0; k < PACKING_FEW; k++) {
		all.values[k] = _mm512_set1_epi64(k < count ? list[k] : 0);
		all.places[k] = _mm512_set1_epi64(k < count ? k + 1 : 0);
	}
	for (; i + 8 <= rows; i += 8) {
		const __m512i found = places_on(&all, take(values + i));

		put(places + i, found);
		missing |= _mm512_testn_epi64_mask(found, found);
	}
	return packing_plain.match(values + i, rows - i, list,
						    count, places + i) &&
	       missing == 0;
}

static AVX512 void pick_avx512(const int64_t list[PACKING_PICK], uint32_t rows,
			       int64_t *values)
{
	const __m512i all = take(list);
	uint32_t i = 0;

	for (; i + 8 <= rows; i += 8)
		put(values + i, _mm512_permutexvar_epi64(take(values + i), all));
	packing_plain.pick(list, rows - i, values + i);
}

static AVX512 void join_avx512(const int64_t *list, unsigned low, uint32_t rows, int64_t *values)
{
	const __m512i mask = _mm512_set1_epi64((int64_t)((UINT64_C(1) << low) - 1));
	const __m128i shift = _mm_cvtsi32_si128((int)low);
	uint32_t i = 0;

	for (; i + 8 <= rows; i += 8) {
		const __m512i all = take(values + i);
		const __m512i stems = _mm512_i64gather_epi64(_mm512_srl_epi64(all, shift), list, 8);

		put(values + i, _mm512_add_epi64(stems, _mm512_and_si512(all, mask)));
	}
	packing_plain.join(list, low, rows - i, values + i);
}

static AVX512 void place_avx512(const uint16_t *places, const int64_t *values, unsigned low,
				uint32_t rows, int64_t *placed)
{
	const __m512i mask = _mm512_set1_epi64((int64_t)((UINT64_C(1) << low) - 1));
	const __m128i shift = _mm_cvtsi32_si128((int)low);
	uint32_t i = 0;

	for (; i + 8 <= rows; i += 8)
		put(placed + i, _mm512_or_si512(_mm512_sll_epi64(eight_from(places + i), shift),
						_mm512_and_si512(take(values + i), mask)));
	packing_plain.place(places + i, values + i, low, rows - i, placed + i);
}

/* Integers of up to so many bits lie eight in a word. */
#define WIDTH_NARROW 8

/* Where the integers of eight rows lie, which together are width bytes; for one
 * each in a word, where they begin. */
struct shape {
	uint64_t shifts[8];             /* the bit of its byte, or of the word */
	uint8_t from[64];               /* 8 bytes for each, from those of all */
	uint8_t to[2][64];              /* bytes of all, from words of each: those */
	uint64_t own[2];                /* of even rows, and which; of odd rows */
};

static void shape_for(struct shape *shape, unsigned width)
{
	memset(shape, 0, sizeof(*shape));
	for (unsigned k = 0; k < 8; k++) {
		const unsigned at = k * width / 8, shift = k * width % 8;

		shape->shifts[k] = width > WIDTH_NARROW ? shift : k * width;
		for (unsigned byte = 0; byte < 8 && width > WIDTH_NARROW; byte++) {
			shape->from[8 * k + byte] = (uint8_t)(at + byte);
			if (8 * byte >= shift + width)
				continue;
			shape->to[k % 2][at + byte] = (uint8_t)(8 * k + byte);
			shape->own[k % 2] |= UINT64_C(1) << (at + byte);
		}
	}
}

/* The rows that can be done eight at a time, with so many bytes, of which no more
 * than 8 may lie behind the integers. */
static uint32_t rows_by_eight(const struct column *column)
{
	const size_t room = packing_size(column) + 8;
	const size_t need = column->width > WIDTH_NARROW ? 64 : 8;
	const size_t groups = column->rows / 8;
	size_t fit;

	if (room < need)
		return 0;
	fit = (room - need) / column->width + 1;
	return (uint32_t)(8 * (groups < fit ? groups : fit));
}

static inline AVX512 __m512i join(const struct shape *shape, __m512i integers)
{
	const __m512i moved = _mm512_sllv_epi64(integers, take(shape->shifts));

	return _mm512_or_si512(
		_mm512_maskz_permutexvar_epi8(shape->own[0], take(shape->to[0]), moved),
		_mm512_maskz_permutexvar_epi8(shape->own[1], take(shape->to[1]),
					      moved));
}

static AVX512 void pack_eights(const struct column *column, const int64_t *values,
			       uint32_t rows, uint8_t *data)
{
	const uint64_t slope = (uint64_t)column->slope;
	const uint64_t bits = WORD_OF(1) * ((1U << column->width % 32) - 1);
	const __m512i step = _mm512_set1_epi64((int64_t)(8 * slope));
	__m512i line = line_from((uint64_t)column->base, slope);
	struct shape shape;

	shape_for(&shape, column->width);
	for (uint32_t i = 0; i < rows; i += 8, data += column->width) {
		const __m512i eight = _mm512_sub_epi64(take(values + i), line);

		if (column->width > WIDTH_NARROW)
			put(data, join(&shape, eight));
		else
			word_store(data, _pext_u64((uint64_t)_mm_cvtsi128_si64(
							   _mm512_cvtepi64_epi8(eight)),
						   bits));
		line = _mm512_add_epi64(line, step);
	}
}

static AVX512 void pack_avx512(const struct column *column, const int64_t *values,
			       uint8_t *data)
{
	uint32_t done = 0;

	if (column->width > 0 && column->width <= PACKING_WIDTH_MOST) {
		done = rows_by_eight(column);
		pack_eights(column, values, done, data);
	}
	packing_pack_rest(column, values, done, data);
}

/* The work itself, put into a function for units of 1 and one for others. */
static inline AVX512 __attribute__((always_inline)) uint64_t
unpack_eights(const struct column *column, bool lone, bool narrow,
	      const uint8_t *data, uint32_t rows, int64_t *values)
{
	const uint64_t slope = (uint64_t)column->slope;
	const __m512i step = _mm512_set1_epi64((int64_t)(8 * slope));
	const __m512i unit = _mm512_set1_epi64(column->unit);
	const __m512i mask = _mm512_set1_epi64((1LL << column->width) - 1);
	__m512i line = line_from((uint64_t)column->base, slope);
	__m512i largest = _mm512_setzero_si512(), shifts, from;
	struct shape shape;

	shape_for(&shape, column->width);
	shifts = take(shape.shifts);
	from = take(shape.from);
	for (uint32_t i = 0; i < rows; i += 8, data += column->width) {
		const __m512i words =
			narrow ? _mm512_set1_epi64((int64_t)word_load(data))
			       : _mm512_permutexvar_epi8(from, take(data));
		const __m512i eight = _mm512_and_si512(
			_mm512_srlv_epi64(words, shifts), mask);

		largest = _mm512_max_epu64(largest, eight);
		put(values + i,
		    _mm512_add_epi64(line, lone ? eight
						: _mm512_mullo_epi64(eight, unit)));
		line = _mm512_add_epi64(line, step);
	}
	return _mm512_reduce_max_epu64(largest);
}

/* All values of a column without integers. */
static AVX512 void fill(const struct column *column, int64_t *values)
{
	const uint64_t slope = (uint64_t)column->slope;
	const __m512i step = _mm512_set1_epi64((int64_t)(8 * slope));
	__m512i line = line_from((uint64_t)column->base, slope);

	for (uint32_t i = 0; i < column->rows; i += 8) {
		_mm512_mask_storeu_epi64(values + i, next_rows(column->rows - i),
					 line);
		line = _mm512_add_epi64(line, step);
	}
}

static AVX512 uint64_t unpack_avx512(const struct column *column,
				     const uint8_t *data, int64_t *values)
{
	const bool narrow = column->width <= WIDTH_NARROW;
	uint64_t largest, rest;
	uint32_t done;

	if (column->width == 0) {
		fill(column, values);
		return 0;
	}
	if (column->width > PACKING_WIDTH_MOST)
		return packing_unpack_rest(column, data, 0, values);
	done = rows_by_eight(column);
	if (column->unit != 1)
		largest = unpack_eights(column, false, narrow, data, done, values);
	else if (narrow)
		largest = unpack_eights(column, true, true, data, done, values);
	else
		largest = unpack_eights(column, true, false, data, done, values);
	rest = packing_unpack_rest(column, data, done, values);
	return largest > rest ? largest : rest;
}

const struct packing packing_avx512 = {
	is_zero_avx512, extent_avx512, copy_avx512,  widen_avx512, match_avx512,
	pick_avx512,    join_avx512,   place_avx512, pack_avx512,  unpack_avx512
};

#endif
