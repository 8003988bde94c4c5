/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks that were parsed on their own, joined in order: one that turns out not to
 * have begun where a record does is parsed again from where it does. */
#ifndef UNSPOOF_INGEST_PARSE_RESYNC_H
#define UNSPOOF_INGEST_PARSE_RESYNC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/format/format.h"
#include "ingest/parse/batch.h"
#include "ingest/parse/row/sinks.h"

/* Members are the module's own. Zeroed is closed. */
struct resync {
	const struct layout *layout;
	const struct format *format;
	struct parser *parser;  /* NULL: nothing was parsed again yet */
	struct sinks sinks;
	char *bytes;            /* what is unread of the blocks so far; NULL: nothing ever was */
	size_t len, capacity;
	size_t usual;           /* the capacity without a long record */
	size_t most;            /* of what may be unread */
	uint64_t line, offset;  /* of the next record */
	uint64_t place;         /* its offset in bytes of the member: see struct block */
	struct buf state;       /* there */
};

/* For blocks of up to size bytes, from a place of a layout, which outlives it. */
void resync_open(struct resync *resync, const struct layout *layout, uint64_t line,
		 uint64_t offset, size_t size);
void resync_close(struct resync *resync);

/* Parses a block, whose stream has a plan, into a batch that is begun for it; lines
 * count from the block. False: no memory. */
bool resync_parse(const struct format *format, struct parser *parser,
		  struct row_sink *sink, const struct block *block,
		  struct batch *batch);

/* Brings a batch, the next block as resync_parse() left it, to its place in the member.
 * *sink, which is to code what was left uncoded, is another where it was parsed again.
 * False: no memory, or more is unread than may be. */
bool resync_join(struct resync *resync, const struct block *block,
		 struct batch *batch, struct row_sink **sink);

#endif
