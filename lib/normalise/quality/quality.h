/* SPDX-License-Identifier: Apache-2.0 */
/* Each source judged, once all of it is understood: what is taken for granted in it,
 * and what looks as if options or columns were wrong. */
#ifndef UNSPOOF_NORMALISE_QUALITY_QUALITY_H
#define UNSPOOF_NORMALISE_QUALITY_QUALITY_H

#include "normalise/calls/form_meaning.h"
#include "normalise/countries.h"
#include "normalise/notes.h"
#include "normalise/readings.h"
#include "normalise/source_sense.h"

struct quality_given {
	struct casefile *casefile;
	struct notes *notes;
	const struct numplan *plan;
	const struct form_meanings *meanings;
	const struct readings *readings;      /* of the case */
	const struct source_senses *sources;  /* with their tallies */
	const struct countries *countries;    /* of accounts, by which calls were read */
};

/* Judges all; tables and segments are stored. */
enum status quality_judge(const struct quality_given *given);

#endif
