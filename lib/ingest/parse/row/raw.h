/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as they are found, with nothing made of their values. */
#ifndef UNSPOOF_INGEST_PARSE_RAW_H
#define UNSPOOF_INGEST_PARSE_RAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/format/record.h"

/* One row; its fields are raw_field(). */
struct raw_row {
	uint64_t line;          /* as struct record has them */
	uint64_t offset, length;
	size_t first;           /* of its fields, among all */
	size_t count;
	uint32_t text, text_len;    /* of its first bytes as they are written, if those are kept */
};

/* A field in the bytes. */
struct raw_slice {
	uint32_t at, len;       /* at RAW_NULL: SQL's NULL */
};

#define RAW_NULL UINT32_MAX

/* Zeroed is empty. */
struct raw_rows {
	struct raw_row *rows;
	size_t count, capacity;
	struct raw_slice *fields;
	size_t field_count, field_capacity;
	struct buf bytes;
	bool failed;            /* no memory */
};

/* Adds a row with a copy of its fields, and of its first bytes, so many at most. */
void raw_add(struct raw_rows *raw, const struct record *record, size_t most);
/* Counts all lines from this one on. */
void raw_move(struct raw_rows *raw, uint64_t line);
/* Forgets the rows, and keeps the memory. */
void raw_clear(struct raw_rows *raw);
void raw_release(struct raw_rows *raw);
/* The bytes it takes. */
size_t raw_weight(const struct raw_rows *raw);

/* A field of a row, from 0, below its count, or form_null(); valid until a row is added. */
struct text raw_field(const struct raw_rows *raw, const struct raw_row *row, size_t i);
/* The first bytes of a row, valid as long. */
struct text raw_text(const struct raw_rows *raw, const struct raw_row *row);

#endif
