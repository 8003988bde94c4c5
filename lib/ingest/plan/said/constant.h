/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are said to be the same in all rows of a source, and found in none. */
#ifndef UNSPOOF_INGEST_PLAN_SAID_CONSTANT_H
#define UNSPOOF_INGEST_PLAN_SAID_CONSTANT_H

#include "base/status.h"
#include "base/text.h"
#include "casefile/kinds.h"
#include "ingest/plan/mapping.h"

/* Why a role of a kind has no value that all rows can have: what makes rows or accounts one,
 * a time, seconds, an amount. Static; NULL: it may have one. */
const char *constant_problem(enum kind kind, int role);

/* Takes what is said of a role. STATUS_USAGE: of such a role, or such a value, nothing can be. */
enum status constant_take(struct mapping *mapping, int role, struct text value, struct error *error);

#endif
