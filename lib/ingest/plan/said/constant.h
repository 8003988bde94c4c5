/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are said to be the same in all rows of a source, and found in none. */
#ifndef UNSPOOF_INGEST_PLAN_SAID_CONSTANT_H
#define UNSPOOF_INGEST_PLAN_SAID_CONSTANT_H

#include "base/absent.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/kinds.h"
#include "ingest/plan/mapping.h"

/* Why a role of a kind has no value that all rows can have: what makes rows or accounts one,
 * a time, seconds, an amount. Static; NULL: it may have one. */
const char *constant_problem(enum kind kind, int role);

/* Takes what is said of a role. STATUS_USAGE: nothing can be said of such a role, or the value is
 * none, one of the words that stand for no value, or a currency that there is not. */
enum status constant_take(struct mapping *mapping, const struct absents *absents, int role,
			  struct text value, struct error *error);

#endif
