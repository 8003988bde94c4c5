/* SPDX-License-Identifier: Apache-2.0 */
/* Columns that a profile names, and that only rows behind the first ones have. */
#ifndef UNSPOOF_INGEST_PLAN_SAID_WIDEN_H
#define UNSPOOF_INGEST_PLAN_SAID_WIDEN_H

#include <stdbool.h>

#include "ingest/plan/profile.h"
#include "ingest/plan/sample.h"

/* Adds what the profile names to the first row of a sample, which has the names of columns;
 * the other rows stay. False: no memory. */
bool widen_sample(struct sample *sample, const struct profile *profile);
/* The same of names that stand on a line each. */
bool widen_sample_by(struct sample *sample, struct text lines);

#endif
