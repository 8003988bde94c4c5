/* SPDX-License-Identifier: Apache-2.0 */
/* Tables account_figure, suspect, evidence and score_band. */
#ifndef UNSPOOF_CORRELATE_FIGURES_SUSPECTS_H
#define UNSPOOF_CORRELATE_FIGURES_SUSPECTS_H

#include "base/observer.h"
#include "base/status.h"
#include "base/table/text_lists.h"
#include "casefile/casefile.h"
#include "correlate/figures/person_figures.h"
#include "correlate/persons/links.h"
#include "correlate/score.h"

struct suspects_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct links *links;
	const struct score *score;
	const struct person_figures *figures;
	/* What accounts are called, by key, settled; what persons are, afterwards. */
	struct text_lists *logins;
	struct text_lists *emails;
	struct text_lists *doubts;         /* what alone ties accounts; the same */
	unsigned threads;
};

/* Writes the tables. STATUS_FAILED: no memory, and what the case file fails with;
 * STATUS_INTERRUPTED. */
enum status suspects_write(const struct suspects_given *given);

#endif
