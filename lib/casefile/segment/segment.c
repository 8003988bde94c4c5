/* SPDX-License-Identifier: Apache-2.0 */
/* Writing segments: calls are gathered, then packed and stored. */
#include "casefile/segment/raw_segment.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/mend/dropped.h"
#include "casefile/sql.h"

struct segment_writer_room {
	struct segment_store store;
	struct raw_segment raw;
	int64_t column[SEGMENT_ROWS];
};

/* Columns being gathered lie so many values further apart than there are rows: were
 * it a power of two, the values of a row would share a set of the cache, and evict
 * one another. */
#define STRIDE_MORE 40
/* Above it places in the columns would not fit. */
#define CAPACITY_MOST (UINT32_C(1) << 30)

static bool make_room(struct segment_rows *rows, uint32_t capacity)
{
	rows->capacity = capacity;
	rows->stride = (size_t)capacity + STRIDE_MORE;
	rows->values = memory_array(NULL, FOUND_COLUMNS * rows->stride,
				    sizeof(*rows->values));
	rows->forms = memory_array(NULL, CALL_ROLES * rows->stride, sizeof(*rows->forms));
	if (!rows->values || !rows->forms) {
		free(rows->values);
		free(rows->forms);
		return false;
	}
	for (size_t i = 0; i < rows->role_count; i++) {
		rows->role_forms[i] = segment_rows_forms(rows, rows->roles[i]);
		rows->role_values[i] = segment_rows_column(rows, FOUND_VALUE(rows->roles[i]));
	}
	return true;
}

bool segment_rows_open(struct segment_rows *rows, const int *roles, size_t count,
		       uint32_t capacity)
{
	memset(rows, 0, sizeof(*rows));
	rows->columns = UINT64_C(1) << FOUND_LINE | UINT64_C(1) << FOUND_OFFSET |
			UINT64_C(1) << FOUND_LENGTH;
	for (size_t i = 0; i < count && i < CALL_ROLES; i++) {
		rows->roles[rows->role_count++] = (unsigned)roles[i];
		rows->columns |= SEGMENT_ROLE(roles[i]);
	}
	if (make_room(rows, capacity))
		return true;
	memset(rows, 0, sizeof(*rows));
	return false;
}

void segment_rows_release(struct segment_rows *rows)
{
	free(rows->values);
	free(rows->forms);
	memset(rows, 0, sizeof(*rows));
}

bool segment_rows_grow(struct segment_rows *rows)
{
	struct segment_rows wider = *rows;

	if (rows->capacity > CAPACITY_MOST / 2 ||
	    !make_room(&wider, 2 * rows->capacity))
		return false;
	wider.count = 0;
	segment_rows_copy(&wider, rows, 0, rows->count, 0);
	free(rows->values);
	free(rows->forms);
	*rows = wider;
	return true;
}

static void copy_column(struct segment_rows *to, const struct segment_rows *from, unsigned column,
			uint32_t first, uint32_t count)
{
	memcpy(segment_rows_column(to, column) + to->count, segment_rows_column(from, column) + first,
	       count * sizeof(*to->values));
}

void segment_rows_copy(struct segment_rows *to, const struct segment_rows *from, uint32_t first,
		       uint32_t count, int64_t line)
{
	int64_t *lines = segment_rows_column(to, FOUND_LINE) + to->count;

	for (unsigned column = FOUND_LINE; column <= FOUND_LENGTH; column++)
		copy_column(to, from, column, first, count);
	if (to->columns >> FOUND_MEMBER & 1)
		copy_column(to, from, FOUND_MEMBER, first, count);
	for (uint32_t i = 0; i < count; i++)
		lines[i] += line;
	for (size_t i = 0; i < to->role_count; i++) {
		copy_column(to, from, FOUND_VALUE(to->roles[i]), first, count);
		memcpy(to->role_forms[i] + to->count, from->role_forms[i] + first,
		       count * sizeof(*to->forms));
	}
	to->count += count;
}

bool segment_heap_add(struct dictionary *heap, struct text text, int64_t *number)
{
	uint32_t found = DICTIONARY_NONE;

	if (text.len <= UINT32_MAX - heap->bytes.len)
		found = dictionary_add(heap, text);
	*number = found;
	return found != DICTIONARY_NONE;
}

static enum status open_room(struct segment_writer *writer)
{
	enum status status = segment_store_open(&writer->room->store,
						writer->casefile, false);

	if (status != STATUS_OK)
		return status;
	return dropped_next(writer->casefile, "segment", &writer->id);
}

enum status segment_writer_open(struct segment_writer *writer,
				struct casefile *casefile, struct forms *forms,
				int64_t source)
{
	memset(writer, 0, sizeof(*writer));
	writer->casefile = casefile;
	writer->forms = forms;
	writer->source = source;
	writer->room = calloc(1, sizeof(*writer->room));
	if (!writer->room)
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
	segment_rows_release(&writer->rows);
	dictionary_release(&writer->heap);
	memset(writer, 0, sizeof(*writer));
}

/* Rows of any role and member, once they are needed. */
static bool open_rows(struct segment_writer *writer)
{
	int roles[CALL_ROLES];

	if (writer->rows.values)
		return true;
	for (int role = 0; role < CALL_ROLES; role++)
		roles[role] = role;
	if (!segment_rows_open(&writer->rows, roles, CALL_ROLES, SEGMENT_ROWS))
		return false;
	segment_rows_members(&writer->rows);
	return true;
}

enum status segment_writer_add(struct segment_writer *writer,
			       const struct text *fields,
			       const struct segment_place *place)
{
	int64_t forms[CALL_ROLES] = { FORM_ABSENT };
	int64_t values[CALL_ROLES] = { 0 };

	if (!open_rows(writer))
		return error_memory(&writer->casefile->error);
	for (unsigned role = 0; role < CALL_ROLES; role++) {
		if (form_is_null(fields[role]))
			forms[role] = FORM_NULL;
		else if (fields[role].data)
			forms[role] = forms_code(writer->forms, role, fields[role],
						 &values[role]);
		if (forms[role] == FORM_FAILED ||
		    (forms[role] == FORM_HEAP &&
		     !segment_heap_add(&writer->heap, fields[role], &values[role])))
			return error_memory(&writer->casefile->error);
	}
	segment_rows_add(&writer->rows, place, forms, values);
	return segment_full(writer->rows.count, &writer->heap)
		       ? segment_writer_flush(writer)
		       : STATUS_OK;
}

enum status segment_writer_put(struct segment_writer *writer,
			       struct raw_segment *raw)
{
	enum status status;

	raw->id = writer->id;
	raw->source = writer->source;
	status = segment_store_put(&writer->room->store, raw);
	/* An id that was stored leaves room for the next. */
	writer->id += status == STATUS_OK;
	return status;
}

enum status segment_writer_flush(struct segment_writer *writer)
{
	const struct segment_piece piece = { &writer->rows, 0, writer->rows.count,
					     0 };
	struct segment_writer_room *room = writer->room;
	enum status status;

	if (piece.count == 0)
		return STATUS_OK;
	if (!segment_pack_found(&room->raw, &piece, 1, &writer->heap, room->column))
		return segment_pack_failed(&room->raw, &writer->casefile->error);
	status = segment_writer_put(writer, &room->raw);
	writer->rows.count = 0;
	dictionary_clear(&writer->heap);
	return status;
}
