/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows of payments are one payment. */
#ifndef UNSPOOF_NORMALISE_ROWS_PAYMENT_TWINS_H
#define UNSPOOF_NORMALISE_ROWS_PAYMENT_TWINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "normalise/rows/row_twins.h"

/* What is found of payments. */
enum payment_finding {
	PAYMENT_AGAIN,         /* rows that another one stands for */
	PAYMENT_STATUS,        /* those of them whose status a later row replaces */
	PAYMENT_CLASH,         /* rows with the payment_id of another payment */
	PAYMENT_COARSE,        /* equal rows with nothing that tells them apart */
	PAYMENT_FINDINGS
};

/* A row. Hashes are 0 where there is no text. */
struct paid_row {
	struct row_twin row;
	uint64_t payment_id;   /* a hash, with the service */
	uint64_t txid;         /* a hash, with the output's index */
	uint64_t status;       /* a hash */
	int64_t key;           /* account_key.id */
	int64_t paid;          /* seconds */
	int64_t amount;        /* minor units */
	uint64_t currency;     /* a hash */
	bool coarse;           /* paid says no seconds; set where nothing else tells */
};

/* Sets duplicate and twin of rows, which come out in order of their ids. False: no
 * memory. */
bool payment_twins_judge(struct paid_row *rows, size_t count, struct row_tallies *tallies);

#endif
