/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks that were parsed on their own, joined in order: one that turns out not to
 * have begun where a record does is parsed again from where it does. */
#ifndef UNSPOOF_INGEST_PARSE_RESYNC_H
#define UNSPOOF_INGEST_PARSE_RESYNC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/parse/batch.h"
#include "ingest/parse/blocks.h"
#include "ingest/parse/row_sink.h"

/* Members are the module's own. Zeroed is closed. */
struct resync {
	struct row_sink parser;
	char *bytes;            /* what is unread of the blocks so far */
	size_t len;
	uint64_t line, offset;  /* of the next record */
	bool header_due;        /* the header is still to come */
};

/* For blocks of up to size bytes, from where a reader stands. False: no memory;
 * close it all the same. */
bool resync_open(struct resync *resync, const struct plan *plan,
	       const struct reader *reader, bool header_due, size_t size);
void resync_close(struct resync *resync);

/* Brings a batch, the next block as it was parsed with header_due where it is the
 * first, to its place in the member. *parser, which is to code what was left
 * uncoded, is another where it was parsed again. False: no memory. */
bool resync_join(struct resync *resync, const struct block *block,
	       struct batch *batch, struct row_sink **parser);

#endif
