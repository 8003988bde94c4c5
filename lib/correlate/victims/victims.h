/* SPDX-License-Identifier: Apache-2.0 */
/* Dialled numbers with a long call. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIMS_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIMS_H

#include <stdint.h>

#include "base/observer.h"
#include "base/sort/sorter.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/record/remark.h"
#include "correlate/calls/long_calls.h"
#include "correlate/calls/unsure.h"
#include "correlate/directory.h"
#include "correlate/figures/figures.h"
#include "correlate/persons/persons.h"
#include "correlate/presented/presented_key.h"
#include "correlate/reports/reports.h"

/* What long calls tell of a number. */
struct victim {
	uint64_t number;           /* E.164; not 0 */
	uint32_t long_calls;
	uint32_t reading;          /* reading.id of the first; 0: none */
	uint32_t suspects;
	uint32_t organisations;
	uint32_t unsure;           /* long calls: the number has another reading */
};

struct victims_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct persons *persons;
	const struct directory *directory;
	const struct presented_texts *texts;
	const struct reports *reports;     /* concluded */
	struct spill *spill;
	const struct unsure *unsure;       /* readings */
	struct long_calls *long_calls;     /* all of them, which are taken out */
	struct figures *account_figures;   /* by slot: victims are added */
	struct person_counts *person_counts;   /* by person: the same */
	struct sorter *presentations;      /* of struct presentation: the same */
	uint64_t memory;                   /* bytes of the whole stage, of which some
					    * is taken */
	struct remark_writer *remarks;     /* victims that may be none are said there */
	bool keep_duplicates;              /* rows that are there again count as well */
	unsigned threads;
};

/* Writes table victim, by number, and adds up how many victims each account, person
 * and presentation has; *count: all. STATUS_FAILED: no memory, see spill_failed(),
 * and what the case file fails with; STATUS_INTEGRITY: a segment is damaged;
 * STATUS_INTERRUPTED. */
enum status victims_conclude(const struct victims_given *given, uint64_t *count);

#endif
