/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts of 128 bits in a case: minor units of a currency, INTEGER where 64 bits hold them, else decimal text as
 * decimal_format() writes it with exponent 0. Their columns are of type ANY, for the affinity of INTEGER would make
 * floating point of such a text. Each amount has one form, so that equal ones are equal. */
#ifndef UNSPOOF_CASEFILE_TABLE_AMOUNT_H
#define UNSPOOF_CASEFILE_TABLE_AMOUNT_H

#include <stdbool.h>

#include "base/wide.h"
#include "casefile/sql.h"
#include "casefile/table/row_buffer.h"

static inline bool amount_is_narrow(i128 amount)
{
	return amount >= INT64_MIN && amount <= INT64_MAX;
}

void bind_amount(sqlite3_stmt *statement, int place, i128 amount);
/* NULL when absent is true. */
void bind_amount_maybe(sqlite3_stmt *statement, int place, i128 amount, bool absent);

/* The amount of a column; 0 where it is NULL or none. */
i128 column_amount(sqlite3_stmt *statement, int place);
/* The same of a value; false: it is NULL or none, and *amount 0. */
bool value_amount(sqlite3_value *value, i128 *amount);
/* What a function of SQL gives. */
void result_amount(sqlite3_context *context, i128 amount);

/* Adds one to a row, and reads it of one: 0 where it is none. */
void row_buffer_amount(struct row_buffer *rows, i128 amount);
void row_buffer_amount_maybe(struct row_buffer *rows, i128 amount, bool absent);
i128 row_value_amount(const struct row_buffer *rows, const struct row_value *value);

/*
 * Makes these known to a connection:
 *   amount_sum(amount)  the exact sum, 0 of none and of NULL alone, as sum() would be of integers; beyond 128 bits an
 *                       error of SQL
 *   amount_key(amount)  a blob that sorts as the amount does, to order and to compare by; NULL of NULL
 * An amount that is none is an error of SQL.
 */
enum status amount_register(struct casefile *casefile);

#endif
