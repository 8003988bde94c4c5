/* SPDX-License-Identifier: Apache-2.0 */
/* Which accounts, as understood, calls have that name one so: what the filters of segments know. */
#ifndef UNSPOOF_CASEFILE_SQLITE_TEXT_CALL_ACCOUNT_H
#define UNSPOOF_CASEFILE_SQLITE_TEXT_CALL_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/sqlite/text/call_text.h"

/* Settles the accounts of a condition on CALL_ACCOUNT, in a case that is understood. */
enum status call_account_settle(struct call_text *text, struct casefile *casefile);

/* Whether the calls of a source that have one of the texts all have one of the keys. */
bool call_account_is_sure(const struct call_text *text, int64_t source);

#endif
