/* SPDX-License-Identifier: Apache-2.0 */
/* Reports and calls of a day without a time of day: no distance between them is known. */
#ifndef UNSPOOF_CORRELATE_REPORTS_REPORT_DAY_H
#define UNSPOOF_CORRELATE_REPORTS_REPORT_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* No call of the day of a report is further from its `at`, in seconds: the start of either may be
 * the first second of a day as UTC, a clock is less than a day from UTC, and the day itself. */
#define REPORT_DAY_REACH (3 * INT64_C(86400))

struct report;
struct report_call;

/* The long calls of the day of a report, in any order of calls: those that begin in it, and
 * those that have no time of day and its date. */
enum report_day_calls {
	REPORT_DAY_NONE,
	REPORT_DAY_ONE,        /* all are of one account */
	REPORT_DAY_SEVERAL     /* of several */
};

/* Whether a report and a long call to its victim go by the day: one of them has no time of
 * day. */
bool report_day_is_for(const struct report *report, const struct report_call *call);
/* Shows such a call to such a report, which shows no other number. */
void report_day_offer(struct report *report, const struct report_call *call);
/* Once all calls were offered: the verdict, where it goes by the day; the best call is the
 * longest of its account then, of equals the first. */
void report_day_settle(struct report *report);
/* Adds why, where it goes by the day. False: it does not. */
bool report_day_why(const struct report *report, struct buf *line);

#endif
