/* SPDX-License-Identifier: Apache-2.0 */
/* Writing segments: calls are gathered, then each column is narrowed. */
#include "casefile/segment.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum status segment_writer_open(struct segment_writer *writer,
				struct casefile *casefile, struct forms *forms,
				int64_t source)
{
	enum status status;

	memset(writer, 0, sizeof(*writer));
	writer->casefile = casefile;
	writer->forms = forms;
	writer->source = source;
	writer->insert_segment = casefile_prepare(
		casefile, "INSERT INTO segment(id, source, rows) VALUES(?, ?, ?)");
	writer->insert_column = casefile_prepare(
		casefile, "INSERT INTO found(id, base, slope, unit, width, list,"
			  " data) VALUES(?, ?, ?, ?, ?, ?, ?)");
	if (!writer->insert_segment || !writer->insert_column)
		return casefile->error.status;
	status = casefile_integer(casefile, "SELECT max(id) + 1 FROM segment", 1,
				  &writer->id);
	if (status != STATUS_OK)
		return status;
	writer->values = memory_array(NULL, (size_t)FOUND_COLUMNS * SEGMENT_ROWS,
				      sizeof(*writer->values));
	writer->data = memory_array(NULL, SEGMENT_ROWS + 1, 8);
	if (!writer->values || !writer->data)
		return error_memory(&casefile->error);
	return STATUS_OK;
}

void segment_writer_close(struct segment_writer *writer)
{
	sqlite3_finalize(writer->insert_segment);
	sqlite3_finalize(writer->insert_column);
	free(writer->values);
	free(writer->data);
	dictionary_release(&writer->heap);
	memset(writer, 0, sizeof(*writer));
}

static int64_t *slot(struct segment_writer *writer, unsigned column)
{
	return writer->values + (size_t)column * SEGMENT_ROWS + writer->rows;
}

static enum status add_field(struct segment_writer *writer, unsigned role,
			     struct text field)
{
	int64_t form = FORM_ABSENT;
	int64_t value = 0;

	if (field.data)
		form = forms_code(writer->forms, role, field, &value);
	if (form == FORM_HEAP) {
		uint32_t number;

		if (field.len > UINT32_MAX - writer->heap.bytes.len)
			return error_set(&writer->casefile->error, STATUS_FAILED,
					 "a text of over 4 GiB");
		number = dictionary_add(&writer->heap, field);
		if (number == DICTIONARY_NONE)
			return error_memory(&writer->casefile->error);
		value = number;
	}
	*slot(writer, FOUND_FORM(role)) = form;
	*slot(writer, FOUND_VALUE(role)) = value;
	return STATUS_OK;
}

enum status segment_writer_add(struct segment_writer *writer,
			       const struct text *fields, uint64_t line,
			       uint64_t offset, uint64_t length)
{
	enum status status = STATUS_OK;

	for (unsigned role = 0; role < CALL_ROLES && status == STATUS_OK; role++)
		status = add_field(writer, role, fields[role]);
	if (status != STATUS_OK)
		return status;
	*slot(writer, FOUND_LINE) = (int64_t)line;
	*slot(writer, FOUND_OFFSET) = (int64_t)offset;
	*slot(writer, FOUND_LENGTH) = (int64_t)length;
	if (++writer->rows == SEGMENT_ROWS ||
	    writer->heap.bytes.len >= SEGMENT_HEAP_MOST)
		return segment_writer_flush(writer);
	return STATUS_OK;
}

static void put_u32(struct buf *buf, uint64_t value)
{
	for (unsigned k = 0; k < 4; k++, value >>= 8)
		buf_byte(buf, (char)(value & 0xff));
}

/* The heap goes in as a column without integers: base says how many texts. */
static enum status flush_heap(struct segment_writer *writer)
{
	const struct dictionary *heap = &writer->heap;
	struct casefile *casefile = writer->casefile;
	struct buf blob = { 0 };
	enum status status;

	if (heap->count == 0)
		return STATUS_OK;
	put_u32(&blob, heap->count);
	for (size_t i = 0; i < heap->count; i++)
		put_u32(&blob, heap->ends[i]);
	buf_add(&blob, heap->bytes.data ? heap->bytes.data : "", heap->bytes.len);
	if (blob.failed) {
		status = error_memory(&casefile->error);
	} else {
		bind_integer(writer->insert_column, 1,
			     SEGMENT_COLUMN_ID(writer->id, FOUND_HEAP));
		bind_integer(writer->insert_column, 2, (int64_t)heap->count);
		bind_integer(writer->insert_column, 3, 0);
		bind_integer(writer->insert_column, 4, 1);
		bind_integer(writer->insert_column, 5, 0);
		bind_integer(writer->insert_column, 6, 0);
		bind_blob(writer->insert_column, 7, buf_view(&blob));
		status = casefile_run(casefile, writer->insert_column);
	}
	buf_release(&blob);
	dictionary_clear(&writer->heap);
	return status;
}

static enum column_hint hint_of_found(unsigned column)
{
	if (column == FOUND_LINE || column == FOUND_OFFSET)
		return COLUMN_RISING;
	if (column >= FOUND_ROLE && (column - FOUND_ROLE) % 2 == 0)
		return COLUMN_FEW;
	return COLUMN_PLAIN;
}

static enum status flush_column(struct segment_writer *writer, unsigned column)
{
	const int64_t *values = writer->values + (size_t)column * SEGMENT_ROWS;
	struct column coded;

	if (column == FOUND_HEAP || column_is_zero(values, writer->rows))
		return STATUS_OK;
	column_encode(&coded, values, writer->rows, hint_of_found(column),
		      writer->data);
	return segment_put_column(writer->insert_column, writer->casefile,
				  SEGMENT_COLUMN_ID(writer->id, column), &coded);
}

enum status segment_writer_flush(struct segment_writer *writer)
{
	enum status status;

	if (writer->rows == 0)
		return STATUS_OK;
	if (writer->id < 1 || writer->id > SEGMENT_ID_MOST)
		return error_set(&writer->casefile->error, STATUS_INTEGRITY,
				 "table segment: its ids leave no room for more");
	bind_integer(writer->insert_segment, 1, writer->id);
	bind_integer(writer->insert_segment, 2, writer->source);
	bind_integer(writer->insert_segment, 3, writer->rows);
	status = casefile_run(writer->casefile, writer->insert_segment);
	for (unsigned c = 0; c < FOUND_COLUMNS && status == STATUS_OK; c++)
		status = flush_column(writer, c);
	if (status == STATUS_OK)
		status = flush_heap(writer);
	writer->id++;
	writer->rows = 0;
	return status;
}
