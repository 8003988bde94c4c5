/* SPDX-License-Identifier: Apache-2.0 */
/* Where identifiers of a watch-list are in a case. */
#ifndef UNSPOOF_EXPORT_MATCH_MATCH_HITS_H
#define UNSPOOF_EXPORT_MATCH_MATCH_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/dictionary.h"

/* Rows of a hit that are told. */
#define MATCH_ROWS_MOST 100
/* Above every key of an account. */
#define MATCH_KEYS (INT64_C(1) << 40)

/* A time of a row, by seconds since 1970 UTC; known: it has one. */
struct match_time {
	int64_t at;
	bool known, day;
};

/* The rows of a role and an account that have an identifier. */
struct match_hit {
	uint32_t entry;
	uint32_t role;             /* of match_roles.h */
	int64_t key;               /* account_key.id; 0: they are of none */
	uint64_t rows;
	struct match_time first, last;
	int64_t *ids;              /* the least ones, in order: of the table of the role; NULL where one is told: */
	int64_t id;
	unsigned told;             /* how many */
};

/* Which row is told as number k, from 0. */
static inline int64_t match_hit_id(const struct match_hit *hit, unsigned k)
{
	return hit->ids ? hit->ids[k] : hit->id;
}

/* One row. */
struct match_row {
	uint32_t role;
	int64_t key, id;
	struct match_time time;
};

/* Zeroed is empty, but for most. */
struct match_hits {
	unsigned most;             /* rows of a hit that are told, 1 to MATCH_ROWS_MOST */
	struct map64 places;       /* of entry, role and account: in items, from 1 */
	struct match_hit *items;
	size_t count, capacity;
};

void match_hits_release(struct match_hits *hits);
/* Adds a row to the hit of an entry. False: no memory. */
bool match_hits_add(struct match_hits *hits, uint32_t entry, const struct match_row *row);
/* Adds all of other, which has none then. False: no memory. */
bool match_hits_join(struct match_hits *hits, struct match_hits *other);
/* Orders them by entry, role, and account. Nothing is added after it. */
void match_hits_sort(struct match_hits *hits);

#endif
