/* SPDX-License-Identifier: Apache-2.0 */
/* Storing columns: those as understood in the shortest way there is. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/relative.h"
#include "casefile/segment.h"

enum status segment_put_column(sqlite3_stmt *insert, struct casefile *casefile,
			       int64_t id, const struct column *column)
{
	struct text data = { (const char *)column->data, column_size(column) };

	bind_integer(insert, 1, id);
	bind_integer(insert, 2, column->base);
	bind_integer(insert, 3, column->slope);
	bind_integer(insert, 4, column->unit);
	bind_integer(insert, 5, column->width);
	bind_integer(insert, 6, column->list);
	bind_blob(insert, 7, data);
	return casefile_run(casefile, insert);
}

sqlite3_stmt *segment_put_open(struct casefile *casefile)
{
	return casefile_prepare(casefile,
				"INSERT INTO understood(id, base, slope, unit, width,"
				" list, data) VALUES(?, ?, ?, ?, ?, ?, ?)");
}

static enum column_hint hint_of_read(unsigned column)
{
	switch (column) {
	case READ_STARTED:
	case READ_TALK:
	case READ_COST:
		return COLUMN_ROUND;
	case READ_PRESENTED_READING:
	case READ_DIALLED_READING:
	case READ_FLAGS:
		return COLUMN_FEW;
	default:
		return COLUMN_PLAIN;
	}
}

enum status segment_put(sqlite3_stmt *insert, struct casefile *casefile,
			int64_t segment, unsigned column, const int64_t *values,
			uint32_t rows, uint8_t *data)
{
	struct column coded;

	if (column_is_zero(values, rows))
		return STATUS_OK;
	column_encode(&coded, values, rows, hint_of_read(column), data);
	return segment_put_column(insert, casefile,
				  SEGMENT_COLUMN_ID(segment, column), &coded);
}

bool segment_scratch_open(struct segment_scratch *scratch)
{
	scratch->values = memory_array(NULL, (size_t)3 * SEGMENT_ROWS,
				       sizeof(*scratch->values));
	scratch->data = memory_array(NULL, 2 * (SEGMENT_ROWS + 1), 8);
	return scratch->values && scratch->data;
}

void segment_scratch_close(struct segment_scratch *scratch)
{
	free(scratch->values);
	free(scratch->data);
	memset(scratch, 0, sizeof(*scratch));
}

/* A column in the making. */
struct put_work {
	sqlite3_stmt *insert;
	struct casefile *casefile;
	const struct segment *segment;
	unsigned column;
	const int64_t *values;
	struct column rest, factors;
	const int64_t *rest_values;
};

static enum status put_split(const struct put_work *work)
{
	const int64_t id = work->segment->id;
	enum status status = segment_put_column(
		work->insert, work->casefile,
		SEGMENT_COLUMN_ID(id, READ_FACTOR(work->column)), &work->factors);

	if (status != STATUS_OK ||
	    column_is_zero(work->rest_values, work->segment->rows))
		return status;
	return segment_put_column(work->insert, work->casefile,
				  SEGMENT_COLUMN_ID(id, work->column), &work->rest);
}

/* Stores what is left of a column once what was found is taken off, and the
 * factors; the column as it is, where that takes less. */
static enum status put_relative(struct put_work *work, const int64_t *flags,
				struct segment_scratch *scratch)
{
	const uint32_t rows = work->segment->rows;
	int64_t *basis = scratch->values;
	int64_t *factors = basis + SEGMENT_ROWS, *rest = factors + SEGMENT_ROWS;
	uint8_t *second = scratch->data + (size_t)8 * (SEGMENT_ROWS + 1);
	struct column plain;
	size_t size;

	if (column_is_zero(work->values, rows))
		return STATUS_OK;
	relative_basis(work->segment, flags, work->column, basis);
	relative_split(work->column, work->values, basis, rows, factors, rest);
	column_encode(&work->rest, rest, rows, COLUMN_FEW, scratch->data);
	column_encode(&work->factors, factors, rows, COLUMN_FEW, second);
	work->rest_values = rest;
	size = column_size(&work->rest) + column_size(&work->factors);
	if (size <= rows)
		return put_split(work);
	column_encode(&plain, work->values, rows, hint_of_read(work->column), second);
	if (column_size(&plain) <= size)
		return segment_put_column(work->insert, work->casefile,
					  SEGMENT_COLUMN_ID(work->segment->id,
							    work->column),
					  &plain);
	column_encode(&work->factors, factors, rows, COLUMN_FEW, second);
	return put_split(work);
}

enum status segment_put_all(sqlite3_stmt *insert, struct casefile *casefile,
			    const struct segment *segment, const int64_t *values,
			    struct segment_scratch *scratch)
{
	const int64_t *flags = values + (size_t)READ_FLAGS * SEGMENT_ROWS;
	enum status status = STATUS_OK;

	for (unsigned c = 0; c < READ_COLUMNS && status == STATUS_OK; c++) {
		struct put_work work = { .insert = insert, .casefile = casefile,
					 .segment = segment, .column = c };

		work.values = values + (size_t)c * SEGMENT_ROWS;
		status = relative_can(c)
				 ? put_relative(&work, flags, scratch)
				 : segment_put(insert, casefile, segment->id, c,
					       work.values, segment->rows,
					       scratch->data);
	}
	return status;
}
