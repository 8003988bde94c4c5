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

/* The calls of a segment whose costs are read; all borrowed. */
struct costs_job {
	const struct form_meanings *meanings;
	const struct segment *segment;   /* words that are no value are NULL there */
	const struct source_sense *source;
	int64_t *digits, *units;         /* come out: see casefile/segment/call_cost.h */
	int64_t *flags;                  /* CALL_FLAG_COST is added */
	struct cost_tally *tally;        /* comes out */
};

void costs_read(const struct costs_job *job);

#endif
