/* SPDX-License-Identifier: Apache-2.0 */
/* Reports and calls of a day without a time of day: the only account is taken, or none. */
#include "correlate/reports/report_day.h"

#include "base/time/calendar.h"
#include "correlate/reports/reports.h"

bool report_day_is_for(const struct report *report, const struct report_call *call)
{
	return report->day || call->day;
}

static bool is_of_day(const struct report *report, const struct report_call *call)
{
	if (call->day)
		return calendar_unit(call->started, DAY_MS) == report->date;
	return call->started >= 1000 * report->day_from && call->started < 1000 * report->day_until;
}

/* Whether a call is named rather than another of its account. */
static bool is_before(const struct report_call *a, const struct report_call *b)
{
	if (a->talk != b->talk)
		return a->talk > b->talk;
	if (a->started != b->started)
		return a->started < b->started;
	return a->segment != b->segment ? a->segment < b->segment : a->row < b->row;
}

void report_day_offer(struct report *report, const struct report_call *call)
{
	if (!is_of_day(report, call))
		return;
	if (report->presented && call->presented && report->presented != call->presented) {
		report->contradicted = true;
		return;
	}
	if (report->day_calls != REPORT_DAY_NONE && report->longest.slot != call->slot)
		report->day_calls = REPORT_DAY_SEVERAL;
	else if (report->day_calls == REPORT_DAY_NONE)
		report->day_calls = REPORT_DAY_ONE;
	/* Of several accounts it is no matter which. */
	if (report->longest.dialled == 0 || is_before(call, &report->longest))
		report->longest = *call;
}

/* A call without a time of day may be nearer than the nearest that has one. */
static bool is_doubted(const struct report *report)
{
	if (report->day_calls == REPORT_DAY_SEVERAL)
		return true;
	return report->gap != INT64_MAX && report->longest.slot != report->best.slot;
}

void report_day_settle(struct report *report)
{
	if (report->day_calls == REPORT_DAY_NONE || report->tied)
		return;
	report->by_day = report->gap == INT64_MAX || is_doubted(report);
	if (!report->by_day)
		return;
	report->tied = is_doubted(report);
	report->best = report->longest;
	report->matched = !report->tied;
}

bool report_day_why(const struct report *report, struct buf *line)
{
	if (!report->day && !report->by_day)
		return false;
	if (report->matched)
		buf_text(line, "the only account with long calls to it that day; the longest is named");
	else if (report->tied && report->gap != INT64_MAX)
		buf_text(line, "a long call to it that day has no time of day and may be nearer");
	else if (report->tied)
		buf_text(line, report->day ? "several accounts have long calls to it that day"
					   : "several accounts have long calls to it that day, which have no time of day");
	else if (!report->victim)
		buf_text(line, "is no E.164 number");
	else if (!report->called)
		buf_text(line, "no long call to it");
	else if (report->contradicted)
		buf_text(line, "the long calls to it that day showed another number");
	else
		buf_text(line, "no long call to it that day");
	return true;
}
