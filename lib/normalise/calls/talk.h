/* SPDX-License-Identifier: Apache-2.0 */
/* How long a call was talked on, and whether it was answered. */
#ifndef UNSPOOF_NORMALISE_CALLS_TALK_H
#define UNSPOOF_NORMALISE_CALLS_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "casefile/segment/segment.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/instant.h"
#include "normalise/source_sense.h"

struct talk {
	int64_t ms;       /* 0 or more */
	int64_t flags;    /* CALL_FLAG_ANSWERED, CALL_TALK_..., contradicted, negative */
	unsigned unzoned; /* times read by the zone of the source */
	bool day;         /* answered_at or ended is a day, so that they tell no seconds */
};

/* The columns as found that say it. */
#define TALK_NEEDS \
	(SEGMENT_ROLE(CALL_ANSWERED_AT) | SEGMENT_ROLE(CALL_ENDED) | \
	 SEGMENT_ROLE(CALL_DURATION) | SEGMENT_ROLE(CALL_TALK) | \
	 SEGMENT_ROLE(CALL_BILLED) | SEGMENT_ROLE(CALL_STATUS) | \
	 SEGMENT_COLUMN(FOUND_HEAP))

/* What makes milliseconds of the digits of a form that is plain seconds. */
struct talk_form {
	int64_t factor;
	uint64_t limit;        /* digits below it; 0: the form is none */
};

/* By form less FORM_FIRST, and one for all that there are not; the caller frees
 * them. NULL: out of memory. */
struct talk_form *talk_forms(const struct form_meanings *meanings);

/* What the last statuses with digits said, of the source. Zeroed is empty. */
#define TALK_CODES 256
struct talk_codes {
	struct {
		int64_t value;
		uint32_t form;     /* 0: free */
		uint32_t word;
	} items[TALK_CODES];
};

struct talk_reader {
	const struct form_meanings *meanings;
	const struct segment *segment; /* with the columns of TALK_NEEDS */
	const struct source_sense *source;
	struct clock_day *day;
	/* By form less FORM_FIRST, of the source: enum word of this status and
	 * 1; 0: not looked up. And a 0 for all that there are not. */
	uint8_t *words;
	struct talk_codes *codes;
	const struct talk_form *forms; /* for talk_read_all(); else NULL */
};

/* Talk is the role talk, else ended less answered_at, else billed, else
 * duration. A row that has the field answered_at, empty, was never answered:
 * its duration is no talk. Answered is what the seconds say where there are
 * seconds of talk; else what the status says; else, without a status, whether the
 * duration is over 0. */
struct talk talk_read(const struct talk_reader *reader, uint32_t i);
/* What is met of all rows. */
struct talk_met {
	uint64_t unzoned;    /* times */
	uint64_t days;       /* calls with `day`; the first of them is: */
	uint32_t first_day;
};

/* The same for all rows: fills ms, and adds to flags, which say what is no call. */
struct talk_met talk_read_all(const struct talk_reader *reader, int64_t *ms, int64_t *flags);

/* The milliseconds that a role of seconds says; false: it says none. */
bool talk_seconds(const struct talk_reader *reader, enum call_role role, uint32_t i, int64_t *ms);
/* The time that a role says; false: there is none that can be read. */
bool talk_instant(const struct talk_reader *reader, enum call_role role, uint32_t i, struct instant *out);
/* What talk_read() says where it is so long from answered_at to ended; unzoned is 0. */
struct talk talk_of_times(const struct talk_reader *reader, uint32_t i, int64_t ms);

#endif
