/* SPDX-License-Identifier: Apache-2.0 */
/* A value as it is written in a row of a SQL dump: strings of all sorts, hexadecimal and
 * bit literals, the few calls that tools write for strings; nothing else is evaluated. */
#ifndef UNSPOOF_INGEST_SQL_ROW_SQL_VALUE_H
#define UNSPOOF_INGEST_SQL_ROW_SQL_VALUE_H

#include <stdbool.h>

#include "base/text.h"
#include "ingest/sql/row/sql_skim.h"

/* Reads a value, without blanks around it, whose strings and brackets are whole. *value is
 * a view of it, or of what was written to *room, of which it takes no more bytes than are
 * read, or is form_null(). Gives NULL, or why it has no value; static. */
const char *sql_value(struct text text, const struct sql_manner *manner, char **room,
		      struct text *value);

/* Reads the string in quotes that a text begins with, and may go on behind. Gives where it
 * ends; NULL: not in the text. */
const char *sql_string(struct text text, const struct sql_manner *manner, char **room,
		       struct text *value);

#endif
