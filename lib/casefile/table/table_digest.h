/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a table that grows source by source, taken as its rows are
 * written, so that a seal need not read them again. */
#ifndef UNSPOOF_CASEFILE_TABLE_TABLE_DIGEST_H
#define UNSPOOF_CASEFILE_TABLE_TABLE_DIGEST_H

#include <stdbool.h>

#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/table/digest_feed.h"
#include "casefile/table/row_buffer.h"

/* Of a case, which frees it. */
struct growth {
	const char *table;         /* lasts */
	struct feed feed;
	bool whole;                /* of all rows there are, and committed */
	char hex[DIGEST_HEX];
	struct growth *next;
};

/* To add rows to a table: its digest, which is not whole until growth_keep(). NULL
 * in *growth: there is none, for it has rows that were in none. */
enum status growth_begin(struct casefile *casefile, const char *table,
			 struct growth **growth);
/* Rows with all their columns, in order of the key; on any thread. NULL is safe. */
void growth_add(struct growth *growth, const struct newrows *rows);
/* All that was added is in the table, and committed. Not to be called when less
 * is, or the table was written otherwise: then there is no digest. NULL is safe. */
void growth_keep(struct growth *growth);

/* The digest of the table; NULL: there is none. */
const char *growth_hex(struct growth *growths, const char *table);
void growth_release(struct growth *growths);

#endif
