/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of sources by the kind of their rows: `-z report=Europe/London`. */
#ifndef UNSPOOF_INGEST_PLAN_SAID_BY_KIND_H
#define UNSPOOF_INGEST_PLAN_SAID_BY_KIND_H

#include "base/status.h"
#include "casefile/kinds.h"
#include "ingest/ingest.h"
#include "ingest/plan/given_names.h"

/* Whether each is KIND=VALUE, of a kind and a value that there are, and no kind twice.
 * STATUS_USAGE says what is wrong, and what is near; option names the list. */
enum status by_kind_check(const struct kind_values *values, enum given_name what,
			  const char *option, struct error *error);

/* What is said for rows of a kind, else `all`; borrowed. */
const char *by_kind_find(const struct kind_values *values, enum kind kind, const char *all);

#endif
