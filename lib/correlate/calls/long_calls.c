/* SPDX-License-Identifier: Apache-2.0 */
/* Long calls parted by number, and put into order part by part. */
#include "correlate/calls/long_calls.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/radix.h"

/* Long calls of a piece: two pages of the file; and at least. */
#define HELD_MOST 256
#define HELD_LEAST 8

/* ---- adding ---- */

bool long_calls_open(struct long_calls *calls, const struct persons *persons,
		     struct spill *spill, size_t memory, unsigned threads)
{
	const size_t all = memory / LONG_CALLS_PARTS / sizeof(struct long_call) / 2;

	memset(calls, 0, sizeof(*calls));
	calls->persons = persons;
	calls->spill = spill;
	calls->most = all / threads < HELD_MOST ? all / threads : HELD_MOST;
	if (calls->most < HELD_LEAST)
		calls->most = HELD_LEAST;
	calls->kept_most = all / calls->most;
	memset(calls->bounds, 0xff, sizeof(calls->bounds));
	for (; calls->opened < LONG_CALLS_PARTS; calls->opened++)
		if (pthread_mutex_init(&calls->parts[calls->opened].lock,
				       NULL) != 0)
			return false;
	return true;
}

static void clear(struct long_calls_part *part)
{
	for (size_t i = 0; i < part->piece_count; i++)
		free(part->pieces[i].items);
	free(part->pieces);
	part->pieces = NULL;
	part->piece_count = part->capacity = 0;
	part->count = 0;
}

void long_calls_close(struct long_calls *calls)
{
	for (unsigned i = 0; i < calls->opened; i++) {
		clear(&calls->parts[i]);
		(void)pthread_mutex_destroy(&calls->parts[i].lock);
	}
	calls->opened = 0;
}

bool long_calls_bound(struct long_calls *calls, uint64_t *numbers, size_t count)
{
	if (!radix_sort(numbers, count))
		return false;
	for (size_t i = 1; i < LONG_CALLS_PARTS && count; i++)
		calls->bounds[i - 1] = numbers[i * count / LONG_CALLS_PARTS];
	return true;
}

/* How many parts begin at a number or below it, less the first. No branch goes by it. */
static unsigned part_of(const struct long_calls *calls, uint64_t number)
{
	const uint64_t *bounds = calls->bounds;
	unsigned part = 0;

	for (unsigned step = LONG_CALLS_PARTS / 2; step; step /= 2)
		part += step & (0 - (unsigned)(bounds[part + step - 1] <= number));
	return part;
}

static bool add_piece(struct long_calls_part *part,
		      const struct long_calls_piece *piece)
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
static bool hand_over(struct long_calls *calls, struct long_calls_held *held,
		      unsigned number)
{
	struct long_calls_part *part = &calls->parts[number];
	const struct long_call *items = held->items + number * calls->most;
	const size_t len = held->counts[number] * sizeof(*items);
	struct long_calls_piece piece = { .count = held->counts[number] };
	bool good;

	held->counts[number] = 0;
	(void)pthread_mutex_lock(&part->lock);
	if (part->piece_count < calls->kept_most) {
		piece.items = memory_array(NULL, len, 1);
		good = piece.items != NULL;
		if (good)
			memcpy(piece.items, items, len);
	} else {
		good = spill_reserve(calls->spill, len, &piece.at) &&
		       spill_write(calls->spill, piece.at, items, len);
	}
	good = good && add_piece(part, &piece);
	(void)pthread_mutex_unlock(&part->lock);
	if (!good)
		free(piece.items);
	return good;
}

bool long_calls_add(struct long_calls *calls, struct long_calls_held *held,
		    const struct long_call *call)
{
	const unsigned part = part_of(calls, call->number);

	if (!held->items)
		held->items = memory_array(NULL, LONG_CALLS_PARTS * calls->most,
					   sizeof(*held->items));
	if (!held->items)
		return false;
	held->items[part * calls->most + held->counts[part]++] = *call;
	return held->counts[part] < calls->most ||
	       hand_over(calls, held, part);
}

bool long_calls_flush(struct long_calls *calls, struct long_calls_held *held)
{
	bool good = true;

	for (unsigned i = 0; i < LONG_CALLS_PARTS && good; i++)
		good = !held->counts[i] || hand_over(calls, held, i);
	free(held->items);
	memset(held, 0, sizeof(*held));
	return good;
}

uint64_t long_calls_count(const struct long_calls *calls)
{
	uint64_t count = 0;

	for (unsigned i = 0; i < calls->opened; i++)
		count += calls->parts[i].count;
	return count;
}

/* ---- order ---- */

static int compare(const void *a, const void *b)
{
	const struct long_call *x = a;
	const struct long_call *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->presented_key != y->presented_key)
		return x->presented_key < y->presented_key ? -1 : 1;
	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* No two are equal, for no two rows are. */
static const struct record_kind kind = { sizeof(struct long_call), compare, NULL, true };

/* Few calls of one number are sorted faster so. */
#define INSERTED 24

static void sort_group(struct long_call *calls, size_t count)
{
	if (count > INSERTED) {
		qsort(calls, count, sizeof(*calls), compare);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		const struct long_call call = calls[i];
		size_t to = i;

		for (; to && compare(&calls[to - 1], &call) > 0; to--)
			calls[to] = calls[to - 1];
		calls[to] = call;
	}
}

static void sort_groups(struct long_call *calls, size_t count)
{
	size_t first = 0;

	for (size_t i = 1; i <= count; i++) {
		if (i < count && calls[i].number == calls[first].number)
			continue;
		sort_group(calls + first, i - first);
		first = i;
	}
}

/* The numbers of calls above the least, each with its place in the lower
 * bits; NULL: out of memory, or that is more than 64 bits. */
static uint64_t *keys_of(const struct long_call *calls, size_t count,
			 unsigned *bits)
{
	uint64_t low = UINT64_MAX, high = 0;
	uint64_t *keys;

	for (size_t i = 0; i < count; i++) {
		if (calls[i].number < low)
			low = calls[i].number;
		if (calls[i].number > high)
			high = calls[i].number;
	}
	*bits = 64 - (unsigned)__builtin_clzll(count);
	if ((high - low) >> (64 - *bits))
		return NULL;
	keys = memory_array(NULL, count, sizeof(*keys));
	for (size_t i = 0; keys && i < count; i++)
		keys[i] = (calls[i].number - low) << *bits | i;
	return keys;
}

/* Sorts them into a new array, which takes the place of the old; in place where
 * that cannot be. */
static void sort(struct long_call **calls, size_t count)
{
	struct long_call *from = *calls;
	struct long_call *to;
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
	*calls = to;
}

/* ---- reading ---- */

/* What their accounts are: looked up here, where the waits for many overlap. */
static void complete(const struct persons *persons, struct long_call *calls,
		     size_t count)
{
	for (size_t i = 0; i < count; i++) {
		calls[i].slot = persons->slots[calls[i].slot];
		calls[i].person = persons->persons_of[calls[i].slot];
	}
}

/* The calls of a piece, into room for them. */
static bool load(const struct long_calls *calls,
		 const struct long_calls_piece *piece, struct long_call *to)
{
	const size_t len = piece->count * sizeof(*to);

	if (piece->items)
		memcpy(to, piece->items, len);
	else if (!spill_read(calls->spill, piece->at, to, len))
		return false;
	complete(calls->persons, to, piece->count);
	return true;
}

static bool load_all(const struct long_calls *calls,
		     const struct long_calls_part *part,
		     struct long_calls_reader *reader)
{
	bool good = true;

	reader->items = memory_array(NULL, (size_t)part->count,
				     sizeof(*reader->items));
	if (!reader->items)
		return false;
	for (size_t i = 0; i < part->piece_count && good; i++) {
		good = load(calls, &part->pieces[i],
			    reader->items + reader->count);
		reader->count += part->pieces[i].count;
	}
	if (good && reader->count)
		sort(&reader->items, reader->count);
	return good;
}

static bool put_all(const struct long_calls *calls,
		    const struct long_calls_part *part,
		    struct long_calls_reader *reader, size_t memory)
{
	struct long_call held[HELD_MOST];
	bool good = sorter_open(&reader->sorter, &kind, calls->spill, memory);

	for (size_t i = 0; i < part->piece_count && good; i++) {
		const struct long_calls_piece *piece = &part->pieces[i];

		good = load(calls, piece, held);
		for (uint32_t k = 0; k < piece->count && good; k++)
			good = sorter_put(&reader->sorter, &held[k]);
	}
	return good && sorter_begin(&reader->sorter);
}

bool long_calls_read(struct long_calls *calls, unsigned number, size_t memory,
		     struct long_calls_reader *reader)
{
	struct long_calls_part *part = &calls->parts[number];
	bool good;

	memset(reader, 0, sizeof(*reader));
	/* Twice, and keys. */
	good = part->count <= memory / 3 / sizeof(struct long_call)
		       ? load_all(calls, part, reader)
		       : put_all(calls, part, reader, memory);
	clear(part);
	return good;
}

const struct long_call *long_calls_next(struct long_calls_reader *reader)
{
	if (!reader->items)
		return sorter_next(&reader->sorter);
	return reader->next < reader->count ? &reader->items[reader->next++]
					    : NULL;
}

bool long_calls_reader_broken(const struct long_calls_reader *reader)
{
	return sorter_broken(&reader->sorter);
}

void long_calls_reader_close(struct long_calls_reader *reader)
{
	free(reader->items);
	sorter_close(&reader->sorter);
	memset(reader, 0, sizeof(*reader));
}
