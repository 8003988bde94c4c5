/* SPDX-License-Identifier: Apache-2.0 */
/* Where the rows of the small kinds go: their tables, and what is said of them. */
#ifndef UNSPOOF_NORMALISE_ROWS_ROW_STORE_H
#define UNSPOOF_NORMALISE_ROWS_ROW_STORE_H

#include "base/digest/digest.h"
#include "casefile/sql.h"
#include "casefile/table/bulk_put.h"
#include "casefile/table/digest_feed.h"
#include "normalise/notes.h"
#include "normalise/rows/row_block.h"

struct row_store {
	struct casefile *casefile;
	struct notes *notes;
	struct bulk_put put;       /* for the rows stored last */
	enum kind put_kind;
	sqlite3_stmt *place;       /* where one of them stands; NULL: not asked yet */
	struct digest *digests[KIND_COUNT];   /* of the rows of each */
	struct digest_feed feed;   /* into one of them */
	uint64_t count;            /* of rows stored */
};

/* Close also after a failure. */
enum status row_store_open(struct row_store *store, struct casefile *casefile,
			   struct notes *notes);
void row_store_close(struct row_store *store);

/* Adds the rows of a block, in order, to the digest of their table: on any thread,
 * one at a time, while others are put. */
void row_store_feed(struct row_store *store, const struct row_block *block);
/* Stores the rows of a block, and sets aside those that are to be; on the thread of
 * the case. What a row says of its source is added there. */
enum status row_store_put(struct row_store *store, const struct row_block *block);
/* What was stored need not be read again for the seal. */
enum status row_store_end(struct row_store *store);

#endif
