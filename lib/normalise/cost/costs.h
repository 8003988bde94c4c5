/* SPDX-License-Identifier: Apache-2.0 */
/* What calls cost, exactly, with their sign, digits and currency. */
#ifndef UNSPOOF_NORMALISE_COST_COSTS_H
#define UNSPOOF_NORMALISE_COST_COSTS_H

#include <stdbool.h>
#include <stdint.h>

#include "normalise/calls/form_meaning.h"
#include "normalise/cost/cost_tally.h"
#include "normalise/source_sense.h"

/* The columns as found that it takes. */
#define COSTS_NEEDS (SEGMENT_ROLE(CALL_COST) | SEGMENT_ROLE(CALL_CURRENCY))

/* A form whose digits alone tell the cost. */
struct cost_form {
	uint64_t limit[2];     /* digits below it, 0: it is none; [1]: where a point may part thousands */
	unsigned decimals;
};

/* By form less FORM_FIRST, and one for all that there are not; the caller frees
 * them. NULL: out of memory. */
struct cost_form *cost_forms(const struct form_meanings *meanings);

/* The calls of a segment whose costs are read; all borrowed. */
struct costs_job {
	const struct form_meanings *meanings;
	const struct cost_form *forms;   /* of the same */
	const struct segment *segment;   /* words that are no value are NULL there */
	const struct source_sense *source;
	int64_t *digits, *units;         /* come out: see casefile/segment/call_cost.h */
	int64_t *flags;                  /* CALL_FLAG_COST is added */
	struct cost_tally *tally;        /* comes out */
};

void costs_read(const struct costs_job *job);

#endif
