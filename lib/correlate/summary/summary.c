/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of a whole case, and of a window of time. */
#include "correlate/summary/summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time/moment.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"
#include "correlate/money/rates.h"
#include "correlate/summary/summary_money.h"
#include "correlate/summary/summary_scan.h"
#include "correlate/victims/own_numbers.h"

/* The settings of the conclusions that the summary needs. */
struct concluded {
	char currency[DECIMAL_TEXT];
	i128 threshold;        /* minor units */
	int64_t long_seconds;
	bool keep_duplicates;
	unsigned exponent;
};

static void put(struct summary *summary, enum summary_key key, i128 value,
		unsigned exponent)
{
	(void)decimal_format(value, exponent, summary->values[key],
			     sizeof(summary->values[key]));
}

static enum status setting(struct casefile *casefile, const char *key,
			   char out[DECIMAL_TEXT])
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT value FROM setting WHERE key = ?");
	enum status status;

	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, key);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK) {
		struct text text = column_text(statement, 0);
		size_t len = text.len < DECIMAL_TEXT ? text.len
						     : DECIMAL_TEXT - 1;

		if (len)
			memcpy(out, text.data, len);
		out[len] = '\0';
		status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	if (status == STATUS_END)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "the case has no setting %s", key);
	return status;
}

static enum status number_setting(struct casefile *casefile, const char *key,
				  unsigned exponent, i128 most,
				  i128 *value)
{
	char text[DECIMAL_TEXT];
	struct decimal decimal;
	enum status status = setting(casefile, key, text);

	if (status != STATUS_OK)
		return status;
	if (decimal_parse(text, strlen(text), &decimal) ||
	    decimal_to_minor(&decimal, exponent, value, NULL) || *value < 0 ||
	    *value > most)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "setting %s of the case is damaged", key);
	return STATUS_OK;
}

static enum status read_settings(struct casefile *casefile,
				 struct concluded *concluded)
{
	i128 exponent = 0, long_seconds = 0;
	char duplicates[DECIMAL_TEXT];
	enum status status = casefile_needs(casefile, LAYER_CONCLUDED);

	if (status != STATUS_OK)
		return status;
	status = setting(casefile, "currency", concluded->currency);
	if (status == STATUS_OK)
		status = number_setting(casefile, "exponent", 0,
					DECIMAL_MAX_SCALE, &exponent);
	concluded->exponent = (unsigned)exponent;
	if (status == STATUS_OK)
		status = number_setting(casefile, "threshold",
					concluded->exponent, WIDE_MOST,
					&concluded->threshold);
	if (status == STATUS_OK)
		status = number_setting(casefile, "long", 0, 1000000000,
					&long_seconds);
	concluded->long_seconds = (int64_t)long_seconds;
	if (status == STATUS_OK)
		status = setting(casefile, "duplicates", duplicates);
	concluded->keep_duplicates = status == STATUS_OK && !strcmp(duplicates, "keep");
	return status;
}

/* The persons of the accounts seen in the window. */
static enum status count_suspects(struct casefile *casefile,
				  const struct summary_scan *scan, uint64_t *suspects)
{
	struct map64 persons = { 0 };
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT key, suspect FROM account_figure");
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		uint64_t key = (uint64_t)sqlite3_column_int64(statement, 0);
		uint64_t person = (uint64_t)sqlite3_column_int64(statement, 1);

		if (summary_scan_saw(scan, key) &&
		    !map64_add(&persons, person, NULL)) {
			status = error_memory(&casefile->error);
			break;
		}
	}
	*suspects = persons.count;
	sqlite3_finalize(statement);
	map64_release(&persons);
	return status == STATUS_END ? STATUS_OK : status;
}

/* The victims of the window that are numbers of accounts or organisations. */
static enum status count_own(struct casefile *casefile, struct summary_scan *scan)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT DISTINCT number FROM " OWN_NUMBERS);
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK)
		summary_scan_own(scan, (uint64_t)sqlite3_column_int64(statement, 0));
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* The mean time from one start to the next of those with a time of day, in seconds with two decimals,
 * rounded half to even. */
static void put_between(struct summary *summary, const struct summary_scan *scan)
{
	int64_t parts = 10 * (int64_t)(scan->timed - 1);
	int64_t whole, rest;

	if (scan->timed < 2)
		return;
	whole = (scan->last - scan->first) / parts;
	rest = (scan->last - scan->first) % parts;
	if (rest > parts - rest || (rest == parts - rest && whole % 2))
		whole++;
	put(summary, SUMMARY_SECONDS_BETWEEN_CALLS, whole, 2);
}

static void put_counts(struct summary *summary, enum summary_key first,
		       const struct summary_scan_counts *counts)
{
	put(summary, first, (int64_t)counts->calls, 0);
	put(summary, first + 1, (int64_t)counts->answered, 0);
	put(summary, first + 2, (int64_t)counts->long_calls, 0);
	put(summary, first + 3, (int64_t)counts->victims, 0);
}

static void put_window(struct summary *summary, const struct summary_scan *scan)
{
	int64_t hour;

	put_counts(summary, SUMMARY_CALLS, &scan->all);
	if (scan->options->country) {
		put_counts(summary, SUMMARY_COUNTRY_CALLS, &scan->country);
		put(summary, SUMMARY_COUNTRY_NOT_IN_PLAN, (int64_t)scan->not_in_plan.calls, 0);
		put(summary, SUMMARY_COUNTRY_VICTIMS_NOT_IN_PLAN,
		    (int64_t)scan->not_in_plan.victims, 0);
		put(summary, SUMMARY_COUNTRY_VICTIMS_OWN, (int64_t)scan->country.own, 0);
	}
	put(summary, SUMMARY_VICTIMS_OWN, (int64_t)scan->all.own, 0);
	put(summary, SUMMARY_ACCOUNTS, (int64_t)scan->accounts, 0);
	put(summary, SUMMARY_UNSURE_CALLS, (int64_t)scan->unsure_calls, 0);
	put(summary, SUMMARY_UNSURE_VICTIMS, (int64_t)scan->unsure_victims, 0);
	if (summary_scan_busiest(scan, &hour)) {
		char text[21];

		(void)moment_format_utc(hour, text);
		memcpy(summary->values[SUMMARY_BUSIEST_HOUR], text,
		       sizeof(text));
	}
	put_between(summary, scan);
	put(summary, SUMMARY_CALLS_WITHOUT_TIME, (int64_t)scan->days, 0);
}

static void notice_cut(const struct summary_scan *scan, const struct observer *observer)
{
	if (scan->cut)
		observer_notice(observer, "%llu calls have no time of day, and the window begins or ends "
				"within their day: each is in it if its day begins in it",
				(unsigned long long)scan->cut);
}

static enum status summarise_calls(struct casefile *casefile,
				    const struct summary_options *options,
				    const struct concluded *concluded,
				    const struct observer *observer,
				    struct summary *summary)
{
	struct summary_scan scan = { 0 };
	uint64_t suspects = 0;
	int64_t accounts = 0;
	enum status status = casefile_integer(
		casefile, "SELECT max(id) FROM account_key", 0, &accounts);

	if (status == STATUS_OK && (accounts < 0 || accounts > UINT32_MAX))
		status = error_set(&casefile->error, STATUS_INTEGRITY,
				   "the account keys of the case are damaged");
	if (status == STATUS_OK)
		status = summary_scan_run(&scan, casefile, options,
					  concluded->long_seconds,
					  concluded->keep_duplicates,
					  (uint64_t)accounts, observer);
	if (status == STATUS_OK)
		status = count_suspects(casefile, &scan, &suspects);
	if (status == STATUS_OK)
		status = count_own(casefile, &scan);
	if (status == STATUS_OK) {
		put_window(summary, &scan);
		notice_cut(&scan, observer);
		put(summary, SUMMARY_SUSPECTS, (int64_t)suspects, 0);
	}
	summary_scan_release(&scan);
	return status;
}

/* A figure that one statement gives, of the whole case or of the window from :since to :until. */
struct figure {
	enum summary_key key;
	bool money;
	const char *sql;
};

static const struct figure figures[] = {
	{ SUMMARY_PAYERS, false,
	  "SELECT count(*) FROM account_figure WHERE payments > 0" },
	{ SUMMARY_SPEND, true, "SELECT value FROM payment_value" },
	{ SUMMARY_OVER_THRESHOLD, false,
	  "SELECT count(*) FROM suspect WHERE amount_key(spend) >= amount_key(:threshold)" },
	{ SUMMARY_REPORTS, false, "SELECT (SELECT count(*) FROM report)"
	  " - (SELECT count(*) FROM report_read WHERE duplicate AND NOT EXISTS"
	  " (SELECT 1 FROM setting WHERE key = 'duplicates' AND value = 'keep'))" },
	{ SUMMARY_REPORTS_MATCHED, false,
	  "SELECT count(*) FROM report_match WHERE verdict = 'matched'" },
	{ SUMMARY_LOSS, true,
	  "SELECT loss FROM report_match WHERE verdict = 'matched'" },
	{ SUMMARY_REJECTED, false,
	  "SELECT (SELECT count(*) FROM reject)"
	  " + (SELECT count(*) FROM unread)" },
	{ SUMMARY_UNSURE_REPORTS, false,
	  "SELECT count(*) FROM report_read u"
	  " LEFT JOIN reading a ON a.id = u.victim_reading"
	  " LEFT JOIN reading b ON b.id = u.presented_reading"
	  " LEFT JOIN report_match m ON m.report = u.report"
	  " LEFT JOIN victim v ON v.number = u.victim"
	  " WHERE (NOT u.duplicate OR EXISTS(SELECT 1 FROM setting WHERE"
	  " key = 'duplicates' AND value = 'keep')) AND (a.other = 1 OR b.other = 1 OR"
	  " (m.verdict = 'matched' AND v.unsure > 0))" },
};

/* Of reports that count, by their time. */
#define WINDOW_REPORTS \
	" report_read r WHERE r.at_ms >= :since * 1000 AND r.at_ms < :until * 1000 AND (NOT r.duplicate OR" \
	" EXISTS(SELECT 1 FROM setting WHERE key = 'duplicates' AND value = 'keep'))"

static const struct figure window_figures[] = {
	{ SUMMARY_WINDOW_REPORTS, false, "SELECT count(*) FROM" WINDOW_REPORTS },
	{ SUMMARY_WINDOW_LOSS, true,
	  "SELECT loss FROM report_match m WHERE verdict = 'matched' AND report IN"
	  " (SELECT r.report FROM" WINDOW_REPORTS ")" },
};

static void bind_named(sqlite3_stmt *statement, const char *name, i128 value)
{
	const int place = sqlite3_bind_parameter_index(statement, name);

	if (place)
		bind_amount(statement, place, value);
}

/* Rows are added up here, for SQLite's sum() would fail beyond 64 bits. */
static enum status summarise_figure(struct casefile *casefile,
				    const struct figure *figure,
				    const struct summary_options *options,
				    const struct concluded *concluded,
				    struct summary *summary)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, figure->sql);
	i128 sum = 0;
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_named(statement, ":threshold", concluded->threshold);
	bind_named(statement, ":since", options->since);
	bind_named(statement, ":until", options->until);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = money_add(casefile, &sum,
				   column_amount(statement, 0));
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	put(summary, figure->key, sum, figure->money ? concluded->exponent : 0);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- money ---- */

static enum status add_up(struct casefile *casefile, const struct summary_options *options,
			  const struct concluded *concluded, struct summary_money *money, struct summary_coins *coins)
{
	const struct summary_money_given given = { casefile, options->since, options->until, concluded->threshold,
						   concluded->exponent };

	return summary_money_run(&given, money, coins);
}

static enum status summarise_money(struct casefile *casefile, const struct summary_options *options,
				   const struct concluded *concluded, struct summary *summary)
{
	const unsigned exponent = concluded->exponent;
	struct summary_money money;
	enum status status = add_up(casefile, options, concluded, &money, &summary->of_window);

	put(summary, SUMMARY_WINDOW_GROSS, money.gross, exponent);
	put(summary, SUMMARY_WINDOW_REFUNDS, money.refunds, exponent);
	put(summary, SUMMARY_WINDOW_SPEND, money.gross - money.refunds, exponent);
	put(summary, SUMMARY_WINDOW_PAYERS, (int64_t)money.payers, 0);
	put(summary, SUMMARY_WINDOW_OVER_THRESHOLD, (int64_t)money.over_threshold, 0);
	return status;
}

/* ---- the whole ---- */

static enum status summarise_case(struct casefile *casefile, const struct concluded *concluded,
				  struct summary *summary)
{
	static const struct summary_options all = { INT64_MIN, INT64_MAX, NULL, 1 };
	struct summary_money money = { .gross = 0 };
	enum status status = STATUS_OK;

	memcpy(summary->values[SUMMARY_CURRENCY], concluded->currency,
	       sizeof(concluded->currency));
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]) &&
			   status == STATUS_OK; i++)
		status = summarise_figure(casefile, &figures[i], &all, concluded,
					  summary);
	if (status == STATUS_OK)
		status = add_up(casefile, &all, concluded, &money, &summary->of_case);
	put(summary, SUMMARY_GROSS, money.gross, concluded->exponent);
	put(summary, SUMMARY_REFUNDS, money.refunds, concluded->exponent);
	return status;
}

static void put_bound(struct summary *summary, enum summary_key key, int64_t bound)
{
	char text[21];

	if (bound != INT64_MIN && bound != INT64_MAX && moment_format_utc(bound, text))
		memcpy(summary->values[key], text, sizeof(text));
}

static enum status summarise_window(struct casefile *casefile, const struct summary_options *options,
				    const struct concluded *concluded, const struct observer *observer,
				    struct summary *summary)
{
	enum status status = summarise_calls(casefile, options, concluded, observer, summary);

	put_bound(summary, SUMMARY_WINDOW_SINCE, options->since);
	put_bound(summary, SUMMARY_WINDOW_UNTIL, options->until);
	if (status == STATUS_OK)
		status = summarise_money(casefile, options, concluded, summary);
	for (size_t i = 0; i < sizeof(window_figures) / sizeof(window_figures[0]) && status == STATUS_OK; i++)
		status = summarise_figure(casefile, &window_figures[i], options, concluded, summary);
	return status;
}

enum status summary_run(struct casefile *casefile,
			const struct summary_options *options,
			const struct observer *observer,
			struct summary *summary)
{
	struct concluded concluded;
	enum status status;

	memset(summary, 0, sizeof(*summary));
	status = read_settings(casefile, &concluded);
	if (status == STATUS_OK)
		status = summarise_case(casefile, &concluded, summary);
	return status == STATUS_OK ? summarise_window(casefile, options, &concluded, observer, summary) : status;
}

enum status summary_run_window(struct casefile *casefile,
			       const struct summary_options *options,
			       const struct observer *observer,
			       struct summary *summary)
{
	struct concluded concluded;
	enum status status;

	memset(summary, 0, sizeof(*summary));
	status = read_settings(casefile, &concluded);
	return status == STATUS_OK ? summarise_window(casefile, options, &concluded, observer, summary) : status;
}
