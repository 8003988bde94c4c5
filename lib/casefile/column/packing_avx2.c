/* SPDX-License-Identifier: Apache-2.0 */
/* The work on every value of a column, eight values at a time. */
#include "casefile/column/packing.h"

#include <string.h>

#if CPU_X86

#include <immintrin.h>

#define AVX2 CPU_TARGET_AVX2

static inline AVX2 __m256i take(const void *from)
{
	return _mm256_loadu_si256((const __m256i *)from);
}

static inline AVX2 void put(void *to, __m256i values)
{
	_mm256_storeu_si256((__m256i *)to, values);
}

static AVX2 bool is_zero_avx2(const int64_t *values, uint32_t rows)
{
	uint32_t i = 0;

	for (; i + 8 <= rows; i += 8) {
		const __m256i any = _mm256_or_si256(take(values + i),
						    take(values + i + 4));

		if (!_mm256_testz_si256(any, any))
			return false;
	}
	return packing_plain.is_zero(values + i, rows - i);
}

/* start and what is slope further for each of four values. */
static inline AVX2 __m256i line_from(uint64_t start, uint64_t slope)
{
	return _mm256_set_epi64x((int64_t)(start + 3 * slope),
				 (int64_t)(start + 2 * slope),
				 (int64_t)(start + slope), (int64_t)start);
}

struct bounds {
	__m256i low, high;
};

static inline AVX2 void widen(struct bounds *bounds, __m256i values)
{
	bounds->low = _mm256_blendv_epi8(bounds->low, values,
					 _mm256_cmpgt_epi64(bounds->low, values));
	bounds->high = _mm256_blendv_epi8(
		bounds->high, values, _mm256_cmpgt_epi64(values, bounds->high));
}

/* The least and the greatest of both. */
static inline AVX2 void ends_of(struct bounds all, struct bounds more, int64_t ends[2])
{
	int64_t lows[4], highs[4];

	/* Neither may have met any value. */
	put(lows, _mm256_blendv_epi8(all.low, more.low, _mm256_cmpgt_epi64(all.low, more.low)));
	put(highs, _mm256_blendv_epi8(all.high, more.high, _mm256_cmpgt_epi64(more.high, all.high)));
	ends[0] = lows[0];
	ends[1] = highs[0];
	for (unsigned k = 1; k < 4; k++) {
		ends[0] = lows[k] < ends[0] ? lows[k] : ends[0];
		ends[1] = highs[k] > ends[1] ? highs[k] : ends[1];
	}
}

/* So many that none waits for the one before it. */
#define WIDENED 4

/* The work itself, put into a function for no slope and one for others; returns the rows done. */
static inline AVX2 __attribute__((always_inline)) uint32_t
widen_all(const int64_t *values, uint32_t rows, int64_t slope, bool level, struct bounds bounds[WIDENED])
{
	const __m256i step = _mm256_set1_epi64x(4 * slope);
	__m256i line = line_from(0, (uint64_t)slope);
	uint32_t i = 0;

	for (; i + 4 * WIDENED <= rows; i += 4 * WIDENED)
		for (unsigned k = 0; k < WIDENED; k++) {
			const __m256i four = take(values + i + (size_t)4 * k);

			widen(&bounds[k], level ? four : _mm256_sub_epi64(four, line));
			line = level ? line : _mm256_add_epi64(line, step);
		}
	return i;
}

static AVX2 void extent_avx2(const int64_t *values, uint32_t rows, int64_t slope,
			     int64_t ends[2])
{
	const __m256i first = _mm256_set1_epi64x(values[0]);
	struct bounds bounds[WIDENED] = { { first, first }, { first, first }, { first, first }, { first, first } };
	uint32_t i = slope ? widen_all(values, rows, slope, false, bounds)
			   : widen_all(values, rows, 0, true, bounds);

	for (unsigned k = 1; k < WIDENED; k++) {
		widen(&bounds[0], bounds[k].low);
		widen(&bounds[0], bounds[k].high);
	}
	for (; i < rows; i++)
		widen(&bounds[0], _mm256_set1_epi64x((int64_t)((uint64_t)values[i] - (uint64_t)slope * i)));
	ends_of(bounds[0], bounds[0], ends);
}

static AVX2 void copy_avx2(const int64_t *from, uint32_t rows, int64_t add, int64_t *to,
			   int64_t ends[2])
{
	const __m256i more = _mm256_set1_epi64x(add);
	struct bounds even = { _mm256_set1_epi64x(ends[0]), _mm256_set1_epi64x(ends[1]) };
	struct bounds odd = even;
	uint32_t i = 0;

	for (; i + 8 <= rows; i += 8) {
		const __m256i first = _mm256_add_epi64(take(from + i), more);
		const __m256i second = _mm256_add_epi64(take(from + i + 4), more);

		put(to + i, first);
		put(to + i + 4, second);
		widen(&even, first);
		widen(&odd, second);
	}
	ends_of(even, odd, ends);
	packing_plain.copy(from + i, rows - i, add, to + i, ends);
}

static inline AVX2 __m256i four_from(const uint16_t *from)
{
	return _mm256_cvtepu16_epi64(_mm_loadl_epi64((const __m128i *)(const void *)from));
}

/* Sixteen values at a time are so many that the ends are told by those of 16 bits. */
static AVX2 void widen_avx2(const uint16_t *from, uint32_t rows, int64_t add, int64_t *to,
			    int64_t ends[2])
{
	const __m256i more = _mm256_set1_epi64x(add);
	__m256i low = _mm256_set1_epi16(-1), high = _mm256_setzero_si256();
	uint16_t met[2][16];
	int64_t spare[16];
	uint32_t i = 0;

	for (; i + 16 <= rows; i += 16) {
		const __m256i all = take(from + i);

		low = _mm256_min_epu16(low, all);
		high = _mm256_max_epu16(high, all);
		for (unsigned k = 0; k < 16; k += 4)
			put(to + i + k, _mm256_add_epi64(four_from(from + i + k), more));
	}
	put(met[0], low);
	put(met[1], high);
	if (i > 0) {
		packing_plain.widen(met[0], 16, add, spare, ends);
		packing_plain.widen(met[1], 16, add, spare, ends);
	}
	packing_plain.widen(from + i, rows - i, add, to + i, ends);
}

/* A list to go through; the place of what is not on it is 0. */
struct short_list {
	__m256i values[PACKING_FEW], places[PACKING_FEW];
};

static inline AVX2 __m256i places_on(const struct short_list *list, __m256i values)
{
	__m256i places = _mm256_setzero_si256();

	for (unsigned k = 0; k < PACKING_FEW; k++)
		places = _mm256_or_si256(
			places,
			_mm256_and_si256(_mm256_cmpeq_epi64(values, list->values[k]),
					 list->places[k]));
	return places;
}

static AVX2 bool match_avx2(const int64_t *values, uint32_t rows,
			    const int64_t *list, uint32_t count, int64_t *places)
{
	__m256i missing = _mm256_setzero_si256();
	struct short_list all;
	uint32_t i = 0;

	for (unsigned k = 0; k < PACKING_FEW; k++) {
		all.values[k] = _mm256_set1_epi64x(k < count ? list[k] : 0);
		all.places[k] = _mm256_set1_epi64x(k < count ? k + 1 : 0);
	}
	for (; i + 4 <= rows; i += 4) {
		const __m256i found = places_on(&all, take(values + i));

		put(places + i, found);
		missing = _mm256_or_si256(
			missing,
			_mm256_cmpeq_epi64(found, _mm256_setzero_si256()));
	}
	return packing_plain.match(values + i, rows - i, list,
						    count, places + i) &&
	       _mm256_testz_si256(missing, missing);
}

/* Four of the list for the two lowest bits of each place. */
static inline AVX2 __m256d half_picked(__m256i half, __m256i places)
{
	const __m256i twice = _mm256_slli_epi64(places, 1);
	const __m256i halves = _mm256_add_epi64(
		_mm256_or_si256(twice, _mm256_slli_epi64(twice, 32)),
		_mm256_set1_epi64x(1LL << 32));

	return _mm256_castsi256_pd(_mm256_permutevar8x32_epi32(half, halves));
}

static AVX2 void pick_avx2(const int64_t list[PACKING_PICK], uint32_t rows,
			   int64_t *values)
{
	const __m256i low = take(list), high = take(list + 4);
	uint32_t i = 0;

	for (; i + 4 <= rows; i += 4) {
		const __m256i places = take(values + i);
		const __m256d which = _mm256_castsi256_pd(
			_mm256_slli_epi64(places, 61));

		put(values + i, _mm256_castpd_si256(_mm256_blendv_pd(
					half_picked(low, places),
					half_picked(high, places), which)));
	}
	packing_plain.pick(list, rows - i, values + i);
}

/* The lists are near; four loads take what a gather of them takes, or less. */
static AVX2 void join_avx2(const int64_t *list, unsigned low, uint32_t rows, int64_t *values)
{
	const __m256i mask = _mm256_set1_epi64x((int64_t)((UINT64_C(1) << low) - 1));
	const __m128i shift = _mm_cvtsi32_si128((int)low);
	uint32_t i = 0;

	for (; i + 4 <= rows; i += 4) {
		const __m256i all = take(values + i);
		const __m256i stems = _mm256_i64gather_epi64((const long long *)list, _mm256_srl_epi64(all, shift), 8);

		put(values + i, _mm256_add_epi64(stems, _mm256_and_si256(all, mask)));
	}
	packing_plain.join(list, low, rows - i, values + i);
}

static AVX2 void place_avx2(const uint16_t *places, const int64_t *values, unsigned low,
			    uint32_t rows, int64_t *placed)
{
	const __m256i mask = _mm256_set1_epi64x((int64_t)((UINT64_C(1) << low) - 1));
	const __m128i shift = _mm_cvtsi32_si128((int)low);
	uint32_t i = 0;

	for (; i + 4 <= rows; i += 4)
		put(placed + i, _mm256_or_si256(_mm256_sll_epi64(four_from(places + i), shift),
						_mm256_and_si256(take(values + i), mask)));
	packing_plain.place(places + i, values + i, low, rows - i, placed + i);
}

/* Where the integers of eight rows lie, which together are width bytes. Two at
 * a time, a pair, they lie within 16 bytes. */
struct shape {
	size_t at[4];                   /* the byte where a pair begins */
	uint8_t from[4][16];            /* 8 bytes for each from those of a pair */
	uint8_t second[4][16];          /* those of a pair from its second */
	uint8_t carried[4][16];         /* the byte that the next pair shares */
	uint64_t shifts[8];             /* the bit of its byte where each begins */
};

#define NOWHERE 0x80                    /* shuffles a 0 there */

static void shape_for(struct shape *shape, unsigned width)
{
	memset(shape, NOWHERE, sizeof(*shape));
	for (unsigned k = 0; k < 4; k++) {
		const unsigned at = 2 * k * width / 8;
		const unsigned second = (2 * k + 1) * width / 8 - at;

		shape->at[k] = at;
		shape->shifts[2 * k] = 2 * k * width % 8;
		shape->shifts[2 * k + 1] = (2 * k + 1) * width % 8;
		shape->carried[k][0] = (uint8_t)((2 * k + 2) * width / 8 - at);
		for (unsigned byte = 0; byte < 8; byte++) {
			shape->from[k][byte] = (uint8_t)byte;
			shape->from[k][8 + byte] = (uint8_t)(second + byte);
			shape->second[k][second + byte] = (uint8_t)(8 + byte);
		}
	}
}

/* The rows that can be done eight at a time with 16 bytes a pair, of which no
 * more than 8 may lie behind the integers. */
static uint32_t rows_by_eight(const struct column *column,
			      const struct shape *shape)
{
	const size_t room = packing_size(column) + 8;
	const size_t need = shape->at[3] + 16;
	size_t groups = column->rows / 8;

	if (room < need)
		return 0;
	if (groups > (room - need) / column->width + 1)
		groups = (room - need) / column->width + 1;
	return (uint32_t)(8 * groups);
}

static inline AVX2 __m128i take_pair(const uint8_t *from)
{
	return _mm_loadu_si128((const __m128i *)(const void *)from);
}

static inline AVX2 void put_pair(uint8_t *to, __m128i bytes)
{
	_mm_storeu_si128((__m128i *)(void *)to, bytes);
}

/* Four integers moved to where in their bytes they begin, two pairs. */
static inline AVX2 __m256i join(__m256i integers, __m256i shifts, __m256i seconds)
{
	const __m256i firsts = _mm256_broadcastsi128_si256(
		_mm_set_epi64x(-1, INT64_C(0x0706050403020100)));
	const __m256i moved = _mm256_sllv_epi64(integers, shifts);

	return _mm256_or_si256(_mm256_shuffle_epi8(moved, firsts),
			       _mm256_shuffle_epi8(moved, seconds));
}

/* The pair and what the one before it left in their common byte. */
static inline AVX2 __m128i carry(__m128i pair, __m128i before, const uint8_t *carried)
{
	return _mm_or_si128(pair, _mm_shuffle_epi8(before, take_pair(carried)));
}

static AVX2 void pack_eights(const struct column *column, const struct shape *shape,
			     const int64_t *values, uint32_t rows, uint8_t *data)
{
	const uint64_t slope = (uint64_t)column->slope;
	const __m256i step = _mm256_set1_epi64x((int64_t)(4 * slope));
	const __m256i shifts[2] = { take(shape->shifts), take(shape->shifts + 4) };
	const __m256i seconds[2] = { take(shape->second[0]), take(shape->second[2]) };
	__m256i line = line_from((uint64_t)column->base, slope);

	for (uint32_t i = 0; i < rows; i += 8, data += column->width) {
		const __m256i low = join(_mm256_sub_epi64(take(values + i), line),
					 shifts[0], seconds[0]);
		const __m256i next = _mm256_add_epi64(line, step);
		const __m256i high = join(_mm256_sub_epi64(take(values + i + 4), next),
					  shifts[1], seconds[1]);
		const __m128i a = _mm256_castsi256_si128(low);
		const __m128i b = carry(_mm256_extracti128_si256(low, 1), a,
					shape->carried[0]);
		const __m128i c = carry(_mm256_castsi256_si128(high), b,
					shape->carried[1]);

		put_pair(data, a);
		put_pair(data + shape->at[1], b);
		put_pair(data + shape->at[2], c);
		put_pair(data + shape->at[3],
			 carry(_mm256_extracti128_si256(high, 1), c,
			       shape->carried[2]));
		line = _mm256_add_epi64(next, step);
	}
}

static AVX2 void pack_avx2(const struct column *column, const int64_t *values,
			   uint8_t *data)
{
	struct shape shape;
	uint32_t done = 0;

	if (column->width > 0 && column->width <= PACKING_WIDTH_MOST) {
		shape_for(&shape, column->width);
		done = rows_by_eight(column, &shape);
		pack_eights(column, &shape, values, done, data);
	}
	packing_pack_rest(column, values, done, data);
}

/* Products modulo 2^64; unit has its upper half beside it. */
static inline AVX2 __m256i times(__m256i integers, __m256i unit, __m256i upper)
{
	const __m256i cross =
		_mm256_add_epi64(_mm256_mul_epu32(integers, upper),
				 _mm256_mul_epu32(_mm256_srli_epi64(integers, 32),
						  unit));

	return _mm256_add_epi64(_mm256_mul_epu32(integers, unit),
				_mm256_slli_epi64(cross, 32));
}

/* The integers of two pairs. */
static inline AVX2 __m256i part(const uint8_t *first, const uint8_t *second,
				__m256i from, __m256i shifts, __m256i mask)
{
	const __m256i bytes = _mm256_inserti128_si256(
		_mm256_castsi128_si256(take_pair(first)), take_pair(second), 1);

	return _mm256_and_si256(
		_mm256_srlv_epi64(_mm256_shuffle_epi8(bytes, from), shifts), mask);
}

static inline AVX2 __m256i greater(__m256i a, __m256i b)
{
	return _mm256_blendv_epi8(a, b, _mm256_cmpgt_epi64(b, a));
}

/* The work itself, put into a function for units of 1 and one for others. */
static inline AVX2 __attribute__((always_inline)) __m256i
unpack_eights(const struct column *column, const struct shape *shape, bool lone,
	      const uint8_t *data, uint32_t rows, int64_t *values)
{
	const uint64_t slope = (uint64_t)column->slope;
	const __m256i step = _mm256_set1_epi64x((int64_t)(4 * slope));
	const __m256i unit = _mm256_set1_epi64x(column->unit);
	const __m256i upper = _mm256_srli_epi64(unit, 32);
	const __m256i mask = _mm256_set1_epi64x((1LL << column->width) - 1);
	const __m256i shifts[2] = { take(shape->shifts), take(shape->shifts + 4) };
	const __m256i from[2] = { take(shape->from[0]), take(shape->from[2]) };
	__m256i line = line_from((uint64_t)column->base, slope);
	__m256i largest[2] = { _mm256_setzero_si256(), _mm256_setzero_si256() };

	for (uint32_t i = 0; i < rows; i += 8, data += column->width) {
		const __m256i low = part(data, data + shape->at[1], from[0],
					 shifts[0], mask);
		const __m256i high = part(data + shape->at[2], data + shape->at[3],
					  from[1], shifts[1], mask);
		const __m256i next = _mm256_add_epi64(line, step);

		largest[0] = greater(largest[0], low);
		largest[1] = greater(largest[1], high);
		put(values + i,
		    _mm256_add_epi64(line, lone ? low : times(low, unit, upper)));
		put(values + i + 4,
		    _mm256_add_epi64(next, lone ? high : times(high, unit, upper)));
		line = _mm256_add_epi64(next, step);
	}
	return greater(largest[0], largest[1]);
}

/* All values of a column without integers. */
static AVX2 void fill(const struct column *column, int64_t *values)
{
	const uint64_t slope = (uint64_t)column->slope;
	const __m256i step = _mm256_set1_epi64x((int64_t)(4 * slope));
	__m256i line = line_from((uint64_t)column->base, slope);
	uint32_t i = 0;

	for (; i + 4 <= column->rows; i += 4) {
		put(values + i, line);
		line = _mm256_add_epi64(line, step);
	}
	for (; i < column->rows; i++)
		values[i] = (int64_t)((uint64_t)column->base + slope * i);
}

static AVX2 uint64_t unpack_avx2(const struct column *column, const uint8_t *data,
				 int64_t *values)
{
	struct shape shape;
	uint64_t all[4], largest;
	uint32_t done;

	if (column->width == 0) {
		fill(column, values);
		return 0;
	}
	if (column->width > PACKING_WIDTH_MOST)
		return packing_unpack_rest(column, data, 0, values);
	shape_for(&shape, column->width);
	done = rows_by_eight(column, &shape);
	put(all, column->unit == 1
			 ? unpack_eights(column, &shape, true, data, done, values)
			 : unpack_eights(column, &shape, false, data, done, values));
	largest = packing_unpack_rest(column, data, done, values);
	for (unsigned k = 0; k < 4; k++)
		largest = all[k] > largest ? all[k] : largest;
	return largest;
}

const struct packing packing_avx2 = {
	is_zero_avx2, extent_avx2, copy_avx2,  widen_avx2, match_avx2,
	pick_avx2,    join_avx2,   place_avx2, pack_avx2,  unpack_avx2
};

#endif
