/* SPDX-License-Identifier: Apache-2.0 */
/* Distinct pairs of small integers: who called whom, counted once. */
#ifndef UNSPOOF_BASE_TABLE_PAIR_SET_H
#define UNSPOOF_BASE_TABLE_PAIR_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Pairs (a, b) in 8 bytes each; repeats are dropped whenever the room is full,
 * so memory follows the distinct pairs, not the calls. Zeroed is empty. */
struct pair_set {
	uint64_t *items;       /* a in the upper half, b in the lower */
	size_t count;
	size_t capacity;
	bool failed;           /* out of memory: sticks until the release */
};

void pair_set_release(struct pair_set *pairs);
void pair_set_add(struct pair_set *pairs, uint32_t a, uint32_t b);
/* Sorts by a, then b, and drops repeats. False: out of memory, now or at any
 * pair_set_add before. */
bool pair_set_settle(struct pair_set *pairs);

/* Reads settled pairs in order; begins as { pairs, 0 }. */
struct pair_set_cursor {
	const struct pair_set *pairs;
	size_t next;
};

/* False after the last. */
bool pair_set_next(struct pair_set_cursor *cursor, uint32_t *a, uint32_t *b);
/* Goes over the pairs below a; then gives those of a one by one in b. To be
 * called with a that never falls. False: a has no more. */
bool pair_set_next_of(struct pair_set_cursor *cursor, uint32_t a, uint32_t *b);

#endif
