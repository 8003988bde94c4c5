/* SPDX-License-Identifier: Apache-2.0 */
/* Found columns that are stored instead of others. */
#include "casefile/segment/instead.h"

/* Rows that are added up at once; a multiple of 8. */
#define BLOCK 1024

const struct instead insteads[INSTEADS] = {
	{ FOUND_OFFSET, FOUND_BEYOND, FOUND_LENGTH, true },
	{ FOUND_VALUE(CALL_TALK), FOUND_TALK_SHORT, FOUND_VALUE(CALL_DURATION), false },
	{ FOUND_VALUE(CALL_BILLED), FOUND_BILLED_SHORT, FOUND_VALUE(CALL_DURATION), false },
};

uint64_t instead_stored(uint64_t found)
{
	uint64_t all = found & (SEGMENT_COLUMN(FOUND_COLUMNS) - 1);

	for (size_t i = 0; i < INSTEADS; i++)
		if (found >> insteads[i].column & 1)
			all |= SEGMENT_COLUMN(insteads[i].rest) | SEGMENT_COLUMN(insteads[i].by);
	return all;
}

static void split_sums(const struct segment_piece *piece, const struct instead *instead,
		       uint64_t *sum, int64_t *rests)
{
	const int64_t *values = segment_rows_column(piece->rows, instead->column) + piece->from;
	const int64_t *by = segment_rows_column(piece->rows, instead->by) + piece->from;

	for (uint32_t i = 0; i < piece->count; i++) {
		rests[i] = (int64_t)((uint64_t)values[i] - *sum);
		*sum += (uint64_t)by[i];
	}
}

static void split_shorts(const struct segment_piece *piece, const struct instead *instead,
			 int64_t *rests)
{
	const int64_t *values = segment_rows_column(piece->rows, instead->column) + piece->from;
	const int64_t *by = segment_rows_column(piece->rows, instead->by) + piece->from;

	for (uint32_t i = 0; i < piece->count; i++)
		rests[i] = (int64_t)((uint64_t)by[i] - (uint64_t)values[i]);
}

void instead_split(const struct instead *instead, const struct segment_piece *pieces, size_t count,
		   int64_t *rests)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++) {
		if (instead->sum)
			split_sums(&pieces[i], instead, &sum, rests);
		else
			split_shorts(&pieces[i], instead, rests);
		rests += pieces[i].count;
	}
}

static const struct raw_column *column_of(const struct raw_segment *raw, unsigned number)
{
	for (size_t i = 0; i < raw->found.count; i++)
		if (raw->found.columns[i].number == number)
			return &raw->found.columns[i];
	return NULL;
}

/* Adds up a column in all rows before one. */
static enum status sum_before(const struct raw_segment *raw, unsigned number, uint32_t first,
			      uint64_t *sum)
{
	const struct raw_column *stored = column_of(raw, number);
	int64_t values[BLOCK];
	struct column column;

	*sum = 0;
	if (!stored || first == 0)
		return STATUS_OK;
	column = stored->column;
	column.rows = raw->rows;
	column.data = (const uint8_t *)raw->bytes.data + stored->at;
	for (uint32_t i = 0; i < first; i += BLOCK) {
		const uint32_t rows = first - i < BLOCK ? first - i : BLOCK;

		if (!column_decode_some(&column, stored->len, i, rows, values))
			return STATUS_INTEGRITY;
		for (uint32_t k = 0; k < rows; k++)
			*sum += (uint64_t)values[k];
	}
	return STATUS_OK;
}

static void restore_sums(uint64_t sum, uint32_t rows, const int64_t *by, int64_t *rests)
{
	for (uint32_t i = 0; i < rows; i++) {
		rests[i] = (int64_t)((uint64_t)rests[i] + sum);
		sum += (uint64_t)by[i];
	}
}

/* A damaged case may hold what overflows: unsigned, that is no harm, and who uses the values checks
 * their range. */
enum status instead_restore(const struct instead *instead, const struct raw_segment *raw,
			    uint32_t first, uint32_t rows, const int64_t *by, int64_t *rests)
{
	enum status status = STATUS_OK;
	uint64_t sum;

	if (instead->sum) {
		status = sum_before(raw, instead->by, first, &sum);
		if (status == STATUS_OK)
			restore_sums(sum, rows, by, rests);
		return status;
	}
	for (uint32_t i = 0; i < rows; i++)
		rests[i] = (int64_t)((uint64_t)by[i] - (uint64_t)rests[i]);
	return STATUS_OK;
}
