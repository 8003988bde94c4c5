/* SPDX-License-Identifier: Apache-2.0 */
/* The payments of a source judged: whether their amounts are in the unit that they
 * are read in. */
#include "normalise/quality/amount_verdict.h"

#include <inttypes.h>

#include "base/money/decimal.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"

/* More than most would pay a service at once: of a coin, and of other money, in the
 * major unit. Half of the payments above it are not plausible. */
#define COIN_MOST 100
#define MONEY_MOST 100000
/* Amounts that are all whole numbers, so many and half of them so large, may be in the
 * minor unit, as pence. */
#define WHOLE_LEAST 20
#define WHOLE_LARGE 500

/* The payments of a source in one currency. */
struct amounts {
	struct text currency;
	int64_t count, over, rounded;
	int64_t most;             /* in the major unit */
	int64_t whole, large;     /* whole numbers of a currency with decimals, but no coin */
};

#define AMOUNTS \
	"SELECT r.currency, r.amount, r.exponent, r.rounded FROM payment_read r" \
	" JOIN payment p ON p.id = r.payment WHERE p.source = ? ORDER BY r.currency"

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
			    "more of %d %s up", amounts->count, currency, WHOLE_LARGE,
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

static void add(struct amounts *amounts, i128 amount, int64_t exponent, bool rounded)
{
	i128 power = 1;

	for (int64_t i = 0; i < exponent && i < DECIMAL_MAX_SCALE; i++)
		power *= 10;
	amounts->most = exponent >= 8 ? COIN_MOST : MONEY_MOST;
	amounts->count++;
	amounts->over += amount / power > amounts->most;
	amounts->rounded += rounded;
	amounts->whole += power > 1 && exponent < 8 && amount % power == 0;
	amounts->large += amount / power >= WHOLE_LARGE;
}

/* Amounts come by currency: those before another one are judged. The name of theirs is kept in `name`. */
static enum status take(struct notes *notes, const struct source_sense *source, struct amounts *amounts,
			struct buf *name, sqlite3_stmt *statement)
{
	const struct text currency = column_text(statement, 0);
	enum status status = STATUS_OK;

	if (amounts->count && !text_equal(currency, buf_view(name))) {
		status = judge(notes, source, amounts);
		amounts->count = 0;
	}
	if (!amounts->count) {
		buf_clear(name);
		buf_add(name, currency.data, currency.len);
		*amounts = (struct amounts){ .currency = buf_view(name) };
	}
	add(amounts, column_amount(statement, 1), sqlite3_column_int64(statement, 2),
	    sqlite3_column_int(statement, 3) != 0);
	if (name->failed)
		return error_memory(&notes->casefile->error);
	return status == STATUS_OK ? columns_read(notes->casefile, statement) : status;
}

static enum status judge_all(struct casefile *casefile, struct notes *notes,
			     const struct source_sense *source)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, AMOUNTS);
	struct amounts amounts = { .count = 0 };
	struct buf name = { 0 };
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, source->id);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = take(notes, source, &amounts, &name, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	if (status == STATUS_END)
		status = amounts.count ? judge(notes, source, &amounts) : STATUS_OK;
	buf_release(&name);
	return status;
}

/* Amounts that are of the currency that was given only because it was. */
static enum status say_currency(struct notes *notes, const struct source_sense *source)
{
	const struct remark remark = { .role = "amount", .topic = "currency", .count = source->assumed };
	char currency[20];

	if (!source->assumed)
		return STATUS_OK;
	return notes_remark(notes, source, &remark, "%" PRIu64 " amounts name no currency and are read as %s",
			    source->assumed, text_escape(text_of(source->currency), currency, sizeof(currency)));
}

enum status amount_verdict_say(struct casefile *casefile, struct notes *notes,
			       const struct source_sense *source)
{
	const enum status status = say_currency(notes, source);

	return status == STATUS_OK ? judge_all(casefile, notes, source) : status;
}
