/* SPDX-License-Identifier: Apache-2.0 */
/* Reports that are there twice: the same reference, victim, time and loss. */
#include "normalise/rows/row_twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time/calendar.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"

enum { AGAIN, LOSS, FINDINGS };

static const struct row_words words[FINDINGS] = {
	[AGAIN] = { "", "are there twice and count once",
		    "if each is a loss of its own, say `correlate --duplicates keep`" },
	[LOSS] = { "loss", "have reference, victim and time of another one, but another loss; "
			   "all count",
		   "if the later one corrects the earlier, take that out of its source" },
};

#define TEXT (UINT64_C(1) << 63)

struct report {
	struct row_twin row;
	uint32_t service;
	uint64_t reference;    /* a hash */
	uint64_t victim;       /* E.164, or TEXT and a hash */
	int64_t at;            /* seconds, for one copy may lack the fraction of another */
	i128 loss;             /* in minor units; of none 0, with */
	uint64_t currency;     /* 0; else a hash */
};

struct reports_read {
	const struct row_twins_given *given;
	const struct secret *secret;
	struct report *items;
	size_t count, capacity;
	struct row_tallies *tallies;
};

#define ORDER(member) \
	do { \
		if (a->member != b->member) \
			return a->member < b->member ? -1 : 1; \
	} while (0)

static int compare_subject(const struct report *a, const struct report *b)
{
	ORDER(service);
	ORDER(reference);
	ORDER(victim);
	ORDER(at);
	return 0;
}

static int compare_loss(const struct report *a, const struct report *b)
{
	ORDER(currency);
	ORDER(loss);
	return 0;
}

static int by_subject(const void *x, const void *y)
{
	const struct report *a = x, *b = y;
	int order = compare_subject(a, b);

	if (order == 0)
		order = compare_loss(a, b);
	if (order)
		return order;
	ORDER(row.id);
	return 0;
}

static int by_id(const void *x, const void *y)
{
	const struct report *a = x, *b = y;

	ORDER(row.id);
	return 0;
}

static enum status take(struct reports_read *reports, sqlite3_stmt *s)
{
	struct casefile *casefile = reports->given->casefile;
	const struct source_senses *sources = reports->given->sources;
	const struct source_sense *source =
		source_sense_of(sources, sqlite3_column_int64(s, 1));
	const int64_t victim = sqlite3_column_int64(s, 4);
	struct report report = { .row = { .id = sqlite3_column_int64(s, 0),
					  .line = sqlite3_column_int64(s, 2),
					  .member = sqlite3_column_int64(s, 9) },
				 .at = calendar_unit(sqlite3_column_int64(s, 6), SECOND_MS),
				 .loss = column_amount(s, 7) };
	void *items = reports->items;

	if (!source)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "a report names a source that is not there");
	report.row.source = (uint32_t)(source - sources->items);
	report.service = row_twins_service(sources, report.row.source);
	report.reference = row_twins_hash(reports->secret, column_text(s, 3));
	report.victim = victim ? (uint64_t)victim
			       : TEXT | row_twins_hash(reports->secret, column_text(s, 5));
	report.currency = row_twins_hash(reports->secret, column_text(s, 8));
	if (!memory_room(&items, &reports->capacity, reports->count + 1,
			 sizeof(*reports->items)))
		return error_memory(&casefile->error);
	reports->items = items;
	reports->items[reports->count++] = report;
	return columns_read(casefile, s);
}

static enum status load(struct reports_read *reports)
{
	struct casefile *casefile = reports->given->casefile;
	sqlite3_stmt *s = casefile_prepare(
		casefile, "SELECT f.id, f.source, f.line, f.reference, r.victim, f.victim,"
			  " r.at_ms, r.loss, r.currency, f.member"
			  " FROM report_read r JOIN report f ON f.id = r.report"
			  " ORDER BY f.id");
	enum status status;

	if (!s)
		return casefile->error.status;
	while ((status = casefile_step(casefile, s)) == STATUS_OK)
		if ((status = take(reports, s)) != STATUS_OK)
			break;
	sqlite3_finalize(s);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Rows of one subject, by loss: the lowest of each stands; all but the lowest that stands
 * say another loss. */
static void judge_subject(struct reports_read *reports, size_t from, size_t end)
{
	struct report *lowest = &reports->items[from];
	struct report *stander = lowest;

	for (size_t i = from + 1; i < end; i++) {
		struct report *report = &reports->items[i];
		struct report *later;

		if (compare_loss(stander, report) == 0) {
			row_twins_join(&stander->row, &report->row);
			row_tally_add(reports->tallies, AGAIN, &report->row, &stander->row);
			continue;
		}
		stander = report;
		later = report->row.id > lowest->row.id ? report : lowest;
		lowest = later == report ? lowest : report;
		row_tally_add(reports->tallies, LOSS, &later->row, NULL);
	}
}

static void judge(struct reports_read *reports)
{
	size_t end;

	if (reports->count)
		qsort(reports->items, reports->count, sizeof(*reports->items), by_subject);
	for (size_t from = 0; from < reports->count; from = end) {
		for (end = from + 1;
		     end < reports->count &&
		     compare_subject(&reports->items[from], &reports->items[end]) == 0;
		     end++)
			;
		judge_subject(reports, from, end);
	}
	if (reports->count)
		qsort(reports->items, reports->count, sizeof(*reports->items), by_id);
}

static enum status write_all(struct reports_read *reports, uint64_t *count)
{
	struct casefile *casefile = reports->given->casefile;
	sqlite3_stmt *update = row_twins_prepare(casefile, "report_read", "report");
	enum status status = update ? STATUS_OK : casefile->error.status;
	bool any = false;

	for (size_t i = 0; i < reports->count && status == STATUS_OK; i++) {
		if (!reports->items[i].row.twin)
			continue;
		any = true;
		*count += reports->items[i].row.duplicate;
		status = row_twins_write(casefile, update, &reports->items[i].row);
	}
	if (any)
		casefile_forget_digest(casefile, "report_read");
	sqlite3_finalize(update);
	return status;
}

enum status report_twins_find(const struct row_twins_given *given, uint64_t *count)
{
	struct reports_read reports = {
		.given = given,
		.secret = secret_get(),
		.tallies = calloc(given->sources->count + 1, sizeof(*reports.tallies)),
	};
	enum status status = reports.secret && reports.tallies
				     ? load(&reports)
				     : error_memory(&given->casefile->error);

	if (status == STATUS_OK) {
		judge(&reports);
		status = write_all(&reports, count);
	}
	if (status == STATUS_OK)
		status = row_twins_tell(given, reports.tallies, "reports", words, FINDINGS);
	free(reports.items);
	free(reports.tallies);
	return status;
}
