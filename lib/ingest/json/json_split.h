/* SPDX-License-Identifier: Apache-2.0 */
/* Where rows stand in JSON: what is around them is gone over byte by byte. */
#ifndef UNSPOOF_INGEST_JSON_JSON_SPLIT_H
#define UNSPOOF_INGEST_JSON_JSON_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/json/json_items.h"

#define JSON_FRAMES 16          /* objects around an array of rows, at most */
#define JSON_PATH_MOST 1024     /* bytes */

enum json_state {
	JSON_AT_DOCUMENT, JSON_AT_KEY, JSON_IN_KEY, JSON_AT_COLON, JSON_AT_VALUE, JSON_AT_FIRST, JSON_IN_VALUE
};

/* Zeroed but for its shape is at the start. */
struct json_split {
	enum json_shape shape;
	enum json_state state;
	bool rows;                  /* what comes is rows, of the table of `path` */
	bool begun;                 /* the one before was within a row, perhaps */
	bool closing;               /* it ended with the bracket behind the rows */
	struct json_scan scan;      /* of the row, or the value, that was not whole */
	size_t frames[JSON_FRAMES + 1]; /* lengths of the path without what is open */
	size_t depth;
	struct buf path;
	bool escaped;               /* in a key */
	size_t key_from;            /* in the path */
	bool cut;                   /* the member ended within something */
	uint64_t beside;            /* values around the rows that are none */
};

void json_split_release(struct json_split *split);

/* A part of a text: of rows of the table of `path`, or of what is around them. */
struct json_piece {
	size_t len;                 /* 0: the text is empty */
	bool rows;
	bool within;                /* no row ends in it, and it is all of the text */
};

/* The piece that a text begins with. Behind rows the bracket that closes them may stand, where the
 * last of them began in the piece before. */
struct json_piece json_split_next(struct json_split *split, struct text text, bool last);

/* Adds a line that says where it stands, behind a piece of rows or another, and takes it off a
 * text. False: it is none, or there is no memory. */
void json_split_write(const struct json_split *split, bool rows, struct buf *out);
bool json_split_restore(struct json_split *split, struct text *state);

#endif
