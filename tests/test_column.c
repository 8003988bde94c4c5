/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of every width, slope and unit; what a damaged file may say of one. */
#include <stdlib.h>

#include "casefile/column.h"
#include "casefile/segment.h"
#include "scratch.h"
#include "tap.h"

#define TOP ((INT64_C(1) << 62) - 1)    /* the greatest value a column takes */
#define CANARY 0x5a

/* One set of memory for all columns. */
struct bench {
	int64_t *values;
	int64_t *decoded;
	uint8_t *data;
	uint64_t state;
};

static size_t room(uint32_t rows)
{
	return (size_t)8 * rows + 8;
}

/* Codes the first rows values and takes them back, all at once and one by one. */
static bool round_trip(struct bench *bench, struct column *column, uint32_t rows, enum column_hint hint)
{
	bool good;

	memset(bench->data, CANARY, room(rows) + 8);
	column_encode(column, bench->values, rows, hint, bench->data);
	good = column->rows == rows && column->width <= 8 && column->data == bench->data &&
	       column_sound(column, (size_t)column->width * rows) && !column_sound(column, (size_t)column->width * rows + 1);
	for (size_t i = 0; i < 8; i++)
		good = good && bench->data[(size_t)column->width * rows + i] == 0 && bench->data[room(rows) + i] == CANARY;
	column_decode(column, bench->decoded);
	for (uint32_t i = 0; i < rows; i++)
		good = good && bench->decoded[i] == bench->values[i] && column_value(column, i) == bench->values[i];
	return good;
}

static void test_layout(struct tap *tap, struct bench *bench)
{
	static const int64_t values[3] = { 1000, 1258, 66000 };
	static const uint8_t bytes[9] = { 0, 0, 0, 0x02, 0x01, 0, 0xe8, 0xfd, 0x01 };
	struct column column;

	memcpy(bench->values, values, sizeof values);
	OK(tap, round_trip(bench, &column, 3, COLUMN_PLAIN) && column.base == 1000 && column.slope == 0 && column.unit == 1 &&
		column.width == 2, "base 1000, two bytes");
	OK(tap, bench->data[2] == 0x02 && bench->data[3] == 0x01 && bench->data[4] == 0xe8 && bench->data[5] == 0xfd,
	   "the least significant byte first");
	bench->values[2] = 1000 + 0xfde8 + 0x10000;
	OK(tap, round_trip(bench, &column, 3, COLUMN_PLAIN) && column.width == 3 && !memcmp(bench->data, bytes, 9), "three bytes");
}

static void test_widths(struct tap *tap, struct bench *bench)
{
	for (unsigned width = 0; width <= 8; width++) {
		const uint64_t most = width == 0 ? 0 : width == 8 ? (uint64_t)2 * TOP : (UINT64_C(1) << (8 * width)) - 1;
		const int64_t base = width == 8 ? -TOP : -1234567890123;
		struct column column;

		for (uint32_t i = 0; i < 1000; i++)
			bench->values[i] = (int64_t)((uint64_t)base + (most ? scratch_random(&bench->state) % most : 0));
		bench->values[17] = base;
		bench->values[999] = (int64_t)((uint64_t)base + most);
		OK(tap, round_trip(bench, &column, 1000, COLUMN_PLAIN) && column.width == width && column.base == base,
		   "a column of width %u", width);
		bench->values[999] = base + (INT64_C(1) << (width ? 8 * (width - 1) : 0));
		for (uint32_t i = 0; i < 999; i++)
			bench->values[i] = base;
		OK(tap, round_trip(bench, &column, 1000, COLUMN_PLAIN) && column.width == (width ? width : 1),
		   "its least need of width %u", width);
	}
}

static void test_rows(struct tap *tap, struct bench *bench)
{
	static const int64_t lone[] = { 0, 1, -1, 255, TOP, -TOP };
	static const enum column_hint hints[] = { COLUMN_PLAIN, COLUMN_RISING, COLUMN_ROUND };
	struct column column;
	bool good = true;

	for (size_t i = 0; i < sizeof lone / sizeof *lone; i++) {
		for (size_t h = 0; h < 3; h++) {
			bench->values[0] = lone[i];
			good = good && round_trip(bench, &column, 1, hints[h]) && column.width == 0 && column.base == lone[i];
		}
	}
	OK(tap, good, "one row needs no bytes, whatever its value");
	for (size_t h = 0; h < 3; h++) {
		for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
			bench->values[i] = (int64_t)(scratch_random(&bench->state) >> 40);
		OK(tap, round_trip(bench, &column, SEGMENT_ROWS, hints[h]) && column.width == 3, "65,536 rows, hint %zu", h);
	}
}

static void test_slopes(struct tap *tap, struct bench *bench)
{
	struct column column;

	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = 2 + (int64_t)i;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING) && column.width == 0 && column.slope == 1 &&
		column.base == 2, "lines cost nothing");
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_PLAIN) && column.width == 2 && column.slope == 0,
	   "but for a hint they do");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = 84 * (int64_t)i + (int64_t)(scratch_random(&bench->state) % 200);
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING) && column.width == 1 && column.slope >= 83 &&
		column.slope <= 85, "offsets cost a byte");
	for (uint32_t i = 0; i < 1000; i++)
		bench->values[i] = 1000000 - 500 * (int64_t)i;
	OK(tap, round_trip(bench, &column, 1000, COLUMN_RISING) && column.slope == 0, "no slope falls");
	for (uint32_t i = 0; i < 1000; i++)
		bench->values[i] = i % 2 ? 0 : 90000;
	bench->values[999] = 99900;
	OK(tap, round_trip(bench, &column, 1000, COLUMN_RISING) && column.slope == 0 && column.width == 3,
	   "no slope where it does not help");
	for (uint32_t i = 0; i < 1000; i++)
		bench->values[i] = -5000 + 100 * (int64_t)i;
	OK(tap, round_trip(bench, &column, 1000, COLUMN_RISING), "below zero it still comes back");
}

static void test_units(struct tap *tap, struct bench *bench)
{
	struct column column;

	for (uint32_t i = 0; i < 5000; i++)
		bench->values[i] = INT64_C(1648000000000) + 1000 * (int64_t)(scratch_random(&bench->state) % 60000);
	OK(tap, round_trip(bench, &column, 5000, COLUMN_ROUND) && column.unit % 1000 == 0 && column.width == 2,
	   "whole seconds in milliseconds");
	bench->values[4999] = bench->values[0] + 1;
	OK(tap, round_trip(bench, &column, 5000, COLUMN_ROUND) && column.unit == 1, "one that is not ends that");
	for (uint32_t i = 0; i < 5000; i++)
		bench->values[i] = -7;
	OK(tap, round_trip(bench, &column, 5000, COLUMN_ROUND) && column.unit == 1 && column.width == 0, "all the same");
	bench->values[1] = TOP;
	bench->values[0] = -TOP;
	OK(tap, round_trip(bench, &column, 2, COLUMN_ROUND) && column.unit == 2 * TOP && column.width == 1,
	   "the greatest unit there is");
}

static void test_extremes(struct tap *tap, struct bench *bench)
{
	static const int64_t ends[] = { TOP, -TOP, 0, TOP / 2, -TOP / 2, TOP / 2 + 1, TOP - 1, 1 - TOP, 1 };
	static const enum column_hint hints[] = { COLUMN_PLAIN, COLUMN_RISING, COLUMN_ROUND };
	const uint32_t count = sizeof ends / sizeof *ends;
	struct column column;
	unsigned wrong = 0;

	for (uint32_t a = 0; a < count; a++) {
		for (uint32_t b = 0; b < count; b++) {
			for (uint32_t c = 0; c < count; c++) {
				bench->values[0] = ends[a];
				bench->values[1] = ends[b];
				bench->values[2] = ends[c];
				for (size_t h = 0; h < 3; h++)
					wrong += !round_trip(bench, &column, 3, hints[h]) ||
						 !round_trip(bench, &column, 2, hints[h]);
			}
		}
	}
	OK(tap, wrong == 0, "every three values near 2^62");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = (TOP >> 16) * (int64_t)i;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING), "the steepest rise over 65,536 rows");
	bench->values[SEGMENT_ROWS - 2] = -TOP;
	bench->values[1] = TOP;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING), "with values off it on either side");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = (TOP >> 17) * (int64_t)i;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING) && column.slope && column.width == 0, "half as steep");
}

static void test_random(struct tap *tap, struct bench *bench)
{
	static const enum column_hint hints[] = { COLUMN_PLAIN, COLUMN_RISING, COLUMN_ROUND };
	struct column column;
	unsigned wrong = 0;

	for (unsigned turn = 0; turn < 3000; turn++) {
		const uint32_t rows = 1 + (uint32_t)(scratch_random(&bench->state) % 300);
		const unsigned bits = (unsigned)(scratch_random(&bench->state) % 62);
		const int64_t slope = (int64_t)(scratch_random(&bench->state) % 3 * (scratch_random(&bench->state) >> (2 + bits)) / rows);
		const int64_t base = (int64_t)(scratch_random(&bench->state) >> 3) - (INT64_C(1) << 60);

		for (uint32_t i = 0; i < rows; i++) {
			const int64_t above = (int64_t)(scratch_random(&bench->state) & ((UINT64_C(1) << bits) - 1));
			const int64_t value = base / 2 + above / 2 + slope / 8 * (int64_t)i;

			bench->values[i] = value > TOP ? TOP : value;
		}
		wrong += !round_trip(bench, &column, rows, hints[turn % 3]);
	}
	OK(tap, wrong == 0, "3,000 columns at random");
}

/* What a file may say. */
static void test_unsound(struct tap *tap)
{
	static const uint8_t full[8 * 4 + 8] = { 255, 255, 255, 255, 255, 255, 255, 255 };
	static const uint8_t half[8 * 4 + 8] = { 255, 255, 255, 255, 255, 255, 255, 127 };
	static const struct {
		const char *name;
		struct column column;
		size_t len;
		bool sound;
	} rows[] = {
		{ "width 0", { 5, 0, 1, 0, 4, full }, 0, true },
		{ "width 0 with data", { 5, 0, 1, 0, 4, full }, 4, false },
		{ "width 9", { 0, 0, 1, 9, 4, full }, 36, false },
		{ "a byte too few", { 0, 0, 1, 8, 4, half }, 31, false },
		{ "a byte too many", { 0, 0, 1, 8, 4, half }, 33, false },
		{ "no rows", { 0, 0, 1, 0, 0, full }, 0, false },
		{ "65,536 rows", { 0, 0, 1, 0, 65536, full }, 0, true },
		{ "65,537 rows", { 0, 0, 1, 0, 65537, full }, 0, false },
		{ "unit 0", { 0, 0, 0, 0, 4, full }, 0, false },
		{ "a unit below 0", { 0, 0, -1, 0, 4, full }, 0, false },
		{ "a slope below 0", { 0, -1, 1, 0, 4, full }, 0, false },
		{ "a base of 2^62", { TOP + 1, 0, 1, 0, 4, full }, 0, true },
		{ "a base over it", { TOP + 2, 0, 1, 0, 4, full }, 0, false },
		{ "a base under it", { -TOP - 2, 0, 1, 0, 4, full }, 0, false },
		{ "the least base", { INT64_MIN, 0, 1, 0, 4, full }, 0, false },
		{ "a value of 64 bits", { 0, 0, 1, 8, 4, full }, 32, false },
		{ "a value of 63 bits", { 0, 0, 1, 8, 4, half }, 32, true },
		{ "the same and a base", { 1, 0, 1, 8, 4, half }, 32, false },
		{ "the same and a slope", { 0, 1, 1, 8, 4, half }, 32, false },
		{ "a unit that overflows", { 0, 0, 2, 8, 4, half }, 32, false },
		{ "a slope that overflows", { 0, INT64_MAX / 2, 1, 0, 4, full }, 0, false },
		{ "slope and base that do", { TOP, INT64_MAX / 4 - 1, 1, 0, 4, full }, 0, false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t values[4];

		OK(tap, column_sound(&rows[i].column, rows[i].len) == rows[i].sound, "%s is %s", rows[i].name,
		   rows[i].sound ? "sound" : "not sound");
		if (rows[i].sound && rows[i].column.rows <= 4) {
			column_decode(&rows[i].column, values);
			OK(tap, values[3] == column_value(&rows[i].column, 3), "%s is read", rows[i].name);
		}
	}
}

int main(void)
{
	struct tap tap = { 0 };
	struct bench bench = { .state = 1 };

	bench.values = calloc(SEGMENT_ROWS, sizeof *bench.values);
	bench.decoded = calloc(SEGMENT_ROWS, sizeof *bench.decoded);
	bench.data = calloc(1, room(SEGMENT_ROWS) + 8);
	if (!bench.values || !bench.decoded || !bench.data)
		return 1;
	test_layout(&tap, &bench);
	test_widths(&tap, &bench);
	test_rows(&tap, &bench);
	test_slopes(&tap, &bench);
	test_units(&tap, &bench);
	test_extremes(&tap, &bench);
	test_random(&tap, &bench);
	test_unsound(&tap);
	free(bench.values);
	free(bench.decoded);
	free(bench.data);
	return tap_done(&tap);
}
