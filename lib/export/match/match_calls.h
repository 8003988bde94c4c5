/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers of a watch-list among all calls. */
#ifndef UNSPOOF_EXPORT_MATCH_MATCH_CALLS_H
#define UNSPOOF_EXPORT_MATCH_MATCH_CALLS_H

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "export/match/match_hits.h"
#include "export/match/match_tables.h"

struct match_calls_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct match_index *index;
	const struct match_accounts *accounts;
	unsigned threads;                  /* 1 to PIPELINE_WORKERS */
	struct match_hits *hits;           /* are added to */
};

/* One pass over the calls, on several threads, for the accounts, the numbers presented and dialled, and the IP
 * addresses that are sought; none where nothing of a call is. Rows of legs and duplicates are searched too.
 * STATUS_INTEGRITY: a segment is damaged, or names what the case has not; STATUS_FAILED; STATUS_INTERRUPTED. */
enum status match_calls_run(const struct match_calls_given *given);

#endif
