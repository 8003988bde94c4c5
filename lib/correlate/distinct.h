/* SPDX-License-Identifier: Apache-2.0 */
/* How many distinct things each thing has to do with. */
#ifndef UNSPOOF_CORRELATE_DISTINCT_H
#define UNSPOOF_CORRELATE_DISTINCT_H

#include <stdbool.h>
#include <stdint.h>

#include "correlate/calls.h"
#include "correlate/people.h"

/* What a call has to do with; 0 stands for none. */
enum side {
	SIDE_ACCOUNT,          /* slot */
	SIDE_PERSON,
	SIDE_PRESENTED,        /* place in calls->presented */
	SIDE_GROUP,            /* place in presentations */
	SIDE_ORGANISATION,     /* name of the directory */
	SIDE_VICTIM            /* place in calls->victims; long calls only */
};

/* Counts for each owner, a value of side a below owners, its distinct values
 * of side b, none left out: (*counts)[owner]. Over all calls, or over the long
 * ones when either side is SIDE_VICTIM. The caller frees *counts. False: out
 * of memory. */
bool distinct_count(const struct calls *calls, const struct people *people,
		    enum side a, enum side b, size_t owners, uint32_t **counts);

#endif
