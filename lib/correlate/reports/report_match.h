/* SPDX-License-Identifier: Apache-2.0 */
/* What came of the reports. */
#ifndef UNSPOOF_CORRELATE_REPORTS_REPORT_MATCH_H
#define UNSPOOF_CORRELATE_REPORTS_REPORT_MATCH_H

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/record/remark.h"
#include "correlate/money/rates.h"
#include "correlate/persons/persons.h"
#include "correlate/reports/reports.h"

struct report_match_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct rates *rates;
	const struct persons *persons;
	struct reports *reports;           /* offered all long calls; they come into the
					    * order of their rows */
	struct remark_writer *remarks;     /* of the conclusions */
};

/* Settles every report: converts the losses of matched ones, sets those aside that are
 * too large, writes table
 * report_match, and notices those that matched nothing. STATUS_FAILED: a rate is
 * missing, no memory, and what the case file fails with. */
enum status report_match_run(const struct report_match_given *given);

#endif
