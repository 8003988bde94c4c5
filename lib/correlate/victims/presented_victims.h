/* SPDX-License-Identifier: Apache-2.0 */
/* How many victims saw what a person showed: a table of one thread. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_PRESENTED_VICTIMS_H
#define UNSPOOF_CORRELATE_VICTIMS_PRESENTED_VICTIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/hash_index.h"

struct shown_count {
	uint64_t shows;            /* see shows_of() */
	uint32_t person;
	uint32_t victims;
};

/* A victim that is not yet counted: index lie all over the memory, so that some
 * are asked for together. */
struct shown_wait {
	uint64_t shows;
	uint64_t hash;
	uint32_t person;
};

#define SHOWN_WAITS 64

/* Place 0 of items is not used. Zeroed is closed. */
struct shown {
	struct shown_count *items;
	size_t count, capacity;    /* with place 0 */
	size_t most;               /* counts that may be held */
	struct hash_index index;
	struct shown_wait waits[SHOWN_WAITS];
	unsigned waiting;
};

/* memory: bytes that it may take, as far as SHOWN_WAITS counts find room. False:
 * out of memory. */
bool shown_open(struct shown *shown, size_t memory);
void shown_close(struct shown *shown);

/* Whether it has to be emptied before the next is added. */
static inline bool shown_full(const struct shown *shown)
{
	return shown->count + SHOWN_WAITS > shown->most;
}

/* One victim more; counted by shown_settle() at the latest. False: out of
 * memory. */
bool shown_add(struct shown *shown, uint64_t shows, uint32_t person);
/* Counts what waits. The same. */
bool shown_settle(struct shown *shown);
/* Forgets all and keeps the memory. */
void shown_empty(struct shown *shown);

#endif
