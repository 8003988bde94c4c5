/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the small kinds on their way: fetched, understood on any thread, given
 * ids, stored. */
#ifndef UNSPOOF_NORMALISE_ROW_BATCH_H
#define UNSPOOF_NORMALISE_ROW_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "casefile/kinds.h"
#include "normalise/normaliser.h"

/* A batch ends with so many rows, or so many bytes of fields. */
#define ROW_BATCH_ROWS 128
#define ROW_BATCH_BYTES (128 << 10)
/* Columns and roles of a kind at most, and numbers of a row. */
#define ROW_CELLS 13
#define ROW_ROLES 9
#define ROW_NUMBERS 2

/* A field of a found row: where it lies in the bytes of the batch. */
struct row_field {
	size_t at, len;
	bool present;
};

/* A row as found. */
struct row_found {
	struct source_sense *source;  /* not changed by row_batch_read() */
	int64_t id;
	struct place place;
	struct row_field fields[ROW_ROLES];
};

/* A column as understood: an integer, else a text, whose data may be NULL. */
struct row_cell {
	bool integer;
	int64_t value;
	struct text text;
};

/* A number of a row: the column of its reading, and that, packed. */
struct row_number {
	unsigned column;
	uint64_t packed;
};

/* A row as understood. */
struct row_read {
	const char *reason;           /* static: why it is set aside; NULL: it is not */
	int role;                     /* because of this one */
	struct text account;          /* whose key is column 1; data NULL: none */
	int region;                   /* that the account is of; 0: none */
	bool no_country;              /* it names a country that is not known */
	unsigned unzoned;             /* times read by the zone of the source */
	struct row_number numbers[ROW_NUMBERS];
	size_t number_count;
	struct row_cell cells[ROW_CELLS];   /* from 0, in order of the columns */
};

/* Rows of one kind. Zeroed is empty. */
struct row_batch {
	enum kind kind;
	size_t count;
	struct row_found found[ROW_BATCH_ROWS];
	struct row_read read[ROW_BATCH_ROWS];
	struct buf bytes;             /* of the fields */
	struct buf made;              /* texts that cells have: never moves, for
				       * there is room for all from the start */
	bool failed;                  /* out of memory, on the way */
};

/* Room in made for a row beside the bytes of its fields: a NUL for each of them,
 * and two codes of currencies. */
#define ROW_MADE 64

/* What field() of a row is; data NULL: it has none. */
static inline struct text row_batch_field(const struct row_batch *batch, size_t row,
					  int role)
{
	const struct row_field *field = &batch->found[row].fields[role];

	return field->present ? (struct text){ batch->bytes.data + field->at,
					       field->len }
			      : (struct text){ NULL, 0 };
}

/* Understands the rows, but for ids: column 1 of accounts, and the columns of
 * numbers. made has room. Uses n only for what never changes. */
void row_batch_read(struct row_batch *batch, const struct normaliser *n);

#endif
