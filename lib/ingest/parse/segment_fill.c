/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of all blocks, in their order, become segments. */
#include "ingest/parse/segment_fill.h"

#include <string.h>

bool segment_fill_open(struct segment_fill *fill, struct segment_pool *pool,
		 const struct forms *forms)
{
	memset(fill, 0, sizeof(*fill));
	fill->pool = pool;
	if (!forms_copy(&fill->forms, forms))
		return false;
	fill->told = fill->forms.masks.count;
	return true;
}

void segment_fill_close(struct segment_fill *fill)
{
	forms_release(&fill->forms);
	buf_release(&fill->state);
	memset(fill, 0, sizeof(*fill));
}

/* A batch being shared out. */
struct sharing {
	struct segment_fill *fill;
	struct row_sink *sink;
	struct batch *batch;
	uint64_t first_line;
	size_t uncoded;         /* the next of the batch */
};

static bool code_value(struct sharing *s, const struct batch_value *left)
{
	const struct text text = batch_text(s->batch, left->text);
	const struct segment_rows *calls = &s->batch->calls->rows;
	int64_t *value = segment_rows_column(calls, FOUND_VALUE(left->role)) +
			 left->row;
	const int64_t form = row_sink_code(s->sink, &s->fill->forms, left->role, text, value);

	segment_rows_forms(calls, left->role)[left->row] = (uint16_t)(form - FORM_NULL);
	return form >= FORM_FIRST ||
	       (form == FORM_HEAP &&
		segment_heap_add(&s->fill->segment->heap, text, value));
}

/* Codes what is left of the calls before *to; where they fill the heap, *to
 * comes down to the first that is not to be in the segment. */
static bool code_until(struct sharing *s, uint32_t *to)
{
	const struct batch *batch = s->batch;
	const struct dictionary *heap = &s->fill->segment->heap;

	for (; s->uncoded < batch->uncoded_count; s->uncoded++) {
		const struct batch_value *left = &batch->uncoded[s->uncoded];

		if (left->row >= *to)
			break;
		if (!code_value(s, left))
			return false;
		if (segment_full(0, heap))
			*to = left->row + 1;
	}
	return true;
}

/* Hands a segment, whose place is set, over to a batch. */
static bool hand_over(struct segment_fill *fill, struct pool_segment *segment,
		      struct batch *batch)
{
	if (batch->segment_count == SEGMENT_POOL_MOST)
		return false;
	memcpy(segment->added, fill->forms.added, sizeof(segment->added));
	forms_news(&fill->forms, fill->told, &segment->masks);
	fill->told = fill->forms.masks.count;
	segment_pool_weigh(fill->pool, segment);
	batch->segments[batch->segment_count++] = segment;
	return !segment->masks.failed && !segment->state.failed;
}

static bool end_segment(struct segment_fill *fill, struct batch *batch)
{
	struct pool_segment *segment = fill->segment;

	fill->segment = NULL;
	return hand_over(fill, segment, batch);
}

/* The segment ends behind so many calls of the batch, or at its end. */
static bool end_within(struct sharing *s, uint32_t before, bool at_end)
{
	struct batch *batch = s->batch;
	struct pool_segment *segment = s->fill->segment;
	const struct text state = buf_view(&batch->state);

	segment->before = before;
	segment->line = batch->line;
	segment->offset = batch->offset;
	if (!at_end)
		batch_behind(batch, before - 1, s->first_line, &segment->line,
			     &segment->offset);
	buf_add(&segment->state, state.data, state.len);
	return end_segment(s->fill, batch);
}

/* It ends where the batch begins. */
static bool end_before(struct segment_fill *fill, struct batch *batch)
{
	struct pool_segment *segment = fill->segment;
	const struct text state = buf_view(&fill->state);

	segment->before = 0;
	segment->line = fill->line;
	segment->offset = fill->offset;
	buf_add(&segment->state, state.data, state.len);
	return end_segment(fill, batch);
}

/* The one that was put aside first ends, which is no place to go on at. */
static bool end_aside(struct segment_fill *fill, struct batch *batch)
{
	struct pool_segment *segment = fill->aside[0];

	memmove(fill->aside, fill->aside + 1,
		--fill->aside_count * sizeof(struct pool_segment *));
	segment->before = 0;
	segment->line = segment->offset = 0;
	return hand_over(fill, segment, batch);
}

/* Makes that of the batch's stream the one being filled. */
static bool change_stream(struct segment_fill *fill, struct batch *batch)
{
	struct pool_segment *before = fill->segment;
	size_t i = 0;
	bool good = true;

	while (i < fill->aside_count && fill->aside[i]->stream != batch->stream)
		i++;
	fill->segment = NULL;
	if (i < fill->aside_count) {
		fill->segment = fill->aside[i];
		memmove(fill->aside + i, fill->aside + i + 1,
			(--fill->aside_count - i) * sizeof(struct pool_segment *));
	}
	if (before && fill->aside_count == SEGMENT_FILL_OPEN - 1)
		good = end_aside(fill, batch);
	if (before)
		fill->aside[fill->aside_count++] = before;
	return good;
}

static bool note_end(struct segment_fill *fill, const struct batch *batch)
{
	const struct text state = buf_view(&batch->state);

	fill->line = batch->line;
	fill->offset = batch->offset;
	buf_clear(&fill->state);
	buf_add(&fill->state, state.data, state.len);
	return !fill->state.failed;
}

/* Calls from one on, as many as the segment takes; *to: the next. */
static bool add_calls(struct sharing *s, uint32_t from, uint32_t *to)
{
	struct segment_fill *fill = s->fill;
	struct pool_rows *calls = s->batch->calls;
	struct segment_piece piece = { &calls->rows, from, 0,
				       (int64_t)s->first_line };
	uint32_t room;

	if (!fill->segment)
		fill->segment = segment_pool_segment(fill->pool);
	if (!fill->segment)
		return false;
	fill->segment->stream = s->batch->stream;
	room = SEGMENT_ROWS - fill->segment->rows;
	*to = s->batch->taken;
	if (*to - from > room)
		*to = from + room;
	if (!code_until(s, to))
		return false;
	piece.count = *to - from;
	return fill->copies
		       ? segment_pool_copy(fill->pool, fill->segment, calls, &piece)
		       : segment_pool_add(fill->pool, fill->segment, calls, &piece);
}

static bool share_calls(struct sharing *s)
{
	const struct segment_fill *fill = s->fill;
	bool good = true;

	for (uint32_t from = 0, to; from < s->batch->taken && good; from = to) {
		good = add_calls(s, from, &to);
		if (good && segment_full(fill->segment->rows,
					 &fill->segment->heap))
			good = end_within(s, to, false);
	}
	return good;
}

void segment_fill_share(struct segment_fill *fill, bool copies)
{
	fill->shared = true;
	fill->copies = copies;
}

bool segment_fill_end(struct segment_fill *fill, struct batch *batch)
{
	bool good = true;

	while (good && fill->aside_count > 0)
		good = end_aside(fill, batch);
	if (good && fill->segment) {
		fill->segment->before = 0;
		fill->segment->line = fill->segment->offset = 0;
		good = end_segment(fill, batch);
	}
	return good;
}

bool segment_fill_batch(struct segment_fill *fill, struct row_sink *sink,
			struct batch *batch, uint64_t first_line)
{
	struct sharing s = { fill, sink, batch, first_line, 0 };
	bool good = true;

	const bool other = fill->segment && batch->stream &&
			   batch->stream != fill->segment->stream;

	if (fill->shared && batch->calls && (other || !fill->segment))
		good = change_stream(fill, batch);
	else if (!fill->shared && other)
		good = end_before(fill, batch);
	if (good && batch->calls)
		good = share_calls(&s);
	if (good && batch->last && fill->segment && !fill->shared)
		good = end_within(&s, batch->calls ? batch->taken : 0, true);
	return good && note_end(fill, batch);
}
