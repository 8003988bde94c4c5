/* SPDX-License-Identifier: Apache-2.0 */
/* What was reported goes to the accounts; the figures of persons are those of their accounts. */
#ifndef UNSPOOF_CORRELATE_FIGURES_PERSON_FIGURES_H
#define UNSPOOF_CORRELATE_FIGURES_PERSON_FIGURES_H

#include <stdint.h>

#include "base/sort/sorter.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/figures/figures.h"
#include "correlate/persons/persons.h"
#include "correlate/presented/presented_key.h"
#include "correlate/reports/reports.h"

struct report_figures_given {
	struct casefile *casefile;         /* for errors */
	const struct persons *persons;
	const struct reports *reports;     /* concluded */
	const struct presented_texts *texts;
	struct spill *spill;
	struct figures *account_figures;   /* by slot: reports and losses are added */
	struct sorter *presentations;      /* of struct presentation: losses are put */
};

/* Adds what was reported, once that is concluded; *matched: how many reports are. STATUS_FAILED: sums
 * beyond 128 bits, or see spill_failed(). */
enum status report_figures_add(const struct report_figures_given *given, uint64_t *matched);

/* What the figures of persons are made of, when all is concluded. */
struct person_figures {
	const struct persons *persons;     /* grouped */
	const struct figures *accounts;    /* by slot */
	const struct person_counts *counts;    /* by person */
};

/* Those of a person, 0 to persons->count. STATUS_FAILED: sums beyond 128 bits. */
enum status person_figures_of(struct casefile *casefile, const struct person_figures *all, uint32_t person,
			      struct figures *sum);

#endif
