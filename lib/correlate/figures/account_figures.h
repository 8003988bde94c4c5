/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of accounts from their calls, and what each account presented. */
#ifndef UNSPOOF_CORRELATE_FIGURES_ACCOUNT_FIGURES_H
#define UNSPOOF_CORRELATE_FIGURES_ACCOUNT_FIGURES_H

#include <stdint.h>

#include "base/observer.h"
#include "base/sort/sorter.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/record/remark.h"
#include "correlate/directory.h"
#include "correlate/figures/figures.h"
#include "correlate/persons/persons.h"

struct account_figures_given {
	struct casefile *casefile;         /* for errors */
	const struct observer *observer;   /* may be NULL */
	const struct directory *directory;
	struct spill *spill;
	struct sorter *usages;             /* of struct ordered_usage, all of them;
					    * they are read */
	struct figures *account_figures;   /* by slot, with their spend: to these
					    * goes what calls tell */
	struct person_counts *person_counts;   /* by person: organisations are added */
	struct sorter *presentations;      /* of struct presentation: they are put */
	const struct persons *persons;
	const char *currency;              /* of the case */
	struct remark_writer *remarks;
	uint64_t memory;                   /* bytes of the whole stage, of which some
					    * is taken */
};

/* Once the calls are added up. The spend of an account goes to what it presented;
 * where costs do not do, that is said.
 * STATUS_FAILED: no memory, or see spill_failed(); STATUS_INTERRUPTED. */
enum status account_figures_fill(const struct account_figures_given *given);

#endif
