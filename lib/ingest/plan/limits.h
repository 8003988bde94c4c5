/* SPDX-License-Identifier: Apache-2.0 */
/* What no value of a role may hold, whatever stands in other columns: a NUL byte, or more
 * than RECORD_VALUE_MOST bytes. Only records that are odd are to be looked at. */
#ifndef UNSPOOF_INGEST_PLAN_LIMITS_H
#define UNSPOOF_INGEST_PLAN_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "ingest/plan/mapping.h"

/* A value that is over the limits. */
struct excess {
	int role;
	const char *reason;     /* static; follows role and value */
	struct text value;      /* borrowed of the fields */
};

/* Before the values of a row are told: whether a field is too long that a pattern looks
 * at to tell them; of several the first one's role. */
bool limits_patterns(const struct mapping *mapping, const struct text *fields,
		     size_t count, struct excess *excess);

/* Whether one of the values is over them, that of mapping_values() or mapping_apply();
 * of several the first. */
bool limits_values(const struct mapping *mapping, const struct mapped *values,
		   struct excess *excess);

#endif
