/* SPDX-License-Identifier: Apache-2.0 */
/* Coded columns against a plain coder, bit by bit as the format says it: the same choices, the same bytes. */
#include <stdlib.h>

#include "casefile/column/column.h"
#include "scratch.h"
#include "tap.h"

#define ROWS_MOST 65536
#define ROOM ((size_t)8 * ROWS_MOST + 8)
#define TOP ((INT64_C(1) << 62) - 1)

struct bench {
	int64_t *values, *above;
	uint8_t *coded, *plain;
	int64_t list[COLUMN_FEW_MOST];
	uint64_t state;
};

static unsigned width_of(uint64_t largest)
{
	unsigned width = 0;

	for (; largest; largest >>= 1)
		width++;
	return width > 57 ? 64 : width;
}

static void put_bits(const struct column *column, const int64_t *integers, uint8_t *data)
{
	size_t at = 0;

	for (uint32_t i = 0; i < column->rows; i++)
		for (unsigned bit = 0; bit < column->width; bit++, at++)
			data[at / 8] |= (uint8_t)(((uint64_t)integers[i] >> bit & 1) << at % 8);
}

static int64_t least_of(const int64_t *values, uint32_t rows, int64_t slope)
{
	int64_t least = values[0];

	for (uint32_t i = 1; i < rows; i++)
		if (values[i] - slope * (int64_t)i < least)
			least = values[i] - slope * (int64_t)i;
	return least;
}

static uint64_t range_of(const int64_t *values, uint32_t rows, int64_t slope)
{
	const int64_t least = least_of(values, rows, slope);
	uint64_t range = 0;

	for (uint32_t i = 0; i < rows; i++)
		if ((uint64_t)(values[i] - slope * (int64_t)i - least) > range)
			range = (uint64_t)(values[i] - slope * (int64_t)i - least);
	return range;
}

static int64_t divisor_of(const int64_t *values, uint32_t rows, int64_t least)
{
	int64_t unit = 0;

	for (uint32_t i = 0; i < rows; i++) {
		int64_t a = values[i] - least, b = unit;

		while (b) {
			const int64_t rest = a % b;

			a = b;
			b = rest;
		}
		unit = a;
	}
	return unit ? unit : 1;
}

/* The places of all values in bench->above; 0 where there are too many values. */
static uint32_t places_of(struct bench *bench, uint32_t rows)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < rows; i++) {
		uint32_t k = 0;

		while (k < count && bench->list[k] != bench->values[i])
			k++;
		if (k == COLUMN_FEW_MOST)
			return 0;
		bench->list[k] = bench->values[i];
		bench->above[i] = k;
		count = k == count ? count + 1 : count;
	}
	return count;
}

static bool plain_list(struct bench *bench, struct column *column)
{
	const uint64_t range = range_of(bench->values, column->rows, 0);
	struct column coded = *column;

	column->width = width_of(range);
	coded.list = places_of(bench, column->rows);
	coded.width = coded.list ? width_of(coded.list - 1) : 64;
	if (range == 0 || coded.list == 0 || column_size(&coded) >= column_size(column))
		return false;
	for (uint32_t k = 0; k < coded.list; k++)
		for (unsigned byte = 0; byte < 8; byte++)
			bench->plain[8 * k + byte] = (uint8_t)((uint64_t)bench->list[k] >> 8 * byte);
	put_bits(&coded, bench->above, bench->plain + (size_t)8 * coded.list);
	*column = coded;
	return true;
}

/* ---- stems ---- */

#define GATHERED 8192       /* stems at most, */
#define GATHERED_BITS 13    /* which is so many bits, */
#define STEP 3              /* and by how many they lose while there are more */
#define NARROW 17           /* columns that are narrower have none */

struct stems {
	unsigned low;
	uint32_t count;
	int64_t list[GATHERED];
};

static int64_t without_low(int64_t value, unsigned low)
{
	return (int64_t)((uint64_t)value >> low << low);
}

/* From the end, for what is looked for is often near it. */
static uint32_t find_stem(const struct stems *stems, int64_t stem)
{
	uint32_t k = stems->count;

	while (k > 0 && stems->list[k - 1] != stem)
		k--;
	return k;
}

static void cut_stems(struct stems *stems, unsigned bits)
{
	const uint32_t count = stems->count;

	stems->count = 0;
	stems->low += bits;
	for (uint32_t i = 0; i < count; i++) {
		const int64_t stem = without_low(stems->list[i], stems->low);

		if (!find_stem(stems, stem))
			stems->list[stems->count++] = stem;
	}
}

static bool gather_stems(struct stems *stems, const int64_t *values, uint32_t rows, unsigned width)
{
	stems->low = stems->count = 0;
	for (uint32_t i = 0; i < rows; i++) {
		if (find_stem(stems, without_low(values[i], stems->low)))
			continue;
		while (stems->count == GATHERED) {
			if (stems->low + GATHERED_BITS + STEP > width)
				return false;
			cut_stems(stems, STEP);
		}
		if (!find_stem(stems, without_low(values[i], stems->low)))
			stems->list[stems->count++] = without_low(values[i], stems->low);
	}
	return true;
}

static struct column stems_column(const struct stems *stems, uint32_t rows)
{
	return (struct column){ .unit = (int64_t)(UINT64_C(1) << stems->low), .list = stems->count, .rows = rows,
				.width = width_of(stems->count - 1) + stems->low };
}

/* The shortest cut, the longest stems of equals; 0: none is shorter than size. */
static unsigned best_stems(const struct stems *gathered, uint32_t rows, unsigned width, size_t size)
{
	static struct stems cut;
	unsigned best = 0;

	cut = *gathered;
	for (; cut.low < width; cut_stems(&cut, 1)) {
		const struct column column = stems_column(&cut, rows);

		if (column_size(&column) < size) {
			size = column_size(&column);
			best = 1 + cut.low - gathered->low;
		}
	}
	return best;
}

/* A column of which the width is set; false: stems do not make it shorter. */
static bool plain_stems(struct bench *bench, struct column *column)
{
	static struct stems stems;
	unsigned best;

	if (column->width < NARROW || column->width > 57 || !gather_stems(&stems, bench->values, column->rows, column->width))
		return false;
	best = best_stems(&stems, column->rows, column->width, column_size(column));
	if (best == 0)
		return false;
	cut_stems(&stems, best - 1);
	*column = stems_column(&stems, column->rows);
	for (uint32_t k = 0; k < stems.count; k++)
		for (unsigned byte = 0; byte < 8; byte++)
			bench->plain[8 * k + byte] = (uint8_t)((uint64_t)stems.list[k] >> 8 * byte);
	for (uint32_t i = 0; i < column->rows; i++) {
		const int64_t stem = without_low(bench->values[i], stems.low);

		bench->above[i] = (int64_t)((uint64_t)(find_stem(&stems, stem) - 1) << stems.low |
					    ((uint64_t)bench->values[i] - (uint64_t)stem));
	}
	put_bits(column, bench->above, bench->plain + (size_t)8 * stems.count);
	return true;
}

static struct column block_from(const struct bench *bench, const struct column *column, uint32_t from)
{
	struct column block = { .unit = 1, .slope = column->slope, .rows = column->rows - from };

	if (block.rows > COLUMN_BLOCK_ROWS)
		block.rows = COLUMN_BLOCK_ROWS;
	block.base = least_of(bench->values + from, block.rows, block.slope);
	block.width = width_of(range_of(bench->values + from, block.rows, block.slope));
	return block;
}

static size_t size_in_blocks(const struct bench *bench, const struct column *column)
{
	size_t size = 0;

	for (uint32_t from = 0; from < column->rows; from += COLUMN_BLOCK_ROWS) {
		const struct column block = block_from(bench, column, from);

		size += 8 + column_size(&block);
	}
	return size;
}

/* A column of which base, slope and width are set in blocks on that slope or on none, where they take less. */
static bool plain_blocks(struct bench *bench, struct column *column)
{
	struct column coded = *column, level = *column;
	uint8_t *to;

	level.slope = 0;
	level.base = least_of(bench->values, column->rows, 0);
	if (size_in_blocks(bench, &level) < size_in_blocks(bench, &coded))
		coded = level;
	if (size_in_blocks(bench, &coded) >= column_size(column) || range_of(bench->values, column->rows, 0) >> 54)
		return false;
	coded.unit = coded.width = 0;
	coded.list = (column->rows + COLUMN_BLOCK_ROWS - 1) / COLUMN_BLOCK_ROWS;
	coded.data = bench->plain;
	to = bench->plain + (size_t)8 * coded.list;
	for (uint32_t from = 0; from < column->rows; from += COLUMN_BLOCK_ROWS) {
		const struct column block = block_from(bench, &coded, from);
		const uint64_t above = (uint64_t)(block.base - coded.slope * (int64_t)from - coded.base);

		for (unsigned byte = 0; byte < 8; byte++)
			bench->plain[from / COLUMN_BLOCK_ROWS * 8 + byte] = (uint8_t)((above << 8 | block.width) >> 8 * byte);
		for (uint32_t i = 0; i < block.rows; i++)
			bench->above[i] = bench->values[from + i] - coded.slope * (int64_t)i - block.base;
		put_bits(&block, bench->above, to);
		to += column_size(&block);
	}
	*column = coded;
	return true;
}

static void plain_encode(struct bench *bench, struct column *column, uint32_t rows, enum column_hint hint)
{
	const int64_t *values = bench->values;
	const int64_t rise = rows > 1 ? (values[rows - 1] - values[0]) / (int64_t)(rows - 1) : -1;

	memset(bench->plain, 0, ROOM);
	memset(column, 0, sizeof *column);
	column->rows = rows;
	column->unit = 1;
	if (hint == COLUMN_FEW && plain_list(bench, column))
		return;
	if (hint == COLUMN_RISING && rise >= 0 && rise <= TOP / 65536 && least_of(values, rows, 0) >= 0 &&
	    least_of(values, rows, 0) + (int64_t)range_of(values, rows, 0) <= INT64_C(1) << 61 &&
	    width_of(range_of(values, rows, rise)) < width_of(range_of(values, rows, 0)))
		column->slope = rise;
	column->base = least_of(values, rows, column->slope);
	if (hint == COLUMN_ROUND)
		column->unit = divisor_of(values, rows, column->base);
	column->width = width_of(range_of(values, rows, column->slope) / (uint64_t)column->unit);
	if (hint == COLUMN_RISING && plain_blocks(bench, column))
		return;
	if (hint == COLUMN_STEMS) {
		struct column stems = { .rows = rows, .unit = 1, .width = column->width };

		if (plain_stems(bench, &stems)) {
			*column = stems;
			return;
		}
	}
	for (uint32_t i = 0; i < rows; i++)
		bench->above[i] = (values[i] - column->base - column->slope * (int64_t)i) / column->unit;
	put_bits(column, bench->above, bench->plain);
}

/* Whether both coders give the same, and it comes back. */
static bool same(struct bench *bench, uint32_t rows, enum column_hint hint)
{
	struct column plain, coded;
	size_t size;

	plain_encode(bench, &plain, rows, hint);
	memset(bench->coded, 0xa5, ROOM);
	if (!column_encode(&coded, bench->values, rows, hint, bench->coded))
		return false;
	size = column_size(&plain);
	if (coded.base != plain.base || coded.slope != plain.slope || coded.unit != plain.unit || coded.width != plain.width ||
	    coded.list != plain.list || coded.rows != rows || memcmp(bench->coded, bench->plain, size + 8) != 0)
		return false;
	return column_decode(&coded, size, bench->above) && !memcmp(bench->above, bench->values, rows * sizeof *bench->values);
}

static bool same_all(struct bench *bench, uint32_t rows)
{
	return same(bench, rows, COLUMN_PLAIN) && same(bench, rows, COLUMN_RISING) && same(bench, rows, COLUMN_ROUND) &&
	       same(bench, rows, COLUMN_FEW) && same(bench, rows, COLUMN_STEMS);
}

static uint64_t below(struct bench *bench, uint64_t limit)
{
	return scratch_random(&bench->state) % limit;
}

/* Values above a base, of so many bits, times something, on a slope, and runs of the same. */
static void fill(struct bench *bench, uint32_t rows)
{
	const unsigned bits = (unsigned)below(bench, 60);
	const int64_t factor = bits < 40 ? 1 + (int64_t)below(bench, 1 + (UINT64_C(1) << bits / 2)) : 1;
	const int64_t base = (int64_t)(scratch_random(&bench->state) >> 4) - (below(bench, 2) ? 0 : INT64_C(1) << 59);
	const int64_t slope = (int64_t)(below(bench, 3) ? 0 : below(bench, UINT64_C(1) << below(bench, 42)));
	const uint64_t again = below(bench, 3) ? 0 : below(bench, 20);

	for (uint32_t i = 0; i < rows; i++) {
		const int64_t above = (int64_t)(below(bench, UINT64_C(1) << bits) * (uint64_t)factor);

		bench->values[i] = base + slope * (int64_t)i + above;
		if (i && again && below(bench, 20) < again)
			bench->values[i] = bench->values[i - 1];
	}
}

static void test_random(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (unsigned turn = 0; turn < 1500; turn++) {
		const uint32_t rows = 1 + (uint32_t)below(bench, turn % 100 ? 200 : 4000);

		fill(bench, rows);
		wrong += !same_all(bench, rows);
	}
	OK(tap, wrong == 0, "1,500 columns at random");
}

/* So many distinct values, near one another or far. */
static void fill_few(struct bench *bench, uint32_t rows, uint32_t distinct, int64_t apart)
{
	const int64_t base = (int64_t)below(bench, 1000) - 500;

	for (uint32_t i = 0; i < rows; i++)
		bench->values[i] = base + apart * (int64_t)(i < distinct ? distinct - 1 - i : below(bench, distinct));
}

static void test_few(struct tap *tap, struct bench *bench)
{
	static const int64_t apart[] = { 1, 2, 3, 4, 64, 100, 4095, 4096, 1000003, INT64_C(1) << 45 };
	static const uint32_t counts[] = { 1, 2, 3, 15, 16, 17, 63, 64, 65, 66, 500, 1023, 1024 };
	unsigned wrong = 0;

	for (size_t a = 0; a < sizeof apart / sizeof *apart; a++) {
		for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
			static const uint32_t rows[] = { 1023, 1025, 3000 };

			for (size_t r = 0; r < 3; r++) {
				fill_few(bench, rows[r], counts[c], apart[a]);
				wrong += !same(bench, rows[r], COLUMN_FEW);
			}
		}
	}
	OK(tap, wrong == 0, "columns of few values");
	fill_few(bench, 20000, 1024, INT64_C(1) << 40);
	OK(tap, same(bench, 20000, COLUMN_FEW), "as many values as a list has");
	bench->values[19999] = -1;
	OK(tap, same(bench, 20000, COLUMN_FEW), "and one more");
}

/* Where a list stops being shorter. */
static void test_brink(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (uint32_t distinct = 2; distinct < 40; distinct++) {
		for (uint32_t rows = distinct; rows < 400; rows += 3) {
			const int64_t apart = 1 + (int64_t)below(bench, UINT64_C(1) << below(bench, 20));

			fill_few(bench, rows, distinct, apart);
			wrong += !same(bench, rows, COLUMN_FEW);
		}
	}
	OK(tap, wrong == 0, "a list where it is shorter, and only there");
}

static void test_full(struct tap *tap, struct bench *bench)
{
	static const unsigned widths[] = { 1, 2, 3, 5, 7, 8, 9, 16, 31, 32, 33, 43, 56, 57, 58 };
	unsigned wrong = 0;

	for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
		for (uint32_t i = 0; i < ROWS_MOST; i++)
			bench->values[i] = (int64_t)below(bench, UINT64_C(1) << widths[w]) - (1 << 20);
		wrong += !same(bench, ROWS_MOST, w % 2 ? COLUMN_ROUND : COLUMN_PLAIN);
		for (uint32_t i = 0; i < ROWS_MOST; i++)
			bench->values[i] = 80 * (int64_t)i + (int64_t)below(bench, UINT64_C(1) << widths[w]);
		wrong += !same(bench, ROWS_MOST, COLUMN_RISING);
	}
	OK(tap, wrong == 0, "columns of 65,536 rows");
}

/* Numbers of few areas, some of which are far from the others. */
static void fill_areas(struct bench *bench, uint32_t rows, uint32_t areas, unsigned bits, unsigned step)
{
	const uint64_t base = UINT64_C(1) << 40;

	for (uint32_t i = 0; i < rows; i++)
		bench->values[i] = (int64_t)(base * below(bench, 2) +
					     (below(bench, areas) * 2654435761 % (UINT64_C(1) << 20) << bits) +
					     (below(bench, UINT64_C(1) << bits) << step));
}

static void test_stems(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (unsigned turn = 0; turn < 60; turn++) {
		const uint32_t rows = 1 + (uint32_t)below(bench, 4000);

		fill_areas(bench, rows, 1 + (uint32_t)below(bench, 300), (unsigned)below(bench, 20), (unsigned)below(bench, 3));
		wrong += !same(bench, rows, COLUMN_STEMS);
	}
	OK(tap, wrong == 0, "columns of stems");
	fill_areas(bench, 20000, 40, 14, 0);
	OK(tap, same(bench, 20000, COLUMN_STEMS), "stems that get shorter");
	for (unsigned high = 20; high < 58; high += 37) {
		for (uint32_t i = 0; i < 12000; i++)
			bench->values[i] = (int64_t)(scratch_random(&bench->state) >> (64 - high));
		OK(tap, same(bench, 12000, COLUMN_STEMS), "too many stems in %u bits", high);
	}
	/* Stems that shortening leaves apart, and a value that it brings to one of them. */
	for (uint32_t i = 0; i < 8200; i++)
		bench->values[i] = i < GATHERED ? (int64_t)i << 9 : (int64_t)i % 7 + 1;
	OK(tap, same(bench, 8200, COLUMN_STEMS), "stems of which none falls to another");
}

int main(void)
{
	struct tap tap = { 0 };
	struct bench bench = { .state = 3 };

	bench.values = calloc(ROWS_MOST, sizeof *bench.values);
	bench.above = calloc(ROWS_MOST, sizeof *bench.above);
	bench.coded = malloc(ROOM);
	bench.plain = malloc(ROOM);
	if (!bench.values || !bench.above || !bench.coded || !bench.plain)
		return 1;
	test_random(&tap, &bench);
	test_few(&tap, &bench);
	test_brink(&tap, &bench);
	test_full(&tap, &bench);
	test_stems(&tap, &bench);
	free(bench.values);
	free(bench.above);
	free(bench.coded);
	free(bench.plain);
	return tap_done(&tap);
}
