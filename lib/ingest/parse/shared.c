/* SPDX-License-Identifier: Apache-2.0 */
/* Segments that go on from one member to the next. */
#include "ingest/parse/shared.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool parse_shared_open(struct parse_shared *shared, const struct forms *forms)
{
	memset(shared, 0, sizeof(*shared));
	if (!segment_pool_open(&shared->pool) ||
	    !segment_fill_open(&shared->segments, &shared->pool, forms))
		return false;
	shared->column =
		memory_array(NULL, SEGMENT_ROWS, sizeof(*shared->column));
	return shared->column != NULL;
}

static void forget_parser(struct parse_shared *shared)
{
	if (shared->parser)
		shared->layout->format->parser_free(shared->parser);
	shared->parser = NULL;
}

struct parser *parse_shared_parser(struct parse_shared *shared, const struct layout *layout)
{
	struct parser *parser = shared->layout == layout ? shared->parser : NULL;

	if (parser)
		shared->parser = NULL;
	else
		forget_parser(shared);
	return parser;
}

void parse_shared_keep(struct parse_shared *shared, const struct layout *layout,
		       struct parser *parser)
{
	if (layout->format->parser_hand_over)
		layout->format->parser_hand_over(parser);
	shared->parser = parser;
	shared->layout = layout;
}

void parse_shared_close(struct parse_shared *shared)
{
	forget_parser(shared);
	segment_fill_close(&shared->segments);
	sinks_release(&shared->sinks);
	batch_release(&shared->batch);
	segment_pool_close(&shared->pool);
	free(shared->column);
	memset(shared, 0, sizeof(*shared));
}

bool parse_shared_pending(const struct parse_shared *shared)
{
	return shared->segments.segment || shared->segments.aside_count > 0;
}

const struct raw_segment *segments_pack(struct segment_pool *pool, struct batch *batch,
					int64_t *column)
{
	const struct raw_segment *unpacked = NULL;

	for (size_t i = 0; i < batch->segment_count; i++) {
		struct pool_segment *segment = batch->segments[i];

		if (!segment_pack_found(&segment->raw, segment->pieces,
					segment->piece_count, &segment->heap,
					column) &&
		    !unpacked)
			unpacked = &segment->raw;
		segment_pool_return_pieces(pool, segment);
	}
	return unpacked;
}

void segments_return(struct segment_pool *pool, struct batch *batch)
{
	for (size_t i = 0; i < batch->segment_count; i++)
		segment_pool_return_segment(pool, batch->segments[i]);
	batch->segment_count = 0;
}

enum status parse_shared_end(struct parse_shared *shared, parse_take *take,
			     void *context, struct error *error)
{
	struct batch *batch = &shared->batch;
	const struct raw_segment *unpacked;
	enum status status;

	batch_begin(batch, NULL);
	if (!segment_fill_end(&shared->segments, batch))
		return error_memory(error);
	unpacked = segments_pack(&shared->pool, batch, shared->column);
	status = unpacked ? segment_pack_failed(unpacked, error)
			  : take(context, batch);
	segments_return(&shared->pool, batch);
	return status;
}
