/* SPDX-License-Identifier: Apache-2.0 */
/* The work on every value of a column, a value at a time: for any machine. */
#include "casefile/column/packing.h"

#include "base/word.h"

static bool is_zero_plain(const int64_t *values, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		if (values[i])
			return false;
	return true;
}

static void extent_plain(const int64_t *values, uint32_t rows, int64_t slope,
			 int64_t ends[2])
{
	int64_t low = values[0], high = values[0], line = 0;

	for (uint32_t i = 0; i < rows; i++, line += slope) {
		const int64_t value = values[i] - line;

		low = value < low ? value : low;
		high = value > high ? value : high;
	}
	ends[0] = low;
	ends[1] = high;
}

static void copy_plain(const int64_t *from, uint32_t rows, int64_t add, int64_t *to,
		       int64_t ends[2])
{
	int64_t low = ends[0], high = ends[1];

	for (uint32_t i = 0; i < rows; i++) {
		const int64_t value = (int64_t)((uint64_t)from[i] + (uint64_t)add);

		to[i] = value;
		low = value < low ? value : low;
		high = value > high ? value : high;
	}
	ends[0] = low;
	ends[1] = high;
}

static void widen_plain(const uint16_t *from, uint32_t rows, int64_t add, int64_t *to,
			int64_t ends[2])
{
	for (uint32_t i = 0; i < rows; i++) {
		to[i] = (int64_t)((uint64_t)from[i] + (uint64_t)add);
		ends[0] = to[i] < ends[0] ? to[i] : ends[0];
		ends[1] = to[i] > ends[1] ? to[i] : ends[1];
	}
}

static bool match_plain(const int64_t *values, uint32_t rows, const int64_t *list,
			uint32_t count, int64_t *places)
{
	bool all = true;

	for (uint32_t i = 0; i < rows; i++) {
		int64_t place = 0;

		for (uint32_t k = 0; k < count; k++)
			place = values[i] == list[k] ? (int64_t)k + 1 : place;
		places[i] = place;
		all = all && place;
	}
	return all;
}

static void pick_plain(const int64_t list[PACKING_PICK], uint32_t rows,
		       int64_t *values)
{
	for (uint32_t i = 0; i < rows; i++)
		values[i] = list[values[i]];
}

static void join_plain(const int64_t *list, unsigned low, uint32_t rows, int64_t *values)
{
	const uint64_t mask = (UINT64_C(1) << low) - 1;

	for (uint32_t i = 0; i < rows; i++) {
		const uint64_t value = (uint64_t)values[i];

		values[i] = (int64_t)((uint64_t)list[value >> low] + (value & mask));
	}
}

static void place_plain(const uint16_t *places, const int64_t *values, unsigned low,
			uint32_t rows, int64_t *placed)
{
	const uint64_t mask = (UINT64_C(1) << low) - 1;

	for (uint32_t i = 0; i < rows; i++)
		placed[i] = (int64_t)((uint64_t)places[i] << low | ((uint64_t)values[i] & mask));
}

/* Integers put one after another, bit by bit. */
struct packer {
	uint8_t *data;
	uint64_t bits;
	unsigned filled;
};

static inline void pack(struct packer *packer, uint64_t value, unsigned width)
{
	packer->bits |= value << packer->filled;
	packer->filled += width;
	if (packer->filled < 64)
		return;
	word_store(packer->data, packer->bits);
	packer->data += 8;
	packer->filled -= 64;
	packer->bits = packer->filled ? value >> (width - packer->filled) : 0;
}

/* Writes up to 8 bytes more than are filled. */
static void pack_end(struct packer *packer)
{
	word_store(packer->data, packer->bits);
	word_store(packer->data + (packer->filled + 7) / 8, 0);
}

void packing_pack_rest(const struct column *column, const int64_t *values,
		       uint32_t first, uint8_t *data)
{
	const unsigned width = column->width;
	const uint64_t slope = (uint64_t)column->slope;
	uint64_t line = (uint64_t)column->base + slope * first;
	struct packer packer = { data + (size_t)width * (first / 8), 0, 0 };

	for (uint32_t i = first; i < column->rows && width; i++, line += slope)
		pack(&packer, (uint64_t)values[i] - line, width);
	pack_end(&packer);
}

static void pack_plain(const struct column *column, const int64_t *values,
		       uint8_t *data)
{
	packing_pack_rest(column, values, 0, data);
}

uint64_t packing_unpack_rest(const struct column *column, const uint8_t *data,
			     uint32_t first, int64_t *values)
{
	const unsigned width = column->width;
	const uint64_t mask = width < 64 ? (UINT64_C(1) << width) - 1 : UINT64_MAX;
	const uint64_t unit = (uint64_t)column->unit;
	const uint64_t slope = (uint64_t)column->slope;
	uint64_t line = (uint64_t)column->base + slope * first;
	uint64_t largest = 0;
	size_t at = (size_t)width * first;

	for (uint32_t i = first; i < column->rows; i++, at += width) {
		const uint64_t value = word_load(data + at / 8) >> at % 8 & mask;

		largest = value > largest ? value : largest;
		values[i] = (int64_t)(line + unit * value);
		line += slope;
	}
	return largest;
}

static uint64_t unpack_plain(const struct column *column, const uint8_t *data,
			     int64_t *values)
{
	return packing_unpack_rest(column, data, 0, values);
}

const struct packing packing_plain = {
	is_zero_plain, extent_plain, copy_plain,  widen_plain, match_plain,
	pick_plain,    join_plain,   place_plain, pack_plain,  unpack_plain
};

const struct packing *packing_choose(enum cpu_level level)
{
	static const struct packing *const all[CPU_LEVELS] = {
		[CPU_PLAIN] = &packing_plain,
#if CPU_X86
		[CPU_SSE2] = &packing_plain,
		[CPU_AVX2] = &packing_avx2,
		[CPU_AVX512] = &packing_avx512,
#endif
	};

	return all[level];
}

const struct packing *packing_fastest(void)
{
	return packing_choose(cpu_level());
}
