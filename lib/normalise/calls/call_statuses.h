/* SPDX-License-Identifier: Apache-2.0 */
/* The statuses of a segment of calls, counted, with the calls that hang on each. */
#ifndef UNSPOOF_NORMALISE_CALLS_CALL_STATUSES_H
#define UNSPOOF_NORMALISE_CALLS_CALL_STATUSES_H

#include "normalise/calls/local_ids.h"
#include "normalise/calls/talk.h"
#include "normalise/status/tally.h"

/* A status of a segment: its text lies in the texts. */
struct status_seen {
	size_t at, len;
	struct tally_word word;       /* its row is the row in the segment, and 1 more */
};

/* Those of a segment, in byte order of their texts. Zeroed is empty. */
struct status_batch {
	struct buf texts;
	struct status_seen *seen;
	size_t count, capacity;
};

void status_batch_release(struct status_batch *batch);
/* Adds them to those of the source; first: the number of the segment's first call. False: out
 * of memory. */
bool status_batch_add(const struct status_batch *batch, int64_t first, struct tally *tally);

/* A status while it is counted. */
struct status_count {
	struct tally_word word;
	int64_t form, value;          /* of its text */
};

/* What one thread counts with. Zeroed is empty. */
struct status_counter {
	struct local_ids texts;       /* of the source */
	struct status_count *words;   /* by number in texts; the counts of the segment */
	size_t capacity;
	uint64_t *by_form;            /* rows of the segment, several places a form */
};

/* False: out of memory. Release also after a failure. */
bool status_counter_open(struct status_counter *counter, const struct form_meanings *meanings);
void status_counter_release(struct status_counter *counter);
/* Before a segment; anew: it is the first of another source. The same. */
bool status_counter_begin(struct status_counter *counter, bool anew);

/* Counts the statuses of the segment that the reader reads. flags and talk are what
 * was understood of its rows. The same. */
bool status_counter_count(struct status_counter *counter, const struct talk_reader *reader, const int64_t *flags,
			  const int64_t *talk, struct status_batch *batch);

#endif
