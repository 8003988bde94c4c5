/* SPDX-License-Identifier: Apache-2.0 */
/* Calls added up by number, and whom the long ones reached. */
#include "correlate/callees.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "correlate/settle.h"

/* Rooms begin so large (bytes) that malloc() has each in pages of its own: they
 * are moved, not copied, when they grow, and given back at once. Pages that are
 * never used take no memory. */
#define ROOM_FIRST (1 << 20)

static int compare_numbers(const void *a, const void *b)
{
	const struct callee *x = a;
	const struct callee *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static void add_talk(struct callee *number, int64_t talk)
{
	if (__builtin_add_overflow(number->talk, talk, &number->talk))
		number->talk = INT64_MAX;
}

static void combine_numbers(void *sum, const void *part)
{
	struct callee *to = sum;
	const struct callee *from = part;

	add_talk(to, from->talk);
	span_add(&to->called, from->called.first, from->called.last);
	to->calls += from->calls;
	to->long_calls += from->long_calls;
	if (from->first < to->first)
		to->first = from->first;
}

static int compare_contacts(const void *a, const void *b)
{
	const struct contact *x = a;
	const struct contact *y = b;

	return x->number < y->number ? -1
	       : x->number > y->number ? 1
				       : contact_compare(x, y);
}

static const struct record_kind callee_kind = { sizeof(struct callee),
						compare_numbers,
						combine_numbers };
static const struct record_kind contact_kind = { sizeof(struct contact),
						 compare_contacts, NULL };

static bool open_part(struct part *part, struct spill *spill, size_t reading)
{
	if (pthread_mutex_init(&part->lock, NULL) != 0)
		return false;
	if (sorter_open(&part->callees, &callee_kind, spill, reading / 2)) {
		if (sorter_open(&part->reached, &contact_kind, spill,
				reading / 2))
			return true;
		sorter_close(&part->callees);
	}
	(void)pthread_mutex_destroy(&part->lock);
	return false;
}

/* Rooms for callees and contacts as at first, with nothing in them. */
static bool make_rooms(const struct callees *callees, struct part *part)
{
	const size_t bytes =
		callees->share / 8 < ROOM_FIRST ? callees->share / 8 : ROOM_FIRST;

	places_release(&part->places);
	free(part->items);
	free(part->contacts);
	part->capacity = 1 + bytes / sizeof(*part->items);
	part->items = memory_array(NULL, part->capacity, sizeof(*part->items));
	part->contact_capacity = 1 + bytes / sizeof(*part->contacts);
	part->contacts = memory_array(NULL, part->contact_capacity,
				      sizeof(*part->contacts));
	part->count = 1;
	part->contact_count = 0;
	return part->items && part->contacts && places_room(&part->places);
}

/* Empties the rooms; they stay, unless they are too large together. */
static bool empty_rooms(const struct callees *callees, struct part *part)
{
	const size_t bytes = part->capacity * sizeof(*part->items) +
			     part->contact_capacity * sizeof(*part->contacts);

	if (bytes / 3 > callees->share / 2)
		return make_rooms(callees, part);
	part->count = 1;
	part->contact_count = 0;
	places_empty(&part->places);
	return true;
}

bool callees_open(struct callees *callees, const struct people *people,
		  const struct showings *showings, struct sorter *cells,
		  size_t memory, size_t reading)
{
	memset(callees, 0, sizeof(*callees));
	callees->people = people;
	callees->showings = showings;
	callees->cells = cells;
	callees->share = memory / CALLEES_PARTS;
	while (callees->opened < CALLEES_PARTS) {
		struct part *part = &callees->parts[callees->opened];

		if (!open_part(part, cells->spill, reading))
			return false;
		callees->opened++;
		if (!make_rooms(callees, part) || !cells_open(&part->cells, SIZE_MAX))
			return false;
	}
	return true;
}

/* What the part held while it was filled. */
static void free_tables(struct part *part)
{
	free(part->items);
	part->items = NULL;
	part->count = part->capacity = 0;
	places_release(&part->places);
	free(part->contacts);
	part->contacts = NULL;
	part->contact_count = part->contact_capacity = 0;
}

void part_clear(struct part *part)
{
	free_tables(part);
	cells_close(&part->cells);
	sorter_close(&part->callees);
	sorter_close(&part->reached);
}

void callees_close(struct callees *callees)
{
	for (unsigned i = 0; i < callees->opened; i++) {
		part_clear(&callees->parts[i]);
		(void)pthread_mutex_destroy(&callees->parts[i].lock);
	}
	callees->opened = 0;
}

void part_fetch(const struct part *part, struct dialled *calls, size_t count)
{
	for (size_t i = 0; i < count; i++)
		places_fetch(&part->places, calls[i].hash);
	for (size_t i = 0; i < count; i++) {
		const uint32_t hash = calls[i].hash;
		const size_t at = places_seek(
			&part->places, places_begin(&part->places, hash), hash);
		const char *item;

		calls[i].place = places_at(&part->places, at);
		item = (const char *)&part->items[calls[i].place];
		/* It may lie on two lines of the cache. */
		__builtin_prefetch(item);
		__builtin_prefetch(item + sizeof(struct callee) - 1);
	}
}

/* Writes the callees and contacts of a part to the file, in order. */
static bool spill_callees(const struct callees *callees, struct part *part)
{
	struct settled settled;
	bool good = settle(&settled, part, callees->people, false) &&
		    sorter_spill(&part->callees, settled.numbers,
				 settled.number_count) &&
		    sorter_spill(&part->reached, settled.contacts,
				 settled.contact_count);

	settled_release(&settled);
	return empty_rooms(callees, part) && good;
}

/* Hands the cells of a part to their sorter, to keep or for the file. */
static bool hand_over(const struct callees *callees, struct part *part, bool keep)
{
	const size_t count = part->cells.count - 1;
	struct ordered_cell *cells;
	bool missing, good;

	cells = cells_order(&part->cells, callees->showings, callees->people,
			    &missing);
	cells_close(&part->cells);
	if (cells && keep)
		return sorter_keep(callees->cells, cells, count);
	good = cells && sorter_spill(callees->cells, cells, count);
	free(cells);
	return cells_open(&part->cells, SIZE_MAX) && good;
}

static size_t callees_size(const struct part *part)
{
	return part->count * sizeof(*part->items) +
	       part->contact_count * sizeof(*part->contacts) +
	       places_size(&part->places);
}

/* Makes place where a part has its share of the memory: what takes most of it
 * goes to the file. */
static bool make_place(const struct callees *callees, struct part *part)
{
	const size_t numbers = callees_size(part);
	const size_t cells = cells_held(&part->cells);

	if (numbers + cells < callees->share)
		return true;
	if (part->cells.count > 1 && (cells > numbers || part->count == 1))
		return hand_over(callees, part, false);
	return part->count == 1 || spill_callees(callees, part);
}

/* A new number at a slot of the places; 0: out of memory. */
static uint32_t add_number(struct part *part, size_t at,
			   const struct dialled *call)
{
	static const struct callee none = { .called = SPAN_NONE,
					    .first = UINT64_MAX };
	void *items = part->items;
	const uint32_t place = (uint32_t)part->count;

	if (!memory_room(&items, &part->capacity, part->count + 1,
			 sizeof(*part->items)))
		return 0;
	part->items = items;
	part->items[place] = none;
	part->items[place].number = call->number;
	part->count++;
	places_set(&part->places, at, call->hash, place);
	return place;
}

static uint32_t find_or_add(struct callees *callees, struct part *part,
			    const struct dialled *call)
{
	struct places *places = &part->places;
	uint32_t place = call->place;
	size_t at;

	if (place && place < part->count &&
	    part->items[place].number == call->number)
		return place;
	if (!make_place(callees, part))
		return 0;
	if (!places_room(places))
		return 0;
	at = places_seek(places, places_begin(places, call->hash), call->hash);
	while ((place = places_at(places, at)) != 0) {
		if (part->items[place].number == call->number)
			return place;
		at = places_seek(places, places_next(places, at), call->hash);
	}
	return add_number(part, at, call);
}

uint32_t part_add(struct callees *callees, struct part *part,
		  const struct dialled *call, uint64_t first)
{
	const uint32_t place = find_or_add(callees, part, call);
	struct callee *number;

	if (!place)
		return 0;
	number = &part->items[place];
	number->calls++;
	span_add(&number->called, dialled_seconds(call), dialled_seconds(call));
	add_talk(number, dialled_long(call) ? ~call->talk : call->talk);
	number->long_calls += dialled_long(call);
	if (dialled_long(call) && first < number->first)
		number->first = first;
	return place;
}

bool part_reach(struct callees *callees, struct part *part, uint32_t place,
		uint32_t account, uint64_t shows)
{
	const struct placed contact = { shows, place, account };
	void *contacts = part->contacts;

	if (!memory_room(&contacts, &part->contact_capacity,
			 part->contact_count + 1, sizeof(contact)))
		return false;
	part->contacts = contacts;
	part->contacts[part->contact_count++] = contact;
	return make_place(callees, part);
}

static bool add_cell(struct callees *callees, const struct cell *cell)
{
	const uint64_t hash = cell_hash(cell->shows, cell->owner);
	struct part *part = &callees->parts[callee_part(hash)];
	struct cell *to;
	bool good;

	(void)pthread_mutex_lock(&part->lock);
	good = make_place(callees, part);
	to = good ? cells_at(&part->cells, cell->owner, cell->shows, hash) : NULL;
	if (to)
		cell_add(to, cell);
	(void)pthread_mutex_unlock(&part->lock);
	return to != NULL;
}

bool callees_add_cells(struct callees *callees, struct cells *cells)
{
	bool good = true;

	for (size_t i = 1; i < cells->count && good; i++)
		good = add_cell(callees, &cells->items[i]);
	cells_empty(cells);
	return good;
}

bool callees_end_cells(struct callees *callees)
{
	bool good = true;

	for (unsigned i = 0; i < CALLEES_PARTS && good; i++)
		good = hand_over(callees, &callees->parts[i], true);
	return good;
}

bool part_begin(const struct callees *callees, struct part *part)
{
	struct settled settled;
	const bool alone = part->callees.count == 0;
	bool good = settle(&settled, part, callees->people, alone);

	if (good) {
		good = sorter_keep(&part->callees, settled.numbers,
				   settled.number_count);
		settled.numbers = NULL;
	}
	if (good) {
		good = sorter_keep(&part->reached, settled.contacts,
				   settled.contact_count);
		settled.contacts = NULL;
	}
	settled_release(&settled);
	free_tables(part);
	return good && sorter_begin(&part->callees) &&
	       sorter_begin(&part->reached);
}
