/* SPDX-License-Identifier: Apache-2.0 */
/* Rows on their way into a table, some at a time. */
#include "casefile/table/row_buffer.h"

#include <stdlib.h>
#include <string.h>

/* What fits the second cache twice over. */
#define VALUES_ENOUGH 8192
#define BYTES_ENOUGH 65536

void row_buffer_release(struct row_buffer *rows)
{
	free(rows->values);
	buf_release(&rows->texts);
	memset(rows, 0, sizeof(*rows));
}

void row_buffer_clear(struct row_buffer *rows)
{
	rows->count = 0;
	buf_clear(&rows->texts);
}

bool row_buffer_enough(const struct row_buffer *rows)
{
	return rows->count >= VALUES_ENOUGH || rows->texts.len >= BYTES_ENOUGH;
}

bool row_buffer_grow(struct row_buffer *rows)
{
	void *values = rows->values;

	if (rows->failed)
		return false;
	rows->failed = !memory_room(&values, &rows->capacity, rows->count + 1,
				    sizeof(*rows->values));
	rows->values = values;
	return !rows->failed;
}

/* All that was added to the texts since is one. */
static void put_text(struct row_buffer *rows, size_t begin)
{
	const size_t len = rows->texts.len - begin;

	rows->failed |= rows->texts.failed || len > INT32_MAX;
	if (!rows->failed)
		row_buffer_put(rows, (struct row_value){ (int64_t)begin, (uint32_t)len,
						     ROW_VALUE_TEXT });
}

void row_buffer_text(struct row_buffer *rows, struct text text)
{
	const size_t begin = rows->texts.len;

	if (!text.data) {
		row_buffer_maybe(rows, 0, true);
		return;
	}
	buf_add(&rows->texts, text.data, text.len);
	put_text(rows, begin);
}

size_t row_buffer_begin(const struct row_buffer *rows)
{
	return rows->texts.len;
}

void row_buffer_end(struct row_buffer *rows, size_t begin)
{
	/* So that an empty text has data. */
	buf_add(&rows->texts, "", 0);
	put_text(rows, begin);
}

void row_buffer_feed(const struct row_buffer *rows, struct digest_feed *feed)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct row_value *value = &rows->values[i];
		struct text text;

		switch ((enum row_value_type)value->type) {
		case ROW_VALUE_NULL:
			digest_feed_value(feed, 'n', "", 0);
			break;
		case ROW_VALUE_INTEGER:
			digest_feed_integer(feed, value->value);
			break;
		case ROW_VALUE_TEXT:
			text = row_buffer_text_of(rows, value);
			digest_feed_value(feed, 't', text.data, text.len);
			break;
		}
	}
}
