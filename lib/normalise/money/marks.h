/* SPDX-License-Identifier: Apache-2.0 */
/* Which of point and comma is the decimal one in the amounts of each source. */
#ifndef UNSPOOF_NORMALISE_MONEY_MARKS_H
#define UNSPOOF_NORMALISE_MONEY_MARKS_H

#include "casefile/form/form.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/notes.h"
#include "normalise/source_sense.h"

struct marks_given {
	struct casefile *casefile;
	const struct form_meanings *meanings;
	const struct source_senses *sources;   /* whose mark is settled */
	struct notes *notes;
	enum decimal_mark otherwise;           /* where no row proves it */
};

/* The column of amounts that a source has proves its mark by values that have one reading. Where a value has two, and
 * nothing proves or says which, STATUS_FAILED: it names the row and both readings. Where rows contradict one another, each
 * with one reading, they are said, and read so. */
enum status marks_settle(const struct marks_given *given);

#endif
