/* SPDX-License-Identifier: Apache-2.0 */
/* Calls without the words that are no value, and with the names that are presented in
 * place of a number: columns of a segment as they are to be understood. */
#ifndef UNSPOOF_NORMALISE_CALLS_CALL_ABSENT_H
#define UNSPOOF_NORMALISE_CALLS_CALL_ABSENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/absent.h"
#include "casefile/segment/raw_segment.h"
#include "casefile/segment/segment.h"
#include "normalise/calls/form_meaning.h"
#include "number/plan/numplan.h"

/* The columns that are fetched besides those that are understood, so that words in them are
 * counted. */
#define CALL_ABSENT_NEEDS \
	(SEGMENT_ROLE(CALL_CURRENCY) | SEGMENT_ROLE(CALL_IP) | SEGMENT_ROLE(CALL_TRUNK))

/* Members are the module's own, but for counts. Zeroed is closed. */
struct call_absent {
	const struct form_meanings *meanings;  /* borrowed */
	const struct absents *absents;     /* of the source; borrowed */
	/* What each form is, by form less FORM_FIRST: the number of a word, 0 for none, or
	 * that the text has to be looked at; and where a name is enough. */
	uint16_t *words, *names;
	bool any;                          /* some form is not none */
	uint32_t roles;                    /* bit r: there may be words in role r */
	bool heap;                         /* and in texts without a form */
	uint8_t *blank, *name;             /* what is known of presented forms and names */
	int64_t *own[FOUND_COLUMNS];       /* columns that are other than found */
	const int64_t *found[FOUND_COLUMNS];   /* those that they stand for */
	uint64_t hidden;                   /* bit c: column c is one */
	/* How many fields of the segment were words, by role and number of the word less
	 * 1; their sum. */
	uint64_t *counts, total;
	uint32_t *firsts;                  /* and the first row of each */
	size_t counts_capacity, firsts_capacity;
};

/* What is borrowed must outlive it. False: no memory. Release it all the same. */
bool call_absent_open(struct call_absent *absent, const struct form_meanings *meanings);
void call_absent_release(struct call_absent *absent);
/* From here on segments are of sources with these words. */
void call_absent_of(struct call_absent *absent, const struct absents *absents);

/* Before a segment: finds out in which roles there may be words; raw NULL: in all. The
 * columns to be decoded for them. */
uint64_t call_absent_begin(struct call_absent *absent, const struct raw_segment *raw);
/* Puts SQL's NULL in place of words that are no value, in the columns that were asked
 * for, and counts them. False: no memory. */
bool call_absent_hide(struct call_absent *absent, struct segment *segment);
/* Puts the presented name, unless it reads as a number in the region, where nothing is
 * presented; behind call_absent_hide(). False: no memory. */
bool call_absent_stand_in(struct call_absent *absent, struct segment *segment,
			  const struct numplan *plan, int region);
/* Gives the segment its columns as found again. */
void call_absent_restore(struct call_absent *absent, struct segment *segment);

#endif
