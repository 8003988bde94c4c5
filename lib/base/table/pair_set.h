/* SPDX-License-Identifier: Apache-2.0 */
/* Distinct pairs of small integers: who called whom, counted once. */
#ifndef UNSPOOF_BASE_TABLE_PAIR_SET_H
#define UNSPOOF_BASE_TABLE_PAIR_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Pairs (a, b) in 8 bytes each; repeats are dropped whenever the room is full,
 * so memory follows the distinct pairs, not the calls. Zeroed is empty. */
struct pairs {
	uint64_t *items;       /* a in the upper half, b in the lower */
	size_t count;
	size_t capacity;
	bool failed;           /* out of memory: sticks until the release */
};

void pairs_release(struct pairs *pairs);
void pairs_add(struct pairs *pairs, uint32_t a, uint32_t b);
/* Sorts by a, then b, and drops repeats. False: out of memory, now or at any
 * pairs_add before. */
bool pairs_settle(struct pairs *pairs);

/* Reads settled pairs in order; begins as { pairs, 0 }. */
struct pairs_cursor {
	const struct pairs *pairs;
	size_t next;
};

/* False after the last. */
bool pairs_next(struct pairs_cursor *cursor, uint32_t *a, uint32_t *b);
/* Goes over the pairs below a; then gives those of a one by one in b. To be
 * called with a that never falls. False: a has no more. */
bool pairs_next_of(struct pairs_cursor *cursor, uint32_t a, uint32_t *b);

#endif
