/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a piece of JSON, one after another, with what stands where one should be. */
#ifndef UNSPOOF_INGEST_JSON_JSON_ITEMS_H
#define UNSPOOF_INGEST_JSON_JSON_ITEMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/format/record.h"
#include "ingest/json/json_row.h"
#include "ingest/json/json_scan.h"

/* The longest row, in bytes. */
#define JSON_RECORD_MOST (16 << 20)
#define JSON_TOO_LONG "an object of more than 16 MiB"

/* Where rows stand. */
enum json_shape {
	JSON_LINES,         /* one a line */
	JSON_DOCUMENTS,     /* one behind the other */
	JSON_ARRAY,         /* in an array */
	JSON_KEYED,         /* in an object, each by its key */
	JSON_TABLES         /* in arrays inside objects */
};

enum json_item {
	JSON_ITEM_ROW,
	JSON_ITEM_WRONG,    /* a record with a reason */
	JSON_ITEM_BLANK,    /* an empty line */
	JSON_ITEM_CUT,      /* the piece ends within one */
	JSON_ITEM_END,
	JSON_ITEM_MEMORY
};

struct json_items {
	enum json_shape shape;
	const char *begin, *at, *end;
	uint64_t offset;        /* of begin, in the member */
	uint64_t lines;         /* before `at` */
	bool whole;             /* the end is behind an item */
	bool last;              /* the member ends there */
};

/* Where rows of a shape stand so that another behind it is the same as the first. */
struct json_items json_items_of(enum json_shape shape, struct text piece);

/* Fields are those of the row. A record that is cut begins where `at` stands. */
enum json_item json_items_next(struct json_items *items, struct json_row *row, struct record *record);

/* Goes over the rest of an item that began before, as the scan says. False: it does not end in
 * the piece. */
bool json_items_leave(struct json_items *items, struct json_scan *scan);

#endif
