/* SPDX-License-Identifier: Apache-2.0 */
/* Confirmed payments, each at the rate of its day, by UTC where it has a time: what accounts spent. */
#ifndef UNSPOOF_CORRELATE_MONEY_PAYMENTS_H
#define UNSPOOF_CORRELATE_MONEY_PAYMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/sorter.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/figures/figures.h"
#include "correlate/money/aside.h"
#include "correlate/money/rates.h"

/* A payment as it is understood. */
struct payment {
	int64_t id;                /* of the found row */
	struct amount amount;      /* without the time as found */
	int64_t exponent;          /* of the amount, as the case has it */
	bool day;                  /* its time is a day */
};

struct valued {
	uint64_t payment;
	int64_t rate;              /* 0: none was needed */
	i128 value;
	int64_t gap;               /* days from that of the payment to that of the rate */
};

/* Zeroed is closed. It must not move while it is open. */
struct payments {
	struct sorter valued;      /* of struct valued: one run, */
	struct sorter_writer writer;   /* which this writes */
	struct aside aside;        /* not counted, for they are too large */
};

enum payment_trouble {
	PAYMENT_FINE,
	PAYMENT_MEMORY,            /* or a file: see spill_failed() */
	PAYMENT_DAMAGED,
	PAYMENT_RATE               /* none for its day */
};

/* False: out of memory; payments_release() is safe all the same. */
bool payments_open(struct payments *payments, struct spill *spill);
/* Converts a payment, which come in order of their ids, and adds it to the gross and payments of its account, or, below zero, a
 * refund, to its refunds; one that is too large is set aside. On any thread. */
enum payment_trouble payments_add(struct payments *payments,
				  const struct rates *rates,
				  const struct payment *payment,
				  struct figures *account);
/* Tells what was wrong with a payment, on the thread of the case. */
enum status payments_failed(struct casefile *casefile, const struct rates *rates,
			    const struct payment *payment,
			    enum payment_trouble trouble);
/* Writes table payment_value, after the last; those set aside are kept. */
enum status payments_write(struct payments *payments, struct casefile *casefile,
			   unsigned threads);
void payments_release(struct payments *payments);

#endif
