/* SPDX-License-Identifier: Apache-2.0 */
/* Long calls parted by number, and put into order part by part. */
#include "correlate/calls/long_calls.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/radix.h"

/* Contacts of a piece: two pages of the file; and at least. */
#define HELD_MOST 256
#define HELD_LEAST 8

/* ---- adding ---- */

bool contacts_open(struct contacts *contacts, const struct people *people,
		   struct spill *spill, size_t memory, unsigned threads)
{
	const size_t all = memory / CONTACTS_PARTS / sizeof(struct contact) / 2;

	memset(contacts, 0, sizeof(*contacts));
	contacts->people = people;
	contacts->spill = spill;
	contacts->most = all / threads < HELD_MOST ? all / threads : HELD_MOST;
	if (contacts->most < HELD_LEAST)
		contacts->most = HELD_LEAST;
	contacts->kept_most = all / contacts->most;
	memset(contacts->bounds, 0xff, sizeof(contacts->bounds));
	for (; contacts->opened < CONTACTS_PARTS; contacts->opened++)
		if (pthread_mutex_init(&contacts->parts[contacts->opened].lock,
				       NULL) != 0)
			return false;
	return true;
}

static void clear(struct contacts_part *part)
{
	for (size_t i = 0; i < part->piece_count; i++)
		free(part->pieces[i].items);
	free(part->pieces);
	part->pieces = NULL;
	part->piece_count = part->capacity = 0;
	part->count = 0;
}

void contacts_close(struct contacts *contacts)
{
	for (unsigned i = 0; i < contacts->opened; i++) {
		clear(&contacts->parts[i]);
		(void)pthread_mutex_destroy(&contacts->parts[i].lock);
	}
	contacts->opened = 0;
}

bool contacts_bound(struct contacts *contacts, uint64_t *numbers, size_t count)
{
	if (!radix_sort(numbers, count))
		return false;
	for (size_t i = 1; i < CONTACTS_PARTS && count; i++)
		contacts->bounds[i - 1] = numbers[i * count / CONTACTS_PARTS];
	return true;
}

/* How many parts begin at a number or below it, less the first. */
static unsigned part_of(const struct contacts *contacts, uint64_t number)
{
	const uint64_t *bounds = contacts->bounds;
	unsigned part = 0;

	for (unsigned step = CONTACTS_PARTS / 2; step; step /= 2)
		part += bounds[part + step - 1] <= number ? step : 0;
	return part;
}

static bool add_piece(struct contacts_part *part,
		      const struct contacts_piece *piece)
{
	void *pieces = part->pieces;

	if (!memory_room(&pieces, &part->capacity, part->piece_count + 1,
			 sizeof(*part->pieces)))
		return false;
	part->pieces = pieces;
	part->pieces[part->piece_count++] = *piece;
	part->count += piece->count;
	return true;
}

/* The first pieces of a part are kept, the others go to the file. */
static bool hand_over(struct contacts *contacts, struct contacts_held *held,
		      unsigned number)
{
	struct contacts_part *part = &contacts->parts[number];
	const struct contact *items = held->items + number * contacts->most;
	const size_t len = held->counts[number] * sizeof(*items);
	struct contacts_piece piece = { .count = held->counts[number] };
	bool good;

	held->counts[number] = 0;
	(void)pthread_mutex_lock(&part->lock);
	if (part->piece_count < contacts->kept_most) {
		piece.items = memory_array(NULL, len, 1);
		good = piece.items != NULL;
		if (good)
			memcpy(piece.items, items, len);
	} else {
		good = spill_reserve(contacts->spill, len, &piece.at) &&
		       spill_write(contacts->spill, piece.at, items, len);
	}
	good = good && add_piece(part, &piece);
	(void)pthread_mutex_unlock(&part->lock);
	if (!good)
		free(piece.items);
	return good;
}

bool contacts_add(struct contacts *contacts, struct contacts_held *held,
		  const struct contact *contact)
{
	const unsigned part = part_of(contacts, contact->number);

	if (!held->items)
		held->items = memory_array(NULL, CONTACTS_PARTS * contacts->most,
					   sizeof(*held->items));
	if (!held->items)
		return false;
	held->items[part * contacts->most + held->counts[part]++] = *contact;
	return held->counts[part] < contacts->most ||
	       hand_over(contacts, held, part);
}

bool contacts_flush(struct contacts *contacts, struct contacts_held *held)
{
	bool good = true;

	for (unsigned i = 0; i < CONTACTS_PARTS && good; i++)
		good = !held->counts[i] || hand_over(contacts, held, i);
	free(held->items);
	memset(held, 0, sizeof(*held));
	return good;
}

uint64_t contacts_count(const struct contacts *contacts)
{
	uint64_t count = 0;

	for (unsigned i = 0; i < contacts->opened; i++)
		count += contacts->parts[i].count;
	return count;
}

/* ---- order ---- */

static int compare(const void *a, const void *b)
{
	const struct contact *x = a;
	const struct contact *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->shows != y->shows)
		return x->shows < y->shows ? -1 : 1;
	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* No two are equal, for no two rows are. */
static const struct record_kind kind = { sizeof(struct contact), compare, NULL };

/* Few contacts of one number are sorted faster so. */
#define INSERTED 24

static void sort_group(struct contact *contacts, size_t count)
{
	if (count > INSERTED) {
		qsort(contacts, count, sizeof(*contacts), compare);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		const struct contact contact = contacts[i];
		size_t to = i;

		for (; to && compare(&contacts[to - 1], &contact) > 0; to--)
			contacts[to] = contacts[to - 1];
		contacts[to] = contact;
	}
}

static void sort_groups(struct contact *contacts, size_t count)
{
	size_t first = 0;

	for (size_t i = 1; i <= count; i++) {
		if (i < count && contacts[i].number == contacts[first].number)
			continue;
		sort_group(contacts + first, i - first);
		first = i;
	}
}

/* The numbers of contacts above the least, each with its place in the lower
 * bits; NULL: out of memory, or that is more than 64 bits. */
static uint64_t *keys_of(const struct contact *contacts, size_t count,
			 unsigned *bits)
{
	uint64_t low = UINT64_MAX, high = 0;
	uint64_t *keys;

	for (size_t i = 0; i < count; i++) {
		if (contacts[i].number < low)
			low = contacts[i].number;
		if (contacts[i].number > high)
			high = contacts[i].number;
	}
	*bits = 64 - (unsigned)__builtin_clzll(count);
	if ((high - low) >> (64 - *bits))
		return NULL;
	keys = memory_array(NULL, count, sizeof(*keys));
	for (size_t i = 0; keys && i < count; i++)
		keys[i] = (contacts[i].number - low) << *bits | i;
	return keys;
}

/* Sorts them into a new array, which takes the place of the old; in place where
 * that cannot be. */
static void sort(struct contact **contacts, size_t count)
{
	struct contact *from = *contacts;
	struct contact *to;
	unsigned bits = 0;
	uint64_t *keys = count > INSERTED ? keys_of(from, count, &bits) : NULL;

	to = keys && radix_sort(keys, count)
		     ? memory_array(NULL, count, sizeof(*to))
		     : NULL;
	if (!to) {
		free(keys);
		qsort(from, count, sizeof(*from), compare);
		return;
	}
	for (size_t i = 0; i < count; i++)
		to[i] = from[keys[i] & ((UINT64_C(1) << bits) - 1)];
	free(keys);
	free(from);
	sort_groups(to, count);
	*contacts = to;
}

/* ---- reading ---- */

/* What their accounts are: looked up here, where the waits for many overlap. */
static void complete(const struct people *people, struct contact *contacts,
		     size_t count)
{
	for (size_t i = 0; i < count; i++) {
		contacts[i].slot = people->slots[contacts[i].slot];
		contacts[i].person = people->persons_of[contacts[i].slot];
	}
}

/* The contacts of a piece, into room for them. */
static bool load(const struct contacts *contacts,
		 const struct contacts_piece *piece, struct contact *to)
{
	const size_t len = piece->count * sizeof(*to);

	if (piece->items)
		memcpy(to, piece->items, len);
	else if (!spill_read(contacts->spill, piece->at, to, len))
		return false;
	complete(contacts->people, to, piece->count);
	return true;
}

static bool load_all(const struct contacts *contacts,
		     const struct contacts_part *part,
		     struct contacts_reader *reader)
{
	bool good = true;

	reader->items = memory_array(NULL, (size_t)part->count,
				     sizeof(*reader->items));
	if (!reader->items)
		return false;
	for (size_t i = 0; i < part->piece_count && good; i++) {
		good = load(contacts, &part->pieces[i],
			    reader->items + reader->count);
		reader->count += part->pieces[i].count;
	}
	if (good && reader->count)
		sort(&reader->items, reader->count);
	return good;
}

static bool put_all(const struct contacts *contacts,
		    const struct contacts_part *part,
		    struct contacts_reader *reader, size_t memory)
{
	struct contact held[HELD_MOST];
	bool good = sorter_open(&reader->sorter, &kind, contacts->spill, memory);

	for (size_t i = 0; i < part->piece_count && good; i++) {
		const struct contacts_piece *piece = &part->pieces[i];

		good = load(contacts, piece, held);
		for (uint32_t k = 0; k < piece->count && good; k++)
			good = sorter_put(&reader->sorter, &held[k]);
	}
	return good && sorter_begin(&reader->sorter);
}

bool contacts_read(struct contacts *contacts, unsigned number, size_t memory,
		   struct contacts_reader *reader)
{
	struct contacts_part *part = &contacts->parts[number];
	bool good;

	memset(reader, 0, sizeof(*reader));
	/* Twice, and keys. */
	good = part->count <= memory / 3 / sizeof(struct contact)
		       ? load_all(contacts, part, reader)
		       : put_all(contacts, part, reader, memory);
	clear(part);
	return good;
}

const struct contact *contacts_next(struct contacts_reader *reader)
{
	if (!reader->items)
		return sorter_next(&reader->sorter);
	return reader->next < reader->count ? &reader->items[reader->next++]
					    : NULL;
}

bool contacts_reader_broken(const struct contacts_reader *reader)
{
	return sorter_broken(&reader->sorter);
}

void contacts_reader_close(struct contacts_reader *reader)
{
	free(reader->items);
	sorter_close(&reader->sorter);
	memset(reader, 0, sizeof(*reader));
}
