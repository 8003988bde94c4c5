/* SPDX-License-Identifier: Apache-2.0 */
/* The times of a call held against one another and against its seconds. */
#ifndef UNSPOOF_NORMALISE_CALLS_CALL_TIMES_H
#define UNSPOOF_NORMALISE_CALLS_CALL_TIMES_H

#include <stdbool.h>
#include <stdint.h>

#include "normalise/calls/talk.h"

/* What is understood of a row, which may change; or of all rows of a segment, one behind
 * another. */
struct call_times {
	int64_t *started;      /* milliseconds since 1970-01-01 UTC */
	int64_t *talk;         /* milliseconds */
	int64_t *flags;        /* see call_flag.h */
};

/* What is kept from row to row. */
struct call_times_look {
	const struct talk_reader *reader;
	bool local;                  /* the zone is not UTC, or not of all roles */
	struct zone_calm calm;       /* around the row looked at last */
};

static inline struct call_times_look call_times_look(const struct talk_reader *reader)
{
	return (struct call_times_look){ reader, !reader->source->utc || reader->source->roles.own, { 0, 0 } };
}

/* Looks at row i, whose start and talk are read.
 *
 * A time that the clocks of the source's zone show twice or never has two readings. Where the
 * order started, answered_at, ended leaves one choice for all times of the row, or, of those
 * that it leaves, one alone agrees with the seconds of talk (else billed) or with the duration,
 * that is taken: flag CALL_FLAG_TOLD, and talk from times is measured anew. Else the first
 * readings stay, with CALL_FLAG_CLOCK. Seconds agree within a minute, for they may be rounded up.
 *
 * Seconds of the role talk that differ from ended less answered_at by more than TIMES_APART give
 * CALL_FLAG_TIMES. */
void call_times_row(struct call_times_look *look, uint32_t i, const struct call_times *row);
/* The same for all rows. */
void call_times_judge(const struct talk_reader *reader, const struct call_times *times);

/* Milliseconds that rounding explains: of two times and a count of seconds. A time that tells no
 * seconds adds a minute. */
#define TIMES_APART 1000

#endif
