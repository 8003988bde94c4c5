/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that one thread has met, found again by form and digits. */
#include "normalise/calls/local_ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Texts, and bytes of those without a form, after which all are forgotten. */
#define LOCAL_IDS_MOST 2097152
#define LOCAL_IDS_BYTES_MOST (16 << 20)
#define SLOTS_LEAST 1024

/* A text: form and digits, or FORM_HEAP and the number in the dictionary. */
struct local_id {
	int64_t form, value;
};

void local_ids_release(struct local_ids *local)
{
	free(local->items);
	free(local->ids);
	free(local->slots);
	dictionary_release(&local->texts);
	free(local->heap);
	memset(local, 0, sizeof(*local));
}

/* Appends an item; false: out of memory. */
static bool append(struct local_ids *local, int64_t form, int64_t value)
{
	void *items = local->items;
	void *ids;
	bool room = memory_room(&items, &local->items_capacity,
				local->count + 1, sizeof(*local->items));

	local->items = items;
	ids = local->ids;
	room = room && memory_room(&ids, &local->ids_capacity,
				   local->count + 1, sizeof(*local->ids));
	local->ids = ids;
	if (!room)
		return false;
	local->items[local->count] = (struct local_id){ form, value };
	local->ids[local->count++] = 0;
	return true;
}

/* Zeroed slots, of which no pair lies across two cache lines. */
static struct local_ids_slot *new_slots(size_t count)
{
	void *slots = aligned_alloc(64, count * sizeof(struct local_ids_slot));

	return slots ? memset(slots, 0, count * sizeof(struct local_ids_slot)) : NULL;
}

bool local_ids_clear(struct local_ids *local)
{
	local->count = 0;
	dictionary_clear(&local->texts);
	if (!local->slots) {
		local->secret = secret_get();
		if (!local->secret)
			return false;
		local->slots = new_slots(SLOTS_LEAST);
		if (!local->slots)
			return false;
		local->slot_count = SLOTS_LEAST;
	}
	memset(local->slots, 0, local->slot_count * sizeof(*local->slots));
	local->named = 1;
	return append(local, FORM_ABSENT, 0);
}

bool local_ids_begin(struct local_ids *local)
{
	if (local->heap_count)
		memset(local->heap, 0,
		       local->heap_count * sizeof(*local->heap));
	local->heap_count = 0;
	if (local->count && local->count <= LOCAL_IDS_MOST &&
	    local->texts.bytes.len <= LOCAL_IDS_BYTES_MOST)
		return true;
	return local_ids_clear(local);
}

/* The place of a text, or the free one where it would be. */
static struct local_ids_slot *find(const struct local_ids *local, int64_t form,
				   int64_t value)
{
	size_t place = local_ids_home(local, form, value);

	while (local->slots[place].number &&
	       (local->slots[place].value != value ||
		local->slots[place].form != (uint32_t)form))
		place = (place + 1) & (local->slot_count - 1);
	return &local->slots[place];
}

static bool grow(struct local_ids *local)
{
	struct local_ids_slot *old = local->slots;
	const size_t count = local->slot_count;

	local->slots = new_slots(2 * count);
	if (!local->slots) {
		local->slots = old;
		return false;
	}
	local->slot_count = 2 * count;
	for (size_t i = 0; i < count; i++)
		if (old[i].number)
			*find(local, old[i].form, old[i].value) = old[i];
	free(old);
	return true;
}

/* The number of an item, added when new; LOCAL_IDS_NONE: out of memory. */
static uint32_t add_item(struct local_ids *local, int64_t form, int64_t value)
{
	struct local_ids_slot *slot;

	/* Half of the places stay free, so that most texts are found at once. */
	if (2 * local->count >= local->slot_count && !grow(local))
		return LOCAL_IDS_NONE;
	slot = find(local, form, value);
	if (slot->number)
		return slot->number;
	if (!append(local, form, value))
		return LOCAL_IDS_NONE;
	*slot = (struct local_ids_slot){ value, (uint32_t)form,
				     (uint32_t)(local->count - 1) };
	return slot->number;
}

/* Room in heap for a place that is there. */
static bool reach(struct local_ids *local, size_t place)
{
	void *heap = local->heap;

	if (place < local->heap_count)
		return true;
	if (!memory_room(&heap, &local->heap_capacity, place + 1,
			 sizeof(*local->heap)))
		return false;
	local->heap = heap;
	memset(local->heap + local->heap_count, 0,
	       (place + 1 - local->heap_count) * sizeof(*local->heap));
	local->heap_count = place + 1;
	return true;
}

static uint32_t add_heap(struct local_ids *local, const struct segment *segment,
			 int64_t place)
{
	struct text text;
	uint32_t number;

	if (!segment_heap(segment, place, &text))
		return 0;
	if (!reach(local, (size_t)place))
		return LOCAL_IDS_NONE;
	if (local->heap[place])
		return local->heap[place];
	number = dictionary_add(&local->texts, text);
	if (number == DICTIONARY_NONE)
		return LOCAL_IDS_NONE;
	number = add_item(local, FORM_HEAP, number);
	if (number != LOCAL_IDS_NONE)
		local->heap[place] = number;
	return number;
}

uint32_t local_ids_add(struct local_ids *local, const struct segment *segment,
		       int64_t form, int64_t value)
{
	if (form == FORM_HEAP)
		return add_heap(local, segment, value);
	/* No other forms are those of a case. */
	if (form < FORM_FIRST || form >= FORM_FIRST + FORM_MOST)
		return 0;
	return add_item(local, form, value);
}

struct text local_ids_text(const struct local_ids *local,
			   const struct form_meanings *meanings, size_t number,
			   char room[static FORM_LENGTH])
{
	const struct local_id *item = &local->items[number];

	return item->form == FORM_HEAP
		       ? dictionary_text(&local->texts, (uint32_t)item->value)
		       : form_meanings_fill(meanings, item->form, item->value, room);
}
