/* SPDX-License-Identifier: Apache-2.0 */
/* Calls added up by account and what it presented. */
#include "correlate/calls/usage.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/record_order.h"
#include "base/sort/radix.h"

#define CACHE_LINE 64  /* bytes */
#define USAGES_FIRST 64
/* Beyond so many there is room for all at once: what is not touched takes no memory, and nothing
 * is there twice while it grows. */
#define USAGES_MANY 65536

/* Room for half as many usages more, each a cache line. */
static bool grow(struct usage_table *table)
{
	size_t wanted = table->capacity + table->capacity / 2;
	void *items;

	if (wanted < USAGES_FIRST)
		wanted = USAGES_FIRST;
	if (wanted > table->most || wanted > USAGES_MANY)
		wanted = table->most;
	if (wanted > SIZE_MAX / sizeof(struct usage) ||
	    posix_memalign(&items, CACHE_LINE, wanted * sizeof(struct usage)) != 0)
		return false;
	memcpy(items, table->items, table->count * sizeof(struct usage));
	free(table->items);
	table->items = items;
	table->capacity = wanted;
	return true;
}

bool usage_table_open(struct usage_table *table, size_t most)
{
	memset(table, 0, sizeof(*table));
	table->items = calloc(1, sizeof(*table->items));
	table->count = table->capacity = 1;
	table->most = most < 2 ? 2 : most;
	if (table->most > UINT32_MAX)
		table->most = UINT32_MAX;
	return table->items &&
	       hash_index_room(&table->index);
}

void usage_table_close(struct usage_table *table)
{
	free(table->items);
	hash_index_release(&table->index);
	memset(table, 0, sizeof(*table));
}

void usage_table_empty(struct usage_table *table)
{
	table->count = 1;
	hash_index_empty(&table->index);
}

static struct usage *add(struct usage_table *table, uint32_t owner, uint64_t presented_key)
{
	static const struct usage none = { .called = PERIOD_NONE };
	struct usage *usage;

	if (table->count == table->capacity && !grow(table))
		return NULL;
	usage = &table->items[table->count++];
	*usage = none;
	usage->presented_key = presented_key;
	usage->owner = owner;
	return usage;
}

struct usage *usage_table_at(struct usage_table *table, uint32_t owner, uint64_t presented_key,
			     uint64_t hash)
{
	struct hash_index *index = &table->index;
	struct usage *usage;
	uint32_t place;
	size_t at;

	if (!hash_index_room(index))
		return NULL;
	at = hash_index_seek(index, hash_index_begin(index, hash), hash);
	while ((place = hash_index_at(index, at)) != 0) {
		if (usage_is(&table->items[place], owner, presented_key))
			return &table->items[place];
		at = hash_index_seek(index, hash_index_next(index, at), hash);
	}
	usage = add(table, owner, presented_key);
	if (usage)
		hash_index_set(index, at, hash, (uint32_t)(usage - table->items));
	return usage;
}

static int compare(const void *a, const void *b)
{
	const struct ordered_usage *x = a;
	const struct ordered_usage *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->usage.owner != y->usage.owner)
		return x->usage.owner < y->usage.owner ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

void usage_add(struct usage *to, const struct usage *from)
{
	to->calls += from->calls;
	to->answered += from->answered;
	to->long_calls += from->long_calls;
	to->reading = reading_lower(to->reading, from->reading);
	period_add(&to->called, from->called.first, from->called.last);
	usage_cost_add(&to->currency, &to->cost, from->currency, from->cost);
}

static void combine(void *sum, const void *part)
{
	usage_add(&((struct ordered_usage *)sum)->usage,
		  &((const struct ordered_usage *)part)->usage);
}

const struct record_kind ordered_usage_kind = { sizeof(struct ordered_usage),
					       compare, combine, false };

/* The usages by person, whose numbers stand above their places. NULL: no memory. */
static uint64_t *by_person(const struct usage_table *table, const struct persons *persons)
{
	const size_t count = table->count - 1;
	uint64_t *places = memory_array(NULL, count, sizeof(*places));

	for (size_t i = 0; places && i < count; i++)
		places[i] = (uint64_t)persons->persons_of[persons->slots[table->items[i + 1].owner]] << 32 | (i + 1);
	if (places && radix_sort_from(places, count, 32))
		return places;
	free(places);
	return NULL;
}

/* Where usages are put into order. */
struct ordering {
	const struct usage_table *table;
	const struct presented_texts *texts;
	const struct persons *persons;
	struct sorter_writer writer;
	struct ordered_usage *group;   /* of one person */
	size_t capacity;
	uint32_t currency;
	bool missing;
};

static struct ordered_usage ordered_of(struct ordering *o, const struct usage *usage, uint32_t person)
{
	struct ordered_usage ordered = { .person = person, .usage = *usage };
	struct presented_position position;

	if (usage->owner && usage->presented_key)
		o->currency = usage_cost_join(o->currency, usage->currency);
	o->missing |= !presented_texts_position(o->texts, usage->presented_key, &position);
	ordered.order = position.order;
	ordered.rank = position.rank;
	ordered.usage.owner = o->persons->slots[usage->owner];
	return ordered;
}

/* Usages are distinct, and stay so in order. */
static bool put_person(struct ordering *o, const uint64_t *places, size_t count)
{
	void *group = o->group;
	bool good = memory_room(&group, &o->capacity, count, sizeof(*o->group));

	o->group = group;
	for (size_t i = 0; i < count && good; i++)
		o->group[i] = ordered_of(o, &o->table->items[(uint32_t)places[i]], (uint32_t)(places[i] >> 32));
	if (good)
		records_order(&ordered_usage_kind, (char *)o->group, count);
	for (size_t i = 0; i < count && good; i++)
		good = sorter_writer_put(&o->writer, &o->group[i]);
	return good;
}

static bool put_persons(struct ordering *o, const uint64_t *places, size_t count)
{
	bool good = true;

	for (size_t from = 0, end; from < count && good; from = end) {
		for (end = from + 1; end < count && places[end] >> 32 == places[from] >> 32; end++)
			;
		good = put_person(o, places + from, end - from);
	}
	return good && !o->missing;
}

bool usage_table_order(const struct usage_table *table, const struct usage_order_given *given, uint32_t *currency,
		       bool *missing)
{
	struct ordering o = { .table = table, .texts = given->texts, .persons = given->persons };
	const size_t count = table->count - 1;
	uint64_t *places = by_person(table, given->persons);
	bool good;

	sorter_writer_open(&o.writer, given->usages, count, given->memory);
	good = places && put_persons(&o, places, count) && sorter_writer_end(&o.writer);
	sorter_writer_close(&o.writer);
	free(o.group);
	free(places);
	*currency = o.currency;
	*missing = o.missing;
	return good;
}
