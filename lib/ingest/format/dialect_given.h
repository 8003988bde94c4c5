/* SPDX-License-Identifier: Apache-2.0 */
/* The dialect as options and profile give it. */
#ifndef UNSPOOF_INGEST_FORMAT_DIALECT_GIVEN_H
#define UNSPOOF_INGEST_FORMAT_DIALECT_GIVEN_H

#include "base/status.h"
#include "ingest/delimited/dialect.h"
#include "ingest/ingest.h"

/* Options are stronger than the profile that they name, as it holds for a table; what neither says is
 * DIALECT_UNKNOWN. Fails where what they say does not go together. */
enum status dialect_given(struct dialect *dialect, const struct ingest_options *options,
			  struct text table, struct error *error);

#endif
