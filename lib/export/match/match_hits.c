/* SPDX-License-Identifier: Apache-2.0 */
/* Hits by entry, role and account. The order in which rows are added changes nothing. */
#include "export/match/match_hits.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* An entry and a role are below these, a key below MATCH_KEYS. */
#define ENTRY_AT 47
#define ROLE_AT 41

void match_hits_release(struct match_hits *hits)
{
	for (size_t i = 0; i < hits->count; i++)
		free(hits->items[i].ids);
	free(hits->items);
	map64_release(&hits->places);
	memset(hits, 0, sizeof(*hits));
}

static void widen(struct match_hit *hit, const struct match_time *first, const struct match_time *last)
{
	if (first->known && (!hit->first.known || first->at < hit->first.at))
		hit->first = *first;
	if (last->known && (!hit->last.known || last->at > hit->last.at))
		hit->last = *last;
}

/* Keeps the least ids. */
static void keep(struct match_hit *hit, unsigned most, int64_t id)
{
	unsigned at = hit->told;

	if (!hit->ids) {
		hit->id = hit->told && hit->id < id ? hit->id : id;
		hit->told = 1;
		return;
	}
	while (at > 0 && hit->ids[at - 1] > id)
		at--;
	if (at == most)
		return;
	if (hit->told < most)
		hit->told++;
	memmove(hit->ids + at + 1, hit->ids + at, (hit->told - at - 1) * sizeof(*hit->ids));
	hit->ids[at] = id;
}

static struct match_hit *new_hit(struct match_hits *hits, uint32_t entry, uint32_t role, int64_t key)
{
	void *items = hits->items;
	struct match_hit *hit;
	int64_t *ids = hits->most > 1 ? memory_array(NULL, hits->most, sizeof(*ids)) : NULL;

	if ((hits->most > 1 && !ids) || !memory_room(&items, &hits->capacity, hits->count + 1, sizeof(*hits->items))) {
		free(ids);
		return NULL;
	}
	hits->items = items;
	hit = &hits->items[hits->count++];
	*hit = (struct match_hit){ .entry = entry, .role = role, .key = key, .ids = ids };
	return hit;
}

/* A key beyond all of them is of no account, which shows when its name is sought. */
static struct match_hit *find(struct match_hits *hits, uint32_t entry, uint32_t role, int64_t told)
{
	const int64_t key = told < 0 || told >= MATCH_KEYS ? MATCH_KEYS - 1 : told;
	const uint64_t name = (uint64_t)entry << ENTRY_AT | (uint64_t)role << ROLE_AT | (uint64_t)key;
	uint64_t *place = map64_add(&hits->places, name, NULL);
	struct match_hit *hit;

	if (!place)
		return NULL;
	if (*place)
		return &hits->items[*place - 1];
	hit = new_hit(hits, entry, role, key);
	if (hit)
		*place = hits->count;
	return hit;
}

bool match_hits_add(struct match_hits *hits, uint32_t entry, const struct match_row *row)
{
	struct match_hit *hit = find(hits, entry, row->role, row->key);

	if (!hit)
		return false;
	hit->rows++;
	widen(hit, &row->time, &row->time);
	keep(hit, hits->most, row->id);
	return true;
}

static bool join_hit(struct match_hits *hits, const struct match_hit *from)
{
	struct match_hit *hit = find(hits, from->entry, from->role, from->key);

	if (!hit)
		return false;
	hit->rows += from->rows;
	widen(hit, &from->first, &from->last);
	for (unsigned k = 0; k < from->told; k++)
		keep(hit, hits->most, match_hit_id(from, k));
	return true;
}

bool match_hits_join(struct match_hits *hits, struct match_hits *other)
{
	const struct match_hits empty = { .most = hits->most };
	bool good = true;

	if (hits->count == 0) {
		match_hits_release(hits);
		*hits = *other;
		*other = empty;
		return true;
	}
	for (size_t i = 0; i < other->count && good; i++)
		good = join_hit(hits, &other->items[i]);
	match_hits_release(other);
	return good;
}

static int compare(const void *a, const void *b)
{
	const struct match_hit *x = a, *y = b;

	if (x->entry != y->entry)
		return x->entry < y->entry ? -1 : 1;
	if (x->role != y->role)
		return x->role < y->role ? -1 : 1;
	return x->key < y->key ? -1 : x->key > y->key;
}

void match_hits_sort(struct match_hits *hits)
{
	if (hits->count > 0)
		qsort(hits->items, hits->count, sizeof(*hits->items), compare);
	map64_release(&hits->places);
}
