/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts in the currency of the case, at the rate of their UTC day. */
#ifndef UNSPOOF_CORRELATE_MONEY_RATES_H
#define UNSPOOF_CORRELATE_MONEY_RATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money/decimal.h"
#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/text.h"
#include "base/wide.h"
#include "casefile/casefile.h"

struct rate {
	int64_t id;            /* of the found row */
	int64_t day;           /* since 1970-01-01 UTC */
	int64_t source;
	int64_t line, member;
	struct decimal value;  /* units of the currency for one of the base */
};

/* The rates to one currency. */
struct rates {
	struct casefile *casefile;
	const char *currency;
	unsigned exponent;         /* of the currency */
	int64_t gap;               /* days that a rate may be away; 0 unless it is set */
	struct dictionary bases;
	size_t *starts;            /* of a base in items; one more ends the last */
	struct rate *items;        /* by base, then day */
	size_t count;
	size_t capacity;
};

/* Reads the rates whose quote is currency. Two different rates for one base
 * and day fail. */
enum status rates_load(struct rates *rates, struct casefile *casefile,
		       const char *currency, unsigned exponent);
void rates_release(struct rates *rates);

/* An amount that a found row tells. */
struct amount {
	struct text currency;
	i128 minor;
	unsigned exponent;
	int64_t at;                /* seconds since 1970-01-01 UTC */
	int64_t source;
	int64_t line, member;
	const char *role;          /* of the time, for messages */
	struct text time;          /* as found, for messages */
};

/* The rate that an amount is converted at. */
struct cited_rate {
	int64_t rate;              /* the found row, 0 when none was needed */
	int64_t gap;               /* days from that of the amount to that of the rate; 0: the same */
};

/* The amount in minor units of the currency, rounded half to even, at the rate of its day, or
 * else of the nearest day within the gap, the earlier of two. No such rate fails and names the
 * nearest. */
enum status rates_convert(const struct rates *rates, const struct amount *amount,
			  i128 *value, struct cited_rate *cited);

/* The same without an error, on any thread; false: there would be one. */
bool rates_value(const struct rates *rates, const struct amount *amount,
		 i128 *value, struct cited_rate *cited);

/* The rate of a currency for the day of some seconds since 1970-01-01 UTC, on any thread; NULL: there
 * is none. Valid as long as the rates. */
const struct decimal *rates_of(const struct rates *rates, struct text currency, int64_t seconds);

/* Whether there is a rate for the amount, but what comes of it is too large. */
bool rates_beyond(const struct rates *rates, const struct amount *amount);

/* The error that a sum of amounts is beyond 128 bits. */
enum status money_beyond(struct casefile *casefile);

/* *sum plus value, or that error, with the sum left alone. */
enum status money_add(struct casefile *casefile, i128 *sum, i128 value);

#endif
