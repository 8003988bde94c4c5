/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of amounts that are converted at the rate of another day than theirs. */
#ifndef UNSPOOF_CORRELATE_MONEY_RATE_GAPS_H
#define UNSPOOF_CORRELATE_MONEY_RATE_GAPS_H

#include "casefile/record/remark.h"

/* Says, a remark a source, topic `rate`, which payments and losses are; once their tables are
 * written. */
enum status rate_gaps_say(struct casefile *casefile, const char *currency, struct remark_writer *remarks);

#endif
