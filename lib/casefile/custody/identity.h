/* SPDX-License-Identifier: Apache-2.0 */
/* What a case is to others: its reference, its digest, the ends of its chain of runs. */
#ifndef UNSPOOF_CASEFILE_CUSTODY_IDENTITY_H
#define UNSPOOF_CASEFILE_CUSTODY_IDENTITY_H

#include <stdint.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/custody/reference.h"

/* A run by its id and its hash; id 0: there is none. */
struct identity_run {
	int64_t id;
	char hash[DIGEST_HEX];
};

/* Reference and digest are the same for all who do the same with the same files; hashes
 * of runs are not, for runs have times. */
struct identity {
	char reference[REFERENCE_ROOM];    /* empty: none */
	char digest[DIGEST_HEX];           /* empty: none yet */
	struct identity_run first;          /* by whose hash the case is known */
	struct identity_run head;           /* the newest, the head of the chain */
};

/* Reads what is stored; whether it is so verify says. */
enum status identity_read(struct casefile *casefile, struct identity *identity);
/* The last run that left a seal of a layer. */
enum status identity_maker(struct casefile *casefile, enum layer layer,
			  struct identity_run *run);

/* Adds `case REF` and `digest DIGEST` with something between, as ", "; a screen has two
 * lines. What there is not is said to be none. Safe for a terminal, and the same for all
 * who do the same. */
void identity_text(const struct identity *identity, const char *between, struct buf *out);

#endif
