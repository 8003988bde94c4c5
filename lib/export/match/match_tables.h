/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers of a watch-list among the rows of all kinds but calls. */
#ifndef UNSPOOF_EXPORT_MATCH_MATCH_TABLES_H
#define UNSPOOF_EXPORT_MATCH_MATCH_TABLES_H

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "export/match/match_hits.h"
#include "export/match/match_index.h"

/* Adds the hits of each role from MATCH_ROLE_TABLES on. What the functions of SQL need is registered.
 * STATUS_INTERRUPTED, or what the case fails with. */
enum status match_tables_run(struct casefile *casefile, const struct observer *observer, const struct match_index *index,
			     struct match_hits *hits);

/* By account_key.id, up to the largest, the first node of its account, or of SERVICE/ACCOUNT. */
struct match_accounts {
	uint32_t *named, *served;
	int64_t most;              /* the largest id */
	bool any;                  /* one of them is sought */
};

/* Release also after a failure. */
enum status match_accounts_load(struct match_accounts *accounts, struct casefile *casefile, const struct match_index *index);
void match_accounts_release(struct match_accounts *accounts);

#endif
