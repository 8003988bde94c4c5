/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table by their keys, as joins of other tables want them. */
#ifndef UNSPOOF_NORMALISE_JOINS_JOIN_MAP_H
#define UNSPOOF_NORMALISE_JOINS_JOIN_MAP_H

#include <stdint.h>

#include "base/absent.h"
#include "base/status.h"
#include "base/table/dictionary.h"
#include "casefile/casefile.h"
#include "casefile/kinds.h"

/* What a key is found to be: a number in texts, or one of these. */
#define JOIN_MISSING (UINT32_MAX - 1)   /* no row has it */
#define JOIN_SEVERAL (UINT32_MAX - 2)   /* rows with different values have */

/* Zeroed is empty. Never changes once loaded, so that any thread may use it. */
struct join_map {
	int64_t source;
	struct dictionary keys;
	uint32_t *values;           /* by number of the key */
	size_t capacity;
	struct dictionary texts;
};

/* Reads the rows of a source of kind account or lookup; words that are no value are neither a
 * key nor a value. Blanks around either do not count. */
enum status join_map_load(struct join_map *map, struct casefile *casefile, int64_t source,
			  enum kind kind, const struct absents *absents);
void join_map_release(struct join_map *map);

uint32_t join_map_find(const struct join_map *map, struct text key);

#endif
