/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of an account or a person. */
#ifndef UNSPOOF_CORRELATE_FIGURES_FIGURES_H
#define UNSPOOF_CORRELATE_FIGURES_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/time/calendar.h"
#include "base/wide.h"
#include "casefile/casefile.h"
#include "casefile/table/row_buffer.h"

/* First and last of some times, in marks: a time is one more than twice its seconds since
 * 1970-01-01 UTC, a day without a time of day twice those of its begin, or its end, and so
 * before all times of it, or behind them. None as long as first is after last. */
struct period {
	int64_t first;
	int64_t last;
};

#define PERIOD_NONE { INT64_MAX, INT64_MIN }

static inline void period_add(struct period *span, int64_t first, int64_t last)
{
	if (first < span->first)
		span->first = first;
	if (last > span->last)
		span->last = last;
}

/* The marks of a time, in seconds within PERIOD_MOST of 1970; of a day: of its first
 * second, by UTC. */
#define PERIOD_MOST INT64_C(300000000000)
static inline int64_t period_first(int64_t seconds, bool day)
{
	return 2 * seconds + !day;
}

/* Of the same time or day, by its first mark. */
static inline int64_t period_last_of(int64_t first, bool day)
{
	return first + (-(int64_t)day & 2 * DAY_SECONDS);
}

static inline int64_t period_last(int64_t seconds, bool day)
{
	return period_last_of(period_first(seconds, day), day);
}

/* Adds a time, or a day. */
static inline void period_take(struct period *span, int64_t seconds, bool day)
{
	const int64_t first = period_first(seconds, day);

	period_add(span, first, period_last_of(first, day));
}

/* Adds first and last to a row in seconds, those of a day its first, and NULL when there are
 * none. */
void period_write(const struct period *span, struct row_buffer *rows);
/* Which of them are days: PERIOD_DAY_ bits. */
enum { PERIOD_DAY_FIRST = 1, PERIOD_DAY_LAST = 2 };
unsigned period_days(const struct period *span);

/* Amounts are minor units of the currency of the case. There may be millions of accounts, and a
 * case has no more rows than 32 bits count. */
struct figures {
	i128 gross;                /* of confirmed payments */
	i128 refunds;              /* money that went back, above zero */
	i128 loss;
	struct period paid;
	struct period called;
	uint32_t payments;         /* confirmed ones, refunds not among them */
	uint32_t calls;
	uint32_t answered;
	uint32_t long_calls;
	uint32_t victims;
	uint32_t presentations;
	uint32_t organisations;
	uint32_t reports;          /* matched to its calls */
};

/* Net: gross less refunds; may be below zero. */
static inline i128 figures_spend(const struct figures *figures)
{
	return figures->gross - figures->refunds;
}

/* What does not add up over the accounts of a person. */
struct person_counts {
	uint32_t victims;
	uint32_t presentations;
	uint32_t organisations;
};

/* Room for so many figures, all none; NULL: out of memory. The caller
 * frees. */
struct figures *figures_new(size_t count);
/* Adds what adds up: all but victims, presentations, organisations. */
enum status figures_add(struct casefile *casefile, struct figures *sum,
			const struct figures *part);
/* The columns of account_figure and suspect that figures_write() adds a value for. */
#define FIGURES_COLUMNS \
	"spend", "payments", "first_payment", "last_payment", "calls", "answered", \
	"long_calls", "victims", "presentations", "organisations", "reports", \
	"loss", "first_call", "last_call"

/* Adds FIGURES_COLUMNS to a row. */
void figures_write(const struct figures *figures, struct row_buffer *rows);
/* Their column `days`: PERIOD_DAY_ bits of the calls, and, two higher, of the payments. */
unsigned figures_days(const struct figures *figures);

/* Those of what the spend is made of, which stand at the end, and the same. */
#define FIGURES_GROSS_COLUMNS "gross", "refunds"
void figures_write_gross(const struct figures *figures, struct row_buffer *rows);

#endif
