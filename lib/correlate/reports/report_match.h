/* SPDX-License-Identifier: Apache-2.0 */
/* What came of the reports. */
#ifndef UNSPOOF_CORRELATE_REPORTS_REPORT_MATCH_H
#define UNSPOOF_CORRELATE_REPORTS_REPORT_MATCH_H

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/money/rates.h"
#include "correlate/persons/persons.h"
#include "correlate/reports/reports.h"

/* Settles every report that has been offered all long calls: converts the
 * losses of matched ones, writes table report_match, and notices those that
 * matched nothing. The order of the reports changes to that of their rows. */
enum status report_match_run(struct reports *reports, struct casefile *casefile,
			     const struct rates *rates,
			     const struct persons *persons,
			     const struct observer *observer);

#endif
