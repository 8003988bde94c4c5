/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks that were parsed on their own, joined in order. */
#include "ingest/parse/resync.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/*
 * At the start of a record a reader has no state but its place, so what was
 * parsed of a block holds if all before it was read to where the block begins.
 * What is unread of it then, within quotes or a line that is too long, is put
 * before the next block.
 */

bool resync_open(struct resync *resync, const struct plan *plan,
	       const struct reader *reader, bool header_due, size_t size)
{
	/* What is unread is a block, or of those parsed again a record. */
	const size_t most = size > READER_RECORD_MOST ? size : READER_RECORD_MOST;

	memset(resync, 0, sizeof(*resync));
	resync->line = reader->line;
	resync->offset = reader->offset;
	resync->header_due = header_due;
	resync->bytes = memory_array(NULL, most + size + READER_BEHIND, 1);
	return row_sink_open(&resync->parser, plan) && resync->bytes;
}

void resync_close(struct resync *resync)
{
	row_sink_release(&resync->parser);
	free(resync->bytes);
	memset(resync, 0, sizeof(*resync));
}

/* Parses what is unread and the block. */
static bool parse_again(struct resync *resync, const struct block *block,
			struct batch *batch)
{
	struct reader *reader = &resync->parser.reader;
	struct text rest;
	bool good;

	memcpy(resync->bytes + resync->len, block->bytes, block->len);
	batch_clear(batch);
	if (batch->calls)
		batch->calls->rows.count = 0;
	resync->parser.header_due = resync->header_due;
	if (reader->long_length == 0)
		reader_place(reader, resync->offset, 0);
	reader->line = 0;
	good = row_sink_text(&resync->parser, resync->bytes, resync->len + block->len,
			      block->last, batch);
	rest = reader_ahead(reader);
	memmove(resync->bytes, rest.data, rest.len);
	resync->len = rest.len;
	return good;
}

/* The block was parsed from the right place; what is unread of it stays. */
static void keep_rest(struct resync *resync, const struct block *block,
		      const struct batch *batch)
{
	const size_t used = (size_t)(batch->offset - block->offset);

	resync->len = block->len - used;
	memcpy(resync->bytes, block->bytes + used, resync->len);
}

bool resync_join(struct resync *resync, const struct block *block,
	       struct batch *batch, struct row_sink **parser)
{
	bool good = true;

	if (resync->len > 0 || resync->parser.reader.long_length > 0 ||
	    (resync->header_due && !block->first)) {
		good = parse_again(resync, block, batch);
		*parser = &resync->parser;
	} else {
		keep_rest(resync, block, batch);
	}
	batch_move(batch, resync->line);
	resync->line = batch->line;
	resync->offset = batch->offset;
	resync->header_due = batch->header_due;
	return good;
}
