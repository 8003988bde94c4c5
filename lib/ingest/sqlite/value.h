/* SPDX-License-Identifier: Apache-2.0 */
/* Values of SQLite as texts. */
#ifndef UNSPOOF_INGEST_SQLITE_VALUE_H
#define UNSPOOF_INGEST_SQLITE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that hold any number. */
#define VALUE_NUMBER 40

/* The decimal digits of an integer; how many bytes. */
size_t value_integer(int64_t value, char out[VALUE_NUMBER]);
/* The fewest digits that give the same double again, 15 or more where it needs them: in plain
 * decimals from 1e-15 to below 1e21, without a point where it is whole, else with an
 * exponent as 1.5e-30; Inf and -Inf. How many bytes. */
size_t value_real(double value, char out[VALUE_NUMBER]);
/* Whether bytes that are no text by their type are one: UTF-8 without control characters
 * but tabs and line ends, and not empty. */
bool value_is_text(const char *data, size_t len);
/* The text of other bytes as SQL has them, X'00FF', which is no number to anybody:
 * 2 * len + 3 bytes. */
void value_hex(const char *data, size_t len, char *out);

#endif
