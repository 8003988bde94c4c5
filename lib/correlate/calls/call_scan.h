/* SPDX-License-Identifier: Apache-2.0 */
/* A scan of all segments that counts calls, or says what is wrong with one. */
#ifndef UNSPOOF_CORRELATE_CALLS_CALL_SCAN_H
#define UNSPOOF_CORRELATE_CALLS_CALL_SCAN_H

#include <stdint.h>

#include "base/observer.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/segment/segment_scan.h"

/* What went wrong with a segment. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_DAMAGED,       /* the segment does not hang together */
	TROUBLE_ACCOUNT,       /* it names an account that is not there */
	TROUBLE_PRESENTED,     /* it presents a text that is not there */
	TROUBLE_ROWS,          /* its rows are beyond 32 bits, counted from the first
				* of the case */
	TROUBLE_SPILL          /* out of memory, or see spill_failed() */
};

/* A segment on its way. */
struct call_scan_item {
	struct segment_scan_item segment;
	uint64_t calls;            /* comes out */
	enum trouble trouble;      /* comes out */
};

struct call_scan_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const char *step;                  /* for the progress line */
	uint64_t wanted;                   /* bit c: column c as understood */
	unsigned passed, passes;           /* see struct segment_scan_given */
	struct spill *spill;               /* of TROUBLE_SPILL; NULL: memory */
	unsigned threads;                  /* 1 to PIPELINE_WORKERS */
	void *context;
	/* Sets calls and trouble, which are none before; on any thread, of which
	 * worker is the number from 0. */
	void (*work)(void *context, struct call_scan_item *item,
		     unsigned worker);
};

/* Works on all segments; *calls is the sum of their calls. STATUS_INTEGRITY: a
 * segment is damaged, or names what the case has not; STATUS_FAILED: there was no
 * memory, see spill_failed(), or there are more rows than 32 bits count;
 * STATUS_INTERRUPTED; and what the case file fails with. */
enum status call_scan_run(const struct call_scan_given *given, uint64_t *calls);

#endif
