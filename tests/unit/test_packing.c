/* SPDX-License-Identifier: Apache-2.0 */
/* The work on columns for each kind of machine: all give the same, and touch nothing beyond their memory. */
#include <stdlib.h>

#include "casefile/column/packing.h"
#include "scratch.h"
#include "tap.h"

#define ROWS_MOST 300

/* The memory of each call is of its own and just as long as is said, so that a checker of memory sees every byte. */
struct bench {
	const struct packing *packing, *plain;
	uint64_t state;
};

static uint64_t mask_of(unsigned width)
{
	return width == 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

/* Integers of so many bits on a slope, packed and taken out again both ways. */
static bool both_ways(struct bench *bench, const struct column *column)
{
	const size_t len = packing_size(column) + 8;
	int64_t *values = calloc(column->rows, sizeof *values);
	int64_t *back[2] = { calloc(column->rows, sizeof *values), calloc(column->rows, sizeof *values) };
	uint8_t *data[2] = { malloc(len), malloc(len) };
	bool good = values && back[0] && back[1] && data[0] && data[1];
	uint64_t largest = 0;

	for (uint32_t i = 0; i < column->rows && good; i++) {
		const uint64_t integer = scratch_random(&bench->state) & mask_of(column->width);

		largest = integer > largest ? integer : largest;
		values[i] = (int64_t)((uint64_t)column->base + (uint64_t)column->slope * i + integer);
	}
	if (good) {
		memset(data[0], 0x11, len);
		memset(data[1], 0xee, len);
		bench->plain->pack(column, values, data[0]);
		bench->packing->pack(column, values, data[1]);
		good = !memcmp(data[0], data[1], len) && bench->plain->unpack(column, data[0], back[0]) == largest &&
		       bench->packing->unpack(column, data[1], back[1]) == largest &&
		       !memcmp(back[0], values, column->rows * sizeof *values) && !memcmp(back[0], back[1], column->rows * sizeof *values);
	}
	free(values);
	free(back[0]);
	free(back[1]);
	free(data[0]);
	free(data[1]);
	return good;
}

static void test_widths(struct tap *tap, struct bench *bench)
{
	for (unsigned width = 0; width <= 64; width++) {
		unsigned wrong = 0;

		if (width > PACKING_WIDTH_MOST && width < 64)
			continue;
		for (uint32_t rows = 1; rows <= ROWS_MOST; rows += rows < 70 ? 1 : 23) {
			const struct column plain = { .unit = 1, .width = width, .rows = rows };
			const struct column sloping = { -12345, INT64_C(987654321), 1, width, 0, rows, NULL };

			wrong += !both_ways(bench, &plain) || !both_ways(bench, &sloping);
		}
		OK(tap, wrong == 0, "%u bits", width);
	}
}

static void test_units(struct tap *tap, struct bench *bench)
{
	static const int64_t units[] = { 2, 1000, 86400000, INT64_C(1) << 32, (INT64_C(1) << 32) - 1, INT64_C(123456789012345), INT64_MAX };
	uint8_t data[8 * 64 + 8];
	int64_t values[2][64];
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)scratch_random(&bench->state);
	for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
		for (unsigned width = 0; width <= PACKING_WIDTH_MOST; width++) {
			const struct column column = { INT64_C(-4000000000000000000), 77, units[u], width, 0, 61, NULL };

			wrong += bench->plain->unpack(&column, data, values[0]) != bench->packing->unpack(&column, data, values[1]) ||
				 memcmp(values[0], values[1], 61 * sizeof **values) != 0;
		}
	}
	OK(tap, wrong == 0, "units of every size, modulo 2^64");
}

static void test_extent(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (uint32_t turn = 0; turn < 2000; turn++) {
		const uint32_t rows = 1 + turn % 40;
		const unsigned shift = 1 + turn % 62;
		const int64_t slope = turn % 3 ? 0 : (int64_t)(scratch_random(&bench->state) >> 20);
		int64_t *values = calloc(rows, sizeof *values);
		int64_t ends[2][2] = { { 1, 0 }, { 1, 0 } };

		if (!values)
			return;
		for (uint32_t i = 0; i < rows; i++)
			values[i] = (int64_t)(scratch_random(&bench->state) >> shift) - (turn % 2 ? 0 : INT64_C(1) << (63 - shift));
		bench->plain->extent(values, rows, slope, ends[0]);
		bench->packing->extent(values, rows, slope, ends[1]);
		wrong += ends[0][0] != ends[1][0] || ends[0][1] != ends[1][1] || ends[0][0] > values[0] || ends[0][1] < values[0];
		free(values);
	}
	OK(tap, wrong == 0, "the least and the greatest of 2,000 columns");
}

static void test_zero(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (uint32_t rows = 1; rows < 40; rows++) {
		int64_t *values = calloc(rows, sizeof *values);

		if (!values)
			return;
		wrong += !bench->packing->is_zero(values, rows);
		for (uint32_t i = 0; i < rows; i++) {
			values[i] = i % 2 ? 1 : INT64_MIN;
			wrong += bench->packing->is_zero(values, rows);
			values[i] = 0;
		}
		free(values);
	}
	OK(tap, wrong == 0, "zeros, and one value that is none");
}

static void test_match(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0, all = 0;

	for (uint32_t turn = 0; turn < 2000; turn++) {
		const uint32_t rows = 1 + turn % 70, count = turn / 70 % (PACKING_FEW + 1);
		int64_t list[PACKING_FEW], *values = calloc(rows, sizeof *values), *places = calloc(rows, sizeof *places);
		bool good = true;

		if (!values || !places)
			return;
		for (uint32_t k = 0; k < count; k++)
			list[k] = (int64_t)((scratch_random(&bench->state) >> 2 & ~UINT64_C(7)) + k) - (INT64_C(1) << 61);
		for (uint32_t i = 0; i < rows; i++) {
			const uint64_t any = scratch_random(&bench->state);

			values[i] = count && any % 64 ? list[any / 64 % count] : (int64_t)(any % 3);
		}
		good = bench->packing->match(values, rows, list, count, places);
		for (uint32_t i = 0; i < rows; i++) {
			int64_t place = 0;

			for (uint32_t k = 0; k < count; k++)
				place = values[i] == list[k] ? (int64_t)k + 1 : place;
			wrong += places[i] != place || (good && !place);
			all += good;
		}
		for (uint32_t i = 0; i < rows && !good; i++)
			good = places[i] == 0;
		wrong += !good;
		free(values);
		free(places);
	}
	OK(tap, wrong == 0 && all > 1000, "places on a short list");
}

static void test_pick(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (uint32_t rows = 1; rows < 100; rows++) {
		int64_t list[PACKING_PICK], *values = calloc(rows, sizeof *values), *places = calloc(rows, sizeof *places);

		if (!values || !places)
			return;
		for (uint32_t k = 0; k < PACKING_PICK; k++)
			list[k] = (int64_t)scratch_random(&bench->state);
		for (uint32_t i = 0; i < rows; i++)
			values[i] = places[i] = (int64_t)(scratch_random(&bench->state) % PACKING_PICK);
		bench->packing->pick(list, rows, values);
		for (uint32_t i = 0; i < rows; i++)
			wrong += values[i] != list[places[i]];
		free(values);
		free(places);
	}
	OK(tap, wrong == 0, "places to what is listed there");
}

static void test_join(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (uint32_t rows = 1; rows < 100; rows++) {
		const unsigned low = 1 + rows % 56;
		const uint64_t count = 1 + scratch_random(&bench->state) % 40;
		int64_t *list = calloc(count, sizeof *list);
		int64_t *values = calloc(rows, sizeof *values), *joined = calloc(rows, sizeof *joined);

		if (!list || !values || !joined)
			return;
		for (uint64_t k = 0; k < count; k++)
			list[k] = (int64_t)scratch_random(&bench->state);
		for (uint32_t i = 0; i < rows; i++) {
			const uint64_t place = scratch_random(&bench->state) % count, bits = scratch_random(&bench->state) & mask_of(low);

			values[i] = (int64_t)(place << low | bits);
			joined[i] = (int64_t)((uint64_t)list[place] + bits);
		}
		bench->packing->join(list, low, rows, values);
		wrong += memcmp(values, joined, rows * sizeof *values) != 0;
		free(list);
		free(values);
		free(joined);
	}
	OK(tap, wrong == 0, "places and low bits to what they stand for");
}

static void test_copy(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (uint32_t turn = 0; turn < 2000; turn++) {
		const uint32_t rows = turn % 70;
		const int64_t add = turn % 3 ? 0 : (int64_t)(scratch_random(&bench->state) >> 4);
		int64_t values[70], copies[70], ends[2] = { INT64_MAX, INT64_MIN }, low = INT64_MAX, high = INT64_MIN;

		if (turn % 5 == 0)
			low = high = ends[0] = ends[1] = 77;
		for (uint32_t i = 0; i < rows; i++) {
			values[i] = (int64_t)(scratch_random(&bench->state) >> (2 + turn % 60)) - (turn % 2 ? 0 : 1000);
			low = values[i] + add < low ? values[i] + add : low;
			high = values[i] + add > high ? values[i] + add : high;
		}
		bench->packing->copy(values, rows, add, copies, ends);
		wrong += ends[0] != low || ends[1] != high;
		for (uint32_t i = 0; i < rows; i++)
			wrong += copies[i] != values[i] + add;
	}
	OK(tap, wrong == 0, "copies, with the least and the greatest of 2,000 columns and those before");
}

static void test_widen(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (uint32_t turn = 0; turn < 2000; turn++) {
		const uint32_t rows = turn % 70;
		const int64_t add = turn % 3 ? -1 : 0;
		int64_t copies[70], ends[2] = { INT64_MAX, INT64_MIN }, low = INT64_MAX, high = INT64_MIN;
		uint16_t values[70];

		if (turn % 5 == 0)
			low = high = ends[0] = ends[1] = 77;
		for (uint32_t i = 0; i < rows; i++) {
			values[i] = (uint16_t)(scratch_random(&bench->state) >> (turn % 17 + 47));
			low = values[i] + add < low ? values[i] + add : low;
			high = values[i] + add > high ? values[i] + add : high;
		}
		bench->packing->widen(values, rows, add, copies, ends);
		wrong += ends[0] != low || ends[1] != high;
		for (uint32_t i = 0; i < rows; i++)
			wrong += copies[i] != values[i] + add;
	}
	OK(tap, wrong == 0, "copies of 16 bits, with the least and the greatest");
}

static void test_place(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (uint32_t turn = 0; turn < 2000; turn++) {
		const uint32_t rows = turn % 40;
		const unsigned low = turn % 51;
		uint16_t places[40];
		int64_t values[40], placed[40];

		for (uint32_t i = 0; i < rows; i++) {
			places[i] = (uint16_t)(scratch_random(&bench->state) % 8192);
			values[i] = (int64_t)scratch_random(&bench->state);
		}
		bench->packing->place(places, values, low, rows, placed);
		for (uint32_t i = 0; i < rows; i++)
			wrong += (uint64_t)placed[i] != ((uint64_t)places[i] << low | ((uint64_t)values[i] & mask_of(low)));
	}
	OK(tap, wrong == 0, "places above low bits");
}

int main(void)
{
	struct tap tap = { 0 };

	for (enum cpu_level level = 0; level < CPU_LEVELS; level++) {
		struct bench bench = { packing_choose(level), packing_choose(CPU_PLAIN), 5 };

		if (!cpu_has(level)) {
			tap_skip(&tap, cpu_name(level), "not on this machine");
			continue;
		}
		test_widths(&tap, &bench);
		test_units(&tap, &bench);
		test_extent(&tap, &bench);
		test_zero(&tap, &bench);
		test_match(&tap, &bench);
		test_pick(&tap, &bench);
		test_join(&tap, &bench);
		test_copy(&tap, &bench);
		test_widen(&tap, &bench);
		test_place(&tap, &bench);
	}
	return tap_done(&tap);
}
