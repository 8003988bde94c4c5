/* SPDX-License-Identifier: Apache-2.0 */
/* The accounts and suspects that a user names. */
#ifndef UNSPOOF_EXPORT_SHOW_FIND_THING_H
#define UNSPOOF_EXPORT_SHOW_FIND_THING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"

/* *key: account_key.id of ACCOUNT or SERVICE/ACCOUNT. STATUS_USAGE: several services have it; STATUS_FAILED: there is none,
 * and the error has the one that is written most like it. */
enum status find_account(struct casefile *casefile, const char *id, int64_t *key);
/* The same, but STATUS_END, and no error, where there is none. */
enum status find_account_there(struct casefile *casefile, const char *id, int64_t *key);

/* Whether it is written as a suspect is: S and a number. */
bool is_suspect_id(const char *id);
/* *number: of S1, s1 or 1. STATUS_USAGE: it is written otherwise; STATUS_FAILED: there is none. Needs conclusions. */
enum status find_suspect(struct casefile *casefile, const char *id, int64_t *number);

/* *number: in E.164, given so or as it is written in a region, NULL: in those of the sources; whether or not the case has
 * it. STATUS_USAGE: it is none, or several. */
enum status find_number(struct casefile *casefile, const char *id, const char *region, int64_t *number);

/* STATUS_USAGE: what a user gave is no such thing, and which form it has. */
enum status find_bad_id(struct casefile *casefile, const char *what, const char *id, const char *form);
/* STATUS_FAILED: there is no such thing in the case. */
enum status find_absent(struct casefile *casefile, const char *what, const char *id);

#endif
