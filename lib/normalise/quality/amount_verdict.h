/* SPDX-License-Identifier: Apache-2.0 */
/* The payments of a source judged: whether their amounts are in the unit that they
 * are read in. */
#ifndef UNSPOOF_NORMALISE_QUALITY_AMOUNT_VERDICT_H
#define UNSPOOF_NORMALISE_QUALITY_AMOUNT_VERDICT_H

#include "casefile/casefile.h"
#include "normalise/notes.h"
#include "normalise/source_sense.h"

/* Judges a source of payments that is understood and stored. */
enum status amount_verdict_say(struct casefile *casefile, struct notes *notes,
			       const struct source_sense *source);

#endif
