/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets that are stored as what they have above the lengths before them, seconds as what durations have above them. */
#include <stdlib.h>

#include "casefile/segment/instead.h"
#include "scratch.h"
#include "tap.h"

#define PLACE (SEGMENT_COLUMN(FOUND_LINE) | SEGMENT_COLUMN(FOUND_OFFSET))

struct bench {
	struct segment_rows rows;
	struct raw_segment raw;
	struct segment_decoder decoder;
	int64_t column[SEGMENT_ROWS];
	uint64_t state;
};

static bool fill(struct bench *bench, uint32_t rows, uint32_t gap, uint64_t least, uint64_t more)
{
	uint64_t offset = 12, line = 2;

	segment_rows_release(&bench->rows);
	if (!segment_rows_open(&bench->rows, NULL, 0, rows))
		return false;
	for (uint32_t i = 0; i < rows; i++) {
		const uint64_t length = least + (more ? scratch_random(&bench->state) % more : 0);

		if (gap && scratch_random(&bench->state) % gap == 0) {
			offset += 77;
			line++;
		}
		segment_rows_add(&bench->rows, &(struct segment_place){ 0, line++, offset, length }, NULL, NULL);
		offset += length;
	}
	return true;
}

static bool pack(struct bench *bench)
{
	const uint32_t half = bench->rows.count / 3;
	const struct segment_piece pieces[2] = { { &bench->rows, 0, half, 0 }, { &bench->rows, half, bench->rows.count - half, 0 } };

	return segment_pack_found(&bench->raw, pieces + (half == 0), half ? 2 : 1, &(struct dictionary){ 0 }, bench->column);
}

/* As the fetch gives it, with 8 bytes more that can be read. */
static void pad(struct bench *bench)
{
	buf_add(&bench->raw.bytes, "\0\0\0\0\0\0\0", 8);
	bench->raw.bytes.len -= 8;
}

/* The rows from one on, so many at a time. */
static bool comes_back(struct bench *bench, uint32_t window, uint64_t wanted)
{
	bool good = true;

	segment_decoder_release(&bench->decoder);
	bench->decoder.window = window;
	for (uint32_t first = 0; first < bench->raw.rows && good; first += window ? window : SEGMENT_ROWS) {
		struct segment segment;

		good = segment_decode_from(&bench->decoder, &bench->raw, first, wanted, 0, &segment) == STATUS_OK;
		for (uint32_t i = 0; i < segment.rows && good; i++)
			good = segment_found(&segment, FOUND_OFFSET, i) == segment_rows_column(&bench->rows, FOUND_OFFSET)[first + i];
	}
	return good;
}

/* Packs them; whether the offsets are stored in this column, and come back whatever is asked for. */
static bool packs(struct bench *bench, unsigned column)
{
	const uint64_t either = SEGMENT_COLUMN(FOUND_OFFSET) | SEGMENT_COLUMN(FOUND_BEYOND);
	bool good = pack(bench);

	pad(bench);
	good = good && (bench->raw.found.stored & either) == (column ? SEGMENT_COLUMN(column) : 0);
	for (size_t i = 1; i < bench->raw.found.count; i++)
		good = good && bench->raw.found.columns[i - 1].number < bench->raw.found.columns[i].number;
	return good && comes_back(bench, 0, SEGMENT_ALL) && comes_back(bench, 0, PLACE) && comes_back(bench, 1032, PLACE) &&
	       comes_back(bench, 8, SEGMENT_COLUMN(FOUND_OFFSET));
}

static void test_places(struct tap *tap, struct bench *bench)
{
	OK(tap, fill(bench, 3000, 0, 60, 50) && packs(bench, FOUND_BEYOND), "rows one after another");
	OK(tap, fill(bench, 1, 0, 60, 50) && packs(bench, FOUND_OFFSET), "one row has its offset");
	OK(tap, fill(bench, 3000, 200, 60, 50) && packs(bench, FOUND_BEYOND), "rows of which some are left out");
	OK(tap, fill(bench, 3000, 0, 0, 0) && packs(bench, FOUND_OFFSET), "rows without a length have their offset");
	OK(tap, fill(bench, 3000, 0, 80, 0) && packs(bench, FOUND_OFFSET), "rows of one length are on a slope");
	OK(tap, fill(bench, 3000, 0, 60, 50), "rows from 0 on, one after another");
	for (uint32_t i = 0; i < 3000; i++)
		segment_rows_column(&bench->rows, FOUND_OFFSET)[i] -= 12;
	OK(tap, packs(bench, FOUND_BEYOND), "of which nothing is above the lengths");
	for (uint32_t i = 0; i < 3000; i++)
		segment_rows_column(&bench->rows, FOUND_OFFSET)[i] = 0;
	OK(tap, packs(bench, 0), "all at 0 is stored by neither");
	for (uint32_t i = 0; i < 3000; i++)
		segment_rows_column(&bench->rows, FOUND_OFFSET)[i] = (int64_t)(scratch_random(&bench->state) >> 3);
	OK(tap, packs(bench, FOUND_OFFSET), "in no order");
	segment_rows_column(&bench->rows, FOUND_LENGTH)[7] = INT64_C(1) << 61;
	segment_rows_column(&bench->rows, FOUND_LENGTH)[8] = INT64_C(1) << 61;
	OK(tap, packs(bench, FOUND_OFFSET), "lengths whose sum no column holds");
	OK(tap, fill(bench, 3000, 200, 60, 50), "rows of which some are left out");
	segment_rows_column(&bench->rows, FOUND_OFFSET)[9] = INT64_MIN;
	OK(tap, !pack(bench) && bench->raw.unfit, "an offset that no column holds is told");
}

/* Rows of a duration, its talk and what was billed: set up in a few seconds, answered or not. */
static bool fill_seconds(struct bench *bench, uint32_t rows, uint64_t setup)
{
	static const int roles[3] = { CALL_DURATION, CALL_TALK, CALL_BILLED };

	segment_rows_release(&bench->rows);
	if (!segment_rows_open(&bench->rows, roles, 3, rows))
		return false;
	for (uint32_t i = 0; i < rows; i++) {
		const int64_t wait = (int64_t)(scratch_random(&bench->state) % setup);
		const int64_t talk = i % 2 ? (int64_t)(scratch_random(&bench->state) % 5000) : 0;

		segment_rows_add(&bench->rows, &(struct segment_place){ 0, i + 1, 0, 0 }, (const int64_t[3]){ 2, 2, 2 },
				 (const int64_t[3]){ talk + wait, talk, talk ? talk + wait % 2 : 0 });
	}
	return true;
}

static bool same_seconds(const struct bench *bench, const struct segment *segment, uint32_t first, enum call_role role)
{
	const unsigned column = FOUND_VALUE(role);

	for (uint32_t i = 0; i < segment->rows; i++)
		if (segment_found(segment, column, i) != segment_rows_column(&bench->rows, column)[first + i])
			return false;
	return true;
}

/* Whether talk is stored by itself, or what it falls short, and comes back, by rows and alone. */
static bool packs_talk(struct bench *bench, unsigned column)
{
	static const enum call_role roles[2] = { CALL_TALK, CALL_BILLED };
	const uint64_t either = SEGMENT_COLUMN(FOUND_VALUE(CALL_TALK)) | SEGMENT_COLUMN(FOUND_TALK_SHORT);
	bool good = pack(bench) && (bench->raw.found.stored & either) == (column ? SEGMENT_COLUMN(column) : 0);

	pad(bench);
	segment_decoder_release(&bench->decoder);
	bench->decoder.window = 512;
	for (uint32_t first = 0; good && first < bench->raw.rows; first += 512) {
		for (unsigned k = 0; k < 2 && good; k++) {
			struct segment segment;

			good = segment_decode_from(&bench->decoder, &bench->raw, first, SEGMENT_COLUMN(FOUND_VALUE(roles[k])), 0,
						   &segment) == STATUS_OK && same_seconds(bench, &segment, first, roles[k]);
		}
	}
	return good;
}

static void test_seconds(struct tap *tap, struct bench *bench)
{
	OK(tap, fill_seconds(bench, 3000, 40) && packs_talk(bench, FOUND_TALK_SHORT), "talk falls short of the duration by some seconds");
	OK(tap, fill_seconds(bench, 3000, 9000) && packs_talk(bench, FOUND_VALUE(CALL_TALK)), "or by as many as it has, and is stored itself");
	OK(tap, fill_seconds(bench, 3000, 1) && packs_talk(bench, FOUND_TALK_SHORT), "or by none");
	for (uint32_t i = 0; i < 3000; i++)
		segment_rows_column(&bench->rows, FOUND_VALUE(CALL_TALK))[i] = 0;
	OK(tap, packs_talk(bench, 0), "no talk is stored by neither");
	OK(tap, fill_seconds(bench, 3000, 40), "talk without a duration");
	for (uint32_t i = 0; i < 3000; i++)
		segment_rows_column(&bench->rows, FOUND_VALUE(CALL_DURATION))[i] = 0;
	OK(tap, packs_talk(bench, FOUND_VALUE(CALL_TALK)), "is stored itself");
	OK(tap, fill_seconds(bench, 3000, 40), "a duration of any size");
	segment_rows_column(&bench->rows, FOUND_VALUE(CALL_DURATION))[7] = INT64_C(4000000000000000000);
	segment_rows_column(&bench->rows, FOUND_VALUE(CALL_TALK))[7] = INT64_C(-4000000000000000000);
	OK(tap, packs_talk(bench, FOUND_VALUE(CALL_TALK)), "above a talk that no difference holds");
}

/* A column of offsets beside what stands in its place. */
static void test_damage(struct tap *tap, struct bench *bench)
{
	struct segment segment;

	OK(tap, fill(bench, 3000, 200, 60, 50) && packs(bench, FOUND_BEYOND), "rows of which some are left out");
	for (size_t i = 0; i < bench->raw.found.count; i++)
		if (bench->raw.found.columns[i].number == FOUND_LENGTH)
			bench->raw.found.columns[i].len--;
	segment_decoder_release(&bench->decoder);
	bench->decoder.window = 1024;
	OK(tap, segment_decode_from(&bench->decoder, &bench->raw, 1024, PLACE, 0, &segment) == STATUS_INTEGRITY, "lengths that are cut");
	OK(tap, fill(bench, 3000, 200, 60, 50) && packs(bench, FOUND_BEYOND), "and again");
	bench->raw.found.columns[0].number = FOUND_OFFSET;
	bench->raw.found.stored |= SEGMENT_COLUMN(FOUND_OFFSET);
	OK(tap, segment_decode(&bench->decoder, &bench->raw, PLACE, 0, &segment) == STATUS_INTEGRITY, "both are stored");
}

int main(void)
{
	struct bench *bench = calloc(1, sizeof *bench);
	struct tap tap = { 0 };

	if (!bench)
		return 1;
	bench->state = 11;
	test_places(&tap, bench);
	test_seconds(&tap, bench);
	test_damage(&tap, bench);
	segment_rows_release(&bench->rows);
	raw_segment_release(&bench->raw);
	segment_decoder_release(&bench->decoder);
	free(bench);
	return tap_done(&tap);
}
