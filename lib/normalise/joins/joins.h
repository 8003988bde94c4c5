/* SPDX-License-Identifier: Apache-2.0 */
/* The joins of all sources: which key of which table stands in which role. */
#ifndef UNSPOOF_NORMALISE_JOINS_JOINS_H
#define UNSPOOF_NORMALISE_JOINS_JOINS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/kinds.h"
#include "normalise/joins/join_map.h"

struct notes;
struct source_sense;
struct source_senses;

#define JOIN_EXAMPLE 60     /* bytes kept of a key */

/* What became of the keys of a role. */
struct join_count {
	uint64_t joined, missing, several;      /* rows */
	char missing_key[JOIN_EXAMPLE], several_key[JOIN_EXAMPLE];   /* the first; for people */
};

/* A role of a source. */
struct join {
	int role;
	char *table;                    /* escaped, as it was said */
	const struct join_map *map;     /* NULL: */
	const char *why;                /* why there is none; static */
	struct join_count count;
};

/* Those of one source. */
struct source_joins {
	struct join items[ROLES_MOST];
	size_t count;
};

/* Zeroed is empty. */
struct joins {
	struct join_map **maps;
	size_t map_count, map_capacity;
};

/* Finds the joins of all sources, which get them, and reads the tables that they need. A
 * table is one of the same file or archive, and, where that is of a database, of the same member.
 * Release behind the sources, also after a failure. */
enum status joins_load(struct joins *joins, struct casefile *casefile, struct source_senses *sources);
void joins_release(struct joins *joins);
void source_joins_free(struct source_joins *joins);     /* NULL is safe */

/* The join of a role; NULL: there is none, or its table is not there. */
struct join *joins_of_role(const struct source_sense *source, size_t role);

/* What a key means, counted; the key itself where no row, or several, have it, and for what is no
 * value. */
struct text join_value(struct join_count *count, const struct join_map *map, struct text key);
void join_count_add(struct join_count *to, const struct join_count *more);

/* Writes table joined. */
enum status joins_store(struct casefile *casefile, const struct source_senses *sources);
/* Says what became of the joins of a source. */
enum status joins_tell(struct notes *notes, const struct source_sense *source);

#endif
