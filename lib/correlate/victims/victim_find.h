/* SPDX-License-Identifier: Apache-2.0 */
/* The victims, and whom long calls tie them to. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIM_FIND_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIM_FIND_H

#include <stdint.h>

#include "base/observer.h"
#include "base/sort/sorter.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/calls/long_calls.h"
#include "correlate/calls/unsure.h"
#include "correlate/directory.h"
#include "correlate/figures/figures.h"
#include "correlate/persons/persons.h"
#include "correlate/presented/presented_key.h"

struct victim_find_given {
	struct casefile *casefile;         /* for errors */
	const struct observer *observer;   /* may be NULL */
	const struct persons *persons;
	const struct directory *directory;
	const struct presented_texts *texts;
	struct spill *spill;
	const struct unsure *unsure;       /* readings */
	struct long_calls *long_calls;     /* all of them, which are taken out */
	struct figures *account_figures;   /* by slot: victims are added */
	struct person_counts *person_counts;   /* by person: the same */
	struct sorter *presentations;      /* of struct presentation: the same */
	uint64_t memory;                   /* bytes of the whole stage, of which some
					    * is taken */
	unsigned threads;
};

/* On several threads, all victims into a sorter, of struct victim, as one run; and
 * how many each account, person and presentation has; *count: all. STATUS_FAILED: no
 * memory, or see spill_failed(); STATUS_INTERRUPTED. */
enum status victim_find_run(const struct victim_find_given *given,
			    struct sorter *victims, uint64_t *count);

#endif
