/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of persons: those of their accounts, with reports. */
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

struct person_figures_given {
	struct casefile *casefile;         /* for errors */
	const struct persons *persons;
	const struct reports *reports;     /* concluded */
	const struct presented_texts *texts;
	struct spill *spill;
	struct figures *account_figures;   /* by slot: reports and losses are added */
	struct figures *person_figures;    /* by person: all that adds up is added */
	struct sorter *presentations;      /* of struct presentation: losses are put */
};

/* Once calls, payments and reports are concluded; *matched: how many reports are.
 * STATUS_FAILED: sums beyond 64 bits, or see spill_failed(). */
enum status person_figures_fill(const struct person_figures_given *given,
				uint64_t *matched);

#endif
