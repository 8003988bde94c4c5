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

enum newvalue_type { NEWVALUE_NULL, NEWVALUE_INTEGER, NEWVALUE_TEXT };

struct newvalue {
	int64_t value;             /* of a text: where it begins in texts */
	uint32_t len;              /* of a text, in bytes */
	uint32_t type;
};

/* Values row after row, each with all its columns. Zeroed is empty; the memory
 * is kept from use to use. */
struct newrows {
	struct newvalue *values;
	size_t count, capacity;
	struct buf texts;
	bool failed;               /* out of memory: sticks until the release */
};

void newrows_release(struct newrows *rows);
void newrows_clear(struct newrows *rows);
/* Whether these are enough for a time. */
bool newrows_enough(const struct newrows *rows);

/* Makes room for one value; false: no memory. */
bool newrows_grow(struct newrows *rows);

static inline void newrows_put(struct newrows *rows, struct newvalue value)
{
	if (rows->count < rows->capacity || newrows_grow(rows))
		rows->values[rows->count++] = value;
}

static inline void newrows_integer(struct newrows *rows, int64_t value)
{
	newrows_put(rows, (struct newvalue){ value, 0, NEWVALUE_INTEGER });
}

/* NULL when absent is true. */
static inline void newrows_maybe(struct newrows *rows, int64_t value, bool absent)
{
	newrows_put(rows, (struct newvalue){ value, 0,
					     absent ? NEWVALUE_NULL
						    : NEWVALUE_INTEGER });
}

/* Copies the text; one without data is NULL. */
void newrows_text(struct newrows *rows, struct text text);
/* A text that is written into rows->texts, after newrows_begin(): all that was
 * added since. */
size_t newrows_begin(const struct newrows *rows);
void newrows_end(struct newrows *rows, size_t begin);

/* The bytes of a value of type NEWVALUE_TEXT, until rows change. */
static inline struct text newrows_text_of(const struct newrows *rows,
					  const struct newvalue *value)
{
	const struct text text = { rows->texts.data + value->value, value->len };

	return text;
}

/* The integer that a value is, else 0; the text, else one without data. */
static inline int64_t newvalue_integer(const struct newvalue *value)
{
	return value->type == NEWVALUE_INTEGER ? value->value : 0;
}

static inline struct text newvalue_text(const struct newrows *rows,
					const struct newvalue *value)
{
	const struct text none = { NULL, 0 };

	return value->type == NEWVALUE_TEXT ? newrows_text_of(rows, value) : none;
}

/* All values into a digest. */
void newrows_feed(const struct newrows *rows, struct feed *feed);

#endif
