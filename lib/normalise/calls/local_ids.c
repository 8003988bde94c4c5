/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that one thread has met, found again by form and digits. */
#include "normalise/calls/local_ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Texts, and bytes of those without a form, after which all are forgotten. */
#define LOCALS_MOST 262144
#define LOCALS_BYTES_MOST (16 << 20)
#define SLOTS_LEAST 1024

/* A text: form and digits, or FORM_HEAP and the number in the dictionary. */
struct local {
	int64_t form, value;
};

void locals_release(struct locals *locals)
{
	free(locals->items);
	free(locals->ids);
	free(locals->slots);
	dictionary_release(&locals->texts);
	free(locals->heap);
	memset(locals, 0, sizeof(*locals));
}

/* Appends an item; false: out of memory. */
static bool append(struct locals *locals, int64_t form, int64_t value)
{
	void *items = locals->items;
	void *ids;
	bool room = memory_room(&items, &locals->items_capacity,
				locals->count + 1, sizeof(*locals->items));

	locals->items = items;
	ids = locals->ids;
	room = room && memory_room(&ids, &locals->ids_capacity,
				   locals->count + 1, sizeof(*locals->ids));
	locals->ids = ids;
	if (!room)
		return false;
	locals->items[locals->count] = (struct local){ form, value };
	locals->ids[locals->count++] = 0;
	return true;
}

bool locals_clear(struct locals *locals)
{
	locals->count = 0;
	dictionary_clear(&locals->texts);
	if (!locals->slots) {
		locals->secret = secret_get();
		if (!locals->secret)
			return false;
		locals->slots = calloc(SLOTS_LEAST, sizeof(*locals->slots));
		if (!locals->slots)
			return false;
		locals->slot_count = SLOTS_LEAST;
	}
	memset(locals->slots, 0, locals->slot_count * sizeof(*locals->slots));
	locals->named = 1;
	return append(locals, FORM_ABSENT, 0);
}

bool locals_begin(struct locals *locals)
{
	if (locals->heap_count)
		memset(locals->heap, 0,
		       locals->heap_count * sizeof(*locals->heap));
	locals->heap_count = 0;
	if (locals->count && locals->count <= LOCALS_MOST &&
	    locals->texts.bytes.len <= LOCALS_BYTES_MOST)
		return true;
	return locals_clear(locals);
}

/* The place of a text, or the free one where it would be. */
static struct local_slot *find(const struct locals *locals, int64_t form,
			       int64_t value)
{
	size_t place = locals_slot(locals, form, value);

	while (locals->slots[place].number &&
	       (locals->slots[place].value != value ||
		locals->slots[place].form != (uint32_t)form))
		place = (place + 1) & (locals->slot_count - 1);
	return &locals->slots[place];
}

static bool grow(struct locals *locals)
{
	struct local_slot *old = locals->slots;
	const size_t count = locals->slot_count;

	locals->slots = calloc(2 * count, sizeof(*locals->slots));
	if (!locals->slots) {
		locals->slots = old;
		return false;
	}
	locals->slot_count = 2 * count;
	for (size_t i = 0; i < count; i++)
		if (old[i].number)
			*find(locals, old[i].form, old[i].value) = old[i];
	free(old);
	return true;
}

/* The number of an item, added when new; LOCALS_NONE: out of memory. */
static uint32_t add_item(struct locals *locals, int64_t form, int64_t value)
{
	struct local_slot *slot;

	/* Half of the places stay free, so that most texts are found at once. */
	if (2 * locals->count >= locals->slot_count && !grow(locals))
		return LOCALS_NONE;
	slot = find(locals, form, value);
	if (slot->number)
		return slot->number;
	if (!append(locals, form, value))
		return LOCALS_NONE;
	*slot = (struct local_slot){ value, (uint32_t)form,
				     (uint32_t)(locals->count - 1) };
	return slot->number;
}

/* Room in heap for a place that is there. */
static bool reach(struct locals *locals, size_t place)
{
	void *heap = locals->heap;

	if (place < locals->heap_count)
		return true;
	if (!memory_room(&heap, &locals->heap_capacity, place + 1,
			 sizeof(*locals->heap)))
		return false;
	locals->heap = heap;
	memset(locals->heap + locals->heap_count, 0,
	       (place + 1 - locals->heap_count) * sizeof(*locals->heap));
	locals->heap_count = place + 1;
	return true;
}

static uint32_t add_heap(struct locals *locals, const struct segment *segment,
			 int64_t place)
{
	struct text text;
	uint32_t number;

	if (!segment_heap(segment, place, &text))
		return 0;
	if (!reach(locals, (size_t)place))
		return LOCALS_NONE;
	if (locals->heap[place])
		return locals->heap[place];
	number = dictionary_add(&locals->texts, text);
	if (number == DICTIONARY_NONE)
		return LOCALS_NONE;
	number = add_item(locals, FORM_HEAP, number);
	if (number != LOCALS_NONE)
		locals->heap[place] = number;
	return number;
}

uint32_t locals_add(struct locals *locals, const struct segment *segment,
		    int64_t form, int64_t value)
{
	if (form == FORM_HEAP)
		return add_heap(locals, segment, value);
	/* No other forms are those of a case. */
	if (form < FORM_FIRST || form >= FORM_FIRST + FORM_MOST)
		return 0;
	return add_item(locals, form, value);
}

struct text locals_text(const struct locals *locals,
			const struct meanings *meanings, size_t number,
			char room[static FORM_LENGTH])
{
	const struct local *local = &locals->items[number];

	return local->form == FORM_HEAP
		       ? dictionary_text(&locals->texts, (uint32_t)local->value)
		       : meanings_fill(meanings, local->form, local->value, room);
}
