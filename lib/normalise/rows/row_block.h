/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the small kinds on their way: fetched, understood on any thread, given
 * ids, stored. */
#ifndef UNSPOOF_NORMALISE_ROWS_ROW_BLOCK_H
#define UNSPOOF_NORMALISE_ROWS_ROW_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "casefile/kinds.h"
#include "casefile/table/row_buffer.h"
#include "normalise/readings.h"
#include "normalise/source_sense.h"

/* A block ends with so many rows, or so many bytes of fields. */
#define ROW_BLOCK_ROWS 512
#define ROW_BLOCK_BYTES (128 << 10)
/* Columns and roles of a kind at most, and numbers of a row. */
#define ROW_CELLS 18
#define ROW_ROLES 9
#define ROW_NUMBERS 2

/* What of a kind is looked at, and where it goes. */
struct row_rule {
	const char *table;
	unsigned columns;             /* of the table */
};

/* By kind; calls have none. */
extern const struct row_rule row_rules[KIND_COUNT];

/* The kinds in the order in which they are understood: all but calls. */
#define ROW_KINDS (KIND_COUNT - 2)
extern const enum kind row_order[ROW_KINDS];

/* A field of a found row: where it lies in the bytes of the block. */
struct row_field {
	size_t at, len;
	bool present;
};

/* A row as found. */
struct row_found {
	struct source_sense *source;  /* not changed by row_block_read() */
	int64_t id;
	struct row_field fields[ROW_ROLES];
};

/* A number of a row: the column of its reading, and that, packed. */
struct row_number {
	unsigned column;
	uint64_t packed;
};

/* What the sign of a payment's amount says beside its status. */
enum payment_sign {
	SIGN_AGREES,
	SIGN_AGAINST,                 /* below zero, and nothing says that it is a refund */
	SIGN_RETURNED                 /* not below zero, and it went back */
};

/* A row as understood. */
struct row_read {
	const char *reason;           /* static: why it is set aside; NULL: it is not */
	int role;                     /* because of this one */
	struct text account;          /* whose key is column 1; data NULL: none */
	int region;                   /* that the account is of; 0: none */
	bool no_country;              /* it names a country that is not known */
	bool by_country;              /* only that country makes its telephone what it is */
	bool two_phones;              /* its telephone is valid there and, as another, here */
	unsigned assumed;             /* amounts in the currency of the source */
	unsigned unzoned;             /* times read by the zone of the source */
	bool clock;                   /* its time is one that clocks have twice or never */
	bool day_only;                /* its time is a day */
	struct text status;           /* of a payment; data NULL: there is none */
	enum word word;               /* what it says */
	enum payment_sign sign;
	uint16_t absent[ROW_ROLES];   /* by role: the number of the word that is no
				       * value there; 0: none */
	struct row_number numbers[ROW_NUMBERS];
	size_t number_count;
	size_t first;                 /* where its columns begin in the block's
				       * values, unless it is set aside */
};

/* Rows of one kind. Zeroed is empty. */
struct row_block {
	enum kind kind;
	size_t count;
	struct row_found found[ROW_BLOCK_ROWS];
	struct row_read read[ROW_BLOCK_ROWS];
	struct buf bytes;             /* of the fields */
	struct row_buffer rows;       /* those not set aside, as they are stored */
	bool failed;                  /* out of memory, on the way */
};

/* Room for the texts of a row beside the bytes of its fields: a NUL for each of
 * them, two codes of currencies, two kinds of addresses, a country, an amount. */
#define ROW_MADE 160

/* What field() of a row is; data NULL: it has none. */
static inline struct text row_block_field(const struct row_block *block, size_t row,
					  int role)
{
	const struct row_field *field = &block->found[row].fields[role];

	return field->present ? (struct text){ block->bytes.data + field->at,
					       field->len }
			      : (struct text){ NULL, 0 };
}

/* Understands the rows, but for ids, which are 0: column 1 of accounts, and the
 * columns of numbers. The texts of rows have room. Of readings only what never
 * changes is used. */
void row_block_read(struct row_block *block, const struct readings *readings);

#endif
