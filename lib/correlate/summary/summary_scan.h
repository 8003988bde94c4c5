/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of a window of time, counted. */
#ifndef UNSPOOF_CORRELATE_SUMMARY_SUMMARY_SCAN_H
#define UNSPOOF_CORRELATE_SUMMARY_SUMMARY_SCAN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/table/number_set.h"
#include "casefile/casefile.h"
#include "correlate/calls/unsure.h"
#include "correlate/summary/summary.h"

/* All calls of the window, or those dialled to the country. */
struct summary_scan_counts {
	uint64_t calls;
	uint64_t answered;
	uint64_t long_calls;
	uint64_t victims;
	uint64_t own;          /* of these: see summary_scan_own() */
};

#define SUMMARY_SCAN_READINGS 1024

struct summary_scan {
	const struct summary_options *options;
	int64_t since, until;      /* milliseconds, as the options say */
	int64_t long_ms;
	int64_t no_call;           /* see flags_of_no_call() */
	struct summary_scan_counts all;
	struct summary_scan_counts country;
	struct summary_scan_counts not_in_plan;   /* of the country: those that it has not */
	uint64_t accounts;
	uint64_t unsure_calls, unsure_victims; /* of all */
	int64_t first, last;       /* starts, milliseconds; of those with a time of day: */
	uint64_t timed;            /* so many */
	uint64_t days;             /* the others of the window; */
	uint64_t cut;              /* those whose day it begins or ends within, in it or not */
	struct map64 hours;        /* hour since 1970, plus HOURS_BEFORE: calls */
	uint8_t first_readings[SUMMARY_SCAN_READINGS]; /* by reading.id: the marks */
	struct map64 readings;     /* the others of the country, to their marks */
	struct unsure unsure;      /* readings */
	struct number_set victims;    /* marked: any, of the country, not in the plan */
	struct number_set doubted;    /* victims with a long call that is unsure */
	atomic_uchar *seen;        /* by account key: made a call */
	uint64_t seen_count;
};

/* Counts the calls. long_seconds and keep_duplicates are those of the conclusions; accounts is how
 * many account keys there are; observer may be NULL. Call summary_scan_release also
 * after a failure. */
enum status summary_scan_run(struct summary_scan *scan, struct casefile *casefile,
			     const struct summary_options *options,
			     int64_t long_seconds, bool keep_duplicates,
			     uint64_t accounts,
			     const struct observer *observer);
void summary_scan_release(struct summary_scan *scan);
/* Counts an account's telephone or an organisation's number, given once, among the
 * victims if it is one; once the calls are counted. */
void summary_scan_own(struct summary_scan *scan, uint64_t number);
/* Whether an account made a call in the window; once they are counted. */
bool summary_scan_saw(const struct summary_scan *scan, uint64_t key);
/* The start of the hour with most calls, seconds since 1970-01-01 UTC; false
 * when there are no calls. */
bool summary_scan_busiest(const struct summary_scan *scan, int64_t *hour);

#endif
