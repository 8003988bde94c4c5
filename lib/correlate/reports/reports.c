/* SPDX-License-Identifier: Apache-2.0 */
/* Reports: read, and offered every long call to their victims. */
#include "correlate/reports/reports.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/decimal.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"
#include "correlate/calls/call_check.h"

/* The years 0000 to 9999 and some more, in seconds. */
#define AT_MOST INT64_C(300000000000)

static bool number_ok(int64_t number)
{
	return number >= 0 && number <= NUMBER_MOST;
}

/* In so many units a second. */
static bool at_ok(int64_t at, int64_t units)
{
	return at >= -AT_MOST * units && at <= AT_MOST * units;
}

/* A NULL column reads as 0, which stands for "none" in all of them. */
static enum status take(struct reports *reports, struct casefile *casefile,
			sqlite3_stmt *s)
{
	int64_t victim = sqlite3_column_int64(s, 3);
	int64_t presented = sqlite3_column_int64(s, 5);
	int64_t exponent = sqlite3_column_int64(s, 8);
	struct text currency = column_text(s, 7);
	struct report report = {
		.id = sqlite3_column_int64(s, 0),
		.source = sqlite3_column_int64(s, 1),
		.line = sqlite3_column_int64(s, 2),
		.member = sqlite3_column_int64(s, 9),
		.victim = (uint64_t)victim,
		.at = sqlite3_column_int64(s, 4),
		.presented = (uint64_t)presented,
		.minor = column_amount(s, 6),
		.has_loss = sqlite3_column_type(s, 6) != SQLITE_NULL,
		.gap = INT64_MAX,
		.day = sqlite3_column_int64(s, 10),
		.date = sqlite3_column_int64(s, 11),
		.day_from = sqlite3_column_int64(s, 12),
		.day_until = sqlite3_column_int64(s, 13),
	};
	void *items = reports->items;

	if (!number_ok(victim) || !number_ok(presented) || exponent < 0 ||
	    exponent > DECIMAL_MAX_SCALE || !at_ok(report.at, 1000) || !at_ok(report.day_from, 1) ||
	    !at_ok(report.day_until, 1) || reports->count == UINT32_MAX)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "report %lld of the case is damaged",
				 (long long)report.id);
	report.exponent = (unsigned)exponent;
	report.currency = dictionary_add(&reports->currencies, currency);
	if (report.currency == DICTIONARY_NONE ||
	    !memory_room(&items, &reports->capacity, reports->count + 1,
			 sizeof(*reports->items)))
		return error_memory(&casefile->error);
	reports->items = items;
	reports->items[reports->count++] = report;
	reports->days |= report.day;
	return columns_read(casefile, s);
}

static int compare(const void *a, const void *b)
{
	const struct report *x = a;
	const struct report *y = b;

	if (x->victim != y->victim)
		return x->victim < y->victim ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Where the reports of each victim lie. */
static enum status index_victims(struct reports *reports,
				 struct casefile *casefile)
{
	size_t end;

	reports->called = calloc(reports->count + 1, sizeof(*reports->called));
	if (!reports->called)
		return error_memory(&casefile->error);
	if (reports->count)
		qsort(reports->items, reports->count, sizeof(*reports->items),
		      compare);
	for (size_t i = 0; i < reports->count; i = end) {
		uint64_t victim = reports->items[i].victim;
		uint64_t *place = map64_add(&reports->victims, victim, NULL);

		for (end = i; end < reports->count &&
			      reports->items[end].victim == victim;
		     end++)
			;
		if (!place)
			return error_memory(&casefile->error);
		*place = (uint64_t)i << 32 | end;
	}
	return STATUS_OK;
}

enum status reports_load(struct reports *reports, struct casefile *casefile,
			 int64_t window, bool keep_duplicates)
{
	sqlite3_stmt *statement;
	enum status status;

	memset(reports, 0, sizeof(*reports));
	reports->window = 1000 * window;
	statement = casefile_prepare(
		casefile, "SELECT f.id, f.source, f.line, r.victim, r.at_ms,"
			  " r.presented, r.loss, r.currency, r.exponent, f.member,"
			  " r.at_day, r.date, r.day_from, r.day_until"
			  " FROM report_read r JOIN report f ON f.id = r.report"
			  " WHERE ?1 OR NOT r.duplicate ORDER BY f.id");
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, keep_duplicates);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = take(reports, casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	if (status != STATUS_END)
		return status;
	return index_victims(reports, casefile);
}

void reports_release(struct reports *reports)
{
	free(reports->items);
	free(reports->called);
	dictionary_release(&reports->currencies);
	map64_release(&reports->victims);
	memset(reports, 0, sizeof(*reports));
}

static void offer(struct report *report, const struct report_call *call, int64_t window)
{
	int64_t apart = call->started - report->at;
	int64_t gap = apart < 0 ? -apart : apart;

	if (report_day_is_for(report, call)) {
		report_day_offer(report, call);
		return;
	}
	if (gap > window)
		return;
	if (report->presented && call->presented &&
	    report->presented != call->presented) {
		report->contradicted = true;
		return;
	}
	if (gap < report->gap) {
		report->gap = gap;
		report->best = *call;
		report->tied = false;
	} else if (gap == report->gap) {
		report->tied = true;
	}
}

void reports_offer(struct reports *reports, const struct report_call *call)
{
	const uint64_t *place = map64_find(&reports->victims, call->dialled);
	int64_t reach = reports->window;
	size_t low, high, end;

	if ((reports->days || call->day) && reach < 1000 * REPORT_DAY_REACH)
		reach = 1000 * REPORT_DAY_REACH;
	if (!place)
		return;
	low = (size_t)(*place >> 32);
	reports->called[low] = true;
	high = end = (size_t)(uint32_t)*place;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (reports->items[middle].at < call->started - reach)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < end && reports->items[low].at <= call->started + reach; low++)
		offer(&reports->items[low], call, reports->window);
}
