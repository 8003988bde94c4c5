/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts that are too large to be counted: set aside, each source with the first of them, and said. */
#ifndef UNSPOOF_CORRELATE_MONEY_ASIDE_H
#define UNSPOOF_CORRELATE_MONEY_ASIDE_H

#include "casefile/record/remark.h"
#include "correlate/money/rates.h"

/* Those of a source. */
struct aside_rows {
	int64_t source;
	int64_t member, line;      /* of the first */
	uint64_t count;
};

/* Of the payments, or of the losses. Zeroed is empty. */
struct aside {
	i128 total;                /* of the sizes of all that are counted: no sum of some is beyond it */
	struct aside_rows *items;  /* in order of first sight */
	size_t count, capacity;
};

void aside_release(struct aside *aside);
/* Whether a value can be counted with all before it, which it is from then on. */
bool aside_take(struct aside *aside, i128 value);
/* Sets one aside that cannot. False: no memory. */
bool aside_put(struct aside *aside, const struct amount *amount);
/* Says them, a remark a source, topic `amount`: role and what, as "payment", are theirs. */
enum status aside_say(const struct aside *aside, struct casefile *casefile, const char *role,
		      const char *what, struct remark_writer *remarks);

#endif
