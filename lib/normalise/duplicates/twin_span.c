/* SPDX-License-Identifier: Apache-2.0 */
/* Which segments can have a row twice between them. */
#include "normalise/duplicates/twin_span.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Blanks around an id do not count, so that its form does not tell. */
static bool has_blanks(const struct form_meaning *meaning)
{
	const struct text text = { meaning->text, meaning->len };

	return text_trim(text).len != text.len;
}

/* The range of a form, added when new; NULL: the form is not of this case, or there is
 * no room. */
static struct twin_range *range_of(struct twin_span *span,
				   const struct form_meanings *meanings, int64_t form)
{
	const struct form_meaning *meaning = form_meaning_of(meanings, form);

	for (unsigned i = 0; i < span->range_count; i++)
		if (span->ranges[i].form == form)
			return &span->ranges[i];
	if (!meaning || has_blanks(meaning) || span->range_count == TWIN_FORMS)
		return NULL;
	span->ranges[span->range_count] =
		(struct twin_range){ form, INT64_MAX, INT64_MIN };
	return &span->ranges[span->range_count++];
}

/* An id that no range says anything of. */
static void take_other(struct twin_span *span, int64_t form)
{
	span->heap |= form == FORM_HEAP;
	span->wide = true;
	span->distinct = false;
}

static bool is_empty(const struct form_meanings *meanings, int64_t form)
{
	const struct form_meaning *meaning = form_meaning_of(meanings, form);

	return meaning && meaning->len == 0;
}

/* Ids that rise within each form are distinct. */
void twin_span_read(struct twin_span *span, const struct form_meanings *meanings,
		    const struct segment *segment)
{
	const int64_t *forms = segment->found[FOUND_FORM(CALL_ID)];
	const int64_t *values = segment->found[FOUND_VALUE(CALL_ID)];
	struct twin_range *range = NULL;

	*span = (struct twin_span){ .segment = segment->id, .rows = segment->rows,
				    .distinct = true };
	if (!segment_has(segment, CALL_ID))
		return;
	for (uint32_t i = 0; i < segment->rows; i++) {
		if (forms[i] <= FORM_ABSENT)
			continue;
		if (!range || range->form != forms[i]) {
			if (is_empty(meanings, forms[i]))
				continue;
			range = range_of(span, meanings, forms[i]);
		}
		span->ids++;
		if (!range) {
			take_other(span, forms[i]);
			continue;
		}
		span->distinct &= values[i] > range->high;
		range->low = values[i] < range->low ? values[i] : range->low;
		range->high = values[i] > range->high ? values[i] : range->high;
	}
}

bool twin_spans_add(struct twin_spans *spans, const struct twin_span *span)
{
	void *items = spans->items;

	if (!memory_room(&items, &spans->capacity, spans->count + 1, sizeof(*spans->items)))
		return false;
	spans->items = items;
	spans->items[spans->count++] = *span;
	return true;
}

void twin_spans_release(struct twin_spans *spans)
{
	free(spans->items);
	memset(spans, 0, sizeof(*spans));
}

static bool ids_meet(const struct twin_span *a, const struct twin_span *b)
{
	if (a->wide || b->wide)
		return true;
	for (unsigned i = 0; i < a->range_count; i++)
		for (unsigned k = 0; k < b->range_count; k++)
			if (a->ranges[i].form == b->ranges[k].form &&
			    a->ranges[i].low <= b->ranges[k].high &&
			    b->ranges[k].low <= a->ranges[i].high)
				return true;
	return false;
}

/* Two segments of which a begins no later, and that are at most TWIN_APART apart. The
 * rows of one source that are legs are one call already. */
static void compare_spans(struct twin_span *a, struct twin_span *b)
{
	const bool other = a->source != b->source;

	if (a->service != b->service)
		return;
	if (!(a->by_id && b->by_id) && a->ids && b->ids && (other || !a->legs) &&
	    ids_meet(a, b))
		a->by_id = b->by_id = true;
	if (!other || b->bounds.first > a->bounds.last)
		return;
	if (a->ids < a->rows && b->ids < b->rows)
		a->bare = b->bare = true;
	if ((a->ids < a->rows && b->ids) || (a->ids && b->ids < b->rows))
		a->mixed = b->mixed = true;
}

static int by_start(const void *x, const void *y)
{
	const struct twin_span *a = *(struct twin_span *const *)x;
	const struct twin_span *b = *(struct twin_span *const *)y;

	if (a->bounds.first != b->bounds.first)
		return a->bounds.first < b->bounds.first ? -1 : 1;
	return a->segment < b->segment ? -1 : a->segment > b->segment;
}

bool twin_spans_choose(struct twin_spans *spans)
{
	struct twin_span **order = calloc(spans->count + 1, sizeof(*order));
	size_t count = 0;

	if (!order)
		return false;
	for (size_t i = 0; i < spans->count; i++) {
		struct twin_span *span = &spans->items[i];

		if (!span->bounds.known)
			continue;
		span->by_id = span->ids && !span->distinct && !span->legs;
		order[count++] = span;
	}
	if (count)
		qsort(order, count, sizeof(*order), by_start);
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count && order[k]->bounds.first - TWIN_APART <=
							    order[i]->bounds.last; k++)
			compare_spans(order[i], order[k]);
	free(order);
	return true;
}
