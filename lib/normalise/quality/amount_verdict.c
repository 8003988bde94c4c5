/* SPDX-License-Identifier: Apache-2.0 */
/* The payments of a source judged: whether their amounts are in the unit that they
 * are read in. */
#include "normalise/quality/amount_verdict.h"

#include <inttypes.h>
#include <stdio.h>

#include "casefile/sql.h"

/* More than most would pay a service at once: of a coin, and of other money, in the
 * major unit. Half of the payments above it are not plausible. */
#define COIN_MOST 100
#define MONEY_MOST 100000
/* Amounts that are all whole numbers, so many and half of them so large, may be in the
 * minor unit, as pence. */
#define WHOLE_LEAST 20
#define WHOLE_LARGE "500"

/* The payments of a source in one currency. */
struct amounts {
	struct text currency;
	int64_t count, over, rounded;
	int64_t most;             /* in the major unit */
	int64_t whole, large;     /* whole numbers of a currency with decimals, but no coin */
};

#define AMOUNTS \
	"SELECT r.currency, count(*), sum(r.amount / power > most), sum(r.rounded), most," \
	" sum(power > 1 AND exponent < 8 AND r.amount % power = 0)," \
	" sum(r.amount / power >= " WHOLE_LARGE ")" \
	" FROM (SELECT payment, currency, amount, exponent, rounded," \
	" CAST('1' || substr('000000000000000000', 1, exponent) AS INTEGER) AS power," \
	" CASE WHEN exponent >= 8 THEN 100 ELSE 100000 END AS most FROM payment_read) r" \
	" JOIN payment p ON p.id = r.payment WHERE p.source = ?" \
	" GROUP BY r.currency ORDER BY r.currency"

static enum status say_over(struct notes *notes, const struct source_sense *source,
			    const struct amounts *amounts, const char *currency)
{
	const struct remark remark = { .role = "amount", .topic = "unit",
				       .value = amounts->currency,
				       .count = (uint64_t)amounts->over,
				       .remedy = "are they in a smaller unit, as satoshi "
						 "(-c SAT)?" };

	return notes_remark(notes, source, &remark,
			    "%" PRId64 " of %" PRId64 " payments in %s are of more than "
			    "%" PRId64 " %s", amounts->over, amounts->count, currency,
			    amounts->most, currency);
}

static enum status say_rounded(struct notes *notes, const struct source_sense *source,
			       const struct amounts *amounts, const char *currency)
{
	const struct remark remark = { .role = "amount", .topic = "unit",
				       .value = amounts->currency,
				       .count = (uint64_t)amounts->rounded,
				       .remedy = "is it the right currency (-c)?" };

	return notes_remark(notes, source, &remark,
			    "%" PRId64 " of %" PRId64 " payments have more decimals than "
			    "%s has, and are rounded", amounts->rounded, amounts->count,
			    currency);
}

static enum status say_whole(struct notes *notes, const struct source_sense *source,
			     const struct amounts *amounts, const char *currency)
{
	const struct remark remark = { .role = "amount", .topic = "unit",
				       .value = amounts->currency,
				       .count = (uint64_t)amounts->count,
				       .remedy = "are they in the minor unit, as pence?" };

	return notes_remark(notes, source, &remark,
			    "all %" PRId64 " payments in %s are of whole numbers, and half or "
			    "more of " WHOLE_LARGE " %s up", amounts->count, currency,
			    currency);
}

static enum status judge(struct notes *notes, const struct source_sense *source,
			 const struct amounts *amounts)
{
	char currency[20];
	enum status status = STATUS_OK;

	text_escape(amounts->currency, currency, sizeof(currency));
	if (amounts->over * 2 > amounts->count)
		status = say_over(notes, source, amounts, currency);
	if (status == STATUS_OK && amounts->rounded > 0)
		status = say_rounded(notes, source, amounts, currency);
	if (status == STATUS_OK && amounts->count >= WHOLE_LEAST &&
	    amounts->whole == amounts->count && amounts->large * 2 >= amounts->count)
		status = say_whole(notes, source, amounts, currency);
	return status;
}

static enum status judge_all(struct casefile *casefile, struct notes *notes,
			     const struct source_sense *source)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, AMOUNTS);
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, source->id);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		const struct amounts amounts = {
			column_text(statement, 0), sqlite3_column_int64(statement, 1),
			sqlite3_column_int64(statement, 2),
			sqlite3_column_int64(statement, 3),
			sqlite3_column_int64(statement, 4),
			sqlite3_column_int64(statement, 5),
			sqlite3_column_int64(statement, 6)
		};

		status = columns_read(casefile, statement);
		if (status == STATUS_OK)
			status = judge(notes, source, &amounts);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Amounts that are of the currency that was given only because it was. */
static enum status say_currency(struct casefile *casefile, struct notes *notes,
				const struct source_sense *source)
{
	struct remark remark = { .role = "amount", .topic = "currency" };
	char sql[160], currency[20];
	int64_t count = 0;
	enum status status;

	(void)sqlite3_snprintf(sizeof(sql), sql,
			       "SELECT count(*) FROM payment WHERE source = %lld AND"
			       " trim(coalesce(currency, '')) = ''",
			       (long long)source->id);
	status = casefile_integer(casefile, sql, 0, &count);
	if (status != STATUS_OK || count == 0 || !*source->currency)
		return status;
	remark.count = (uint64_t)count;
	return notes_remark(notes, source, &remark,
			    "%" PRId64 " amounts name no currency and are read as %s", count,
			    text_escape(text_of(source->currency), currency,
					sizeof(currency)));
}

enum status amount_verdict_say(struct casefile *casefile, struct notes *notes,
			       const struct source_sense *source)
{
	const enum status status = say_currency(casefile, notes, source);

	return status == STATUS_OK ? judge_all(casefile, notes, source) : status;
}
