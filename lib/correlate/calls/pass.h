/* SPDX-License-Identifier: Apache-2.0 */
/* A pass over all segments of calls, on several threads. */
#ifndef UNSPOOF_CORRELATE_CALLS_PASS_H
#define UNSPOOF_CORRELATE_CALLS_PASS_H

#include <stdint.h>

#include "base/observer.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/segment/raw_segment.h"

/* What went wrong with a segment. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_DAMAGED,       /* the segment does not hang together */
	TROUBLE_ACCOUNT,       /* it names an account that is not there */
	TROUBLE_PRESENTED,         /* it shows a text that is not there */
	TROUBLE_SPILL          /* out of memory, or see spill_failed() */
};

/* A segment on its way. */
struct pass_item {
	struct raw_segment raw;
	uint64_t first_row;        /* counted from that of the case */
	uint64_t calls;            /* comes out */
	enum trouble trouble;      /* comes out */
};

struct pass_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const char *step;                  /* for the progress line */
	uint64_t wanted;                   /* bit c: column c as understood */
	unsigned passed, passes;           /* of the same step, before this one and
					    * in all, for the progress; 0, 0: one */
	struct spill *spill;               /* of TROUBLE_SPILL; NULL: memory */
	unsigned threads;                  /* PIPELINE_WORKERS at most */
	void *context;
	/* Sets calls and trouble; on any thread, of which worker is the number
	 * from 0. */
	void (*work)(void *context, struct pass_item *item, unsigned worker);
};

/* Works on all segments; *calls is the sum of their calls. */
enum status pass_run(const struct pass_given *given, uint64_t *calls);

#endif
