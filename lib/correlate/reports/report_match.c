/* SPDX-License-Identifier: Apache-2.0 */
/* What came of the reports: matched, ambiguous or unmatched, and why. */
#include "correlate/reports/report_match.h"

#include <inttypes.h>
#include <stdlib.h>

#include "casefile/sql.h"
#include "casefile/table/amount.h"
#include "correlate/calls/call_check.h"
#include "correlate/money/aside.h"
#include "correlate/notices.h"

struct report_match {
	const struct report_match_given *given;
	sqlite3_stmt *find;
	sqlite3_stmt *insert;
	struct notices ambiguous;
	struct notices unmatched;
	struct aside aside;            /* losses that are too large */
};

/* The found texts of a report, valid until the statement is reset. */
static enum status find(struct report_match *m, const struct report *report)
{
	enum status status;

	bind_integer(m->find, 1, report->id);
	status = casefile_step(m->given->casefile, m->find);
	if (status == STATUS_END)
		return error_set(&m->given->casefile->error, STATUS_INTEGRITY,
				 "report %" PRId64 " is not in the case",
				 report->id);
	return status;
}

/* "12 minutes", "12 seconds" or "12.5 seconds" */
static void add_gap(struct buf *line, int64_t ms)
{
	const bool minutes = ms % 60000 == 0;
	const int64_t count = minutes ? ms / 60000 : ms / 1000;
	int64_t rest = minutes ? 0 : ms % 1000;
	int digits = 3;

	for (; rest && rest % 10 == 0; rest /= 10)
		digits--;
	buf_format(line, "%" PRId64, count);
	if (rest)
		buf_format(line, ".%0*" PRId64, digits, rest);
	buf_format(line, " %s%s", minutes ? "minute" : "second", count == 1 && !rest ? "" : "s");
}

/* A match by time needs no reason. */
static void add_why(const struct report_match *m, const struct report *report,
		    struct buf *line)
{
	if (report_day_why(report, line))
		return;
	if (report->matched)
		return;
	if (report->tied) {
		buf_text(line, "two long calls are equally near, ");
		add_gap(line, report->gap);
		buf_text(line, " away");
	} else if (!report->victim) {
		buf_text(line, "is no E.164 number");
	} else if (!report->called) {
		buf_text(line, "no long call to it");
	} else if (report->contradicted) {
		buf_text(line, "the long calls to it within ");
		add_gap(line, m->given->reports->window);
		buf_text(line, " showed another number");
	} else {
		buf_text(line, "no long call to it within ");
		add_gap(line, m->given->reports->window);
	}
}

static void notice(struct report_match *m, const struct report *report,
		   struct text victim)
{
	struct notices *notices = report->tied ? &m->ambiguous : &m->unmatched;
	struct buf line = { 0 };

	if (!notices_take(notices))
		return;
	notice_add_value(m->given->casefile, report->source, report->member, report->line, "victim", victim,
			 &line);
	add_why(m, report, &line);
	buf_text(&line, report->tied ? ": ambiguous, counted for none" : ": unmatched");
	notices_say(notices, &line);
	buf_release(&line);
}

static enum status convert(struct report_match *m, struct report *report,
			   struct text at)
{
	struct amount amount = {
		.currency = dictionary_text(&m->given->reports->currencies,
					    report->currency),
		.minor = report->minor,
		.exponent = report->exponent,
		.at = seconds_of(report->at),
		.source = report->source,
		.line = report->line,
		.member = report->member,
		.role = "at",
		.time = at,
	};

	if (!report->has_loss)
		return STATUS_OK;
	if (!rates_beyond(m->given->rates, &amount)) {
		const enum status status = rates_convert(m->given->rates, &amount, &report->loss, &report->cited);

		if (status != STATUS_OK || aside_take(&m->aside, report->loss))
			return status;
	}
	report->cited = (struct cited_rate){ 0, 0 };
	report->has_loss = false;
	report->loss = 0;
	return aside_put(&m->aside, &amount) ? STATUS_OK : error_memory(&m->given->casefile->error);
}

static enum status write_match(struct report_match *m, const struct report *report)
{
	const char *verdict = report->matched ? "matched"
			      : report->tied  ? "ambiguous"
					      : "unmatched";
	const bool none = !report->matched;
	const uint32_t slot = none ? 0 : report->best.slot;
	struct buf why = { 0 };
	enum status status;

	add_why(m, report, &why);
	bind_integer(m->insert, 1, report->id);
	bind_cstring(m->insert, 2, verdict);
	bind_amount_maybe(m->insert, 3, report->loss, none || !report->has_loss);
	bind_maybe(m->insert, 4, report->best.segment, none);
	bind_maybe(m->insert, 5, report->best.row, none);
	bind_maybe(m->insert, 6, m->given->persons->keys[slot], none || slot == 0);
	bind_maybe(m->insert, 7,
		   report->at - report->best.started, none || report->by_day);
	bind_text(m->insert, 8, why.len ? buf_view(&why) : text_of(""));
	bind_maybe(m->insert, 9, report->cited.rate, report->cited.rate == 0);
	bind_maybe(m->insert, 10, report->cited.gap, report->cited.rate == 0);
	status = why.failed ? error_memory(&m->given->casefile->error)
			    : casefile_run(m->given->casefile, m->insert);
	buf_release(&why);
	return status;
}

static enum status conclude(struct report_match *m, struct report *report)
{
	enum status status = find(m, report);

	if (status != STATUS_OK)
		return status;
	(void)column_text(m->find, 0);
	(void)column_text(m->find, 1);
	status = columns_read(m->given->casefile, m->find);
	if (status != STATUS_OK)
		return status;
	report->matched = report->gap != INT64_MAX && !report->tied;
	report_day_settle(report);
	if (report->matched)
		status = convert(m, report, column_text(m->find, 1));
	else
		notice(m, report, column_text(m->find, 0));
	sqlite3_reset(m->find);
	return status == STATUS_OK ? write_match(m, report) : status;
}

/* What is known of the first report about a victim goes for all of them, while
 * they are in that order. */
static void tell_called(struct reports *reports)
{
	bool called = false;

	for (size_t i = 0; i < reports->count; i++) {
		struct report *report = &reports->items[i];

		if (i == 0 || report->victim != report[-1].victim)
			called = reports->called[i];
		report->called = called;
	}
}

static int compare(const void *a, const void *b)
{
	const struct report *x = a;
	const struct report *y = b;

	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static enum status conclude_all(struct report_match *m)
{
	struct reports *reports = m->given->reports;
	enum status status = STATUS_OK;

	tell_called(reports);
	if (reports->count)
		qsort(reports->items, reports->count, sizeof(*reports->items),
		      compare);
	for (size_t i = 0; i < reports->count && status == STATUS_OK; i++)
		status = conclude(m, &reports->items[i]);
	notices_end(&m->ambiguous, "ambiguous reports; see export reports");
	notices_end(&m->unmatched, "unmatched reports; see export reports");
	return status;
}

enum status report_match_run(const struct report_match_given *given)
{
	struct report_match m = {
		.given = given,
		.ambiguous = { given->observer, 0 },
		.unmatched = { given->observer, 0 },
	};
	struct casefile *casefile = given->casefile;
	enum status status;

	m.find = casefile_prepare(casefile,
				  "SELECT victim, at FROM report WHERE id = ?");
	m.insert = m.find ? casefile_prepare(
				    casefile,
				    "INSERT INTO report_match(report, verdict,"
				    " loss, segment, row, key, apart_ms, reason, rate, gap)"
				    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
			  : NULL;
	status = m.insert ? conclude_all(&m) : casefile->error.status;
	if (status == STATUS_OK)
		status = aside_say(&m.aside, casefile, "loss", "losses are", given->remarks);
	aside_release(&m.aside);
	sqlite3_finalize(m.find);
	sqlite3_finalize(m.insert);
	return status;
}
