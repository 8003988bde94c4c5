/* SPDX-License-Identifier: Apache-2.0 */
/* What payments, logins and accounts tell: each of these tables is read once. */
#ifndef UNSPOOF_CORRELATE_PERSONS_IDENTITY_READ_H
#define UNSPOOF_CORRELATE_PERSONS_IDENTITY_READ_H

#include "base/observer.h"
#include "base/status.h"
#include "base/table/text_lists.h"
#include "casefile/casefile.h"
#include "correlate/correlate.h"
#include "correlate/figures/figures.h"
#include "correlate/money/payments.h"
#include "correlate/money/rates.h"
#include "correlate/persons/identifiers.h"
#include "correlate/persons/persons.h"

/* Zeroed is empty. */
struct census {
	struct identifiers rules[LINK_RULES];  /* arranged */
	struct text_lists logins;       /* what accounts are called, by key; settled */
	struct text_lists emails;
	struct payments payments;
};

struct census_given {
	struct casefile *casefile;
	const struct observer *observer;
	const struct people *people;
	const struct rates *rates;
	struct party *accounts;    /* by slot: to these go their payments */
	unsigned threads;
};

/* Takes what there is. Call census_release() also after a failure. */
enum status census_take(struct census *census, const struct census_given *given);
void census_release(struct census *census);

#endif
