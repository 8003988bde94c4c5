/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows of payments are one payment. */
#ifndef UNSPOOF_NORMALISE_ROWS_PAYMENT_TWINS_H
#define UNSPOOF_NORMALISE_ROWS_PAYMENT_TWINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"
#include "normalise/rows/row_twins.h"
#include "normalise/words.h"

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
	uint64_t status;       /* a hash of it in lower case */
	enum word word;        /* what it says; of none WORD_YES where that is money
				* that came in, else WORD_NONE */
	int64_t key;           /* account_key.id */
	int64_t paid;          /* seconds */
	i128 amount;           /* minor units */
	uint64_t currency;     /* a hash */
	bool coarse;           /* paid says no seconds; set where nothing else tells */
	/* Of payment_twins_judge(): */
	struct paid_row *stander;      /* of a duplicate */
	size_t place;          /* among the payments that are compared, from 1; 0: none */
	uint32_t seen_in;      /* a source that has a row of it, less 1; 0: none known */
};

/* Sets duplicate and twin of rows. False: no memory. */
bool payment_twins_judge(struct paid_row *rows, size_t count, struct row_tallies *tallies);

#endif
