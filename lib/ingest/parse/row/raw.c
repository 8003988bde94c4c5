/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as they are found, with nothing made of their values. */
#include "ingest/parse/row/raw.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"

static bool make_room(struct raw_rows *raw, size_t fields)
{
	void *rows = raw->rows, *slices = raw->fields;
	bool good = memory_room(&rows, &raw->capacity, raw->count + 1, sizeof(*raw->rows));

	raw->rows = rows;
	good = good && memory_room(&slices, &raw->field_capacity, raw->field_count + fields,
				   sizeof(*raw->fields));
	raw->fields = slices;
	raw->failed = raw->failed || !good;
	return good;
}

/* What a slice cannot say is far more than a batch has. */
static struct raw_slice keep(struct raw_rows *raw, struct text field)
{
	const struct raw_slice slice = { (uint32_t)raw->bytes.len, (uint32_t)field.len };

	if (form_is_null(field))
		return (struct raw_slice){ RAW_NULL, 0 };
	if (field.len >= RAW_NULL - raw->bytes.len)
		raw->failed = true;
	else if (field.len > 0)
		buf_add(&raw->bytes, field.data, field.len);
	return slice;
}

void raw_add(struct raw_rows *raw, const struct record *record, size_t most)
{
	struct text text = record->text;
	struct raw_slice kept;

	if (raw->failed || !make_room(raw, record->count))
		return;
	if (text.len > most)
		text.len = most;
	kept = keep(raw, text);
	raw->rows[raw->count++] = (struct raw_row){ record->line, record->offset, record->length,
						    raw->field_count, record->count, kept.at, kept.len };
	for (size_t i = 0; i < record->count && !raw->failed; i++)
		raw->fields[raw->field_count++] = keep(raw, record->fields[i]);
	raw->failed = raw->failed || raw->bytes.failed;
}

void raw_move(struct raw_rows *raw, uint64_t line)
{
	for (size_t i = 0; i < raw->count; i++)
		raw->rows[i].line += line;
}

void raw_clear(struct raw_rows *raw)
{
	raw->count = raw->field_count = 0;
	raw->failed = false;
	buf_clear(&raw->bytes);
}

void raw_release(struct raw_rows *raw)
{
	free(raw->rows);
	free(raw->fields);
	buf_release(&raw->bytes);
	memset(raw, 0, sizeof(*raw));
}

size_t raw_weight(const struct raw_rows *raw)
{
	return raw->bytes.capacity + raw->capacity * sizeof(*raw->rows) +
	       raw->field_capacity * sizeof(*raw->fields);
}

struct text raw_field(const struct raw_rows *raw, const struct raw_row *row, size_t i)
{
	const struct raw_slice *slice = &raw->fields[row->first + i];

	if (slice->at == RAW_NULL)
		return form_null();
	return (struct text){ buf_view(&raw->bytes).data + slice->at, slice->len };
}

struct text raw_text(const struct raw_rows *raw, const struct raw_row *row)
{
	return (struct text){ buf_view(&raw->bytes).data + row->text, row->text_len };
}
