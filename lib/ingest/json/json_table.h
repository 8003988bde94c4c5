/* SPDX-License-Identifier: Apache-2.0 */
/* A table of JSON: the rows of one place in it, with the columns that the first of them have. */
#ifndef UNSPOOF_INGEST_JSON_JSON_TABLE_H
#define UNSPOOF_INGEST_JSON_JSON_TABLE_H

#include <stdbool.h>

#include "base/status.h"
#include "ingest/format/format.h"
#include "ingest/json/json_columns.h"
#include "ingest/json/json_items.h"

/* The column that has the key of a row. */
#define JSON_KEY_COLUMN "_key"
/* Tables of a member, at most. */
#define JSON_TABLES_MOST 256

struct json_table {
	struct stream stream;       /* first, so that it is found by it */
	struct json_columns columns;
	bool met;                   /* some row was looked at */
	bool by_place;              /* rows are arrays */
};

/* NULL: no memory. */
struct json_table *json_table_new(struct text name);
void json_table_free(struct json_table *table);     /* NULL is safe */

/* Takes the columns of the first rows of a piece, also of one that is cut. False: no memory. */
bool json_table_learn(struct json_table *table, struct json_items items);
/* Adds the first rows of a piece to the sample, behind the names of the columns. */
bool json_table_sample(struct json_table *table, struct json_items items);
/* Declares the columns, before rows are sampled. */
bool json_table_declare(struct json_table *table);
/* Takes the columns that the plan of the stream has beside them. */
bool json_table_widen(struct json_table *table);

/* Adds what json_table_parse() makes it of again, where its first rows are not at hand. */
void json_table_write(const struct json_table *table, struct buf *out);
/* NULL: it is none, or there is no memory. Takes it off the text. */
struct json_table *json_table_parse(struct text *text);

#endif
