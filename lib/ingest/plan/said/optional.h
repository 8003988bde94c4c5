/* SPDX-License-Identifier: Apache-2.0 */
/* Columns that may not be there, or not be named. */
#ifndef UNSPOOF_INGEST_PLAN_SAID_OPTIONAL_H
#define UNSPOOF_INGEST_PLAN_SAID_OPTIONAL_H

#include <stdbool.h>

#include "ingest/plan/profile.h"
#include "ingest/plan/sample.h"

/* Whether a line counts: where it is `role ... optional`, whether the header, NULL for none, has every
 * column that it names; positions are always there. */
bool optional_there(const struct profile_role *role, const struct sample_row *header);

/* Whether a profile names the columns of rows of this width, for a table whose dump does not: *row
 * is them, borrowed of the profile. */
bool columns_named(const struct profile *profile, size_t width, struct sample_row *row);

#endif
