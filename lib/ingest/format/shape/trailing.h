/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that end with a separator which their header has not: `a;b` above `1;2;`. */
#ifndef UNSPOOF_INGEST_FORMAT_SHAPE_TRAILING_H
#define UNSPOOF_INGEST_FORMAT_SHAPE_TRAILING_H

#include <stdbool.h>

#include "base/text.h"
#include "ingest/plan/sample.h"

/* Whether all rows of a sample but the first have one field more than that, which is empty. */
bool trailing_is(const struct sample *sample);
/* Gives the first row an empty field more. False: no memory. */
bool trailing_widen(struct sample *sample);
/* Whether the second line of a text ends with a separator and has more of them than the first; quotes aside. */
bool trailing_line(struct text text, char separator);

#endif
