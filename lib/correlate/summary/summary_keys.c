/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of a summary, and what one owns. */
#include <stdlib.h>
#include <string.h>

#include "correlate/summary/summary.h"

static const char *const names[SUMMARY_KEYS] = {
	[SUMMARY_CALLS] = "calls",
	[SUMMARY_ANSWERED] = "answered",
	[SUMMARY_LONG_CALLS] = "long_calls",
	[SUMMARY_VICTIMS] = "victims",
	[SUMMARY_COUNTRY_CALLS] = "country_calls",
	[SUMMARY_COUNTRY_ANSWERED] = "country_answered",
	[SUMMARY_COUNTRY_LONG_CALLS] = "country_long_calls",
	[SUMMARY_COUNTRY_VICTIMS] = "country_victims",
	[SUMMARY_COUNTRY_NOT_IN_PLAN] = "country_not_in_plan",
	[SUMMARY_COUNTRY_VICTIMS_NOT_IN_PLAN] = "country_victims_not_in_plan",
	[SUMMARY_ACCOUNTS] = "accounts",
	[SUMMARY_SUSPECTS] = "suspects",
	[SUMMARY_PAYERS] = "payers",
	[SUMMARY_SPEND] = "spend",
	[SUMMARY_CURRENCY] = "currency",
	[SUMMARY_OVER_THRESHOLD] = "over_threshold",
	[SUMMARY_REPORTS] = "reports",
	[SUMMARY_REPORTS_MATCHED] = "reports_matched",
	[SUMMARY_LOSS] = "loss",
	[SUMMARY_REJECTED] = "rejected",
	[SUMMARY_BUSIEST_HOUR] = "busiest_hour",
	[SUMMARY_SECONDS_BETWEEN_CALLS] = "seconds_between_calls",
	[SUMMARY_UNSURE_CALLS] = "unsure_calls",
	[SUMMARY_UNSURE_VICTIMS] = "unsure_victims",
	[SUMMARY_UNSURE_REPORTS] = "unsure_reports",
	[SUMMARY_VICTIMS_OWN] = "victims_own",
	[SUMMARY_COUNTRY_VICTIMS_OWN] = "country_victims_own",
	[SUMMARY_CALLS_WITHOUT_TIME] = "calls_without_time",
	[SUMMARY_GROSS] = "gross",
	[SUMMARY_REFUNDS] = "refunds",
	[SUMMARY_WINDOW_SINCE] = "window_since",
	[SUMMARY_WINDOW_UNTIL] = "window_until",
	[SUMMARY_WINDOW_GROSS] = "window_gross",
	[SUMMARY_WINDOW_REFUNDS] = "window_refunds",
	[SUMMARY_WINDOW_PAYERS] = "window_payers",
	[SUMMARY_WINDOW_SPEND] = "window_spend",
	[SUMMARY_WINDOW_OVER_THRESHOLD] = "window_over_threshold",
	[SUMMARY_WINDOW_REPORTS] = "window_reports",
	[SUMMARY_WINDOW_LOSS] = "window_loss",
};

const char *summary_key_name(enum summary_key key)
{
	return names[key];
}

bool summary_key_of_window(enum summary_key key)
{
	return !(key >= SUMMARY_PAYERS && key <= SUMMARY_REJECTED) && key != SUMMARY_UNSURE_REPORTS &&
	       key != SUMMARY_GROSS && key != SUMMARY_REFUNDS;
}

void summary_release(struct summary *summary)
{
	free(summary->of_case.items);
	free(summary->of_window.items);
	memset(summary, 0, sizeof(*summary));
}
