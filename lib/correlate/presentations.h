/* SPDX-License-Identifier: Apache-2.0 */
/* Presentations: what each person presented, to whom, and what it cost. */
#ifndef UNSPOOF_CORRELATE_PRESENTATIONS_H
#define UNSPOOF_CORRELATE_PRESENTATIONS_H

#include <stdint.h>

#include "base/status.h"
#include "correlate/calls.h"
#include "correlate/people.h"

/* One thing presented by one person. */
struct presentation {
	uint32_t presented;    /* place in calls->presented */
	uint32_t person;
	uint32_t accounts;
	uint32_t victims;
	uint64_t calls;
	uint64_t answered;
	uint64_t long_calls;
	int64_t spend;         /* minor units */
	int64_t loss;
	struct span called;
};

/* In byte order of what is presented, then by person; place 0 is not used. */
struct presentations {
	struct presentation *items;
	size_t count;          /* with place 0 */
};

/* Makes the presentations and names them in calls->cells (group); after
 * presented_rank(). */
enum status presentations_make(struct presentations *presentations,
			       struct calls *calls, const struct people *people);
/* Shares the spend of each account (one party a slot) out over what it
 * presented, by cost, or by calls where nothing cost anything. */
enum status presentations_spend(struct presentations *presentations,
				struct calls *calls, const struct people *people,
				const struct party *accounts);
/* Writes table presentation. */
enum status presentations_write(const struct presentations *presentations,
				const struct calls *calls);
void presentations_release(struct presentations *presentations);

#endif
