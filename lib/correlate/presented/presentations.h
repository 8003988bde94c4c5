/* SPDX-License-Identifier: Apache-2.0 */
/* Presentations: what each person presented, to whom, and what it cost. */
#ifndef UNSPOOF_CORRELATE_PRESENTED_PRESENTATIONS_H
#define UNSPOOF_CORRELATE_PRESENTED_PRESENTATIONS_H

#include <stdint.h>

#include "base/observer.h"
#include "base/sort/sorter.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "base/wide.h"
#include "casefile/casefile.h"
#include "correlate/directory.h"
#include "correlate/figures/figures.h"
#include "correlate/presented/presented_key.h"

/* One thing presented by one person; person 0: by no account. */
struct presentation {
	uint64_t order;            /* see struct presented_position */
	uint32_t rank;
	uint32_t person;
	uint64_t presented_key;    /* see presented_key_of() */
	uint32_t accounts;
	uint32_t victims;
	uint32_t reading;          /* the lowest reading.id; 0: none */
	uint64_t calls;
	uint64_t answered;
	uint64_t long_calls;
	struct period called;
	i128 spend;                /* minor units */
	i128 loss;
};

/* In byte order of what is presented, then by person. Figures add up. */
extern const struct record_kind presentation_kind;

/* One of a person, without figures. */
struct presentation presentation_of(const struct presented_position *position, uint64_t presented_key,
				    uint32_t person);

struct presentations_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct directory *directory;
	struct spill *spill;
	struct sorter *presentations;      /* of struct presentation, all of them; they
					    * are read */
	struct person_counts *person_counts;   /* by person: presentations are added */
	unsigned threads;
};

/* Writes table presentation, by what is presented and person; *count: its rows.
 * STATUS_FAILED: no memory, see spill_failed(), and what the
 * case file fails with; STATUS_INTERRUPTED. */
enum status presentations_write(const struct presentations_given *given,
				uint64_t *count);

#endif
