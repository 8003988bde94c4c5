/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts spent. */
#ifndef UNSPOOF_CORRELATE_PAYMENTS_H
#define UNSPOOF_CORRELATE_PAYMENTS_H

#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/party.h"
#include "correlate/people.h"
#include "correlate/rates.h"

/* Converts each confirmed payment, writes table payment_value, and adds to the
 * spend and payments of accounts, one a slot. */
enum status payments_gather(struct casefile *casefile,
			    const struct rates *rates,
			    const struct people *people, struct party *accounts,
			    unsigned threads);

#endif
