/* SPDX-License-Identifier: Apache-2.0 */
/* Rows on their way into a table, some at a time. */
#include "casefile/table/row_buffer.h"

#include <stdlib.h>
#include <string.h>

/* What fits the second cache twice over. */
#define VALUES_ENOUGH 8192
#define BYTES_ENOUGH 65536

void newrows_release(struct newrows *rows)
{
	free(rows->values);
	buf_release(&rows->texts);
	memset(rows, 0, sizeof(*rows));
}

void newrows_clear(struct newrows *rows)
{
	rows->count = 0;
	buf_clear(&rows->texts);
}

bool newrows_enough(const struct newrows *rows)
{
	return rows->count >= VALUES_ENOUGH || rows->texts.len >= BYTES_ENOUGH;
}

bool newrows_grow(struct newrows *rows)
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
static void put_text(struct newrows *rows, size_t begin)
{
	const size_t len = rows->texts.len - begin;

	rows->failed |= rows->texts.failed || len > INT32_MAX;
	if (!rows->failed)
		newrows_put(rows, (struct newvalue){ (int64_t)begin, (uint32_t)len,
						     NEWVALUE_TEXT });
}

void newrows_text(struct newrows *rows, struct text text)
{
	const size_t begin = rows->texts.len;

	if (!text.data) {
		newrows_maybe(rows, 0, true);
		return;
	}
	buf_add(&rows->texts, text.data, text.len);
	put_text(rows, begin);
}

size_t newrows_begin(const struct newrows *rows)
{
	return rows->texts.len;
}

void newrows_end(struct newrows *rows, size_t begin)
{
	/* So that an empty text has data. */
	buf_add(&rows->texts, "", 0);
	put_text(rows, begin);
}

void newrows_feed(const struct newrows *rows, struct feed *feed)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct newvalue *value = &rows->values[i];
		struct text text;

		switch ((enum newvalue_type)value->type) {
		case NEWVALUE_NULL:
			feed_value(feed, 'n', "", 0);
			break;
		case NEWVALUE_INTEGER:
			feed_integer(feed, value->value);
			break;
		case NEWVALUE_TEXT:
			text = newrows_text_of(rows, value);
			feed_value(feed, 't', text.data, text.len);
			break;
		}
	}
}
