/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of a source judged: whether another region or a prefix would make far
 * more of them valid. */
#ifndef UNSPOOF_NORMALISE_QUALITY_NUMBER_VERDICT_H
#define UNSPOOF_NORMALISE_QUALITY_NUMBER_VERDICT_H

#include "normalise/flags.h"
#include "normalise/notes.h"
#include "normalise/quality/manner_fit.h"
#include "normalise/source_sense.h"

/* A role of a source. */
struct verdict_role {
	const char *role;
	const char *plural;              /* as "dialled numbers" */
	const struct number_draw *draw;  /* ended */
};

/* What is judged; all borrowed. */
struct number_verdict_given {
	struct notes *notes;
	const struct numplan *plan;
	const struct flag_table *flags;
	const struct source_sense *source;
	const struct verdict_role *roles;
	size_t role_count;               /* FIT_ROLES at most */
	bool own_regions;                /* texts have those of their rows or accounts */
};

/* Says what is to be said of them, ranges kept for fiction aside: where over a fifth of a role fit no plan, so much,
 * and what region or prefix they would fit by; and where far stricter a plan than
 * that of the region fits them all, which. */
enum status number_verdict_say(const struct number_verdict_given *given);

#endif
