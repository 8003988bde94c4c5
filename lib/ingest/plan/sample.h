/* SPDX-License-Identifier: Apache-2.0 */
/* The first rows of a dump, kept so that they can be looked at again. */
#ifndef UNSPOOF_INGEST_PLAN_SAMPLE_H
#define UNSPOOF_INGEST_PLAN_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define SAMPLE_ROWS 100

/* A row of the sample; its fields are views into the sample. */
struct sample_row {
	const struct text *fields;
	size_t count;
};

/* Zeroed is empty. When no row of the first bytes is whole, rows holds the
 * fields that the faulty ones have before the fault. */
struct sample {
	struct sample_row rows[SAMPLE_ROWS];
	size_t row_count;
	bool broken;            /* the rows are such faulty ones */
	size_t width;           /* the commonest number of fields */
	struct text *fields;
	size_t field_count, field_capacity;
	struct buf bytes;
	bool failed;            /* no memory */
};

/* Adds a copy of a row, unless it has SAMPLE_ROWS. */
void sample_add(struct sample *sample, const struct text *fields, size_t count);
/* Adds an empty field to the row added last. */
void sample_widen(struct sample *sample);
/* Makes the views, when no row is to come any more. False: there was no memory. */
bool sample_end(struct sample *sample);
void sample_release(struct sample *sample);

#endif
