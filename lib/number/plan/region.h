/* SPDX-License-Identifier: Apache-2.0 */
/* Regions as people give them: on the command line, in profiles, in columns. */
#ifndef UNSPOOF_NUMBER_PLAN_REGION_H
#define UNSPOOF_NUMBER_PLAN_REGION_H

#include "base/nearest.h"
#include "base/text.h"

/* The region of the numbering plan that is given as a setting: two letters of ISO
 * 3166 in either case, or UK, which is GB. Blanks around it do not count. Static; NULL:
 * there is no such region. */
const char *region_given(struct text given);
/* Whether a region that exists was given by a name that is not its own: UK. That is
 * said to whoever gave it. */
bool region_renamed(struct text given);

/* The same for what a column says: the names of three letters and of words that
 * people write for some countries count as well. */
const char *region_written(struct text written);

/* The regions nearest to one that there is not. */
void region_near(struct text given, struct nearest *nearest);

/* What follows a region that there is not, in a message: "is no region of the
 * numbering plan; did you mean ...?" Returns out. */
#define REGION_PROBLEM (NEAREST_SAID + 80)
const char *region_problem(struct text given, char out[REGION_PROBLEM]);

#endif
