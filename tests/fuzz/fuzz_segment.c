/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the decoding of segments: columns of any numbers and bytes decode or are refused, whole and from a row on alike,
 * at every level of the machine; every text is given back or refused; and what was decoded codes to what decodes the same. */
#include <string.h>

#include "casefile/column/column.h"
#include "casefile/column/packing.h"
#include "casefile/form/form.h"
#include "casefile/segment/delta.h"
#include "casefile/segment/raw_segment.h"
#include "fuzz/fuzz.h"

#define ROWS_MOST 512

/* What is left of the input. */
struct left {
	const uint8_t *at;
	size_t len;
};

static uint64_t take(struct left *left, size_t bytes)
{
	uint64_t value = 0;

	for (size_t i = 0; i < bytes && left->len > 0; i++, left->at++, left->len--)
		value |= (uint64_t)*left->at << 8 * i;
	return value;
}

/* A column as the case file may have it after the checks of the fetch. */
static void take_column(struct left *left, struct raw_segment *raw, struct raw_layer *layer, uint64_t known)
{
	const unsigned number = (unsigned)take(left, 1) & 63;
	const size_t len = take(left, 2) % (8 * ROWS_MOST + 1);
	const unsigned scale = (unsigned)take(left, 1);
	struct raw_column *column;

	if (layer->count == 64 || !(known >> number & 1) || (layer->stored >> number & 1))
		return;
	column = &layer->columns[layer->count++];
	*column = (struct raw_column){ .number = number, .at = raw->bytes.len };
	column->column.base = (int64_t)(take(left, 8) >> (scale & 63));
	column->column.slope = (int64_t)take(left, scale & 64 ? 8 : 1);
	column->column.unit = (int64_t)take(left, scale & 128 ? 8 : 1);
	column->column.width = (unsigned)take(left, 1) % 65;
	column->column.list = (uint32_t)(take(left, 2) % (COLUMN_LIST_MOST + 1));
	column->column.rows = raw->rows;
	/* Most columns have the size that they say, so that more than their size is tried; that of
	 * blocks is said by data that are still to come. */
	column->len = scale & 32 || (column->column.list && column->column.unit == 0) ? len : column_size(&column->column);
	for (size_t i = 0; i < column->len; i++)
		buf_byte(&raw->bytes, (char)take(left, 1));
	layer->stored |= UINT64_C(1) << number;
}

static void take_segment(struct left *left, struct raw_segment *raw)
{
	const uint64_t found = SEGMENT_COLUMN(FOUND_STORED) - 1, read = delta_stored(SEGMENT_ALL);

	raw->id = 1;
	raw->source = 1;
	raw->rows = 1 + (uint32_t)take(left, 2) % ROWS_MOST;
	while (left->len > 8) {
		const bool understood = left->at[0] & 64;

		take_column(left, raw, understood ? &raw->understood : &raw->found, understood ? read : found);
	}
	buf_add(&raw->bytes, "\0\0\0\0\0\0\0", 8);
	FUZZ_MUST(!raw->bytes.failed);
	raw->bytes.len -= 8;
}

static void check_texts(const struct segment *segment, const struct forms *forms)
{
	struct buf text = { 0 };

	for (unsigned role = 0; role < CALL_ROLES; role++)
		for (uint32_t row = 0; row < segment->rows; row++) {
			buf_clear(&text);
			(void)segment_text(segment, forms, (enum call_role)role, row, &text);
		}
	FUZZ_MUST(!text.failed);
	buf_release(&text);
}

/* What all of it gives from a row on is what only those rows give. */
static void check_from(const struct raw_segment *raw, const struct segment *whole)
{
	struct segment_decoder decoder = { .window = 64 };
	struct segment part;

	for (uint32_t first = 0; first < raw->rows; first += 64) {
		FUZZ_MUST(segment_decode_from(&decoder, raw, first, SEGMENT_ALL, SEGMENT_ALL, &part) == STATUS_OK);
		for (unsigned c = 0; c < READ_COLUMNS; c++)
			FUZZ_MUST(!memcmp(part.understood[c], whole->understood[c] + first, part.rows * sizeof(int64_t)));
		for (unsigned role = 0; role < CALL_ROLES; role++)
			FUZZ_MUST(!memcmp(part.found[FOUND_VALUE(role)], whole->found[FOUND_VALUE(role)] + first,
					  part.rows * sizeof(int64_t)));
	}
	segment_decoder_release(&decoder);
}

/* Values that were decoded code again, by every hint, and come back; what is out of range is refused. */
static void check_coding(const int64_t *values, uint32_t rows)
{
	static uint8_t data[8 * ROWS_MOST + 8];
	static int64_t again[ROWS_MOST];
	struct column column;
	bool fits = true;

	for (uint32_t i = 0; i < rows; i++)
		fits = fits && values[i] > -(INT64_C(1) << 62) && values[i] < INT64_C(1) << 62;
	for (int hint = COLUMN_PLAIN; hint <= COLUMN_FEW; hint++) {
		FUZZ_MUST(column_encode(&column, values, rows, (enum column_hint)hint, data) == fits);
		if (!fits)
			continue;
		FUZZ_MUST(column_decode(&column, column_size(&column), again));
		FUZZ_MUST(!memcmp(values, again, rows * sizeof(*values)));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct left left = { data, size };
	struct segment_decoder decoder = { .window = ROWS_MOST };
	struct raw_segment raw = { 0 };
	struct forms forms = { 0 };
	struct segment segment;
	int64_t value;

	if (size < 16)
		return 0;
	(void)forms_code(&forms, 0, (struct text){ "07700 900123", 12 }, &value);
	(void)forms_code(&forms, 1, (struct text){ "\"A#\\\" <+44>", 11 }, &value);
	take_segment(&left, &raw);
	if (segment_decode(&decoder, &raw, SEGMENT_ALL, SEGMENT_ALL, &segment) == STATUS_OK) {
		check_texts(&segment, &forms);
		check_from(&raw, &segment);
		for (unsigned c = 0; c < READ_COLUMNS; c++)
			check_coding(segment.understood[c], raw.rows);
	}
	segment_decoder_release(&decoder);
	raw_segment_release(&raw);
	forms_release(&forms);
	return 0;
}
