/* SPDX-License-Identifier: Apache-2.0 */
/* Records that wait to be put. */
#include "ingest/parse/row/waiting.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"

/* Memory that is kept for the next records. */
#define KEPT_MOST (4 << 20)

void waiting_release(struct waiting *waiting)
{
	free(waiting->records);
	free(waiting->fields);
	free(waiting->bytes);
	free(waiting->views);
	memset(waiting, 0, sizeof(*waiting));
}

void waiting_clear(struct waiting *waiting)
{
	if (waiting->size > KEPT_MOST)
		waiting_release(waiting);
	waiting->count = waiting->field_count = waiting->len = 0;
}

/* Room for bytes and what may be read behind them. */
static bool make_room(struct waiting *waiting, size_t more)
{
	void *bytes = waiting->bytes;

	if (more > SIZE_MAX / 2 - waiting->len - RECORD_READ ||
	    !memory_room(&bytes, &waiting->size, waiting->len + more + RECORD_READ, 1))
		return false;
	waiting->bytes = bytes;
	return true;
}

static bool add_bytes(struct waiting *waiting, const char *data, size_t len, size_t *at)
{
	if (!make_room(waiting, len))
		return false;
	*at = waiting->len;
	if (len > 0)
		memcpy(waiting->bytes + waiting->len, data, len);
	waiting->len += len;
	return true;
}

/* Most fields are parts of the text, and are kept with it. */
static bool add_field(struct waiting *waiting, struct text field, struct text text, size_t at)
{
	struct waiting_field *to = &waiting->fields[waiting->field_count++];
	const uintptr_t from = (uintptr_t)field.data, start = (uintptr_t)text.data;

	*to = (struct waiting_field){ WAITING_NULL, field.len };
	if (form_is_null(field))
		return true;
	if (from >= start && from - start <= text.len && field.len <= text.len - (from - start)) {
		to->at = at + (from - start);
		return true;
	}
	return add_bytes(waiting, field.data, field.len, &to->at);
}

static bool make_items(struct waiting *waiting, size_t fields)
{
	void *items = waiting->records;
	bool good = memory_room(&items, &waiting->capacity, waiting->count + 1, sizeof(*waiting->records));

	waiting->records = items;
	items = waiting->fields;
	good = good && memory_room(&items, &waiting->field_capacity, waiting->field_count + fields,
				   sizeof(*waiting->fields));
	waiting->fields = items;
	return good;
}

bool waiting_add(struct waiting *waiting, const struct record *record)
{
	struct waiting_record *to;
	bool good = make_items(waiting, record->count);

	if (!good)
		return false;
	to = &waiting->records[waiting->count++];
	*to = (struct waiting_record){ .record = *record, .fields = waiting->field_count };
	good = add_bytes(waiting, record->text.data, record->text.len, &to->text);
	for (size_t i = 0; i < record->count && good; i++)
		good = add_field(waiting, record->fields[i], record->text, to->text);
	if (record->reason)
		good = good && add_bytes(waiting, record->reason, strlen(record->reason) + 1, &to->reason);
	return good;
}

bool waiting_give(struct waiting *waiting, size_t i, struct record *record)
{
	const struct waiting_record *from = &waiting->records[i];
	void *views = waiting->views;

	*record = from->record;
	if (!memory_room(&views, &waiting->view_capacity, record->count + 1, sizeof(*waiting->views)))
		return false;
	waiting->views = views;
	for (size_t k = 0; k < record->count; k++) {
		const struct waiting_field *field = &waiting->fields[from->fields + k];

		waiting->views[k] = field->at == WAITING_NULL
					 ? form_null()
					 : (struct text){ waiting->bytes + field->at, field->len };
	}
	record->fields = waiting->views;
	record->text = (struct text){ waiting->bytes + from->text, record->text.len };
	if (record->reason)
		record->reason = waiting->bytes + from->reason;
	return true;
}
