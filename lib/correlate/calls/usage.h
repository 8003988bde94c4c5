/* SPDX-License-Identifier: Apache-2.0 */
/* Calls added up by account and what it presented: a table of one thread. */
#ifndef UNSPOOF_CORRELATE_CALLS_USAGE_H
#define UNSPOOF_CORRELATE_CALLS_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/merge.h"
#include "base/table/dictionary.h"
#include "base/table/hash_index.h"
#include "base/wide.h"
#include "correlate/figures/figures.h"
#include "correlate/persons/persons.h"
#include "correlate/presented/presented_key.h"

/* The lower of two reading.id, 0 being none. */
static inline uint32_t reading_lower(uint32_t a, uint32_t b)
{
	return a && (a < b || !b) ? a : b;
}

/* The calls of one account, or person, that present one thing: a line of the
 * cache. */
struct cell {
	uint64_t shows;            /* see shows_of() */
	uint32_t owner;            /* account_key.id; 0: none. Or a person */
	uint32_t calls;
	uint32_t answered;
	uint32_t long_calls;
	uint32_t victims;          /* of a person */
	uint32_t reading;          /* the lowest reading.id; 0: none */
	struct period called;
	i128 cost;                 /* in 1/1,000,000 of a major unit */
};

/* The same with its place in the order of accounts. */
struct ordered_cell {
	uint64_t order;            /* see struct showing */
	uint32_t rank;
	uint32_t person;
	struct cell cell;          /* owner: the slot of the account; 0: none */
};

/* Place 0 of items is not used. Zeroed is closed. */
struct cells {
	struct cell *items;
	size_t count, capacity;    /* with place 0 */
	size_t most;               /* cells that may be held */
	struct hash_index index;
};

/* most: cells that may be held, place 0 among them. False: out of memory. */
bool cells_open(struct cells *cells, size_t most);
void cells_close(struct cells *cells);
/* The bytes that a cell takes, with its place. */
#define CELL_SIZE (sizeof(struct cell) + HASH_INDEX_SIZE)

static inline uint64_t cell_hash(const struct hash_index *index, uint64_t shows,
				 uint32_t owner)
{
	return hash_pair(index->secret, shows, owner);
}

/* Asks the processor for where a search begins. */
static inline void cells_fetch(const struct cells *cells, uint64_t hash)
{
	hash_index_fetch(&cells->index, hash);
}

/* The place that the cell of a hash most likely has, and asks for it. */
static inline uint32_t cells_guess(const struct cells *cells, uint64_t hash)
{
	const struct hash_index *index = &cells->index;
	const size_t at = hash_index_seek(index, hash_index_begin(index, hash), hash);
	const uint32_t place = hash_index_at(index, at);

	__builtin_prefetch(&cells->items[place]);
	return place;
}

static inline bool cell_is(const struct cell *cell, uint32_t owner, uint64_t shows)
{
	return cell->shows == shows && cell->owner == owner;
}

/* The bytes that the cells take. */
static inline size_t cells_held(const struct cells *cells)
{
	return cells->count * sizeof(*cells->items) + hash_index_size(&cells->index);
}

/* Adds the figures of a cell to one like it. */
void cell_add(struct cell *to, const struct cell *from);

/* Whether no cell can be added: to be emptied before the next is asked for. */
static inline bool cells_full(const struct cells *cells)
{
	return cells->count == cells->most;
}

/* The cell of an owner and what it shows, whose hash this is, added when new;
 * valid until the next is added. NULL: out of memory. */
struct cell *cells_at(struct cells *cells, uint32_t owner, uint64_t shows,
		      uint64_t hash);
/* Forgets all cells and keeps the memory. */
void cells_empty(struct cells *cells);
/* All cells, owners being accounts, sorted as ordered_cell_kind says, which the
 * caller frees. NULL: out of memory, or, in *missing, the case has not a text that
 * is shown. */
struct ordered_cell *cells_order(const struct cells *cells,
				 const struct showings *showings,
				 const struct people *people, bool *missing);

/* By person, slot, and what is shown. */
extern const struct record_kind ordered_cell_kind;

#endif
