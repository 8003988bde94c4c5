/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts go by, of one rule. */
#include "correlate/persons/identifiers.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Adds bits to the mark of a value. Marks are there as far as one has any. */
static bool mark_value(struct identifiers *rule, uint32_t value, uint16_t mark)
{
	const size_t before = rule->marked;
	void *marks = rule->marks;

	if (mark == 0)
		return true;
	if (value >= before) {
		if (!memory_room(&marks, &rule->marked, (size_t)value + 1, sizeof(*rule->marks))) {
			rule->marked = before;
			return false;
		}
		rule->marks = marks;
		memset(rule->marks + before, 0, (rule->marked - before) * sizeof(*rule->marks));
	}
	rule->marks[value] = (uint16_t)(rule->marks[value] | mark);
	return true;
}

bool identifiers_add(struct identifiers *rule, struct text value,
		     struct occurrence item)
{
	return identifiers_add_marked(rule, value, item, 0);
}

bool identifiers_add_marked(struct identifiers *rule, struct text value,
			    struct occurrence item, uint16_t mark)
{
	const struct text trimmed = text_trim(value);
	void *items = rule->items;

	if (!trimmed.len || !item.slot)
		return true;
	item.value = dictionary_add(&rule->values, trimmed);
	if (item.value == DICTIONARY_NONE ||
	    !memory_room(&items, &rule->capacity, rule->count + 1,
			 sizeof(*rule->items)))
		return false;
	rule->items = items;
	rule->items[rule->count++] = item;
	return mark_value(rule, item.value, mark);
}

/* Of one value. */
static int compare(const void *a, const void *b)
{
	const struct occurrence *x = a;
	const struct occurrence *y = b;

	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	if (x->there != y->there)
		return x->there ? 1 : -1;
	if (occurrence_before(x->place, x->member, y->place, y->member))
		return -1;
	return occurrence_before(y->place, y->member, x->place, x->member);
}

static int compare_shared(const void *a, const void *b)
{
	const struct shared *x = a;
	const struct shared *y = b;

	return text_compare(x->value, y->value);
}

/* Puts the occurrences by value, in place; ends[v]: where those of value v end; next: as many. */
static void part(struct identifiers *rule, uint32_t *ends, uint32_t *next)
{
	struct occurrence *items = rule->items;
	uint32_t sum = 0;

	for (size_t i = 0; i < rule->count; i++)
		ends[items[i].value]++;
	for (size_t value = 0; value < rule->values.count; value++) {
		next[value] = sum;
		sum += ends[value];
		ends[value] = sum;
	}
	/* What does not belong to a value changes place with the next of its own. */
	for (uint32_t value = 0; value < rule->values.count; value++)
		while (next[value] < ends[value]) {
			struct occurrence *item = &items[next[value]];
			struct occurrence *to = &items[next[item->value]++];
			const struct occurrence held = *item;

			*item = *to;
			*to = held;
		}
}

/* Sorts those of one value, and keeps the first row of each account from `kept`
 * on; gives where they end. */
static size_t settle(struct occurrence *items, size_t first, size_t end,
		     size_t kept)
{
	const size_t begin = kept;

	if (end - first > 1)
		qsort(items + first, end - first, sizeof(*items), compare);
	for (size_t i = first; i < end; i++)
		if (kept == begin || items[kept - 1].slot != items[i].slot)
			items[kept++] = items[i];
	return kept;
}

static bool keep_shared(struct identifiers *rule, size_t *capacity, size_t first,
			size_t end)
{
	void *shared = rule->shared;
	struct shared *last;

	if (!memory_room(&shared, capacity, rule->shared_count + 1,
			 sizeof(*rule->shared)))
		return false;
	rule->shared = shared;
	last = &rule->shared[rule->shared_count++];
	last->value = dictionary_text(&rule->values, rule->items[first].value);
	last->first = first;
	last->count = end - first;
	return true;
}

static bool settle_all(struct identifiers *rule, const uint32_t *ends)
{
	size_t capacity = 0;
	size_t first = 0;
	size_t kept = 0;

	for (size_t value = 0; value < rule->values.count; value++) {
		const size_t begin = kept;

		kept = settle(rule->items, first, ends[value], kept);
		first = ends[value];
		if (kept - begin > 1 && !keep_shared(rule, &capacity, begin, kept))
			return false;
	}
	rule->count = kept;
	return true;
}

bool identifiers_arrange(struct identifiers *rule)
{
	uint32_t *ends = calloc(rule->values.count + 1, sizeof(*ends));
	uint32_t *next = calloc(rule->values.count + 1, sizeof(*next));
	bool good = ends && next && rule->count <= UINT32_MAX;

	if (good)
		part(rule, ends, next);
	good = good && settle_all(rule, ends);
	free(ends);
	free(next);
	if (!good)
		return false;
	if (rule->shared_count)
		qsort(rule->shared, rule->shared_count, sizeof(*rule->shared),
		      compare_shared);
	return true;
}

size_t identifiers_of(const struct identifiers *rule, uint32_t value, size_t *first)
{
	size_t end = rule->count;
	size_t count = 0;

	*first = 0;
	while (*first < end) {
		const size_t middle = *first + (end - *first) / 2;

		if (rule->items[middle].value < value)
			*first = middle + 1;
		else
			end = middle;
	}
	while (*first + count < rule->count && rule->items[*first + count].value == value)
		count++;
	return count;
}

void identifiers_release(struct identifiers *identifiers)
{
	dictionary_release(&identifiers->values);
	free(identifiers->items);
	free(identifiers->shared);
	free(identifiers->marks);
	memset(identifiers, 0, sizeof(*identifiers));
}
