/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of an account or a person. */
#ifndef UNSPOOF_CORRELATE_FIGURES_FIGURES_H
#define UNSPOOF_CORRELATE_FIGURES_FIGURES_H

#include <stdint.h>

#include "base/status.h"
#include "base/wide.h"
#include "casefile/casefile.h"
#include "casefile/table/row_buffer.h"

/* First and last of some times, in seconds since 1970-01-01 UTC; none as long
 * as first is after last. */
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

/* Adds first and last to a row, NULL when there are none. */
void period_write(const struct period *span, struct row_buffer *rows);

/* Amounts are minor units of the currency of the case. */
struct figures {
	i128 spend;
	uint64_t payments;         /* confirmed ones */
	struct period paid;
	uint64_t calls;
	uint64_t answered;
	uint64_t long_calls;
	uint64_t victims;
	uint64_t presentations;
	uint64_t organisations;
	uint64_t reports;          /* matched to its calls */
	i128 loss;
	struct period called;
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

#endif
