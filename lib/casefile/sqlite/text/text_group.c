/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts in order, counted by their codes: a text is made once for all calls that have it.
 * Where there are more codes than are held the greater texts are left to a further reading. */
#include "casefile/sqlite/text/text_group.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Rows whose slots are prefetched. */
#define AHEAD 16

static enum status no_memory(const struct text_group *group)
{
	return error_memory(&group->ahead->casefile->error);
}

static enum status damaged(const struct text_group *group, int64_t segment)
{
	return error_set(&group->ahead->casefile->error, STATUS_INTEGRITY, "call: segment %lld is damaged",
			 (long long)segment);
}

void text_group_release(struct text_group *group)
{
	free(group->slots);
	dictionary_release(&group->heap);
	buf_release(&group->from);
	buf_release(&group->below);
	buf_release(&group->bytes);
	free(group->items);
	buf_release(&group->scratch);
	memset(group, 0, sizeof(*group));
}

/* ---- codes ---- */

static size_t slot_of(const struct text_group *group, int64_t form, int64_t value)
{
	return (size_t)hash_pair(group->secret, (uint64_t)value, (uint64_t)form) & (group->slot_count - 1);
}

/* The slot of a code, or the free one where it belongs. */
static struct text_slot *find_slot(const struct text_group *group, int64_t form, int64_t value)
{
	size_t at = slot_of(group, form, value);

	while (group->slots[at].form && (group->slots[at].value != value || group->slots[at].form != form))
		at = (at + 1) & (group->slot_count - 1);
	return &group->slots[at];
}

static bool make_slots(struct text_group *group, size_t count)
{
	struct text_slot *old = group->slots;
	const size_t old_count = group->slot_count;

	group->slots = calloc(count, sizeof(*old));
	if (!group->slots) {
		group->slots = old;
		return false;
	}
	group->slot_count = count;
	for (size_t i = 0; i < old_count; i++)
		if (old[i].form)
			*find_slot(group, old[i].form, old[i].value) = old[i];
	free(old);
	return true;
}

/* The text of a code, in scratch or borrowed from the heap; false: it has none, or no memory. */
static bool text_of_code(struct text_group *group, int64_t form, int64_t value, struct text *text)
{
	if (form == FORM_HEAP) {
		*text = dictionary_text(&group->heap, (uint32_t)value);
		return true;
	}
	buf_clear(&group->scratch);
	if (!forms_text(group->forms, form, value, &group->scratch) || group->scratch.failed)
		return false;
	*text = buf_view(&group->scratch);
	if (!text->data)
		text->data = "";
	return true;
}

static bool is_asked(const struct text_group *group, struct text text)
{
	return !(group->has_from && text_compare(text, buf_view(&group->from)) < 0) &&
	       !(group->has_below && text_compare(text, buf_view(&group->below)) >= 0);
}

/* ---- in order ---- */

/* NULL comes first. */
static int compare_items(const void *a, const void *b)
{
	const struct text x = ((const struct text_item *)a)->text, y = ((const struct text_item *)b)->text;

	return x.data && y.data ? text_compare(x, y) : (x.data != NULL) - (y.data != NULL);
}

static bool add_item(struct text_group *group, const struct text_slot *slot)
{
	void *items = group->items;
	struct text text;

	if (!memory_room(&items, &group->capacity, group->count + 1, sizeof(*group->items)))
		return false;
	group->items = items;
	if (!text_of_code(group, slot->form, slot->value, &text))
		return false;
	group->items[group->count++] = (struct text_item){ { "", text.len }, slot->rows, (uint32_t)(slot - group->slots) };
	buf_add(&group->bytes, text.data, text.len);
	return !group->bytes.failed;
}

/* Makes the items of what was counted, one a code. */
static bool make_items(struct text_group *group)
{
	size_t at = 0;

	group->count = group->next = 0;
	buf_clear(&group->bytes);
	for (size_t i = 0; i < group->slot_count; i++)
		if (group->slots[i].form && !add_item(group, &group->slots[i]))
			return false;
	for (size_t i = 0; i < group->count; i++) {
		if (group->items[i].text.len)
			group->items[i].text.data = group->bytes.data + at;
		at += group->items[i].text.len;
	}
	if (group->count > 0)
		qsort(group->items, group->count, sizeof(*group->items), compare_items);
	return true;
}

/* Makes one item of those with the same text, and tells the codes their ranks. */
static void join_items(struct text_group *group)
{
	struct text_item *items = group->items;
	size_t count = 0;

	for (size_t i = 0; i < group->count; i++) {
		const uint32_t slot = items[i].slot;

		if (count > 0 && compare_items(&items[count - 1], &items[i]) == 0)
			items[count - 1].rows += items[i].rows;
		else
			items[count++] = items[i];
		if (items[i].text.data)
			group->slots[slot].rank = (uint32_t)count - 1;
	}
	group->count = count;
}

/* That of calls without a text. */
static bool add_absent(struct text_group *group)
{
	void *items = group->items;

	if (group->absent == 0 || group->has_from)
		return true;
	if (!memory_room(&items, &group->capacity, group->count + 1, sizeof(*group->items)))
		return false;
	group->items = items;
	memmove(group->items + 1, group->items, group->count * sizeof(*group->items));
	group->items[0] = (struct text_item){ { NULL, 0 }, group->absent, 0 };
	group->count++;
	return true;
}

/* ---- fewer of them ---- */

/* The first item of those that are left out; equal texts stay together. count: there is none. */
static size_t find_cut(const struct text_group *group)
{
	size_t cut = group->count / 2;

	while (cut > 0 && compare_items(&group->items[cut - 1], &group->items[cut]) == 0)
		cut--;
	if (cut > 0)
		return cut;
	while (cut < group->count && compare_items(&group->items[0], &group->items[cut]) == 0)
		cut++;
	return cut;
}

/* Puts those of the old slots that are asked for in new ones, their texts in the new heap. */
static bool keep_slots(struct text_group *group, const struct text_slot *old, size_t count)
{
	struct dictionary heap = { 0 };
	bool good = true;

	for (size_t i = 0; i < count && good; i++) {
		struct text_slot slot = old[i];
		struct text text;

		if (!slot.form)
			continue;
		good = text_of_code(group, slot.form, slot.value, &text);
		if (!good || !is_asked(group, text))
			continue;
		if (slot.form == FORM_HEAP)
			slot.value = dictionary_add(&heap, text);
		good = slot.form != FORM_HEAP || slot.value != DICTIONARY_NONE;
		*find_slot(group, slot.form, slot.value) = slot;
		group->used++;
	}
	dictionary_release(&group->heap);
	group->heap = heap;
	return good;
}

/* Leaves the greater half of the texts to a further reading. */
static bool leave_half(struct text_group *group)
{
	struct text_slot *old = group->slots;
	size_t cut;
	bool good;

	if (!make_items(group))
		return false;
	cut = find_cut(group);
	if (cut == group->count)
		return true;
	buf_clear(&group->below);
	buf_add(&group->below, group->items[cut].text.data, group->items[cut].text.len);
	group->slots = calloc(group->slot_count, sizeof(*old));
	if (group->below.failed || !group->slots) {
		free(group->slots);
		group->slots = old;
		return false;
	}
	group->has_below = true;
	group->used = 0;
	good = keep_slots(group, old, group->slot_count);
	free(old);
	return good;
}

/* ---- counting ---- */

static bool is_full(const struct text_group *group)
{
	return group->used >= group->most || (group->heap.bytes.len > TEXT_GROUP_BYTES && group->used > 1);
}

/* Takes a code that is new up, where it is asked for. */
static enum status add_code(struct text_group *group, const struct segment *segment, int64_t form, int64_t value)
{
	struct text text;

	if (!text_of_code(group, form, value, &text))
		return group->scratch.failed ? no_memory(group) : damaged(group, segment->id);
	if (!is_asked(group, text))
		return STATUS_OK;
	*find_slot(group, form, value) = (struct text_slot){ value, (int32_t)form, 0, 1 };
	group->used++;
	if (is_full(group) && !leave_half(group))
		return no_memory(group);
	if (group->used > group->slot_count / 2 && !make_slots(group, 2 * group->slot_count))
		return no_memory(group);
	return STATUS_OK;
}

/* A text of the heap is counted by its number among all of them. */
static enum status count_heap(struct text_group *group, const struct segment *segment, int64_t place)
{
	struct text_slot *slot;
	struct text text;
	uint32_t number;

	if (!segment_heap(segment, place, &text))
		return damaged(group, segment->id);
	if (!is_asked(group, text))
		return STATUS_OK;
	number = dictionary_add(&group->heap, text);
	if (number == DICTIONARY_NONE)
		return no_memory(group);
	slot = find_slot(group, FORM_HEAP, number);
	if (!slot->form)
		return add_code(group, segment, FORM_HEAP, number);
	slot->rows++;
	return STATUS_OK;
}

static enum status count_row(struct text_group *group, const struct segment *segment, int64_t form, int64_t value)
{
	struct text_slot *slot;

	if (form == FORM_ABSENT || form == FORM_NULL) {
		group->absent++;
		return STATUS_OK;
	}
	if (form == FORM_HEAP)
		return count_heap(group, segment, value);
	slot = find_slot(group, form, value);
	if (!slot->form)
		return add_code(group, segment, form, value);
	slot->rows++;
	return STATUS_OK;
}

static enum status count_rows(struct text_group *group, const struct segment *segment)
{
	const int64_t *forms = segment->found[FOUND_FORM(group->role)];
	const int64_t *values = segment->found[FOUND_VALUE(group->role)];
	enum status status = STATUS_OK;

	for (uint32_t i = 0; i < segment->rows && status == STATUS_OK; i++) {
		if (i + AHEAD < segment->rows)
			__builtin_prefetch(&group->slots[slot_of(group, forms[i + AHEAD], values[i + AHEAD])]);
		status = count_row(group, segment, forms[i], values[i]);
	}
	return status;
}

static enum status count_all(struct text_group *group)
{
	const struct call_rows *rows;
	enum status status;

	memset(group->slots, 0, group->slot_count * sizeof(*group->slots));
	dictionary_clear(&group->heap);
	group->used = 0;
	group->absent = 0;
	call_ahead_start(group->ahead, &group->ask);
	while ((status = call_ahead_next(group->ahead, &rows)) == STATUS_OK) {
		status = count_rows(group, &rows->segment);
		if (status != STATUS_OK)
			break;
	}
	if (status != STATUS_END)
		return status;
	if (!make_items(group) || !add_absent(group))
		return no_memory(group);
	join_items(group);
	return STATUS_OK;
}

/* ---- giving ---- */

/* Goes on with the texts that were left out. */
static enum status go_on(struct text_group *group)
{
	const struct buf from = group->from;

	group->from = group->below;
	group->below = from;
	group->has_from = true;
	group->has_below = false;
	return count_all(group);
}

enum status text_group_start(struct text_group *group, struct call_ahead *ahead, const struct forms *forms,
			     const struct call_ask *ask, enum call_role role, uint32_t most)
{
	group->ahead = ahead;
	group->forms = forms;
	group->ask = *ask;
	group->ask.found = SEGMENT_ROLE(role) | SEGMENT_COLUMN(FOUND_HEAP);
	group->ask.understood = 0;
	group->role = role;
	group->most = most;
	group->has_from = group->has_below = false;
	group->secret = secret_get();
	if (!group->secret || (!group->slots && !make_slots(group, 1024)))
		return no_memory(group);
	return count_all(group);
}

enum status text_group_seek(struct text_group *group)
{
	while (group->next == group->count && group->has_below) {
		const enum status status = go_on(group);

		if (status != STATUS_OK)
			return status;
	}
	return group->next == group->count ? STATUS_END : STATUS_OK;
}

enum status text_group_next(struct text_group *group, const struct text_item **item)
{
	const enum status status = text_group_seek(group);

	if (status == STATUS_OK)
		*item = &group->items[group->next++];
	return status;
}

/* ---- ranks ---- */

static bool rank_of(const struct text_group *group, const struct segment *segment, int64_t form, int64_t value,
		    uint32_t *rank)
{
	const struct text_slot *slot;
	struct text text;

	*rank = TEXT_GROUP_NONE;
	if (form == FORM_ABSENT || form == FORM_NULL) {
		*rank = group->absent && !group->has_from ? 0 : TEXT_GROUP_NONE;
		return true;
	}
	if (form == FORM_HEAP) {
		if (!segment_heap(segment, value, &text))
			return false;
		value = dictionary_find(&group->heap, text);
	}
	slot = find_slot(group, form, value);
	if (slot->form)
		*rank = slot->rank;
	return true;
}

bool text_group_ranks(const struct text_group *group, const struct segment *segment, uint32_t first, uint32_t count,
		      uint32_t *ranks)
{
	const int64_t *forms = segment->found[FOUND_FORM(group->role)] + first;
	const int64_t *values = segment->found[FOUND_VALUE(group->role)] + first;
	bool good = true;

	for (uint32_t i = 0; i < count && good; i++) {
		if (i + AHEAD < count)
			__builtin_prefetch(&group->slots[slot_of(group, forms[i + AHEAD], values[i + AHEAD])]);
		good = rank_of(group, segment, forms[i], values[i], &ranks[i]);
	}
	return good;
}
