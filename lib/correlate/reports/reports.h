/* SPDX-License-Identifier: Apache-2.0 */
/* Reports of victims, each matched to the nearest long call. */
#ifndef UNSPOOF_CORRELATE_REPORTS_REPORTS_H
#define UNSPOOF_CORRELATE_REPORTS_REPORTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/wide.h"
#include "casefile/casefile.h"
#include "correlate/money/rates.h"
#include "correlate/reports/report_day.h"

/* A long call, as a report may be about it. */
struct report_call {
	uint64_t dialled;      /* E.164; not 0 */
	uint64_t presented;    /* E.164; 0: unknown, or a text */
	int64_t started;       /* milliseconds since 1970-01-01 UTC */
	int64_t talk;          /* milliseconds */
	bool day;              /* started is a day */
	uint64_t presented_key; /* see presented_key_of() */
	int64_t segment;
	uint32_t row;
	uint32_t slot;         /* of the account; 0: none */
};

struct report {
	int64_t id;            /* of the found row */
	int64_t source;
	int64_t line, member;
	uint64_t victim;       /* E.164; 0: none */
	uint64_t presented;    /* E.164; 0: none */
	int64_t at;            /* milliseconds since 1970-01-01 UTC */
	i128 minor;            /* the loss, when has_loss */
	unsigned exponent;
	uint32_t currency;     /* number in currencies */
	bool has_loss;
	bool contradicted;     /* a near one showed another number */
	bool tied;             /* two are equally near */
	bool day;              /* at is a day, which begins and ends on the clock of its source: */
	int64_t day_from, day_until;    /* seconds since 1970-01-01 UTC; */
	int64_t date;          /* days since 1970-01-01: that of `at` on that clock */
	enum report_day_calls day_calls;
	struct report_call longest;     /* of those of its day, when there are some */
	bool by_day;           /* the verdict goes by these; by report_match_run() */
	int64_t gap;           /* milliseconds to the best; INT64_MAX: none */
	struct report_call best;
	bool called;           /* there is a long call; by report_match_run() */
	bool matched;          /* the verdict, by it */
	i128 loss;             /* minor units of the case's currency, or 0 */
	struct cited_rate cited;      /* of the loss */
};

struct reports {
	struct report *items;
	size_t count;
	size_t capacity;
	int64_t window;               /* milliseconds */
	bool days;                    /* a report is of a day */
	struct dictionary currencies;
	struct map64 victims;         /* E.164: first and end in items */
	bool *called;                 /* of the first item of a victim: a long
				       * call was offered */
};

/* Reads the reports as understood, without those that are there again elsewhere unless
 * those are kept; window in seconds. */
enum status reports_load(struct reports *reports, struct casefile *casefile,
			 int64_t window, bool keep_duplicates);
void reports_release(struct reports *reports);
/* Whether there is a report about a number. */
static inline bool reports_want(const struct reports *reports, uint64_t number)
{
	return map64_find(&reports->victims, number) != NULL;
}

/* Shows a long call to the reports about its victim; in any order of calls. */
void reports_offer(struct reports *reports, const struct report_call *call);

#endif
