/* SPDX-License-Identifier: Apache-2.0 */
/* Writing segments: calls are gathered, then packed and stored. */
#include "casefile/rawsegment.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct segment_writer_room {
	struct segment_store store;
	struct raw_segment raw;
};

static enum status open_room(struct segment_writer *writer)
{
	enum status status = segment_store_open(&writer->room->store,
						writer->casefile, false);

	if (status != STATUS_OK)
		return status;
	return casefile_integer(writer->casefile,
				"SELECT max(id) + 1 FROM segment", 1, &writer->id);
}

enum status segment_writer_open(struct segment_writer *writer,
				struct casefile *casefile, struct forms *forms,
				int64_t source)
{
	memset(writer, 0, sizeof(*writer));
	writer->casefile = casefile;
	writer->forms = forms;
	writer->source = source;
	writer->values = memory_array(NULL, (size_t)FOUND_COLUMNS * SEGMENT_ROWS,
				      sizeof(*writer->values));
	writer->room = calloc(1, sizeof(*writer->room));
	if (!writer->values || !writer->room)
		return error_memory(&casefile->error);
	return open_room(writer);
}

void segment_writer_close(struct segment_writer *writer)
{
	if (writer->room) {
		segment_store_close(&writer->room->store);
		raw_segment_release(&writer->room->raw);
		free(writer->room);
	}
	free(writer->values);
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

enum status segment_writer_flush(struct segment_writer *writer)
{
	struct raw_segment *raw = writer->room ? &writer->room->raw : NULL;
	enum status status;

	if (writer->rows == 0)
		return STATUS_OK;
	raw_segment_clear(raw);
	raw->id = writer->id;
	raw->source = writer->source;
	raw->rows = writer->rows;
	if (!segment_pack_found(raw, writer->values, &writer->heap))
		return error_memory(&writer->casefile->error);
	status = segment_store_put(&writer->room->store, raw);
	dictionary_clear(&writer->heap);
	writer->id++;
	writer->rows = 0;
	return status;
}
