/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks that were parsed on their own, joined in order. */
#include "ingest/parse/resync.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/encoding/places.h"

/*
 * At the start of a record a parser has no state but its place and what the format
 * calls its state, so what was parsed of a block holds if all before it was read to
 * where the block begins. What is unread of it then, within quotes or a line that is
 * too long, is put before the next block.
 */

void resync_open(struct resync *resync, const struct layout *layout, uint64_t line,
		 uint64_t offset, size_t size)
{
	memset(resync, 0, sizeof(*resync));
	/* What is unread is a block, or of those parsed again a record, which is seldom
	 * as long as it may be. */
	resync->most = size > BLOCK_UNREAD ? size : BLOCK_UNREAD;
	resync->usual = resync->capacity = 2 * size + BLOCK_BEHIND;
	resync->layout = layout;
	resync->format = layout->format;
	resync->line = line;
	resync->offset = resync->place = offset;
}

/* What no block needs so far most members never do. */
static bool open_room(struct resync *resync)
{
	if (!resync->bytes)
		resync->bytes = memory_array(NULL, resync->capacity, 1);
	return resync->bytes != NULL;
}

static bool open_parser(struct resync *resync)
{
	if (!resync->parser)
		resync->parser = resync->format->parser_new(resync->layout);
	return resync->parser != NULL;
}

static bool is_held(const struct resync *resync)
{
	return resync->parser && resync->parser->held;
}

void resync_close(struct resync *resync)
{
	if (resync->parser)
		resync->format->parser_free(resync->parser);
	sinks_release(&resync->sinks);
	buf_release(&resync->state);
	free(resync->bytes);
	memset(resync, 0, sizeof(*resync));
}

bool resync_parse(const struct format *format, struct parser *parser,
		  struct row_sink *sink, const struct block *block,
		  struct batch *batch)
{
	const struct text state = buf_view(&block->state);
	struct places places = { .encoding = block->encoding, .bytes = { block->bytes, block->len },
				 .offset = block->starts, .place = block->place, .before = block->before };
	bool good;

	batch->member = block->number;
	buf_add(&batch->state, state.data, state.len);
	/* A format would take a state that is not there for another one. */
	if (batch->state.failed)
		return false;
	if (sink)
		row_sink_begin(sink, batch, &places);
	good = format->parse(parser, block, sink, &batch->state);
	batch->line = parser->lines;
	batch->offset = parser->offset;
	batch->place = places_of(&places, parser->offset);
	if (sink)
		sink->places = NULL;
	return good && !(sink && sink->failed) && !batch_failed(batch);
}

static bool resize(struct resync *resync, size_t capacity)
{
	char *bytes = memory_array(resync->bytes, capacity, 1);

	if (!bytes)
		return false;
	resync->bytes = bytes;
	resync->capacity = capacity;
	return true;
}

/* Puts a block behind what is unread. False: no memory. */
static bool append(struct resync *resync, const struct block *block)
{
	const size_t needed = resync->len + block->len + BLOCK_BEHIND;

	if (!open_room(resync))
		return false;
	if (needed > resync->capacity && !resize(resync, needed + resync->len / 2))
		return false;
	memcpy(resync->bytes + resync->len, block->bytes, block->len);
	return true;
}

/* Behind a long record memory is as it was. */
static void shrink(struct resync *resync)
{
	if (resync->capacity > resync->usual &&
	    resync->len <= resync->usual - BLOCK_BEHIND)
		(void)resize(resync, resync->usual);
}

/* Starts the batch of a block over, for its rows are others. */
static bool begin_again(struct resync *resync, const struct block *block,
			struct batch *batch, struct row_sink **sink)
{
	batch_begin(batch, block->stream);
	if (batch->calls)
		batch->calls->rows.count = 0;
	*sink = NULL;
	if (block->stream->plan)
		*sink = sinks_of(&resync->sinks, block->stream);
	return *sink || !block->stream->plan;
}

/* Whether there is nothing to find yet in what is unread and the block: so a long
 * record is not gone over again for each of its blocks. */
static bool is_within(const struct resync *resync, const struct block *block)
{
	return block->within && !block->last && resync->len > 0 &&
	       !is_held(resync) && resync->len + block->len <= resync->most;
}

/* Leaves all of a block unread. */
static bool put_off(struct resync *resync, const struct block *block,
		    struct batch *batch, struct row_sink **sink)
{
	const struct text state = buf_view(&resync->state);

	if (!append(resync, block) || !begin_again(resync, block, batch, sink))
		return false;
	resync->len += block->len;
	buf_add(&batch->state, state.data, state.len);
	batch->line = 0;
	batch->offset = resync->offset;
	batch->place = resync->place;
	return !batch->state.failed;
}

/* Parses what is unread and the block, which was put behind it. */
static bool parse_both(struct resync *resync, const struct block *block,
		       struct batch *batch, struct row_sink *sink)
{
	struct block both = {
		.bytes = resync->bytes, .len = resync->len + block->len,
		.offset = resync->offset, .first = block->first,
		.last = block->last, .goes_on = true, .within = block->within,
		.stream = block->stream,
		.state = resync->state, .number = block->number,
		/* What the parser holds began before its bytes. */
		.encoding = block->encoding, .starts = block->offset - resync->len,
		.place = resync->len > 0 ? resync->place : block->place, .before = resync->place,
	};
	const struct parser *parser = resync->parser;

	if (!resync_parse(resync->format, resync->parser, sink, &both, batch) ||
	    parser->unread > resync->most || parser->unread > both.len)
		return false;
	memmove(resync->bytes, resync->bytes + both.len - parser->unread,
		parser->unread);
	resync->len = parser->unread;
	shrink(resync);
	return true;
}

static bool parse_again(struct resync *resync, const struct block *block,
			struct batch *batch, struct row_sink **sink)
{
	return open_parser(resync) && append(resync, block) && begin_again(resync, block, batch, sink) &&
	       parse_both(resync, block, batch, *sink);
}

/* The block was parsed from the right place; what is unread of it stays. */
static bool keep_rest(struct resync *resync, const struct block *block,
		      const struct batch *batch)
{
	const uint64_t used = batch->offset - block->offset;

	if (used > block->len)
		return false;
	resync->len = block->len - (size_t)used;
	if (resync->len == 0)
		return true;
	if (!open_room(resync))
		return false;
	memcpy(resync->bytes, block->bytes + used, resync->len);
	return true;
}

static bool is_off(const struct resync *resync, const struct block *block)
{
	return block->stream &&
	       (resync->len > 0 || is_held(resync) ||
		(resync->format->parse_tells && !block->first &&
		 !text_equal(buf_view(&resync->state), buf_view(&block->state))));
}

/* Whoever joins the next block may be another. */
static void hand_over(struct resync *resync)
{
	if (resync->parser && resync->format->parser_hand_over)
		resync->format->parser_hand_over(resync->parser);
	sinks_hand_over(&resync->sinks);
}

bool resync_join(struct resync *resync, const struct block *block,
		 struct batch *batch, struct row_sink **sink)
{
	struct text state;
	bool good;

	if (!is_off(resync, block))
		good = keep_rest(resync, block, batch);
	else if (is_within(resync, block))
		good = put_off(resync, block, batch, sink);
	else
		good = parse_again(resync, block, batch, sink);
	hand_over(resync);
	batch_move(batch, resync->line);
	resync->line = batch->line;
	resync->offset = batch->offset;
	resync->place = batch->place;
	/* From here on it is of the member. */
	batch->offset = batch->place;
	state = buf_view(&batch->state);
	buf_clear(&resync->state);
	buf_add(&resync->state, state.data, state.len);
	return good && !resync->state.failed;
}
