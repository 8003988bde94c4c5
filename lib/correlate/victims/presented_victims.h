/* SPDX-License-Identifier: Apache-2.0 */
/* How many victims saw what a person presented: a table of one thread. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_PRESENTED_VICTIMS_H
#define UNSPOOF_CORRELATE_VICTIMS_PRESENTED_VICTIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/hash_index.h"

struct presented_count {
	uint64_t presented_key;    /* see presented_key_of() */
	uint32_t person;
	uint32_t victims;
};

/* A victim that is not yet counted: counts lie all over the memory, so that some
 * are prefetched together. */
struct presented_wait {
	uint64_t presented_key;
	uint64_t hash;
	uint32_t person;
};

#define PRESENTED_WAITS 64

/* Place 0 of items is not used. Zeroed is closed. */
struct presented_victims {
	struct presented_count *items;
	size_t count, capacity;    /* with place 0 */
	size_t most;               /* counts that may be held */
	struct hash_index index;
	struct presented_wait waits[PRESENTED_WAITS];
	unsigned waiting;
};

/* memory: bytes that it may take, as far as PRESENTED_WAITS counts find room. False:
 * out of memory. */
bool presented_victims_open(struct presented_victims *counts, size_t memory);
void presented_victims_close(struct presented_victims *counts);

/* Whether it has to be emptied before the next is added. */
static inline bool presented_victims_full(const struct presented_victims *counts)
{
	return counts->count + PRESENTED_WAITS > counts->most;
}

/* One victim more; counted by presented_victims_settle() at the latest. False: out of
 * memory. */
bool presented_victims_add(struct presented_victims *counts, uint64_t presented_key, uint32_t person);
/* Counts what waits. The same. */
bool presented_victims_settle(struct presented_victims *counts);
/* Forgets all and keeps the memory. */
void presented_victims_empty(struct presented_victims *counts);

#endif
