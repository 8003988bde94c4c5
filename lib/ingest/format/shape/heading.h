/* SPDX-License-Identifier: Apache-2.0 */
/* Rows before a table that are none of it: a banner, a title, comments. They are told by the shape of
 * the first rows. */
#ifndef UNSPOOF_INGEST_FORMAT_SHAPE_HEADING_H
#define UNSPOOF_INGEST_FORMAT_SHAPE_HEADING_H

#include <stdbool.h>
#include <stdint.h>

#include "ingest/format/record.h"

struct heading;

/* Lines from 1. */
struct heading_found {
	uint64_t first;         /* that of the first row of the table; 0: nothing stands before it */
	uint64_t other;         /* of a later one that could name its columns as well; 0: there is none */
};

/* padded: a row may leave out empty fields at its end, as in a workbook. NULL: no memory. */
struct heading *heading_new(bool padded);
void heading_free(struct heading *heading);

/* Takes the next row that is not blank; its context is the heading. */
void heading_take(void *heading, const struct record *record);
/* Whether one of the first two is the frame of a table that is drawn. */
bool heading_framed(const struct heading *heading);

/*
 * Before the table stand the rows before the first one that is as wide as most rows: where each has
 * less than half of its fields, or is a comment or a frame; or where that row is of words alone and
 * one with something else follows it. Most of all rows have to be as wide.
 */
struct heading_found heading_find(const struct heading *heading);

#endif
