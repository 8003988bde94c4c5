/* SPDX-License-Identifier: Apache-2.0 */
/* Records that wait to be put: what a format gives one by one on one thread, for any
 * thread. */
#ifndef UNSPOOF_INGEST_PARSE_WAITING_H
#define UNSPOOF_INGEST_PARSE_WAITING_H

#include <stdbool.h>
#include <stddef.h>

#include "ingest/format/record.h"

/* A record, but for its views. */
struct waiting_record {
	struct record record;
	size_t text, fields, reason;    /* where its own begin */
};

/* Bytes among those that are kept. */
struct waiting_field {
	size_t at, len;                 /* at WAITING_NULL: form_null() */
};

#define WAITING_NULL SIZE_MAX

/* Zeroed is empty. */
struct waiting {
	struct waiting_record *records;
	size_t count, capacity;
	struct waiting_field *fields;
	size_t field_count, field_capacity;
	char *bytes;
	size_t len, size;
	struct text *views;             /* of the record that was given last */
	size_t view_capacity;
};

/* Keeps a copy. False: no memory. */
bool waiting_add(struct waiting *waiting, const struct record *record);
/* Gives one back, from 0; its views are valid until the next is. False: no memory. */
bool waiting_give(struct waiting *waiting, size_t i, struct record *record);
/* Forgets all, and keeps the memory unless it is much. */
void waiting_clear(struct waiting *waiting);
void waiting_release(struct waiting *waiting);

#endif
