/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of a source judged: what their columns say of one another. */
#ifndef UNSPOOF_NORMALISE_QUALITY_CALL_VERDICT_H
#define UNSPOOF_NORMALISE_QUALITY_CALL_VERDICT_H

#include "normalise/calls/form_meaning.h"
#include "normalise/notes.h"
#include "normalise/readings.h"
#include "normalise/countries.h"
#include "normalise/source_sense.h"

struct call_verdict_given {
	struct casefile *casefile;
	struct notes *notes;
	const struct numplan *plan;
	const struct form_meanings *meanings;
	const struct readings *readings;      /* of the case */
	const struct countries *countries;    /* of accounts; NULL: they are not asked for */
	const struct source_sense *source;
};

/* Judges a source of calls that is understood and stored. */
enum status call_verdict_say(const struct call_verdict_given *given);

#endif
