/* SPDX-License-Identifier: Apache-2.0 */
/* The calls, added up: what each account presented, and whom the
 * long ones reached. */
#ifndef UNSPOOF_CORRELATE_CALLS_USAGE_SCAN_H
#define UNSPOOF_CORRELATE_CALLS_USAGE_SCAN_H

#include <pthread.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/sort/sorter.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/calls/long_calls.h"
#include "correlate/calls/usage.h"
#include "correlate/persons/persons.h"
#include "correlate/presented/presented_key.h"
#include "correlate/reports/reports.h"

/* What the calls are added up with. */
struct usage_scan_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct persons *persons;
	const struct presented_texts *texts;
	struct reports *reports;
	struct spill *spill;
	int64_t long_seconds;      /* a call with more talk is long */
	bool keep_duplicates;      /* rows that are there again count as well */
	uint64_t memory;           /* bytes that all tables may take */
	unsigned threads;
};

/* Zeroed is closed. */
struct usage_scan {
	struct usage_scan_given given;
	int64_t long_ms;
	int64_t no_call;           /* see flags_of_no_call() */
	struct sorter usages;      /* runs of struct ordered_usage */
	struct long_calls long_calls; /* long calls to numbers */
	pthread_mutex_t lock;      /* of the reports, and of the currency */
	bool locks;                /* the lock is there */
	uint32_t currency;         /* of the costs of all: see usage_cost_join() */
	uint64_t calls;
};

/* One pass over the calls, which fills usages and long calls and offers the long
 * calls to the reports. Call usage_scan_close() also after a failure. */
enum status usage_scan_run(struct usage_scan *scan, const struct usage_scan_given *given);
void usage_scan_close(struct usage_scan *scan);
/* Lets the usages go, once they are read. */
void usage_scan_release_usages(struct usage_scan *scan);

/* Hands usages of a thread, whose texts the case has, to their sorter, to keep or
 * for the file, and empties them. False: see spill_failed(). */
bool usage_scan_order(struct usage_scan *scan, struct usage_table *usages, bool keep);

#endif
