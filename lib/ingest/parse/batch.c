/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a block as parsed, with their bytes. */
#include "ingest/parse/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"
#include "casefile/reject.h"
#include "casefile/row_writer.h"
#include "ingest/plan/plan.h"

/* What a batch keeps for the next rows: that of a block of short rows that are all
 * rejected is many times the block. */
#define KEPT_MOST (2 << 20)

static void drop_memory(struct batch *batch)
{
	free(batch->rows);
	row_buffer_release(&batch->found);
	raw_release(&batch->raw);
	free(batch->uncoded);
	free(batch->tall);
	seen_release(&batch->seen);
	buf_release(&batch->bytes);
	buf_release(&batch->state);
	batch->rows = NULL;
	batch->uncoded = NULL;
	batch->tall = NULL;
	batch->capacity = batch->uncoded_capacity = batch->tall_capacity = 0;
}

void batch_release(struct batch *batch)
{
	drop_memory(batch);
	memset(batch, 0, sizeof(*batch));
}

size_t batch_weight(const struct batch *batch)
{
	return batch->bytes.capacity + batch->capacity * sizeof(*batch->rows) +
	       batch->found.capacity * sizeof(*batch->found.values) +
	       batch->found.texts.capacity + raw_weight(&batch->raw) +
	       batch->uncoded_capacity * sizeof(*batch->uncoded) +
	       batch->tall_capacity * sizeof(*batch->tall) + seen_weight(&batch->seen);
}

void batch_clear(struct batch *batch)
{
	if (batch_weight(batch) > KEPT_MOST)
		drop_memory(batch);
	batch->count = batch->uncoded_count = batch->tall_count = 0;
	buf_clear(&batch->bytes);
	row_buffer_clear(&batch->found);
	seen_clear(&batch->seen);
	raw_clear(&batch->raw);
	batch->taken = 0;
	batch->said = (struct slice){ SLICE_NONE, 0 };
	batch->local_from = batch->legs_from = BATCH_NONE;
	batch->numbered = false;
	buf_clear(&batch->state);
}

static void take_mapping(struct batch *batch, const struct mapping *mapping)
{
	batch->role_count = kind_info(mapping->kind)->role_count;
	batch->columns = ROW_FIRST_ROLE + batch->role_count;
	for (size_t role = 0; role < ROLES_MOST; role++)
		batch->picks[role] = -1;
	for (size_t i = 0; i < mapping->role_count; i++)
		batch->picks[mapping->roles[i]] = (int)i;
}

void batch_begin(struct batch *batch, struct stream *stream)
{
	batch_clear(batch);
	batch->stream = stream;
	if (stream && stream->plan)
		take_mapping(batch, &stream->plan->mapping);
}

/* Room for one more of something; NULL: no memory. */
static void *room_for(struct batch *batch, void *items, size_t *capacity,
		      size_t count, size_t size)
{
	if (!memory_room(&items, capacity, count, size))
		batch->bytes.failed = true;
	return items;
}

static struct slice keep(struct batch *batch, struct text text)
{
	struct slice slice = { SLICE_NONE, 0 };

	if (!text.data)
		return slice;
	slice.at = (uint32_t)batch->bytes.len;
	slice.len = (uint32_t)text.len;
	buf_add(&batch->bytes, text.data, text.len);
	return slice;
}

/* NULL: no memory. */
static struct batch_row *add_row(struct batch *batch, enum batch_row_kind kind)
{
	struct batch_row *row;

	batch->rows = room_for(batch, batch->rows, &batch->capacity,
			       batch->count + 1, sizeof(*batch->rows));
	if (batch->bytes.failed)
		return NULL;
	row = &batch->rows[batch->count++];
	memset(row, 0, sizeof(*row));
	row->kind = kind;
	row->before = batch->taken;
	return row;
}

static void set_place(struct batch_row *row, const struct record *record)
{
	row->line = record->line;
	row->offset = record->offset;
	row->length = record->length;
}

/* The value of a role; without data where the row has none, or SQL's NULL. */
static struct text value_of(const struct batch *batch, const struct record *record,
			    const struct mapped *values, size_t role)
{
	const int pick = batch->picks[role];
	const struct text none = { NULL, 0 };
	struct text value;

	if (pick < 0)
		return none;
	value = mapped_value(values, (size_t)pick);
	return record->nulls && form_is_null(value) ? none : value;
}

void batch_take(struct batch *batch, const struct record *record,
		   const struct mapped *values)
{
	struct row_buffer *found = &batch->found;

	row_begin(found, &(struct place){ 0, batch->member, record->line, record->offset,
					  record->length });
	for (size_t role = 0; role < batch->role_count; role++)
		row_buffer_text(found, value_of(batch, record, values, role));
	batch->taken++;
}

void batch_take_raw(struct batch *batch, const struct record *record, size_t most)
{
	raw_add(&batch->raw, record, most);
	batch->taken++;
}

bool batch_failed(const struct batch *batch)
{
	return batch->bytes.failed || batch->found.failed || batch->raw.failed || batch->state.failed ||
	       batch->seen.failed;
}

void batch_reject(struct batch *batch, const struct record *record, int role,
		     const char *reason, struct text value)
{
	const struct text said = { reason, strlen(reason) + 1 };
	struct text text = record->text;
	struct batch_row *row = add_row(batch, BATCH_REJECTED);

	if (!row)
		return;
	set_place(row, record);
	row->role = role;
	if (!text_equal(batch_text(batch, batch->said), said))
		batch->said = keep(batch, said);
	row->reason = batch->said;
	/* What is kept in the end, for either can be long. */
	if (value.len > REJECT_VALUE_MOST)
		value.len = REJECT_VALUE_MOST;
	if (text.len > REJECT_TEXT_MOST)
		text.len = REJECT_TEXT_MOST;
	row->value = keep(batch, value);
	row->text = keep(batch, text);
}

/* Those that are skipped one after another, and for one reason, are one. */
static void skip(struct batch *batch, unsigned filter)
{
	struct batch_row *row =
		batch->count > 0 ? &batch->rows[batch->count - 1] : NULL;

	if (!row || row->kind != BATCH_SKIPPED || row->foot || row->filter != filter ||
	    row->before != batch->taken)
		row = add_row(batch, BATCH_SKIPPED);
	if (!row)
		return;
	row->filter = filter;
	row->skipped++;
}

void batch_skip(struct batch *batch)
{
	skip(batch, 0);
}

void batch_filter(struct batch *batch, unsigned number)
{
	skip(batch, number + 1);
}

void batch_foot(struct batch *batch, const struct record *record)
{
	struct batch_row *row = add_row(batch, BATCH_SKIPPED);

	if (!row)
		return;
	set_place(row, record);
	row->foot = true;
	row->skipped = 1;
}

void batch_late(struct batch *batch, const struct record *record, struct text name)
{
	struct batch_row *row = add_row(batch, BATCH_LATE);

	if (!row)
		return;
	set_place(row, record);
	row->value = keep(batch, name);
}

void batch_leave(struct batch *batch, unsigned role, struct text value)
{
	batch->uncoded = room_for(batch, batch->uncoded, &batch->uncoded_capacity,
				  batch->uncoded_count + 1,
				  sizeof(*batch->uncoded));
	if (batch->bytes.failed)
		return;
	batch->uncoded[batch->uncoded_count++] = (struct batch_value){
		batch->taken, role, keep(batch, value)
	};
}

void batch_lines(struct batch *batch, uint64_t lines)
{
	batch->tall = room_for(batch, batch->tall, &batch->tall_capacity,
			       batch->tall_count + 1, sizeof(*batch->tall));
	if (!batch->bytes.failed)
		batch->tall[batch->tall_count++] =
			(struct batch_tall){ batch->taken, lines };
}

void batch_move(struct batch *batch, uint64_t line)
{
	for (size_t i = 0; i < batch->count; i++)
		batch->rows[i].line += line;
	for (size_t i = ROW_LINE; i < batch->found.count; i += batch->columns)
		batch->found.values[i].value += (int64_t)line;
	batch->seen.line += line;
	raw_move(&batch->raw, line);
	batch->line += line;
}

void batch_behind(const struct batch *batch, uint32_t call,
		     uint64_t first_line, uint64_t *line, uint64_t *offset)
{
	const struct segment_rows *calls = &batch->calls->rows;

	*offset = (uint64_t)(segment_rows_column(calls, FOUND_OFFSET)[call] +
			     segment_rows_column(calls, FOUND_LENGTH)[call]);
	*line = first_line +
		(uint64_t)segment_rows_column(calls, FOUND_LINE)[call] + 1;
	for (size_t i = 0; i < batch->tall_count; i++)
		if (batch->tall[i].row == call)
			*line += batch->tall[i].lines - 1;
}

struct text batch_text(const struct batch *batch, struct slice slice)
{
	struct text text = { NULL, 0 };

	if (slice.at == SLICE_NONE)
		return text;
	text.data = batch->bytes.data + slice.at;
	text.len = slice.len;
	return text;
}
