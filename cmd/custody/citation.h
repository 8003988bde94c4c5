/* SPDX-License-Identifier: Apache-2.0 */
/* What a case is, as commands are told it and say it. */
#ifndef UNSPOOF_CMD_CUSTODY_CITATION_H
#define UNSPOOF_CMD_CUSTODY_CITATION_H

#include "casefile/custody/identity.h"
#include "cmd/common/command.h"

/* Whether what --NAME gives (NULL: nothing) is a reference; STATUS_USAGE, said. */
enum status identity_check(const struct invocation *inv, const char *name, const char *given);

/* *anew: the case is given a reference (NULL: none) that it has not. Another than it has is
 * STATUS_FAILED, said, as every failure. */
enum status identity_compare(const struct invocation *inv, struct casefile *casefile, const char *given, bool *anew);

/* What an output cites. */
struct citation {
	struct identity identity;
	const char *table;              /* NULL: no table */
	struct identity_run maker;       /* of its rows; id 0: no run */
};

/* Says `unspoof COMMAND: case REF, digest DIGEST; table TABLE of run N (HASH)` as a notice. */
void identity_cite(const struct invocation *inv, const struct citation *citation);

/* Prints on standard output `case REF` and `digest DIGEST`, a line each. Says what fails. */
enum status identity_print(struct invocation *inv, struct casefile *casefile);

#endif
