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
struct table_digest {
	const char *table;         /* lasts */
	struct digest_feed feed;
	bool whole;                /* of all rows there are, and committed */
	char hex[DIGEST_HEX];
	struct table_digest *next;
};

/* To add rows to a table: its digest, which is not whole until table_digest_keep(). NULL
 * in *table_digest: there is none, for it has rows that were in none. */
enum status table_digest_begin(struct casefile *casefile, const char *table,
			       struct table_digest **table_digest);
/* Rows with all their columns, in order of the key; on any thread. NULL is safe. */
void table_digest_add(struct table_digest *table_digest, const struct row_buffer *rows);
/* All that was added is in the table, and committed. Not to be called when less
 * is, or the table was written otherwise: then there is no digest. NULL is safe. */
void table_digest_keep(struct table_digest *table_digest);

/* The digest of the table; NULL: there is none. */
const char *table_digest_hex(struct table_digest *table_digests, const char *table);
/* The tables were written otherwise: from here on there is none. */
void table_digest_forget(struct table_digest *table_digests);
void table_digest_release(struct table_digest *table_digests);

#endif
