/* SPDX-License-Identifier: Apache-2.0 */
/* How the costs of the calls of a source came to be understood, counted. */
#ifndef UNSPOOF_NORMALISE_COST_COST_TALLY_H
#define UNSPOOF_NORMALISE_COST_COST_TALLY_H

#include <stdint.h>

#define COST_TALLY_VALUE 40

/* Some rows, with the first of them. Zeroed is empty. */
struct cost_rows {
	uint64_t count;
	int64_t call;                   /* the id of the first */
	char value[COST_TALLY_VALUE];   /* what it says; escaped for messages, and cut */
};

/* Zeroed is empty. */
struct cost_tally {
	struct cost_rows unknown;   /* in a currency that is not known here */
	struct cost_rows beyond;    /* with more digits than are kept */
	uint64_t assumed;           /* in the currency of the source, for they name none */
};

#endif
