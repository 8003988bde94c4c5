/* SPDX-License-Identifier: Apache-2.0 */
/* Lines before a table that are no rows: a banner, a title, comments. */
#ifndef UNSPOOF_INGEST_DELIMITED_DIALECT_HEAD_H
#define UNSPOOF_INGEST_DELIMITED_DIALECT_HEAD_H

#include "ingest/delimited/dialect.h"

/* Finds out how many lines stand before the table in text without a preamble, whose
 * dialect is known but for that: see heading_find(). */
enum status dialect_find_head(struct dialect *dialect, struct text body,
			      struct error *error);

#endif
