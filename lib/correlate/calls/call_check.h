/* SPDX-License-Identifier: Apache-2.0 */
/* Calls as understood: whether their values can be. */
#ifndef UNSPOOF_CORRELATE_CALLS_CALL_CHECK_H
#define UNSPOOF_CORRELATE_CALLS_CALL_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "casefile/segment/segment.h"

/* Numbers have at most 15 digits (ITU-T E.164). */
#define NUMBER_MOST INT64_C(999999999999999)

/* Whether the understood columns of some rows of a segment are within their
 * ranges: accounts and readings below 2^32, numbers up to NUMBER_MOST, talk 0 or
 * more, starts within the years that moment_parse() knows. */
bool call_check(const struct segment *segment, uint32_t from, uint32_t count);

/* The flags of rows that stand for no call: another row does, or they were not understood.
 * A row that is there again elsewhere is a call of its own where those are kept. */
static inline int64_t flags_of_no_call(bool keep_duplicates)
{
	return CALL_FLAG_LEG | CALL_FLAG_UNREAD |
	       (keep_duplicates ? 0 : CALL_FLAG_DUPLICATE);
}

/* Whether a row with these flags stands for a call. */
static inline bool flags_are_call(int64_t flags, int64_t no_call)
{
	return !(flags & no_call);
}

/* The whole seconds of a time or duration in milliseconds, rounded down. */
static inline int64_t seconds_of(int64_t ms)
{
	return ms / 1000 - (ms % 1000 < 0);
}

#endif
