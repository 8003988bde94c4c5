/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts by service and name: the ids that all understood rows use. */
#ifndef UNSPOOF_NORMALISE_KEYS_H
#define UNSPOOF_NORMALISE_KEYS_H

#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "casefile/casefile.h"

struct keys {
	struct dictionary names;   /* service, NUL, account */
	struct buf scratch;
};

void keys_release(struct keys *keys);
/* The id of an account, from 1; 0 for an empty one, -1: out of memory. Blanks
 * around the name do not count. */
int64_t keys_add(struct keys *keys, const char *service, struct text account);
/* What a dictionary of accounts has for one, in scratch: service, NUL, account.
 * data NULL: it is empty, or, when scratch says so, there is no memory. */
struct text keys_name(struct buf *scratch, const char *service, struct text account);
/* Writes table account_key. */
enum status keys_store(const struct keys *keys, struct casefile *casefile,
		       unsigned threads);

#endif
