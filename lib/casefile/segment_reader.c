/* SPDX-License-Identifier: Apache-2.0 */
/* Reading segments back; nothing a file says is taken on trust. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/relative.h"
#include "casefile/segment.h"

#define COLUMN_SQL(table) \
	"SELECT id & 255, base, slope, unit, width, list, data FROM " table \
	" WHERE id BETWEEN ?1 * 256 AND ?1 * 256 + 255"

enum status segment_reader_open(struct segment_reader *reader,
				struct casefile *casefile, uint64_t found_wanted,
				uint64_t understood_wanted)
{
	memset(reader, 0, sizeof(*reader));
	reader->casefile = casefile;
	reader->found_wanted = found_wanted;
	reader->understood_wanted = understood_wanted;
	reader->next = casefile_prepare(
		casefile, "SELECT id, source, rows FROM segment WHERE id >= ?"
			  " ORDER BY id LIMIT 1");
	if (!reader->next)
		return casefile->error.status;
	reader->found = casefile_prepare(casefile, COLUMN_SQL("found"));
	if (!reader->found)
		return casefile->error.status;
	if (!understood_wanted)
		return STATUS_OK;
	reader->understood = casefile_prepare(casefile, COLUMN_SQL("understood"));
	return reader->understood ? STATUS_OK : casefile->error.status;
}

void segment_reader_close(struct segment_reader *reader)
{
	sqlite3_finalize(reader->next);
	sqlite3_finalize(reader->found);
	sqlite3_finalize(reader->understood);
	for (size_t i = 0; i < FOUND_COLUMNS + READ_STORED; i++)
		free(reader->values[i]);
	free(reader->basis);
	free(reader->zeros);
	free(reader->heap.data);
	free(reader->raw.data);
	memset(reader, 0, sizeof(*reader));
}

static enum status damaged(struct segment_reader *reader)
{
	char path[300];

	return error_set(&reader->casefile->error, STATUS_INTEGRITY,
			 "%s: segment %lld is damaged",
			 text_escape(text_of(reader->casefile->path), path,
				     sizeof(path)),
			 (long long)reader->segment.id);
}

/* Copies a BLOB, with the 8 bytes a column reads past its end. */
static enum status keep(struct segment_reader *reader,
			struct segment_bytes *bytes, struct text data)
{
	void *memory = bytes->data;

	if (!memory_room(&memory, &bytes->capacity, data.len + 8, 1))
		return error_memory(&reader->casefile->error);
	bytes->data = memory;
	if (data.len)
		memcpy(memory, data.data, data.len);
	memset(bytes->data + data.len, 0, 8);
	return STATUS_OK;
}

/* Room for the values of a column. */
static int64_t *room_of(struct segment_reader *reader, size_t place)
{
	int64_t **values = &reader->values[place];

	if (!*values)
		*values = memory_array(NULL, SEGMENT_ROWS, sizeof(**values));
	return *values;
}

static enum status take_column(struct segment_reader *reader,
			       sqlite3_stmt *statement, size_t place,
			       const int64_t **out)
{
	struct text data = column_text(statement, 6);
	int64_t width = sqlite3_column_int64(statement, 4);
	int64_t list = sqlite3_column_int64(statement, 5);
	int64_t *values = room_of(reader, place);
	struct column column = { .rows = reader->segment.rows };
	enum status status;

	if (!values)
		return error_memory(&reader->casefile->error);
	if (width < 0 || width > 64 || list < 0 || list > COLUMN_LIST_MOST ||
	    data.len > (size_t)8 * SEGMENT_ROWS)
		return damaged(reader);
	status = keep(reader, &reader->raw, data);
	if (status != STATUS_OK)
		return status;
	column.base = sqlite3_column_int64(statement, 1);
	column.slope = sqlite3_column_int64(statement, 2);
	column.unit = sqlite3_column_int64(statement, 3);
	column.width = (unsigned)width;
	column.list = (uint32_t)list;
	column.data = reader->raw.data;
	*out = values;
	return column_decode(&column, data.len, values) ? STATUS_OK
							: damaged(reader);
}

static enum status take_heap(struct segment_reader *reader,
			     sqlite3_stmt *statement)
{
	struct text data = column_text(statement, 6);
	enum status status = keep(reader, &reader->heap, data);

	reader->segment.heap.data = (const char *)reader->heap.data;
	reader->segment.heap.len = data.len;
	return status;
}

/* One of the two tables of columns. */
struct layer_read {
	sqlite3_stmt *statement;
	uint64_t wanted;
	uint64_t known;        /* those that there can be */
	const int64_t **columns;
	size_t first;          /* of its columns among reader->values */
	uint64_t stored;       /* the columns that are there */
};

static enum status take_columns(struct segment_reader *reader,
				struct layer_read *layer)
{
	sqlite3_stmt *statement = layer->statement;
	enum status status;

	for (size_t c = 0; c < 64; c++)
		if (layer->wanted >> c & 1)
			layer->columns[c] = reader->zeros;
	bind_integer(statement, 1, reader->segment.id);
	while ((status = casefile_step(reader->casefile, statement)) == STATUS_OK) {
		size_t c = (size_t)sqlite3_column_int64(statement, 0);

		if (c > 63 || !(layer->known >> c & 1))
			status = damaged(reader);
		else if (!(layer->wanted >> c & 1))
			continue;
		else if (layer->first == 0 && c == FOUND_HEAP)
			status = take_heap(reader, statement);
		else
			status = take_column(reader, statement, layer->first + c,
					     &layer->columns[c]);
		if (status != STATUS_OK)
			break;
		layer->stored |= UINT64_C(1) << c;
	}
	sqlite3_reset(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status take_found(struct segment_reader *reader, uint64_t needed)
{
	const uint64_t known = SEGMENT_COLUMN(FOUND_COLUMNS) - 1;
	struct layer_read found = { reader->found,
				    (reader->found_wanted | needed) & known, known,
				    reader->segment.found, 0, 0 };
	enum status status = STATUS_OK;

	if (found.wanted)
		status = take_columns(reader, &found);
	reader->segment.stored = found.stored;
	return status;
}

/* The columns wanted, with their factors, and the flags where talk needs them. */
static uint64_t with_factors(uint64_t wanted)
{
	uint64_t all = wanted & (SEGMENT_COLUMN(READ_COLUMNS) - 1);

	for (unsigned c = 0; c < READ_COLUMNS; c++)
		if ((wanted >> c & 1) && relative_can(c))
			all |= SEGMENT_COLUMN(READ_FACTOR(c));
	if (wanted & SEGMENT_COLUMN(READ_TALK))
		all |= SEGMENT_COLUMN(READ_FLAGS);
	return all;
}

/* Makes up the columns that are told by what was found. */
static enum status complete(struct segment_reader *reader,
			    const struct layer_read *read)
{
	struct segment *segment = &reader->segment;

	for (unsigned c = 0; c < READ_COLUMNS; c++) {
		int64_t *values;

		if (!(read->stored >> READ_FACTOR(c) & 1) || !relative_can(c))
			continue;
		values = room_of(reader, FOUND_COLUMNS + c);
		if (!reader->basis)
			reader->basis = memory_array(NULL, SEGMENT_ROWS,
						     sizeof(*reader->basis));
		if (!values || !reader->basis)
			return error_memory(&reader->casefile->error);
		if (!(read->stored >> c & 1))
			memset(values, 0, segment->rows * sizeof(*values));
		relative_basis(segment, segment->understood[READ_FLAGS], c,
			       reader->basis);
		relative_apply(values, read->columns[READ_FACTOR(c)],
			       reader->basis, segment->rows);
		segment->understood[c] = values;
	}
	return STATUS_OK;
}

static enum status take_layers(struct segment_reader *reader)
{
	const int64_t *columns[READ_STORED] = { NULL };
	struct layer_read read = { reader->understood,
				   with_factors(reader->understood_wanted),
				   with_factors(SEGMENT_ALL), columns,
				   FOUND_COLUMNS, 0 };
	uint64_t needed = 0;
	enum status status = take_columns(reader, &read);

	memcpy(reader->segment.understood, columns,
	       sizeof(reader->segment.understood));
	for (unsigned c = 0; c < READ_COLUMNS; c++)
		if (read.stored >> READ_FACTOR(c) & 1)
			needed |= relative_needs(c);
	if (status == STATUS_OK)
		status = take_found(reader, needed);
	return status == STATUS_OK ? complete(reader, &read) : status;
}

static enum status read_from(struct segment_reader *reader, int64_t id)
{
	struct segment *segment = &reader->segment;
	int64_t rows = 0;
	enum status status;

	memset(segment, 0, sizeof(*segment));
	if (!reader->zeros)
		reader->zeros = calloc(SEGMENT_ROWS, sizeof(*reader->zeros));
	if (!reader->zeros)
		return error_memory(&reader->casefile->error);
	bind_integer(reader->next, 1, id);
	status = casefile_step(reader->casefile, reader->next);
	if (status == STATUS_OK) {
		segment->id = sqlite3_column_int64(reader->next, 0);
		segment->source = sqlite3_column_int64(reader->next, 1);
		rows = sqlite3_column_int64(reader->next, 2);
	}
	sqlite3_reset(reader->next);
	if (status != STATUS_OK)
		return status;
	if (rows < 1 || rows > SEGMENT_ROWS || segment->id < 1 ||
	    segment->id > SEGMENT_ID_MOST)
		return damaged(reader);
	segment->rows = (uint32_t)rows;
	return reader->understood ? take_layers(reader) : take_found(reader, 0);
}

enum status segment_reader_next(struct segment_reader *reader)
{
	int64_t last = reader->segment.id;

	/* After a segment whose id is out of range there is none. */
	return last > SEGMENT_ID_MOST ? STATUS_END : read_from(reader, last + 1);
}

enum status segment_reader_seek(struct segment_reader *reader, int64_t id)
{
	enum status status = read_from(reader, id);

	return status == STATUS_OK && reader->segment.id != id ? STATUS_END
							       : status;
}

static uint32_t get_u32(const char *data)
{
	const unsigned char *b = (const unsigned char *)data;

	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
	       (uint32_t)b[3] << 24;
}

bool segment_heap(const struct segment *segment, int64_t n, struct text *text)
{
	const struct text heap = segment->heap;
	size_t count, first, start, end;

	if (heap.len < 4)
		return false;
	count = get_u32(heap.data);
	if (count > (heap.len - 4) / 4 || n < 0 || (size_t)n >= count)
		return false;
	first = 4 + 4 * count;
	start = n ? get_u32(heap.data + 4 * (size_t)n) : 0;
	end = get_u32(heap.data + 4 + 4 * (size_t)n);
	if (start > end || end > heap.len - first)
		return false;
	text->data = heap.data + first + start;
	text->len = end - start;
	return true;
}

bool segment_text(const struct segment *segment, const struct forms *forms,
		  enum call_role role, uint32_t i, struct buf *out)
{
	int64_t form = segment_found(segment, FOUND_FORM(role), i);
	int64_t value = segment_found(segment, FOUND_VALUE(role), i);
	struct text text;

	if (form == FORM_ABSENT)
		return false;
	if (form != FORM_HEAP)
		return forms_text(forms, form, value, out);
	if (!segment_heap(segment, value, &text))
		return false;
	buf_add(out, text.data, text.len);
	return true;
}
