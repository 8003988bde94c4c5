/* SPDX-License-Identifier: Apache-2.0 */
/* Two formats that nobody else has, to show what a format is and needs. */
#ifndef UNSPOOF_TESTS_UNIT_TOY_H
#define UNSPOOF_TESTS_UNIT_TOY_H

#include "ingest/format/format.h"

/* Tables one after another: `TOY1`, then `T NAME COLUMN...` before the rows of each, the fields of which have a | between them; one
 * that is \N is NULL. */
extern const struct format toy_split;

/* Rows of calls and accounts mixed: `TOYROWS`, then `c`, `a` and the fields of one, | before each; and `= ACCOUNT`, which is the
 * account of the rows behind it that name none. */
extern const struct format toy_next;

/* The most fields of a row. */
#define TOY_FIELDS 16

/* Cuts a line into fields; how many. *nulls: some are NULL. */
size_t toy_fields(struct text line, struct text fields[TOY_FIELDS], bool *nulls);

#endif
