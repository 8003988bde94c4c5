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

bool seam_open(struct seam *seam, const struct plan *plan,
	       const struct reader *reader, bool header_due, size_t size)
{
	/* What is unread is a block, or of those parsed again a record. */
	const size_t most = size > READER_RECORD_MOST ? size : READER_RECORD_MOST;

	memset(seam, 0, sizeof(*seam));
	seam->line = reader->line;
	seam->offset = reader->offset;
	seam->header_due = header_due;
	seam->bytes = memory_array(NULL, most + size + READER_BEHIND, 1);
	return rowparser_open(&seam->parser, plan) && seam->bytes;
}

void seam_close(struct seam *seam)
{
	rowparser_release(&seam->parser);
	free(seam->bytes);
	memset(seam, 0, sizeof(*seam));
}

/* Parses what is unread and the block. */
static bool parse_again(struct seam *seam, const struct block *block,
			struct rowbatch *batch)
{
	struct reader *reader = &seam->parser.reader;
	struct text rest;
	bool good;

	memcpy(seam->bytes + seam->len, block->bytes, block->len);
	rowbatch_clear(batch);
	if (batch->calls)
		batch->calls->rows.count = 0;
	seam->parser.header_due = seam->header_due;
	if (reader->long_length == 0)
		reader_place(reader, seam->offset, 0);
	reader->line = 0;
	good = rowparser_text(&seam->parser, seam->bytes, seam->len + block->len,
			      block->last, batch);
	rest = reader_ahead(reader);
	memmove(seam->bytes, rest.data, rest.len);
	seam->len = rest.len;
	return good;
}

/* The block was parsed from the right place; what is unread of it stays. */
static void keep_rest(struct seam *seam, const struct block *block,
		      const struct rowbatch *batch)
{
	const size_t used = (size_t)(batch->offset - block->offset);

	seam->len = block->len - used;
	memcpy(seam->bytes, block->bytes + used, seam->len);
}

bool seam_join(struct seam *seam, const struct block *block,
	       struct rowbatch *batch, struct rowparser **parser)
{
	bool good = true;

	if (seam->len > 0 || seam->parser.reader.long_length > 0 ||
	    (seam->header_due && !block->first)) {
		good = parse_again(seam, block, batch);
		*parser = &seam->parser;
	} else {
		keep_rest(seam, block, batch);
	}
	/* Whoever joins the next block may be another. */
	rowparser_hand_over(&seam->parser);
	rowbatch_move(batch, seam->line);
	seam->line = batch->line;
	seam->offset = batch->offset;
	seam->header_due = batch->header_due;
	return good;
}
