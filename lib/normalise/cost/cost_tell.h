/* SPDX-License-Identifier: Apache-2.0 */
/* What is assumed and unknown of the costs of a source, said. */
#ifndef UNSPOOF_NORMALISE_COST_COST_TELL_H
#define UNSPOOF_NORMALISE_COST_COST_TELL_H

#include "normalise/cost/cost_tally.h"
#include "normalise/notes.h"

/* Adds what was counted in other rows of the source, which come behind. */
void cost_tally_add(struct cost_tally *tally, const struct cost_tally *other);
/* Says what was counted, a remark each. */
enum status cost_tell(struct notes *notes, const struct source_sense *source);

#endif
