/* SPDX-License-Identifier: Apache-2.0 */
/* What a column that plays no role may be. */
#ifndef UNSPOOF_INGEST_GUESS_H
#define UNSPOOF_INGEST_GUESS_H

#include <stddef.h>

#include "casefile/kinds.h"
#include "ingest/ingest.h"

/* Sets the guess of columns without a role: a role of the kind that no other column plays or is
 * guessed to, by a word of the header's, else by the samples, where these leave one role of their
 * sort; else what they are, as "number". */
void guess_roles(struct sniff_column *columns, size_t count, enum kind kind);

#endif
