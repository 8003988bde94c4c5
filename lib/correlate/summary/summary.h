/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of a whole case, and of a window of time. */
#ifndef UNSPOOF_CORRELATE_SUMMARY_SUMMARY_H
#define UNSPOOF_CORRELATE_SUMMARY_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money/decimal.h"
#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"

struct summary_options {
	int64_t since;         /* seconds since 1970-01-01 UTC, included; */
	int64_t until;         /* not included; INT64_MIN and INT64_MAX: none */
	const char *country;   /* of dialled numbers, as GB; NULL: none */
	uint64_t threads;      /* that may work at once; 0 is 1 */
};

/* Keys in the order of the design's section on the command line. */
enum summary_key {
	SUMMARY_CALLS,                 /* of the window, as the next nine */
	SUMMARY_ANSWERED,
	SUMMARY_LONG_CALLS,
	SUMMARY_VICTIMS,
	SUMMARY_COUNTRY_CALLS,         /* dialled to the country; empty without */
	SUMMARY_COUNTRY_ANSWERED,
	SUMMARY_COUNTRY_LONG_CALLS,
	SUMMARY_COUNTRY_VICTIMS,
	SUMMARY_COUNTRY_NOT_IN_PLAN,   /* of these calls, and of these victims: those */
	SUMMARY_COUNTRY_VICTIMS_NOT_IN_PLAN,   /* to numbers that the plan has not */
	SUMMARY_ACCOUNTS,              /* that made a call in the window */
	SUMMARY_SUSPECTS,              /* the persons of these */
	SUMMARY_PAYERS,                /* of the whole case, as the next eight */
	SUMMARY_SPEND,
	SUMMARY_CURRENCY,
	SUMMARY_OVER_THRESHOLD,
	SUMMARY_REPORTS,
	SUMMARY_REPORTS_MATCHED,
	SUMMARY_LOSS,
	SUMMARY_REJECTED,
	SUMMARY_BUSIEST_HOUR,          /* of the window, the earliest of equals */
	SUMMARY_SECONDS_BETWEEN_CALLS, /* of the window, two decimals */
	SUMMARY_UNSURE_CALLS,          /* of the window: their number has another reading */
	SUMMARY_UNSURE_VICTIMS,        /* with such a long call */
	SUMMARY_UNSURE_REPORTS,        /* of the whole case: a number of theirs, or a
					* long call to their victim, if it is matched */
	SUMMARY_VICTIMS_OWN,           /* of the window: telephones of accounts, numbers of */
	SUMMARY_COUNTRY_VICTIMS_OWN,   /* organisations; empty without a country */
	SUMMARY_CALLS_WITHOUT_TIME,    /* of the window: their start is a day, in it where that
					* begins in it; in no hour and no count of seconds */
	SUMMARY_GROSS,                 /* of the whole case: what the spend is made of, */
	SUMMARY_REFUNDS,               /* and behind it the coins of the case */
	SUMMARY_WINDOW_SINCE,          /* of the window, as the next eight; */
	SUMMARY_WINDOW_UNTIL,          /* empty where there is no bound */
	SUMMARY_WINDOW_GROSS,
	SUMMARY_WINDOW_REFUNDS,        /* and behind it the coins of the window */
	SUMMARY_WINDOW_PAYERS,         /* with a payment in it */
	SUMMARY_WINDOW_SPEND,
	SUMMARY_WINDOW_OVER_THRESHOLD, /* suspects, by what they spent in it */
	SUMMARY_WINDOW_REPORTS,        /* by their time, as the next */
	SUMMARY_WINDOW_LOSS,
	SUMMARY_KEYS
};

/* What was paid in one currency, less what went back, in it (empty: it is beyond 128 bits) and
 * as a part of the spend. */
struct summary_coin {
	char currency[16];
	char spend[DECIMAL_TEXT];
	char value[DECIMAL_TEXT];
};

/* In byte order of the currencies; the summary owns them. */
struct summary_coins {
	struct summary_coin *items;
	size_t count;
};

/* An empty value is absent. Zeroed is empty. */
struct summary {
	char values[SUMMARY_KEYS][DECIMAL_TEXT];
	struct summary_coins of_case, of_window;
};

/* The name of a key; static. */
const char *summary_key_name(enum summary_key key);
/* Whether it is of the window; else it is of the whole case. */
bool summary_key_of_window(enum summary_key key);

/* Reads a case that has been concluded; changes nothing. STATUS_FAILED: it has
 * not been. observer may be NULL. Release also after a failure. */
enum status summary_run(struct casefile *casefile,
			const struct summary_options *options,
			const struct observer *observer,
			struct summary *summary);
/* The same of the window alone; what is of the whole case stays empty. */
enum status summary_run_window(struct casefile *casefile,
			       const struct summary_options *options,
			       const struct observer *observer,
			       struct summary *summary);
void summary_release(struct summary *summary);

#endif
