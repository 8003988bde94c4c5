/* SPDX-License-Identifier: Apache-2.0 */
/* Calls as understood, a segment at a time, with their columns decoded. */
#ifndef UNSPOOF_CORRELATE_BATCH_H
#define UNSPOOF_CORRELATE_BATCH_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/segment.h"

/* Numbers have at most 15 digits (ITU-T E.164). */
#define NUMBER_MOST INT64_C(999999999999999)

struct batch {
	struct segment_reader reader;
	struct casefile *casefile;
	const struct observer *observer;  /* may be NULL */
	struct progress progress;
	const int64_t *columns[READ_COLUMNS];   /* of rows values; NULL: not wanted */
	int64_t segment;                  /* its id */
	uint32_t rows;
};

/* Whether the understood columns of some rows of a segment are within their
 * ranges; see batch_next(). */
bool batch_sound(const struct segment *segment, uint32_t from, uint32_t count);

/* wanted has bit c set for column c of enum understood_column. step names the
 * pass for the progress line. Call batch_close also after a failure. */
enum status batch_open(struct batch *batch, struct casefile *casefile,
		       uint64_t wanted, const char *step,
		       const struct observer *observer);
/* The next segment; STATUS_END after the last, STATUS_INTERRUPTED when the
 * user asked to stop, STATUS_INTEGRITY when a value is out of its range. So
 * the values are: accounts and readings below 2^32, numbers up to NUMBER_MOST,
 * talk 0 or more, starts within the years that moment_parse() knows. */
enum status batch_next(struct batch *batch);
void batch_close(struct batch *batch);

/* Whether a row with these flags stands for a call: no other row does, and it
 * was understood. */
static inline bool flags_count(int64_t flags)
{
	return !(flags & (CALL_FLAG_LEG | CALL_FLAG_UNREAD));
}

static inline bool batch_counts(const struct batch *batch, uint32_t i)
{
	return flags_count(batch->columns[READ_FLAGS][i]);
}

/* The whole seconds of a time or duration in milliseconds, rounded down. */
static inline int64_t seconds_of(int64_t ms)
{
	return ms / 1000 - (ms % 1000 < 0);
}

#endif
