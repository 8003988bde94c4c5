/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of all blocks, in their order, become segments. */
#include "ingest/parse/segment_fill.h"

#include <string.h>

bool gather_open(struct gather *gather, struct stock *stock,
		 const struct forms *forms)
{
	memset(gather, 0, sizeof(*gather));
	gather->stock = stock;
	if (!forms_copy(&gather->forms, forms))
		return false;
	gather->told = gather->forms.masks.count;
	return true;
}

void gather_close(struct gather *gather)
{
	forms_release(&gather->forms);
	memset(gather, 0, sizeof(*gather));
}

/* A batch being shared out. */
struct sharing {
	struct gather *gather;
	struct rowparser *parser;
	struct rowbatch *batch;
	uint64_t first_line;
	size_t uncoded;         /* the next of the batch */
};

static bool code_value(struct sharing *s, const struct rowbatch_value *left)
{
	const struct text text = rowbatch_text(s->batch, left->text);
	const struct segment_rows *calls = &s->batch->calls->rows;
	int64_t *form = segment_rows_column(calls, FOUND_FORM(left->role)) +
			left->row;
	int64_t *value = segment_rows_column(calls, FOUND_VALUE(left->role)) +
			 left->row;

	*form = rowparser_code(s->parser, &s->gather->forms, left->role, text, value);
	return *form >= FORM_FIRST ||
	       (*form == FORM_HEAP &&
		segment_heap_add(&s->gather->segment->heap, text, value));
}

/* Codes what is left of the calls before *to; where they fill the heap, *to
 * comes down to the first that is not to be in the segment. */
static bool code_until(struct sharing *s, uint32_t *to)
{
	const struct rowbatch *batch = s->batch;
	const struct dictionary *heap = &s->gather->segment->heap;

	for (; s->uncoded < batch->uncoded_count; s->uncoded++) {
		const struct rowbatch_value *left = &batch->uncoded[s->uncoded];

		if (left->row >= *to)
			break;
		if (!code_value(s, left))
			return false;
		if (segment_full(0, heap))
			*to = left->row + 1;
	}
	return true;
}

/* The segment ends behind so many calls of the batch, or at its end. */
static bool end_segment(struct sharing *s, uint32_t before, bool at_end)
{
	struct gather *gather = s->gather;
	struct rowbatch *batch = s->batch;
	struct stock_segment *segment = gather->segment;

	if (batch->segment_count == STOCK_SEGMENTS)
		return false;
	segment->before = before;
	segment->line = batch->line;
	segment->offset = batch->offset;
	if (!at_end)
		rowbatch_behind(batch, before - 1, s->first_line, &segment->line,
				&segment->offset);
	memcpy(segment->added, gather->forms.added, sizeof(segment->added));
	forms_news(&gather->forms, gather->told, &segment->masks);
	gather->told = gather->forms.masks.count;
	stock_weigh(gather->stock, segment);
	batch->segments[batch->segment_count++] = segment;
	gather->segment = NULL;
	return !segment->masks.failed;
}

/* Calls from one on, as many as the segment takes; *to: the next. */
static bool add_calls(struct sharing *s, uint32_t from, uint32_t *to)
{
	struct gather *gather = s->gather;
	struct stock_rows *calls = s->batch->calls;
	struct segment_piece piece = { &calls->rows, from, 0,
				       (int64_t)s->first_line };
	uint32_t room;

	if (!gather->segment)
		gather->segment = stock_segment(gather->stock);
	if (!gather->segment)
		return false;
	room = SEGMENT_ROWS - gather->segment->rows;
	*to = s->batch->taken;
	if (*to - from > room)
		*to = from + room;
	if (!code_until(s, to))
		return false;
	piece.count = *to - from;
	return stock_add(gather->stock, gather->segment, calls, &piece);
}

bool gather_batch(struct gather *gather, struct rowparser *parser,
		  struct rowbatch *batch, uint64_t first_line)
{
	struct sharing s = { gather, parser, batch, first_line, 0 };
	bool good = true;

	for (uint32_t from = 0, to; from < batch->taken && good; from = to) {
		good = add_calls(&s, from, &to);
		if (good && segment_full(gather->segment->rows,
					 &gather->segment->heap))
			good = end_segment(&s, to, false);
	}
	if (good && batch->last && gather->segment)
		good = end_segment(&s, batch->taken, true);
	return good;
}
