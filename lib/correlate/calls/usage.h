/* SPDX-License-Identifier: Apache-2.0 */
/* Calls added up by account and what it presented: a table of one thread. */
#ifndef UNSPOOF_CORRELATE_CALLS_USAGE_H
#define UNSPOOF_CORRELATE_CALLS_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/sorter.h"
#include "base/table/dictionary.h"
#include "base/table/hash_index.h"
#include "base/wide.h"
#include "correlate/calls/usage_cost.h"
#include "correlate/figures/figures.h"
#include "correlate/persons/persons.h"
#include "correlate/presented/presented_key.h"

/* The lower of two reading.id, 0 being none. */
static inline uint32_t reading_lower(uint32_t a, uint32_t b)
{
	return a && (a < b || !b) ? a : b;
}

/* The calls of one account, or person, that present one thing: a cache line. */
struct usage {
	uint64_t presented_key;    /* see presented_key_of() */
	uint32_t owner;            /* account_key.id; 0: none. Or a person */
	uint32_t calls;
	uint32_t answered;
	uint32_t long_calls;
	uint32_t currency;         /* of the cost: see call_cost.h and usage_cost.h */
	uint32_t reading;          /* the lowest reading.id; 0: none */
	struct period called;
	i128 cost;                 /* in 1/10^18 of a major unit */
};

/* The same with its place in the order of accounts. */
struct ordered_usage {
	uint64_t order;            /* see struct presented_position */
	uint32_t rank;
	uint32_t person;
	struct usage usage;        /* owner: the slot of the account; 0: none */
};

/* Place 0 of items is not used. Zeroed is closed. */
struct usage_table {
	struct usage *items;
	size_t count, capacity;    /* with place 0 */
	size_t most;               /* usages that may be held */
	struct hash_index index;
};

/* most: usages that may be held, place 0 among them. False: out of memory. */
bool usage_table_open(struct usage_table *table, size_t most);
void usage_table_close(struct usage_table *table);
/* The bytes that a usage takes, with its place. */
#define USAGE_SIZE (sizeof(struct usage) + HASH_INDEX_SIZE)

static inline uint64_t usage_hash(const struct hash_index *index,
				  uint64_t presented_key, uint32_t owner)
{
	return hash_pair(index->secret, presented_key, owner);
}

/* Prefetches where a search begins. */
static inline void usage_table_prefetch(const struct usage_table *table, uint64_t hash)
{
	hash_index_fetch(&table->index, hash);
}

/* The place that the usage of a hash most likely has; prefetches it. */
static inline uint32_t usage_table_guess(const struct usage_table *table, uint64_t hash)
{
	const struct hash_index *index = &table->index;
	const size_t at = hash_index_seek(index, hash_index_begin(index, hash), hash);
	const uint32_t place = hash_index_at(index, at);

	__builtin_prefetch(&table->items[place]);
	return place;
}

static inline bool usage_is(const struct usage *usage, uint32_t owner, uint64_t presented_key)
{
	return usage->presented_key == presented_key && usage->owner == owner;
}

/* The bytes that the usages take. */
static inline size_t usage_table_held(const struct usage_table *table)
{
	return table->count * sizeof(*table->items) + hash_index_size(&table->index);
}

/* Adds the figures of a usage to one like it. */
void usage_add(struct usage *to, const struct usage *from);

/* Whether no usage can be added: to be emptied before the next is asked for. */
static inline bool usage_table_full(const struct usage_table *table)
{
	return table->count == table->most;
}

/* The usage of an owner and a presented key, whose hash this is, added when new;
 * valid until the next is added. NULL: out of memory. */
struct usage *usage_table_at(struct usage_table *table, uint32_t owner, uint64_t presented_key,
			     uint64_t hash);
/* Forgets all usages and keeps the memory. */
void usage_table_empty(struct usage_table *table);
/* What puts usages into order. */
struct usage_order_given {
	const struct presented_texts *texts;
	const struct persons *persons;
	struct sorter *usages;     /* of struct ordered_usage: it is given one run */
	size_t memory;             /* bytes: what is more than that goes to the file; 0: all does */
};

/* All usages, owners being accounts, sorted as ordered_usage_kind says; *currency: of the costs of all that
 * is presented, as usage_cost_join() has it. False: see spill_failed(), or, in *missing, the case has not a
 * text that was presented. */
bool usage_table_order(const struct usage_table *table, const struct usage_order_given *given, uint32_t *currency,
		       bool *missing);

/* By person, slot, and what is presented. */
extern const struct record_kind ordered_usage_kind;

#endif
