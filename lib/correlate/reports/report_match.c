/* SPDX-License-Identifier: Apache-2.0 */
/* What came of the reports: matched, ambiguous or unmatched, and why. */
#include "correlate/reports/report_match.h"

#include <inttypes.h>
#include <stdlib.h>

#include "casefile/sql.h"
#include "correlate/calls/call_check.h"
#include "correlate/notices.h"

struct concluding {
	struct reports *reports;
	struct casefile *casefile;
	const struct rates *rates;
	const struct people *people;
	sqlite3_stmt *find;
	sqlite3_stmt *insert;
	struct notices ambiguous;
	struct notices unmatched;
};

/* The found texts of a report, valid until the statement is reset. */
static enum status find(struct concluding *c, const struct report *report)
{
	enum status status;

	bind_integer(c->find, 1, report->id);
	status = casefile_step(c->casefile, c->find);
	if (status == STATUS_END)
		return error_set(&c->casefile->error, STATUS_INTEGRITY,
				 "report %" PRId64 " is not in the case",
				 report->id);
	return status;
}

/* "12 minutes" or "12 seconds" */
static void add_gap(struct buf *line, int64_t ms)
{
	int64_t seconds = ms / 1000;
	int64_t count = seconds % 60 ? seconds : seconds / 60;

	buf_format(line, "%" PRId64 " %s%s", count,
		   seconds % 60 ? "second" : "minute", count == 1 ? "" : "s");
}

static void add_why(const struct concluding *c, const struct report *report,
		    struct buf *line)
{
	if (report->tied) {
		buf_text(line, "two long calls are equally near, ");
		add_gap(line, report->gap);
		buf_text(line, " away: ambiguous, counted for none");
	} else if (!report->victim) {
		buf_text(line, "is no E.164 number: unmatched");
	} else if (!report->called) {
		buf_text(line, "no long call to it: unmatched");
	} else if (report->contradicted) {
		buf_text(line, "the long calls to it within ");
		add_gap(line, c->reports->window);
		buf_text(line, " showed another number: unmatched");
	} else {
		buf_text(line, "no long call to it within ");
		add_gap(line, c->reports->window);
		buf_text(line, ": unmatched");
	}
}

static void notice(struct concluding *c, const struct report *report,
		   struct text victim)
{
	struct notices *notices = report->tied ? &c->ambiguous : &c->unmatched;
	struct buf line = { 0 };

	if (!notices_take(notices))
		return;
	place_value(c->casefile, report->source, report->line, "victim", victim,
		    &line);
	add_why(c, report, &line);
	notices_say(notices, &line);
	buf_release(&line);
}

static enum status convert(struct concluding *c, struct report *report,
			   struct text at)
{
	struct amount amount = {
		.currency = dictionary_text(&c->reports->currencies,
					    report->currency),
		.minor = report->minor,
		.exponent = report->exponent,
		.at = report->at,
		.source = report->source,
		.line = report->line,
		.role = "at",
		.time = at,
	};
	int64_t rate;

	if (!report->has_loss)
		return STATUS_OK;
	return rates_convert(c->rates, &amount, &report->loss, &rate);
}

static enum status write_match(struct concluding *c, const struct report *report)
{
	const char *verdict = report->matched ? "matched"
			      : report->tied  ? "ambiguous"
					      : "unmatched";
	bool none = !report->matched;
	uint32_t slot = none ? 0 : report->best.slot;

	bind_integer(c->insert, 1, report->id);
	bind_cstring(c->insert, 2, verdict);
	bind_maybe(c->insert, 3, report->loss, none || !report->has_loss);
	bind_maybe(c->insert, 4, report->best.segment, none);
	bind_maybe(c->insert, 5, report->best.row, none);
	bind_maybe(c->insert, 6, c->people->keys[slot], none || slot == 0);
	bind_maybe(c->insert, 7,
		   report->at - seconds_of(report->best.started), none);
	return casefile_run(c->casefile, c->insert);
}

static enum status conclude(struct concluding *c, struct report *report)
{
	enum status status = find(c, report);

	if (status != STATUS_OK)
		return status;
	report->matched = report->gap != INT64_MAX && !report->tied;
	if (report->matched)
		status = convert(c, report, column_text(c->find, 1));
	else
		notice(c, report, column_text(c->find, 0));
	sqlite3_reset(c->find);
	return status == STATUS_OK ? write_match(c, report) : status;
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

static enum status conclude_all(struct concluding *c)
{
	struct reports *reports = c->reports;
	enum status status = STATUS_OK;

	tell_called(reports);
	if (reports->count)
		qsort(reports->items, reports->count, sizeof(*reports->items),
		      compare);
	for (size_t i = 0; i < reports->count && status == STATUS_OK; i++)
		status = conclude(c, &reports->items[i]);
	notices_end(&c->ambiguous, "ambiguous reports; see export reports");
	notices_end(&c->unmatched, "unmatched reports; see export reports");
	return status;
}

enum status reports_conclude(struct reports *reports, struct casefile *casefile,
			     const struct rates *rates,
			     const struct people *people,
			     const struct observer *observer)
{
	struct concluding c = {
		.reports = reports,
		.casefile = casefile,
		.rates = rates,
		.people = people,
		.ambiguous = { observer, 0 },
		.unmatched = { observer, 0 },
	};
	enum status status;

	c.find = casefile_prepare(casefile,
				  "SELECT victim, at FROM report WHERE id = ?");
	c.insert = c.find ? casefile_prepare(
				    casefile,
				    "INSERT INTO report_match(report, verdict,"
				    " loss, segment, row, key, seconds)"
				    " VALUES(?, ?, ?, ?, ?, ?, ?)")
			  : NULL;
	status = c.insert ? conclude_all(&c) : casefile->error.status;
	sqlite3_finalize(c.find);
	sqlite3_finalize(c.insert);
	return status;
}
