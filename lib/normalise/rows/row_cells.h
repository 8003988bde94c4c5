/* SPDX-License-Identifier: Apache-2.0 */
/* A row of a small kind at work: its fields by role, made into columns of the table
 * that it is stored in. A column that is not set is NULL. */
#ifndef UNSPOOF_NORMALISE_ROWS_ROW_CELLS_H
#define UNSPOOF_NORMALISE_ROWS_ROW_CELLS_H

#include "base/money/amount_text.h"
#include "normalise/instant.h"
#include "normalise/rows/row_block.h"

struct row {
	const struct readings *readings;     /* borrowed: what never changes of them */
	struct row_block *block;
	size_t number;                       /* in the block */
	const struct source_sense *source;
	struct row_read *read;
	struct row_value cells[ROW_CELLS];   /* in order of the columns */
};

/* Finds the words of the row that are no value, which are empty from then on. */
void row_find_absent(struct row *row);
/* The text of a role; data NULL: it has none. */
struct text row_text(const struct row *row, int role);

/* Sets the row aside because of a role; reason is static. False, for its caller. */
bool row_refuse(struct row *row, int role, const char *reason);

void row_set_integer(struct row *row, unsigned column, int64_t value);
void row_set_name(struct row *row, unsigned column, const char *name);

/* The account; refuses a row without one, as those below refuse what they cannot
 * read: false. */
bool row_read_key(struct row *row, int role);

/* The time of a role, whatever it is; one without a zone is counted. */
struct instant row_read_instant(struct row *row, int role);
/* A time that must be there, in units of so many milliseconds rounded down; columns marks and
 * marks + 1: whether it is one of a change of clocks, and whether it is a day; out may be NULL. */
bool row_set_instant(struct row *row, unsigned column, int role, int64_t unit, unsigned marks, struct instant *out);

/* A number and its reading, as readings_look() gives them, NULL where there is none; column and
 * column + 1. */
void row_set_reading(struct row *row, unsigned column, uint64_t packed, int64_t e164);
/* That of a role in the manner of the source. */
void row_set_number(struct row *row, unsigned column, int role);

/* An amount or a rate, by the decimal mark of the source; a static reason why it is none. */
const char *row_read_amount(struct row *row, int role, struct amount_text *out);

/* The currency of a role, else the source's. */
bool row_set_currency(struct row *row, unsigned column, int role);
/* Amount, currency and exponent, from column on; the currency is what stands with the
 * amount, else that of the role, else the source's. rounded: whether digits were lost. */
bool row_set_amount(struct row *row, unsigned column, int role, int currency_role,
		    bool *rounded);

/* A decimal above 0, as text, of at most 38 digits. */
void row_set_decimal(struct row *row, unsigned column, const struct decimal *value);
/* Whether what stands with a number is the currency of a role, or nothing. */
bool row_check_unit(struct row *row, int role, int currency_role, struct text unit);

/* Trimmed and ASCII lower case, NULL when empty. */
void row_set_folded(struct row *row, unsigned column, int role);
/* An address and its kind, NULL when empty; column and column + 1. */
void row_set_address(struct row *row, unsigned column, int role);
/* A transaction's id, NULL when empty, and the output that it names, NULL when it names
 * none; column and column + 1. */
void row_set_txid(struct row *row, unsigned column, int role);

#endif
