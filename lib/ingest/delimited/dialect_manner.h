/* SPDX-License-Identifier: Apache-2.0 */
/* Escapes, guards, and quotes that are not doubled. */
#ifndef UNSPOOF_INGEST_DELIMITED_DIALECT_MANNER_H
#define UNSPOOF_INGEST_DELIMITED_DIALECT_MANNER_H

#include "ingest/delimited/dialect.h"

/* Finds out escape, inner quotes and guards as far as they are unknown, once separator
 * and quote were found as if there were none; given is what was known before that. What
 * reads well without them is read without them; else two rows at least must need them,
 * and then separator and quote may come to be others. */
enum status dialect_find_manner(struct dialect *dialect, const struct dialect *given,
				struct text body, struct error *error);

/* Adds what there is of it to the line about a dialect. */
void dialect_describe_manner(const struct dialect *dialect, struct buf *out);

/* The quote of a text whose separator is known. */
enum status dialect_find_quote(struct dialect *dialect, struct text body,
			       struct error *error);

#endif
