/* SPDX-License-Identifier: Apache-2.0 */
/* A row of JSON: an object, whose values become fields by their path, or an array, whose
 * elements do by their place. */
#ifndef UNSPOOF_INGEST_JSON_JSON_ROW_H
#define UNSPOOF_INGEST_JSON_JSON_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/json/json_columns.h"

#define JSON_DEPTH 512          /* objects and arrays inside one another, at most */

enum json_found {
	JSON_WHOLE,
	JSON_CUT,               /* the text ends within it */
	JSON_WRONG,             /* it is no row: see reason */
	JSON_MEMORY
};

/* An object or array that is open. */
struct json_frame {
	const char *start;
	uint32_t node;          /* JSON_NONE: nothing in it is a column */
	uint32_t last;          /* the child met last; JSON_NONE: none */
	uint32_t count;         /* of values in it */
	bool array;
	bool kept;              /* its text is in a column, or that of what is around it */
};

/* What one thread reads rows with; zeroed is closed. */
struct json_row {
	const struct json_columns *columns;
	struct json_columns *learn;     /* the same, where columns are still to be made */
	bool by_place;                  /* rows are arrays */
	/* Of the row read last; views of its bytes and of `strings`. */
	struct text *fields;
	size_t count, capacity;
	bool odd, nulls;                /* as struct record has them */
	const char *reason;             /* static */
	bool late;                      /* it has a value that is in no column: */
	struct buf late_name;           /* the path of the first */
	/* Own. */
	uint32_t *seen;                 /* the row in which a node stood last */
	uint32_t *next, *first;         /* what stood behind a node, and first in it, last time */
	size_t node_capacity;
	uint32_t serial;
	struct json_frame frames[JSON_DEPTH];
	size_t depth;
	struct buf room, key;
	char *strings;                  /* without their escapes */
	size_t string_len, string_capacity;
	size_t key_len;                 /* of the row's key, which comes among them last; set before it is read */
	const char *end;                /* of the text */
};

/* Prepares for rows of columns; called again when those grew. False: no memory; close it
 * all the same. */
bool json_row_open(struct json_row *row, const struct json_columns *columns, bool by_place);
void json_row_close(struct json_row *row);

/* Reads the row that a text begins with; *end: behind it, where it is whole. RECORD_READ bytes
 * behind the text can be read. */
enum json_found json_row_read(struct json_row *row, struct text text, const char **end);

/* Sets column 0, which is the key of the row. */
bool json_row_key(struct json_row *row, struct text key, bool escapes);

#endif
