/* SPDX-License-Identifier: Apache-2.0 */
/* Dates without a time of day: what is said of them, and rates whose midnights are such. */
#ifndef UNSPOOF_NORMALISE_DOUBT_DAYS_H
#define UNSPOOF_NORMALISE_DOUBT_DAYS_H

#include "normalise/notes.h"
#include "normalise/source_sense.h"

/* Finds the sources of rates whose every time is a midnight on the clock that is written: their
 * `midnights`. Before rows are understood. */
enum status days_find_midnights(struct source_senses *sources, struct casefile *casefile);

/* Says of a source that rows have days for times, where it matters; once all is understood. */
enum status days_tell(struct notes *notes, const struct source_sense *source);

#endif
