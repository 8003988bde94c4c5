/* SPDX-License-Identifier: Apache-2.0 */
/* Where found rows stand, in messages, and notices of which only the first
 * few are said. */
#ifndef UNSPOOF_CORRELATE_NOTICES_H
#define UNSPOOF_CORRELATE_NOTICES_H

#include <stdint.h>

#include "base/observer.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* Adds `payments.csv:17`, or `dump.tar:payments.csv:17` or `dumps/payments.csv:17` for a
 * member, escaped; "source 3:17" when the case has no such source. */
void notice_add_place(struct casefile *casefile, int64_t source, int64_t member,
		      int64_t line, struct buf *out);
/* Adds `payments.csv:17: role 'value': `, escaped and cut. */
void notice_add_value(struct casefile *casefile, int64_t source, int64_t member,
		      int64_t line, const char *role, struct text value, struct buf *out);

#define NOTICES_SAID 10

/* Notices of one sort. */
struct notices {
	const struct observer *observer;
	uint64_t count;
};

/* Whether one more would be said; counts it. */
bool notices_take(struct notices *notices);
/* Says a line, which notices_take() agreed to. */
void notices_say(const struct notices *notices, const struct buf *line);
/* "N more WHAT" when some were not said. */
void notices_end(const struct notices *notices, const char *what);

#endif
