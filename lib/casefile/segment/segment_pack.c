/* SPDX-License-Identifier: Apache-2.0 */
/* Coding the columns of a segment, each in the shortest way there is. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/column/packing.h"
#include "casefile/segment/delta.h"
#include "casefile/segment/instead.h"
#include "casefile/segment/raw_segment.h"

/* ---- columns ---- */

static struct raw_column *add_column(struct raw_segment *raw,
				     struct raw_layer *layer, unsigned number)
{
	struct raw_column *column = &layer->columns[layer->count++];

	layer->stored |= UINT64_C(1) << number;
	*column = (struct raw_column){ .number = number, .at = raw->bytes.len };
	return column;
}

/* A column that was coded elsewhere. */
static bool put_coded(struct raw_segment *raw, struct raw_layer *layer,
		      unsigned number, const struct column *coded)
{
	struct raw_column *column = add_column(raw, layer, number);

	column->column = *coded;
	column->len = column_size(coded);
	buf_add(&raw->bytes, coded->data, column->len);
	return !raw->bytes.failed;
}

/* Codes a column where it will stay, of which the least and the greatest value are known. */
static bool put_between(struct raw_segment *raw, struct raw_layer *layer, unsigned number,
			const int64_t *values, enum column_hint hint, const int64_t ends[2])
{
	struct raw_column *column;

	if (ends[0] == 0 && ends[1] == 0)
		return true;
	if (!buf_room(&raw->bytes, (size_t)8 * raw->rows + 8))
		return false;
	column = add_column(raw, layer, number);
	if (!column_encode_between(&column->column, values, raw->rows, hint, ends,
				   (uint8_t *)raw->bytes.data + raw->bytes.len)) {
		raw->unfit = true;
		return false;
	}
	column->len = column_size(&column->column);
	raw->bytes.len += column->len;
	return true;
}

static bool put_values(struct raw_segment *raw, struct raw_layer *layer,
		       unsigned number, const int64_t *values,
		       enum column_hint hint)
{
	int64_t ends[2];

	if (column_is_zero(values, raw->rows))
		return true;
	packing_fastest()->extent(values, raw->rows, 0, ends);
	return put_between(raw, layer, number, values, hint, ends);
}

/* ---- as found ---- */

static enum column_hint hint_of_found(unsigned column)
{
	switch (column) {
	case FOUND_LENGTH:
		return COLUMN_PLAIN;
	case FOUND_LINE:
	case FOUND_OFFSET:
	case FOUND_MEMBER:
	case FOUND_VALUE(CALL_ID):
	case FOUND_VALUE(CALL_STARTED):
	case FOUND_VALUE(CALL_ANSWERED_AT):
	case FOUND_VALUE(CALL_ENDED):
		return COLUMN_RISING;
	default:
		return (column - FOUND_ROLE) % 2 ? COLUMN_STEMS : COLUMN_FEW;
	}
}

static void put_u32(struct buf *buf, uint64_t value)
{
	for (unsigned k = 0; k < 4; k++, value >>= 8)
		buf_byte(buf, (char)(value & 0xff));
}

/* The heap goes in as a column without integers: base says how many texts. */
static bool put_heap(struct raw_segment *raw, const struct dictionary *heap)
{
	struct raw_column *column;
	struct buf *bytes = &raw->bytes;

	if (heap->count == 0)
		return true;
	column = add_column(raw, &raw->found, FOUND_HEAP);
	column->column.base = (int64_t)heap->count;
	column->column.unit = 1;
	put_u32(bytes, heap->count);
	for (size_t i = 0; i < heap->count; i++)
		put_u32(bytes, heap->ends[i]);
	buf_add(bytes, heap->bytes.data ? heap->bytes.data : "", heap->bytes.len);
	column->len = bytes->len - column->at;
	return !bytes->failed;
}

/* The pieces of a segment, and room for a column of it. */
struct found_work {
	const struct segment_piece *pieces;
	size_t count;
	int64_t *values;
	int64_t ends[2];                /* the least and the greatest of these */
};

static void collect_piece(const struct segment_piece *piece, unsigned c, int64_t *to, int64_t ends[2])
{
	const struct segment_rows *rows = piece->rows;

	if (c >= FOUND_ROLE && c < FOUND_MEMBER && (c - FOUND_ROLE) % 2 == 0)
		packing_fastest()->widen(segment_rows_forms(rows, (c - FOUND_ROLE) / 2) + piece->from,
					 piece->count, FORM_NULL, to, ends);
	else
		packing_fastest()->copy(segment_rows_column(rows, c) + piece->from, piece->count,
					c == FOUND_LINE ? piece->line : 0, to, ends);
}

/* A column of all pieces, one after another. */
static void collect(struct found_work *work, unsigned c)
{
	int64_t *to = work->values;

	work->ends[0] = INT64_MAX;
	work->ends[1] = INT64_MIN;
	for (size_t i = 0; i < work->count; i++) {
		const struct segment_piece *piece = &work->pieces[i];

		collect_piece(piece, c, to, work->ends);
		to += piece->count;
	}
}

/* Codes values behind all others, as no column yet; the bytes that it takes, SIZE_MAX where no
 * column holds them. There is room. */
static size_t code_behind(const struct raw_segment *raw, struct column *column,
			  const struct found_work *work, enum column_hint hint)
{
	uint8_t *data = (uint8_t *)raw->bytes.data + raw->bytes.len;

	return column_encode_between(column, work->values, raw->rows, hint, work->ends, data)
		       ? column_size(column)
		       : SIZE_MAX;
}

/* A column that was coded behind all others. */
static void take_coded(struct raw_segment *raw, unsigned number, const struct column *coded)
{
	struct raw_column *column = add_column(raw, &raw->found, number);

	column->column = *coded;
	column->len = column_size(coded);
	raw->bytes.len += column->len;
}

/* A column, or the one instead of it, whichever takes less. */
static bool put_either(struct raw_segment *raw, struct found_work *work,
		       const struct instead *instead)
{
	const enum column_hint hint = hint_of_found(instead->column);
	struct column column;
	size_t size;

	collect(work, instead->column);
	if (!(raw->found.stored >> instead->by & 1) || (work->ends[0] == 0 && work->ends[1] == 0))
		return put_between(raw, &raw->found, instead->column, work->values, hint, work->ends);
	if (!buf_room(&raw->bytes, (size_t)8 * raw->rows + 8))
		return false;
	size = code_behind(raw, &column, work, hint);
	instead_split(instead, work->pieces, work->count, work->values);
	packing_fastest()->extent(work->values, raw->rows, 0, work->ends);
	if (code_behind(raw, &column, work, hint) < size) {
		take_coded(raw, instead->rest, &column);
		return true;
	}
	collect(work, instead->column);
	return put_between(raw, &raw->found, instead->column, work->values, hint, work->ends);
}

static bool stands_alone(unsigned column)
{
	for (size_t i = 0; i < INSTEADS; i++)
		if (insteads[i].column == column)
			return false;
	return true;
}

static bool put_column(struct raw_segment *raw, struct found_work *work, unsigned column)
{
	collect(work, column);
	return put_between(raw, &raw->found, column, work->values, hint_of_found(column), work->ends);
}

static int by_number(const void *a, const void *b)
{
	const struct raw_column *x = a;
	const struct raw_column *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

bool segment_pack_found(struct raw_segment *raw, const struct segment_piece *pieces,
			size_t count, const struct dictionary *heap,
			int64_t *column)
{
	struct found_work work = { pieces, count, column, { 0, 0 } };
	const uint64_t columns = pieces[0].rows->columns;
	struct raw_layer *layer = &raw->found;
	bool good = true;

	raw_segment_clear(raw);
	for (size_t i = 0; i < count; i++)
		raw->rows += pieces[i].count;
	for (unsigned c = 0; c < FOUND_COLUMNS && good; c++) {
		if (c == FOUND_HEAP)
			good = put_heap(raw, heap);
		else if (columns >> c & 1 && stands_alone(c))
			good = put_column(raw, &work, c);
	}
	for (size_t i = 0; i < INSTEADS && good; i++)
		if (columns >> insteads[i].column & 1)
			good = put_either(raw, &work, &insteads[i]);
	qsort(layer->columns, layer->count, sizeof(layer->columns[0]), by_number);
	return good && raw_segment_digest(raw, layer, layer->sha256);
}

/* ---- as understood ---- */

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
	case READ_COST_UNIT:
		return COLUMN_FEW;
	default:
		return COLUMN_PLAIN;
	}
}

bool segment_scratch_open(struct segment_scratch *scratch)
{
	scratch->values = memory_array(NULL, SEGMENT_ROWS, sizeof(*scratch->values));
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
struct read_work {
	struct raw_segment *raw;
	const struct segment *segment;
	unsigned column;
	const int64_t *values;
	struct column rest, factors;
};

/* The rest belongs before the factors. */
static bool put_split(const struct read_work *work)
{
	struct raw_layer *layer = &work->raw->understood;
	const struct column *rest = &work->rest;
	const bool zero = rest->base == 0 && rest->width == 0 && rest->list == 0;

	if (!zero && !put_coded(work->raw, layer, work->column, rest))
		return false;
	return put_coded(work->raw, layer, READ_FACTOR(work->column),
			 &work->factors);
}

/* One row says all, for they are the same. */
static bool encode_factors(struct read_work *work, int64_t factor, uint8_t *data)
{
	const bool fits = column_encode(&work->factors, &factor, 1, COLUMN_FEW, data);

	work->factors.rows = work->raw->rows;
	return fits;
}

/* The column as it is. */
static bool put_plain(const struct read_work *work)
{
	return put_values(work->raw, &work->raw->understood, work->column,
			  work->values, hint_of_read(work->column));
}

/* Stores what is left of a column once what was found is taken off, and the
 * factors; the column as it is, where that takes less. */
static bool put_delta(struct read_work *work, const int64_t *flags,
			 struct segment_scratch *scratch)
{
	const uint32_t rows = work->raw->rows;
	int64_t *rest = scratch->values, factor;
	uint8_t *second = scratch->data + (size_t)8 * (SEGMENT_ROWS + 1);
	struct column plain;
	size_t size;
	bool fits;

	if (column_is_zero(work->values, rows))
		return true;
	factor = delta_split(work->segment, flags, work->column, work->values, rest);
	fits = column_encode(&work->rest, rest, rows, COLUMN_FEW, scratch->data) &&
	       encode_factors(work, factor, second);
	if (!fits)
		return put_plain(work);
	size = column_size(&work->rest) + column_size(&work->factors);
	if (size <= rows)
		return put_split(work);
	if (!column_encode(&plain, work->values, rows, hint_of_read(work->column),
			   second))
		return put_plain(work);
	if (column_size(&plain) <= size)
		return put_coded(work->raw, &work->raw->understood, work->column,
				 &plain);
	return encode_factors(work, factor, second) && put_split(work);
}

static int64_t floor_seconds(int64_t ms)
{
	return ms / 1000 - (ms % 1000 < 0);
}

struct segment_bounds segment_bounds(const int64_t *started, const int64_t *flags,
				     uint32_t rows)
{
	int64_t first = INT64_MAX, last = INT64_MIN;

	for (uint32_t i = 0; i < rows; i++) {
		const bool unread = flags[i] & CALL_FLAG_UNREAD;
		const int64_t low = unread ? INT64_MAX : started[i];
		const int64_t high = unread ? INT64_MIN : started[i];

		first = low < first ? low : first;
		last = high > last ? high : last;
	}
	if (first > last)
		return (struct segment_bounds){ false, 0, 0 };
	return (struct segment_bounds){ true, floor_seconds(first),
					floor_seconds(last) };
}

bool segment_pack_read(struct raw_segment *raw, const struct segment *segment,
		       const int64_t *values, struct segment_scratch *scratch)
{
	const int64_t *flags = values + (size_t)READ_FLAGS * SEGMENT_ROWS;
	struct raw_layer *layer = &raw->understood;
	bool good = true;

	for (unsigned c = 0; c < READ_COLUMNS && good; c++) {
		struct read_work work = { .raw = raw, .segment = segment,
					  .column = c };

		work.values = values + (size_t)c * SEGMENT_ROWS;
		good = delta_can(c) ? put_delta(&work, flags, scratch)
				       : put_values(raw, layer, c, work.values,
						    hint_of_read(c));
	}
	raw->bounds = segment_bounds(values + (size_t)READ_STARTED * SEGMENT_ROWS,
				     flags, raw->rows);
	qsort(layer->columns, layer->count, sizeof(layer->columns[0]), by_number);
	return good && raw_segment_digest(raw, layer, layer->sha256);
}

bool segment_pack_twins(struct raw_segment *to, const struct raw_segment *from,
			const int64_t *flags, const int64_t *twins)
{
	struct raw_layer *layer = &to->understood;
	bool good;

	raw_segment_clear(to);
	to->id = from->id;
	to->source = from->source;
	to->rows = from->rows;
	for (size_t i = 0; i < from->understood.count; i++) {
		const struct raw_column *old = &from->understood.columns[i];
		struct raw_column *column;

		if (old->number == READ_FLAGS || old->number == READ_TWIN)
			continue;
		column = add_column(to, layer, old->number);
		column->column = old->column;
		column->len = old->len;
		buf_add(&to->bytes, from->bytes.data + old->at, old->len);
	}
	good = !to->bytes.failed &&
	       put_values(to, layer, READ_FLAGS, flags, hint_of_read(READ_FLAGS)) &&
	       put_values(to, layer, READ_TWIN, twins, hint_of_read(READ_TWIN));
	qsort(layer->columns, layer->count, sizeof(layer->columns[0]), by_number);
	return good && raw_segment_digest(to, layer, layer->sha256);
}

enum status segment_pack_failed(const struct raw_segment *raw, struct error *error)
{
	if (!raw->unfit)
		return error_memory(error);
	return error_set(error, STATUS_FAILED,
			 "a value of segment %lld is beyond what a column holds, so "
			 "that it could not be read again; nothing of it is stored: "
			 "this is a fault of unspoof, please report it",
			 (long long)raw->id);
}
