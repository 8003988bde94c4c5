/* SPDX-License-Identifier: Apache-2.0 */
/* The IP addresses that calls came from: what accounts share of them. */
#ifndef UNSPOOF_CORRELATE_CALLS_CALL_IPS_H
#define UNSPOOF_CORRELATE_CALLS_CALL_IPS_H

#include <stdint.h>

#include "base/observer.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/record/remark.h"
#include "casefile/record/source_absent.h"
#include "correlate/persons/identity_sift.h"
#include "correlate/persons/persons.h"

/* Longer texts are no IP address, nor one with a port and a zone (bytes). */
#define CALL_IP_MOST 64

struct call_ips_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct persons *persons;
	const struct source_absent *absent;    /* words that are no value */
	struct spill *spill;
	uint64_t memory;               /* bytes that tables may take */
	struct remark_writer *remarks; /* what is too long is said there */
	unsigned threads;              /* 1 to PIPELINE_WORKERS */
	struct identity_sift *sift;    /* all are noted, each account's first row */
};

/* One pass over the calls, if any has an address. STATUS_INTEGRITY: a segment is
 * damaged; STATUS_FAILED: no memory, see spill_failed(), and what the case file fails
 * with; STATUS_INTERRUPTED. */
enum status call_ips_run(const struct call_ips_given *given);

#endif
