/* SPDX-License-Identifier: Apache-2.0 */
/* Strings and numbers of JSON (RFC 8259), whatever bytes they are made of. */
#ifndef UNSPOOF_BASE_JSON_H
#define UNSPOOF_BASE_JSON_H

#include <stdbool.h>

#include "base/text.h"

/*
 * Adds a text as a string with its quotes. A byte that is no UTF-8 has no place in JSON: it becomes the text \xHH. Of
 * the code points only " and \ and C0 controls and DEL are escaped. This is the form of the record of a run, whose
 * hashes hang on it: it stays as it is.
 */
void json_string(struct buf *out, struct text text);

/* The same, safe for a terminal: what utf8_is_hidden() tells goes out as \u too. This is the form of what is exported. */
void json_string_shown(struct buf *out, struct text text);

/* Whether all of a text is a number by the grammar of RFC 8259 section 6; so 007, +1, 1. and NaN are none. */
bool json_is_number(struct text text);

/* Adds a text as a number where it is one, else as json_string_shown() does. */
void json_number(struct buf *out, struct text text);

#endif
