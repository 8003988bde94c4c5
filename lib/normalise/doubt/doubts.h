/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of numbers with two readings, and of fields with two numbers. */
#ifndef UNSPOOF_NORMALISE_DOUBT_DOUBTS_H
#define UNSPOOF_NORMALISE_DOUBT_DOUBTS_H

#include "casefile/casefile.h"
#include "normalise/notes.h"
#include "normalise/readings.h"
#include "normalise/source_sense.h"

struct doubts_given {
	struct casefile *casefile;
	const struct source_senses *sources;
	const struct readings *readings;     /* all of the case */
	struct notes *notes;
};

/* Once all is understood and stored: a remark for each source, role and pair of readings, with how the other numbers of the
 * role are written, and one for each source and role that has several numbers in a field. Where no reading is so, nothing
 * is looked at. */
enum status doubts_tell(const struct doubts_given *given);

#endif
