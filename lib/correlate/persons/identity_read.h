/* SPDX-License-Identifier: Apache-2.0 */
/* What payments, logins and accounts tell: each of these tables is read once. */
#ifndef UNSPOOF_CORRELATE_PERSONS_IDENTITY_READ_H
#define UNSPOOF_CORRELATE_PERSONS_IDENTITY_READ_H

#include "base/observer.h"
#include "base/status.h"
#include "base/table/text_lists.h"
#include "casefile/casefile.h"
#include "casefile/record/source_absent.h"
#include "correlate/correlate.h"
#include "correlate/figures/figures.h"
#include "correlate/money/payments.h"
#include "correlate/money/rates.h"
#include "correlate/persons/identifiers.h"
#include "correlate/persons/persons.h"

/* Zeroed is empty. */
struct identity_read {
	struct identifiers rules[LINK_RULES];  /* arranged */
	struct text_lists logins;       /* what accounts are called, by key; settled */
	struct text_lists emails;
	struct payments payments;
};

struct identity_read_given {
	struct casefile *casefile;
	const struct observer *observer;
	const struct persons *persons;
	const struct rates *rates;
	const struct source_absent *absent;    /* words that are no value */
	struct figures *accounts;  /* by slot: to these go their payments */
	unsigned threads;
};

/* Takes what there is. Call identity_read_release() also after a failure. */
enum status identity_read_run(struct identity_read *identities, const struct identity_read_given *given);
/* Lets the rules go, which are not needed once links are written and counted. */
void identity_read_release_rules(struct identity_read *identities);
void identity_read_release(struct identity_read *identities);

#endif
