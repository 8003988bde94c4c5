/* SPDX-License-Identifier: Apache-2.0 */
/* What stands behind a backslash in a string. */
#ifndef UNSPOOF_INGEST_SQL_ROW_SQL_ESCAPE_H
#define UNSPOOF_INGEST_SQL_ROW_SQL_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* MySQL Reference Manual, 11.1.1; PostgreSQL, 4.1.2.2, of E''. */
enum sql_escapes { SQL_ESCAPES_NONE, SQL_ESCAPES_MYSQL, SQL_ESCAPES_E };

/* Writes what a text, which is not empty, stands for behind a backslash, and moves *out
 * behind it: no more bytes than are read, the backslash included. How much of the text that
 * was. */
size_t sql_unescape(struct text text, enum sql_escapes escapes, char **out);

/* So many hexadecimal digits that the text begins with as one number; false: they are none. */
bool sql_hex_number(struct text text, size_t digits, uint32_t *value);

#endif
