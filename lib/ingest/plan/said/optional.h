/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a profile that count only where their columns are there. */
#ifndef UNSPOOF_INGEST_PLAN_SAID_OPTIONAL_H
#define UNSPOOF_INGEST_PLAN_SAID_OPTIONAL_H

#include <stdbool.h>

#include "ingest/plan/profile.h"
#include "ingest/plan/sample.h"

/* Whether a line counts: where it is `role ... optional`, whether the header, NULL for none, has every
 * column that it names; positions are always there. */
bool optional_there(const struct profile_role *role, const struct sample_row *header);

#endif
