/* SPDX-License-Identifier: Apache-2.0 */
/* What payments, logins and accounts tell: each of these tables is read once. */
#ifndef UNSPOOF_CORRELATE_PERSONS_IDENTITY_READ_H
#define UNSPOOF_CORRELATE_PERSONS_IDENTITY_READ_H

#include "base/observer.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "base/table/text_lists.h"
#include "casefile/casefile.h"
#include "casefile/record/source_absent.h"
#include "correlate/correlate.h"
#include "correlate/figures/figures.h"
#include "correlate/money/payments.h"
#include "correlate/money/rates.h"
#include "correlate/persons/email_identity.h"
#include "correlate/persons/identifiers.h"
#include "correlate/persons/never.h"
#include "correlate/persons/persons.h"
#include "correlate/persons/weak.h"

/* Zeroed is empty. */
struct identity_read {
	struct identifiers rules[LINK_RULES];  /* arranged, with marks; of values see
						* identity_sift_run() */
	struct identifiers outputs;     /* TXID:n of payments that name it; arranged */
	uint32_t *alone[LINK_RULES];    /* by slot: other values; NULL: none */
	struct text_lists logins;       /* what accounts are called, by key; settled */
	struct text_lists emails;
	struct payments payments;
};

struct identity_read_given {
	struct casefile *casefile;
	const struct observer *observer;
	const struct persons *persons;
	const struct rates *rates;
	const struct weak_list *weak;
	const struct email_providers *providers;
	const struct never *never;
	struct remark_writer *remarks;
	struct spill *spill;       /* of what does not fit */
	uint64_t memory;           /* these bytes */
	const struct source_absent *absent;    /* words that are no value */
	struct figures *accounts;  /* by slot: to these go their payments */
	bool keep_duplicates;      /* payments that are there again count as well */
	unsigned threads;
};

/* The marks of values: of LINK_PHONE see weak_list_phone(), and: */
enum identity_mark {
	MARK_NO_NUMBER = 1 << WEAK_PHONES_MOST,    /* it has no E.164: in no figure */
	MARK_FOLDED = 1,           /* of LINK_EMAIL: written otherwise than it is compared */
	MARK_NO_OUTPUT = 1         /* of LINK_TXID: a payment names no output */
};

/* Takes what there is. Call identity_read_release() also after a failure. */
enum status identity_read_run(struct identity_read *identities, const struct identity_read_given *given);
/* Lets the rules go, which are not needed once links are written and counted. */
void identity_read_release_rules(struct identity_read *identities);
void identity_read_release(struct identity_read *identities);

#endif
