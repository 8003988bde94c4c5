/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as parsed, with their bytes. */
#include "ingest/rowbatch.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void rowbatch_init(struct rowbatch *batch, const struct mapping *mapping)
{
	memset(batch, 0, sizeof(*batch));
	memcpy(batch->roles, mapping->roles, sizeof(batch->roles));
	batch->role_count = mapping->role_count;
}

void rowbatch_release(struct rowbatch *batch)
{
	free(batch->rows);
	free(batch->values);
	buf_release(&batch->bytes);
	buf_release(&batch->masks);
	segment_rows_release(&batch->calls);
	memset(batch, 0, sizeof(*batch));
}

void rowbatch_clear(struct rowbatch *batch)
{
	batch->count = 0;
	buf_clear(&batch->bytes);
	buf_clear(&batch->masks);
	batch->taken = batch->skipped = batch->rejected = 0;
	batch->local_time = batch->legs = batch->segment = false;
}

bool rowbatch_full(const struct rowbatch *batch)
{
	return batch->taken + batch->skipped + batch->rejected >= ROWBATCH_ROWS ||
	       batch->bytes.len >= ROWBATCH_BYTES;
}

/* Most batches of calls need no rows. */
static bool has_room(struct rowbatch *batch)
{
	if (!batch->rows)
		batch->rows = memory_array(NULL, ROWBATCH_ROWS,
					   sizeof(*batch->rows));
	if (!batch->values)
		batch->values = memory_array(NULL, ROWBATCH_ROWS * ROLES_MOST,
					     sizeof(*batch->values));
	if (!batch->rows || !batch->values)
		batch->bytes.failed = true;
	return !batch->bytes.failed;
}

static struct slice keep(struct rowbatch *batch, struct text text)
{
	struct slice slice = { SLICE_NONE, 0 };

	if (!text.data)
		return slice;
	slice.at = (uint32_t)batch->bytes.len;
	slice.len = (uint32_t)text.len;
	buf_add(&batch->bytes, text.data, text.len);
	return slice;
}

/* Most values are part of the record, which is kept already. */
static struct slice keep_value(struct rowbatch *batch, struct text value,
			       struct text within, struct slice kept)
{
	const uintptr_t ahead = (uintptr_t)value.data - (uintptr_t)within.data;
	struct slice slice;

	if (!value.data || ahead > within.len || value.len > within.len - ahead)
		return keep(batch, value);
	slice.at = kept.at + (uint32_t)ahead;
	slice.len = (uint32_t)value.len;
	return slice;
}

static struct rowbatch_row *add_row(struct rowbatch *batch, enum rowbatch_kind kind,
				 const struct record *record)
{
	struct rowbatch_row *row = &batch->rows[batch->count++];

	row->kind = kind;
	row->line = record->line;
	row->offset = record->offset;
	row->length = record->length;
	return row;
}

void rowbatch_take(struct rowbatch *batch, const struct record *record,
		   const struct mapped *values)
{
	struct slice kept, *to;

	if (!has_room(batch))
		return;
	to = batch->values + batch->count * batch->role_count;
	kept = keep(batch, record->text);
	(void)add_row(batch, ROWBATCH_TAKEN, record);
	for (size_t i = 0; i < batch->role_count; i++)
		to[i] = keep_value(batch, mapped_value(values, i), record->text,
				   kept);
}

void rowbatch_reject(struct rowbatch *batch, const struct record *record, int role,
		     const char *reason, struct text value)
{
	const struct text said = { reason, strlen(reason) + 1 };
	struct rowbatch_row *row;

	batch->rejected++;
	if (!has_room(batch))
		return;
	row = add_row(batch, ROWBATCH_REJECTED, record);
	row->role = role;
	row->reason = keep(batch, said);
	row->value = keep(batch, value);
	row->text = keep(batch, record->text);
}

struct text rowbatch_text(const struct rowbatch *batch, struct slice slice)
{
	struct text text = { NULL, 0 };

	if (slice.at == SLICE_NONE)
		return text;
	text.data = batch->bytes.data + slice.at;
	text.len = slice.len;
	return text;
}

void rowbatch_values(const struct rowbatch *batch, size_t i, struct text *values)
{
	const struct slice *from = batch->values + i * batch->role_count;

	for (size_t k = 0; k < batch->role_count; k++)
		values[batch->roles[k]] = rowbatch_text(batch, from[k]);
}
