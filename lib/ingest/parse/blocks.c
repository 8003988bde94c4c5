/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a member in blocks, cut as its format says. */
#include "ingest/parse/blocks.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/encoding/encoding.h"

bool blocks_open(struct blocks *blocks, struct layout *layout, struct dump *dump,
		 uint64_t offset, size_t size)
{
	memset(blocks, 0, sizeof(*blocks));
	blocks->layout = layout;
	blocks->dump = dump;
	blocks->offset = blocks->place = offset;
	blocks->size = size;
	blocks->rest = memory_array(NULL, size, 1);
	return blocks->rest != NULL;
}

void blocks_close(struct blocks *blocks)
{
	free(blocks->rest);
	memset(blocks, 0, sizeof(*blocks));
}

/* Fills a window in the block with what is left and what follows it. */
static enum status fill(struct blocks *blocks, const struct block *block,
			struct text *window, struct error *error)
{
	size_t len = blocks->rest_to - blocks->rest_from;
	size_t got = 1;
	enum status status = STATUS_OK;

	if (len)
		memcpy(block->bytes, blocks->rest + blocks->rest_from, len);
	blocks->rest_from = blocks->rest_to = 0;
	while (status == STATUS_OK && got > 0 && len < blocks->size) {
		const size_t room = blocks->size - len;

		/* No more than a trail may take at a time. */
		status = dump_read(blocks->dump, block->bytes + len,
				   room < TRAIL_STEP ? room : TRAIL_STEP, &got,
				   error);
		len += got;
	}
	blocks->ended = got == 0;
	window->data = block->bytes;
	window->len = len;
	return status;
}

static enum status split(struct blocks *blocks, struct block *block,
			 struct text window, bool last, struct error *error)
{
	const struct format *format = blocks->layout->format;
	enum status status;

	block->stream = NULL;
	block->len = 0;
	block->within = false;
	block->first = !blocks->begun;
	buf_clear(&block->state);
	status = format->split(blocks->layout, window, last, block, error);
	/* One without a cut is as it comes. */
	if (block->len == 0 || block->len > window.len)
		block->len = window.len;
	if (status == STATUS_OK && block->state.failed)
		return error_memory(error);
	return status;
}

/* What the window has behind the block is for the next. */
static void keep_rest(struct blocks *blocks, const struct block *block,
		      struct text window)
{
	if (window.data == block->bytes) {
		blocks->rest_to = window.len - block->len;
		memcpy(blocks->rest, block->bytes + block->len, blocks->rest_to);
	} else {
		memcpy(block->bytes, window.data, block->len);
		blocks->rest_from += block->len;
	}
}

enum status blocks_next(struct blocks *blocks, struct block *block,
			struct error *error)
{
	struct text window = { blocks->rest + blocks->rest_from,
			       blocks->rest_to - blocks->rest_from };
	enum status status = STATUS_OK;

	/* Small blocks are cut off what is there, so that it is not moved for each. */
	if (2 * window.len < blocks->size && !blocks->ended)
		status = fill(blocks, block, &window, error);
	if (status == STATUS_OK)
		status = split(blocks, block, window, blocks->ended, error);
	if (status != STATUS_OK)
		return status;
	keep_rest(blocks, block, window);
	block->last = blocks->ended && block->len == window.len;
	block->offset = blocks->offset;
	block->encoding = dump_encoding(blocks->dump);
	block->place = block->before = blocks->place;
	block->starts = blocks->offset;
	block->done = dump_done(blocks->dump);
	block->goes_on = false;
	blocks->begun = true;
	blocks->offset += block->len;
	blocks->place += block->encoding ? encoding_bytes(block->encoding, block->bytes, block->len)
					 : block->len;
	return STATUS_OK;
}
