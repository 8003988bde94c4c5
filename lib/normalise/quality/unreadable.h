/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of a column of numbers that cannot be read as numbers at all. */
#ifndef UNSPOOF_NORMALISE_QUALITY_UNREADABLE_H
#define UNSPOOF_NORMALISE_QUALITY_UNREADABLE_H

#include "normalise/notes.h"
#include "normalise/quality/number_verdict.h"

/* Rows of a role that have a text. */
struct unreadable_rows {
	uint64_t all;
	uint64_t lossy;            /* NUMBER_CLASS_LOSSY */
	uint64_t words;            /* NUMBER_CLASS_NON_NUMBER */
};

/* What is judged; all borrowed. */
struct unreadable_given {
	struct notes *notes;
	const struct numplan *plan;
	const struct source_sense *source;
	const struct verdict_role *role;
	struct unreadable_rows rows;
};

/* Says what of a role a spreadsheet has rounded, however little; and words, where they are over a fifth of the rows and
 * of the distinct texts. Names may be presented, and there over half has to be words. */
enum status unreadable_say(const struct unreadable_given *given);

#endif
