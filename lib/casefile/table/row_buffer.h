/* SPDX-License-Identifier: Apache-2.0 */
/* Rows on their way into a table, some at a time. */
#ifndef UNSPOOF_CASEFILE_TABLE_ROW_BUFFER_H
#define UNSPOOF_CASEFILE_TABLE_ROW_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/text.h"
#include "casefile/table/digest_feed.h"

enum row_value_type { ROW_VALUE_NULL, ROW_VALUE_INTEGER, ROW_VALUE_TEXT };

struct row_value {
	int64_t value;             /* of a text: where it begins in texts */
	uint32_t len;              /* of a text, in bytes */
	uint32_t type;
};

/* Values row after row, each with all its columns. Zeroed is empty; the memory
 * is kept from use to use. */
struct row_buffer {
	struct row_value *values;
	size_t count, capacity;
	struct buf texts;
	bool failed;               /* out of memory: sticks until the release */
};

void row_buffer_release(struct row_buffer *rows);
void row_buffer_clear(struct row_buffer *rows);
/* Whether these are enough for a time. */
bool row_buffer_enough(const struct row_buffer *rows);

/* Makes room for one value; false: no memory. */
bool row_buffer_grow(struct row_buffer *rows);

static inline void row_buffer_put(struct row_buffer *rows, struct row_value value)
{
	if (rows->count < rows->capacity || row_buffer_grow(rows))
		rows->values[rows->count++] = value;
}

static inline void row_buffer_integer(struct row_buffer *rows, int64_t value)
{
	row_buffer_put(rows, (struct row_value){ value, 0, ROW_VALUE_INTEGER });
}

/* NULL when absent is true. */
static inline void row_buffer_maybe(struct row_buffer *rows, int64_t value, bool absent)
{
	row_buffer_put(rows, (struct row_value){ value, 0,
					     absent ? ROW_VALUE_NULL
						    : ROW_VALUE_INTEGER });
}

/* Copies the text; one without data is NULL. */
void row_buffer_text(struct row_buffer *rows, struct text text);
/* A text that is written into rows->texts, after row_buffer_begin(): all that was
 * added since. */
size_t row_buffer_begin(const struct row_buffer *rows);
void row_buffer_end(struct row_buffer *rows, size_t begin);

/* The bytes of a value of type ROW_VALUE_TEXT, until rows change. */
static inline struct text row_buffer_text_of(const struct row_buffer *rows,
					     const struct row_value *value)
{
	const struct text text = { rows->texts.data + value->value, value->len };

	return text;
}

/* The integer that a value is, else 0; the text, else one without data. */
static inline int64_t row_value_integer(const struct row_value *value)
{
	return value->type == ROW_VALUE_INTEGER ? value->value : 0;
}

static inline struct text row_value_text(const struct row_buffer *rows,
					 const struct row_value *value)
{
	const struct text none = { NULL, 0 };

	return value->type == ROW_VALUE_TEXT ? row_buffer_text_of(rows, value) : none;
}

/* All values into a digest. */
void row_buffer_feed(const struct row_buffer *rows, struct digest_feed *feed);

#endif
