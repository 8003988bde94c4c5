/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a member in blocks that end where lines do. */
#include "ingest/parse/blocks.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool blocks_open(struct blocks *blocks, const struct reader *reader,
		 struct dump *dump, size_t size)
{
	memset(blocks, 0, sizeof(*blocks));
	blocks->dump = dump;
	blocks->ahead = reader_ahead(reader);
	blocks->ended = reader->ended;
	blocks->offset = reader->offset;
	blocks->size = size;
	blocks->rest = memory_array(NULL, size, 1);
	return blocks->rest != NULL;
}

void blocks_close(struct blocks *blocks)
{
	free(blocks->rest);
	memset(blocks, 0, sizeof(*blocks));
}

/* Some more bytes; *got 0: there are none. */
static enum status read_some(struct blocks *blocks, char *to, size_t size,
			     size_t *got, struct error *error)
{
	struct text *ahead = &blocks->ahead;
	enum status status = STATUS_OK;

	*got = size < ahead->len ? size : ahead->len;
	if (*got > 0) {
		memcpy(to, ahead->data, *got);
		ahead->data += *got;
		ahead->len -= *got;
	} else if (!blocks->ended) {
		/* No more than a trail may take at a time. */
		status = dump_read(blocks->dump, to,
				   size < TRAIL_STEP ? size : TRAIL_STEP, got,
				   error);
		blocks->ended = status == STATUS_OK && *got == 0;
	}
	return status;
}

static enum status fill(struct blocks *blocks, struct block *block,
			struct error *error)
{
	enum status status = STATUS_OK;
	size_t got = 1;

	if (blocks->rest_len)
		memcpy(block->bytes, blocks->rest, blocks->rest_len);
	block->len = blocks->rest_len;
	blocks->rest_len = 0;
	while (status == STATUS_OK && got > 0 && block->len < blocks->size) {
		status = read_some(blocks, block->bytes + block->len,
				   blocks->size - block->len, &got, error);
		block->len += got;
	}
	return status;
}

static const char *find_last(const char *bytes, size_t len, char byte)
{
	while (len > 0 && bytes[len - 1] != byte)
		len--;
	return len > 0 ? bytes + len - 1 : NULL;
}

/* Keeps what stands behind the last line end for the next block. A CR at the end
 * may have an LF behind it. */
static void cut(struct blocks *blocks, struct block *block)
{
	const char *end = find_last(block->bytes, block->len, '\n');

	if (!end && block->len > 0)
		end = find_last(block->bytes, block->len - 1, '\r');
	if (!end)
		return;
	blocks->rest_len = (size_t)(block->bytes + block->len - (end + 1));
	block->len -= blocks->rest_len;
	memcpy(blocks->rest, end + 1, blocks->rest_len);
}

enum status blocks_next(struct blocks *blocks, struct block *block,
			struct error *error)
{
	enum status status = fill(blocks, block, error);

	if (status != STATUS_OK)
		return status;
	block->first = !blocks->begun;
	block->last = block->len < blocks->size;
	block->offset = blocks->offset;
	block->done = dump_done(blocks->dump);
	if (!block->last)
		cut(blocks, block);
	blocks->begun = true;
	blocks->offset += block->len;
	return STATUS_OK;
}
