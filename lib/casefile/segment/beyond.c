/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets as what they have above the lengths of the rows before them. */
#include "casefile/segment/beyond.h"

/* Rows that are added up at once; a multiple of 8. */
#define BLOCK 1024

uint64_t beyond_stored(uint64_t found)
{
	uint64_t all = found & (SEGMENT_COLUMN(FOUND_COLUMNS) - 1);

	if (found & SEGMENT_COLUMN(FOUND_OFFSET))
		all |= SEGMENT_COLUMN(FOUND_LENGTH) | SEGMENT_COLUMN(FOUND_BEYOND);
	return all;
}

void beyond_split(const struct segment_piece *pieces, size_t count, int64_t *rest)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++) {
		const struct segment_piece *piece = &pieces[i];
		const int64_t *offsets = segment_rows_column(piece->rows, FOUND_OFFSET) + piece->from;
		const int64_t *lengths = segment_rows_column(piece->rows, FOUND_LENGTH) + piece->from;

		for (uint32_t k = 0; k < piece->count; k++) {
			*rest++ = (int64_t)((uint64_t)offsets[k] - sum);
			sum += (uint64_t)lengths[k];
		}
	}
}

static const struct raw_column *lengths_of(const struct raw_segment *raw)
{
	for (size_t i = 0; i < raw->found.count; i++)
		if (raw->found.columns[i].number == FOUND_LENGTH)
			return &raw->found.columns[i];
	return NULL;
}

/* The lengths of all rows before one. */
static enum status sum_before(const struct raw_segment *raw, uint32_t first, uint64_t *sum)
{
	const struct raw_column *lengths = lengths_of(raw);
	int64_t values[BLOCK];
	struct column column;

	*sum = 0;
	if (!lengths || first == 0)
		return STATUS_OK;
	column = lengths->column;
	column.rows = raw->rows;
	column.data = (const uint8_t *)raw->bytes.data + lengths->at;
	for (uint32_t i = 0; i < first; i += BLOCK) {
		const uint32_t rows = first - i < BLOCK ? first - i : BLOCK;

		if (!column_decode_some(&column, lengths->len, i, rows, values))
			return STATUS_INTEGRITY;
		for (uint32_t k = 0; k < rows; k++)
			*sum += (uint64_t)values[k];
	}
	return STATUS_OK;
}

/* A damaged case may hold lengths that overflow: unsigned, that is no harm, and who uses the
 * offsets checks them. */
enum status beyond_restore(const struct raw_segment *raw, uint32_t first, uint32_t rows,
			   const int64_t *lengths, int64_t *values)
{
	uint64_t sum;
	const enum status status = sum_before(raw, first, &sum);

	for (uint32_t i = 0; i < rows && status == STATUS_OK; i++) {
		values[i] = (int64_t)((uint64_t)values[i] + sum);
		sum += (uint64_t)lengths[i];
	}
	return status;
}
