/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the small kinds understood: all but calls. */
#ifndef UNSPOOF_NORMALISE_ROWS_ROWS_H
#define UNSPOOF_NORMALISE_ROWS_ROWS_H

#include <stdint.h>

#include "normalise/countries.h"
#include "normalise/keys.h"
#include "normalise/notes.h"
#include "normalise/readings.h"
#include "normalise/source_sense.h"

struct rows_given {
	struct casefile *casefile;
	const struct source_senses *sources;   /* the counts of each are added to */
	struct notes *notes;
	struct keys *keys;                     /* gets their accounts, */
	struct countries *countries;           /* the regions of these, */
	struct readings *readings;             /* and their numbers */
	uint64_t threads;
};

/* Understands them all; *count: how many are stored. */
enum status rows_understand(const struct rows_given *given, uint64_t *count);

#endif
