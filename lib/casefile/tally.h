/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a table that grows source by source, taken as its rows are
 * written, so that a seal need not read them again. */
#ifndef UNSPOOF_CASEFILE_TALLY_H
#define UNSPOOF_CASEFILE_TALLY_H

#include <stdbool.h>

#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/feed.h"
#include "casefile/newrows.h"

/* Of a case, which frees it. */
struct tally {
	const char *table;         /* lasts */
	struct feed feed;
	bool whole;                /* of all rows there are, and committed */
	char hex[DIGEST_HEX];
	struct tally *next;
};

/* To add rows to a table: its tally, which is not whole until tally_keep(). NULL
 * in *tally: there is none, for it has rows that were in none. */
enum status tally_begin(struct casefile *casefile, const char *table,
			struct tally **tally);
/* Rows with all their columns, in order of the key; on any thread. NULL is safe. */
void tally_add(struct tally *tally, const struct newrows *rows);
/* All that was added is in the table, and committed. Not to be called when less
 * is, or the table was written otherwise: then there is no digest. NULL is safe. */
void tally_keep(struct tally *tally);

/* The digest of the table; NULL: there is none. */
const char *tally_digest(struct tally *tallies, const char *table);
void tally_release(struct tally *tallies);

#endif
