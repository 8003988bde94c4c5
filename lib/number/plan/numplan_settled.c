/* SPDX-License-Identifier: Apache-2.0 */
/* States of the automaton from which all walks of a length end alike, found from the shortest walks on. */
#include <stdlib.h>
#include <string.h>

#include "number/plan/numplan.h"
#include "number/plan/numplan_tables.h"

/* Walks end in different outputs; outputs are below. */
#define DIFFERENT UINT16_MAX

/* What all walks that are one digit longer end in. */
static void lengthen(const uint16_t *shorter, uint16_t *longer)
{
	for (unsigned state = 0; state < numplan_state_count; state++) {
		const uint16_t *row = numplan_rows[state];

		longer[state] = shorter[row[0]];
		for (unsigned digit = 1; digit < 10; digit++)
			if (shorter[row[digit]] != longer[state])
				longer[state] = DIFFERENT;
	}
}

static void settle(struct numplan_settled *settled, uint16_t *ends, uint16_t *longer)
{
	for (unsigned state = 0; state < numplan_state_count; state++) {
		ends[state] = numplan_state_output[state];
		settled->after[state] = 1;
	}
	for (unsigned digits = 1; digits <= SETTLED_DIGITS; digits++) {
		lengthen(ends, longer);
		memcpy(ends, longer, numplan_state_count * sizeof(*ends));
		for (unsigned state = 0; state < numplan_state_count; state++)
			settled->after[state] |= (uint8_t)((ends[state] != DIFFERENT) << digits);
	}
}

struct numplan_settled *numplan_settled_new(void)
{
	struct numplan_settled *settled = calloc(1, sizeof(*settled));
	uint16_t *ends = malloc(2 * (size_t)numplan_state_count * sizeof(*ends));

	if (settled)
		settled->after = malloc(numplan_state_count);
	if (settled && settled->after && ends) {
		settle(settled, ends, ends + numplan_state_count);
	} else {
		numplan_settled_free(settled);
		settled = NULL;
	}
	free(ends);
	return settled;
}

void numplan_settled_free(struct numplan_settled *settled)
{
	if (!settled)
		return;
	free(settled->after);
	free(settled);
}
