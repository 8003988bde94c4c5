/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of every width, slope and unit; what a damaged file may say of one. */
#include <stdlib.h>

#include "casefile/column/column.h"
#include "casefile/segment/segment.h"
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

/* Takes the values back some at a time, and no others. */
static bool in_parts(struct bench *bench, const struct column *column, size_t size)
{
	const uint32_t rows = column->rows;
	bool good = !column_decode_some(column, size, 0, rows + 1, bench->decoded) &&
		    !column_decode_some(column, size, rows / 8 * 8 + 8, 0, bench->decoded) &&
		    (rows < 2 || !column_decode_some(column, size, 1, 1, bench->decoded));

	for (uint32_t first = 0; first < rows && good; first += 1160) {
		const uint32_t count = rows - first < 1160 ? rows - first : 1160;

		good = column_decode_some(column, size, first, count, bench->decoded) &&
		       !memcmp(bench->decoded, bench->values + first, count * sizeof *bench->values);
	}
	return good;
}

/* Codes the first rows values and takes them back. */
static bool round_trip(struct bench *bench, struct column *column, uint32_t rows, enum column_hint hint)
{
	size_t size;
	bool good;

	memset(bench->data, CANARY, room(rows) + 8);
	if (!column_encode(column, bench->values, rows, hint, bench->data))
		return false;
	size = column_size(column);
	good = column->rows == rows && column->width <= 64 && column->data == bench->data && size <= (size_t)8 * rows &&
	       column_decode(column, size, bench->decoded) && !column_decode(column, size + 1, bench->decoded);
	for (size_t i = 0; i < 8; i++)
		good = good && bench->data[size + i] == 0 && bench->data[room(rows) + i] == CANARY;
	good = good && column_decode(column, size, bench->decoded);
	for (uint32_t i = 0; i < rows; i++)
		good = good && bench->decoded[i] == bench->values[i];
	return good && in_parts(bench, column, size);
}

static void test_layout(struct tap *tap, struct bench *bench)
{
	static const int64_t values[3] = { 1000, 1258, 66000 };
	struct column column;

	memcpy(bench->values, values, sizeof values);
	OK(tap, round_trip(bench, &column, 3, COLUMN_PLAIN) && column.base == 1000 && column.slope == 0 && column.unit == 1 &&
		column.width == 16 && column.list == 0, "base 1000, 16 bits");
	OK(tap, bench->data[2] == 0x02 && bench->data[3] == 0x01 && bench->data[4] == 0xe8 && bench->data[5] == 0xfd,
	   "the least significant byte first");
	bench->values[0] = 1001;
	bench->values[1] = 1000;
	bench->values[2] = 1006;
	OK(tap, round_trip(bench, &column, 3, COLUMN_PLAIN) && column.width == 3 && bench->data[0] == (1 | (6 << 6 & 0xff)) &&
		bench->data[1] == 6 >> 2, "three bits, without gaps, the least significant first");
}

/* What is coded can be read again; what could not be is not coded. */
static void test_ends(struct tap *tap, struct bench *bench)
{
	static const enum column_hint hints[] = { COLUMN_PLAIN, COLUMN_RISING, COLUMN_ROUND, COLUMN_FEW, COLUMN_STEMS };
	static const int64_t beyond[] = { INT64_MIN, -(INT64_C(1) << 62), INT64_C(1) << 62, INT64_MAX };
	const int64_t most = (INT64_C(1) << 62) - 1;
	struct column column;

	for (size_t h = 0; h < sizeof hints / sizeof *hints; h++) {
		unsigned wrong = 0;

		for (uint32_t rows = 1; rows <= 64; rows += 21) {
			for (uint32_t i = 0; i < rows; i++)
				bench->values[i] = i % 2 ? most : -most;
			wrong += !round_trip(bench, &column, rows, hints[h]);
			for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
				bench->values[rows - 1] = beyond[i];
				wrong += column_encode(&column, bench->values, rows, hints[h], bench->data);
			}
		}
		OK(tap, wrong == 0, "hint %zu: the largest values there may be, and larger ones refused", h);
	}
}

static void test_lists(struct tap *tap, struct bench *bench)
{
	static const uint8_t bytes[18] = { 7, 0, 0, 0, 0, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x54, 0x55 };
	struct column column;

	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = i % 2 ? 7 : -2;
	bench->values[0] = 7;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_FEW) && column.list == 2 && column.width == 1, "two values, one bit");
	OK(tap, !memcmp(bench->data, bytes, 18), "the list in order of first sight, then the places");
	OK(tap, round_trip(bench, &column, 32, COLUMN_FEW) && column.list == 0 && column.width == 4, "no list where it is longer");
	for (uint32_t i = 0; i < 1000; i++)
		bench->values[i] = i % 3 ? TOP : (int64_t)i % 2;
	OK(tap, round_trip(bench, &column, 1000, COLUMN_FEW) && column.list == 3 && column.width == 2, "three values, two bits");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = (int64_t)(i % COLUMN_FEW_MOST) << 40;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_FEW) && column.list == COLUMN_FEW_MOST && column.width == 10,
	   "as many as a list may have");
	bench->values[SEGMENT_ROWS - 1] = -1;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_FEW) && column.list == 0, "and one more");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = -TOP;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_FEW) && column.list == 0 && column.width == 0, "all the same");
}

/* Values of so many stems, each with so many low bits. */
static void fill_stems(struct bench *bench, uint32_t rows, uint32_t stems, unsigned low)
{
	for (uint32_t i = 0; i < rows; i++) {
		const uint64_t stem = i < stems ? i : scratch_random(&bench->state) % stems;

		bench->values[i] = (int64_t)((stem * 0x9e3779b97f4a7c15 >> 12 >> low << low) + scratch_random(&bench->state) % (UINT64_C(1) << low));
	}
}

static void test_stems(struct tap *tap, struct bench *bench)
{
	/* +44 7700 900xxx and +1 202 555 01xx. */
	static const uint8_t entries[16] = { 0x00, 0xa0, 0xc9, 0xce, 0x6a, 0, 0, 0, 0x00, 0xb0, 0xb7, 0xcb, 0x02, 0, 0, 0 };
	const int64_t base[2] = { INT64_C(0x6acec9a000), INT64_C(0x02cbb7b000) };
	struct column column;

	for (uint32_t i = 0; i < 1000; i++)
		bench->values[i] = base[i % 2] + (i * 37 & 0xfff);
	bench->values[0] = base[0] + 0xabc;
	bench->values[1] = base[1] + 0x123;
	OK(tap, round_trip(bench, &column, 1000, COLUMN_STEMS) && column.list == 2 && column.unit == 4096 && column.width == 13 &&
		column.slope == 0, "two stems of numbers, twelve low bits");
	OK(tap, !memcmp(bench->data, entries, 16) && bench->data[16] == 0xbc && bench->data[17] == (0x0a | 0x60) &&
		bench->data[18] == (0x24 | 0x00) && (bench->data[19] & 3) == 2,
	   "the stems in order of first sight, then places above low bits");
	fill_stems(bench, SEGMENT_ROWS, 300, 20);
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_STEMS) && column.width <= 29 && column.list <= 512,
	   "300 stems of 20 low bits take 29 bits at most");
	fill_stems(bench, SEGMENT_ROWS, COLUMN_LIST_MOST, 0);
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_STEMS) && column.list == COLUMN_LIST_MOST && column.unit == 1 &&
		column.width == 13, "values that are stems themselves, as many as a list has");
	fill_stems(bench, SEGMENT_ROWS, SEGMENT_ROWS, 0);
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_STEMS) && column.list == 0, "too many stems are none");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = i % 3 ? -TOP + (int64_t)(i % 1000) : (int64_t)(i % 500);
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_STEMS), "stems below zero");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = (i % 2 ? INT64_C(1) << 55 : 0) + (int64_t)(scratch_random(&bench->state) % 200);
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_STEMS) && column.width < 12, "in the widest columns");
}

static void test_blocks(struct tap *tap, struct bench *bench)
{
	static const uint8_t entries[24] = { 2, 100, 0, 0, 0, 0, 0, 0, 0, 100, 0, 1, 0, 0, 0, 0, 1 };
	struct column column;

	for (uint32_t i = 0; i < 600; i++)
		bench->values[i] = i < 256 ? 1000 + (int64_t)i % 4 : i < 512 ? 1000 + 65536 : 900 + (int64_t)i % 2;
	OK(tap, round_trip(bench, &column, 600, COLUMN_RISING) && column.list == 3 && column.unit == 0 && column.width == 0 &&
		column.base == 900 && column.slope == 0, "three blocks");
	OK(tap, !memcmp(bench->data, entries, 24) && column_size(&column) == 24 + 64 + 0 + 11 && bench->data[24] == 0xe4 &&
		bench->data[88] == 0xaa, "of each what it has above the base, and the width; then their integers");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = INT64_C(20220327000000) + i / 40 + (i > 30000 ? 760000 : 0);
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING) && column.list == 256 &&
		column_size(&column) < SEGMENT_ROWS / 2, "times that rise in steps, and a change of day");
	bench->values[500] = TOP;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING) && column.list == 0, "not where one is far off");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = 2 + (int64_t)i + i / 1900;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING) && column.slope == 1 && column.list == 256 &&
		column_size(&column) < 4000, "lines of which some are left out cost nearly nothing");
	for (uint32_t rows = 255; rows <= 513; rows += rows % 256 == 1 ? 254 : 1) {
		for (uint32_t i = 0; i < rows; i++)
			bench->values[i] = (int64_t)(i / 256) << 40 | (int64_t)i % 2;
		OK(tap, round_trip(bench, &column, rows, COLUMN_RISING) && (rows < 257 || column.list == (rows + 255) / 256), "%u rows", rows);
	}
}

static void test_widths(struct tap *tap, struct bench *bench)
{
	for (unsigned bits = 0; bits <= 63; bits++) {
		const unsigned width = bits > 57 ? 64 : bits;
		const uint64_t most = bits == 63 ? (uint64_t)2 * TOP : (UINT64_C(1) << bits) - 1;
		const int64_t base = bits == 63 ? -TOP : -1234567890123;
		struct column column;

		for (uint32_t i = 0; i < 1000; i++)
			bench->values[i] = (int64_t)((uint64_t)base + (most ? scratch_random(&bench->state) % most : 0));
		bench->values[17] = base;
		bench->values[999] = (int64_t)((uint64_t)base + most);
		OK(tap, round_trip(bench, &column, 1000, COLUMN_PLAIN) && column.width == width && column.base == base,
		   "a column of %u bits", bits);
		if (bits == 0)
			continue;
		bench->values[999] = base + (INT64_C(1) << (bits - 1));
		for (uint32_t i = 0; i < 999; i++)
			bench->values[i] = base;
		OK(tap, round_trip(bench, &column, 1000, COLUMN_PLAIN) && column.width == width, "the least need of %u bits", bits);
	}
}

static void test_rows(struct tap *tap, struct bench *bench)
{
	static const int64_t lone[] = { 0, 1, -1, 255, TOP, -TOP };
	static const enum column_hint hints[] = { COLUMN_PLAIN, COLUMN_RISING, COLUMN_ROUND, COLUMN_FEW, COLUMN_STEMS };
	struct column column;
	bool good = true;

	for (size_t i = 0; i < sizeof lone / sizeof *lone; i++) {
		for (size_t h = 0; h < 5; h++) {
			bench->values[0] = lone[i];
			good = good && round_trip(bench, &column, 1, hints[h]) && column.width == 0 && column.base == lone[i];
		}
	}
	OK(tap, good, "one row needs no bytes, whatever its value");
	for (size_t h = 0; h < 5; h++) {
		for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
			bench->values[i] = (int64_t)(scratch_random(&bench->state) >> 40);
		OK(tap, round_trip(bench, &column, SEGMENT_ROWS, hints[h]) && column.width == 24, "65,536 rows, hint %zu", h);
	}
}

static void test_slopes(struct tap *tap, struct bench *bench)
{
	struct column column;

	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = 2 + (int64_t)i;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING) && column.width == 0 && column.slope == 1 &&
		column.base == 2, "lines cost nothing");
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_PLAIN) && column.width == 16 && column.slope == 0,
	   "but for a hint they do");
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		bench->values[i] = 84 * (int64_t)i + (int64_t)(scratch_random(&bench->state) % 200);
	bench->values[0] = 0;
	OK(tap, round_trip(bench, &column, SEGMENT_ROWS, COLUMN_RISING) && column.width == 8 && column.slope >= 83 &&
		column.slope <= 85, "offsets cost a byte");
	for (uint32_t i = 0; i < 1000; i++)
		bench->values[i] = 1000000 - 500 * (int64_t)i;
	OK(tap, round_trip(bench, &column, 1000, COLUMN_RISING) && column.slope == 0, "no slope falls");
	for (uint32_t i = 0; i < 1000; i++)
		bench->values[i] = i % 2 ? 0 : 90000;
	bench->values[999] = 99900;
	OK(tap, round_trip(bench, &column, 1000, COLUMN_RISING) && column.slope == 0 && column.width == 17,
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
	OK(tap, round_trip(bench, &column, 5000, COLUMN_ROUND) && column.unit % 1000 == 0 && column.width == 16,
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
	static const enum column_hint hints[] = { COLUMN_PLAIN, COLUMN_RISING, COLUMN_ROUND, COLUMN_FEW, COLUMN_STEMS };
	const uint32_t count = sizeof ends / sizeof *ends;
	struct column column;
	unsigned wrong = 0;

	for (uint32_t a = 0; a < count; a++) {
		for (uint32_t b = 0; b < count; b++) {
			for (uint32_t c = 0; c < count; c++) {
				bench->values[0] = ends[a];
				bench->values[1] = ends[b];
				bench->values[2] = ends[c];
				for (size_t h = 0; h < 5; h++)
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
	static const enum column_hint hints[] = { COLUMN_PLAIN, COLUMN_RISING, COLUMN_ROUND, COLUMN_FEW, COLUMN_STEMS };
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
		wrong += !round_trip(bench, &column, rows, hints[turn % 5]);
	}
	OK(tap, wrong == 0, "3,000 columns at random");
}

/* What a file may say. */
static void test_unsound(struct tap *tap)
{
	static const uint8_t full[8 * 4 + 8] = { 255, 255, 255, 255, 255, 255, 255, 255 };
	static const uint8_t list[8 * 3 + 8] = { 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 5, 1, 9, 1 };
	static const uint8_t half[8 * 4 + 8] = { 255, 255, 255, 255, 255, 255, 255, 127 };
	static const uint8_t stems[8 * 3 + 8] = { 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0x1f, 0x1f };
	static const uint8_t blocks[8 * 2 + 8] = { 8, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4 };
	static const uint8_t wide[8 * 5 + 8] = { 58 };
	static const uint8_t far[8 * 2 + 8] = { 8, 0, 0, 0, 0, 0, 0, 64, 1, 2, 3, 4 };
	static const struct {
		const char *name;
		struct column column;
		size_t len;
		bool sound;
	} rows[] = {
		{ "stems of 4 low bits", { 0, 0, 16, 5, 2, 2, stems }, 18, true },
		{ "a place that is not on the list of stems", { 0, 0, 8, 5, 2, 2, stems }, 18, false },
		{ "a unit that is no power of two", { 0, 0, 24, 5, 2, 2, stems }, 18, false },
		{ "a unit below 0 of a list", { 0, 0, INT64_MIN, 5, 2, 2, stems }, 18, false },
		{ "the greatest power of two", { 0, 0, INT64_C(1) << 62, 5, 2, 2, stems }, 18, true },
		{ "a block", { 0, 0, 0, 0, 1, 4, blocks }, 12, true },
		{ "a block with a byte too few", { 0, 0, 0, 0, 1, 4, blocks }, 11, false },
		{ "a block with a byte too many", { 0, 0, 0, 0, 1, 4, blocks }, 13, false },
		{ "a block without an entry", { 0, 0, 0, 0, 1, 4, blocks }, 7, false },
		{ "a block with a width beside it", { 0, 0, 0, 1, 1, 4, blocks }, 12, false },
		{ "more blocks than there can be", { 0, 0, 0, 0, 2, 4, blocks }, 16, false },
		{ "fewer blocks than there are", { 0, 0, 0, 0, 1, 257, blocks }, 8 + 257, false },
		{ "a block of 58 bits", { 0, 0, 0, 0, 1, 4, wide }, 37, false },
		{ "a block above 2^54", { 0, 0, 0, 0, 1, 4, far }, 12, false },
		{ "a block on a slope that overflows", { 0, INT64_MAX / 4 + 1, 0, 0, 1, 4, blocks }, 12, false },
		{ "slope and base of a block that do", { TOP, INT64_MAX / 4 - 1, 0, 0, 1, 4, blocks }, 12, false },
		{ "width 0", { 5, 0, 1, 0, 0, 4, full }, 0, true },
		{ "width 0 with data", { 5, 0, 1, 0, 0, 4, full }, 4, false },
		{ "width 58", { 0, 0, 1, 58, 0, 4, full }, 29, false },
		{ "a byte too few", { 0, 0, 1, 64, 0, 4, half }, 31, false },
		{ "a byte too many", { 0, 0, 1, 64, 0, 4, half }, 33, false },
		{ "no rows", { 0, 0, 1, 0, 0, 0, full }, 0, false },
		{ "65,536 rows", { 0, 0, 1, 0, 0, 65536, full }, 0, true },
		{ "65,537 rows", { 0, 0, 1, 0, 0, 65537, full }, 0, false },
		{ "unit 0", { 0, 0, 0, 0, 0, 4, full }, 0, false },
		{ "a unit below 0", { 0, 0, -1, 0, 0, 4, full }, 0, false },
		{ "a slope below 0", { 0, -1, 1, 0, 0, 4, full }, 0, false },
		{ "a base of 2^62", { TOP + 1, 0, 1, 0, 0, 4, full }, 0, true },
		{ "a base over it", { TOP + 2, 0, 1, 0, 0, 4, full }, 0, false },
		{ "a base under it", { -TOP - 2, 0, 1, 0, 0, 4, full }, 0, false },
		{ "the least base", { INT64_MIN, 0, 1, 0, 0, 4, full }, 0, false },
		{ "a value of 64 bits", { 0, 0, 1, 64, 0, 4, full }, 32, false },
		{ "a value of 63 bits", { 0, 0, 1, 64, 0, 4, half }, 32, true },
		{ "the same and a base", { 1, 0, 1, 64, 0, 4, half }, 32, false },
		{ "the same and a slope", { 0, 1, 1, 64, 0, 4, half }, 32, false },
		{ "a unit that overflows", { 0, 0, 2, 64, 0, 4, half }, 32, false },
		{ "a slope that overflows", { 0, INT64_MAX / 2, 1, 0, 0, 4, full }, 0, false },
		{ "slope and base that do", { TOP, INT64_MAX / 4 - 1, 1, 0, 0, 4, full }, 0, false },
		{ "a list of one", { 0, 0, 1, 0, 1, 4, list }, 8, true },
		{ "a list of one and more", { 0, 0, 1, 0, 1, 4, list }, 9, false },
		{ "a list that is cut", { 0, 0, 1, 0, 2, 4, list }, 15, false },
		{ "a list of two", { 0, 0, 1, 1, 2, 4, list }, 17, true },
		{ "a place that is not on the list", { 0, 0, 1, 8, 2, 4, list }, 20, false },
		{ "a value over 2^62 on a list", { 0, 0, 1, 0, 1, 4, half }, 8, false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		static int64_t values[SEGMENT_ROWS];

		OK(tap, column_decode(&rows[i].column, rows[i].len, values) == rows[i].sound, "%s is %s", rows[i].name,
		   rows[i].sound ? "sound" : "not sound");
	}
}

/* What columns can have without being decoded. */
static void test_choices(struct tap *tap)
{
	static const uint8_t list[8 * 2 + 8] = { 7, 0, 0, 0, 0, 0, 0, 0, 2 };
	const struct column two = { 0, 0, 1, 1, 2, 4, list }, same = { 5, 0, 3, 0, 0, 4, list };
	const struct column stem = { 0, 0, 2, 1, 2, 4, list }, block = { 0, 0, 0, 0, 1, 4, list };
	const struct column wide = { 5, 0, 1, 2, 0, 4, list }, rising = { 5, 1, 1, 0, 0, 4, list };
	const struct column long_one = { 0, 0, 1, 1, COLUMN_FEW_MOST + 1, 4, list };
	int64_t choices[COLUMN_FEW_MOST];

	OK(tap, column_choices(&stem, 17, choices) == 0 && column_choices(&block, 17, choices) == 0, "stems and blocks tell none");
	OK(tap, column_choices(&two, 17, choices) == 2 && choices[0] == 7 && choices[1] == 2, "what is on a list");
	OK(tap, column_choices(&two, 15, choices) == 0, "a list that is cut says nothing");
	OK(tap, column_choices(&long_one, SIZE_MAX, choices) == 0, "nor does one that is too long");
	OK(tap, column_choices(&same, 0, choices) == 1 && choices[0] == 5, "one value for all rows");
	OK(tap, column_choices(&wide, 1, choices) == 0 && column_choices(&rising, 0, choices) == 0, "other columns do not tell");
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
	test_ends(&tap, &bench);
	test_lists(&tap, &bench);
	test_stems(&tap, &bench);
	test_blocks(&tap, &bench);
	test_widths(&tap, &bench);
	test_rows(&tap, &bench);
	test_slopes(&tap, &bench);
	test_units(&tap, &bench);
	test_extremes(&tap, &bench);
	test_random(&tap, &bench);
	test_unsound(&tap);
	test_choices(&tap);
	free(bench.values);
	free(bench.decoded);
	free(bench.data);
	return tap_done(&tap);
}
