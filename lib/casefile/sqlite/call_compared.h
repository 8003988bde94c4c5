/* SPDX-License-Identifier: Apache-2.0 */
/* The text that a plan of `call` is between its choosing and its use: the columns that are used, as
 * bits in hexadecimal, and behind each blank a column and how it is compared. */
#ifndef UNSPOOF_CASEFILE_SQLITE_CALL_COMPARED_H
#define UNSPOOF_CASEFILE_SQLITE_CALL_COMPARED_H

#include <stdbool.h>

#include "casefile/sqlite/callcursor.h"

/* How a column is compared, as the text of a plan has it. */
enum compared {
	IS = '=', IN = 'i', BELOW = '<', UP_TO = 'l', ABOVE = '>', FROM = 'g',
	GROUPED = 'k'          /* not: rows come in its order */
};

/* Conditions of a plan at most: those of starts become one more, and that of a group comes as well. */
#define CONDITIONS_MOST (CALL_CONDITIONS - 2)

/* Whether a column is a found text. */
static inline bool call_column_is_text(int column)
{
	return column >= CALL_COLUMN_ROLE && column < CALL_COLUMN_ROLE + CALL_ROLES;
}

#endif
