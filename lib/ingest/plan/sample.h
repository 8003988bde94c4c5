/* SPDX-License-Identifier: Apache-2.0 */
/* The first rows of a dump, kept so that they can be looked at again. */
#ifndef UNSPOOF_INGEST_PLAN_SAMPLE_H
#define UNSPOOF_INGEST_PLAN_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"
#include "ingest/delimited/dialect.h"
#include "ingest/delimited/reader.h"

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
};

/* Reads the rows of text that follows a preamble. */
enum status sample_read(struct sample *sample, const struct dialect *dialect,
			struct text body, struct error *error);
void sample_release(struct sample *sample);

/* Gives each record of a text that is no blank line to take. */
enum status sample_each(const struct dialect *dialect, struct text body,
			void (*take)(void *context, const struct record *record),
			void *context, struct error *error);

/* A text as the input of a reader. */
struct memory {
	struct text left;
};

struct input memory_input(struct memory *memory);

#endif
