/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding the columns of a segment. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/segment/delta.h"
#include "casefile/segment/instead.h"
#include "casefile/segment/raw_segment.h"

void segment_decoder_release(struct segment_decoder *decoder)
{
	for (size_t i = 0; i < FOUND_STORED + READ_STORED; i++)
		free(decoder->values[i]);
	free(decoder->zeros);
	memset(decoder, 0, sizeof(*decoder));
}

static uint32_t window(const struct segment_decoder *decoder)
{
	return decoder->window ? decoder->window : SEGMENT_ROWS;
}

/* Room for the values of a column. */
static int64_t *room(const struct segment_decoder *decoder, int64_t **values)
{
	if (!*values)
		*values = memory_array(NULL, window(decoder), sizeof(**values));
	return *values;
}

static bool prepare(struct segment_decoder *decoder)
{
	if (!decoder->zeros)
		decoder->zeros = calloc(window(decoder), sizeof(*decoder->zeros));
	return decoder->zeros != NULL;
}

/* A layer on its way. */
struct layer_decode {
	struct segment_decoder *decoder;
	const struct raw_segment *raw;
	const struct raw_layer *layer;
	uint32_t row, rows;        /* the first one, and how many */
	uint64_t wanted;
	size_t first;              /* of its columns among decoder->values */
	const int64_t **columns;   /* where they go */
};

/* Whether a column is of factors that are all the same, as nearly all are: the first tells. */
static bool is_factor(const struct layer_decode *to, const struct raw_column *raw)
{
	return to->first != 0 && raw->number >= READ_FACTOR(0) &&
	       raw->column.width == 0 && raw->column.list == 0 && raw->column.slope == 0;
}

static enum status decode_column(const struct layer_decode *to,
				 const struct raw_column *raw)
{
	const uint32_t rows = is_factor(to, raw) ? 1 : to->rows;
	struct column column = raw->column;
	int64_t *values = room(to->decoder,
			       &to->decoder->values[to->first + raw->number]);

	if (!values)
		return STATUS_FAILED;
	column.rows = to->raw->rows;
	column.data = (const uint8_t *)to->raw->bytes.data + raw->at;
	to->columns[raw->number] = values;
	return column_decode_some(&column, raw->len, to->row, rows, values)
		       ? STATUS_OK
		       : STATUS_INTEGRITY;
}

static enum status decode_layer(const struct layer_decode *to,
				struct segment *segment)
{
	enum status status = STATUS_OK;

	for (size_t c = 0; c < 64; c++)
		if (to->wanted >> c & 1)
			to->columns[c] = to->decoder->zeros;
	for (size_t i = 0; i < to->layer->count && status == STATUS_OK; i++) {
		const struct raw_column *column = &to->layer->columns[i];

		if (!(to->wanted >> column->number & 1))
			continue;
		if (to->first != 0 || column->number != FOUND_HEAP) {
			status = decode_column(to, column);
			continue;
		}
		segment->heap.data = to->raw->bytes.data + column->at;
		segment->heap.len = column->len;
	}
	return status;
}

/* Restores the columns that others are stored instead of. */
static enum status complete_found(const struct layer_decode *found)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < INSTEADS && status == STATUS_OK; i++) {
		const struct instead *instead = &insteads[i];
		int64_t *values = found->decoder->values[instead->rest];

		if (!(found->layer->stored & found->wanted & SEGMENT_COLUMN(instead->rest)))
			continue;
		if (found->layer->stored & SEGMENT_COLUMN(instead->column))
			return STATUS_INTEGRITY;
		found->columns[instead->column] = values;
		status = instead_restore(instead, found->raw, found->row, found->rows,
					 found->columns[instead->by], values);
	}
	return status;
}

/* The factors of a column; NULL: it is no delta in this segment. */
static const struct raw_column *factors_of(const struct layer_decode *read, unsigned column)
{
	for (size_t i = 0; i < read->layer->count; i++)
		if (read->layer->columns[i].number == READ_FACTOR(column))
			return &read->layer->columns[i];
	return NULL;
}

/* Restores the columns that are deltas of what was found. */
static enum status complete(const struct layer_decode *read,
			    struct segment *segment)
{
	struct segment_decoder *decoder = read->decoder;

	for (unsigned c = 0; c < READ_COLUMNS; c++) {
		const struct raw_column *factors = factors_of(read, c);
		const int64_t *flags = segment->understood[READ_FLAGS];
		int64_t *values;

		if (!factors || !(read->wanted >> c & 1))
			continue;
		values = room(decoder, &decoder->values[FOUND_STORED + c]);
		if (!values)
			return STATUS_FAILED;
		if (!(read->layer->stored >> c & 1))
			memset(values, 0, segment->rows * sizeof(*values));
		if (is_factor(read, factors))
			delta_restore_same(segment, flags, c, *read->columns[READ_FACTOR(c)], values);
		else
			delta_restore(segment, flags, c, read->columns[READ_FACTOR(c)], values);
		segment->understood[c] = values;
	}
	return STATUS_OK;
}

static uint32_t rows_from(const struct segment_decoder *decoder,
			  const struct raw_segment *raw, uint32_t first)
{
	const uint32_t left = raw->rows - first;

	return left < window(decoder) ? left : window(decoder);
}

enum status segment_decode_from(struct segment_decoder *decoder,
				const struct raw_segment *raw, uint32_t first,
				uint64_t found_wanted, uint64_t understood_wanted,
				struct segment *segment)
{
	const uint32_t rows = rows_from(decoder, raw, first);
	const int64_t *columns[64] = { NULL };
	const int64_t *stored[64] = { NULL };
	struct layer_decode found = { decoder, raw, &raw->found, first, rows,
				      found_wanted, 0, columns };
	const struct layer_decode read = { decoder, raw, &raw->understood,
					   first, rows,
					   delta_stored(understood_wanted),
					   FOUND_STORED, stored };
	enum status status;

	memset(segment, 0, sizeof(*segment));
	segment->id = raw->id;
	segment->source = raw->source;
	segment->rows = rows;
	segment->stored = raw->found.stored & (SEGMENT_COLUMN(FOUND_COLUMNS) - 1);
	for (unsigned c = 0; c < READ_COLUMNS; c++)
		if (raw->understood.stored >> READ_FACTOR(c) & 1 &&
		    read.wanted >> c & 1)
			found.wanted |= delta_needs(c);
	found.wanted = instead_stored(found.wanted);
	if (!prepare(decoder))
		return STATUS_FAILED;
	status = decode_layer(&found, segment);
	if (status == STATUS_OK)
		status = complete_found(&found);
	memcpy(segment->found, columns, sizeof(segment->found));
	if (status == STATUS_OK)
		status = decode_layer(&read, segment);
	memcpy(segment->understood, stored, sizeof(segment->understood));
	return status == STATUS_OK ? complete(&read, segment) : status;
}

enum status segment_decode(struct segment_decoder *decoder,
			   const struct raw_segment *raw, uint64_t found_wanted,
			   uint64_t understood_wanted, struct segment *segment)
{
	return segment_decode_from(decoder, raw, 0, found_wanted,
				   understood_wanted, segment);
}
